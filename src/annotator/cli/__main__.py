"""Run the command line as ``python -m annotator.cli``."""

from __future__ import annotations

import sys

from annotator.cli import main

if __name__ == "__main__":
    sys.exit(main())

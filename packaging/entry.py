"""What the packaged program starts: the window, the command line, or an import worker."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run the face that the program's name asks for."""
    if Path(sys.argv[0]).stem == "annotator-cli":
        from annotator.cli import main as cli

        return cli()
    from annotator.__main__ import main as gui

    return gui()


if __name__ == "__main__":
    sys.exit(main())

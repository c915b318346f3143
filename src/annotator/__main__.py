"""Choose between the window and the command line, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

#: Commands that ``annotator`` passes on, so that ``annotator check FILE`` works as well.
CLI_COMMANDS = frozenset(
    {"check", "demo", "export", "graph", "import", "list", "redo", "screenshot", "show", "undo"}
)


def main(arguments: list[str] | None = None) -> int:
    """Start what the arguments ask for and return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    first = words[0] if words else ""
    if first == "--import-worker":
        from annotator.importers.worker import worker_main

        return worker_main() or 0
    if first == "--version":
        import annotator

        sys.stdout.write(f"Annotator {annotator.__version__}\n")
        return 0
    if (first in CLI_COMMANDS and not Path(first).exists()) or first in ("--help", "-h"):
        from annotator import cli

        return cli.main(words) or 0
    from annotator.gui import application

    return application.main(words)


if __name__ == "__main__":
    sys.exit(main())

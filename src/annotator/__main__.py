"""Choose between the window and the command line, and nothing else."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Start what the arguments ask for and return the exit code.

    ``annotator check FILE`` works like ``annotator-cli check FILE``: a first word that is no file
    is a command.
    """
    words = sys.argv[1:] if arguments is None else arguments
    first = words[0] if words else ""
    if first == "--import-worker":
        from annotator.importers.worker import worker_main

        return worker_main()
    if first == "--pack-worker" and len(words) > 1:
        from annotator.app.packs.worker import worker_main as pack_worker

        return pack_worker(words[1])
    if first == "--version":
        import annotator

        sys.stdout.write(f"Annotator {annotator.__version__}\n")
        return 0
    if first in ("--help", "-h") or _is_command(first):
        from annotator import cli

        return cli.main(words)
    # A start makes many objects and drops few: collecting waits until the first paint.
    gc.disable()
    import annotator.gui.preload
    from annotator.gui import application

    return application.main(words)


def _is_command(word: str) -> bool:
    return word.replace("-", "").isalpha() and word[0] != "-" and not Path(word).exists()


if __name__ == "__main__":
    sys.exit(main())

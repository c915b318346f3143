"""The command line: the same work as the window, for a terminal and for scripts.

``docs/cli.md`` lists commands, exit codes and messages. Nothing here knows Qt, except that
``screenshot`` loads the window when it is called.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: the arguments after the program's name; those of the process by default.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A headline that the terminal's encoding lacks must not stop the command.
            reconfigure(errors="backslashreplace")
    if arguments in (["--version"], ["-V"]):
        # Answered before anything is imported: scripts ask it often.
        import annotator

        print(f"annotator-cli {annotator.__version__}")
        return 0
    from annotator.cli.run import run

    try:
        return run(arguments)
    except BrokenPipeError:
        # Whoever read the output has enough (``| head``); that is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0

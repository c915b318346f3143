"""Exit codes. They are part of the interface: ``docs/cli.md`` explains them."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process returns."""

    DONE = 0
    #: Something a person can put right: a missing file, an open project, nothing to undo.
    CANNOT = 1
    #: The command was not understood.
    USAGE = 2
    #: ``audit`` found a rule broken that blocks publication.
    BLOCKED = 3
    #: A file is damaged; ``check`` found problems.
    DAMAGED = 4
    #: The program made a mistake.
    BUG = 70
    #: Stopped with Ctrl+C.
    STOPPED = 130

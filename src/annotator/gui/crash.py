"""What happens when the program itself is wrong: one sentence, and a file of frames.

The file says where it happened and nothing of what was open: no local values, no message of the
exception (it may quote an article), no paths outside the program.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

import annotator

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_log = logging.getLogger(__name__)
_tell: list[Callable[[Path | None], None]] = []
_KEPT = 10


def folder() -> Path:
    """Return where crash files go."""
    return platformdirs.user_log_path("annotator")


def watch(tell: Callable[[Path | None], None]) -> None:
    """Catch what nobody caught; ``tell(file)`` says it in one sentence."""
    _tell[:] = [tell]
    sys.excepthook = report


def watch_faults() -> None:
    """Let a fault of a library leave its frames in a file of its own."""
    try:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        # The file stays open on purpose: the handler writes to it when nothing else works any more.
        file = (folder() / "fault.txt").open("w", encoding="utf-8")
    except OSError:
        faulthandler.enable()
    else:
        faulthandler.enable(file)


def leave_no_core() -> None:
    """Let the system keep no image of the memory if the program dies: it holds what was open."""
    try:
        import resource
    except ImportError:  # Windows keeps none by itself.
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write the frames of an exception to a file and say so."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("unexpected %s", kind.__name__)
    path = _write(frames(kind, trace))
    for tell in _tell:
        tell(path)


def frames(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return kind and frames: file names inside the program, lines, functions. No values."""
    lines = [
        f"Annotator {annotator.__version__}",
        f"Python {platform.python_version()} {platform.system()}",
        kind.__name__,
    ]
    for frame in traceback.extract_tb(trace):
        parts = Path(frame.filename).parts
        inside = parts[parts.index("annotator") :] if "annotator" in parts else parts[-1:]
        lines.append(f"  {'/'.join(inside)}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def _write(text: str) -> Path | None:
    try:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        path = folder() / f"crash-{stamp}.txt"
        path.write_text(text, encoding="utf-8")
        for old in sorted(folder().glob("crash-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path

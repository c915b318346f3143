"""Start a worker process from outside: pipes, a bare environment, nothing inherited."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def start_worker(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that is spoken to by its pipes and inherits nothing else.

    Raises:
        OSError: if it cannot be started.
    """
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd=os.sep if os.name == "posix" else None,
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _environment() -> dict[str, str]:
    """Return the environment that a worker is started with: what it needs to start, no more."""
    import annotator

    package_parent = str(Path(annotator.__file__).resolve().parent.parent)
    kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TEMP")
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**environment, **threads, "PYTHONPATH": package_parent, "PYTHONUTF8": "1"}

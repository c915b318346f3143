"""One writer a project: an operating-system lock on a file beside it.

The system releases the lock however the process ends. The file is removed when the project is
closed, so a lock file that nobody holds says that the last writer did not get to close.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def lock_path(project: Path) -> Path:
    """Return the file whose lock stands for the project."""
    real = project.resolve()  # the same file by another path has the same lock
    return real.with_name(real.name + "-lock")


class WriterLock:
    """Hold the right to write a project, from construction to ``release``.

    Raises:
        UserError: ``project-in-use`` if another process has it (told at once, never waited for),
            ``project-not-writable`` if the folder takes no file, ``project-no-lock`` if its disk
            knows no locks.
    """

    def __init__(self, project: Path) -> None:
        self._path = lock_path(project)
        while True:
            try:
                self._descriptor, self.was_left_behind = self._open()
            except OSError as error:
                raise UserError("project-not-writable", file=project.name) from error
            self._lock(project.name)
            if self._is_still_there():
                break
            # The other writer removed the file between our opening and our locking it.
            os.close(self._descriptor)

    def _lock(self, file: str) -> None:
        try:
            is_ours = _try_lock(self._descriptor)
        except OSError as error:  # a network disk without locks
            os.close(self._descriptor)
            raise UserError("project-no-lock", file=file) from error
        if not is_ours:
            os.close(self._descriptor)
            raise UserError("project-in-use", file=file)

    def _open(self) -> tuple[int, bool]:
        """Return the open file, and whether it was there before us."""
        while True:
            with suppress(FileExistsError):
                return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), False
            with suppress(FileNotFoundError):  # the other writer removed it just now
                return os.open(self._path, os.O_RDWR), True

    def _is_still_there(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let go and leave no trace: the project was closed properly."""
        if sys.platform == "win32":
            os.close(self._descriptor)  # Windows removes no open file, nor one just opened again
            with suppress(OSError):
                self._path.unlink()
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)

    def abandon(self) -> None:
        """Let go but leave the file, as a killed process would."""
        os.close(self._descriptor)

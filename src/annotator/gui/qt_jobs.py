"""Long work off the GUI thread. The only module of the program that starts threads.

A job is a plain function of a ``JobContext`` and of immutable data. Its progress and its result
come back on the GUI thread; a result that nobody wants any more is dropped.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from annotator.app.jobs import Cancelled, JobContext

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from annotator.app.jobs import Job

    T = TypeVar("T")

#: Progress is shown at most this often: more would only keep the GUI thread busy.
_PROGRESS_EVERY_S = 0.05
#: How long a job may keep the interpreter from the window, at each row that the window reads.
_SWITCH_S = 0.001
_SHUTDOWN_WAIT_MS = 10_000
#: How often a job that is paused asks whether it should stop.
_PAUSE_S = 0.1


class _Work(QRunnable):
    """Carry one job to a pool thread; everything it says goes through the handle's signals."""

    def __init__(self, handle: JobHandle, job: Job[Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._handle = handle
        self._job = job
        self._last_report = 0.0

    def run(self) -> None:
        """Run the job. Thread: a pool thread."""
        handle = self._handle
        context = JobContext(report=self._report, is_cancelled=handle.wait_to_go_on)
        try:
            context.check()
            result = self._job(context)
        except Cancelled:
            handle.came_back.emit("cancelled", None)
        except Exception as error:  # noqa: BLE001 - the border between a job and the window
            handle.came_back.emit("failed", error)
        else:
            handle.came_back.emit("done", result)

    def _report(self, done: int, total: int, message_id: str) -> None:
        now = time.monotonic()
        if now - self._last_report >= _PROGRESS_EVERY_S or (total and done >= total):
            self._last_report = now
            self._handle.moved.emit(done, total, message_id)


class JobHandle(QObject):
    """Follow one job and stop it. ``ended`` comes once, after the callbacks, however it ended.

    ``title`` is a sentence for the progress line ("" keeps a job out of sight), ``progressed``
    carries done, total (0: unknown) and the id of a sentence. ``can_pause`` offers to pause it.
    """

    progressed = Signal(int, int, str)
    ended = Signal()
    # From the pool thread to this object's own thread; nobody else connects to these two.
    came_back = Signal(str, object)
    moved = Signal(int, int, str)

    def __init__(
        self,
        job: Job[Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        title: str = "",
        can_pause: bool = False,
        is_wanted: Callable[[], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.can_pause = can_pause
        self.is_over = False
        self._done = done
        self._failed = failed
        self._is_wanted = is_wanted
        self._stop = threading.Event()
        self._runs = threading.Event()
        self._runs.set()
        self.work = _Work(self, job)
        self.came_back.connect(self._on_came_back, Qt.ConnectionType.QueuedConnection)
        self.moved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the job to stop; its result is dropped whatever it does."""
        self._stop.set()
        self._runs.set()

    def pause(self, *, paused: bool) -> None:
        """Let the job wait at its next step, or go on."""
        if paused and not self.is_cancelled():
            self._runs.clear()
        else:
            self._runs.set()

    @property
    def is_paused(self) -> bool:
        """Say whether the job waits."""
        return not self._runs.is_set()

    def wait_to_go_on(self) -> bool:
        """Wait as long as the job is paused; say whether it is to stop. Thread: the job's."""
        while not self._runs.wait(_PAUSE_S):
            if self.is_cancelled():
                break
        return self.is_cancelled()

    def is_cancelled(self) -> bool:
        """Say whether the job was asked to stop. Thread: any."""
        return self._stop.is_set()

    @Slot(int, int, str)
    def _on_moved(self, done: int, total: int, message_id: str) -> None:
        if not self.is_over and not self.is_cancelled():
            self.progressed.emit(done, total, message_id)

    @Slot(str, object)
    def _on_came_back(self, how: str, value: Any) -> None:
        self.is_over = True
        dropped = self.is_cancelled() or (self._is_wanted is not None and not self._is_wanted())
        try:
            if how == "failed" and not self.is_cancelled():
                self._failed(value)
            elif how == "done" and not dropped:
                self._done(value)
        finally:
            self.ended.emit()


class JobRunner(QObject):
    """Run jobs on a small pool of threads of its own.

    ``is_starting()`` comes before each job, on the GUI thread; ``is_stopping()`` before all of them
    are asked to stop, for who can wake a job that waits; ``started(JobHandle)`` lets the window
    show progress; ``broke(Exception)`` is a failure that the starter of the job did not want
    to handle itself; ``idle()`` when the last job has ended.
    """

    is_starting = Signal()
    is_stopping = Signal()
    started = Signal(object)
    broke = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_S)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        # A handle lives until its last signal has arrived, or Qt calls into freed memory.
        self._running: set[JobHandle] = set()

    @property
    def is_busy(self) -> bool:
        """Say whether a job is running or waiting."""
        return bool(self._running)

    def start(
        self,
        job: Job[T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        title: str = "",
        can_pause: bool = False,
        is_wanted: Callable[[], bool] | None = None,
    ) -> JobHandle:
        """Run a job and call ``done(result)`` on the GUI thread.

        Args:
            job: the work; it may use nothing that belongs to the GUI or to an open project
                (a reader of its own is fine).
            done: gets the result, unless the job was cancelled or is not wanted any more.
            failed: gets the exception; without it the exception goes to ``broke``.
            title: what the progress line says while it runs.
            can_pause: whether the progress line offers to pause it.
            is_wanted: asked on the GUI thread before ``done``, for instance whether the article
                that the result is about is still open.
        """
        self.is_starting.emit()
        handle = JobHandle(
            job,
            done,
            failed or self.broke.emit,
            title=title,
            can_pause=can_pause,
            is_wanted=is_wanted,
            parent=self,
        )
        self._running.add(handle)
        handle.ended.connect(self._on_ended)
        self.started.emit(handle)
        self._pool.start(handle.work)
        return handle

    def cancel_all(self) -> None:
        """Ask every job to stop and drop its result: the project is being closed."""
        self.is_stopping.emit()
        for handle in self._running:
            handle.cancel()

    def shut_down(self) -> None:
        """Stop everything and wait for the threads; nothing is called back any more."""
        self.cancel_all()
        if self._pool.waitForDone(_SHUTDOWN_WAIT_MS):
            self._running.clear()

    @Slot()
    def _on_ended(self) -> None:
        handle = self.sender()
        if isinstance(handle, JobHandle):
            self._running.discard(handle)
            handle.deleteLater()
            if not self._running:
                self.idle.emit()

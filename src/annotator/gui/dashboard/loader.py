"""Get the figures of the project off the GUI thread, and again when something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from annotator.app.board import Board, FreshLines
    from annotator.app.jobs import JobContext
    from annotator.app.ledger import Ledger
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.model.changes import Touched

#: Marking goes on for a moment before the project is counted again.
_WAIT_MS = 250
#: Audits computed before they are kept: what a change in the middle costs at most.
_CHUNK = 300


class BoardLoader(QObject):
    """Count the project when asked, and a moment after each change while it ``follows``.

    ``loaded(Board)``; ``counting(done, total)`` while audits are missing. ``once``: each story
    counts once.
    """

    loaded = Signal(object)
    counting = Signal(int, int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: JobHandle | None = None
        self._done = 0
        self._changed: set[str] = set()
        self._all_changed = False
        # Of a project that is only read: nothing can be kept in it, and nothing changes.
        self._known: dict[str, str] = {}
        # What was counted the last time; a job at a time brings it up to date.
        self._ledger: Ledger | None = None
        self.once = False
        self.follows = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._later.timeout.connect(self.ask)
        desk.touched.connect(self._on_touched)

    def ask(self) -> None:
        """Count now; what is on its way is dropped."""
        self.stop()
        self._done = 0
        self._compute()

    def stop(self) -> None:
        """Drop what is on its way."""
        self._later.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _compute(self) -> None:
        """Compute some of the audits that are missing."""
        self._changed.clear()
        self._all_changed = False
        open_reader = self._desk.session.project.reader
        known = frozenset(self._known)

        def work(context: JobContext) -> FreshLines:
            from annotator.app.board import fresh_lines

            with open_reader() as project:
                return fresh_lines(project, context, most=_CHUNK, without=known)

        self._job = self._desk.jobs.start(work, self._on_lines)

    def _on_lines(self, found: FreshLines) -> None:
        from annotator.app.board import keep_audits

        self._job = None
        project = self._desk.session.project
        # What was computed of an article that changed meanwhile is no longer true.
        true = {i: line for i, line in found.lines.items() if i not in self._changed}
        if project.read_only:
            self._known |= true
        elif not self._all_changed:
            keep_audits(project, true)
        self._done += len(true)
        if found.left:
            self.counting.emit(self._done, self._done + found.left)
            self._compute()
        else:
            self._read()

    def _read(self) -> None:
        """Take what changed since the last time out of the sums, and put it in anew."""
        open_reader, known = self._desk.session.project.reader, self._known
        if self._ledger is None:
            from annotator.app.ledger import Ledger

            self._ledger = Ledger()
        ledger, once = self._ledger, self.once

        def work(context: JobContext) -> Board:
            from annotator.app.board import read_board

            with open_reader() as project:
                return read_board(project, context, known, ledger, once=once)

        self._job = self._desk.jobs.start(work, self._on_board)

    def _on_board(self, board: Board) -> None:
        self._job = None
        self.loaded.emit(board)

    def _on_touched(self, touched: Touched) -> None:
        if touched.tables <= {"suggestion"}:
            return
        self._changed |= touched.articles
        self._all_changed = self._all_changed or "actor" in touched.tables
        if self.follows:
            self._later.start()

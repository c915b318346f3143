"""Bring files in: read and stored off the GUI thread, which only hears of what has come in."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.app.commands.articles import import_texts
from annotator.app.workflows import ImportReport, Refused, files_under
from annotator.i18n import tr
from annotator.model.changes import Touched
from annotator.model.errors import AnnotatorError, BugError, UserError
from annotator.text.canonical import readable_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from annotator.app.jobs import JobContext
    from annotator.app.session import Session
    from annotator.gui.qt_jobs import JobHandle, JobRunner
    from annotator.importers.base import ImportedText

#: Articles stored in one go (one step of undo). A change that a person makes meanwhile waits for as
#: long as that takes.
_BATCH = 60
#: Slow files are stored after so long, however few.
_STORE_EVERY_S = 0.5
#: The window is told this often of what has come in.
_TELL_EVERY_S = 1.0
_WAIT_S = 0.1
#: So long the window has for laying out and painting what it was told of; the readers read on.
_PAINT_MS = 30


@dataclass(frozen=True, slots=True)
class Pasted:
    """Be a text that comes from the clipboard and not from a file."""

    name: str
    data: bytes


Item = tuple["ImportedText", bytes]


class ImportRun(QObject):
    """Read and store; ``finished(report)`` once, on the GUI thread."""

    def __init__(
        self,
        session: Session,
        things: Sequence[Path | Pasted],
        finished: Callable[[ImportReport], None],
        parent: QObject | None = None,
        *,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
        as_format: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._things = tuple(things)
        self._remembered = remembered or {}
        self._format = as_format
        self._finished = finished
        # The job's until it has ended, like the batch.
        self._report = ImportReport()
        self._batch: list[Item] = []
        self._stored_at = 0.0
        # Stored, and the window has not heard of it yet.
        self._untold: list[Touched] = []
        self._told_at = 0.0
        # Cleared while the window takes up what came in: two threads at work in Python take the
        # interpreter from each other at every row that the window reads.
        self._may_work = threading.Event()
        self._may_work.set()
        self._painting = QTimer(self, singleShot=True, interval=_PAINT_MS)
        self._painting.timeout.connect(self._may_work.set)
        self._handle: JobHandle | None = None
        #: The first article that the window has heard of.
        self.first_id = ""

    def start(self, jobs: JobRunner) -> JobHandle:
        """Start reading."""
        handle = jobs.start(
            self._bring_in,
            lambda _nothing: None,
            failed=self._on_failed,
            title=tr("window.importing"),
            can_pause=True,
        )
        self._handle = handle
        handle.progressed.connect(self._on_progressed)
        handle.ended.connect(self._on_ended)
        return handle

    # -- in the pool thread -------------------------------------------------------------------

    def _bring_in(self, ctx: JobContext) -> None:
        """Read everything and store it piece by piece. Thread: a pool thread."""
        session = self._session.beside()
        session.listen(self._untold.append)
        try:
            self._read_all(session, ctx)
        finally:
            # What was read before somebody stopped it is kept.
            try:
                self._store(session)
            finally:
                session.close()

    def _read_all(self, session: Session, ctx: JobContext) -> None:
        from annotator.importers.worker import ImportPool

        items: list[tuple[Path | bytes, str]] = []
        for thing in self._things:
            if isinstance(thing, Pasted):
                items.append((thing.data, thing.name))
            else:
                files = files_under([thing], self._report)
                items += [(file, readable_name(file.name)) for file in files]
        is_pasted = any(isinstance(thing, Pasted) for thing in self._things)
        kind = "text" if is_pasted else self._format
        self._stored_at = time.monotonic()
        with ImportPool() as pool:
            outcomes = pool.read_many(items, as_format=kind, remembered=self._remembered)
            for number, ((source, name), (data, read)) in enumerate(
                zip(items, outcomes, strict=True)
            ):
                self._wait_for_window(ctx)
                ctx.progress(number, len(items), "import")
                self._take(None if isinstance(source, bytes) else source, name, data, read)
                late = time.monotonic() - self._stored_at > _STORE_EVERY_S
                if late or len(self._batch) >= _BATCH:
                    self._store(session)

    def _wait_for_window(self, ctx: JobContext) -> None:
        while not self._may_work.wait(_WAIT_S):
            ctx.check()

    def _take(
        self, path: Path | None, name: str, data: bytes, read: list[ImportedText] | UserError
    ) -> None:
        if isinstance(read, UserError):
            self._report.refused.append(Refused(name, path, read))
            return
        self._report.refuse_parts(path, read)
        self._batch += [(text, data) for text in read]

    def _store(self, session: Session) -> None:
        """Store what was read, a batch a step; a file of many articles makes several."""
        while self._batch:
            items, self._batch = self._batch[:_BATCH], self._batch[_BATCH:]
            try:
                outcome = import_texts(session, items)
            except AnnotatorError as error:
                self._report.refused += [Refused(text.name, None, error) for text, _data in items]
            else:
                self._report.added += outcome.added
                self._report.duplicates += outcome.duplicates
        self._stored_at = time.monotonic()

    # -- on the GUI thread --------------------------------------------------------------------

    def _on_progressed(self) -> None:
        if self._untold and time.monotonic() - self._told_at > _TELL_EVERY_S:
            self._tell()

    def _tell(self) -> None:
        """Tell the window of all that was stored since the last time."""
        told = self._untold[:]
        del self._untold[: len(told)]
        if not told:
            return
        self._may_work.clear()
        try:
            self._session.tell(_together(told))
            ids = (change.record.id for one in told for change in one.changes)
            self.first_id = self.first_id or next(ids, "")
        finally:
            self._painting.start()
            self._told_at = time.monotonic()

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AnnotatorError) else BugError("bug", what=str(error))
        self._report.refused.append(Refused("", None, known))

    def _on_ended(self) -> None:
        assert self._handle is not None
        self._report.cancelled = self._handle.is_cancelled()
        self._tell()
        self._finished(self._report)
        self.deleteLater()


def _together(touched: Sequence[Touched]) -> Touched:
    """Return several changes as one."""
    last = touched[-1]
    return Touched(
        last.label,
        last.label_values,
        frozenset().union(*(one.tables for one in touched)),
        frozenset().union(*(one.articles for one in touched)),
        tuple(change for one in touched for change in one.changes),
    )

"""Bring files in: read in a worker off the GUI thread, stored a handful at a time on it."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.app.commands.articles import import_texts
from annotator.app.workflows import ImportReport, Refused, files_under
from annotator.i18n import tr
from annotator.importers.base import refused_parts
from annotator.model.errors import AnnotatorError, BugError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from annotator.app.jobs import JobContext
    from annotator.app.session import Session
    from annotator.gui.qt_jobs import JobHandle, JobRunner
    from annotator.importers.base import ImportedText

#: Articles stored in one go (one step of undo): some 25 ms of the GUI thread.
_BATCH = 40
#: What may be read ahead of what is stored; a folder of books must not fill the memory.
_AHEAD = 200
_WAIT_S = 0.1


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
        self._report = ImportReport()
        # Set while nothing is stored: the reading thread would take the interpreter away from the
        # GUI thread at every statement, which makes 30 ms of storing a third of a second.
        self._may_read = threading.Event()
        self._may_read.set()
        self._read: queue.Queue[Item | Refused] = queue.Queue(_AHEAD)
        self._handle: JobHandle | None = None

    def start(self, jobs: JobRunner) -> JobHandle:
        """Start reading."""
        handle = jobs.start(
            self._read_all,
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

    def _read_all(self, ctx: JobContext) -> None:
        """Read everything and hand it over piece by piece. Thread: a pool thread."""
        from annotator.importers.worker import ImportPool

        items: list[tuple[Path | bytes, str]] = []
        for thing in self._things:
            if isinstance(thing, Pasted):
                items.append((thing.data, thing.name))
            else:
                items += [(file, file.name) for file in files_under([thing])]
        is_pasted = any(isinstance(thing, Pasted) for thing in self._things)
        kind = "text" if is_pasted else self._format
        with ImportPool() as pool:
            outcomes = pool.read_many(items, as_format=kind, remembered=self._remembered)
            for number, ((source, name), (data, read)) in enumerate(
                zip(items, outcomes, strict=True)
            ):
                ctx.progress(number, len(items), "import")
                path = None if isinstance(source, bytes) else source
                if isinstance(read, AnnotatorError):
                    self._hand_over(Refused(name, path, read), ctx)
                    continue
                self._refuse_parts(path, read, ctx)
                for text in read:
                    self._hand_over((text, data), ctx)

    def _refuse_parts(self, path: Path | None, read: list[ImportedText], ctx: JobContext) -> None:
        for error in refused_parts(read):
            self._hand_over(Refused(str(error.values.get("name", "")), path, error), ctx)

    def _hand_over(self, item: Item | Refused, ctx: JobContext) -> None:
        while not self._may_read.wait(_WAIT_S):
            ctx.check()
        while True:
            ctx.check()
            try:
                self._read.put(item, timeout=_WAIT_S)
            except queue.Full:
                # The GUI thread empties the queue when it hears of progress.
                ctx.report(0, 0, "import")
            else:
                return

    # -- on the GUI thread --------------------------------------------------------------------

    def _on_progressed(self) -> None:
        if self._read.qsize() >= _BATCH:
            self._store(_BATCH)

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AnnotatorError) else BugError("bug", what=str(error))
        self._report.refused.append(Refused("", None, known))

    def _on_ended(self) -> None:
        """Store the rest; what was read before somebody stopped it is kept."""
        assert self._handle is not None
        self._report.cancelled = self._handle.is_cancelled()
        while not self._read.empty():
            self._store(_BATCH)
        self._finished(self._report)
        self.deleteLater()

    def _store(self, limit: int) -> None:
        items: list[Item] = []
        while len(items) < limit and not self._read.empty():
            thing = self._read.get_nowait()
            if isinstance(thing, Refused):
                self._report.refused.append(thing)
            else:
                items.append(thing)
        if not items:
            return
        self._may_read.clear()
        try:
            outcome = import_texts(self._session, items)
        except AnnotatorError as error:
            self._report.refused += [Refused(text.name, None, error) for text, _data in items]
        else:
            self._report.added += outcome.added
            self._report.duplicates += outcome.duplicates
        finally:
            self._may_read.set()

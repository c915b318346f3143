"""Propose for the open article while it is read: the engine off the GUI thread, the rest on it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.app.proposing import (
    FLOORS,
    RuleRecord,
    beside_pack,
    keep_suggestions,
    names_of,
    not_marked,
    propose,
    queue,
    rule_records,
    rules_off,
)
from annotator.i18n import explain, tr
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.app.commands.suggestions import Correction
    from annotator.app.jobs import JobContext
    from annotator.app.learning import Ask
    from annotator.app.packs.reading import PackReader
    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.model.changes import Touched
    from annotator.model.span import Spans
    from annotator.store import Project, SpanRows
    from annotator.suggest import Engine, Proposal
    from annotator.suggest.pack_names import PackName

#: The article is painted and its panels are filled before the engine gets the processor.
_AFTER_MS = 400
#: Stored proposals are shown once the article is painted.
_SHOWN_MS = 60
#: Articles longer than this (code points) are proposed for only when the person asks.
_BY_ITSELF = 200_000


class _EngineBox:
    """Load the engine once and let one job at a time use it. Thread: any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._packs: PackReader | None = None
        self._closed = False

    def propose(
        self, project: Project, article_id: str, names: Sequence[PackName] = ()
    ) -> list[Suggestion]:
        """Propose for an article, on a reader of the project that this call opens and closes."""
        with self._lock, project.reader() as reader:
            return propose(reader, article_id, self._loaded(), names)

    def names(self, project: Project, article_id: str) -> list[PackName]:
        """Return the names that a language pack finds, or none; others may propose meanwhile."""
        with self._lock:
            engine, packs = self._loaded(), self._reader()
        with project.reader() as reader:
            return names_of(reader, article_id, engine, packs)

    def problem(self) -> str:
        """Return the sentence that says why a pack finds nothing, once."""
        packs = self._packs
        if packs is None or packs.problem is None:
            return ""
        told, packs.problem = packs.problem, None
        return explain(told)

    def close(self) -> None:
        """End what reads language packs, also while it works."""
        self._closed = True
        if self._packs is not None:
            self._packs.close()

    def forget_packs(self) -> None:
        """Look anew which packs there are, and try again what failed."""
        packs, self._packs = self._packs, None
        if packs is not None:
            packs.close()

    def _reader(self) -> PackReader:
        from annotator.app.packs.reading import PackReader

        if self._packs is None:
            self._packs = PackReader()
            if self._closed:
                self._packs.close()
        return self._packs

    def ask(self, text: str, language: str, mask: Spans) -> tuple[str, list[Proposal]]:
        """Return the language read and the engine's own proposals, with nothing learned in them."""
        from annotator.app.learning import asking

        with self._lock:
            return asking(self._loaded())(text, language, mask)

    def _loaded(self) -> Engine:
        from annotator.suggest import Engine

        if self._engine is None:
            self._engine = Engine.load()
        return self._engine


def has_packs() -> bool:
    """Say whether a language pack is installed, by a look at its folder alone."""
    from annotator.app.packs.shelf import packs_folder

    try:
        return any(path.name[0] != "." for path in packs_folder().iterdir())
    except OSError:
        return False


class Proposals(QObject):
    """Keep the open article's proposals fresh; ``changed`` when others are to be shown."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._box = _EngineBox()
        #: How learning asks the engine that reads the open article. Thread: any.
        self.ask_engine: Ask = self._box.ask
        self._handle: JobHandle | None = None
        #: A language pack reads one article at a time; the last one asked for comes next.
        self._pack_handle: JobHandle | None = None
        self._pack_next = ""
        #: What the person has corrected and not decided yet, by the proposal's id.
        self.corrections: Mapping[str, Correction] = {}
        #: Proposals that do not stand in the queue but are shown with the one in focus.
        self.also: Sequence[Suggestion] = ()
        #: The queue as it was last asked for, and what it was made of.
        self._queue: tuple[tuple[object, ...], ArticleData, list[Suggestion]] | None = None
        self._shown: list[str] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self._on_quiet)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_MS)
        self._soon.timeout.connect(self.changed.emit)
        desk.article_opened.connect(self._on_opened)
        desk.touched.connect(self._on_touched)
        desk.jobs.is_stopping.connect(self._on_stopping)
        desk.data_read.connect(lambda: self.changed.emit())  # noqa: PLW0108 - without the id
        self._on_opened()

    # -- asking the engine ----------------------------------------------------------------------

    @property
    def are_on(self) -> bool:
        """Say whether the settings ask for proposals."""
        return self._desk.settings.text("suggestions") != "off"

    def _on_opened(self) -> None:
        self.cancel()
        self.also, self._queue = (), None
        if not self._desk.article_id or not self.are_on:
            return
        self._soon.start()
        if not self._desk.session.project.read_only:
            self._later.start()

    def _on_quiet(self) -> None:
        if len(self._desk.session.text(self._desk.article_id)) <= _BY_ITSELF:
            self.ask()

    def ask(self) -> None:
        """Propose for the open article now."""
        article_id = self._desk.article_id
        project = self._desk.session.project
        if not article_id or project.read_only:
            return
        self.cancel()

        def work(ctx: JobContext) -> list[Suggestion]:
            ctx.check()
            return self._box.propose(project, article_id)

        self._handle = self._desk.jobs.start(
            work,
            lambda found: self._on_found(article_id, found),
            is_wanted=lambda: self._desk.article_id == article_id,
        )

    def cancel(self) -> None:
        """Stop what is being proposed."""
        self._later.stop()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _on_found(self, article_id: str, found: Sequence[Suggestion]) -> None:
        self._handle = None
        with_pack = has_packs()
        if with_pack:
            found = beside_pack(self._desk.session.project, article_id, found)
        self._desk.run(keep_suggestions, article_id, found)
        if with_pack:
            self._ask_pack(article_id)

    # -- language packs -------------------------------------------------------------------------

    def _ask_pack(self, article_id: str) -> None:
        """Let an installed language pack add names: after the engine, and without its lock."""
        if self._pack_handle is not None:
            self._pack_next = article_id
            return
        project = self._desk.session.project

        def work(ctx: JobContext) -> list[Suggestion]:
            ctx.check()
            names = self._box.names(project, article_id)
            ctx.check()
            return self._box.propose(project, article_id, names)

        self._pack_handle = self._desk.jobs.start(
            work,
            lambda found: self._on_pack_found(article_id, found),
            is_wanted=lambda: self._desk.article_id == article_id,
        )
        self._pack_handle.ended.connect(self._on_pack_ended)

    def packs_changed(self) -> None:
        """Read the open article again: a language pack was installed or removed."""
        self._box.forget_packs()
        if self.are_on:
            self.ask()

    def _on_stopping(self) -> None:
        """Wake the job that waits for a pack."""
        self._box.close()

    def _on_pack_found(self, article_id: str, found: Sequence[Suggestion]) -> None:
        self._desk.run(keep_suggestions, article_id, found)
        if problem := self._box.problem():
            self._desk.say(problem)

    def _on_pack_ended(self) -> None:
        self._pack_handle = None
        wanted, self._pack_next = self._pack_next, ""
        if wanted and wanted == self._desk.article_id:
            self._ask_pack(wanted)

    # -- the whole project ----------------------------------------------------------------------

    def ask_project(self) -> None:
        """Propose for every article, with progress and cancel; what is done stays."""
        project = self._desk.session.project
        if project.read_only:
            return
        ids = project.article_ids()
        found: list[tuple[str, list[Suggestion]]] = []
        lock = threading.Lock()

        def work(ctx: JobContext) -> None:
            for done, article_id in enumerate(ids):
                ctx.progress(done, len(ids), "suggest")
                names = self._box.names(project, article_id) if has_packs() else ()
                fresh = self._box.propose(project, article_id, names)
                with lock:
                    found.append((article_id, fresh))

        def store() -> None:
            with lock:
                batch = found[:]
                found.clear()
            for article_id, fresh in batch:
                self._desk.run(keep_suggestions, article_id, fresh)

        handle = self._desk.jobs.start(work, lambda _none: None, title=tr("window.proposing"))
        handle.progressed.connect(store)
        handle.ended.connect(store)

    # -- what waits -----------------------------------------------------------------------------

    def _on_touched(self, touched: Touched) -> None:
        if self._desk.article_id not in touched.articles:
            return
        # What is marked by hand is proposed no longer.
        if "suggestion" in touched.tables or self._shown != [s.id for s in self._in_text()]:
            self.changed.emit()

    def records(self) -> dict[str, RuleRecord]:
        """Return how often each rule was right in this project."""
        return rule_records(self._desk.session.project)

    def waiting(self) -> list[Suggestion]:
        """Return the open article's proposals that wait for a decision, in their order."""
        data = self._desk.data
        if data is None or not self.are_on or not data.suggestions:
            return []
        off = rules_off(self._desk.session.project)
        floor = FLOORS.get(self._desk.settings.text("suggestions"), 0.0)
        known = self._queue
        key = (id(data.suggestions), id(data.marks), off, floor)
        if known is None or known[0] != key:
            open_ones = not_marked(data.suggestions.values(), data.marks.values())
            found = queue(open_ones, self.records(), off=off, floor=floor)
            # The data is kept beside them, so that its ids stay its own.
            known = self._queue = (key, data, found)
        return list(known[2])

    def _in_text(self) -> list[Suggestion]:
        """Return what waits and, after it, the sources and cues that are decided with it."""
        waiting, data = self.waiting(), self._desk.data
        if data is None:
            return waiting
        known = data.suggestions
        served = {other: known[other] for s in waiting for _, other in s.links if other in known}
        for one in waiting:
            served.pop(one.id, None)
        pending = [s for s in served.values() if s.decision is Decision.PENDING]
        return [*waiting, *not_marked(pending, data.marks.values())]

    def rows(self) -> SpanRows:
        """Return where the waiting proposals stand, with what goes with them, for the view."""
        from annotator.store import SpanRows

        numbers = {kind: number for number, kind in enumerate(MarkKind)}
        asked = self._in_text()
        self._shown = [s.id for s in asked]
        shown = {s.id: s for s in (*asked, *self.also)}
        for key in shown.keys() & self.corrections.keys():
            shown[key] = self.corrections[key].apply(shown[key])
        places = sorted(
            (span.start, span.end, numbers[s.kind], s.id)
            for s in shown.values()
            for span in s.spans
        )
        starts, ends, kinds, ids = (
            (list(column) for column in zip(*places, strict=True)) if (places) else ([], [], [], [])
        )
        return SpanRows(starts, ends, kinds, ids)

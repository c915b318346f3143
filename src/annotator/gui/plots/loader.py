"""Get what the plot shows, off the GUI thread, and again when something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.comention_sentences import Passages
    from annotator.app.comentions import GraphData, GraphQuery
    from annotator.app.jobs import JobContext
    from annotator.gui.desk import Desk
    from annotator.gui.plots.scene import Scene
    from annotator.gui.qt_jobs import JobHandle
    from annotator.model.changes import Touched

_TABLES = frozenset({"mention", "actor", "article"})
#: Marking goes on for a moment before the plot counts again.
_WAIT_MS = 180


class GraphLoader(QObject):
    """Answer one question at a time; a new question drops the one before.

    ``loaded(Scene)``, ``began()`` and ``failed()``. Answers for an article and for the project
    are kept side by side, so that each keeps its places and colours.
    """

    loaded = Signal(object)
    began = Signal()
    failed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query: GraphQuery | None = None
        self._kept: dict[str | None, GraphData] = {}
        self._stale: set[str | None] = set()
        self._job: JobHandle | None = None
        self._reading: JobHandle | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._later.timeout.connect(self._start)

    @property
    def is_busy(self) -> bool:
        """Say whether an answer is on its way."""
        return self._job is not None or self._later.isActive()

    def ask(self, query: GraphQuery, *, soon: bool = False) -> None:
        """Answer a question, now or (``soon``) after a moment without another one."""
        self._query = query
        if soon:
            self._later.start()
        else:
            self._start()

    def concerns(self, touched: Touched) -> bool:
        """Say whether a change may show in the plot, and remember to count again."""
        if not touched.tables & _TABLES:
            return False
        self._stale |= set(self._kept)
        return True

    def forget_places(self) -> None:
        """Lay everything out anew next time."""
        self._kept.clear()

    def stop(self) -> None:
        """Drop what is on its way."""
        self._later.stop()
        for job in (self._job, self._reading):
            if job is not None:
                job.cancel()
        self._job = self._reading = None

    def _start(self) -> None:
        self._later.stop()
        query = self._query
        if query is None:
            return
        if self._job is not None:
            self._job.cancel()
        before = self._kept.get(query.article_id)
        is_stale = query.article_id in self._stale
        open_reader = self._desk.session.project.reader

        def work(context: JobContext) -> Scene:
            # The first time this brings the heavy imports, and brings them off the GUI thread.
            import pyqtgraph  # noqa: F401

            from annotator.app.comentions import read_graph, refilter
            from annotator.gui.plots.scene import Scene

            with open_reader() as project:
                same = before is not None and before.query.places() == query.places()
                if before is not None and same and not is_stale:
                    return Scene(refilter(project, before, query, check=context.check))
                return Scene(read_graph(project, query, before=before, check=context.check))

        self.began.emit()
        self._job = self._desk.jobs.start(work, self._on_done, failed=self._on_failed)

    def _on_done(self, scene: Scene) -> None:
        self._job = None
        article_id = scene.data.query.article_id
        self._stale.discard(article_id)
        self._kept[article_id] = scene.data
        self.loaded.emit(scene)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit()
        self._desk.jobs.broke.emit(error)

    def read_passages(
        self,
        data: GraphData,
        first: int,
        second: int,
        done: Callable[[Passages], None],
    ) -> None:
        """Read the sentences of an actor, or of a pair (``second`` is -1 for one actor)."""
        if self._reading is not None:
            self._reading.cancel()
        ids = data.shown.actor_ids
        other = ids[second] if second >= 0 else None
        open_reader = self._desk.session.project.reader

        def work(context: JobContext) -> Passages:
            from annotator.app.comention_sentences import read_passages

            with open_reader() as project:
                return read_passages(project, data, ids[first], other, check=context.check)

        self._reading = self._desk.jobs.start(work, done, failed=self._on_failed)

"""Learn from decisions while the person goes on: all of it off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.app.learning import choose, keep, learn_from, lessons, standing

if TYPE_CHECKING:
    from annotator.app.jobs import JobContext
    from annotator.app.learning import Standing
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.model.changes import Touched
    from annotator.suggest.learned import Learned

#: Nobody has decided anything for so long: a good moment to look whether there is more to learn.
_QUIET_MS = 3_000


class Learning(QObject):
    """Follow where learning stands in the open project; ``changed`` when it stands elsewhere.

    What was learned by itself speaks from the next article on: nothing moves under the hand of who
    is reviewing. What a person asks for is seen at once.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._handle: JobHandle | None = None
        #: Where learning stands; ``None`` until somebody has looked.
        self.now: Standing | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET_MS)
        self._later.timeout.connect(self.look)
        desk.touched.connect(self._on_touched)
        # Nothing is left to read once the project is closed.
        desk.destroyed.connect(self._later.stop)

    @property
    def is_busy(self) -> bool:
        """Say whether the program is learning now."""
        return self._handle is not None

    def _on_touched(self, touched: Touched) -> None:
        if "suggestion" in touched.tables:
            self._later.start()

    def look(self) -> None:
        """Find out where learning stands, and learn if that is wanted and there is more."""
        project = self._desk.session.project
        if self._desk.proposals is None:
            return

        def work(ctx: JobContext) -> Standing:
            ctx.check()
            with project.reader() as reader:
                return standing(reader)

        self._desk.jobs.start(work, self._on_standing)

    def _on_standing(self, now: Standing) -> None:
        if now != self.now:
            self.now = now
            self.changed.emit()
        if now.is_due and not now.is_factory and self._desk.settings.flag("learning"):
            self._learn(is_asked=False)

    def learn(self) -> None:
        """Learn now and let proposals follow it."""
        self._desk.run(choose, factory=False)
        self._learn(is_asked=True)

    def _learn(self, *, is_asked: bool) -> None:
        project, proposals = self._desk.session.project, self._desk.proposals
        if self.is_busy or project.read_only or proposals is None:
            return
        ask = proposals.ask_engine

        def work(ctx: JobContext) -> Learned:
            with project.reader() as reader:
                found = lessons(reader, ask, ctx)
            return learn_from(found, ctx)

        self._handle = self._desk.jobs.start(work, lambda found: self._on_learned(found, is_asked))
        self._handle.ended.connect(self._on_ended)
        self.changed.emit()

    def _on_learned(self, learned: Learned, is_asked: bool) -> None:  # noqa: FBT001 - how it began
        self._desk.run(keep, learned)
        if is_asked:
            self._ask_again()
        self.look()

    def _on_ended(self) -> None:
        self._handle = None
        self.changed.emit()

    def choose(self, *, factory: bool) -> None:
        """Go back to the program's own proposals, or to what was learned."""
        self._desk.run(choose, factory=factory)
        self._ask_again()
        self.look()

    def _ask_again(self) -> None:
        if self._desk.proposals is not None and self._desk.proposals.are_on:
            self._desk.proposals.ask()

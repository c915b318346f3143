"""Compare the marks of each article with its words when it is opened; a misfit is never silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.i18n import tr
from annotator.model.changes import TABLE_OF, Touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.desk import Desk
    from annotator.model.annotations import Mark

#: The article is painted and its panels are filled first.
_AFTER_MS = 150
#: So many rows are compared at once (some 30 ms); more are compared by a job, on a reader.
_AT_ONCE = 5_000


class Verifier(QObject):
    """Bring the list of marks to place again up to date for the open article."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.verify)
        desk.article_opened.connect(self._on_opened)
        self._on_opened(desk.article_id)

    def _on_opened(self, article_id: str) -> None:
        if article_id:
            self._later.start()
        else:
            self._later.stop()

    def verify(self) -> None:
        """Compare now."""
        article_id, project = self._desk.article_id, self._desk.session.project
        if not article_id:
            return
        if len(project.spans(article_id)) <= _AT_ONCE:
            self._tell(article_id, project.verify_article(article_id))
            return

        def work(_ctx: object) -> list[Mark]:
            with project.reader() as reader:
                return reader.verify_article(article_id)

        self._desk.jobs.start(
            work,
            lambda found: self._on_found(article_id, found),
            is_wanted=lambda: self._desk.article_id == article_id,
        )

    def _on_found(self, article_id: str, found: Sequence[Mark]) -> None:
        """Write down what a reader found: only the writer keeps the list."""
        if found:
            self._tell(article_id, self._desk.session.project.verify_article(article_id))

    def _tell(self, article_id: str, found: Sequence[Mark]) -> None:
        if not found:
            return
        tables = frozenset(TABLE_OF[type(mark)] for mark in found)
        self._desk.touched.emit(Touched(tables=tables, articles=frozenset({article_id})))
        self._desk.say(tr("window.misplaced", count=len(found)))

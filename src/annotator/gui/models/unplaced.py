"""List the marks whose words are not where they were: they wait to be placed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Chip, Row, detail, one_line, quoted
from annotator.model.article import Article
from annotator.model.changes import TABLES
from annotator.text.anchors import place

if TYPE_CHECKING:
    from annotator.app.session import Session
    from annotator.model.annotations import Mark
    from annotator.model.changes import Touched
    from annotator.model.span import Span
    from annotator.text.anchors import Placement


class UnplacedLister(Lister):
    """List the project's unplaced marks, the open article's first."""

    tables: ClassVar[frozenset[str]] = frozenset(TABLES)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._marks: dict[str, Mark] = {}
        self._reasons: dict[str, str] = {}
        self._headlines: dict[str, str] = {}

    def concerns(self, touched: Touched) -> bool:
        """Say whether marks or articles changed, anywhere in the project."""
        return bool(touched.tables - {"note", "attribution", "source", "actor", "suggestion"})

    def ids(self, order: str) -> list[str]:
        """Return the ids, the open article's first."""
        del order
        found = self.session.project.unplaced()
        self._marks = {one.mark.id: one.mark for one in found}
        self._reasons = {one.mark.id: one.reason for one in found}
        here = self.data.article.id if self.data is not None else ""
        marks = sorted(
            self._marks.values(), key=lambda m: (m.article_id != here, m.article_id, m.spans[0])
        )
        return [mark.id for mark in marks]

    def record(self, record_id: str) -> Mark | None:
        """Return a mark."""
        return self._marks.get(record_id)

    def span(self, record_id: str) -> Span | None:
        """Return where the mark seems to belong now, if its words are found."""
        placement = self.placement(record_id)
        return placement.spans[0] if placement is not None else None

    def placement(self, record_id: str) -> Placement | None:
        """Return where the mark seems to belong now; ``None``: the words are nowhere."""
        mark = self._marks.get(record_id)
        if mark is None:
            return None
        text = self.session.project.text(mark.article_id).text
        pieces = tuple(len(span) for span in mark.spans)
        return place(text, mark.anchor, near=mark.spans[0].start, pieces=pieces)

    def row(self, record_id: str) -> Row:
        """Return the words that are looked for, and in which article."""
        mark = self._marks[record_id]
        reason = i18n.tr(f"panels.unplaced.{self._reasons[record_id]}")
        return Row(
            id=record_id,
            title=quoted(one_line(mark.anchor.quotation)),
            detail=detail(i18n.term(mark.mark_kind), self._headline(mark.article_id)),
            chips=(Chip(reason, "danger" if self._reasons[record_id] == "gone" else ""),),
            style=str(mark.mark_kind),
            swatch="line",
            strong=False,
        )

    def _headline(self, article_id: str) -> str:
        if article_id not in self._headlines:
            article = self.session.project.get(Article, article_id)
            self._headlines[article_id] = one_line(article.headline) if article else ""
        return self._headlines[article_id]

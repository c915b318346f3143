"""Say which records a list shows, in which orders, and what each row says. No Qt in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator.gui.models.places import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.app.session import Session
    from annotator.app.view_models import ArticleData
    from annotator.gui.models.rows import Row
    from annotator.model.annotations import Mark
    from annotator.model.changes import Record, Touched
    from annotator.model.span import Span


class Lister:
    """List the records of one panel. A panel's own lister says which and how.

    ``orders`` are ids of sentences ``panels.order.<id>``; the first is the one to begin with.
    ``kinds`` are the tables whose changes concern the list.
    """

    orders: ClassVar[tuple[str, ...]] = ("text",)
    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, session: Session) -> None:
        self.session = session
        self.data: ArticleData | None = None

    def load(self, data: ArticleData | None) -> None:
        """Take the article to list from."""
        self.data = data

    def concerns(self, touched: Touched) -> bool:
        """Say whether a change may show in this list."""
        article = self.data.article.id if self.data is not None else ""
        here = article in touched.articles or not touched.articles or "actor" in touched.tables
        return here and not self.tables.isdisjoint(touched.tables)

    def ids(self, order: str) -> list[str]:
        """Return the ids of all rows in an order."""
        raise NotImplementedError

    def row(self, record_id: str) -> Row:
        """Return what the row of a record says."""
        raise NotImplementedError

    def record(self, record_id: str) -> Record | None:
        """Return the record behind a row."""
        raise NotImplementedError

    def rows_for(self, record_ids: Iterable[str]) -> list[str]:
        """Return the ids of the rows that stand for selected records (marks, sources, ...)."""
        return [i for i in record_ids if self.record(i) is not None]

    def span(self, record_id: str) -> Span | None:
        """Return where in the text a row leads."""
        record = self.data.marks.get(record_id) if self.data is not None else None
        return record.spans[0] if record is not None else None

    # -- helps for the listers ----------------------------------------------------------------

    def paragraph(self, span: Span) -> str:
        """Return the place of a span as a reader names it ("¶ 3")."""
        data = self.data
        assert data is not None, "rows are asked for only when an article is loaded"
        return place(self.session, data.article, span)


def sorted_marks(marks: Iterable[Mark], key: Callable[[str], object] | None = None) -> list[str]:
    """Return the ids of marks that come in text order, sorted by a key of their id if given."""
    ids = [mark.id for mark in marks]
    if key is not None:
        ids.sort(key=key)  # type: ignore[arg-type]
    return ids

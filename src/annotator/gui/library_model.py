"""The library's rows: pages of articles, fetched as they are scrolled to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.gui.dates import long_date, short_date
from annotator.gui.typeset import without_hits
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from annotator.store import ArticlePage, ArticleQuery, ArticleRow

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
_PAGE = 60


class LibraryModel(QAbstractListModel):
    """Hold the articles that match the query, as far as they were looked at."""

    def __init__(self, read: Callable[[ArticleQuery], ArticlePage]) -> None:
        super().__init__()
        self._read = read
        self._query: ArticleQuery | None = None
        self._rows: list[ArticleRow] = []
        self._places: dict[str, int] = {}
        self.total = 0
        self.is_capped = False

    # -- contents -----------------------------------------------------------------------------

    def set_query(self, query: ArticleQuery) -> None:
        """Show what matches another query, from the top."""
        self._query = query
        self._show(self._read(replace(query, limit=_PAGE, offset=0)))

    def _show(self, page: ArticlePage) -> None:
        self.beginResetModel()
        self._take(page)
        self.endResetModel()

    def refresh(self, rows: int | None = None) -> None:
        """Read the rows again; the list is only reset if other articles stand in it now.

        Args:
            rows: how many; by default as many as there are, or a page.
        """
        if self._query is None:
            return
        limit = max(_PAGE, len(self._rows)) if rows is None else rows
        page = self._read(replace(self._query, limit=limit, offset=0))
        if [row.id for row in page.rows] != [row.id for row in self._rows]:
            self._show(page)
            return
        changed = [n for n, row in enumerate(page.rows) if row != self._rows[n]]
        self._take(page)
        self._tell_changed(changed)

    def reread(self, article_ids: Collection[str]) -> None:
        """Read the rows of some articles again: their figures changed, not their places."""
        ids = tuple(one for one in article_ids if one in self._places)
        if self._query is None or not ids:
            return
        query = replace(self._query, article_ids=ids, limit=len(ids), offset=0)
        changed: list[int] = []
        for row in self._read(query).rows:
            number = self._places[row.id]
            if row != self._rows[number]:
                self._rows[number] = row
                changed.append(number)
        self._tell_changed(changed)

    def recount(self) -> None:
        """Count the articles that match; the rows stay as they are."""
        if self._query is not None:
            page = self._read(replace(self._query, limit=1, offset=0))
            self.total, self.is_capped = page.total, page.capped

    def _tell_changed(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            index = self.index(number)
            self.dataChanged.emit(index, index)

    def _take(self, page: ArticlePage) -> None:
        self._rows = list(page.rows)
        self._places = {row.id: number for number, row in enumerate(self._rows)}
        self.total = page.total
        self.is_capped = page.capped

    def place_of(self, article_id: str) -> int:
        """Return the row of an article, -1 if it is not among the fetched ones."""
        return self._places.get(article_id, -1)

    def row_at(self, number: int) -> ArticleRow | None:
        """Return the article in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    # -- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows were fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there are more articles than were fetched."""
        more = len(self._rows) < self.total or self.is_capped
        return self._query is not None and more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Fetch one more page."""
        if self._query is None or parent.isValid():
            return
        fresh = self._more(self._query)
        first = len(self._rows)
        if not fresh:
            self.total, self.is_capped = first, False
            return
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._rows += fresh
        for number, row in enumerate(fresh, first):
            self._places[row.id] = number
        self.endInsertRows()

    def _more(self, query: ArticleQuery) -> list[ArticleRow]:
        """Read the next page that holds a row which is not there yet.

        Articles that came in above (``recount``) have moved those that are there further down.
        """
        at = len(self._rows)
        while page := self._read(replace(query, limit=_PAGE, offset=at)).rows:
            fresh = [row for row in page if row.id not in self._places]
            if fresh:
                return fresh
            at += len(page)
        return []

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an article's row, id or words."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == ID_ROLE:
            return row.id
        if role == Qt.ItemDataRole.DisplayRole:
            return row.headline
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None


def byline(row: ArticleRow) -> str:
    """Return outlet and date as far as they are known."""
    words = [row.outlet or row.agency, short_date(row.published)]
    return " · ".join(word for word in words if word) or tr("window.no_outlet")


def mark_count(row: ArticleRow) -> int:
    """Return how many quotes, sources and claims are marked."""
    return row.quotes + row.sources + row.claims


def spoken(row: ArticleRow) -> str:
    """Return what a screen reader says of an article."""
    counts = ", ".join(
        tr(f"window.count_{name}", count=count)
        for name, count in (
            ("quotes", row.quotes),
            ("sources", row.sources),
            ("claims", row.claims),
        )
    )
    reviewed = tr("window.reviewed" if row.reviewed else "window.not_reviewed")
    words = [row.headline, row.outlet or row.agency, long_date(row.published), counts, reviewed]
    if row.snippet:
        words.append(without_hits(row.snippet))
    return ". ".join(word for word in words if word)

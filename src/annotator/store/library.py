"""The library: a page of articles, filtered and searched, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.article import Article, FuzzyDate
from annotator.store.codec import SqlValue, codec_of
from annotator.store.dates import place_bounds
from annotator.store.queries import ArticlePage, ArticleQuery, ArticleRow
from annotator.store.search import Snippets, Term, expression, facet, parse

if TYPE_CHECKING:
    from annotator.store.connection import Connection

#: More hits than this are not counted: nobody reads that far, and counting them costs.
MAX_COUNT = 1000

_ORDERS = {
    "newest": "shelf.place DESC",
    "oldest": "shelf.place",
    "headline": "shelf.headline_key, shelf.place DESC",
    "imported": "shelf.imported_at DESC, shelf.place DESC",
    "relevance": "rank",
}
_ROW = (
    "SELECT a.id, a.headline, a.outlet, a.agency, a.published, a.language, a.reviewed,"
    " a.word_count, s.quotes, s.sources, s.claims, s.mentions, a.imported_at, a.text_digest"
    " FROM shelf AS s JOIN article AS a ON a.nr = s.article WHERE s.place = ?"
)
_IN_SEARCH = "search JOIN shelf ON shelf.place = search.rowid"


@dataclass(slots=True)
class _Filter:
    """Gather the conditions of one query. Only the fixed texts below become SQL."""

    source: str = "shelf"
    conditions: list[str] = field(default_factory=list[str])
    values: list[SqlValue] = field(default_factory=list[SqlValue])

    def add(self, condition: str, *values: SqlValue) -> None:
        self.conditions.append(condition)
        self.values += values

    @property
    def where(self) -> str:
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def _filter(query: ArticleQuery, terms: tuple[Term, ...]) -> _Filter:
    found = _Filter(_IN_SEARCH if terms else "shelf")
    if terms:
        asked = (("o", query.outlet), ("l", query.language))
        facets = tuple(facet(kind, value) for kind, value in asked if value is not None)
        found.add("search MATCH ?", expression(terms, facets))
    if query.outlet is not None:
        found.add("shelf.outlet = ?", query.outlet)
    if query.language is not None:
        found.add("shelf.language = ?", query.language)
    if query.reviewed is not None:
        found.add("shelf.reviewed = ?", int(query.reviewed))
    if query.since or query.until:
        place = "search.rowid" if terms else "shelf.place"
        found.add(f"shelf.dated = 1 AND {place} BETWEEN ? AND ?")
        found.values += place_bounds(query.since, query.until)
    return found


def _count(connection: Connection, found: _Filter, *, capped: bool) -> int:
    if not capped:
        query = f"SELECT count(*) FROM {found.source}{found.where}"  # noqa: S608
        return connection.value(query, found.values)
    query = f"SELECT count(*) FROM (SELECT 1 FROM {found.source}{found.where} LIMIT ?)"  # noqa: S608
    return connection.value(query, (*found.values, MAX_COUNT + 1))


def articles(connection: Connection, query: ArticleQuery) -> ArticlePage:
    """Return a page of the library; a search that holds no word finds nothing."""
    terms = parse(query.search)
    if query.search.strip() and not terms:
        return ArticlePage([], 0, capped=False)
    found = _filter(query, terms)
    total = _count(connection, found, capped=bool(terms))
    order = query.order if terms or query.order != "relevance" else "newest"
    if order in ("newest", "oldest") and terms:
        by = _ORDERS[order].replace("shelf.place", "search.rowid")
    else:
        by = _ORDERS[order]
    places = connection.rows(
        f"SELECT shelf.place FROM {found.source}{found.where} ORDER BY {by} LIMIT ? OFFSET ?",  # noqa: S608
        (*found.values, query.limit, query.offset),
    )
    snippets = Snippets(terms) if terms else None
    rows = [_row(connection, place, snippets) for (place,) in places]
    return ArticlePage(
        rows, min(total, MAX_COUNT) if terms else total, capped=total > MAX_COUNT and bool(terms)
    )


def _published(value: str | None) -> FuzzyDate | None:
    return codec_of(Article).decode_value("published", value)


def _row(connection: Connection, place: int, snippets: Snippets | None) -> ArticleRow:
    row = connection.row(_ROW, (place,))
    assert row is not None, "a place of the same snapshot"
    snippet = ""
    if snippets is not None:
        body = connection.value("SELECT body FROM text WHERE digest = ?", (row[13],))
        snippet = snippets.cut(body)
    row_id, headline, outlet, agency, published, language, reviewed, *numbers = row[:12]
    word_count, quotes, sources, claims, mentions = numbers
    return ArticleRow(
        row_id,
        headline,
        outlet,
        agency,
        _published(published),
        language,
        bool(reviewed),
        word_count,
        quotes,
        sources,
        claims,
        mentions,
        snippet,
        row[12],
    )


def article_count(connection: Connection) -> int:
    """Return how many articles there are."""
    return connection.value("SELECT count(*) FROM shelf")


def outlets(connection: Connection) -> list[str]:
    """Return the outlets' names, sorted; articles without one add nothing."""
    return _distinct(connection, "outlet")


def languages(connection: Connection) -> list[str]:
    """Return the languages' tags, sorted."""
    return _distinct(connection, "language")


def _distinct(connection: Connection, column: str) -> list[str]:
    # Skips along the index: a plain DISTINCT reads all of it.
    rows = connection.rows(
        f"WITH RECURSIVE each(value) AS (SELECT min({column}) FROM shelf UNION ALL"  # noqa: S608
        f" SELECT (SELECT min({column}) FROM shelf WHERE {column} > each.value) FROM each"
        " WHERE each.value IS NOT NULL) SELECT value FROM each WHERE value <> ''"
    )
    return [value for (value,) in rows]

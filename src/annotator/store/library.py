"""The library: a page of articles, filtered and searched, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
_FEW = 5000

_ORDERS = {
    "newest": "place DESC",
    "oldest": "place",
    "headline": "headline_key, place DESC",
    "imported": "imported_at DESC, place DESC",
    "relevance": "rank",
}
_ROW = (
    "SELECT a.id, a.headline, a.outlet, a.agency, a.published, a.language, a.reviewed,"
    " a.word_count, s.quotes, s.sources, s.claims, s.mentions, a.imported_at, a.text_digest"
    " FROM shelf AS s JOIN article AS a ON a.nr = s.article WHERE s.place = ?"
)


@dataclass(slots=True)
class _Filter:
    """Gather the conditions of one query. Only the fixed texts below become SQL."""

    conditions: list[str] = field(default_factory=list[str])
    values: list[SqlValue] = field(default_factory=list[SqlValue])

    def add(self, condition: str, *values: SqlValue) -> None:
        self.conditions.append(condition)
        self.values += values

    @property
    def where(self) -> str:
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def _source(query: ArticleQuery) -> str:
    """Return what a search reads; the words lead, or they would be asked article by article."""
    needs_shelf = query.reviewed is not None or query.since or query.until
    if needs_shelf or query.order in ("headline", "imported"):
        return "search CROSS JOIN shelf ON shelf.place = search.rowid"
    return "search"


def _filter(query: ArticleQuery, terms: tuple[Term, ...]) -> _Filter:
    found = _Filter()
    asked = (("outlet", query.outlet), ("language", query.language))
    if terms:
        facets = tuple(facet(name[0], value) for name, value in asked if value is not None)
        found.add("search MATCH ?", expression(terms, facets))
    else:
        for name, value in asked:
            if value is not None:
                found.add(f"{name} = ?", value)
    if query.reviewed is not None:
        found.add("reviewed = ?", int(query.reviewed))
    if query.since or query.until:
        place = "search.rowid" if terms else "place"
        found.add(f"dated = 1 AND {place} BETWEEN ? AND ?")
        found.values += place_bounds(query.since, query.until)
    return found


def articles(connection: Connection, query: ArticleQuery) -> ArticlePage:
    """Return a page of the library; a search that holds no word finds nothing."""
    terms = parse(query.search)
    if query.search.strip() and not terms:
        return ArticlePage([], 0, capped=False)
    if not terms:
        places, total = _browse(connection, query)
        capped = False
    else:
        places, total, capped = _search(connection, query, terms)
    snippets = Snippets(terms) if terms else None
    rows = [_row(connection, place, snippets) for place in places]
    return ArticlePage(rows, total, capped=capped)


def _browse(connection: Connection, query: ArticleQuery) -> tuple[list[int], int]:
    """Return the places of a page without a search, and the number of all."""
    found = _filter(query, ())
    total = connection.value(f"SELECT count(*) FROM shelf{found.where}", found.values)  # noqa: S608
    by = _ORDERS["newest" if query.order == "relevance" else query.order]
    places = connection.rows(
        f"SELECT place FROM shelf{found.where} ORDER BY {by} LIMIT ? OFFSET ?",  # noqa: S608
        (*found.values, query.limit, query.offset),
    )
    return [place for (place,) in places], total


def _search(
    connection: Connection, query: ArticleQuery, terms: tuple[Term, ...]
) -> tuple[list[int], int, bool]:
    """Return the places of a page of hits, how many hits are known, and whether there are more."""
    source, place, found = _source(query), "search.rowid", _filter(query, terms)
    if query.reviewed is not None and _few_are_so(connection, query, terms):
        source, place = "shelf CROSS JOIN search ON search.rowid = shelf.place", "shelf.place"
    select = f"SELECT search.rowid FROM {source}{found.where}"  # noqa: S608
    end = query.offset + query.limit
    if query.order in ("newest", "oldest"):
        # The index hands its rows out by date: one pass finds the page and counts the hits.
        # With a filter that the index does not know it stops at the end of the page.
        most = end if query.reviewed is not None else max(end, MAX_COUNT)
        by = _ORDERS[query.order].replace("place", place)
        hits = connection.rows(f"{select} ORDER BY {by} LIMIT ?", (*found.values, most + 1))
        known = hits[:most]
        page = known[query.offset : end]
        return [place for (place,) in page], len(known), len(hits) > most
    hits = connection.rows(f"{select} LIMIT ?", (*found.values, MAX_COUNT + 1))
    page = connection.rows(
        f"{select} ORDER BY {_ORDERS[query.order]} LIMIT ? OFFSET ?",
        (*found.values, query.limit, query.offset),
    )
    known_count = min(len(hits), MAX_COUNT)
    return [place for (place,) in page], known_count, len(hits) > MAX_COUNT


def _few_are_so(connection: Connection, query: ArticleQuery, terms: tuple[Term, ...]) -> bool:
    """Say whether to go through the few (un)reviewed articles and ask the index about each.

    That pays where the words are common: going through their hits meets few such articles. Asked
    about one article, the index gathers all words of an open end (``gouv*``) again.
    """
    if query.order not in ("newest", "oldest") or any(term.is_prefix for term in terms):
        return False
    few = connection.rows(
        "SELECT 1 FROM shelf WHERE reviewed = ? LIMIT ?", (int(bool(query.reviewed)), _FEW + 1)
    )
    if len(few) > _FEW:
        return False
    words = replace(query, reviewed=None)
    found = _filter(words, terms)
    hits = connection.rows(
        f"SELECT 1 FROM {_source(words)}{found.where} LIMIT ?",  # noqa: S608
        (*found.values, MAX_COUNT + 1),
    )
    return len(hits) > MAX_COUNT


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

"""The library: a page of articles, filtered and searched, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from annotator.model.article import Article, FuzzyDate
from annotator.store.codec import SqlValue, codec_of, dumps, loads
from annotator.store.dates import place_bounds
from annotator.store.pages import NUMBERS_OF_IDS
from annotator.store.queries import ArticlePage, ArticleQuery, ArticleRow
from annotator.store.search import Snippets, Term, expression, facet, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.store.connection import Connection, Values

#: More hits than this are not counted: nobody reads that far, and counting them costs.
MAX_COUNT = 1000
_FEW = 5000

_WORDS_LEAD = "search CROSS JOIN shelf ON shelf.place = search.rowid"
_SHELF_LEADS = "shelf CROSS JOIN search ON search.rowid = shelf.place"
_ORDERS = {
    "newest": "place DESC",
    "oldest": "place",
    "headline": "headline_key, place DESC",
    "imported": "imported_at DESC, place DESC",
}
_ROWS = (
    "SELECT json_group_array(json_array(s.place, a.id, a.headline, a.outlet, a.agency,"
    " a.published, a.language, a.reviewed, a.word_count, s.quotes, s.sources, s.claims,"
    " s.mentions, a.imported_at, a.text_digest))"
    " FROM shelf AS s JOIN article AS a ON a.nr = s.article"
    " WHERE s.place IN (SELECT value FROM json_each(?))"
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
    def needs_shelf(self) -> bool:
        """Say whether a condition asks what the index does not know."""
        return any("reviewed" in c or "dated" in c or "article" in c for c in self.conditions)

    @property
    def where(self) -> str:
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


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
    if query.article_ids is not None:
        ids = dumps(list(query.article_ids))
        found.add(f"article IN ({NUMBERS_OF_IDS})", ids)
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
        places, total, capped = _Search(connection, query, terms).page()
    snippets = Snippets(terms) if terms else None
    return ArticlePage(_page(connection, places, snippets), total, capped=capped)


def _numbers(connection: Connection, query: str, values: Values) -> list[int]:
    """Return the numbers ``value`` of a query, in its order, as one row.

    Between two rows SQLite gives the interpreter away, and where an import is at work in another
    thread the window waits some milliseconds for it, for each row.
    """
    return loads(connection.value(f"SELECT json_group_array(value) FROM ({query})", values))  # noqa: S608


def _browse(connection: Connection, query: ArticleQuery) -> tuple[list[int], int]:
    """Return the places of a page without a search, and the number of all."""
    found = _filter(query, ())
    total = connection.value(f"SELECT count(*) FROM shelf{found.where}", found.values)  # noqa: S608
    by = _ORDERS["newest" if query.order == "relevance" else query.order]
    places = _numbers(
        connection,
        f"SELECT place AS value FROM shelf{found.where} ORDER BY {by} LIMIT ? OFFSET ?",  # noqa: S608
        (*found.values, query.limit, query.offset),
    )
    return places, total


class _Search:
    """Find one page of hits by the way that reads least.

    The index hands its hits out by date, so the newest page costs little however many there are.
    Other orders, and the filter that the index does not know, go through the shelf instead where
    the words are common, and ask the index about one article after the other.
    """

    def __init__(
        self, connection: Connection, query: ArticleQuery, terms: tuple[Term, ...]
    ) -> None:
        self._connection = connection
        self._query = query
        self._terms = terms
        self._found = _filter(query, terms)
        self._end = query.offset + query.limit

    def page(self) -> tuple[list[int], int, bool]:
        """Return the places, how many hits are known, and whether there are more."""
        query = self._query
        if query.order == "relevance":
            return self._ranked()
        by_date = query.order in ("newest", "oldest")
        goes_by_shelf = self._is_common() and (not by_date or self._few_are_so())
        if by_date:
            # One pass finds the page and counts the hits. Where ``reviewed`` is asked for, it
            # stops at the end of the page.
            most = self._end if query.reviewed is not None else max(self._end, MAX_COUNT)
            hits = self._places(most + 1, goes_by_shelf=goes_by_shelf)
            known = hits[:most]
            return known[query.offset : self._end], len(known), len(hits) > most
        count = len(self._rows(_WORDS_LEAD, self._found, "", MAX_COUNT + 1))
        page = self._places(self._end, goes_by_shelf=goes_by_shelf)[query.offset :]
        return page, min(count, MAX_COUNT), count > MAX_COUNT

    def _places(self, limit: int, *, goes_by_shelf: bool) -> list[int]:
        order = _ORDERS[self._query.order]
        if goes_by_shelf:
            return self._rows(_SHELF_LEADS, self._found, order, limit)
        needs_shelf = self._found.needs_shelf or self._query.order in ("headline", "imported")
        source = _WORDS_LEAD if needs_shelf else "search"
        return self._rows(source, self._found, order.replace("place", "search.rowid"), limit)

    def _rows(self, source: str, found: _Filter, order: str, limit: int) -> list[int]:
        by = f" ORDER BY {order}" if order else ""
        sql = f"SELECT search.rowid AS value FROM {source}{found.where}{by} LIMIT ?"  # noqa: S608
        return _numbers(self._connection, sql, (*found.values, limit))

    def _is_common(self) -> bool:
        """Say whether the words, by themselves, have many hits and are cheap to ask for.

        Asked about one article, the index gathers all words of an open end (``gouv*``) again.
        """
        if self._query.reviewed is None and self._query.order in ("newest", "oldest"):
            return False
        if any(term.is_prefix for term in self._terms):
            return False
        plain = replace(self._query, reviewed=None, since=None, until=None, article_ids=None)
        words = _filter(plain, self._terms)
        return len(self._rows("search", words, "", MAX_COUNT + 1)) > MAX_COUNT

    def _few_are_so(self) -> bool:
        """Say whether few articles are (or are not) reviewed, as asked for."""
        sql = "SELECT 1 FROM shelf WHERE reviewed = ? LIMIT ?"
        return len(self._connection.rows(sql, (int(bool(self._query.reviewed)), _FEW + 1))) <= _FEW

    def _ranked(self) -> tuple[list[int], int, bool]:
        """Rank the newest hits; ranking all hits of a common word takes a fifth of a second."""
        source = _WORDS_LEAD if self._found.needs_shelf else "search"
        hits = self._rows(source, self._found, "search.rowid DESC", MAX_COUNT + 1)
        known = hits[:MAX_COUNT]
        ranked = _Filter(list(self._found.conditions), list(self._found.values))
        ranked.add("search.rowid >= ?", known[-1] if known else 0)
        page = self._rows(source, ranked, "rank, search.rowid DESC", min(self._end, len(known)))
        return page[self._query.offset :], len(known), len(hits) > MAX_COUNT


def _published(value: str | None) -> FuzzyDate | None:
    return codec_of(Article).decode_value("published", value)


def _page(
    connection: Connection, places: Sequence[int], snippets: Snippets | None
) -> list[ArticleRow]:
    """Return the articles that stand at places, in that order."""
    read: list[list[Any]] = loads(connection.value(_ROWS, (dumps(list(places)),)))
    rows = {row[0]: row[1:] for row in read}
    return [_row(connection, rows[place], snippets) for place in places]


def _row(connection: Connection, row: list[Any], snippets: Snippets | None) -> ArticleRow:
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

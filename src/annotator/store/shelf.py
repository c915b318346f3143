"""The library's own rows: where an article stands by date, what it is filtered by, its words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from annotator.model.article import Article
from annotator.store.dates import SLOTS, first_place, minute_of
from annotator.store.search import facet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.changes import Record
    from annotator.store.codec import Row
    from annotator.store.connection import Connection
    from annotator.store.texts import Bodies

_ADD_SHELF = (
    "INSERT INTO shelf (place, article, outlet, language, reviewed, headline_key, imported_at,"
    " dated, quotes, sources, claims, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_WORDS = "INSERT INTO search (rowid, headline, body, facets) VALUES (?, ?, ?, ?)"
# The index keeps no text: to take words out of it, it must be told again what they were.
_DROP_WORDS = (
    "INSERT INTO search (search, rowid, headline, body, facets) VALUES ('delete', ?, ?, ?, ?)"
)
_ACCENTS = re.compile("[\u0300-\u036f]+")


def headline_key(headline: str) -> str:
    """Return what headlines are sorted by: without accents and case."""
    plain = headline.casefold()
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    return plain.strip(" «»\"“”'’\u00a0\u202f")


def facets(article: Article) -> str:
    """Return the words of the index that stand for an article's outlet and language."""
    return f"{facet('o', article.outlet)} {facet('l', article.language)}"


def is_dated(article: Article) -> bool:
    """Say whether the article's own date is known."""
    return article.published is not None and minute_of(article.published.value) is not None


def filter_values(article: Article) -> Row:
    """Return the columns of ``shelf`` that come from the article, after place and number."""
    return (
        article.outlet,
        article.language,
        int(article.reviewed),
        headline_key(article.headline),
        article.imported_at,
        int(is_dated(article)),
    )


def _same_words(a: Article, b: Article) -> bool:
    return (a.text_digest, a.headline, a.outlet, a.language) == (
        b.text_digest,
        b.headline,
        b.outlet,
        b.language,
    )


class Shelf:
    """Keep ``shelf`` and ``search`` in step with the articles of one transaction."""

    def __init__(self, connection: Connection, bodies: Bodies) -> None:
        self._connection = connection
        self._bodies = bodies
        self._next: dict[int, int] = {}

    def refresh(self, articles: Iterable[tuple[int, Record | None, Record | None]]) -> None:
        """Take up changed articles, given as ``(number, before, after)``."""
        added: list[tuple[int, int, Article, Row]] = []
        for nr, before, after in articles:
            counts: Row = (0, 0, 0, 0)
            if isinstance(before, Article) and isinstance(after, Article):
                moved = first_place(before) != first_place(after)
                if not moved and _same_words(before, after):
                    self._update(nr, after)
                    continue
            if isinstance(before, Article):
                counts = self._remove(nr, before)
            if isinstance(after, Article):
                added.append((self._free_place(first_place(after)), nr, after, counts))
        # The index writes itself out each time a number is smaller than the one before.
        added.sort(key=lambda row: row[0])
        self._connection.many(
            _ADD_SHELF, [(place, nr, *filter_values(a), *counts) for place, nr, a, counts in added]
        )
        self._connection.many(
            _ADD_WORDS, ((p, a.headline, self._body(a), facets(a)) for p, _, a, _ in added)
        )

    def _body(self, article: Article) -> str:
        return self._bodies.get(article.text_digest)

    def _update(self, nr: int, article: Article) -> None:
        self._connection.run(
            "UPDATE shelf SET outlet = ?, language = ?, reviewed = ?, headline_key = ?,"
            " imported_at = ?, dated = ? WHERE article = ?",
            (*filter_values(article), nr),
        )

    def _remove(self, nr: int, article: Article) -> Row:
        """Take an article off the shelf and return its counts."""
        place, *counts = self._connection.rows(
            "SELECT place, quotes, sources, claims, mentions FROM shelf WHERE article = ?", (nr,)
        )[0]
        self._connection.run("DELETE FROM shelf WHERE place = ?", (place,))
        words = (place, article.headline, self._body(article), facets(article))
        self._connection.run(_DROP_WORDS, words)
        return tuple(counts)

    def _free_place(self, first: int) -> int:
        """Return the next free number of a minute, or of the next minute that has one."""
        while True:
            place = self._next.get(first)
            if place is None:
                place = self._connection.value(
                    "SELECT coalesce(max(place) + 1, ?) FROM shelf WHERE place >= ? AND place < ?",
                    (first, first, first + SLOTS),
                )
            self._next[first] = place + 1
            if place < first + SLOTS:
                return place
            first += SLOTS

"""Packed pages: what is where in an article, and who is mentioned where, ready to be read at once.

A row for each span or mention would be read one Python object at a time. Packed by article (and a
stretch of it, so that adding one mark rewrites little), 100,000 spans are read five times faster
and 3 million mentions reach numpy without passing through Python. Figures: ``docs/adr/0005``.

``span_page``: a page holds the spans that start in one stretch of 16,384 code points, sorted.
``place_page``: a page holds the mentions of an article whose numbers share all but ten bits, five
32-bit little-endian numbers each: mention, actor, paragraph, sentence, masked.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from annotator.model.errors import BugError
from annotator.store.queries import SpanRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.store.codec import Row
    from annotator.store.connection import Connection, Rows

#: One piece of a mark: (start, end, kind number, mark id).
SpanRow = tuple[int, int, int, str]
#: One mention: (mention number, actor number, paragraph, sentence, masked).
PlaceRow = tuple[int, int, int, int, int]
PLACE_WIDTH = 5

_STRETCH_BITS = 14
SPAN_PAGE_BITS = 20
_MENTION_BITS = 10
PLACE_PAGE_BITS = 24

_READ_SPANS = "SELECT starts, ends, kinds, marks FROM span_page"
_WRITE_SPANS = (
    "INSERT OR REPLACE INTO span_page (page, until, starts, ends, kinds, marks)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_WRITE_PLACES = "INSERT OR REPLACE INTO place_page (page, places) VALUES (?, ?)"


def _pack(numbers: Iterable[int]) -> bytes:
    packed = array("i", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpack(packed: bytes) -> array[int]:
    numbers = array("i")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


# Spans


def _span_page(article: int, start: int) -> int:
    return (article << SPAN_PAGE_BITS) + (start >> _STRETCH_BITS)


def _span_rows(found: Rows) -> SpanRows:
    starts = _unpack(b"".join(map(itemgetter(0), found))).tolist()
    ends = _unpack(b"".join(map(itemgetter(1), found))).tolist()
    kinds = list(b"".join(map(itemgetter(2), found)))
    marks: list[str] = [row[3] for row in found]
    return SpanRows(starts, ends, kinds, "\n".join(marks).split("\n") if marks else [])


def count_spans(connection: Connection, article: int) -> int:
    """Return how many spans an article has: a byte each, and SQLite knows a blob's length."""
    first = article << SPAN_PAGE_BITS
    count = connection.value(
        "SELECT coalesce(sum(length(kinds)), 0) FROM span_page WHERE page >= ? AND page < ?",
        (first, first + (1 << SPAN_PAGE_BITS)),
    )
    return int(count)


def read_spans(connection: Connection, article: int) -> SpanRows:
    """Return all spans of an article."""
    first = article << SPAN_PAGE_BITS
    return _span_rows(
        connection.rows(
            f"{_READ_SPANS} WHERE page >= ? AND page < ? ORDER BY page",
            (first, first + (1 << SPAN_PAGE_BITS)),
        )
    )


def read_window(connection: Connection, article: int, start: int, end: int) -> SpanRows:
    """Return the spans of an article that overlap ``[start, end)``."""
    found = _span_rows(
        connection.rows(
            f"{_READ_SPANS} WHERE page >= ? AND page <= ? AND until > ? ORDER BY page",
            (article << SPAN_PAGE_BITS, _span_page(article, max(0, end - 1)), start),
        )
    )
    inside = [
        row
        for row in zip(found.starts, found.ends, found.kinds, found.mark_ids, strict=True)
        if row[0] < end and row[1] > start
    ]
    columns = [list(column) for column in zip(*inside, strict=True)] or [[], [], [], []]
    return SpanRows(*columns)


def change_spans(connection: Connection, net: Counter[tuple[int, SpanRow]]) -> None:
    """Add spans, or remove them (negative counts), given as ``(article, row)``.

    Raises:
        BugError: ``bad-id`` if a mark's id is not one line.
    """
    pages: dict[int, Counter[SpanRow]] = defaultdict(Counter)
    for (article, row), count in net.items():
        if count:
            if "\n" in row[3]:
                raise BugError("bad-id")
            pages[_span_page(article, row[0])][row] += count
    written: list[Row] = []
    emptied: list[Row] = []
    for page, changes in sorted(pages.items()):
        old = _span_rows(connection.rows(f"{_READ_SPANS} WHERE page = ?", (page,)))
        rows = Counter(zip(old.starts, old.ends, old.kinds, old.mark_ids, strict=True))
        rows.update(changes)
        left = sorted(rows.elements())
        if left:
            written.append(_span_values(page, left))
        else:
            emptied.append((page,))
    connection.many("DELETE FROM span_page WHERE page = ?", emptied)
    connection.many(_WRITE_SPANS, written)


def _span_values(page: int, rows: list[SpanRow]) -> Row:
    return (
        page,
        max(row[1] for row in rows),
        _pack(row[0] for row in rows),
        _pack(row[1] for row in rows),
        bytes(row[2] for row in rows),
        "\n".join(row[3] for row in rows),
    )


# Places of mentions


def _place_page(article: int, mention: int) -> int:
    return (article << PLACE_PAGE_BITS) + (mention >> _MENTION_BITS)


def article_of_page(page: int) -> int:
    """Return the article number of a row of ``place_page``."""
    return page >> PLACE_PAGE_BITS


#: No text is longer than its last page.
MAX_END = 1 << (SPAN_PAGE_BITS + _STRETCH_BITS)

#: SQL that joins ``shelf`` with the pages of its articles.
PAGES_OF_SHELF = (
    f"shelf JOIN place_page ON page >= article << {PLACE_PAGE_BITS}"
    f" AND page < (article + 1) << {PLACE_PAGE_BITS}"
)


#: SQL that turns a JSON list of article ids into their numbers.
NUMBERS_OF_IDS = "SELECT nr FROM article WHERE id IN (SELECT value FROM json_each(?))"


def _place_rows(packed: bytes) -> list[PlaceRow]:
    numbers = _unpack(packed)
    return list(zip(*[numbers[i::PLACE_WIDTH] for i in range(PLACE_WIDTH)], strict=True))


def read_article_places(connection: Connection, article: int) -> list[PlaceRow]:
    """Return the mentions of an article in the order of their numbers."""
    first = article << PLACE_PAGE_BITS
    found = connection.rows(
        "SELECT places FROM place_page WHERE page >= ? AND page < ? ORDER BY page",
        (first, first + (1 << PLACE_PAGE_BITS)),
    )
    return _place_rows(b"".join([packed for (packed,) in found]))


def change_places(
    connection: Connection, changes: Mapping[tuple[int, int], PlaceRow | None]
) -> None:
    """Set or remove (``None``) mentions, given by ``(article, mention)`` numbers."""
    pages: dict[int, dict[int, PlaceRow | None]] = defaultdict(dict)
    for (article, mention), row in changes.items():
        pages[_place_page(article, mention)][mention] = row
    written: list[Row] = []
    emptied: list[Row] = []
    for page, changed in sorted(pages.items()):
        packed = connection.value("SELECT places FROM place_page WHERE page = ?", (page,))
        rows: dict[int, PlaceRow | None] = {row[0]: row for row in _place_rows(packed or b"")}
        rows.update(changed)
        flat = [number for _, row in sorted(rows.items()) if row is not None for number in row]
        if flat:
            written.append((page, _pack(flat)))
        else:
            emptied.append((page,))
    connection.many("DELETE FROM place_page WHERE page = ?", emptied)
    connection.many(_WRITE_PLACES, written)

"""What is marked in an article: the records, and the columns that a view paints from."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from annotator.model.annotations import MARK_TYPES, Mark
from annotator.store import pages
from annotator.store.codec import codec_of
from annotator.store.queries import SpanRows

if TYPE_CHECKING:
    from collections.abc import Collection

    from annotator.model.changes import Record
    from annotator.model.vocabulary import MarkKind
    from annotator.store.connection import Connection


def marks(
    connection: Connection, article_id: str, kinds: Collection[MarkKind] | None = None
) -> list[Mark]:
    """Return the marks of an article in text order (by first character, then the longer first)."""
    found: list[Mark] = []
    for kind, record_type in MARK_TYPES.items():
        if kinds is None or kind in kinds:
            codec = codec_of(cast("type[Record]", record_type))
            rows = connection.rows(
                f"{codec.select} WHERE article_id = ? ORDER BY nr", (article_id,)
            )
            found += cast("list[Mark]", codec.decode_many(rows))
    found.sort(key=_text_order)
    return found


def _text_order(mark: Mark) -> tuple[int, int]:
    return mark.spans[0].start, -mark.spans[-1].end


def span_count(connection: Connection, article_id: str) -> int:
    """Return how many stretches of an article are marked, without reading them."""
    article = connection.value("SELECT nr FROM article WHERE id = ?", (article_id,))
    return 0 if article is None else pages.count_spans(connection, article)


def spans(connection: Connection, article_id: str, start: int | None, end: int | None) -> SpanRows:
    """Return what is marked between two positions (all where ``None``), sorted by start."""
    article = connection.value("SELECT nr FROM article WHERE id = ?", (article_id,))
    if article is None:
        return SpanRows([], [], [], [])
    if start is None and end is None:
        return pages.read_spans(connection, article)
    return pages.read_window(connection, article, start or 0, pages.MAX_END if end is None else end)

"""The tables that can be computed from the records, kept in the same transaction as they are.

``shelf`` and ``search``: the library and its words. ``mark_span``: what is where in an article.
``mention_place``: who is mentioned where, in dense numbers, for counting.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.annotations import Claim, Mark, Mention, Quote, Source
from annotator.model.article import Article
from annotator.model.vocabulary import MarkKind
from annotator.store.codec import Row, SqlValue, decode_spans
from annotator.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.model.changes import Record
    from annotator.model.span import Spans
    from annotator.store.connection import Connection

KIND_NUMBER: dict[MarkKind, int] = {kind: number for number, kind in enumerate(MarkKind)}
#: The record types whose numbers stand in the library, and their columns in ``shelf``.
COUNTED: dict[type[Record], str] = {
    Quote: "quotes",
    Source: "sources",
    Claim: "claims",
    Mention: "mentions",
}

_ADD_SPAN = "INSERT INTO mark_span (article, start, end, kind, mark) VALUES (?, ?, ?, ?, ?)"
_DROP_SPAN = (
    "DELETE FROM mark_span WHERE article = ? AND start = ? AND end = ? AND kind = ? AND mark = ?"
)
_ADD_PLACE = (
    "INSERT OR REPLACE INTO mention_place (article, mention, actor, paragraph, sentence, masked)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_DROP_PLACE = "DELETE FROM mention_place WHERE article = ? AND mention = ?"


@dataclass(frozen=True, slots=True)
class Applied:
    """Say what happened to one row: its number, and its record before and after."""

    table: str
    nr: int
    before: Record | None
    after: Record | None


def is_masked(mask: Spans, spans: Spans) -> bool:
    """Say whether a mark begins inside page furniture, where nothing counts."""
    start = min(span.start for span in spans)
    return any(hole.start <= start < hole.end for hole in mask)


class _Numbers:
    """Look up the dense numbers of articles and actors, also of those just removed."""

    def __init__(self, connection: Connection, applied: Sequence[Applied]) -> None:
        self._connection = connection
        self._articles: dict[str, int] = {}
        self._masks: dict[int, Spans] = {}
        self._actors: dict[str, int | None] = {}
        for one in applied:
            for record in (one.before, one.after):
                if isinstance(record, Article):
                    self._articles[record.id] = one.nr
                    self._masks[one.nr] = record.mask

    def article(self, article_id: str) -> int | None:
        """Return an article's number, ``None`` where there is no such article."""
        if article_id not in self._articles:
            row = self._connection.row("SELECT nr, mask FROM article WHERE id = ?", (article_id,))
            if row is None:
                return None
            self._articles[article_id] = row[0]
            self._masks[row[0]] = decode_spans(row[1])
        return self._articles[article_id]

    def mask(self, article: int) -> Spans:
        """Return the mask of an article that ``article`` has found."""
        return self._masks[article]

    def actor(self, actor_id: str) -> int | None:
        """Return an actor's number."""
        if actor_id not in self._actors:
            self._actors[actor_id] = self._connection.value(
                "SELECT nr FROM actor WHERE id = ?", (actor_id,)
            )
        return self._actors[actor_id]


def span_rows(article: int, mark: Mark) -> list[Row]:
    """Return the rows of ``mark_span`` that stand for one mark."""
    kind = KIND_NUMBER[mark.mark_kind]
    return [(article, span.start, span.end, kind, mark.id) for span in mark.spans]


def refresh(connection: Connection, applied: Sequence[Applied]) -> None:
    """Bring the derived tables up to what was applied, inside the running transaction."""
    numbers = _Numbers(connection, applied)
    articles = [one for one in applied if one.table == "article"]
    if articles:
        Shelf(connection).refresh((one.nr, one.before, one.after) for one in articles)
    _refresh_counts(connection, applied, numbers)
    _refresh_spans(connection, applied, numbers)
    _refresh_places(connection, applied, numbers)
    for one in articles:
        before, after = one.before, one.after
        if isinstance(before, Article) and isinstance(after, Article) and before.mask != after.mask:
            _refresh_masked(connection, one.nr, after)


def _sides(one: Applied) -> Iterable[tuple[int, Record]]:
    """Return the record before as ``(-1, record)`` and the one after as ``(1, record)``."""
    if one.before is not None:
        yield -1, one.before
    if one.after is not None:
        yield 1, one.after


def _refresh_counts(connection: Connection, applied: Sequence[Applied], numbers: _Numbers) -> None:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for one in applied:
        for sign, record in _sides(one):
            column = COUNTED.get(type(record))
            if column is None:
                continue
            article = numbers.article(getattr(record, "article_id"))  # noqa: B009
            if article is not None:
                counts[article][column] += sign
    connection.many(
        "UPDATE shelf SET quotes = quotes + ?, sources = sources + ?, claims = claims + ?,"
        " mentions = mentions + ? WHERE article = ?",
        [
            (*[count[column] for column in COUNTED.values()], article)
            for article, count in counts.items()
            if any(count.values())
        ],
    )


def _refresh_spans(connection: Connection, applied: Sequence[Applied], numbers: _Numbers) -> None:
    net: Counter[Row] = Counter()
    for one in applied:
        for sign, record in _sides(one):
            if isinstance(record, Mark):
                article = numbers.article(record.article_id)
                if article is not None:
                    for row in span_rows(article, record):
                        net[row] += sign
    connection.many(_DROP_SPAN, [row for row, count in net.items() if count < 0])
    connection.many(_ADD_SPAN, sorted(row for row, count in net.items() if count > 0))


def _refresh_places(connection: Connection, applied: Sequence[Applied], numbers: _Numbers) -> None:
    net: dict[tuple[int, int], Mention | None] = {}
    for one in applied:
        for sign, record in _sides(one):
            if isinstance(record, Mention):
                article = numbers.article(record.article_id)
                if article is not None:
                    net[article, one.nr] = record if sign > 0 else None
    gone: list[Sequence[SqlValue]] = []
    rows: list[Sequence[SqlValue]] = []
    for (article, nr), record in sorted(net.items(), key=lambda item: item[0]):
        actor = numbers.actor(record.actor_id) if record is not None and record.actor_id else None
        if record is None or actor is None:
            gone.append((article, nr))
        else:
            masked = is_masked(numbers.mask(article), record.spans)
            rows.append((article, nr, actor, record.paragraph, record.sentence, int(masked)))
    connection.many(_DROP_PLACE, gone)
    connection.many(_ADD_PLACE, rows)


def _refresh_masked(connection: Connection, nr: int, article: Article) -> None:
    """Say anew which mentions of an article lie in its furniture."""
    found = connection.rows("SELECT nr, spans FROM mention WHERE article_id = ?", (article.id,))
    connection.many(
        "UPDATE mention_place SET masked = ? WHERE article = ? AND mention = ?",
        [(int(is_masked(article.mask, decode_spans(spans))), nr, m) for m, spans in found],
    )

"""The tables that can be computed from the records, kept in the same transaction as they are.

``shelf`` and ``search``: the library and its words. ``span_page``: what is where in an article.
``place_page``: who is mentioned where, in dense numbers, for counting. ``unplaced``: the marks
whose words are not where they stand. ``audit`` is only let go of here: the analysis computes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.annotations import Claim, Mark, Mention, Quote, Source
from annotator.model.article import Article
from annotator.model.changes import TABLES
from annotator.model.vocabulary import MarkKind
from annotator.store import audits
from annotator.store.codec import codec_for, codec_of, decode_spans
from annotator.store.pages import PlaceRow, SpanRow, change_places, change_spans
from annotator.store.shelf import Shelf
from annotator.store.unplaced import Unplacer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.changes import Record
    from annotator.model.span import Spans
    from annotator.store.connection import Connection
    from annotator.store.texts import Bodies

KIND_NUMBER: dict[MarkKind, int] = {kind: number for number, kind in enumerate(MarkKind)}
#: The record types whose numbers stand in the library, and their columns in ``shelf``.
COUNTED: dict[type[Record], str] = {
    Quote: "quotes",
    Source: "sources",
    Claim: "claims",
    Mention: "mentions",
}


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
        self._digests: dict[int, str] = {}
        self._actors: dict[str, int | None] = {}
        for one in applied:
            for record in (one.before, one.after):
                if isinstance(record, Article):
                    self._articles[record.id] = one.nr
                    self._masks[one.nr] = record.mask
                    self._digests[one.nr] = record.text_digest

    def article(self, article_id: str) -> int | None:
        """Return an article's number, ``None`` where there is no such article."""
        if article_id not in self._articles:
            row = self._connection.row(
                "SELECT nr, mask, text_digest FROM article WHERE id = ?", (article_id,)
            )
            if row is None:
                return None
            self._articles[article_id] = row[0]
            self._masks[row[0]] = decode_spans(row[1])
            self._digests[row[0]] = row[2]
        return self._articles[article_id]

    def mask(self, article: int) -> Spans:
        """Return the mask of an article that ``article`` has found."""
        return self._masks[article]

    def digest(self, article: int) -> str:
        """Return the digest of the text of an article that ``article`` has found."""
        return self._digests[article]

    def actor(self, actor_id: str) -> int | None:
        """Return an actor's number."""
        if actor_id not in self._actors:
            self._actors[actor_id] = self._connection.value(
                "SELECT nr FROM actor WHERE id = ?", (actor_id,)
            )
        return self._actors[actor_id]


def span_rows(mark: Mark) -> list[SpanRow]:
    """Return what stands for a mark in the packed pages."""
    kind = KIND_NUMBER[mark.mark_kind]
    return [(span.start, span.end, kind, mark.id) for span in mark.spans]


def refresh(connection: Connection, applied: Sequence[Applied], bodies: Bodies) -> None:
    """Bring the derived tables up to what was applied, inside the running transaction."""
    applied = _net(applied)
    numbers = _Numbers(connection, applied)
    articles = [one for one in applied if one.table == "article"]
    if articles:
        Shelf(connection, bodies).refresh((one.nr, one.before, one.after) for one in articles)
    _refresh_counts(connection, applied, numbers)
    _refresh_spans(connection, applied, numbers)
    _refresh_places(connection, applied, numbers)
    _refresh_unplaced(connection, applied, numbers, bodies)
    audits.forget(connection, applied)


def _net(applied: Sequence[Applied]) -> Sequence[Applied]:
    """Return one change a row, where an action changed the same row more than once."""
    net: dict[tuple[str, int], Applied] = {}
    for one in applied:
        key = (one.table, one.nr)
        first = net.get(key)
        net[key] = one if first is None else Applied(one.table, one.nr, first.before, one.after)
    return applied if len(net) == len(applied) else list(net.values())


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
    net: Counter[tuple[int, SpanRow]] = Counter()
    for one in applied:
        for sign, record in _sides(one):
            if isinstance(record, Mark):
                article = numbers.article(record.article_id)
                if article is not None:
                    for row in span_rows(record):
                        net[article, row] += sign
    change_spans(connection, net)


def _refresh_places(connection: Connection, applied: Sequence[Applied], numbers: _Numbers) -> None:
    changes: dict[tuple[int, int], PlaceRow | None] = {}
    for one in applied:
        before, after = one.before, one.after
        for sign, record in _sides(one):
            if isinstance(record, Mention):
                article = numbers.article(record.article_id)
                if article is not None:
                    place = (one.nr, record, numbers.mask(article), numbers)
                    changes[article, one.nr] = _place_row(*place) if sign > 0 else None
        if isinstance(before, Article) and isinstance(after, Article) and before.mask != after.mask:
            for nr, mention in mentions_in(connection, after.id):
                row = _place_row(nr, mention, after.mask, numbers)
                changes.setdefault((one.nr, nr), row)
    change_places(connection, changes)


def _place_row(nr: int, mention: Mention, mask: Spans, numbers: _Numbers) -> PlaceRow | None:
    actor = numbers.actor(mention.actor_id) if mention.actor_id else None
    if actor is None:
        return None
    masked = int(is_masked(mask, mention.spans))
    return nr, actor, mention.paragraph, mention.sentence, masked


def mentions_in(connection: Connection, article_id: str) -> Iterator[tuple[int, Mention]]:
    """Return the mentions of an article with their numbers."""
    codec = codec_of(Mention)
    for row in connection.rows(f"{codec.select} WHERE article_id = ?", (article_id,)):
        yield row[0], codec.decode(row[1:])


def _refresh_unplaced(
    connection: Connection, applied: Sequence[Applied], numbers: _Numbers, bodies: Bodies
) -> None:
    unplacer = Unplacer(connection, bodies)
    for one in applied:
        before, after = one.before, one.after
        if isinstance(after, Mark):
            article = numbers.article(after.article_id)
            if article is not None:
                unplacer.look(after, one.table, article, numbers.digest(article))
        elif isinstance(before, Mark):
            unplacer.forget(before.id)
        elif (
            isinstance(before, Article)
            and isinstance(after, Article)
            and before.text_digest != after.text_digest
        ):
            unplacer.look_through(after.id, one.nr, after.text_digest)
    unplacer.write()


def rebuild(connection: Connection, bodies: Bodies) -> None:
    """Compute all derived tables again from the records, inside the running transaction."""
    for table in ("shelf", "unplaced", "audit", "span_page", "place_page"):
        connection.run(f"DELETE FROM {table}")  # noqa: S608 names just above
    connection.run("INSERT INTO search (search) VALUES ('delete-all')")
    for table in TABLES:
        codec = codec_for(table)
        last = 0
        while True:
            rows = connection.rows(f"{codec.select} WHERE nr > ? ORDER BY nr LIMIT 1000", (last,))
            if not rows:
                break
            refresh(
                connection,
                [Applied(table, row[0], None, codec.decode(row[1:])) for row in rows],
                bodies,
            )
            last = rows[-1][0]

"""The list "to place again": marks whose words are not where the mark stands.

It should always be empty. A new text under old marks, an import or a damaged disk fills it, and it
is kept beside the marks, so that asking for it costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from annotator.model.annotations import MARK_TYPES, Anchor, Mark
from annotator.model.changes import TABLE_OF, Record
from annotator.model.errors import DataError
from annotator.store.codec import codec_for, json_column, spans_of
from annotator.store.queries import Unplaced
from annotator.text.anchors import place, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.span import Spans
    from annotator.store.codec import Row
    from annotator.store.connection import Connection
    from annotator.store.texts import Bodies

MARK_TABLES: tuple[str, ...] = tuple(
    TABLE_OF[cast("type[Record]", kind)] for kind in MARK_TYPES.values()
)


def reason_of(text: str, spans: Spans, anchor: Anchor) -> str:
    """Return why a mark is not in its place: ``moved``, ``gone``, or "" where all is well.

    A mark that kept no words cannot be judged and passes.
    """
    if not anchor.quotation or verify(text, spans, anchor):
        return ""
    pieces = tuple(len(span) for span in spans)
    near = spans[0].start if spans else None
    return "gone" if place(text, anchor, near=near, pieces=pieces) is None else "moved"


class Unplacer:
    """Gather what one action does to the list, then write it at once."""

    def __init__(self, connection: Connection, bodies: Bodies) -> None:
        self._connection = connection
        self._bodies = bodies
        self._found: list[Row] = []
        self._well: list[Row] = []

    def look(self, mark: Mark, table: str, article: int, digest: str) -> None:
        """Look at one mark."""
        self._note(
            table, article, mark.id, reason_of(self._bodies.get(digest), mark.spans, mark.anchor)
        )

    def _note(self, table: str, article: int, mark_id: str, reason: str) -> None:
        if reason:
            self._found.append((mark_id, table, article, reason))
        else:
            self._well.append((mark_id,))

    def look_through(self, article_id: str, article: int, digest: str) -> None:
        """Look at all marks of an article."""
        misplaced = list(misplaced_in(self._connection, article_id, self._bodies.get(digest)))
        self._connection.run("DELETE FROM unplaced WHERE article = ?", (article,))
        self._found += [(mark_id, table, article, reason) for table, mark_id, reason in misplaced]

    def forget(self, mark_id: str) -> None:
        """Take a deleted mark off the list."""
        self._well.append((mark_id,))

    def write(self) -> None:
        """Write the list, inside the running transaction."""
        self._connection.many("DELETE FROM unplaced WHERE mark = ?", self._well)
        self._connection.many(
            "INSERT OR REPLACE INTO unplaced (mark, mark_table, article, reason)"
            " VALUES (?, ?, ?, ?)",
            self._found,
        )


def _is_well(text: str, spans: list[int], anchor: list[str]) -> bool:
    """Say at once that a mark of one piece is in its place; ``False`` means: look properly."""
    if len(spans) != 2 or len(anchor) != 3:
        return False
    start, end = spans
    return (
        0 <= start < end
        and text[start:end] == anchor[0]
        and text.startswith(anchor[2], end)
        and text.endswith(anchor[1], 0, start)
    )


def _looked_at(
    connection: Connection, table: str, article_id: str
) -> list[tuple[str, list[int], list[str]]]:
    """Return ``(id, spans, anchor)`` of an article's marks of one kind, as plain lists."""
    # The table's name is a key of TABLES.
    query = f"SELECT id, spans, anchor FROM {table} WHERE article_id = ? ORDER BY nr"  # noqa: S608
    rows = connection.rows(query, (article_id,))
    try:
        spans = json_column([row[1] for row in rows])
        anchors = json_column([row[2] for row in rows])
    except ValueError as error:
        raise DataError("row-unreadable", table=table, id=article_id) from error
    return list(zip([row[0] for row in rows], spans, anchors, strict=True))


def misplaced_in(
    connection: Connection, article_id: str, text: str
) -> Iterator[tuple[str, str, str]]:
    """Find the marks of an article whose words are not in their place.

    Yields:
        ``(table, id, reason)``, table by table.
    """
    for table in MARK_TABLES:
        for mark_id, numbers, anchor in _looked_at(connection, table, article_id):
            try:
                if _is_well(text, numbers, anchor):
                    continue
                reason = reason_of(text, spans_of(numbers), Anchor(*anchor))
            except (ValueError, TypeError) as error:
                raise DataError("row-unreadable", table=table, id=mark_id) from error
            if reason:
                yield table, mark_id, reason


def listed(connection: Connection) -> list[Unplaced]:
    """Return the list, article by article."""
    rows = connection.rows("SELECT mark, mark_table, reason FROM unplaced ORDER BY article, mark")
    found: list[Unplaced] = []
    for mark_id, table, reason in rows:
        mark = _mark(connection, table, mark_id)
        if mark is not None:
            found.append(Unplaced(mark, reason))
    return found


def _mark(connection: Connection, table: str, mark_id: str) -> Mark | None:
    codec = codec_for(table)
    row = connection.row(f"{codec.select} WHERE id = ?", (mark_id,))
    return None if row is None else codec.decode(row[1:])


def verify_article(connection: Connection, bodies: Bodies, article_id: str) -> list[Mark]:
    """Compare every mark of an article with its text and return those that do not fit.

    On a connection that may write, the list is brought up to what was found.
    """
    row = connection.row("SELECT nr, text_digest FROM article WHERE id = ?", (article_id,))
    if row is None:
        return []
    found = list(misplaced_in(connection, article_id, bodies.get(row[1])))
    listed_now = connection.rows(
        "SELECT mark_table, mark, reason FROM unplaced WHERE article = ?", (row[0],)
    )
    if sorted(found) != sorted(listed_now) and not connection.read_only:
        unplacer = Unplacer(connection, bodies)
        with connection.transaction():
            unplacer.look_through(article_id, row[0], row[1])
            unplacer.write()
    marks = [_mark(connection, table, mark_id) for table, mark_id, _ in found]
    return [mark for mark in marks if mark is not None]

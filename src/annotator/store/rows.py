"""Ask the record tables: one record by its id, or those whose fields have given values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from annotator.model.changes import Record
from annotator.store.codec import Codec, SqlValue, codec_of, dumps

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from annotator.store.connection import Connection

R = TypeVar("R", bound=Record)

#: Fields with an index, the one that leaves fewest rows first. SQLite keeps no statistics of its
#: own here, and would sooner read the 100,000 mentions of a state than those of one article.
_LEADING = (
    "id",
    "text_digest",
    "previous_id",
    "content_id",
    "mention_id",
    "claim_id",
    "first_id",
    "second_id",
    "source_id",
    "group_id",
    "target_id",
    "article_id",
    "actor_id",
)


def get(connection: Connection, kind: type[R], record_id: str) -> R | None:
    """Return a record by its id, ``None`` where there is none."""
    codec = codec_of(kind)
    row = connection.row(f"{codec.select} WHERE id = ?", (record_id,))
    return None if row is None else codec.decode(row[1:])


def find(connection: Connection, kind: type[R], equals: Mapping[str, object]) -> list[R]:
    """Return the records whose fields equal the values, in the order they were made."""
    codec = codec_of(kind)
    sql, values = where(codec, equals)
    return codec.decode_many(connection.rows(f"{codec.select}{sql} ORDER BY nr", values))


def where(codec: Codec[R], equals: Mapping[str, object]) -> tuple[str, list[SqlValue]]:
    """Return the condition of a search, and its values."""
    leading = next((column for column in _LEADING if column in equals), None)
    conditions: list[str] = []
    values: list[SqlValue] = []
    for column, value in equals.items():
        codec.check_comparable(column)  # so it is a field's name, and safe in a statement
        # A plus keeps SQLite from leading with this column's index.
        name = column if column == leading else f"+{column}"
        if value is None:
            conditions.append(f"{name} IS NULL")
        elif isinstance(value, (tuple, list, set, frozenset)):
            each = cast("Collection[object]", value)
            conditions.append(f"{name} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(dumps([codec.encode_value(column, one) for one in each]))
        else:
            conditions.append(f"{name} = ?")
            values.append(codec.encode_value(column, value))
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values

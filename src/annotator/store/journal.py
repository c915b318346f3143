"""What was done, in order: undo and redo across articles and restarts."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from annotator.model.changes import TABLES, ChangeSet
from annotator.model.errors import DataError
from annotator.store.codec import Row, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.store.connection import Connection

_PACK_FROM = 2_000  # bytes; below it packing costs more than it saves


class State(IntEnum):
    """Where a step stands. Numbers are part of the file format."""

    DONE = 0
    UNDONE = 1
    CUT = 2


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Name one action. ``cut``: undone, and then another action was done instead."""

    id: int
    label: str
    label_values: tuple[tuple[str, str], ...]
    made_at: str
    undone: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one row before and after, with its number; neither: an insert still in its table."""

    table: str
    id: str
    before: Row | None = None
    after: Row | None = None

    def turned(self) -> Entry:
        """Return the entry that takes this one back."""
        return Entry(self.table, self.id, self.after, self.before)


_COLUMNS = "SELECT nr, label, label_values, made_at, state FROM journal"


def _entry(row: tuple[Any, ...]) -> HistoryEntry:
    nr, label, values, made_at, state = row
    pairs = tuple((str(k), str(v)) for k, v in loads(values))
    return HistoryEntry(
        nr, label, pairs, made_at, undone=state != State.DONE, cut=state == State.CUT
    )


def _pack(entries: Sequence[Entry]) -> str | bytes:
    rows = [
        [e.table, e.id]
        if e.before is None and e.after is None
        else [e.table, e.id, e.before, e.after]
        for e in entries
    ]
    text = dumps(rows)
    return text if len(text) < _PACK_FROM else zlib.compress(text.encode(), 1)


def _unpack(changes: str | bytes) -> list[Entry]:
    text = zlib.decompress(changes).decode() if isinstance(changes, bytes) else changes
    entries: list[Entry] = []
    for table, record_id, *sides in loads(text):
        if table not in TABLES:
            raise KeyError(table)
        before, after = sides or (None, None)
        entries.append(
            Entry(
                table,
                record_id,
                None if before is None else tuple(before),
                None if after is None else tuple(after),
            )
        )
    return entries


def add(
    connection: Connection, change_set: ChangeSet, entries: Sequence[Entry], made_at: str
) -> None:
    """Write the step of a new action; what had been undone can no longer be redone."""
    connection.run(
        "UPDATE journal SET state = ? WHERE state = ?", (int(State.CUT), int(State.UNDONE))
    )
    connection.run(
        "INSERT INTO journal (label, label_values, made_at, state, changes) VALUES (?, ?, ?, ?, ?)",
        (
            change_set.label,
            dumps(change_set.label_values),
            made_at,
            int(State.DONE),
            _pack(entries),
        ),
    )
    _changed(connection, made_at)


def _changed(connection: Connection, made_at: str) -> None:
    connection.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('changed_at', ?)", (made_at,))


def next_step(connection: Connection, *, back: bool) -> HistoryEntry | None:
    """Return the step that undo (``back``) or redo would move, if there is one."""
    state, order = (State.DONE, "DESC") if back else (State.UNDONE, "ASC")
    row = connection.row(f"{_COLUMNS} WHERE state = ? ORDER BY nr {order} LIMIT 1", (int(state),))
    return None if row is None else _entry(row)


def history(connection: Connection, limit: int) -> list[HistoryEntry]:
    """Return the last actions, newest first."""
    return [_entry(r) for r in connection.rows(f"{_COLUMNS} ORDER BY nr DESC LIMIT ?", (limit,))]


def read(connection: Connection, step: int) -> list[Entry]:
    """Return what a step changed.

    Raises:
        DataError: if it cannot be read.
    """
    changes = connection.value("SELECT changes FROM journal WHERE nr = ?", (step,))
    try:
        return _unpack(changes)
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise DataError("journal-unreadable", table="journal") from error


def mark(
    connection: Connection,
    step: int,
    state: State,
    made_at: str,
    entries: Sequence[Entry] | None = None,
) -> None:
    """Say that a step is undone or done again; ``entries`` now hold the rows it had inserted."""
    connection.run("UPDATE journal SET state = ? WHERE nr = ?", (int(state), step))
    if entries is not None:
        connection.run("UPDATE journal SET changes = ? WHERE nr = ?", (_pack(entries), step))
    _changed(connection, made_at)

"""One action: check it against what is stored, apply it, and tell the journal and the views."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from annotator.model.changes import Change, ChangeSet, Record, Touched, touched_by
from annotator.model.errors import BugError, DataError
from annotator.store import journal
from annotator.store.codec import Codec, Row, codec_for
from annotator.store.derived import Applied, refresh
from annotator.store.journal import Entry
from annotator.store.texts import keep_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.store.connection import Connection
    from annotator.store.texts import Bodies


#: Tables whose rows also change without a step of undo (``put``).
_WITHOUT_STEPS = ("suggestion",)
_SEQUENCE = "SELECT seq FROM sqlite_sequence WHERE name = 'suggestion'"


class _Writer:
    """Apply row changes inside the running transaction and keep account of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, int] = {}
        self.applied: list[Applied] = []
        self.entries: list[Entry] = []

    def new_number(self, table: str) -> int:
        """Return the next row number of a table."""
        if table not in self._next:
            # The table's name is a key of TABLES.
            query = f"SELECT coalesce(max(nr), 0) + 1 FROM {table}"  # noqa: S608
            if table in _WITHOUT_STEPS:
                query = f"SELECT max(seq) + 1 FROM ({_SEQUENCE} UNION SELECT 0)"  # noqa: S608
            self._next[table] = self._connection.value(query)
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def stored(self, codec: Codec[Record], record_id: str) -> Row | None:
        """Return a record's row with its number, if it is there."""
        return self._connection.row(f"{codec.select} WHERE id = ?", (record_id,))

    def insert(self, codec: Codec[Record], rows: Sequence[Row], records: Sequence[Record]) -> None:
        """Insert rows; the journal keeps their ids only, for the rows themselves are in the table.

        Raises:
            BugError: ``stale-change`` if one of the ids is taken.
        """
        self._connection.many(codec.insert, rows)
        table = codec.table
        for row, record in zip(rows, records, strict=True):
            self.applied.append(Applied(table, _number(row), None, record))
            self.entries.append(Entry(table, str(row[1])))

    def replace(self, codec: Codec[Record], old: Row, new: Row, change: Change) -> None:
        """Turn one stored row into another."""
        if old != new:
            self._connection.run(codec.update, (*new[2:], old[0]))
        self.applied.append(Applied(codec.table, _number(old), change.before, change.after))
        self.entries.append(Entry(codec.table, str(old[1]), old, new))

    def delete(self, codec: Codec[Record], old: Row, record: Record) -> None:
        """Remove one stored row."""
        self._connection.run(codec.delete, (old[0],))
        self.applied.append(Applied(codec.table, _number(old), record, None))
        self.entries.append(Entry(codec.table, str(old[1]), old, None))


def _number(row: Row) -> int:
    number = row[0]
    assert isinstance(number, int), "nr is an INTEGER PRIMARY KEY"
    return number


def _group(change: Change) -> tuple[str, bool]:
    return change.table, change.before is None


def _checked(writer: _Writer, codec: Codec[Record], before: Record) -> Row:
    """Return the stored row of a record that must be as the caller knows it."""
    known = codec.encode(before)
    old = writer.stored(codec, str(known[0]))
    if old is None or list(old[1:]) != known:
        raise BugError("stale-change", table=codec.table, id=str(known[0]))
    return old


def _apply_changes(writer: _Writer, changes: Iterable[Change]) -> None:
    for (table, is_insert), group in groupby(changes, _group):
        codec = codec_for(table)
        if is_insert:
            records = [change.record for change in group]
            rows = [(writer.new_number(table), *codec.encode(record)) for record in records]
            writer.insert(codec, rows, records)
            continue
        for change in group:
            assert change.before is not None, "inserts are grouped apart"
            old = _checked(writer, codec, change.before)
            if change.after is None:
                writer.delete(codec, old, change.before)
            else:
                new = (old[0], *codec.encode(change.after))
                if new[1] != old[1]:
                    raise BugError("stale-change", table=table, id=str(old[1]))
                writer.replace(codec, old, new, change)


def commit(connection: Connection, bodies: Bodies, change_set: ChangeSet, made_at: str) -> Touched:
    """Store one action with its journal step; it is on the disk when this returns.

    Raises:
        BugError: ``stale-change`` if a record is not as the caller thinks, ``broken-reference`` if
            a record would name one that is not there, ``wrong-digest`` for a text.
        UserError: ``disk-full``, ``disk-error``: nothing was stored, the caller has its records.
    """
    writer = _Writer(connection)
    with bodies.with_new(change_set.texts), connection.transaction():
        keep_texts(connection, change_set.texts)
        _apply_changes(writer, change_set.changes)
        refresh(connection, writer.applied, bodies)
        journal.add(connection, change_set, writer.entries, made_at)
    return _touched(change_set.changes, change_set.label, change_set.label_values)


def put(connection: Connection, bodies: Bodies, changes: Iterable[Change]) -> Touched:
    """Store changes that are no action of a person: without a step of undo.

    Raises:
        BugError, UserError: as ``commit``.
    """
    rows = tuple(changes)
    if not rows:
        return Touched()
    writer = _Writer(connection)
    with connection.transaction():
        _apply_changes(writer, rows)
        refresh(connection, writer.applied, bodies)
    return touched_by(rows)


def _touched(
    changes: Iterable[Change], label: str, label_values: tuple[tuple[str, str], ...]
) -> Touched:
    plain = touched_by(changes, label)
    return Touched(label, label_values, plain.tables, plain.articles, plain.changes)


def _turn(writer: _Writer, entry: Entry) -> Change | None:
    """Apply one journal entry as it stands (turn it round first to undo it).

    Proposals also change without a step (``put``): an entry on one that has changed is passed over.
    """
    codec = codec_for(entry.table)
    stored = writer.stored(codec, entry.id)
    if stored != entry.before:
        if entry.table in _WITHOUT_STEPS:
            return None
        raise DataError("journal-unreadable", table=entry.table)
    before = None if entry.before is None else codec.decode(entry.before[1:])
    after = None if entry.after is None else codec.decode(entry.after[1:])
    change = Change(before, after)
    if entry.before is None:
        assert entry.after is not None, "an entry has at least one side"
        writer.insert(codec, [entry.after], [change.record])
    elif entry.after is None:
        writer.delete(codec, entry.before, change.record)
    else:
        writer.replace(codec, entry.before, entry.after, change)
    return change


def _filled(writer: _Writer, entry: Entry) -> Entry | None:
    """Return the entry with the row that an insert left in its table; ``None``: it has gone."""
    if entry.before is not None or entry.after is not None:
        return entry
    row = writer.stored(codec_for(entry.table), entry.id)
    if row is not None:
        return Entry(entry.table, entry.id, None, row)
    if entry.table in _WITHOUT_STEPS:
        return None
    raise DataError("journal-unreadable", table=entry.table)


def _turn_back(writer: _Writer, entries: list[Entry]) -> tuple[list[Change | None], list[Entry]]:
    """Undo the entries of a step; return the changes, and the entries with their rows.

    Last change first: an insert followed by an update of the same record is read back only after
    the update has been undone.
    """
    changes: list[Change | None] = []
    kept: list[Entry] = []
    for entry in reversed(entries):
        full = _filled(writer, entry)
        if full is not None:
            kept.append(full)
            changes.append(_turn(writer, full.turned()))
    kept.reverse()
    return changes, kept


def move(connection: Connection, bodies: Bodies, *, back: bool, made_at: str) -> Touched | None:
    """Undo the last action (``back``) or redo the next one; ``None`` where there is none.

    Raises:
        DataError: ``journal-unreadable`` if the step does not fit what is stored.
    """
    writer = _Writer(connection)
    with connection.transaction():
        step = journal.next_step(connection, back=back)
        if step is None:
            return None
        entries = journal.read(connection, step.id)
        if back:
            changes, kept = _turn_back(writer, entries)
            journal.mark(connection, step.id, journal.State.UNDONE, made_at, kept)
        else:
            changes = [_turn(writer, entry) for entry in entries]
            journal.mark(connection, step.id, journal.State.DONE, made_at)
        refresh(connection, writer.applied, bodies)
    done = [change for change in changes if change is not None]
    return _touched(done, step.label, step.label_values)

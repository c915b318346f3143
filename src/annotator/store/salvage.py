"""Save what can still be read of a damaged project into a new one; the damaged file is kept."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.model.changes import TABLES
from annotator.model.errors import AnnotatorError, DataError
from annotator.store.codec import codec_for
from annotator.store.derived import rebuild
from annotator.store.identity import check_file
from annotator.store.opening import make
from annotator.store.texts import Bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.store.connection import Connection

_TEXT_COLUMNS = (
    "nr, digest, original_digest, charset, charset_origin, replaced, packing, body, original"
)
_INSERT_TEXT = f"INSERT OR IGNORE INTO text ({_TEXT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608

#: Where the row that held the bytes of a file of many articles is lost, a text stands for itself.
_MEND_ORIGINALS = """UPDATE text SET packing = 2, original_digest = digest, charset = 'utf-8',
 charset_origin = 'unknown' WHERE packing = 3 AND NOT EXISTS (SELECT 1 FROM text AS holder
 WHERE holder.original_digest = text.original_digest AND holder.packing <> 3)"""


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """Say what was saved.

    ``kept``: rows by table. ``incomplete``: tables that could not be read to their end.
    ``dropped``: rows that were read but hold nonsense or name what is lost. The history of actions
    is not saved: it cannot be undone into a file that lost rows.
    """

    kept: dict[str, int]
    incomplete: tuple[str, ...]
    dropped: int


class _Damaged:
    """Read a damaged file row by row, from both ends, around what cannot be read."""

    def __init__(self, path: Path) -> None:
        self._sql = sqlite3.connect(path, isolation_level=None)
        self._sql.execute("PRAGMA trusted_schema = OFF")
        self.incomplete: list[str] = []

    def close(self) -> None:
        self._sql.close()

    def rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the readable rows of a table; note it where some are not."""
        last = -1
        try:
            for row in self._scan(table, columns, f"nr > {last} ORDER BY nr"):
                yield row
                last = row[0]
        except sqlite3.Error:
            self.incomplete.append(table)
            with contextlib.suppress(sqlite3.Error):
                yield from self._scan(table, columns, f"nr > {last} ORDER BY nr DESC")

    def _scan(self, table: str, columns: str, where: str) -> Iterator[tuple[Any, ...]]:
        # Names of our own tables and columns, and a number.
        query = f"SELECT {columns} FROM {table} NOT INDEXED WHERE {where}"  # noqa: S608
        yield from self._sql.execute(query)


def salvage(damaged: Path, target: Path) -> SalvageReport:
    """Make a new project of what a damaged one still holds.

    Args:
        damaged: the file; it is copied first, with its write-ahead log, and only the copy is read.
        target: the new file.

    Raises:
        DataError: ``project-damaged`` if nothing at all can be read.
        UserError: ``project-exists``, ``project-missing``, ``disk-full``, ``disk-error``. No file
            is left in either case.
    """
    check_file(damaged)
    connection = make(target, damaged.stem, datetime.now(UTC).isoformat(timespec="seconds"))
    try:
        report = _salvage(damaged, connection)
    except BaseException:
        connection.close()
        target.unlink(missing_ok=True)
        raise
    connection.close()
    return report


def _salvage(damaged: Path, target: Connection) -> SalvageReport:
    with tempfile.TemporaryDirectory(
        prefix=".annotator-salvage-", dir=target.path.resolve().parent
    ) as folder:
        copy = Path(folder) / "copy"
        shutil.copyfile(damaged, copy)
        log = damaged.with_name(damaged.name + "-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name("copy-wal"))
        try:
            source = _Damaged(copy)
        except sqlite3.Error as error:
            raise DataError("project-damaged", file=damaged.name) from error
        with contextlib.closing(source), target.transaction():
            report = _fill(source, target)
    if not any(report.kept.values()):
        raise DataError("project-damaged", file=damaged.name)
    return report


def _fill(source: _Damaged, target: Connection) -> SalvageReport:
    dropped = 0
    for row in source.rows("text", _TEXT_COLUMNS):
        if _is_good_text(row):
            target.run(_INSERT_TEXT, row)
        else:
            dropped += 1
    target.run(_MEND_ORIGINALS)
    for table in TABLES:
        codec = codec_for(table)
        insert = codec.insert.replace("INSERT", "INSERT OR IGNORE", 1)
        for row in source.rows(table, f"nr, {', '.join(codec.columns)}"):
            try:
                codec.decode(row[1:])
                target.run(insert, row)
            except AnnotatorError:
                dropped += 1
    dropped += _mend_references(target)
    rebuild(target, Bodies(target))
    kept = {
        table: target.value(f"SELECT count(*) FROM {table}")  # noqa: S608 our own tables
        for table in ("text", *TABLES)
    }
    return SalvageReport(kept, tuple(source.incomplete), dropped)


def _is_good_text(row: tuple[Any, ...]) -> bool:
    body = row[7]
    return isinstance(body, str) and hashlib.sha256(body.encode()).hexdigest() == row[1]


def _mend_references(target: Connection) -> int:
    """Drop rows that need a lost record, and links to lost records; return how many rows went."""
    dropped = 0
    while True:
        broken = target.rows("PRAGMA foreign_key_check")
        if not broken:
            return dropped
        for table, nr, _, key in broken:
            column = _column(target, table, key)
            # A link that may be empty is emptied; the rest goes with what it names.
            if _may_be_null(target, table, column):
                target.run(f"UPDATE {table} SET {column} = NULL WHERE nr = ?", (nr,))  # noqa: S608
            else:
                target.run(f"DELETE FROM {table} WHERE nr = ?", (nr,))  # noqa: S608
                dropped += 1


def _column(target: Connection, table: str, key: int) -> str:
    rows = target.rows(f"PRAGMA foreign_key_list({table})")
    return next(row[3] for row in rows if row[0] == key)


def _may_be_null(target: Connection, table: str, column: str) -> bool:
    rows = target.rows(f"PRAGMA table_info({table})")
    return next(not row[3] for row in rows if row[1] == column)

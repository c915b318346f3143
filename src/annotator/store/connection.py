"""The one way to a SQLite connection, its settings and its failures in our words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from annotator.model.errors import AnnotatorError, BugError, DataError, UserError
from annotator.store.codec import SqlValue

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[tuple[Any, ...]]
Values = Sequence[SqlValue]

#: Waiting freezes the window, and only a foreign program can hold the lock: give up at once.
_BUSY_SECONDS = 0.25
_CACHE_KIB = 65_536
_WAL_LIMIT = 64 * 1024 * 1024

SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA cache_size = -{_CACHE_KIB}",
)
# FULL: with NORMAL a power cut lost acknowledged work at 129 of 150 simulated cut points.
WRITER_SETTINGS = (
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    f"PRAGMA journal_size_limit = {_WAL_LIMIT}",
)

_USER_ERRORS = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-error",
    sqlite3.SQLITE_READONLY: "project-not-writable",
    sqlite3.SQLITE_PERM: "project-not-writable",
    sqlite3.SQLITE_CANTOPEN: "project-unreadable",
    sqlite3.SQLITE_BUSY: "project-in-use",
    sqlite3.SQLITE_LOCKED: "project-in-use",
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def translate(error: sqlite3.Error, file: str) -> AnnotatorError:
    """Return our error for one of SQLite's; ``file`` is the project's file name."""
    code = int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF
    if code in _DAMAGE:
        return DataError("project-damaged", file=file)
    if code in _USER_ERRORS:
        return UserError(_USER_ERRORS[code], file=file)
    name = str(getattr(error, "sqlite_errorname", type(error).__name__))
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return BugError("broken-reference")
    if name in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        return BugError("stale-change")
    return BugError("store-failed", code=name)


class Connection:
    """Hold one open project file and speak to it in rows; every failure is one of ours.

    Two connections of this process that write the same file share their ``turn``.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool,
        immutable: bool = False,
        turn: threading.Lock | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.turn = turn or threading.Lock()
        mode = ("ro&immutable=1" if immutable else "ro") if read_only else "rw"
        with self.translated():
            # One thread at a time uses a connection, but not always the thread that opened it.
            self._sql = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=_BUSY_SECONDS,
                check_same_thread=False,
                cached_statements=256,
            )
        try:
            for statement in SETTINGS:
                self.run(statement)
            if read_only:
                self.run("PRAGMA query_only = ON")
        except BaseException:
            self._sql.close()
            raise

    def prepare_writing(self) -> None:
        """Set what only a writer needs; the file is known to be ours by now."""
        self.run("PRAGMA journal_mode = WAL")
        for statement in WRITER_SETTINGS:
            self.run(statement)
        with self.transaction():  # SQLite opens a locked file to read and says so only now
            pass

    @property
    def raw(self) -> sqlite3.Connection:
        """Return SQLite's own connection, for the backup API and the migrations."""
        return self._sql

    @contextmanager
    def translated(self) -> Generator[None, None, None]:
        """Turn SQLite's failures inside the block into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.path.name) from error

    def rows(self, sql: str, values: Values = ()) -> Rows:
        """Return all rows of a query."""
        try:
            return self._sql.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise translate(error, self.path.name) from error

    def row(self, sql: str, values: Values = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or ``None``."""
        try:
            return self._sql.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise translate(error, self.path.name) from error

    def value(self, sql: str, values: Values = ()) -> Any:
        """Return the first column of the first row, or ``None``."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""
        try:
            self._sql.execute(sql, values)
        except sqlite3.Error as error:
            raise translate(error, self.path.name) from error

    def many(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row."""
        try:
            self._sql.executemany(sql, rows)
        except sqlite3.Error as error:
            raise translate(error, self.path.name) from error

    @contextmanager
    def transaction(self) -> Generator[None, None, None]:
        """Do everything inside or nothing; it is on the disk when the block has been left."""
        with self.turn:
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            finally:
                # SQLite ends the transaction itself on some errors (disk full); then there is none.
                if self._sql.in_transaction:
                    self._sql.rollback()

    def fold_log(self) -> None:
        """Write the write-ahead log into the file, as far as readers let us.

        Otherwise a reader that closes last would leave it lying, deleted names and all.
        """
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connection."""
        with self.translated():
            self._sql.close()

"""The open protocol: look at the file before anything is written to it, refuse it in words."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from annotator.model.errors import DataError, UserError
from annotator.store.connection import Connection
from annotator.store.identity import check_file, check_identity
from annotator.store.lock import WriterLock
from annotator.store.migrations import MIGRATIONS, SET_NAME, migrate
from annotator.store.schema import APPLICATION_ID, INDEX_BUFFER, SHADOW_TABLES, STATEMENTS, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def foreign_parts(
    connection: Connection, expected: Mapping[str, str] = STATEMENTS
) -> list[tuple[str, str]]:
    """Return ``(what, name)`` of every part of the schema that is not as this version makes it.

    A trigger or view in a project would run whenever we write or read: nothing unknown is allowed.
    ``what`` is ``unknown``, ``changed`` or ``missing``.
    """
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for name, sql in connection.rows("SELECT name, sql FROM sqlite_schema"):
        seen.add(name)
        if name in SHADOW_TABLES or (name.startswith("sqlite_") and not _is_code(sql)):
            continue
        if name not in expected:
            found.append(("unknown", name))
        elif (sql or "").split() != expected[name].split():
            found.append(("changed", name))
    found += [("missing", name) for name in (*expected, *SHADOW_TABLES) if name not in seen]
    return found


def _is_code(sql: str | None) -> bool:
    """Say whether a part of the schema does something by itself (all but plain tables do)."""
    return sql is not None and not sql.upper().startswith("CREATE TABLE")


def _has_code(connection: Connection) -> bool:
    """Say whether an older file, whose exact schema is not known, holds triggers, views or such."""
    rows = connection.rows("SELECT name, sql FROM sqlite_schema WHERE type <> 'index'")
    return any(name != "search" and _is_code(sql) for name, sql in rows)


def connect_to_read(path: Path) -> Connection:
    """Open a file to read, also where its folder takes no companion files (a locked medium)."""
    try:
        connection = Connection(path, read_only=True)
        connection.value("PRAGMA schema_version")
    except UserError:
        if path.with_name(path.name + "-wal").exists():
            raise
        connection = Connection(path, read_only=True, immutable=True)
        connection.value("PRAGMA schema_version")
    return connection


def tidy(path: Path) -> None:
    """Remove the companion files that a reader leaves, unless somebody has the project open.

    SQLite lets only a writer do it. Where that is not possible, they stay and do no harm.
    """
    with suppress(UserError, DataError):
        lock = WriterLock(path)
        try:
            if not lock.was_left_behind:
                connection = Connection(path, read_only=False)
                try:
                    connection.fold_log()
                finally:
                    connection.close()
        finally:
            lock.abandon() if lock.was_left_behind else lock.release()


def connect_to_write(path: Path, version: int) -> Connection:
    """Open an inspected file to write, and bring it up to this version.

    Raises:
        UserError: ``project-not-writable``, ``project-in-use``; what a backup can raise, for an
            older file is backed up before it is changed.
        DataError: ``project-foreign-parts``.
    """
    connection = Connection(path, read_only=False)
    try:
        connection.prepare_writing()
        if version < VERSION:
            _bring_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_beside(connection: Connection) -> Connection:
    """Open a file that this process writes a second time for writing; the two take turns."""
    second = Connection(connection.path, read_only=False, turn=connection.turn)
    try:
        second.prepare_writing()
    except BaseException:
        second.close()
        raise
    return second


def _bring_up(connection: Connection) -> None:
    """Back an older file up, bring it up to this version and look at the result."""
    project_id = connection.value("SELECT value FROM meta WHERE key = 'project_id'")
    from annotator.store.backup import back_up

    back_up(connection, str(project_id), datetime.now(UTC))
    migrate(connection, MIGRATIONS)
    if foreign_parts(connection):
        raise DataError("project-foreign-parts", file=connection.path.name)


def inspect(path: Path, *, thorough: bool) -> int:
    """Run the open protocol on a file without writing to it and return its version.

    Args:
        path: the project file.
        thorough: also let SQLite check its pages (after a crash).

    Raises:
        UserError: if it is no project of ours, or a newer one.
        DataError: if it is damaged or holds parts that no version of ours makes.
    """
    check_file(path)
    with closing(connect_to_read(path)) as connection:
        version = check_identity(connection)
        foreign = foreign_parts(connection) if version == VERSION else _has_code(connection)
        if foreign:
            raise DataError("project-foreign-parts", file=path.name)
        if thorough and connection.value("PRAGMA quick_check(1)") != "ok":
            raise DataError("project-damaged", file=path.name)
    return version


def make(path: Path, name: str, made_at: str) -> Connection:
    """Make a new project file, readable by its owner only.

    Raises:
        UserError: ``project-exists``; ``project-not-writable`` if the folder takes no file.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise UserError("project-exists", file=path.name) from error
    except OSError as error:
        raise UserError("project-not-writable", file=path.name) from error
    connection = Connection(path, read_only=False)
    try:
        _fill(connection, name, made_at)
    except BaseException:
        # Nobody has been told of this file yet.
        connection.close()
        path.unlink(missing_ok=True)
        raise
    return connection


def _fill(connection: Connection, name: str, made_at: str) -> None:
    from uuid import uuid4  # reading needs none, and it costs a tenth of the room's import

    connection.prepare_writing()
    with connection.transaction():
        for statement in STATEMENTS.values():
            connection.run(statement)
        connection.many(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            [(SET_NAME, migration.__name__, made_at) for migration in MIGRATIONS],
        )
        connection.many(
            "INSERT INTO meta (key, value) VALUES (?, ?)",
            [("project_id", str(uuid4())), ("name", name), ("created_at", made_at)],
        )
        connection.run("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (INDEX_BUFFER,))
        connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.run(f"PRAGMA user_version = {VERSION}")

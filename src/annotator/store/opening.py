"""The open protocol: look at the file before anything is written to it, refuse it in words."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING
from uuid import uuid4

from annotator.model.errors import DataError, UserError
from annotator.store.connection import Connection
from annotator.store.migrations import MIGRATIONS, SET_NAME
from annotator.store.schema import APPLICATION_ID, INDEX_BUFFER, SHADOW_TABLES, STATEMENTS, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"


def check_file(path: Path) -> None:
    """Refuse what is no project at a first look: absent, a folder, empty, another format."""
    try:
        if not path.exists():
            raise UserError("project-missing", file=path.name)
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as error:
        raise UserError("project-unreadable", file=path.name) from error
    if not head:
        raise UserError("project-empty", file=path.name)
    if head != _MAGIC:
        raise UserError("project-not-ours", file=path.name)


def check_identity(connection: Connection) -> int:
    """Return the version of a file that is ours and not newer than the program."""
    file = connection.path.name
    if connection.value("PRAGMA application_id") != APPLICATION_ID:
        if connection.value("SELECT count(*) FROM sqlite_schema") == 0:
            raise UserError("project-empty", file=file)
        raise UserError("project-not-ours", file=file)
    version = int(connection.value("PRAGMA user_version"))
    if version > VERSION:
        raise UserError("project-newer", file=file, version=version, ours=VERSION)
    if version < 1:
        raise DataError("project-damaged", file=file)
    return version


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
        elif sql != expected[name]:
            found.append(("changed", name))
    found += [("missing", name) for name in (*expected, *SHADOW_TABLES) if name not in seen]
    return found


def _is_code(sql: str | None) -> bool:
    return sql is not None and not sql.upper().startswith("CREATE TABLE")


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
    connection = Connection(path, read_only=True)
    try:
        version = check_identity(connection)
        if version == VERSION and foreign_parts(connection):
            raise DataError("project-foreign-parts", file=path.name)
        if thorough and connection.value("PRAGMA quick_check(1)") != "ok":
            raise DataError("project-damaged", file=path.name)
    finally:
        with contextlib.suppress(DataError, UserError):
            connection.close()
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
    return connection

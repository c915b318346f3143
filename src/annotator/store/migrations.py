"""How an older project file becomes one of this version: an append-only list of small functions.

Version 1 is what ``schema.py`` first made. A schema change is one function in ``MIGRATIONS``, the
new statements in ``schema.py`` and ``VERSION`` raised by one there, and a file of the version
before in ``tests/data/db`` (``make_fixture.py`` beside it makes one); a meta-test asks for it. Each
migration runs in one transaction with its record and its version number. sqlite-utils is loaded
only when a file is older than the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils.db import Database

    from annotator.store.connection import Connection

    Migration = Callable[[Database], None]

SET_NAME = "annotator"

#: In order: the first leads from version 1 to version 2.
MIGRATIONS: tuple[Migration, ...] = ()


def migrate(connection: Connection, migrations: Sequence[Migration]) -> None:
    """Bring an open file up to the newest version; each step is whole or not there."""
    from sqlite_utils import Database, Migrations

    known = Migrations(SET_NAME)
    for version, function in enumerate(migrations, start=2):
        known(name=function.__name__)(_numbered(function, version))
    with connection.translated():
        known.apply(Database(connection.raw))


def _numbered(function: Migration, version: int) -> Migration:
    def run(db: Database) -> None:
        function(db)
        db.conn.execute(f"PRAGMA user_version = {version}")

    return run

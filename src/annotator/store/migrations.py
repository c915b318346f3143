"""How an older project file becomes one of this version: an append-only list of small functions.

Version 1 is what ``schema.py`` first made. A schema change is one function in ``MIGRATIONS``, the
new statements in ``schema.py`` and ``VERSION`` raised by one there, and a file of the version
before in ``tests/data/db`` (``make_fixture.py`` beside it makes one); a meta-test asks for it. Each
migration runs in one transaction with its record and its version number. sqlite-utils is loaded
only when a file is older than the program.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from annotator.store.codec import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils.db import Database

    from annotator.store.connection import Connection

    Migration = Callable[[Database], None]

SET_NAME = "annotator"


def m002_stories(db: Database) -> None:
    """Keep an article's kicker, pages, joined words and sister stories; find near-duplicates."""
    fresh = {"kicker": "", "pages": "[]", "joins": "[]", "related": "[]"}
    for column, value in fresh.items():
        db.conn.execute(f"ALTER TABLE article ADD COLUMN {column} TEXT NOT NULL DEFAULT '{value}'")
    db.conn.execute(
        "CREATE TABLE likeness (article INTEGER PRIMARY KEY, of TEXT NOT NULL,"
        " size INTEGER NOT NULL, hashes BLOB NOT NULL) STRICT"
    )
    _lengthen_journal(db, "article", list(fresh.values()))


def _lengthen_journal(db: Database, table: str, values: list[str]) -> None:
    """Give the rows of a table that the history holds the columns that came after them."""
    for nr, packed in db.conn.execute("SELECT nr, changes FROM journal").fetchall():
        text = zlib.decompress(packed).decode() if isinstance(packed, bytes) else packed
        entries = loads(text)
        for name, _record_id, *sides in entries:
            for row in sides if name == table else ():
                if row is not None:
                    row.extend(values)
        longer = dumps(entries)
        if longer != text:
            kept = zlib.compress(longer.encode(), 1) if isinstance(packed, bytes) else longer
            db.conn.execute("UPDATE journal SET changes = ? WHERE nr = ?", (kept, nr))


def m003_audits(db: Database) -> None:
    """Keep the audit of each article until the article changes."""
    db.conn.execute(
        "CREATE TABLE audit (article INTEGER PRIMARY KEY, stamp TEXT NOT NULL,"
        " line TEXT NOT NULL) STRICT"
    )


#: In order: the first leads from version 1 to version 2.
MIGRATIONS: tuple[Migration, ...] = (m002_stories, m003_audits)


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

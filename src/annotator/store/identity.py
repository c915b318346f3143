"""Is this file a project, and can this version read it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.errors import DataError, UserError
from annotator.store.schema import APPLICATION_ID, VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.store.connection import Connection

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

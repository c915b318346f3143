"""Verified copies of a project, made while it is open, kept beside it and thinned with age.

They lie in ``.annotator-backups/<project id>/`` in the project's own folder, not in the account's
data folder: a project on an encrypted stick must not leave copies of its sources elsewhere. The
folder and the files are readable by their owner only. A copy gets its final name only after SQLite
has checked its pages and every text has matched its digest.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from annotator.model.errors import AnnotatorError, DataError, UserError
from annotator.store.connection import Connection
from annotator.store.identity import check_file, check_identity

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

FOLDER = ".annotator-backups"
#: A change older than this is worth a backup.
INTERVAL = timedelta(minutes=30)
_RECENT, _DAYS, _WEEKS, _MONTHS = 12, 7, 5, 12

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stem>.*)-(?P<stamp>\d{8}T\d{6}Z)(?:-\d+)?\.annotator", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """Name one verified backup. ``size`` in bytes."""

    path: Path
    made_at: datetime
    size: int


def folder_of(project: Path, project_id: str) -> Path:
    """Return the folder of a project's backups."""
    return project.resolve().parent / FOLDER / project_id


def _infos(files: Iterable[Path], stem: str | None = None) -> list[BackupInfo]:
    found: list[BackupInfo] = []
    for file in files:
        match = _NAME.fullmatch(file.name)
        if match is None or (stem is not None and match["stem"] != stem):
            continue
        with contextlib.suppress(OSError, ValueError):
            made_at = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(BackupInfo(file, made_at, file.stat().st_size))
    return sorted(found, key=lambda info: (info.made_at, info.path.name), reverse=True)


def backups(project: Path, project_id: str) -> list[BackupInfo]:
    """Return a project's backups, newest first."""
    folder = folder_of(project, project_id)
    return _infos(folder.iterdir()) if folder.is_dir() else []


def backups_of_file(project: Path) -> list[BackupInfo]:
    """Return the backups of a file that may be damaged or gone, newest first.

    Its id is asked for; where it cannot be read, backups are known by the file's name.
    """
    with contextlib.suppress(AnnotatorError):
        check_file(project)
        connection = Connection(project, read_only=True)
        with contextlib.closing(connection):
            project_id = connection.value("SELECT value FROM meta WHERE key = 'project_id'")
        if project_id:
            return backups(project, str(project_id))
    folder = project.resolve().parent / FOLDER
    return _infos(folder.glob("*/*.annotator"), project.stem) if folder.is_dir() else []


@contextlib.contextmanager
def _reported(file: str) -> Generator[None, None, None]:
    """Turn the system's failures inside the block into ours."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise UserError("backup-no-space" if full else "backup-failed", file=file) from error


def back_up(connection: Connection, project_id: str, now: datetime) -> Path:
    """Write a verified backup, thin the older ones and return its path.

    Raises:
        UserError: ``backup-no-space``, ``backup-failed``: no half-written file is left.
        DataError: ``backup-not-good`` if the copy does not hold what its digests say (then the
            project itself is damaged).
    """
    folder = folder_of(connection.path, project_id)
    with _reported(connection.path.name):
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        _clear_partial(folder, now)
        target = _free_name(folder, connection.path.stem, now)
        copy_verified(connection, target)
    for old in thinned(backups(connection.path, project_id), now):
        with contextlib.suppress(OSError):
            old.path.unlink()
    return target


def _clear_partial(folder: Path, now: datetime) -> None:
    """Remove what a killed backup left (another one may be at work: not what is fresh)."""
    for file in folder.glob(".*.partial*"):
        with contextlib.suppress(OSError):
            if now.timestamp() - file.stat().st_mtime > INTERVAL.total_seconds():
                file.unlink()


def _free_name(folder: Path, stem: str, now: datetime) -> Path:
    name = f"{stem}-{now.astimezone(UTC).strftime(_STAMP)}"
    target = folder / f"{name}.annotator"
    number = 2
    while target.exists():
        target = folder / f"{name}-{number}.annotator"
        number += 1
    return target


def copy_verified(source: Connection, target: Path) -> None:
    """Copy an open project into a new file, verify the copy, then give it its name.

    Raises:
        OSError: if the file cannot be written.
        UserError: ``backup-no-space``, ``backup-failed``.
        DataError: ``backup-not-good``.
    """
    partial = target.with_name(f".{os.urandom(16).hex()}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        _copy(source, partial)
        _verify(partial, target.name)
        descriptor = os.open(partial, os.O_RDWR)
        os.fsync(descriptor)
        os.close(descriptor)
        _give_name(partial, target)
        _sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _give_name(partial: Path, target: Path) -> None:
    """Give a finished file its name, never over another file."""
    try:
        # A rename would silently write over a file that has come up meanwhile.
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links (FAT)
        partial.rename(target)


def _copy(source: Connection, partial: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            source.raw.backup(copy)
            # One file without companions: it can be moved and read from a locked medium.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise DataError("backup-not-good", file=source.path.name) from error
        full = code == sqlite3.SQLITE_FULL
        name = "backup-no-space" if full else "backup-failed"
        raise UserError(name, file=source.path.name) from error


def _verify(partial: Path, name: str) -> None:
    try:
        with contextlib.closing(Connection(partial, read_only=True)) as copy:
            check_identity(copy)
            good = copy.value("PRAGMA quick_check(1)") == "ok" and _texts_are_good(copy)
    except AnnotatorError as error:
        raise DataError("backup-not-good", file=name) from error
    if not good:
        raise DataError("backup-not-good", file=name)


def _texts_are_good(connection: Connection) -> bool:
    for (nr,) in connection.rows("SELECT nr FROM text"):
        row = connection.row("SELECT digest, body FROM text WHERE nr = ?", (nr,))
        if row is None or hashlib.sha256(row[1].encode()).hexdigest() != row[0]:
            return False
    return True


def _sync_folder(folder: Path) -> None:
    """Put a new name in a folder on the disk (Windows has no such call)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def thinned(found: list[BackupInfo], now: datetime) -> list[BackupInfo]:
    """Return the backups that may go.

    The last 12 stay, and the last of each of 7 days, 5 weeks and 12 months.
    """
    newest_first = sorted(found, key=lambda info: info.made_at, reverse=True)
    kept = set(newest_first[:_RECENT])
    periods = (
        (timedelta(days=_DAYS), "%Y-%m-%d"),
        (timedelta(weeks=_WEEKS), "%G-%V"),
        (timedelta(days=31 * _MONTHS), "%Y-%m"),
    )
    for reach, period in periods:
        seen: set[str] = set()
        for info in newest_first:
            key = info.made_at.strftime(period)
            if now - info.made_at <= reach and key not in seen:
                seen.add(key)
                kept.add(info)
    return [info for info in newest_first if info not in kept]


def is_due(connection: Connection, project_id: str, now: datetime) -> bool:
    """Say whether something has changed since the last backup, and that is half an hour old."""
    facts: dict[str, str] = dict(connection.rows("SELECT key, value FROM meta"))
    changed = facts.get("changed_at")
    if changed is None:
        return False
    last = backups(connection.path, project_id)
    since = last[0].made_at if last else datetime.fromisoformat(facts["created_at"])
    return datetime.fromisoformat(changed) >= since and now - since >= INTERVAL


def restore(backup: Path, target: Path) -> None:
    """Make a new project file of a backup. Nothing that exists is written over.

    Raises:
        UserError: ``project-exists``, ``backup-no-space``, ``backup-failed``, and what opening the
            backup can raise.
        DataError: ``backup-not-good``.
    """
    if target.exists():
        raise UserError("project-exists", file=target.name)
    check_file(backup)
    with _reported(target.name), contextlib.closing(Connection(backup, read_only=True)) as source:
        copy_verified(source, target)

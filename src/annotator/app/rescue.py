"""What to do about a project that cannot be opened: a backup, or what can still be read.

Neither touches the file: what is saved goes into a new one beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.i18n import tr
from annotator.model.errors import UserError
from annotator.store import SUFFIX, backups_of_file, restore

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.store import BackupInfo
    from annotator.store.salvage import SalvageReport

#: Errors of opening a file that say it is not whole, and those whose rest may be worth saving.
HOPELESS = frozenset({"project-damaged", "project-empty", "project-foreign-parts"})
READABLE = frozenset({"project-damaged", "project-foreign-parts"})


def newest_backup(path: Path) -> BackupInfo | None:
    """Return the newest backup of a file that cannot be opened; ``None`` if there is none."""
    return next(iter(backups_of_file(path)), None)


def restore_backup(path: Path, target: Path | None = None, backup: Path | None = None) -> Path:
    """Make a new project of a backup and return its path.

    Args:
        path: the project that cannot be opened.
        target: the new file; one beside the old one by default.
        backup: the backup; the newest by default.

    Raises:
        UserError: ``no-backup``; what ``store.restore`` can raise.
        DataError: ``backup-not-good``.
    """
    found = newest_backup(path) if backup is None else None
    chosen = found.path if found is not None else backup
    if chosen is None:
        raise UserError("no-backup", file=path.name)
    target = target or _beside(path, tr("window.name_restored"))
    restore(chosen, target)
    return target


def save_readable(path: Path, target: Path | None = None) -> tuple[Path, SalvageReport]:
    """Make a new project of what can still be read and return its path, and what it holds.

    Raises:
        DataError: ``project-damaged`` if nothing can be read.
        UserError: what ``store.salvage`` can raise.
    """
    from annotator.store.salvage import salvage

    target = target or _beside(path, tr("window.name_saved"))
    return target, salvage(path, target)


def _beside(path: Path, word: str) -> Path:
    """Return a free name beside a file."""
    target = path.with_name(f"{path.stem} ({word}){SUFFIX}")
    number = 2
    while target.exists():
        target = path.with_name(f"{path.stem} ({word} {number}){SUFFIX}")
        number += 1
    return target

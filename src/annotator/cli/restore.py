"""``restore PROJECT``: make a new project of a backup of one that is damaged or lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say

if TYPE_CHECKING:
    import click


def build() -> click.Command:
    """Make the command."""
    return command(
        "restore",
        _run,
        project_argument(),
        option("--backup", key="restore.backup", metavar="FILE"),
        option("--out", key="rescue.out", metavar="PATH"),
        json_option(),
    )


def _run(project: str, *, backup: str | None, out: str | None, as_json: bool) -> None:
    from annotator.app.rescue import restore_backup

    target = restore_backup(
        Path(project), Path(out) if out else None, Path(backup) if backup else None
    )
    if as_json:
        data({"project": str(target)})
    else:
        say(phrase("restore.done", path=target))

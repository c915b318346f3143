"""``redo PROJECT``: do the last undone action again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, project_argument
from annotator.cli.steps import move

if TYPE_CHECKING:
    import click


def build() -> click.Command:
    """Make the command."""
    return command("redo", _run, project_argument(), json_option())


def _run(project: str, *, as_json: bool) -> int:
    return move(project, back=False, as_json=as_json)

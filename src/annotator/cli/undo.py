"""``undo PROJECT``: take the last action back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, project_argument
from annotator.cli.steps import move

if TYPE_CHECKING:
    import click


def build() -> click.Command:
    """Make the command."""
    return command("undo", _run, project_argument(), json_option())


def _run(project: str, *, as_json: bool) -> int:
    return move(project, back=True, as_json=as_json)

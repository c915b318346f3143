"""``demo DIR``: make the sample project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.kit import argument, command, json_option
from annotator.cli.output import data, phrase, say

if TYPE_CHECKING:
    import click


def build() -> click.Command:
    """Make the command."""
    return command("demo", _run, argument("folder", metavar="DIR"), json_option())


def _run(folder: str, *, as_json: bool) -> None:
    from annotator.app.workflows import make_demo

    path = make_demo(Path(folder))
    if as_json:
        data({"project": str(path)})
    else:
        say(phrase("demo.done", path=path))

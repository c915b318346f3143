"""``import-annotations PROJECT FILE``: bring marks in that were made in another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.codes import Exit
from annotator.cli.kit import argument, command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import writing
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.app.annotations_in import MarksImport


def build() -> click.Command:
    """Make the command."""
    from annotator.exporters.readers import READERS

    return command(
        "import-annotations",
        _run,
        project_argument(),
        argument("file"),
        option("--as", "as_format", key="marks_as", type=click.Choice(list(READERS))),
        json_option(),
    )


def _run(project: str, file: str, as_format: str | None, *, as_json: bool) -> int:
    from annotator.app.annotations_in import import_annotations
    from annotator.importers.worker import load_file

    path = Path(file)
    found = load_file(path)
    with writing(project) as session:
        report = import_annotations(session, found, path.name, as_format=as_format)
    if as_json:
        data(
            {
                "articles": report.articles,
                "added": report.added,
                "known": report.known,
                "problems": [
                    {"id": p.id, "what": p.what, "message": tr(f"losses.problem.{p.id}")}
                    for p in report.problems
                ],
            }
        )
    else:
        _print(report)
    return Exit.DONE if report.added or report.known or not report.problems else Exit.CANNOT


def _print(report: MarksImport) -> None:
    for problem in report.problems:
        message = tr(f"losses.problem.{problem.id}")
        warn(phrase("import-annotations.problem", what=problem.what, message=message))
    say(
        phrase(
            "import-annotations.done",
            marks=report.added,
            articles=len(report.articles),
            known=report.known,
        )
    )

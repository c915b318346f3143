"""``check PROJECT``: verify everything that can be verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.codes import Exit
from annotator.cli.kit import command, json_option, project_argument
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import reading

if TYPE_CHECKING:
    import click


def build() -> click.Command:
    """Make the command."""
    return command("check", _run, project_argument(), json_option())


def _run(project: str, *, as_json: bool) -> int:
    from annotator.app.checking import check_project
    from annotator.app.jobs import JobContext

    with reading(project) as opened:
        report = check_project(opened, JobContext())
    if as_json:
        data(
            {
                "ok": report.ok,
                "texts": report.texts,
                "articles": report.articles,
                "marks": report.marks,
                "steps": report.steps,
                "problems": [
                    {"id": p.message_id, "values": p.values, "message": str(p)}
                    for p in report.problems
                ],
            }
        )
        return Exit.DONE if report.ok else Exit.DAMAGED
    for problem in report.problems:
        warn(str(problem))
    if report.ok:
        values = {"articles": report.articles, "marks": report.marks, "steps": report.steps}
        say(phrase("check.ok", **values))
        return Exit.DONE
    warn(phrase("check.bad", count=len(report.problems)))
    return Exit.DAMAGED

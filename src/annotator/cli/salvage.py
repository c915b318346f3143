"""``salvage PROJECT``: save what can still be read of a damaged project into a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say, warn

if TYPE_CHECKING:
    import click


def build() -> click.Command:
    """Make the command."""
    return command(
        "salvage",
        _run,
        project_argument(),
        option("--out", key="rescue.out", metavar="PATH"),
        json_option(),
    )


def _run(project: str, *, out: str | None, as_json: bool) -> None:
    from annotator.app.rescue import save_readable

    target, report = save_readable(Path(project), Path(out) if out else None)
    if as_json:
        data(
            {
                "project": str(target),
                "kept": report.kept,
                "incomplete": list(report.incomplete),
                "dropped": report.dropped,
            }
        )
        return
    articles = report.kept.get("article", 0)
    say(phrase("salvage.done", path=target, articles=articles, rows=sum(report.kept.values())))
    if report.incomplete or report.dropped:
        lost = ", ".join(report.incomplete) or "–"
        warn(phrase("salvage.lost", tables=lost, rows=report.dropped))

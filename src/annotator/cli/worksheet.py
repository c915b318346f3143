"""``worksheet PROJECT --out`` or ``--read``: the fact-check worksheet, out and back in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.kit import command, json_option, language_option, option, project_argument
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import find_article, reading, writing
from annotator.i18n import language, term, tr

if TYPE_CHECKING:
    from annotator.app.worksheets import WorksheetReading


def build() -> click.Command:
    """Make the command."""
    levels = ["internal", "redacted", "publish"]
    return command(
        "worksheet",
        _run,
        project_argument(),
        option("--out", "out", key="sheet_out"),
        option("--read", "source", key="sheet_read"),
        option("--article", "articles", key="article", multiple=True),
        option("--redact", "level", key="redact", type=click.Choice(levels), default="internal"),
        option("--take-sheet", "take_sheet", key="take_sheet", is_flag=True),
        language_option("sheet_lang"),
        json_option(),
    )


def _run(
    project: str,
    out: str | None,
    source: str | None,
    articles: tuple[str, ...],
    level: str,
    lang: str | None,
    *,
    take_sheet: bool,
    as_json: bool,
) -> None:
    if (out is None) == (source is None):
        raise click.UsageError("worksheet")
    if source is not None:
        _read(project, Path(source), take_sheet=take_sheet, as_json=as_json)
        return
    from annotator.app.worksheets import write_worksheet
    from annotator.exporters.base import Redaction

    with reading(project) as opened:
        ids = [find_article(opened, words).id for words in articles] or None
        target = Path(str(out))
        chosen = Redaction(level)
        count = write_worksheet(opened, target, ids, lang=lang or language(), level=chosen)
    if as_json:
        data({"out": out, "claims": count})
    else:
        say(phrase("worksheet.written", out=out, count=count))


def _read(project: str, path: Path, *, take_sheet: bool, as_json: bool) -> None:
    from annotator.app.worksheets import read_worksheet
    from annotator.importers.worker import load_file

    found = load_file(path)
    with writing(project) as session:
        report = read_worksheet(session, found, path.name, take_sheet=take_sheet)
    if as_json:
        data(_tree(report))
    else:
        _print(report)


def _tree(report: WorksheetReading) -> dict[str, Any]:
    from annotator.exporters.codec import encode

    return {
        "changed": report.changed,
        "same": report.same,
        "notes": report.notes,
        "conflicts": [encode(conflict) for conflict in report.conflicts],
        "problems": [
            {"row": p.row, "id": p.id, "message": tr(f"report.sheet.{p.id}", what=p.what)}
            for p in report.problems
        ],
    }


def _print(report: WorksheetReading) -> None:
    for conflict in report.conflicts:
        warn(
            phrase(
                "worksheet.conflict",
                claim=conflict.claim,
                field=tr(f"report.sheet.column.{conflict.field}"),
                here=_shown(conflict.here),
                sheet=_shown(conflict.sheet),
            )
        )
    for problem in report.problems:
        message = tr(f"report.sheet.{problem.id}", what=problem.what)
        warn(phrase("worksheet.problem", row=problem.row, message=message))
    say(phrase("worksheet.read", changed=report.changed, same=report.same, notes=report.notes))


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(" ".join(w for w in _parts(evidence) if w) for evidence in value)  # type: ignore[misc]
    return value if type(value) is str else term(value)


def _parts(evidence: Any) -> tuple[str, ...]:
    return (evidence.link, evidence.page, evidence.time, evidence.date, evidence.note)

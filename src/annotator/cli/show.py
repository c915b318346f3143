"""``show PROJECT ARTICLE``: an article with everything marked in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annotator.cli.kit import argument, command, json_option, project_argument
from annotator.cli.output import data, say
from annotator.cli.projects import find_article, reading

if TYPE_CHECKING:
    import click

    from annotator.exporters.base import Dossier


def build() -> click.Command:
    """Make the command."""
    return command("show", _run, project_argument(), argument("article"), json_option())


def _run(project: str, article: str, *, as_json: bool) -> None:
    from annotator.app.handing_out import collect
    from annotator.i18n import language

    with reading(project) as opened:
        found = find_article(opened, article)
        dossier = collect(opened, [found.id], lang=language())
        if as_json:
            data(_tree(dossier))
        else:
            _print(dossier)


def _tree(dossier: Dossier) -> dict[str, Any]:
    """Return the article's records as the project's JSON has them, with what was computed."""
    from annotator.exporters.codec import encode

    records = dossier.articles[0]
    figures = dossier.figures(records, dossier.actors)
    wanted = {getattr(r, "actor_id", None) for r in (*records.marks, *records.sources)}
    marks = [{"mark": m.mark_kind.value, **encode(m)} for m in records.marks]
    for mark in marks:
        basis = figures.bases.get(mark["id"])
        if basis is not None:
            mark["state"] = basis.state.value
            mark["rests_on"] = list(basis.supporters)
    distinct = figures.distinct
    return {
        "article": encode(records.article),
        "text": records.text.text,
        "marks": marks,
        "sources": encode(records.sources),
        "relations": encode(records.relations),
        "attributions": encode(records.attributions),
        "actors": [encode(a) for a in dossier.actors if a.id in wanted],
        "notes": encode(records.notes),
        "distinct_sources": None if distinct is None else [distinct.low, distinct.high],
        "comentions": [
            {"first": a, "second": b, "weight": weight} for a, b, weight in figures.comentions
        ],
    }


def _print(dossier: Dossier) -> None:
    """Print the audit as Markdown without the escapes, which only a program needs."""
    from annotator.exporters.markdown import lines
    from annotator.exporters.report import build_report

    for line in lines(build_report(dossier)):
        say(re.sub(r"\\([\\`*_{}\[\]<>|~#&+=:\-\d])", r"\1", line.replace("\u2060", "")))

"""``graph PROJECT --unit U --format F --out PATH``: who is mentioned with whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.kit import command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say
from annotator.cli.projects import find_article, reading

if TYPE_CHECKING:
    from annotator.app.comentions import GraphQuery

_FORMATS = {
    "csv": "graph-csv",
    "json": "graph-json",
    "gexf": "gexf",
    "graphml": "graphml",
    "pajek": "pajek",
}
_LEVELS = ["internal", "redacted", "publish"]


def build() -> click.Command:
    """Make the command."""
    units = ["sentence", "paragraph", "article"]
    return command(
        "graph",
        _run,
        project_argument(),
        option("--unit", key="unit", type=click.Choice(units), default="sentence"),
        option(
            "--format", "format_id", key="format", type=click.Choice(list(_FORMATS)), required=True
        ),
        option("--out", key="out", required=True),
        option("--article", key="graph_article"),
        option("--outlet", key="outlet"),
        option("--since", key="since"),
        option("--until", key="until"),
        option("--min-weight", "least", key="least", type=click.IntRange(1), default=1),
        option("--redact", "level", key="redact", type=click.Choice(_LEVELS)),
        json_option(),
    )


def _run(
    project: str,
    unit: str,
    format_id: str,
    out: str,
    article: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    least: int,
    level: str | None,
    *,
    as_json: bool,
) -> None:
    from annotator.analysis.comention import Unit
    from annotator.app.comentions import GraphQuery
    from annotator.app.handing_out import export_graph
    from annotator.exporters.base import Redaction

    with reading(project) as opened:
        article_id = None if article is None else find_article(opened, article).id
        query: GraphQuery = GraphQuery(article_id, outlet, since, until, Unit(unit), least=least)
        chosen = None if level is None else Redaction(level)
        done = export_graph(opened, _FORMATS[format_id], Path(out), query, level=chosen)
    if as_json:
        data(
            {
                "out": out,
                "format": format_id,
                "unit": unit,
                "actors": done.actors,
                "pairs": done.pairs,
                "bytes": done.size,
            }
        )
    else:
        say(phrase("graph.done", out=out, actors=done.actors, pairs=done.pairs))

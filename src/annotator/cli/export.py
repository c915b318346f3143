"""``export PROJECT --format ID --out PATH``: hand articles out in a format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator.cli.kit import command, json_option, language_option, option, project_argument
from annotator.cli.output import data, phrase, say
from annotator.cli.projects import author, find_article, reading
from annotator.i18n import language, tr


def build() -> click.Command:
    """Make the command."""
    from annotator.analysis.rules import pack_ids
    from annotator.exporters import FORMATS
    from annotator.exporters.reports import KINDS

    levels = ["internal", "redacted", "publish"]
    return command(
        "export",
        _run,
        project_argument(),
        option(
            "--format", "format_id", key="format", type=click.Choice(list(FORMATS)), required=True
        ),
        option("--article", "articles", key="article", multiple=True),
        option("--out", key="out", required=True),
        option("--redact", "level", key="redact", type=click.Choice(levels)),
        option("--report", "kind", key="report", type=click.Choice(list(KINDS))),
        option("--pack", key="export_pack", type=click.Choice(list(pack_ids()))),
        option("--each-story-once", "once", key="once", is_flag=True),
        language_option("report_lang"),
        option("--dry-run", "dry_run", key="dry_run", is_flag=True),
        json_option(),
    )


def _run(
    project: str,
    format_id: str,
    articles: tuple[str, ...],
    out: str,
    level: str | None,
    kind: str | None,
    pack: str | None,
    lang: str | None,
    *,
    once: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    from annotator.app.handing_out import export
    from annotator.exporters import find
    from annotator.exporters.base import Redaction
    from annotator.exporters.hand_out import losses_of

    exporter = find(format_id)
    chosen = Redaction(level) if level else exporter.level
    report: dict[str, Any] = {
        "format": format_id,
        "out": out,
        "level": chosen.value,
        "losses": [
            {"id": loss, "message": tr(f"losses.{loss}")}
            for loss in losses_of(exporter, kind or "")
        ],
    }
    if not dry_run:
        with reading(project) as opened:
            report["bytes"] = export(
                opened,
                exporter.id,
                Path(out),
                article_ids=[find_article(opened, words).id for words in articles] or None,
                level=chosen,
                lang=lang or language(),
                kind=kind or "",
                pack=pack or "",
                coder=author(),
                once=once,
            ).size
    if as_json:
        data(report)
        return
    if not dry_run:
        words = tr(f"report.level.{chosen.value}")
        say(phrase("export.done", out=out, bytes=report["bytes"], level=words))
    for loss in report["losses"]:
        say(phrase("export.loss", message=loss["message"]))

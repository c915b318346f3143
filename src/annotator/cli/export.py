"""``export PROJECT --format ID --out PATH``: hand articles out in a format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.kit import command, json_option, language_option, option, project_argument
from annotator.cli.output import data, phrase, say
from annotator.cli.projects import author, find_article, reading
from annotator.i18n import language, tr

if TYPE_CHECKING:
    from annotator.exporters.base import Exporter
    from annotator.store import Project


def build() -> click.Command:
    """Make the command."""
    from annotator.exporters import FORMATS

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
        option("--report", "kind", key="report"),
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
    lang: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from annotator.exporters import find
    from annotator.exporters.base import Redaction

    exporter = find(format_id)
    chosen = Redaction(level) if level else exporter.level
    report: dict[str, Any] = {
        "format": format_id,
        "out": out,
        "level": chosen.value,
        "losses": [{"id": loss, "message": tr(f"losses.{loss}")} for loss in exporter.losses],
    }
    if not dry_run:
        with reading(project) as opened:
            ids = [find_article(opened, words).id for words in articles] or None
            report["bytes"] = _write(
                opened, exporter, Path(out), ids, chosen, lang or language(), kind or ""
            )
    if as_json:
        data(report)
        return
    if not dry_run:
        words = tr(f"report.level.{chosen.value}")
        say(phrase("export.done", out=out, bytes=report["bytes"], level=words))
    for loss in report["losses"]:
        say(phrase("export.loss", message=loss["message"]))


def _write(
    opened: Project,
    exporter: Exporter,
    out: Path,
    ids: list[str] | None,
    level: Any,
    lang: str,
    kind: str,
) -> int:
    from annotator.app.handing_out import export

    done = export(
        opened,
        exporter.id,
        out,
        article_ids=ids,
        level=level,
        lang=lang,
        kind=kind,
        coder=author(),
    )
    return done.size

"""``screenshot PROJECT --out PNG``: a picture of the window (the one command that needs Qt)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.kit import command, json_option, language_option, option, project_argument
from annotator.cli.output import data, phrase, say
from annotator.cli.projects import find_article, reading
from annotator.i18n import language
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


def build() -> click.Command:
    """Make the command."""
    return command(
        "screenshot",
        _run,
        project_argument(),
        option("--article", key="shown_article"),
        option("--panel", key="panel"),
        option("--theme", key="theme", type=click.Choice(["light", "dark"])),
        language_option("window_lang"),
        option("--size", key="size", default="1440x900"),
        option("--out", key="out_png", required=True),
        json_option(),
    )


def _run(
    project: str,
    article: str | None,
    panel: str | None,
    theme: str | None,
    lang: str | None,
    size: str,
    out: str,
    *,
    as_json: bool,
) -> None:
    width, _, height = size.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise UserError("screenshot-size", size=size)
    take = _photographer()
    with reading(project) as opened:
        article_id = None if article is None else find_article(opened, article).id
    take(
        Path(project),
        Path(out),
        article=article_id,
        panel=panel,
        theme=theme or "light",
        lang=lang or language(),
        size=(int(width), int(height)),
    )
    if as_json:
        data({"out": out})
    else:
        say(phrase("screenshot.done", out=out))


def _photographer() -> Callable[..., Path]:
    try:
        from annotator.gui.screenshot import take
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("PySide6", "shiboken6", "pyqtgraph"):
            raise
        raise UserError("screenshot-no-qt") from error
    return take

"""The report as one HTML file: nothing loaded from anywhere, nothing run, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator import resources
from annotator.exporters.base import Format, Scope
from annotator.exporters.nesting import nested
from annotator.exporters.report import Heading, build_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Bar, Column, Part, Report, Stack

_FONTS = """
--serif:"Source Serif 4","Source Serif Pro",Charter,"Bitstream Charter","Iowan Old Style",Georgia,"Noto Serif","Liberation Serif",serif;
--display:"Source Serif 4 Display","Source Serif 4","Source Serif Pro",Charter,"Bitstream Charter","Iowan Old Style",Georgia,"Noto Serif","Liberation Serif",serif;
--sans:"Source Sans 3","Source Sans Pro","Segoe UI",system-ui,-apple-system,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;
""".replace("\n", "")  # noqa: E501 - one declaration a line
_PLAIN_TONES = {"warn": "warn", "good": "good", "quiet": "quiet"}


def css_name(style: str) -> str:
    """Return a style or tone as part of a class name."""
    return style.replace(".", "-")


def tone_class(tone: str) -> str:
    """Return the class that colours text in a tone."""
    return _PLAIN_TONES.get(tone, f"t-{css_name(tone)}" if tone else "")


def laid_out(parts: Sequence[Part]) -> list[tuple[float, float, Part]]:
    """Return each part of a stacked bar with its left edge and width in per cent."""
    whole = sum(part.value for part in parts) or 1
    placed: list[tuple[float, float, Part]] = []
    left = 0
    for part in parts:
        if part.value:
            width = round(100 * part.value / whole, 3)
            placed.append((round(100 * left / whole, 3), width, part))
        left += part.value
    return placed


def scaled(rows: Sequence[Bar]) -> list[tuple[float, Bar]]:
    """Return each bar with its width in per cent; the longest leaves room for its figure."""
    longest = max((row.value for row in rows), default=1) or 1
    return [(round(88 * row.value / longest, 3), row) for row in rows]


def widths(columns: Sequence[Column]) -> list[float]:
    """Return the columns' widths in per cent."""
    whole = sum(column.weight for column in columns) or 1
    return [round(100 * column.weight / whole, 2) for column in columns]


def spoken(row: Stack, legend: Sequence[tuple[str, str]]) -> str:
    """Return what a screen reader says for a stacked bar."""
    words = dict(legend)
    return ", ".join(f"{words.get(p.tone, '')} {p.words}" for p in row.parts if p.value)


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment: Any = Environment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "css": css_name,
        "tone": tone_class,
        "nested": nested,
        "laid_out": laid_out,
        "scaled": scaled,
        "spoken": spoken,
        "widths": widths,
    }
    return environment.get_template("report.html.j2")


def _variables(theme: str) -> str:
    """Return a theme's colours as CSS variables."""
    tokens = json.loads(resources.read_text("themes", f"{theme}.json"))
    names = ("paper", "line", "ink", "ink2", "accent", "selected", "masked")
    found = {name: tokens[name] for name in names}
    for style, look in tokens["marks"].items():
        name = css_name(style)
        found[name] = look["colour"]
        found[f"{name}-wash"] = _wash(look["colour"], look["wash"])
    is_dark = theme == "dark"
    found |= {
        "warn": found["source-unnamed"],
        "good": found["claim"],
        "declined-wash": found["declined_comment-wash"],
        "source-office": "#8d6232" if is_dark else "#d8a469",
        "quiet-fill": "#55565b" if is_dark else "#c9c5bd",
        "on-fill": "#17181a" if is_dark else "#ffffff",
        "on-light": "#f1efe9" if is_dark else "#1d1d1b",
    }
    return ";".join(f"--{name}:{value}" for name, value in sorted(found.items()))


def _wash(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


@cache
def stylesheet() -> str:
    """Return the whole style sheet, light and dark; print is always light."""
    light, dark = _variables("light"), _variables("dark")
    return (
        f":root{{color-scheme:light dark;{_FONTS}{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"{resources.read_text('templates', 'report.css')}"
    )


def render(report: Report) -> str:
    """Return the report as an HTML page."""
    from markupsafe import Markup

    css = stylesheet()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    # The style sheet is ours and holds no "<"; its bytes must be those that were hashed.
    page = _template().render(
        report=report,
        targets=frozenset(report.targets),
        # Where articles have headings, lists stand a step lower.
        deep=any(isinstance(block, Heading) for block in report.blocks),
        css=Markup(css),
        csp=policy,
    )
    return page + "\n"


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier."""
    stream.write(render(build_report(dossier)).encode("utf-8"))


EXPORTER = Format("html", ".html", "text/html", Scope.ARTICLE, write, losses=("report",))

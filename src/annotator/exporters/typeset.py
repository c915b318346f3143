"""Set a report with typst: as a PDF, or page by page as images.

The template gets the report as JSON; no text of an article is ever read as markup. Fonts are those
that ship; the system's are asked only for scripts that ours do not have.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

from annotator import resources
from annotator.exporters.nesting import nested
from annotator.exporters.report import MarkedText, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.exporters.nesting import Token
    from annotator.exporters.report import Report

T = TypeVar("T")

#: How many pages a kind of report may have where its text is not longer than a dispatch's.
_MOST_PAGES = {"audit": 2}
#: Steps of 4.5 % by which the type may be made smaller.
_SMALLEST = 2
#: What the fonts that ship can set: Latin, Greek, Cyrillic, punctuation, arrows and the like.
_OURS = re.compile(
    "[\n\t -~\u00a0-\u024f\u0300-\u036f\u0370-\u052f\u1e00-\u1eff\u2000-\u22ff\ufffd]*"
)
_CREATOR = re.compile(rb"Typst \d+\.\d+\.\d+(?:[-+.\w]*)|(?<=x:xmptk=\")xmp-writer")


def pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF with embedded fonts and no word on who made it or when."""
    data = _fitted(report, lambda squeeze: _compile(report, squeeze, format="pdf"), _pages)
    # The same number of bytes, so that every offset in the file stays right.
    return _CREATOR.sub(lambda m: b" " * len(m.group()), data)


def images(report: Report, *, dots_per_inch: float = 96.0) -> list[bytes]:
    """Return the report's pages as PNG images."""

    def draw(squeeze: int) -> list[bytes]:
        found = _compile(report, squeeze, format="png", ppi=dots_per_inch)
        return [found] if isinstance(found, bytes) else found

    return _fitted(report, draw, len)


def _pages(document: bytes) -> int:
    pdfium: Any = import_module("pypdfium2")
    opened = pdfium.PdfDocument(document)
    try:
        return len(opened)
    finally:
        opened.close()


def _fitted(report: Report, make: Callable[[int], T], pages: Callable[[T], int]) -> T:
    """Set a report in smaller type where that, and only that, brings it to the pages it may have.

    An audit that is a page too long is set again, at most ``_SMALLEST`` steps smaller; one that
    does not fit then either stays as it was.
    """
    first = make(0)
    most = _MOST_PAGES.get(report.kind)
    if most is None or pages(first) != most + 1:
        return first
    for squeeze in range(1, _SMALLEST + 1):
        found = make(squeeze)
        if pages(found) <= most:
            return found
    return first


def _compile(report: Report, squeeze: int, **how: Any) -> Any:
    typst: Any = import_module("typst")
    data = {**_data(report), "squeeze": squeeze}
    shown = json.dumps(data, ensure_ascii=False)
    return typst.compile(
        str(resources.path("templates", "report.typ")),
        root=str(resources.path("templates")),
        font_paths=[str(folder) for folder in sorted(resources.path("fonts").glob("*/"))],
        ignore_system_fonts=_OURS.fullmatch(shown) is not None,
        sys_inputs={"report": shown},
        **how,
    )


def _data(report: Report) -> dict[str, Any]:
    tokens = _tokens()
    return {**_plain(report), **tokens, "targets": report.targets, "words": {}}


def _plain(value: object) -> Any:
    """Return dataclasses as dictionaries with their class's name, tuples as lists."""
    if isinstance(value, tuple):
        return [_plain(v) for v in cast("tuple[object, ...]", value)]
    if not is_dataclass(value):
        return value
    found = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    found["type"] = type(value).__name__
    if isinstance(value, Paragraph):
        found["nodes"] = _tree(list(nested(value.runs)))
    if isinstance(value, MarkedText):
        # typst wants a plain language code, or none.
        found["lang"] = _language(value.lang)
    if "text_lang" in found:
        found["text_lang"] = _language(found["text_lang"])
    return found


def _language(tag: str) -> str:
    code = tag.partition("-")[0].lower()
    return code if re.fullmatch("[a-z]{2,3}", code) and code != "und" else "en"


def _tree(tokens: list[Token]) -> list[dict[str, Any]]:
    """Return opens and closes as nested nodes."""
    root: list[dict[str, Any]] = []
    open_nodes = [root]
    for token in tokens:
        if token.kind == "close":
            open_nodes.pop()
            continue
        node: dict[str, Any] = {"kind": token.kind}
        if token.kind == "open":
            node |= {"style": token.style, "level": token.level, "body": []}
        elif token.kind == "ref":
            node["ref"] = _plain(token.ref)
        else:
            node["text"] = token.text
        open_nodes[-1].append(node)
        if token.kind == "open":
            open_nodes.append(node["body"])
    return root


@cache
def _tokens() -> dict[str, dict[str, str]]:
    """Return the light theme's colours; paper is white in print."""
    theme = json.loads(resources.read_text("themes", "light.json"))
    colours = {name: theme[name] for name in ("ink", "ink2", "line", "masked", "accent")}
    washes: dict[str, str] = {}
    for style, look in theme["marks"].items():
        colours[style] = look["colour"]
        if look["wash"]:
            washes[style] = look["colour"] + f"{round(255 * look['wash']):02x}"
    colours["warn"] = colours["source.unnamed"]
    colours["good"] = colours["claim"]
    colours["quiet"] = colours["ink2"]
    for tone, fill, on in (
        ("source.named", colours["source.named"], "#ffffff"),
        ("source.office", "#d8a469", colours["ink"]),
        ("source.unnamed", colours["source.unnamed"], "#ffffff"),
        ("quiet", "#cfcbc4", colours["ink"]),
    ):
        colours[f"fill.{tone}"] = fill
        colours[f"on.{tone}"] = on
    return {"colours": colours, "washes": washes}

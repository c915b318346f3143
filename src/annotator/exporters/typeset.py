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
from typing import TYPE_CHECKING, Any, cast

from annotator import resources
from annotator.exporters.nesting import nested
from annotator.exporters.report import MarkedText, Paragraph

if TYPE_CHECKING:
    from annotator.exporters.nesting import Token
    from annotator.exporters.report import Report

#: How many pages the audit of a dispatch may have.
_AUDIT_PAGES = 2
#: Up to so many pages a report is short enough to be set twice.
_SHORT = 4
#: So many characters on the last page find room if each page before it is set a little smaller.
_FEW = 1200
#: Steps of 4.5 % by which the type may be made smaller.
_SMALLEST = 2
#: What the fonts that ship can set: Latin, Greek, Cyrillic, punctuation, arrows and the like.
_OURS = re.compile(
    "[\n\t -~\u00a0-\u024f\u0300-\u036f\u0370-\u052f\u1e00-\u1eff\u2000-\u22ff\ufffd]*"
)
_CREATOR = re.compile(rb"Typst \d+\.\d+\.\d+(?:[-+.\w]*)|(?<=x:xmptk=\")xmp-writer")


def pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF with embedded fonts and no word on who made it or when."""
    data, _ = _fitted(report)
    # The same number of bytes, so that every offset in the file stays right.
    return _CREATOR.sub(lambda m: b" " * len(m.group()), data)


def images(report: Report, *, dots_per_inch: float = 96.0) -> list[bytes]:
    """Return the report's pages as PNG images."""
    _, squeeze = _fitted(report)
    found = _compile(report, squeeze, format="png", ppi=dots_per_inch)
    return [found] if isinstance(found, bytes) else found


def _fitted(report: Report) -> tuple[bytes, int]:
    """Return the PDF, and by how many steps its type was made smaller to save a page.

    Tried where the last page holds but a few lines, and where a dispatch's audit is a page too
    long. What does not fit then either stays in its usual size.
    """
    first = _compile(report, 0, format="pdf")
    pages, tail = _extent(first)
    is_long = report.kind == "audit" and pages == _AUDIT_PAGES + 1
    if not is_long and not (1 < pages <= _SHORT and tail < _FEW * (pages - 1)):
        return first, 0
    for squeeze in range(1, _SMALLEST + 1):
        found = _compile(report, squeeze, format="pdf")
        if _extent(found)[0] < pages:
            return found, squeeze
    return first, 0


def _extent(document: bytes) -> tuple[int, int]:
    """Return how many pages a PDF has, and how many characters stand on the last."""
    pdfium: Any = import_module("pypdfium2")
    opened = pdfium.PdfDocument(document)
    try:
        words = opened[len(opened) - 1].get_textpage()
        return len(opened), words.count_chars()
    finally:
        opened.close()


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

"""The worksheet as a Word document: a small form for each claim."""

from __future__ import annotations

import base64
import binascii
import io
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.archive import unpack
from annotator.exporters.docx import Paper
from annotator.exporters.words import joined
from annotator.exporters.worksheet import (
    EVIDENCE,
    FILLED,
    TOLD,
    as_text,
    choices,
    column_title,
    gather,
    lines,
    titles,
)
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.base import Dossier
    from annotator.exporters.worksheet import Filled, Line, SheetProblem

_QUIET = "86837d"
_FILL = "fdf6e3"
_KEY = re.compile(r"annotator:(?P<id>[^:\s]+):(?P<base>[A-Za-z0-9+/=\s]*)$")


def write(dossier: Dossier, stream: BinaryIO) -> int:
    """Write the document and return how many claims are in it."""
    lang = dossier.lang
    paper = Paper(lang)
    title = tr("report.kind.worksheet", lang=lang)
    paper.document.add_heading(title, level=1)
    for key in ("status", "verdict"):
        paragraph = paper.paragraph()
        paper.run(paragraph, f"{column_title(key, lang)}  ", bold=True)
        paper.run(paragraph, joined(choices(key, lang)), colour="5b5a56")
    groups: list[list[Line]] = []
    for line in lines(dossier):
        if line.is_first:
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        _form(paper, group, lang)
    stream.write(paper.close(title, lang))
    return len(groups)


def _form(paper: Paper, group: list[Line], lang: str) -> None:
    first = group[0].values
    rows = [(key, first.get(key, "")) for key in TOLD if key != "code" and first.get(key)]
    rows += [(key, first.get(key, "")) for key in ("status", "verdict")]
    for line in group:
        rows += [(key, line.values.get(key, "")) for key in EVIDENCE]
    rows += [(key, first.get(key, "")) for key in ("correction", "new_note")]
    paper.heading(first["code"])
    table = paper.table(len(rows) + 1, [1.0, 3.6], header=False)
    for row, (key, value) in zip(table.rows, rows, strict=False):
        paper.run(row.cells[0].paragraphs[0], column_title(key, lang), size=8.5, colour="5b5a56")
        is_claim = key == "claim"
        paper.run(row.cells[1].paragraphs[0], value, serif=is_claim, size=10 if is_claim else 9)
        if key in FILLED:
            paper.shade(row.cells[1], _FILL)
    base = base64.b64encode(first["base"].encode()).decode()
    sign = f"annotator:{first['id']}:{base}"
    paper.run(table.rows[-1].cells[1].paragraphs[0], sign, size=2, colour=_QUIET)


def read(data: bytes) -> tuple[list[Filled], list[SheetProblem]]:
    """Read a filled document.

    Raises:
        ValueError: if it is no Word document, or none of its tables is one of ours.
    """
    unpack(data)
    docx: Any = import_module("docx")
    try:
        tables = docx.Document(io.BytesIO(data)).tables
    except Exception as error:
        raise ValueError("docx") from error
    rows = [(n, row) for n, table in enumerate(tables, start=1) for row in _rows(table)]
    if not any(row.get("id") for _, row in rows):
        raise ValueError("tables")
    return gather(rows)


def _rows(table: Any) -> Iterator[dict[str, str]]:
    """Yield the rows of a form: the first with all its fields, one more for each other evidence."""
    known = titles()
    first: dict[str, str] = {}
    evidence: list[dict[str, str]] = []
    for row in table.rows:
        cells = [as_text("\n".join(p.text for p in cell.paragraphs)) for cell in row.cells]
        if not cells:
            continue
        sign = _KEY.match(cells[-1].replace("\n", ""))
        if sign is not None:
            first |= {"id": sign["id"], "base": _unpacked(sign["base"])}
            continue
        key = known.get(cells[0].casefold(), "")
        if key in EVIDENCE:
            if key == EVIDENCE[0] or not evidence:
                evidence.append({})
            evidence[-1][key] = cells[-1]
        elif key:
            first[key] = cells[-1]
    if first.get("id"):
        yield first | (evidence[0] if evidence else {})
        yield from ({"id": first["id"], **more} for more in evidence[1:])


def _unpacked(words: str) -> str:
    try:
        return base64.b64decode(words).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""

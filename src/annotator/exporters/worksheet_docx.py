"""The worksheet as a Word document: a small form for each claim."""

from __future__ import annotations

import base64
import binascii
import io
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.archive import unpack
from annotator.exporters.docx import facts, masthead, table
from annotator.exporters.paper import QUIET, Field, Paper
from annotator.exporters.report import Facts, Table, build_report
from annotator.exporters.words import joined
from annotator.exporters.worksheet import (
    EVIDENCE,
    FILLED,
    as_text,
    as_worksheet,
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

_FAINT = "B9B5AD"
_FILL = "FDF6E3"
_KEY = re.compile(r"annotator:(?P<id>[^:\s]+):(?P<base>[A-Za-z0-9+/=\s]*)$")
#: What stands on a line of the form: one field as wide as the page, or two beside each other.
_TOLD = (("claim",), ("article",), ("kind", "state"), ("sources", "paragraph"))
_TO_FILL = (("status", "verdict"),)
_EVIDENCE = (("link",), ("page", "time"), ("method", "checker"), ("date", "note"))
_LAST = (("correction",), ("new_note",))


def write(dossier: Dossier, stream: BinaryIO) -> int:
    """Write the document and return how many claims are in it."""
    lang = dossier.lang
    report = build_report(as_worksheet(dossier))
    paper = Paper(lang)
    paper.footer(report.foot)
    masthead(paper, report)
    paper.run(paper.paragraph(style="Annotator Intro"), tr("report.sheet.how", lang=lang))
    for key in ("status", "verdict"):
        paragraph = paper.paragraph(style="Annotator Intro")
        paper.run(paragraph, f"{column_title(key, lang)}  ", bold=True, colour="1D1D1B")
        paper.run(paragraph, joined(choices(key, lang)))
    groups: list[list[Line]] = []
    for line in lines(dossier):
        if line.is_first:
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        _form(paper, group, lang, with_article=len(dossier.articles) > 1)
    for block in report.blocks:
        if isinstance(block, Table) and block.id == "texts":
            table(paper, block)
        elif isinstance(block, Facts):
            facts(paper, block)
    stream.write(paper.close(report.headline, lang))
    return len(groups)


def _form(paper: Paper, group: list[Line], lang: str, *, with_article: bool) -> None:
    """Write the form of one claim; it stays on one page where it can."""
    first = group[0].values
    told = [row for row in _TOLD if row != ("article",) or with_article]
    rows = [(keys, first) for keys in (*told, *_TO_FILL)]
    rows += [(keys, line.values) for line in group for keys in _EVIDENCE]
    rows += [(keys, first) for keys in _LAST]
    fields = [
        [field for key in keys for field in _field(key, values.get(key, ""), len(keys), lang)]
        for keys, values in rows
    ]
    base = base64.b64encode(first["base"].encode()).decode()
    sign = f"annotator:{first['id']}:{base}"
    paper.heading(first["code"], level=3)
    paper.form([*fields, [Field(sign, "Annotator Space", 4, colour=_FAINT)]], [1.5, 2.9, 1.2, 2.7])


def _field(key: str, value: str, beside: int, lang: str) -> tuple[Field, Field]:
    """Return a label and what is to be filled in; one that stands alone takes the whole line."""
    style = "Annotator Cell Quote" if key == "claim" else "Annotator Cell"
    ground = _FILL if key in FILLED else ""
    span = 3 if beside == 1 else 1
    return Field(column_title(key, lang), colour=QUIET), Field(value, style, span, ground)


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
    rows = [(n, row) for n, found in enumerate(tables, start=1) for row in _rows(found)]
    if not any(row.get("id") for _, row in rows):
        raise ValueError("tables")
    return gather(rows)


def _rows(form: Any) -> Iterator[dict[str, str]]:
    """Yield the rows of a table: each form's first with all its fields, then other evidence.

    A form ends with the line that says whose it is: where the words between two forms were taken
    out, they have become one table.
    """
    known = titles()
    first: dict[str, str] = {}
    evidence: list[dict[str, str]] = []
    for cells in map(_cells, form.rows):
        sign = _KEY.match(cells[-1].replace("\n", "")) if cells else None
        if sign is None:
            _take(cells, known, first, evidence)
            continue
        told = {"id": sign["id"], "base": _unpacked(sign["base"])}
        yield first | told | (evidence[0] if evidence else {})
        yield from ({"id": sign["id"], **more} for more in evidence[1:])
        first, evidence = {}, []


def _take(
    cells: list[str], known: dict[str, str], first: dict[str, str], evidence: list[dict[str, str]]
) -> None:
    """Note what a row says: labels and values in turn; a link begins a piece of evidence."""
    for label, value in zip(cells[::2], cells[1::2], strict=False):
        key = known.get(label.casefold(), "")
        if key in EVIDENCE:
            if key == EVIDENCE[0] or not evidence:
                evidence.append({})
            evidence[-1][key] = value
        elif key:
            first[key] = value


def _cells(row: Any) -> list[str]:
    """Return the texts of a row, a cell that was made of several once."""
    cells = {id(cell._tc): cell for cell in row.cells}  # noqa: SLF001 - the only mark of sameness
    return [as_text("\n".join(p.text for p in cell.paragraphs)) for cell in cells.values()]


def _unpacked(words: str) -> str:
    try:
        return base64.b64decode(words).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""

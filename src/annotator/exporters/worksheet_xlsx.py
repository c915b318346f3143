"""The worksheet as an Excel file: lists to choose from, ids out of sight."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.archive import unpack
from annotator.exporters.book import HAIR, Book
from annotator.exporters.report import Facts, Table, build_report
from annotator.exporters.worksheet import (
    FILLED,
    HIDDEN,
    LISTED,
    TOLD,
    as_text,
    as_worksheet,
    choices,
    column_title,
    gather,
    lines,
    titles,
)
from annotator.exporters.xlsx import facts, table
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Report
    from annotator.exporters.worksheet import Filled, Line, SheetProblem

_WIDTHS = {
    "code": 6,
    "article": 24,
    "paragraph": 5,
    "claim": 52,
    "kind": 16,
    "state": 20,
    "sources": 22,
    "status": 20,
    "verdict": 16,
    "link": 30,
    "note": 26,
    "correction": 30,
    "new_note": 26,
}
_COLUMNS = (*TOLD, *FILLED, *HIDDEN)
_FILL = "#fdf6e3"
#: Rows that the lists of choices reach beyond the last claim: for rows that somebody adds.
_SPARE = 200


def write(dossier: Dossier, stream: BinaryIO) -> int:
    """Write the sheet and return how many claims are in it."""
    lang = dossier.lang
    report = build_report(as_worksheet(dossier))
    book = Book(report.foot)
    sheet = book.sheet(report.kicker)
    for x, key in enumerate(_COLUMNS):
        hidden = {"hidden": True} if key in HIDDEN else {}
        book.widen(sheet, x, _WIDTHS.get(key, 12), **hidden)
        how: dict[str, Any] = {"bg_color": _FILL} if key in FILLED else {}
        how |= {"text_wrap": False} if key in HIDDEN else {}
        title = column_title(key, lang)
        book.text(sheet, 0, x, title, bold=True, bottom=1, valign="bottom", **how)
    sheet.freeze_panes(1, 4)
    sheet.repeat_rows(0)
    claims = y = 0
    for y, line in enumerate(lines(dossier), start=1):
        claims += line.is_first
        _line(book, sheet, y, line)
    sheet.autofilter(0, 0, max(y, 1), len(_COLUMNS) - 1)
    # On paper only what is to be read and filled in.
    sheet.print_area(0, 0, max(y, 1), len(_COLUMNS) - len(HIDDEN) - 1)
    _offer(book, sheet, y + _SPARE, lang)
    _method(book, report)
    stream.write(book.close(report.headline, lang))
    return claims


def _line(book: Book, sheet: Any, y: int, line: Line) -> None:
    for x, key in enumerate(_COLUMNS):
        words = line.values.get(key, "")
        how: dict[str, Any] = {"bottom": 4, "bottom_color": HAIR}
        if key in FILLED:
            how["bg_color"] = _FILL
        elif key == "claim":
            how["font_name"] = "Cambria"
        if key in HIDDEN:
            # What nobody sees makes no row higher.
            how["text_wrap"] = False
        if key == "paragraph" and words.isdecimal():
            book.number(sheet, y, x, int(words), align="left", **how)
        else:
            book.text(sheet, y, x, words, **how)


def _method(book: Book, report: Report) -> None:
    """Say on sheets of their own what texts these are and how to fill the sheet in."""
    for block in report.blocks:
        if isinstance(block, Table) and block.id == "texts":
            table(book, block, report.lang)
        elif isinstance(block, Facts):
            how = tr("report.sheet.how", lang=report.lang)
            facts(book, replace(block, sentences=(how, *block.sentences)))


def _offer(book: Book, sheet: Any, last: int, lang: str) -> None:
    """Let people choose from a list: the words stand on a sheet out of sight."""
    shelf = book.sheet(tr("report.sheet.lists", lang=lang))
    shelf.hide()
    for column, key in enumerate(LISTED):
        words = choices(key, lang)
        for y, word in enumerate(words):
            book.text(shelf, y, column, word)
        letter = "ABCDEFGH"[column]
        name = str(shelf.get_name()).replace("'", "''")
        x = _COLUMNS.index(key)
        source = f"='{name}'!${letter}$1:${letter}${len(words)}"
        sheet.data_validation(1, x, last, x, {"validate": "list", "source": source})


def read(data: bytes) -> tuple[list[Filled], list[SheetProblem]]:
    """Read a filled sheet.

    Raises:
        ValueError: if it is no workbook, or has no sheet with our columns.
    """
    unpack(data)
    openpyxl: Any = import_module("openpyxl")
    with warnings.catch_warnings():
        # Extensions of other programs are none of our business.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        except Exception as error:
            raise ValueError("xlsx") from error
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            keys = _keys(next(rows, ()))
            if "id" in keys and "base" in keys:
                return gather(
                    (number, {k: as_text(v) for k, v in zip(keys, row, strict=False) if k})
                    for number, row in enumerate(rows, start=2)
                )
    raise ValueError("columns")


def _keys(headings: Any) -> list[str]:
    known = titles()
    return [known.get(as_text(heading).casefold(), "") for heading in headings]

"""The worksheet as an Excel file: lists to choose from, ids out of sight."""

from __future__ import annotations

import io
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.archive import unpack
from annotator.exporters.worksheet import (
    FILLED,
    HIDDEN,
    LISTED,
    TOLD,
    as_text,
    choices,
    column_title,
    gather,
    lines,
    titles,
)
from annotator.exporters.xlsx import Book
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.worksheet import Filled, SheetProblem

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
    book = Book()
    sheet = book.sheet(tr("report.kind.worksheet", lang=lang))
    for x, key in enumerate(_COLUMNS):
        hidden = {"hidden": True} if key in HIDDEN else {}
        sheet.set_column(x, x, _WIDTHS.get(key, 12), None, hidden)
        how: dict[str, Any] = {"bg_color": _FILL} if key in FILLED else {}
        book.text(sheet, 0, x, column_title(key, lang), bold=True, bottom=1, **how)
    sheet.freeze_panes(1, 4)
    sheet.repeat_rows(0)
    claims = y = 0
    for y, line in enumerate(lines(dossier), start=1):
        claims += line.is_first
        for x, key in enumerate(_COLUMNS):
            words = line.values.get(key, "")
            how = {"bottom": 4, "bottom_color": "#dedbd5"}
            if key in FILLED:
                how["bg_color"] = _FILL
            book.text(sheet, y, x, words, **how)
    sheet.autofilter(0, 0, max(y, 1), len(_COLUMNS) - 1)
    _offer(book, sheet, y + _SPARE, lang)
    title = tr("report.kind.worksheet", lang=lang)
    stream.write(book.close(title, lang))
    return claims


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

"""The report as an Excel workbook: a sheet a table, figures as numbers, nothing that computes."""

from __future__ import annotations

import io
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.csv_marks import FORMULA
from annotator.exporters.ooxml import scrubbed
from annotator.exporters.report import (
    Answers,
    Bars,
    Facts,
    Listing,
    MarkedText,
    Stacks,
    Table,
    build_report,
    printable,
)
from annotator.exporters.words import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Block, Cell, Report, Run

_NUMBER = re.compile(r"\d{1,15}")
_NAME_REFUSED = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
#: What Excel takes in one cell.
LONGEST_CELL = 32_767
_WIDTH_PER_WEIGHT = 13.0


class Book:
    """Write sheets; every text goes in as a text, whatever it looks like."""

    def __init__(self) -> None:
        self._stream = io.BytesIO()
        writer: Any = import_module("xlsxwriter")
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = writer.Workbook(self._stream, {**options, "strings_to_numbers": False})
        self.workbook.set_size(1600, 1200)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def style(self, **properties: Any) -> Any:
        """Return a cell format, the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
            self._formats[key] = self.workbook.add_format({**base, **properties})
        return self._formats[key]

    def sheet(self, title: str) -> Any:
        """Add a sheet; its name is made to fit Excel's rules and to be new."""
        name = _NAME_REFUSED.sub(" ", title).strip("' ")[:_LONGEST_NAME] or "–"
        number = 1
        while name.casefold() in self._names:
            number += 1
            tail = f" {number}"
            name = f"{name[: _LONGEST_NAME - len(tail)]}{tail}"
        self._names.add(name.casefold())
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def text(self, sheet: Any, row: int, column: int, words: str, **properties: Any) -> None:
        """Write a text; one that looks like a formula is marked as text for good."""
        if FORMULA.match(words):
            properties["quote_prefix"] = True
        shown = printable(words)[:LONGEST_CELL]
        sheet.write_string(row, column, shown, self.style(**properties))

    def close(self, title: str, lang: str) -> bytes:
        """Finish and return the bytes."""
        self.workbook.close()
        return scrubbed(self._stream.getvalue(), title=title, lang=lang)


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier."""
    report = build_report(dossier)
    book = Book()
    _summary(book, report)
    for block in report.blocks:
        writer = _WRITERS.get(type(block))
        if writer is not None:
            writer(book, block)
    stream.write(book.close(report.headline, report.lang))


def _summary(book: Book, report: Report) -> None:
    """Write the first sheet: what this is about, and the figures at the top."""
    sheet = book.sheet(report.kicker)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 70)
    book.text(sheet, 0, 0, report.headline, bold=True, font_size=16, text_wrap=False)
    book.text(sheet, 1, 0, joined(report.byline), font_color="#5b5a56", text_wrap=False)
    book.text(sheet, 2, 0, report.standfirst, text_wrap=False)
    row = 4
    for block in report.blocks:
        if isinstance(block, Answers):
            for item in block.items:
                book.text(sheet, row, 0, item.words)
                _value(book, sheet, row, 1, item.figure)
                codes = " ".join(ref.code for ref in item.refs)
                book.text(sheet, row, 2, joined((codes, item.detail)))
                row += 1
        elif isinstance(block, Stacks):
            row = _shares(book, sheet, row + 1, block)
    book.text(sheet, row + 1, 0, report.foot, font_color="#5b5a56", text_wrap=False)


def _shares(book: Book, sheet: Any, row: int, block: Stacks) -> int:
    book.text(sheet, row, 0, block.title, bold=True)
    for line in block.rows:
        words = dict(block.legend)
        for part in line.parts:
            if part.tone in words:
                row += 1
                book.text(sheet, row, 0, f"{line.label}: {words[part.tone]}")
                sheet.write_number(row, 1, part.value, book.style())
                book.text(sheet, row, 2, part.words)
    return row + 1


def _value(book: Book, sheet: Any, row: int, column: int, words: str, **how: Any) -> None:
    if _NUMBER.fullmatch(words):
        sheet.write_number(row, column, int(words), book.style(**how))
    else:
        book.text(sheet, row, column, words, **how)


def _table(book: Book, block: Table) -> None:
    if not block.rows:
        return
    sheet = book.sheet(block.title)
    for x, column in enumerate(block.columns):
        sheet.set_column(x, x, max(7.0, column.weight * _WIDTH_PER_WEIGHT))
        right = {"align": "right"} if column.kind == "number" else {}
        book.text(sheet, 0, x, column.title, bold=True, bottom=1, font_color="#5b5a56", **right)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for y, row in enumerate(block.rows, start=1):
        for x, (cell, column) in enumerate(zip(row.cells, block.columns, strict=True)):
            how: dict[str, Any] = {"bottom": 4, "bottom_color": "#dedbd5"}
            if x == 0 and row.depth:
                how["indent"] = row.depth
            if column.kind == "number":
                _value(book, sheet, y, x, cell.text, **how)
            else:
                book.text(sheet, y, x, _words(cell), **how)
    sheet.autofilter(0, 0, len(block.rows), len(block.columns) - 1)


def _words(cell: Cell) -> str:
    return joined((cell.text, " ".join(ref.code for ref in cell.refs), cell.detail), "\n")


def _bars(book: Book, block: Bars) -> None:
    if not block.rows:
        return
    sheet = book.sheet(block.title)
    sheet.set_column(0, 0, 60)
    book.text(sheet, 0, 0, block.intro, font_color="#5b5a56")
    for y, row in enumerate(block.rows, start=1):
        book.text(sheet, y, 0, row.label)
        sheet.write_number(y, 1, row.value, book.style())
    sheet.conditional_format(1, 1, len(block.rows), 1, {"type": "data_bar", "bar_color": "#0b6bb5"})


def _listing(book: Book, block: Listing) -> None:
    if not block.items:
        return
    sheet = book.sheet(block.title)
    for x, width in enumerate((6, 60, 60, 30)):
        sheet.set_column(x, x, width)
    for y, item in enumerate(block.items):
        sheet.write_number(y, 0, y + 1, book.style())
        codes = " ".join(ref.code for ref in item.refs)
        cells: Iterable[str] = (item.words, item.quote, joined((codes, item.detail)))
        for x, words in enumerate(cells, start=1):
            book.text(sheet, y, x, words)


def _marked(book: Book, block: MarkedText) -> None:
    sheet = book.sheet(block.title)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 50)
    for y, paragraph in enumerate(block.paragraphs):
        shown = "".join(_plain(run) for run in paragraph.runs)
        if paragraph.number:
            sheet.write_number(y, 0, paragraph.number, book.style(font_color="#86837d"))
        how: dict[str, Any] = {"bold": True} if paragraph.kind == "heading" else {}
        if paragraph.kind == "furniture":
            how = {"font_color": "#86837d"}
        book.text(sheet, y, 1, shown, **how)
        notes = (
            joined((" ".join(r.code for r in m.refs), m.words, m.detail)) for m in paragraph.margins
        )
        book.text(sheet, y, 2, joined(notes, "\n"), font_color="#5b5a56")


def _plain(run: Run) -> str:
    """Return a run's words with the codes behind them; what went and came in brackets."""
    words = run.text
    for mark in run.marks:
        if mark.style in _SIGNS:
            words = f"[{_SIGNS[mark.style]}{words}]"
    return words + "".join(f" [{ref.code}]" for ref in run.refs)


_SIGNS = {"removed": "−", "added": "+"}


def _facts(book: Book, block: Facts) -> None:
    sheet = book.sheet(block.title)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    y = 0
    for label, value in block.pairs:
        book.text(sheet, y, 0, label, font_color="#5b5a56")
        book.text(sheet, y, 1, value)
        y += 1
    for sentence in block.sentences:
        y += 1
        book.text(sheet, y, 1, sentence)


_WRITERS: dict[type[Block], Callable[[Book, Any], None]] = {
    Table: _table,
    Bars: _bars,
    Listing: _listing,
    MarkedText: _marked,
    Facts: _facts,
}

EXPORTER = Format(
    "xlsx",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Scope.ARTICLE,
    write,
    losses=("report",),
)

"""The report as an Excel workbook: a sheet a table, figures as numbers, nothing that computes."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator import resources
from annotator.exporters.base import Format, Scope
from annotator.exporters.book import FAINT, HAIR, QUIET, Book
from annotator.exporters.flat import ENTRY, codes, entries, split, titles, words
from annotator.exporters.report import (
    Answers,
    Bars,
    Beside,
    Facts,
    Heading,
    Listing,
    MarkedText,
    Stacks,
    Table,
    build_report,
)
from annotator.exporters.words import capital, joined
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Block, Cell, Column, Report, Run

_NUMBER = re.compile(r"\d{1,15}")
#: Letters on a line of a printed page that lies on its side, and the narrowest column.
_PAGE = 150.0
_NARROWEST = 7.0
_SERIF = "Cambria"


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier; the worksheet as one that can be read back."""
    if dossier.kind == "worksheet":
        import_module("annotator.exporters.worksheet_xlsx").write(dossier, stream)
        return
    report = build_report(dossier)
    book = Book(report.foot)
    _summary(book, report)
    for part in _parts(report.blocks):
        if isinstance(part, tuple):
            _lists(book, part, report)
        else:
            _block(book, part, report.lang)
    stream.write(book.close(report.headline, report.lang))


def _parts(blocks: Iterable[Block]) -> Iterator[Block | tuple[Block, ...]]:
    """Yield the blocks, lists that follow one another as one: they share a sheet."""
    run: list[Block] = []
    for block in blocks:
        if isinstance(block, Listing | Beside | Heading):
            run.append(block)
            continue
        if run:
            yield tuple(run)
        run = []
        yield block
    if run:
        yield tuple(run)


def _block(book: Book, block: Block, lang: str) -> None:
    if isinstance(block, Table):
        table(book, block, lang)
    elif isinstance(block, Stacks):
        _stacks(book, block)
    elif isinstance(block, Bars):
        _bars(book, block)
    elif isinstance(block, MarkedText):
        _marked(book, block)
    elif isinstance(block, Facts):
        facts(book, block)


@cache
def _colours() -> dict[str, str]:
    """Return the colour of each tone, from the light theme."""
    theme = json.loads(resources.read_text("themes", "light.json"))
    found = {style: look["colour"] for style, look in theme["marks"].items()}
    fixed = {"source.office": "#d8a469", "quiet": "#cfcbc4"}
    return {**found, "warn": found["source.unnamed"], "good": found["claim"], **fixed}


def _toned(tone: str) -> dict[str, Any]:
    """Return how a cell of a tone is written."""
    if tone == "quiet" or tone not in _colours():
        return {"font_color": QUIET} if tone == "quiet" else {}
    return {"bold": True, "font_color": _colours()[tone]}


# -- the first sheet --------------------------------------------------------------------------


def _summary(book: Book, report: Report) -> None:
    """Write what this is about, and the figures at the top."""
    sheet = book.sheet(report.kicker, (20, 44, 86))
    loose = {"text_wrap": False}
    book.text(sheet, 0, 0, report.kicker.upper(), bold=True, font_size=9, **loose)
    book.text(sheet, 1, 0, report.headline, bold=True, font_size=20, font_name=_SERIF, **loose)
    book.text(sheet, 2, 0, joined(report.byline), font_color=QUIET, **loose)
    book.text(sheet, 3, 0, report.standfirst, font_size=12, font_name=_SERIF, **loose)
    row = 5
    for block in report.blocks:
        for item in block.items if isinstance(block, Answers) else ():
            how = {"top": 4, "top_color": HAIR, "valign": "vcenter"}
            big = {"font_size": 18, "font_name": _SERIF, "bold": True, "align": "left"}
            figure = {**how, **big, **_toned(item.tone)}
            _value(book, sheet, (row, 0), item.figure, None, figure)
            book.text(sheet, row, 1, joined((item.words, codes(item.refs))), **how)
            book.text(sheet, row, 2, item.detail, font_color=QUIET, **how)
            row += 1
    book.text(sheet, row + 1, 0, report.foot, font_color=QUIET, font_size=8, **loose)


def _value(
    book: Book,
    sheet: Any,
    place: tuple[int, int],
    words: str,
    value: float | None,
    how: dict[str, Any],
) -> None:
    """Write a number as a number; "41 %" as the share that it is rounded from."""
    plain = re.sub(r"(?<=\d)[\u202f\u00a0,](?=\d{3})", "", words)
    if value is not None:
        percent = {"num_format": "0%"} if words.endswith("%") else {}
        book.number(sheet, *place, value, **how, **percent)
    elif _NUMBER.fullmatch(plain):
        book.number(sheet, *place, int(plain), **how)
    else:
        book.text(sheet, *place, words, **how)


# -- tables -----------------------------------------------------------------------------------


def table(book: Book, block: Table, lang: str) -> None:
    """Write a table; what stands in a second line of a cell gets a column of its own."""
    if not block.rows:
        return
    shown = split(block)
    widths = _widths(block.columns, shown)
    sheet = book.sheet(block.title, widths)
    book.head(
        sheet,
        titles(block, shown, lang),
        ["text" if d else block.columns[x].kind for x, d in shown],
    )
    for y, row in enumerate(block.rows, start=1):
        for place, (x, is_detail) in enumerate(shown):
            how: dict[str, Any] = {"bottom": 4, "bottom_color": HAIR}
            if x == 0 and row.depth:
                how["indent"] = row.depth
            cell = row.cells[x]
            if is_detail:
                book.text(
                    sheet, y, place, cell.detail if cell.text else "", font_color=QUIET, **how
                )
            else:
                _cell(book, sheet, (y, place), cell, block.columns[x].kind, how)
    sheet.autofilter(0, 0, len(block.rows), len(shown) - 1)


def _widths(columns: Sequence[Column], shown: Sequence[tuple[int, bool]]) -> list[float]:
    """Return the widths of the columns in letters, the whole as wide as a page."""
    whole = sum(column.weight for column in columns)
    return [max(_NARROWEST, _PAGE * columns[x].weight / whole * 0.8) for x, _ in shown]


def _cell(
    book: Book, sheet: Any, place: tuple[int, int], cell: Cell, kind: str, how: dict[str, Any]
) -> None:
    how = {**how, **_toned(cell.tone)}
    if kind == "number":
        _value(book, sheet, place, cell.text, cell.value, {**how, "align": "right"})
        return
    if kind == "quote":
        how["font_name"] = _SERIF
    book.text(sheet, *place, words(cell, "\n"), **how)


# -- bars -------------------------------------------------------------------------------------


def _stacks(book: Book, block: Stacks) -> None:
    """Write the shares as numbers, and a chart of them."""
    sheet = book.sheet(block.title, (30, *[14.0] * (2 * len(block.legend))))
    heads = [words for _, words in block.legend]
    book.head(sheet, ["", *heads, *(f"{words} (%)" for words in heads)])
    count = len(heads)
    for y, row in enumerate(block.rows, start=1):
        book.text(sheet, y, 0, row.label)
        parts = {part.tone: part.value for part in row.parts}
        whole = sum(parts.values()) or 1
        for x, (tone, _) in enumerate(block.legend, start=1):
            book.number(sheet, y, x, parts.get(tone, 0))
            book.number(sheet, y, x + count, parts.get(tone, 0) / whole, num_format="0%")
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    name, last = sheet.get_name(), len(block.rows)
    for x, (tone, _) in enumerate(block.legend, start=1):
        chart.add_series(
            {
                "name": [name, 0, x],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, x, last, x],
                "fill": {"color": _colours().get(tone, FAINT)},
                "gap": 40,
            }
        )
    font = {"name": "Calibri", "size": 10, "color": QUIET}
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"none": True}})
    chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "top", "font": font})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 900, "height": 90 + 56 * last})
    sheet.insert_chart(last + 2, 0, chart, {"description": block.title})


def _bars(book: Book, block: Bars) -> None:
    if not block.rows:
        return
    sheet = book.sheet(block.title, (70, 60))
    book.text(sheet, 0, 0, block.intro, font_color=QUIET, bottom=1)
    book.text(sheet, 0, 1, "", bottom=1)
    for y, row in enumerate(block.rows, start=1):
        book.text(sheet, y, 0, row.label)
        book.number(sheet, y, 1, row.value, align="left")
    colour = _colours().get(block.rows[0].tone, "#0b6bb5")
    how = {"type": "data_bar", "bar_color": colour, "min_type": "num", "min_value": 0}
    sheet.conditional_format(1, 1, len(block.rows), 1, how)


# -- lists and texts --------------------------------------------------------------------------


def _lists(book: Book, blocks: tuple[Block, ...], report: Report) -> None:
    """Write lists that belong together on one sheet, with columns that say which is which."""
    lang = report.lang
    rows = list(entries(blocks))
    if not rows:
        return
    is_quotes = report.kind == "quotes"
    several = {row[1] for row in rows}
    title = next(iter(several)) if len(several) == 1 else tr("report.remarks", lang=lang)
    keys: list[str] = list(ENTRY)
    if is_quotes:
        title = tr("report.quotes", lang=lang)
        keys[keys.index("part")] = "speaker"
    widths = (34, 30, 6, 56, 60, 14, 44)
    filled = [any(row[x] for row in rows) for x in range(len(keys))]
    filled[1] = len(several) > 1 or is_quotes
    used = [x for x in range(len(keys)) if filled[x]]
    sheet = book.sheet(title, [widths[x] for x in used])
    book.head(sheet, [capital(tr(f"report.column.{keys[x]}", lang=lang)) for x in used])
    for y, row in enumerate(rows, start=1):
        for place, x in enumerate(used):
            how: dict[str, Any] = {"bottom": 4, "bottom_color": HAIR}
            if keys[x] == "quote":
                how["font_name"] = _SERIF
            elif keys[x] == "detail":
                how["font_color"] = QUIET
            if keys[x] == "code":
                book.number(sheet, y, place, int(row[x] or y), **how, align="left")
            else:
                book.text(sheet, y, place, row[x], **how)
    sheet.autofilter(0, 0, len(rows), len(used) - 1)


def _marked(book: Book, block: MarkedText) -> None:
    sheet = book.sheet(block.title, (5, 95, 50))
    for y, paragraph in enumerate(block.paragraphs):
        shown = "".join(_plain(run) for run in paragraph.runs)
        if paragraph.number:
            book.number(sheet, y, 0, paragraph.number, font_color=FAINT)
        how: dict[str, Any] = {"font_name": _SERIF, "font_size": 11}
        if paragraph.kind == "heading":
            how["bold"] = True
        elif paragraph.kind == "furniture":
            how = {"font_color": FAINT}
        book.text(sheet, y, 1, shown, **how)
        notes = (joined((codes(m.refs), m.words, m.detail)) for m in paragraph.margins)
        book.text(sheet, y, 2, joined(notes, "\n"), font_color=QUIET)


def _plain(run: Run) -> str:
    """Return a run's words with the codes behind them; what went and came in brackets."""
    words = run.text
    for mark in run.marks:
        if mark.style in _SIGNS:
            words = f"[{_SIGNS[mark.style]}{words}]"
    return words + "".join(f" [{ref.code}]" for ref in run.refs)


_SIGNS = {"removed": "−", "added": "+"}


def facts(book: Book, block: Facts) -> None:
    """Write pairs one under the other, and the sentences under them."""
    sheet = book.sheet(block.title, (30, 110))
    y = 0
    for label, value in block.pairs:
        book.text(sheet, y, 0, label, font_color=QUIET)
        book.text(sheet, y, 1, value)
        y += 1
    for sentence in block.sentences:
        y += 1
        book.text(sheet, y, 1, sentence, font_color=QUIET)


EXPORTER = Format(
    "xlsx",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Scope.ARTICLE,
    write,
    losses=("report",),
)

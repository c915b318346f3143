"""An Excel workbook written with few words: sheets ready to print, texts that stay texts.

Nothing in it computes or leads anywhere. Rows get a height for their longest cell, as a hint only:
Excel keeps rows as high as their words while somebody fills them in.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from importlib import import_module
from math import ceil
from typing import TYPE_CHECKING, Any

from annotator.exporters.csv_marks import FORMULA
from annotator.exporters.ooxml import scrubbed
from annotator.exporters.report import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME_REFUSED = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
#: What Excel takes in one cell.
LONGEST_CELL = 32_767
#: Height of a line in points, by the size of its type, and the tallest row that Excel has.
_LINE = 1.32
_TALLEST = 400.0
_SIZE = 10
QUIET = "#5b5a56"
FAINT = "#86837d"
HAIR = "#dedbd5"


class Book:
    """Hold a workbook in the making.

    Args:
        foot: what stands under every printed page.
    """

    def __init__(self, foot: str = "") -> None:
        self._stream = io.BytesIO()
        writer: Any = import_module("xlsxwriter")
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = writer.Workbook(self._stream, {**options, "strings_to_numbers": False})
        self.workbook.set_size(1600, 1200)
        self._foot = printable(foot).replace("&", "&&")[:200]
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()
        self._widths: dict[str, dict[int, float]] = defaultdict(dict)
        self._heights: dict[str, dict[int, float]] = defaultdict(dict)
        self._sheets: list[Any] = []

    def style(self, **properties: Any) -> Any:
        """Return a cell format, the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Calibri", "font_size": _SIZE, "valign": "top", "text_wrap": True}
            self._formats[key] = self.workbook.add_format({**base, **properties})
        return self._formats[key]

    def sheet(self, title: str, widths: Sequence[float] = ()) -> Any:
        """Add a sheet; its name is made to fit Excel's rules and to be new."""
        name = _NAME_REFUSED.sub(" ", printable(title)).strip("' ")[:_LONGEST_NAME] or "–"
        number = 1
        while name.casefold() in self._names:
            number += 1
            tail = f" {number}"
            name = f"{name[: _LONGEST_NAME - len(tail)]}{tail}"
        self._names.add(name.casefold())
        sheet = self.workbook.add_worksheet(name)
        self._sheets.append(sheet)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.65)
        sheet.set_footer(f'&L&"Calibri"&8{self._foot}&R&"Calibri"&8&P / &N')
        for x, width in enumerate(widths):
            self.widen(sheet, x, width)
        return sheet

    def widen(self, sheet: Any, column: int, width: float, **how: Any) -> None:
        """Set a column's width in letters."""
        sheet.set_column(column, column, width, None, how)
        self._widths[sheet.get_name()][column] = width

    def text(self, sheet: Any, row: int, column: int, words: str, **properties: Any) -> None:
        """Write a text; one that looks like a formula is marked as text for good."""
        self._measure(sheet, row, column, words, properties)
        if FORMULA.match(words):
            properties["quote_prefix"] = True
        shown = printable(words)[:LONGEST_CELL]
        sheet.write_string(row, column, shown, self.style(**properties))

    def number(self, sheet: Any, row: int, column: int, value: float, **properties: Any) -> None:
        """Write a number."""
        sheet.write_number(row, column, value, self.style(**properties))

    def _measure(
        self, sheet: Any, row: int, column: int, words: str, properties: dict[str, Any]
    ) -> None:
        """Note how high a row must be for a text, about."""
        size = properties.get("font_size", _SIZE)
        wide = self._widths[sheet.get_name()].get(column, 8.43) * _SIZE / size
        if properties.get("bold"):
            wide *= 0.93
        lines = words.split("\n")
        count = len(lines)
        if properties.get("text_wrap", True):
            count = sum(max(1, ceil(len(line) * 0.95 / max(wide - 1, 1))) for line in lines)
        heights = self._heights[sheet.get_name()]
        heights[row] = max(heights.get(row, 0.0), min(_TALLEST, count * size * _LINE + 3))

    def head(self, sheet: Any, titles: Sequence[str], kinds: Sequence[str] = ()) -> None:
        """Write a table's first row: it stays in sight, and stands on every printed page."""
        for x, title in enumerate(titles):
            right = {"align": "right"} if kinds and kinds[x] == "number" else {}
            self.text(
                sheet, 0, x, title, bold=True, bottom=1, font_color=QUIET, valign="bottom", **right
            )
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def close(self, title: str, lang: str) -> bytes:
        """Finish and return the bytes."""
        for sheet in self._sheets:
            for row, height in self._heights[sheet.get_name()].items():
                sheet.set_row(row, height)
        self.workbook.close()
        return scrubbed(self._stream.getvalue(), title=title, lang=lang)

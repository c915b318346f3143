"""The article as it is set: rows, columns and fonts joined, and places asked for by position.

Positions are code points of the article's text, places are px of the viewport. Only rows that
come into view are laid out; the others have an estimated height until the program idles.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from annotator.gui.article import rows as r
from annotator.gui.article import spacing
from annotator.gui.article.columns import Columns, columns
from annotator.gui.article.flow import Flow
from annotator.gui.article.header import FoldBlock, Header, HeaderBlock, headline_row
from annotator.gui.article.heights import Heights
from annotator.gui.article.styles import Type, Typography
from annotator.gui.article.text_row import Setting, TextRow, has_right_to_left, is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QColor

    Colouring = Callable[[int, int], list[tuple[int, int, QColor]]]

#: Laid-out rows kept; when there are more, those far from the window go.
_KEPT = 320
#: Rows this near the window are kept when the program idles.
_NEAR = 60
_SHOWN_AT = 0.3
_FIRST_ROWS = 8


class Sheet:
    """Set one article in a window of some size.

    Args:
        typography: how to set it.
        dpi: logical dots an inch of the widget.
    """

    def __init__(self, typography: Typography, dpi: float) -> None:
        self._dpi = dpi
        self.text = ""
        self.header = Header()
        self.rows = r.build_rows("")
        self.type = Type(typography, dpi)
        self.width = 800.0
        self.columns: Columns = columns(self.width, self.type.measure)
        self._texts: dict[int, TextRow] = {}
        self._blocks: dict[int, HeaderBlock | FoldBlock] = {}
        self._exact = bytearray()
        self._fill_from = 0
        self._held: tuple[tuple[int, float], tuple[int, float]] | None = None
        self.flow = Flow(Heights([0.0]), self._measure)
        self._estimate()

    # -- what is shown ---------------------------------------------------------------------

    def set_text(self, text: str, outline: r.Outline, header: Header) -> None:
        """Show another text, from its top."""
        self.text = text
        self.header = header
        self.rows = r.build_rows(text, outline)
        self._held = None
        window = self.flow.window
        self.flow = Flow(Heights([0.0]), self._measure)
        self.flow.window = window
        self._estimate()

    def set_outline(self, outline: r.Outline) -> None:
        """Show the same text folded in another way; the words in view stay where they are."""
        place = self.top_place()
        self.rows = r.build_rows(self.text, outline)
        self._estimate()
        self.restore(place)

    def set_typography(self, typography: Typography) -> None:
        """Set the text in another way; the first line in view stays the first."""
        place = self.top_place()
        self.type = Type(typography, self._dpi)
        self.columns = columns(self.width, self.type.measure)
        self._estimate()
        self.restore(place)

    def resize(self, width: float, height: float) -> None:
        """Fit the text to a window; the first line in view stays the first."""
        new = columns(width, self.type.measure)
        place = self.top_place() if new.width != self.columns.width else None
        rewrap = new.width != self.columns.width
        self.width = width
        self.flow.window = height
        self.columns = new
        if rewrap:
            self._estimate()
            self.restore(place)
        else:
            self.flow.scroll_by(0.0)

    def _estimate(self) -> None:
        """Give every row an estimated height and forget all layouts."""
        heights = spacing.estimated(self.rows, self.type, self.columns.width)
        self._texts.clear()
        self._blocks.clear()
        self._exact = bytearray(len(self.rows))
        self._fill_from = 0
        self.flow.heights = Heights(heights)
        if self.flow.row >= len(self.rows):
            self.flow.row, self.flow.offset = 0, 0.0

    # -- rows ------------------------------------------------------------------------------

    def text_row(self, row: int) -> TextRow | None:
        """Return a row laid out, or nothing for one that shows no text of its own."""
        known = self._texts.get(row)
        if known is None and self.rows.kinds[row] not in r.TEXTLESS:
            if len(self._texts) >= _KEPT:
                self._forget_far()
            known = self._lay_out(row)
            self._texts[row] = known
        return known

    def forget_marks(self) -> None:
        """Place all marks anew when they are next seen."""
        for text in self._texts.values():
            text.marks = None

    def laid_out(self) -> Iterator[tuple[int, TextRow]]:
        """Give the rows that are laid out now."""
        return iter(self._texts.items())

    def block(self, row: int) -> HeaderBlock | FoldBlock:
        """Return the header or the folded furniture that a textless row shows."""
        known = self._blocks.get(row)
        if known is None:
            width = self.columns.width
            if self.rows.kinds[row] == r.HEADER:
                # Furniture copied behind the headline may stand between the two.
                in_text = r.HEADLINE in self.rows.kinds[max(0, row - 3) : row]
                known = HeaderBlock(self.header, self.type, width, with_headline=not in_text)
            else:
                words = self.text[self.rows.starts[row] : self.rows.ends[row]]
                opened = self.rows.kinds[row] == r.OPEN
                known = FoldBlock(words, self.type, width, opened=opened)
            self._blocks[row] = known
        return known

    def _lay_out(self, row: int) -> TextRow:
        rows, kind = self.rows, self.type
        start, end = rows.starts[row], rows.ends[row]
        words = self.text[start:end]
        if rows.kinds[row] == r.HEADLINE:
            return headline_row(words, start, kind, self.columns.width)
        font = kind.heading if rows.kinds[row] == r.HEADING else kind.body
        rtl = self._is_rtl(row, words)
        return TextRow(words, start, Setting(font, self.columns.width, kind.pitch, rtl=rtl))

    def _is_rtl(self, row: int, words: str) -> bool:
        if self.rows.firsts[row]:
            return has_right_to_left(words) and is_right_to_left(words)
        first = self.rows.first_of(row)
        return is_right_to_left(self.text[self.rows.starts[first] : self.rows.ends[first]])

    def _forget_far(self) -> None:
        near = range(self.flow.row - _NEAR, self.flow.row + _NEAR)
        self._texts = {row: text for row, text in self._texts.items() if row in near}

    # -- heights ---------------------------------------------------------------------------

    def before(self, row: int) -> float:
        """Return the space above the words of a row, px."""
        return spacing.before(self.rows, row, self.type)

    def _measure(self, row: int) -> float:
        if self._exact[row]:
            return self.flow.heights[row]
        self._exact[row] = 1
        return self._height(row, self.text_row(row))

    def _height(self, row: int, text: TextRow | None) -> float:
        if text is None:
            height = self.block(row).height
        elif self.rows.kinds[row] in (r.EMPTY, r.BLANK):
            height = spacing.blank(self.rows, row, self.type)
        else:
            height = text.height
        return self.before(row) + height + spacing.after(self.rows, row, self.type)

    @property
    def is_filled(self) -> bool:
        """Say whether every height is exact."""
        return self._fill_from >= len(self._exact)

    def fill(self, budget_s: float) -> bool:
        """Measure rows for about ``budget_s`` seconds; return whether some are left.

        What is in the window does not move: the position hangs on the row at its top.
        """
        until = time.perf_counter() + budget_s
        near = range(max(0, self.flow.row - _NEAR // 4), self.flow.row + _NEAR)
        for row in near:
            if row < len(self._exact) and not self._exact[row]:
                self.flow.measured(row)
                if time.perf_counter() > until:
                    return True
        while not self.is_filled:
            row = self._exact.find(b"\0", self._fill_from)
            if row < 0:
                self._fill_from = len(self._exact)
                break
            self._fill_from = row + 1
            self._exact[row] = 1
            textless = self.rows.kinds[row] in r.TEXTLESS
            text = None if textless else self._lay_out(row)
            self.flow.heights.set(row, self._height(row, text))
            if time.perf_counter() > until:
                return True
        return False

    # -- places ----------------------------------------------------------------------------

    def visible(self) -> list[tuple[int, float]]:
        """Return ``(row, y)`` of the rows in the window, top down."""
        return self.flow.visible()

    def row_at(self, y: float) -> tuple[int, float]:
        """Return the row at a height of the window, clamped to the text, and its top."""
        flow = self.flow
        row, top = flow.row, -flow.offset
        while y < top and row > 0:
            row -= 1
            top -= flow.measured(row)
        while row + 1 < len(self.rows) and y >= top + flow.measured(row):
            top += flow.measured(row)
            row += 1
        return row, top

    def position_at(self, x: float, y: float) -> int:
        """Return the caret position nearest to a point of the window."""
        row, top = self.row_at(y)
        text = self.text_row(row)
        if text is None:
            return self.rows.starts[row]
        line = text.line_at(y - top - self.before(row))
        return text.position_in(line, x - self.columns.text)

    def character_at(self, x: float, y: float) -> int | None:
        """Return the position of the character under a point, if there is one."""
        row, top = self.row_at(y)
        text = self.text_row(row)
        inside = y - top - self.before(row)
        if text is None or not 0 <= inside < text.height:
            return None
        return text.character_at(text.line_at(inside), x - self.columns.text)

    def caret_rect(self, position: int) -> QRectF:
        """Return where the caret stands before a position."""
        row = self.rows.row_of(position)
        y = self.flow.y_of(row) + self.before(row)
        text = self.text_row(row)
        if text is None:
            return QRectF(self.columns.text, y, 1.0, self.block(row).height)
        line, x = text.caret(position)
        if self.rows.kinds[row] in (r.EMPTY, r.BLANK):
            return QRectF(self.columns.text + x, y, 1.0, spacing.blank(self.rows, row, self.type))
        top, bottom = self.extent(row, text, line)
        return QRectF(self.columns.text + x, y + top, 1.0, bottom - top)

    def extent(self, row: int, text: TextRow, line: int) -> tuple[float, float]:
        """Return top and bottom of the words of a line, relative to the row's words."""
        baseline = text.lines[line].baseline
        scale = 1.7 if self.rows.kinds[row] == r.HEADLINE else 1.0
        em = self.type.em * scale
        return baseline - round(em * 0.90), baseline + round(em * 0.29)

    def span_rects(self, start: int, end: int) -> list[QRectF]:
        """Return where the words of ``[start, end)`` stand, as far as they are in the window."""
        out: list[QRectF] = []
        for row, top in self.visible():
            if self.rows.starts[row] >= end or self.rows.ends[row] < start:
                continue
            text = self.text_row(row)
            y = top + self.before(row)
            if text is None:
                if self.rows.kinds[row] == r.FOLD:
                    out.append(QRectF(self.columns.text, y, self.columns.width, 22.0))
                continue
            for line, left, right in text.stretches(max(start, text.start), min(end, text.end)):
                upper, lower = self.extent(row, text, line)
                x = self.columns.text + left
                out.append(QRectF(x, y + upper, right - left, lower - upper))
        return out

    def line_step(self, position: int, goal: float, step: int) -> int | None:
        """Return the position one line down (1) or up (-1) at the x ``goal`` of the column."""
        row = self.rows.row_of(position)
        text = self.text_row(row)
        line = text.caret(position)[0] + step if text else -1
        if text is not None and 0 <= line < len(text.lines):
            return text.position_in(line, goal)
        row += step
        while 0 <= row < len(self.rows):
            text = self.text_row(row)
            if text is not None:
                return text.position_in(0 if step > 0 else len(text.lines) - 1, goal)
            row += step
        return None

    def line_range(self, position: int) -> tuple[int, int]:
        """Return the first and last caret position of the line that shows a position."""
        row = self.rows.row_of(position)
        text = self.text_row(row)
        if text is None:
            return position, position
        return text.line_range(text.caret(position)[0])

    # -- scrolling -------------------------------------------------------------------------

    def _is_near_top(self, row: int, rect: QRectF) -> bool:
        """Say whether a caret is seen from the very top, with what stands above the article."""
        return row < _FIRST_ROWS and rect.bottom() + self.flow.value < self.flow.window / 2

    def top_place(self) -> tuple[int, float] | None:
        """Return the first whole line in view, as position and y; nothing at the very top."""
        if self.flow.row == 0 and self.flow.offset <= 0:
            return None
        if self._held is not None and self._held[0] == (self.flow.row, self.flow.offset):
            # Nobody has scrolled since: many small steps of a resize must not add up to a drift.
            return self._held[1]
        for row, top in self.visible():
            text = self.text_row(row)
            y = top + self.before(row)
            for line in text.lines if text else ():
                if y + line.top >= 0:
                    return text.to_code_point(line.start_utf16) if text else 0, y + line.top
        return self.rows.starts[self.flow.row], -self.flow.offset

    def restore(self, place: tuple[int, float] | None) -> None:
        """Bring the line of ``top_place`` back to where it was."""
        if place is None:
            self.flow.show(0, 0.0)
            return
        position, y = place
        row = self.rows.row_of(position)
        text = self.text_row(row)
        inside = text.lines[text.caret(position)[0]].top if text else 0.0
        self.flow.hold(row, y - self.before(row) - inside)
        self._held = ((self.flow.row, self.flow.offset), place)

    def bring(self, position: int, *, centre: bool = False) -> None:
        """Scroll as little as it takes to see the caret (``centre``: to a third of the window)."""
        row = self.rows.row_of(position)
        self.flow.measured(row)
        rect = self.caret_rect(position)
        margin = self.type.pitch
        if centre and not 0 <= rect.top() <= self.flow.window - 2 * margin:
            into = rect.top() - self.flow.y_of(row)
            self.flow.show(row, into - self.flow.window * _SHOWN_AT)
        elif rect.top() < margin * 0.3 and self._is_near_top(row, rect):
            self.flow.show(0, 0.0)
        elif rect.top() < margin * 0.3:
            self.flow.show(row, rect.top() - self.flow.y_of(row) - margin * 0.3)
        elif rect.bottom() > self.flow.window - margin:
            into = rect.bottom() - self.flow.y_of(row)
            self.flow.show(row, into - self.flow.window + margin)

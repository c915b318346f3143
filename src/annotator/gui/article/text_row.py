"""One row of text laid out by Qt. UTF-16 lives here and nowhere else.

Shaping, BiDi and line breaking are Qt's. Baselines stand on a grid of our own, so that a line
with an emoji is no taller than its neighbours. Text is given to Qt and never asked back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.text.offsets import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QGlyphRun, QPainter

    from annotator.gui.article.mark_rows import RowMarks

#: Right-to-left letters and the controls that turn the direction: only such rows need care.
_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LONG_ENOUGH = 1_000
_NO_GLYPHS = QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
_CHARACTERS = QTextLayout.CursorMode.SkipCharacters


def is_right_to_left(text: str) -> bool:
    """Say whether a paragraph runs from right to left: its first strong character does."""
    for letter in text[:_LONG_ENOUGH]:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def has_right_to_left(text: str) -> bool:
    """Say whether anything in a text runs from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def _option(*, rtl: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    if rtl:
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option


@dataclass(slots=True)
class Line:
    """Hold a line: its UTF-16 stretch, top and baseline, and between which x its words stand."""

    start_utf16: int
    end_utf16: int
    top: float
    baseline: float
    height: float
    left: float
    right: float
    line: QTextLine


@dataclass(frozen=True, slots=True)
class Setting:
    """Say how a row is set: font, column width, distance of baselines, direction.

    A line taller than ``tallest`` (it holds glyphs of another font) gets more room than the
    pitch; up to it lines may be set tighter than the font would like, as headlines are.
    """

    font: QFont
    width: float
    pitch: float
    rtl: bool = False
    tallest: float = 0.0


class TextRow:
    """Lay out the text of one row and convert between positions and places.

    Args:
        text: the row's words.
        start: where they start in the article (code points).
        setting: how to set them.
    """

    __slots__ = (
        "_coloured",
        "_layout",
        "_mixed_colours",
        "_offsets",
        "end",
        "height",
        "lines",
        "marks",
        "mixed",
        "rtl",
        "start",
    )

    def __init__(self, text: str, start: int, setting: Setting) -> None:
        self.start = start
        self.end = start + len(text)
        self.rtl = setting.rtl
        self.mixed = setting.rtl or has_right_to_left(text)
        self.marks: RowMarks | None = None
        self._offsets = OffsetMap(text)
        self._layout = QTextLayout(text, setting.font)
        # Without it Qt shapes every visible line again in every frame.
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(_option(rtl=setting.rtl))
        self._coloured: dict[int, list[tuple[QGlyphRun, QColor | None]]] = {}
        self._mixed_colours: list[QTextLayout.FormatRange] = []
        self.lines: list[Line] = []
        self.height = self._lay_out(setting)

    def _lay_out(self, setting: Setting) -> float:
        layout, width, pitch = self._layout, setting.width, setting.pitch
        top = 0.0
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            height = line.height()
            room = pitch if height <= max(pitch, setting.tallest) else float(round(height + 1))
            baseline = float(round(top + (room - height) / 2 + line.ascent()))
            line.setPosition(QPointF(0.0, baseline - line.ascent()))
            begin = line.textStart()
            end = begin + line.textLength()
            # Text that runs from right to left has its spare room at the left.
            left = line.x() + (width - line.naturalTextWidth() if setting.rtl else 0.0)
            right = line.x() + (width if setting.rtl else line.naturalTextWidth())
            self.lines.append(Line(begin, end, top, baseline, room, left, right, line))
            top += room
        layout.endLayout()
        return top

    # -- positions -------------------------------------------------------------------------

    def to_utf16(self, position: int) -> int:
        """Return the row's UTF-16 position of an article position (clamped to the row)."""
        return self._offsets.to_utf16(min(max(position, self.start), self.end) - self.start)

    def to_code_point(self, position_utf16: int) -> int:
        """Return the article position of a UTF-16 position of this row."""
        return self.start + self._offsets.to_code_point(position_utf16, snap=True)

    def line_of(self, at_utf16: int) -> int:
        """Return the line that shows a position (at a wrap: the later line)."""
        for index, line in enumerate(self.lines):
            if at_utf16 < line.end_utf16:
                return index
        return len(self.lines) - 1

    def caret(self, position: int) -> tuple[int, float]:
        """Return the line of the caret before a position, and its x."""
        at = self.to_utf16(position)
        index = self.line_of(at)
        return index, _x_of(self.lines[index].line, at)

    def position_in(self, index: int, x: float) -> int:
        """Return the caret position nearest to ``x`` in a line."""
        line = self.lines[index]
        at = self._nearest(line, x)
        if at >= line.end_utf16 and index + 1 < len(self.lines):
            # The end of a wrapped line is the start of the next: stay on the line clicked.
            at = self._layout.previousCursorPosition(line.end_utf16, _CHARACTERS)
        if not self._layout.isValidCursorPosition(at):
            at = self._layout.previousCursorPosition(at, _CHARACTERS)
        return self.to_code_point(at)

    def _nearest(self, line: Line, x: float) -> int:
        """Return the caret position whose place is nearest.

        Qt's ``xToCursor`` is not always its ``cursorToX`` read backwards, in mixed text above all.
        """
        best, at = line.start_utf16, line.start_utf16
        distance = abs(_x_of(line.line, at) - x)
        while (at := self._layout.nextCursorPosition(at, _CHARACTERS)) > best:
            if at > line.end_utf16:
                break
            further = abs(_x_of(line.line, at) - x)
            if further < distance:
                best, distance = at, further
            if at == line.end_utf16:
                break
        return best

    def character_at(self, index: int, x: float) -> int | None:
        """Return the position of the character under ``x`` in a line, if there is one."""
        line = self.lines[index]
        if not line.left <= x <= line.right:
            return None
        at = line.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        position = self.to_code_point(min(at, max(line.start_utf16, line.end_utf16 - 1)))
        return position if position < self.end else None

    def line_at(self, y: float) -> int:
        """Return the line at a height in the row, clamped."""
        for index, line in enumerate(self.lines):
            if y < line.top + line.height:
                return index
        return len(self.lines) - 1

    def step(self, position: int, step: int, *, words: bool = False) -> int | None:
        """Return the next (1) or previous (-1) caret position in the row, if there is one."""
        at = self.to_utf16(position)
        mode = QTextLayout.CursorMode.SkipWords if words else _CHARACTERS
        layout = self._layout
        to = (
            layout.nextCursorPosition(at, mode)
            if step > 0
            else layout.previousCursorPosition(at, mode)
        )
        return None if to == at else self.to_code_point(to)

    def line_range(self, index: int) -> tuple[int, int]:
        """Return the first and the last caret position of a line."""
        line = self.lines[index]
        last = line.end_utf16
        if index + 1 < len(self.lines):
            last = max(line.start_utf16, self._layout.previousCursorPosition(last, _CHARACTERS))
        return self.to_code_point(line.start_utf16), self.to_code_point(last)

    # -- places ----------------------------------------------------------------------------

    def stretches(self, start: int, end: int) -> list[tuple[int, float, float]]:
        """Return where the words between two article positions stand, as ``(line, left, right)``.

        In text of one direction there is one stretch a line; in mixed text a line can have more.
        """
        low, high = self.to_utf16(start), self.to_utf16(end)
        out: list[tuple[int, float, float]] = []
        for index in range(self.line_of(low), len(self.lines)):
            line = self.lines[index]
            if line.start_utf16 >= high:
                break
            first, last = max(low, line.start_utf16), min(high, line.end_utf16)
            if first < last:
                if self.mixed:
                    out += [(index, a, b) for a, b in _runs(line, first, last)]
                else:
                    left, right = _edges(line, first, last)
                    out.append((index, left, right))
        return out

    def set_colours(self, stretches: Sequence[tuple[int, int, QColor]]) -> None:
        """Give words a colour of their own: ``(start, end, colour)`` in article positions.

        The text is shaped as one and only drawn in pieces, so that no letter moves for a colour.
        """
        self._coloured.clear()
        self._mixed_colours = []
        inside = [
            (self.to_utf16(start), self.to_utf16(end), colour)
            for start, end, colour in sorted(stretches, key=lambda s: s[:2])
            if start < self.end and self.start < end
        ]
        if self.mixed:
            # Glyph runs of a part of a right-to-left run can miss joiners: let Qt clip instead.
            self._mixed_colours = [_format(*stretch) for stretch in inside]
            return
        for index, line in enumerate(self.lines) if inside else ():
            pieces = _colour_pieces(line, inside)
            if pieces:
                self._coloured[index] = pieces

    def draw(self, painter: QPainter, x: float, y: float, clip: QRectF) -> None:
        """Draw the words with the painter's pen, those with a colour of their own in that."""
        place = QPointF(x, y)
        if not self._coloured:
            self._layout.draw(painter, place, self._mixed_colours, clip)
            return
        pen = painter.pen()
        for index, line in enumerate(self.lines):
            top = y + line.top
            if clip.isValid() and not (top < clip.bottom() and clip.top() < top + line.height):
                continue
            pieces = self._coloured.get(index)
            if pieces is None:
                line.line.draw(painter, place)
                continue
            for run, colour in pieces:
                painter.setPen(colour or pen)
                painter.drawGlyphRun(place, run)
            painter.setPen(pen)


def _colour_pieces(
    line: Line, stretches: list[tuple[int, int, QColor]]
) -> list[tuple[QGlyphRun, QColor | None]]:
    """Cut a line into glyph runs by colour (nothing: no colour stands on it)."""
    out: list[tuple[QGlyphRun, QColor | None]] = []
    at = line.start_utf16
    for start, end, colour in stretches:
        first, last = max(at, start), min(end, line.end_utf16)
        if first >= last:
            continue
        if at < first:
            out += [(run, None) for run in line.line.glyphRuns(at, first - at)]
        out += [(run, colour) for run in line.line.glyphRuns(first, last - first)]
        at = last
    if out and at < line.end_utf16:
        out += [(run, None) for run in line.line.glyphRuns(at, line.end_utf16 - at)]
    return out


def _x_of(line: QTextLine, at_utf16: int) -> float:
    # The second value is the position that the stub leaves out of the type.
    return cast("tuple[float, int]", line.cursorToX(at_utf16))[0]


def _edges(line: Line, first: int, last: int) -> tuple[float, float]:
    """Return left and right of a stretch of a line of one direction, trailing space cut off."""
    left = _x_of(line.line, first)
    if last >= line.end_utf16:
        return min(left, line.right), line.right
    return left, min(_x_of(line.line, last), line.right)


def _runs(line: Line, first: int, last: int) -> list[tuple[float, float]]:
    """Return the visual pieces of a stretch of mixed direction, joined where they touch."""
    boxes = sorted(
        (max(line.left, run.boundingRect().left()), min(line.right, run.boundingRect().right()))
        for run in line.line.glyphRuns(first, last - first, _NO_GLYPHS)
    )
    out: list[tuple[float, float]] = []
    for left, right in boxes:
        if right < left:
            continue
        if out and left <= out[-1][1] + 0.5:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _format(start_utf16: int, end_utf16: int, colour: QColor) -> QTextLayout.FormatRange:
    words = QTextCharFormat()
    words.setForeground(colour)
    stretch = QTextLayout.FormatRange()
    stretch.start = start_utf16
    stretch.length = end_utf16 - start_utf16
    stretch.format = words
    return stretch

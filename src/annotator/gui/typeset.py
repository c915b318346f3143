"""Lay short stretches of plain text in item views: some lines, an ellipsis, hits in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

#: The store puts these around the words that a search found.
HIT_STARTS, HIT_ENDS = "\x02", "\x03"


def without_hits(text: str) -> str:
    """Return a snippet without the signs around its hits."""
    return text.replace(HIT_STARTS, "").replace(HIT_ENDS, "")


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def hit_ranges(text: str) -> list[tuple[int, int]]:
    """Return start and length of the hits, in UTF-16 units of the text without the signs."""
    ranges: list[tuple[int, int]] = []
    at = 0
    for number, piece in enumerate(text.replace(HIT_ENDS, HIT_STARTS).split(HIT_STARTS)):
        size = _utf16(piece)
        if number % 2 and size:
            ranges.append((at, size))
        at += size
    return ranges


class Block:
    """Hold up to ``max_lines`` lines of text laid in a width; paints itself."""

    def __init__(self, text: str, font: QFont, width_px: float, max_lines: int) -> None:
        # A copy: an item view's option and its font are gone after the paint.
        self._font = QFont(font)
        self._width = width_px
        plain = without_hits(text)
        self._layout = QTextLayout(plain, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        formats: list[QTextLayout.FormatRange] = []
        for start, length in hit_ranges(text):
            piece = QTextLayout.FormatRange()
            piece.start, piece.length, piece.format = start, length, bold
            formats.append(piece)
        self._layout.setFormats(formats)
        self._rest = ""
        self._lines = self._break(plain, max_lines)
        self.leading_px = QFontMetricsF(font).height()

    def _break(self, plain: str, max_lines: int) -> int:
        """Break into lines and return how many are shown; the last one may have to be elided."""
        count = 0
        self._layout.beginLayout()
        while count < max_lines:
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self._width)
            count += 1
        if count == max_lines and self._layout.createLine().isValid():
            start = self._layout.lineAt(count - 1).textStart()
            self._rest = plain.encode("utf-16-le")[2 * start :].decode("utf-16-le", "replace")
        self._layout.endLayout()
        return count

    @property
    def line_count(self) -> int:
        """Return how many lines are shown."""
        return self._lines

    def height(self, leading_px: float) -> float:
        """Return the height of the block with a given line height."""
        return self._lines * leading_px

    def draw(self, painter: QPainter, at: QPointF, leading_px: float) -> None:
        """Paint the lines with the painter's pen, the first one's top at ``at``."""
        metrics = QFontMetricsF(self._font)
        inset = (leading_px - metrics.height()) / 2
        for number in range(self._lines):
            line = self._layout.lineAt(number)
            top = at.y() + number * leading_px + inset
            if number == self._lines - 1 and self._rest:
                words = metrics.elidedText(self._rest, Qt.TextElideMode.ElideRight, self._width)
                painter.setFont(self._font)
                painter.drawText(QPointF(at.x(), top + metrics.ascent()), words)
            else:
                line.draw(painter, QPointF(at.x(), top - line.y()))

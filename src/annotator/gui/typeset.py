"""Lay short stretches of plain text in item views: some lines, an ellipsis, hits in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

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


def _formats(ranges: list[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
    heavy = QTextCharFormat()
    heavy.setFontWeight(QFont.Weight.Bold)
    formats: list[QTextLayout.FormatRange] = []
    for start, length in ranges:
        piece = QTextLayout.FormatRange()
        piece.start, piece.length, piece.format = start, length, heavy
        formats.append(piece)
    return formats


def _layout(text: str, font: QFont, ranges: list[tuple[int, int]]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.setFormats(_formats(ranges))
    return layout


class Block:
    """Hold up to ``max_lines`` lines of text laid in a width; paints itself."""

    def __init__(self, text: str, font: QFont, width_px: float, max_lines: int) -> None:
        # A copy: an item view's option and its font are gone after the paint.
        font = QFont(font)
        metrics = QFontMetricsF(font)
        self._line_height = metrics.height()
        plain, ranges = without_hits(text), hit_ranges(text)
        self._keep: list[QTextLayout] = [_layout(plain, font, ranges)]
        self._lines: list[QTextLine] = []
        layout = self._keep[0]
        layout.beginLayout()
        while len(self._lines) <= max_lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width_px)
            self._lines.append(line)
        layout.endLayout()
        if len(self._lines) > max_lines:
            del self._lines[max_lines:]
            start = self._lines.pop().textStart()
            rest = plain.encode("utf-16-le")[2 * start :].decode("utf-16-le", "replace")
            words = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px)
            self._lines.append(self._last(words, font, start, ranges))

    def _last(
        self, words: str, font: QFont, start: int, ranges: list[tuple[int, int]]
    ) -> QTextLine:
        """Lay the elided line on its own; hits in it stay heavy."""
        size = _utf16(words)
        inside = [(a - start, n) for a, n in ranges if start <= a and a - start + n < size]
        layout = _layout(words, font, inside)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        self._keep.append(layout)
        return line

    @property
    def line_count(self) -> int:
        """Return how many lines are shown."""
        return len(self._lines)

    def height(self, leading_px: float) -> float:
        """Return the height of the block with a given line height."""
        return len(self._lines) * leading_px

    def draw(self, painter: QPainter, at: QPointF, leading_px: float) -> None:
        """Paint the lines with the painter's pen, the first one's top at ``at``."""
        inset = (leading_px - self._line_height) / 2
        for number, line in enumerate(self._lines):
            top = at.y() + number * leading_px + inset
            line.draw(painter, QPointF(at.x(), top - line.y()))

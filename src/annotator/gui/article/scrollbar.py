"""The scroll bar with the marks and hits of the whole article beside it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.gui.article.styles import with_alpha

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QEvent

    from annotator.gui.article.find import Hits
    from annotator.gui.article.mark_layer import MarkLayer
    from annotator.gui.article.sheet import Sheet
    from annotator.gui.article.styles import ViewColours

_WIDTH = 14
_TICK = 2.0
#: Where on the bar a kind is shown: what is said on the left, who said it on the right.
_LANES = {"quote": 0, "claim": 0, "source": 1, "source.unnamed": 1, "source.named": 1}
_LANE_X = (2.0, 7.0)
_LANE_WIDTH = 4.0
_AT_ONCE = 4_000
_LEAST_THUMB = 32
#: No arrows; Qt finds the thumb under the pointer by this sheet, and ``thumb`` by the same rules.
_SHEET = """
QScrollBar:vertical { width: 14px; background: transparent; border: none; margin: 0; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; border: none; }
"""

Tick = tuple[int, int]


class MarkedScrollBar(QScrollBar):
    """Be a vertical scroll bar over ticks."""

    def __init__(self, colours: ViewColours, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setStyleSheet(_SHEET)
        self._colours = colours
        self._ticks: dict[Tick, QColor] = {}
        self._hits: set[int] = set()
        self._hovered = False

    def set_colours(self, colours: ViewColours) -> None:
        """Use other colours."""
        self._colours = colours
        self.update()

    def set_ticks(self, ticks: dict[Tick, QColor], hits: set[int]) -> None:
        """Show ticks, by ``(lane, y)``, and hits, by y (px of the bar)."""
        self._ticks, self._hits = ticks, hits
        self.update()

    def thumb(self) -> QRectF:
        """Return where the thumb is: as tall as the share of the text that is seen."""
        length, steps = self.height(), self.maximum() - self.minimum()
        tall = max(_LEAST_THUMB, length * self.pageStep() // (steps + self.pageStep()))
        tall = min(tall, length)
        top = (length - tall) * (self.sliderPosition() - self.minimum()) / max(1, steps)
        return QRectF(0, round(top), self.width(), tall)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the thumb more clearly under the pointer."""
        self._hovered = True
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Let the thumb step back."""
        self._hovered = False
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ticks and thumb."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._colours.paper)
        painter.fillRect(QRectF(0, 0, 1, self.height()), self._colours.line)
        for (lane, y), colour in self._ticks.items():
            painter.fillRect(QRectF(_LANE_X[lane], y, _LANE_WIDTH, _TICK), colour)
        for y in self._hits:
            painter.fillRect(QRectF(1, y, _WIDTH - 1, _TICK), self._colours.hit_current)
        if self.maximum() > self.minimum():
            strength = 0.34 if self._hovered or self.isSliderDown() else 0.2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(with_alpha(self._colours.ink2, strength))
            box = self.thumb().adjusted(2, 1, -1, -1)
            painter.drawRoundedRect(box, 5, 5)
        painter.end()


def overview(
    sheet: Sheet, layer: MarkLayer, hits: Hits, height: int
) -> Iterator[tuple[dict[Tick, QColor], set[int]] | None]:
    """Compute the ticks of an article for a bar of ``height`` px, a slice at a time.

    Yields ``None`` after each slice and the ticks at the end.
    """
    rows = sheet.rows
    heights = sheet.flow.heights
    tops = list(accumulate((heights[row] for row in range(len(rows))), initial=0.0))
    scale = height / max(tops[-1], sheet.flow.window, 1.0)
    index = layer.kept
    ticks: dict[Tick, QColor] = {}
    for low in range(0, len(index), _AT_ONCE):
        for i in range(low, min(low + _AT_ONCE, len(index))):
            key = layer.styles.key(index.mark_ids[i], index.kinds[i])
            lane = _LANES.get(key)
            if lane is not None:
                y = _tick_y(rows.starts, rows.ends, tops, index.starts[i])
                ticks.setdefault((lane, int(y * scale)), layer.styles.style(key).colour)
        yield None
    found: set[int] = set()
    for low in range(0, len(hits), _AT_ONCE):
        for start in hits.starts[low : low + _AT_ONCE]:
            found.add(int(_tick_y(rows.starts, rows.ends, tops, start) * scale))
        yield None
    yield ticks, found


def _tick_y(starts: list[int], ends: list[int], tops: list[float], position: int) -> float:
    """Return how far down the article a position stands: by lines within its row."""
    row = max(0, bisect_right(starts, position) - 1)
    share = (position - starts[row]) / max(1, ends[row] - starts[row])
    return tops[row] + min(1.0, share) * (tops[row + 1] - tops[row])

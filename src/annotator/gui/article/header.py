"""What stands above and between the words: kicker, headline and details; folded furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainterPath, QPen

from annotator.gui.article.text_row import Setting, TextRow, is_right_to_left
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from annotator.gui.article.styles import Type, ViewColours

_LONGEST = 400
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Header:
    """Hold what is said about the article above it; empty parts take no room."""

    kicker: str = ""
    headline: str = ""
    details: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kicker or self.headline or self.details)


class HeaderBlock:
    """Lay out the header for a column.

    Args:
        header: the words.
        kind: the fonts.
        width: of the column, px.
        with_headline: whether the headline is drawn (not where the text itself begins with it).
    """

    def __init__(self, header: Header, kind: Type, width: float, *, with_headline: bool) -> None:
        self._kind = kind
        self._width = width
        y = 0.0
        self._kicker = header.kicker
        if header.kicker:
            y += round(kind.pitch * 0.86)
        self._headline_y = y
        self._headline: TextRow | None = None
        if with_headline and header.headline:
            self._headline = headline_row(header.headline, 0, kind, width)
            y += self._headline.height + round(6 * kind.zoom)
        self._details: list[tuple[float, float, float, str]] = []
        y = self._flow_details(header.details, y)
        self.height = y + (round(kind.gap * 1.1) if y else 0.0)

    def _flow_details(self, details: tuple[str, ...], y: float) -> float:
        """Set the details one after the other, on as many lines as they need."""
        if not details:
            return y
        metrics = QFontMetricsF(self._kind.small)
        step, gap = round(metrics.height() * 1.32), 14.0 * self._kind.zoom
        x = 0.0
        for detail in details:
            words = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, self._width)
            width = metrics.horizontalAdvance(words)
            if x and x + width > self._width:
                x, y = 0.0, y + step
            self._details.append((x, y + metrics.ascent() + 2, width, words))
            x += width + gap
        return y + step

    def draw(self, painter: QPainter, x: float, y: float, colours: ViewColours) -> None:
        """Draw the header with its top left corner at ``x``, ``y``."""
        if self._kicker:
            metrics = QFontMetricsF(self._kind.small_strong)
            painter.setFont(self._kind.small_strong)
            painter.setPen(colours.accent)
            words = metrics.elidedText(self._kicker, Qt.TextElideMode.ElideRight, self._width)
            painter.drawText(QPointF(x, y + round(metrics.ascent())), words)
        if self._headline is not None:
            painter.setPen(colours.ink)
            self._headline.draw(painter, x, y + self._headline_y, QRectF())
        painter.setFont(self._kind.small)
        for left, baseline, width, words in self._details:
            painter.setPen(colours.ink2)
            painter.drawText(QPointF(x + left, y + round(baseline)), words)
            painter.setPen(QPen(colours.line, 1.0))
            under = y + round(baseline) + 3.5
            painter.drawLine(QPointF(x + left, under), QPointF(x + left + width, under))


def headline_row(words: str, start: int, kind: Type, width: float) -> TextRow:
    """Lay a headline out."""
    pitch = float(round(kind.typography.size * kind.zoom * 1.66 * 1.2))
    tallest = QFontMetricsF(kind.headline).height() + 1
    rtl = is_right_to_left(words)
    return TextRow(words, start, Setting(kind.headline, width, pitch, rtl=rtl, tallest=tallest))


class FoldBlock:
    """Lay out the one line that stands for a run of page furniture.

    Args:
        words: the furniture's text.
        kind: the fonts.
        width: of the column, px.
        opened: whether the furniture is shown below it.
    """

    def __init__(self, words: str, kind: Type, width: float, *, opened: bool) -> None:
        self._kind = kind
        self.opened = opened
        self.height = float(round(22 * kind.zoom))
        metrics = QFontMetricsF(kind.small)
        tiny = QFontMetricsF(kind.tiny)
        self._chip_words = tr("article.furniture.restore")
        chip_width = tiny.horizontalAdvance(self._chip_words) + 16 * kind.zoom
        self._arrow_width = round(14 * kind.zoom)
        room = max(0.0, width - self._arrow_width - chip_width - 8 * kind.zoom)
        lines = (line.strip() for line in words[:_LONGEST].splitlines())
        one_line = _SEPARATOR.join(line for line in lines if line)
        shown = tr("article.furniture.shown") if opened else one_line
        self._words = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
        end = self._arrow_width + metrics.horizontalAdvance(self._words)
        chip_height = float(round(tiny.height() + 3))
        top = round((self.height - chip_height) / 2)
        left = round(min(end + 8 * kind.zoom, max(0.0, width - chip_width)))
        self.chip = QRectF(left + 0.5, top + 0.5, round(chip_width), chip_height)

    def draw(
        self, painter: QPainter, x: float, y: float, colours: ViewColours, *, hovered: bool
    ) -> None:
        """Draw the line; ``hovered`` says that the pointer is on the chip."""
        kind = self._kind
        metrics = QFontMetricsF(kind.small)
        baseline = y + round((self.height + metrics.ascent() - metrics.descent()) / 2)
        painter.setFont(kind.small)
        painter.setPen(colours.masked)
        painter.drawText(QPointF(x + self._arrow_width, baseline), self._words)
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=True)
        painter.setBrush(colours.masked)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(_triangle(x, y + self.height / 2, kind.zoom, down=self.opened))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.accent if hovered else colours.line, 1.0))
        radius = self.chip.height() / 2
        chip = self.chip.translated(x, y)
        painter.drawRoundedRect(chip, radius, radius)
        painter.setFont(kind.tiny)
        painter.setPen(colours.accent if hovered else colours.ink2)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._chip_words)
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)


def _triangle(x: float, middle: float, zoom: float, *, down: bool) -> QPainterPath:
    half = 3.5 * zoom
    path = QPainterPath()
    if down:
        path.moveTo(x, middle - half * 0.6)
        path.lineTo(x + 2 * half, middle - half * 0.6)
        path.lineTo(x + half, middle + half * 0.7)
    else:
        path.moveTo(x + half * 0.5, middle - half)
        path.lineTo(x + half * 1.8, middle)
        path.lineTo(x + half * 0.5, middle + half)
    path.closeSubpath()
    return path

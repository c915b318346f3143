"""Marks under the words: washes that blend, lines that stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.gui.article.styles import with_alpha

if TYPE_CHECKING:
    from annotator.gui.article.mark_rows import Piece, RowMarks
    from annotator.gui.article.styles import Type
    from annotator.gui.article.text_row import Line, TextRow

_DIMMED_WASH = 0.45
_DIMMED_LINE = 0.5
_LIFTED_WASH = 1.9
_WASH_OF_THE_WASHLESS = 0.13
#: Dash and gap in widths of the line.
_PATTERNS = {"dashed": (3.0, 1.5), "dotted": (1.0, 1.0)}
_FINE_PATTERNS = {"dashed": (4.0, 3.0), "dotted": (1.5, 1.5)}


@dataclass(slots=True)
class Emphasis:
    """Say which marks are lifted; with something selected the others step back a little."""

    selected: set[str] = field(default_factory=set[str])
    linked: set[str] = field(default_factory=set[str])
    hovered: set[str] = field(default_factory=set[str])
    lifted: set[str] = field(default_factory=set[str])
    drop_target: str = ""

    def clear(self) -> None:
        """Lift nothing."""
        self.selected, self.linked = set(), set()
        self.hovered, self.lifted = set(), set()
        self.drop_target = ""

    def level(self, mark_id: str) -> int:
        """Return 2 for selected, 1 for lifted, -1 for stepped back, 0 for as it is."""
        if mark_id in self.selected or mark_id == self.drop_target:
            return 2
        if mark_id in self.linked or mark_id in self.hovered or mark_id in self.lifted:
            return 1
        return -1 if self.selected or self.linked else 0


def line_room(kind: Type) -> tuple[float, float]:
    """Return where lines begin below the baseline and how much room there is for them, px.

    The room ends where the letters of the next line begin: lines never touch them.
    """
    first = float(round(kind.em * 0.29))
    return first, max(2.0, kind.pitch - first - round(kind.em * 0.86))


class MarkPainter:
    """Draw the washes and lines of a row's marks.

    Args:
        kind: the fonts in use.
        dpr: device pixels a px.
    """

    def __init__(self, kind: Type, dpr: float) -> None:
        self._kind = kind
        self._dpr = dpr
        self._tiles: dict[tuple[str, int, float], QPixmap] = {}

    def washes(
        self,
        painter: QPainter,
        place: tuple[float, float],
        text: TextRow,
        marks: RowMarks,
        emphasis: Emphasis,
    ) -> None:
        """Lay the washes under the words; where marks overlap they blend."""
        x, y = place
        above, below = round(self._kind.em * 0.90), round(self._kind.em * 0.29)
        lines = text.lines
        for piece in marks.pieces:
            colour = wash(piece, emphasis.level(piece.mark_id))
            if colour is None:
                continue
            for line, left, right in piece.stretches:
                baseline = y + lines[line].baseline
                box = QRectF(x + left, baseline - above, right - left, above + below)
                painter.fillRect(box, colour)

    def lines(
        self,
        painter: QPainter,
        place: tuple[float, float],
        text: TextRow,
        marks: RowMarks,
        emphasis: Emphasis,
    ) -> None:
        """Draw the lines under the words, each in its slot."""
        if not marks.slots:
            return
        zoom = self._kind.zoom
        first, room = line_room(self._kind)
        step = min(3.0 * zoom, room / marks.slots)
        for piece in marks.pieces:
            style = piece.style
            if style.line == "none":
                continue
            level = emphasis.level(piece.mark_id)
            colour = with_alpha(style.colour, _DIMMED_LINE) if level < 0 else style.colour
            thick = style.width * zoom * (1.5 if level > 0 else 1.0)
            thick = self._snapped(min(thick, max(step - 0.6, step * 0.7)))
            for line, left, right in piece.stretches:
                top = (
                    place[1] + text.lines[line].baseline + self._snapped(first + piece.slot * step)
                )
                box = QRectF(place[0] + left, top, right - left, thick)
                self._line(painter, box, style.line, colour)

    def _snapped(self, px: float) -> float:
        """Return a length that is whole in device pixels, at least one."""
        return max(1.0, round(px * self._dpr)) / self._dpr

    def _line(self, painter: QPainter, box: QRectF, line: str, colour: QColor) -> None:
        if line in _PATTERNS:
            tile = self._tile(line, colour, box.height())
            painter.drawTiledPixmap(box, tile, QPointF(0.0, 0.0))
        else:
            painter.fillRect(box, colour)

    def _tile(self, line: str, colour: QColor, thick: float) -> QPixmap:
        """Return one dash or dot with the gap after it, drawn in device pixels."""
        key = (line, colour.rgba(), thick)
        known = self._tiles.get(key)
        if known is None:
            patterns = _FINE_PATTERNS if thick < 1.6 * self._kind.zoom else _PATTERNS
            dash, gap = patterns[line]
            high = max(1, round(thick * self._dpr))
            on, off = max(1, round(dash * high)), max(1, round(gap * high))
            known = QPixmap(on + off, high)
            known.fill(Qt.GlobalColor.transparent)
            painter = QPainter(known)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, line == "dotted" and high > 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            if line == "dotted" and high > 2:
                painter.drawEllipse(QRectF(0, 0, on, high))
            else:
                painter.drawRect(QRectF(0, 0, on, high))
            painter.end()
            known.setDevicePixelRatio(self._dpr)
            self._tiles[key] = known
        return known


def wash(piece: Piece, level: int) -> QColor | None:
    """Return the wash of a piece at a level of emphasis, or nothing."""
    style = piece.style
    if level > 0:
        strength = style.wash * _LIFTED_WASH or _WASH_OF_THE_WASHLESS
        return with_alpha(style.colour, strength * (1.15 if level == 2 else 1.0))
    if not style.wash:
        return None
    return with_alpha(style.colour, style.wash * (_DIMMED_WASH if level < 0 else 1.0))


def line_extent(line: Line, kind: Type) -> tuple[float, float]:
    """Return top and bottom of everything that is drawn for a line of a row."""
    first, room = line_room(kind)
    return line.baseline - round(kind.em), line.baseline + first + room + 1

"""The co-mentions as a heat map: actors along both sides, communities beside each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.gui.fonts import interface_font, small
from annotator.gui.plots.scene import PlotColours
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from annotator.app.comentions import GraphData
    from annotator.gui.theme import Theme

#: Actors along a side at most: more cells than that nobody reads.
MOST = 200
_CELL_PX = 18
_NAME_PX = 170
_SLANT = 45.0
_PAD = 10


def matrix_order(data: GraphData) -> list[int]:
    """Return the actors along a side: the most mentioned, by community, heavy ones first."""
    shown = data.shown
    chosen = np.lexsort((np.arange(len(shown.mentions)), -shown.mentions))[:MOST]
    label = data.communities[chosen]
    # Actors of no community stand last.
    label = np.where(label < 0, len(label) + len(shown.mentions), label)
    return chosen[np.lexsort((-shown.mentions[chosen], label))].tolist()


class Matrix(QAbstractScrollArea):
    """Show the cells; the arrow keys move between them.

    ``chosen(int first, int second)`` a click or Enter on a cell (the same twice: one actor),
    ``told(str)`` a sentence about the cell under the pointer or the keyboard.
    """

    chosen = Signal(int, int)
    opened = Signal(int, int)
    told = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("plots.matrix"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._font = small(interface_font())
        self._metrics = QFontMetricsF(self._font)
        self._data: GraphData | None = None
        self.order: list[int] = []
        self.weights = np.zeros((0, 0), dtype=np.int64)
        self.cell: tuple[int, int] | None = None
        self._left = self._top = 0
        self.set_theme(theme)
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        for key, step in steps.items():
            self._shortcut(key).activated.connect(lambda step=step: self._step(*step))
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._shortcut(key).activated.connect(self._choose)

    def _shortcut(self, key: Qt.Key) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        return shortcut

    # -- what is shown ------------------------------------------------------------------------

    def show_data(self, data: GraphData) -> None:
        """Show another graph."""
        self._data = data
        self.order = matrix_order(data)
        place = np.full(len(data.shown.actor_ids), -1, dtype=np.int64)
        place[self.order] = np.arange(len(self.order))
        first, second = place[data.shown.first], place[data.shown.second]
        both = (first >= 0) & (second >= 0)
        self.weights = np.zeros((len(self.order), len(self.order)), dtype=np.int64)
        self.weights[first[both], second[both]] = data.shown.weight[both]
        self.weights += self.weights.T
        names = [data.names[i] for i in self.order]
        widest = max((self._metrics.horizontalAdvance(n) for n in names), default=0.0)
        self._left = round(min(widest, _NAME_PX)) + 2 * _PAD
        self._top = round(min(widest, _NAME_PX) * math.sin(math.radians(_SLANT))) + 2 * _PAD
        self.cell = None
        self._set_bars()
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.colours = PlotColours.of(theme)
        self._ground = theme.paper
        self._accent = theme.accent
        self.viewport().update()

    def _set_bars(self) -> None:
        side = len(self.order) * _CELL_PX
        extra = round(_NAME_PX * math.cos(math.radians(_SLANT)))
        for bar, whole, page in (
            (self.horizontalScrollBar(), self._left + side + extra, self.viewport().width()),
            (self.verticalScrollBar(), self._top + side + _PAD, self.viewport().height()),
        ):
            bar.setPageStep(page)
            bar.setSingleStep(_CELL_PX)
            bar.setRange(0, max(0, whole - page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the scroll bars anew."""
        super().resizeEvent(event)
        self._set_bars()

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells in sight and the names along both sides, which stay put."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._ground)
        if self._data is not None and self.order:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            self.paint_matrix(painter, QRect(x, y, *self.viewport().size().toTuple()))
        painter.end()

    def whole_size(self) -> tuple[int, int]:
        """Return the size of a picture of all of it, px."""
        side = len(self.order) * _CELL_PX
        extra = round(_NAME_PX * math.cos(math.radians(_SLANT)))
        return self._left + side + extra, self._top + side + _PAD

    def paint_matrix(self, painter: QPainter, window: QRect) -> None:
        """Paint a window of the matrix, its corner at the painter's origin."""
        x, y = window.x(), window.y()
        count = len(self.order)
        first_column = max(0, x // _CELL_PX - 1)
        last_column = min(count, (x + window.width() - self._left) // _CELL_PX + 2)
        first_row = max(0, y // _CELL_PX - 1)
        last_row = min(count, (y + window.height() - self._top) // _CELL_PX + 2)
        columns, rows = range(first_column, last_column), range(first_row, last_row)
        painter.save()
        painter.setClipRect(self._left, self._top, window.width(), window.height())
        for row in rows:
            for column in columns:
                self._paint_cell(painter, row, column, x, y)
        painter.restore()
        self._paint_names(painter, columns, rows, x, y)

    def _paint_cell(self, painter: QPainter, row: int, column: int, x: int, y: int) -> None:
        left = self._left + column * _CELL_PX - x
        top = self._top + row * _CELL_PX - y
        box = QRectF(left + 0.5, top + 0.5, _CELL_PX - 1, _CELL_PX - 1)
        weight = int(self.weights[row, column])
        if row == column:
            painter.fillRect(box, self._hue(row))
        else:
            painter.fillRect(box, self._tone(weight, row, column))
        if self.cell == (row, column):
            painter.setPen(self._accent)
            painter.drawRect(box)

    def _hue(self, row: int) -> QColor:
        assert self._data is not None
        return self.colours.hue(int(self._data.hues[self.order[row]]))

    def _tone(self, weight: int, row: int, column: int) -> QColor:
        """Return the colour of a cell: its community's inside one, grey between two."""
        assert self._data is not None
        if weight == 0:
            return self.colours.line(0.05)
        top = max(int(self.weights.max()), 1)
        strength = 0.25 + 0.75 * math.sqrt(weight / top)
        hues = self._data.communities
        inside = hues[self.order[row]] == hues[self.order[column]] >= 0
        full = self._hue(row) if inside else self.colours.second
        return self.colours.mixed(full, strength)

    def _paint_names(self, painter: QPainter, columns: range, rows: range, x: int, y: int) -> None:
        assert self._data is not None
        painter.setFont(self._font)
        middle = (_CELL_PX + self._metrics.ascent() - self._metrics.descent()) / 2
        painter.save()
        painter.setClipRect(0, self._top, self._left, 10_000_000)
        for row in rows:
            painter.setPen(self._name_ink(row, 0))
            words = self._cut(row)
            right = self._left - _PAD - self._metrics.horizontalAdvance(words)
            painter.drawText(QPointF(right, self._top + row * _CELL_PX - y + middle), words)
        painter.restore()
        for column in columns:
            left = self._left + column * _CELL_PX - x
            if left < self._left - _CELL_PX / 2:
                continue
            painter.save()
            painter.setPen(self._name_ink(column, 1))
            painter.translate(left + middle, self._top - _PAD / 2)
            painter.rotate(-_SLANT)
            painter.drawText(QPointF(0, 0), self._cut(column))
            painter.restore()

    def _name_ink(self, number: int, side: int) -> QColor:
        is_told = self.cell is not None and self.cell[side] == number
        return self.colours.ink if is_told or self.cell is None else self.colours.second

    def _cut(self, number: int) -> str:
        assert self._data is not None
        words = " ".join(self._data.names[self.order[number]].split())
        return self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, _NAME_PX)

    # -- the mouse and the keyboard -----------------------------------------------------------

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column at a position of the viewport."""
        if x < self._left or y < self._top:
            return None
        column = int(x - self._left + self.horizontalScrollBar().value()) // _CELL_PX
        row = int(y - self._top + self.verticalScrollBar().value()) // _CELL_PX
        count = len(self.order)
        return (row, column) if row < count and column < count else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the cell under the pointer."""
        self._tell(self.cell_at(event.position().x(), event.position().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under a click."""
        self._tell(self.cell_at(event.position().x(), event.position().y()))
        self._choose()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is behind the cell."""
        del event
        if self.cell is not None:
            row, column = self.cell
            self.opened.emit(self.order[row], -1 if row == column else self.order[column])

    def _tell(self, cell: tuple[int, int] | None) -> None:
        if cell == self.cell:
            return
        self.cell = cell
        words = self.sentence()
        self.told.emit(words)
        self.setAccessibleDescription(words)
        self.viewport().update()

    def sentence(self) -> str:
        """Say in words what the cell is."""
        if self.cell is None or self._data is None:
            return ""
        row, column = self.cell
        first, second = self.order[row], self.order[column]
        if row == column:
            mentions = int(self._data.shown.mentions[first])
            return tr("plots.node", count=mentions, name=self._data.names[first])
        return tr(
            "plots.matrix.cell",
            count=int(self.weights[row, column]),
            first=self._data.names[first],
            second=self._data.names[second],
        )

    def _step(self, dx: int, dy: int) -> None:
        if not self.order:
            return
        row, column = self.cell or (0, 0)
        last = len(self.order) - 1
        row = min(max(row + dy, 0), last) if self.cell is not None else 0
        column = min(max(column + dx, 0), last) if self.cell is not None else 0
        self._tell((row, column))
        self._show_cell(row, column)

    def _show_cell(self, row: int, column: int) -> None:
        for bar, at, start, room in (
            (self.horizontalScrollBar(), column, self._left, self.viewport().width()),
            (self.verticalScrollBar(), row, self._top, self.viewport().height()),
        ):
            low, high = at * _CELL_PX, (at + 1) * _CELL_PX - (room - start)
            bar.setValue(min(max(bar.value(), high), low))

    def _choose(self) -> None:
        if self.cell is not None:
            row, column = self.cell
            self.chosen.emit(self.order[row], -1 if row == column else self.order[column])

"""Bars lying on their side, drawn by pyqtgraph: one a line, parts of it in the series' colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from annotator.gui.dates import in_number, percent
from annotator.gui.fonts import interface_font, small
from annotator.gui.widgets.plain import tip
from annotator.gui.widgets.share_bars import kind_colour
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QColor, QPaintEvent

    from annotator.gui.dashboard.sections import Line, Section
    from annotator.gui.theme import Theme

#: More bars than this are not drawn: the table has them all.
MOST = 28
_LABEL_PX = 230
_THICK = 0.66
_KINDS = ("named", "by_office", "unnamed", "other")
_LEGEND_PX, _SIDE_PX, _SQUARE_PX = 30, 18, 9


def colour_of(theme: Theme, key: str) -> QColor:
    """Return the colour of a series: a kind of source, a kind of mark or a token."""
    if key in _KINDS:
        return kind_colour(theme, key)
    return theme.accent if key == "accent" else theme.mark_style(key).colour


class Legend(QWidget):
    """Say what the colours of the bars are, and whatever else must be known of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: tuple[tuple[str, str], ...] = ()
        self._more = ""
        self.setFixedHeight(_LEGEND_PX)

    def show_section(self, section: Section | None, more: str = "") -> None:
        """Show a section's series; one alone needs no name beyond that of its tab."""
        self._entries = section.series if section is not None else ()
        self._more = more
        words = [name for name, _ in self._entries] + ([more] if more else [])
        self.setAccessibleName(", ".join(words))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint squares and names in a row."""
        del event
        painter = QPainter(self)
        painter.setFont(small(interface_font()))
        painter.setPen(self._theme.palette().placeholderText().color())
        at = float(_SIDE_PX)
        for name, key in self._entries:
            square = QRectF(at, (self.height() - _SQUARE_PX) / 2, _SQUARE_PX, _SQUARE_PX)
            painter.fillRect(square, colour_of(self._theme, key))
            at = self._write(painter, at + _SQUARE_PX + 6, name) + 16
        if self._more:
            self._write(painter, at, self._more)
        painter.end()

    def _write(self, painter: QPainter, at: float, words: str) -> float:
        width = painter.fontMetrics().horizontalAdvance(words)
        room = QRectF(at, 0, width + 1, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        return at + width


class Bars(pg.PlotWidget):
    """Show a section's bars; ``chosen(Line)`` when one is clicked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._section: Section | None = None
        self._theme = theme
        item = self.getPlotItem()
        assert item is not None, "a plot widget has its plot from the start"
        self._item = item
        item.hideButtons()
        item.setMenuEnabled(False)
        item.getViewBox().setMouseEnabled(x=False, y=False)
        item.getViewBox().invertY(True)  # noqa: FBT003 - its signature
        item.getAxis("left").setWidth(_LABEL_PX)
        for name in ("left", "bottom"):
            item.getAxis(name).setStyle(tickFont=small(interface_font()), tickLength=0)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        scene = self.scene()
        assert isinstance(scene, pg.GraphicsScene), "a plot widget draws in a scene of pyqtgraph"
        scene.sigMouseClicked.connect(self._on_click)
        scene.sigMouseMoved.connect(self._on_move)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.setBackground(theme.paper)
        second = theme.palette().placeholderText().color()
        for name in ("left", "bottom"):
            axis = self._item.getAxis(name)
            axis.setPen(theme.line)
            axis.setTextPen(theme.ink if name == "left" else second)
        if self._section is not None:
            self.show_section(self._section)

    def show_section(self, section: Section) -> None:
        """Draw a section's bars."""
        self._section = section
        self._lines = list(section.bars[:MOST])
        # What is drawn, for whoever does not see it; the keyboard opens the same from the table.
        self.setAccessibleName(tr("dashboard.bars", tab=section.title))
        self.setAccessibleDescription("; ".join(map(self._told, self._lines)))
        item = self._item
        item.clear()
        starts = [0.0] * len(self._lines)
        for number, (_name, key) in enumerate(section.series):
            widths = [line.values[number] for line in self._lines]
            bars = pg.BarGraphItem(
                x0=list(starts),
                y=[float(n) for n in range(len(self._lines))],
                width=widths,
                height=_THICK,
                brush=colour_of(self._theme, key),
                pen=pg.mkPen(self._theme.paper),
            )
            item.addItem(bars)
            starts = [a + b for a, b in zip(starts, widths, strict=True)]
        most = 1.0 if section.is_share else max(starts, default=1.0)
        item.getViewBox().setRange(
            xRange=(0, most * 1.02), yRange=(-0.6, max(len(self._lines), 8) - 0.4), padding=0
        )
        self._ticks(section, most)

    def _ticks(self, section: Section, most: float) -> None:
        item = self._item
        metrics = QFontMetrics(small(interface_font()))
        room, cut = _LABEL_PX - 12, Qt.TextElideMode.ElideRight
        names = [metrics.elidedText(_flat(line.label), cut, room) for line in self._lines]
        item.getAxis("left").setTicks([list(enumerate(names))])
        if section.is_share:
            marks = [(part / 4, percent(part / 4)) for part in range(5)]
        else:
            step = _round_step(most / 4)
            marks = [(value, in_number(value)) for value in range(0, int(most) + 1, step)]
        item.getAxis("bottom").setTicks([marks])

    # -- pointing -----------------------------------------------------------------------------

    def _line_at(self, place: QPointF) -> Line | None:
        view = self._item.getViewBox()
        number = round(view.mapSceneToView(place).y())
        inside = self._item.sceneBoundingRect().contains(place)
        return self._lines[number] if inside and 0 <= number < len(self._lines) else None

    def _on_click(self, event: object) -> None:
        line = self._line_at(event.scenePos())  # type: ignore[attr-defined]
        if line is not None:
            self.chosen.emit(line)

    def _on_move(self, place: QPointF) -> None:
        line = self._line_at(place)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if line is not None else Qt.CursorShape.ArrowCursor
        )
        self.setToolTip(tip(self._said(line)) if line is not None else "")

    def _said(self, line: Line) -> str:
        """Return a bar in words, for who points at it."""
        return "\n".join((_flat(line.label), *self._parts(line), tr("dashboard.click")))

    def _told(self, line: Line) -> str:
        """Return a bar in words, on one line."""
        return tr("dashboard.part", name=_flat(line.label), value=", ".join(self._parts(line)))

    def _parts(self, line: Line) -> list[str]:
        assert self._section is not None, "there are lines only when there is a section"
        is_share = self._section.is_share
        return [
            tr(
                "dashboard.part",
                name=name,
                value=percent(value) if is_share else in_number(value),
            )
            for (name, _key), value in zip(self._section.series, line.values, strict=True)
            if value
        ]

    def leaveEvent(self, ev: QEvent) -> None:
        """Forget what was pointed at."""
        self.setToolTip("")
        super().leaveEvent(ev)


def _round_step(least: float) -> int:
    """Return the next of 1, 2, 5, 10, 20 ...: a scale of such steps can be read."""
    ten = 1
    while True:
        for part in (1, 2, 5):
            if part * ten >= least:
                return part * ten
        ten *= 10


def _flat(words: str) -> str:
    return " ".join(words.split())

"""Bars that tell at a glance: who carries an article, and what its claims rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.gui.dates import percent
from annotator.gui.fonts import small
from annotator.gui.widgets.plain import tip
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.analysis.shares import ArticleShares, Shares
    from annotator.gui.theme import Theme

NAMED, UNNAMED = "source.named", "source.unnamed"
_KINDS = ("named", "by_office", "unnamed", "other")
_ROW_PX, _BAR_PX, _GAP_PX, _SIDE_PX = 21, 11, 10, 14
_LEGEND_PX = 22
_SQUARE_PX = 8


def kind_colour(theme: Theme, kind: str) -> QColor:
    """Return the colour of a kind of source (``Openness``); by office is named, but paler."""
    if kind == "named":
        return QColor(theme.mark_style(NAMED).colour)
    if kind == "by_office":
        colour = QColor(theme.mark_style(NAMED).colour)
        colour.setAlphaF(0.45)
        return colour
    return QColor(theme.mark_style(UNNAMED).colour) if kind == "unnamed" else QColor(theme.masked)


class ShareBars(QWidget):
    """Show the three measures as bars of one length, and what the colours are called."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[str, Shares]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: ArticleShares) -> None:
        """Show an article's shares; a measure with nothing in it says so in a line's place."""
        measures = (("source", shares.by_source), ("sentence", shares.by_sentence))
        rows = [(tr(f"panels.audit.by.{key}"), value) for key, value in measures]
        rows.append((tr("panels.audit.by.word"), shares.by_word))
        if rows != self._rows:
            self._rows = rows
            words = "\n".join(f"{label}: {said(value)}" for label, value in rows)
            self.setToolTip(tip(words))
            self.setAccessibleName(words.replace("\n", ". "))
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bars and the line under them."""
        return QSize(240, _ROW_PX * len(self._rows) + _LEGEND_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: bars are never cut."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small(self.font()))
        metrics = painter.fontMetrics()
        names = max((metrics.horizontalAdvance(label) for label, _ in self._rows), default=0)
        figure = metrics.horizontalAdvance(percent(1.0))
        left = _SIDE_PX + names + _GAP_PX
        length = max(24, self.width() - left - _GAP_PX - figure - _SIDE_PX)
        for number, (label, value) in enumerate(self._rows):
            top = number * _ROW_PX
            painter.setPen(self._theme.ink)
            painter.drawText(
                QRectF(_SIDE_PX, top, names + 1, _ROW_PX), Qt.AlignmentFlag.AlignVCenter, label
            )
            self._bar(painter, value, QRectF(left, top + (_ROW_PX - _BAR_PX) / 2, length, _BAR_PX))
            place = QRectF(left + length + _GAP_PX, top, figure, _ROW_PX)
            words = percent(value.unnamed / value.total) if value.total else "–"
            painter.setPen(kind_colour(self._theme, "unnamed") if value.total else self._theme.ink)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, right, words)
        self._legend(painter, metrics)
        painter.end()

    def _bar(self, painter: QPainter, value: Shares, room: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(room, self._theme.hover)
        at = room.left()
        for kind in _KINDS:
            width = room.width() * getattr(value, kind) / (value.total or 1)
            if width > 0:
                # A thin gap keeps neighbours apart also where their colours look alike.
                part = QRectF(at, room.top(), max(1.0, width - 1.5), room.height())
                painter.fillRect(part, kind_colour(self._theme, kind))
                at += width

    def _legend(self, painter: QPainter, metrics: QFontMetrics) -> None:
        """Say what the colours are, those that occur."""
        at, top = float(_SIDE_PX), self.height() - _LEGEND_PX
        present = [k for k in _KINDS if any(getattr(value, k) for _, value in self._rows)]
        for kind in present:
            words = tr(f"panels.audit.kind.{kind}")
            square = QRectF(at, top + (_LEGEND_PX - _SQUARE_PX) / 2, _SQUARE_PX, _SQUARE_PX)
            painter.fillRect(square, kind_colour(self._theme, kind))
            painter.setPen(self._theme.palette().placeholderText().color())
            at += _SQUARE_PX + 5
            width = metrics.horizontalAdvance(words)
            painter.drawText(
                QRectF(at, top, width + 1, _LEGEND_PX), Qt.AlignmentFlag.AlignVCenter, words
            )
            at += width + 12


def said(value: Shares) -> str:
    """Return a measure in words: "named 2 (67 %), unnamed 1 (33 %)"."""
    parts = [
        tr(
            "panels.audit.part",
            kind=tr(f"panels.audit.kind.{kind}"),
            count=getattr(value, kind),
            share=percent(getattr(value, kind) / value.total),
        )
        for kind in _KINDS
        if getattr(value, kind)
    ]
    return ", ".join(parts) or tr("panels.audit.nothing")


class StateRow(QAbstractButton):
    """Be one line: what claims rest on, a bar, how many; a click goes to the next of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count, self._total, self._tone = 0, 1, ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_state(self, words: str, count: int, total: int, tone: str) -> None:
        """Show how many of all claims rest on something; ``tone`` is a mark style key or ""."""
        self.setText(words)
        self._count, self._total, self._tone = count, total, tone
        self.setAccessibleName(f"{words}: {count}")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(200, _ROW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, the bar and the number."""
        del event
        painter = QPainter(self)
        theme = self._theme
        if self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), theme.hover)
        painter.setFont(small(self.font()))
        metrics = painter.fontMetrics()
        number = metrics.horizontalAdvance("000")
        half = round(self.width() * 0.58)
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, half - _SIDE_PX)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.ink)
        painter.drawText(QRectF(_SIDE_PX, 0, half, self.height()), middle, words)
        colour = theme.mark_style(self._tone or "claim").colour
        left = half + _GAP_PX
        room = self.width() - left - _GAP_PX - number - _SIDE_PX
        width = max(2.0, room * self._count / max(1, self._total))
        top = (self.height() - _BAR_PX) / 2
        painter.fillRect(QRectF(left, top, width, _BAR_PX), colour)
        place = QRectF(self.width() - _SIDE_PX - number, 0, number, self.height())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, str(self._count))
        painter.end()

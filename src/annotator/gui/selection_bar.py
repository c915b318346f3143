"""The small toolbar at the selection: the five kinds, each with its key and its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from annotator.gui.mark_keys import MARK_KEYS
from annotator.i18n import term

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent

    from annotator.gui.theme import Theme
    from annotator.model.vocabulary import MarkKind

_GAP = 8


class _KindButton(QToolButton):
    """Offer one kind: its name over the line that such a mark has in the text."""

    def __init__(self, kind: MarkKind, key: str, action: QAction, theme: Theme) -> None:
        super().__init__()
        self._kind = kind
        self.theme = theme
        self.setText(term(kind))
        self.setToolTip(f"{action.text()} · {key}")
        self.setAccessibleName(action.text())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "kind")
        self.clicked.connect(action.trigger)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        style = self.theme.mark_style(self._kind)
        painter = QPainter(self)
        pen_style = {
            "dashed": Qt.PenStyle.DashLine,
            "dotted": Qt.PenStyle.DotLine,
        }.get(style.line, Qt.PenStyle.SolidLine)
        pen = painter.pen()
        pen.setColor(QColor(style.colour))
        pen.setWidthF(max(1.0, style.width))
        pen.setStyle(pen_style)
        painter.setPen(pen)
        at = self.height() - 4
        painter.drawLine(9, at, self.width() - 9, at)


class SelectionBar(QFrame):
    """Float over the end of a selection made with the mouse; never takes the keyboard."""

    def __init__(self, actions: dict[str, QAction], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 3, 4, 3)
        line.setSpacing(0)
        self._buttons = [
            _KindButton(kind, key, actions[f"mark.{kind}"], theme)
            for kind, key in MARK_KEYS.items()
        ]
        for button in self._buttons:
            line.addWidget(button)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours from now on."""
        for button in self._buttons:
            button.theme = theme
            button.update()

    def show_at(self, words: QRect) -> None:
        """Show above the selected words, or below them where there is no room."""
        size = self.sizeHint()
        room = self._over.rect().adjusted(4, 4, -4, -4)
        left = max(room.left(), min(words.left(), room.right() - size.width()))
        top = words.top() - _GAP - size.height()
        if top < room.top():
            top = min(words.bottom() + _GAP, room.bottom() - size.height())
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.raise_()

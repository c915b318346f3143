"""The line at the bottom of a plot that says what the pointer or the keyboard is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from annotator.gui.parts import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_SIDE, _BELOW = 8, 3


class ToldLine(ElidedLabel):
    """Lie over the plot on a ground of paper, no wider than its words, and let clicks through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(role="small", parent=parent)
        self._over = parent
        self._ground = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMargin(3)
        self.hide()

    def show_words(self, words: str, ground: QColor) -> None:
        """Say something ("" for nothing)."""
        self.setText(words)
        self.setVisible(bool(words))
        self._ground = QColor(ground)
        self._ground.setAlphaF(0.88)
        room = self._over.size()
        size = self.sizeHint()
        self.resize(min(size.width() + 4, room.width() - 2 * _SIDE), size.height())
        self.move(_SIDE, room.height() - size.height() - _BELOW)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, then the words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        painter.end()
        super().paintEvent(event)

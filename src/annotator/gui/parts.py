"""Small widgets of the chrome. Text reaches them as plain text only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

#: How dark the window gets under a sheet.
_VEIL = 0.28


def plain_label(text: str = "", *, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Make a label that shows its text as it is; ``role`` is a look of the style sheet."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setProperty("role", role)
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look of the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class ElidedLabel(QLabel):
    """Show one line of plain text and cut it with an ellipsis where there is no room."""

    def __init__(self, *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, elided."""
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, words)


def flat_button(
    text: str, *, name: str = "", tip: str = "", role: str = "flat", parent: QWidget | None = None
) -> QToolButton:
    """Make a button without a frame; ``name`` is what a screen reader says (else the text)."""
    button = QToolButton(parent)
    button.setText(text)
    button.setProperty("role", role)
    button.setAccessibleName(name or text)
    button.setToolTip(escaped(tip))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button


def escaped(text: str) -> str:
    """Return text for a tooltip: Qt would read some of it as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;") if "<" in text else text


def hairline(*, vertical: bool = False) -> QFrame:
    """Make a one-pixel line."""
    line = QFrame()
    line.setProperty("role", "hairline")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def row(*widgets: QWidget | None, margins: tuple[int, int, int, int], spacing: int) -> QHBoxLayout:
    """Lay widgets in a row; ``None`` is a stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


class Card(QFrame):
    """Be a sheet of paper over the window: no window of its own, closed by Escape.

    ``closed`` comes when the person closes it; the keyboard goes back to where it was. ``over`` is
    the widget that the card lies over.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.over = parent
        self._came_from: QWidget | None = None
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_card)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.hide()

    def open_card(self, focus: QWidget | None = None) -> None:
        """Show the card and give the keyboard to ``focus``."""
        if not self.isVisible():
            self._came_from = self.window().focusWidget()
        self.place()
        self.show()
        self.raise_()
        (focus or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Hide the card and give the keyboard back."""
        if self.isHidden():
            return
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
            self._came_from = None
        self.closed.emit()

    def place(self) -> None:
        """Move to where the card belongs; called when it opens and when its parent resizes."""


class Scrim(QWidget):
    """Dim the window under a sheet and close the sheet on a click beside it."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay a veil over what is below."""
        painter = QPainter(self)
        veil = QColor(Qt.GlobalColor.black)
        veil.setAlphaF(_VEIL)
        painter.fillRect(event.rect(), veil)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that somebody clicked beside the sheet."""
        self.clicked.emit()


class Sheet(Card):
    """Be a card in the middle of the window with a veil around it, for settings and the like."""

    def __init__(self, parent: QWidget, *, size: QSize) -> None:
        self._scrim = Scrim(parent)
        super().__init__(parent)
        self._wanted = size
        self._scrim.clicked.connect(self.close_card)

    def open_card(self, focus: QWidget | None = None) -> None:
        """Show the veil and the sheet."""
        self._scrim.setGeometry(self.over.rect())
        self._scrim.show()
        self._scrim.raise_()
        super().open_card(focus)

    def close_card(self) -> None:
        """Take veil and sheet away."""
        self._scrim.hide()
        super().close_card()

    def place(self) -> None:
        """Stand in the middle, a little above it."""
        room = self.over.rect()
        self._scrim.setGeometry(room)
        size = self._wanted.boundedTo(room.size() - QSize(32, 32))
        left = room.left() + (room.width() - size.width()) // 2
        top = room.top() + max(16, (room.height() - size.height()) // 3)
        self.setGeometry(QRect(QPoint(left, top), size))

    def discard(self) -> None:
        """Close and delete the sheet with its veil."""
        self.close_card()
        self._scrim.deleteLater()
        self.deleteLater()


class Following:
    """Mix into a window: cards are placed again when it is resized."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the open cards."""
        super().resizeEvent(event)  # type: ignore[misc]
        for card in self.findChildren(Card):  # type: ignore[attr-defined]
            if card.isVisible():
                card.place()

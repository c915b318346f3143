"""Words that lead to their place: « sous couvert d’anonymat » ↗."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from annotator import i18n
from annotator.gui.models.rows import one_line
from annotator.gui.parts import flat_button
from annotator.gui.widgets.plain import tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent
    from PySide6.QtWidgets import QToolButton


_ARROW = "\u00a0↗"
_SWATCH = 8
_SWATCH_ROOM = 14


class WordsLink(QAbstractButton):
    """Show one line of words, elided in the middle, that jumps when clicked.

    ``dot`` puts a dot of that colour in front; ``arrow`` says that it leads into the text.
    """

    def __init__(self, words: str, *, dot: QColor | None = None, arrow: bool = True) -> None:
        super().__init__()
        self._dot = dot
        self._arrow = _ARROW if arrow else ""
        #: Whether the words are a command, shown in the accent colour.
        self.is_command = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._words = one_line(words)
        self.setAccessibleName(self._words)
        self.setToolTip(tip(self._words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the words on one line."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._words + self._arrow) + self._left + 2
        return QSize(width, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which something can still be read."""
        return QSize(48, self.sizeHint().height())

    @property
    def _left(self) -> int:
        return _SWATCH_ROOM if self._dot is not None else 0

    def ink(self) -> QColor:
        """Return the colour of the words."""
        if not self.isEnabled():
            return self.palette().placeholderText().color()
        palette = self.palette()
        return (palette.link() if self.is_command else palette.windowText()).color()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dot, words and arrow; underlined when pointed at or focused."""
        del event
        painter = QPainter(self)
        rect = self.rect()
        if self._dot is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dot)
            painter.drawEllipse(QRect(0, rect.center().y() - _SWATCH // 2 + 1, _SWATCH, _SWATCH))
            rect.setLeft(self._left)
        metrics = self.fontMetrics()
        room = rect.width() - metrics.horizontalAdvance(self._arrow)
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(self.ink())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), words + self._arrow)
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.setPen(QPen(self.palette().link().color(), 1))
            bottom = rect.center().y() + metrics.ascent() // 2 + 4
            end = rect.left() + metrics.horizontalAdvance(words)
            painter.drawLine(QPoint(rect.left(), bottom), QPoint(end, bottom))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Underline the words."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the line away."""
        super().leaveEvent(event)
        self.update()


def calling(act: Callable[[], object]) -> Callable[[], None]:
    """Return a slot that takes no argument: ``clicked`` would hand on whether it is checked."""

    def call() -> None:
        act()

    return call


def cross(name: str, on_click: Callable[[], object]) -> QToolButton:
    """Make the small button that takes a line away; ``name`` says what goes."""
    button = flat_button("×", name=name, tip=name, role="second")
    button.clicked.connect(calling(on_click))
    return button


def line_of(*widgets: QWidget) -> QWidget:
    """Put widgets on one line; the first takes the room."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == 0 else 0)
    return line


def command(message_id: str, on_click: Callable[[], object]) -> WordsLink:
    """Make a quiet line that does one thing, named by a sentence."""
    link = WordsLink(i18n.tr(message_id), arrow=False)
    link.is_command = True
    link.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    link.clicked.connect(calling(on_click))
    return link

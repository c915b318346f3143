"""A field and the list that follows what is typed in it: the palette and the inline chooser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.fonts import small
from annotator.gui.parts import hairline, row
from annotator.gui.typeset import Block, without_hits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from annotator.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ENTRY_ROLE = Qt.ItemDataRole.UserRole
_ROW, _CAPTION, _SIDE = 30, 26, 14
_MAX_ROWS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """Be one thing to pick.

    ``text`` and ``detail`` may hold hits between the store's signs; ``keys`` stands on the right;
    ``section`` is the caption under which it stands; ``payload`` is what the picker gets.
    """

    text: str
    payload: object = None
    detail: str = ""
    keys: str = ""
    section: str = ""
    colour: QColor | None = None


class PickModel(QAbstractListModel):
    """Hold the entries."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entry(self, number: int) -> Entry | None:
        """Return an entry."""
        return self._entries[number] if 0 <= number < len(self._entries) else None

    def opens_section(self, number: int) -> bool:
        """Say whether a caption stands above an entry."""
        section = self._entries[number].section
        return bool(section) and (number == 0 or self._entries[number - 1].section != section)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry or its words."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == _ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return without_hits(entry.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (entry.text, entry.detail, entry.keys)
            return ", ".join(without_hits(word) for word in words if word)
        return None


class _PickDelegate(QStyledItemDelegate):
    """Paint entries; the number in front of the first nine is the key that picks them."""

    def __init__(self, theme: Theme, model: PickModel, *, numbered: bool) -> None:
        super().__init__()
        self.theme = theme
        self._model = model
        self._numbered = numbered

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        caption = _CAPTION if self._model.opens_section(index.row()) else 0
        return QSize(option.rect.width(), _ROW + caption)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if self._model.opens_section(index.row()):
            self._caption(painter, option, entry.section, rect)
            rect.setTop(rect.top() + _CAPTION)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.selected)
            painter.drawRoundedRect(rect.adjusted(6, 1, -6, -1), 4, 4)
        left = rect.left() + _SIDE
        if self._numbered and index.row() < 9:
            left = self._number(painter, option, index.row() + 1, rect, left)
        if entry.colour is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(entry.colour)
            painter.drawEllipse(QPointF(left + 4, rect.center().y()), 4, 4)
            left += 16
        right = self._keys(painter, option, entry.keys, rect)
        self._words(painter, option, entry, QRectF(left, rect.top(), right - left, rect.height()))
        painter.restore()

    def _caption(
        self, painter: QPainter, option: QStyleOptionViewItem, words: str, rect: QRectF
    ) -> None:
        font = small(option.font, 11)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self.theme.ink2)
        line = QRectF(rect.left() + _SIDE, rect.top() + 4, rect.width(), _CAPTION - 4)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words.upper())

    def _number(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        number: int,
        rect: QRectF,
        left: float,
    ) -> float:
        painter.setFont(small(option.font))
        painter.setPen(self.theme.ink2)
        line = QRectF(left, rect.top(), 12, rect.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, str(number))
        return left + 18

    def _keys(
        self, painter: QPainter, option: QStyleOptionViewItem, keys: str, rect: QRectF
    ) -> float:
        right = rect.right() - _SIDE
        if not keys:
            return right
        font = small(option.font, 11)
        width = QFontMetricsF(font).horizontalAdvance(keys) + 10
        cap = QRectF(right - width, rect.center().y() - 9, width, 18)
        painter.setPen(self.theme.line)
        painter.setBrush(self.theme.paper)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font)
        painter.setPen(self.theme.ink2)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return cap.left() - 8

    def _words(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, room: QRectF
    ) -> None:
        """Paint the text, and the detail after it in the second ink."""
        metrics = QFontMetricsF(option.font)
        text_width = metrics.horizontalAdvance(without_hits(entry.text)) + 4
        share = room.width() if not entry.detail else max(room.width() * 0.62, room.width() - 160)
        text_width = min(text_width, share)
        painter.setPen(self.theme.ink)
        Block(entry.text, option.font, text_width, 1).draw(painter, room.topLeft(), room.height())
        left = room.left() + text_width + 8
        if entry.detail and room.right() - left > 24:
            painter.setPen(self.theme.ink2)
            Block(entry.detail, small(option.font, 13), room.right() - left, 1).draw(
                painter, QPointF(left, room.top()), room.height()
            )


class PickList(QWidget):
    """Let a person type, see what fits, and pick with Enter, a click or a number.

    ``typed(str)`` asks for other entries, ``picked(payload)`` is the choice.
    """

    typed = Signal(str)
    picked = Signal(object)

    def __init__(
        self, theme: Theme, *, name: str, placeholder: str, numbered: bool = False
    ) -> None:
        super().__init__()
        self._numbered = numbered
        self.field = QLineEdit()
        self.field.setProperty("role", "bare")
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self.typed)
        self.model = PickModel()
        self.list = QListView()
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.setModel(self.model)
        self._delegate = _PickDelegate(theme, self.model, numbered=numbered)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(lambda index: self._pick(index.row()))
        self.list.entered.connect(self.list.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(self.field, margins=(14, 10, 14, 10), spacing=0))
        column.addWidget(hairline())
        column.addWidget(self.list, 1)
        column.addSpacing(4)

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours from now on."""
        self._delegate.theme = theme

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries, the first one picked by Enter."""
        self.model.set_entries(entries)
        if entries:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def wanted_height(self) -> int:
        """Return the height at which nothing has to be scrolled, within reason."""
        rows = self.model.rowCount()
        captions = sum(self.model.opens_section(n) for n in range(min(rows, _MAX_ROWS)))
        return 46 + min(rows, _MAX_ROWS) * _ROW + captions * _CAPTION + (8 if rows else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list while the person types in the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}
        steps[Qt.Key.Key_PageUp] = -8
        if key in steps:
            self._move(steps[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.list.currentIndex().row())
            return True
        if self._numbered and not self.field.text() and "1" <= event.text() <= "9":
            self._pick(int(event.text()) - 1)
            return True
        return False

    def _move(self, by: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            at = min(last, max(0, self.list.currentIndex().row() + by))
            self.list.setCurrentIndex(self.model.index(at))

    def _pick(self, number: int) -> None:
        entry = self.model.entry(number)
        if entry is not None:
            self.picked.emit(entry.payload)

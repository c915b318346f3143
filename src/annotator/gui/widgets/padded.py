"""Cells of a table with room around their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QPainter

    Index = QModelIndex | QPersistentModelIndex

_PAD = 5


class Padded(QStyledItemDelegate):
    """Keep the words off the edges of their cells.

    Args:
        parent: the view.
        after_numbers: more room after what is set to the right, in px, as its heading has it.
    """

    def __init__(self, parent: QObject, *, after_numbers: int = 0) -> None:
        super().__init__(parent)
        self._after = after_numbers

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of the cell, then its words with room on both sides."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        option.rect.adjust(_PAD, 0, -_PAD - self._room_after(index), 0)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the words need, with that beside them."""
        return super().sizeHint(option, index) + QSize(2 * _PAD + self._room_after(index), 0)

    def _room_after(self, index: Index) -> int:
        aligned = index.data(Qt.ItemDataRole.TextAlignmentRole) if self._after else None
        return self._after if int(aligned or 0) & Qt.AlignmentFlag.AlignRight.value else 0

"""Cells of a table with room around their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter

    Index = QModelIndex | QPersistentModelIndex

_PAD = 5


class Padded(QStyledItemDelegate):
    """Keep the words off the edges of their cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of the cell, then its words with room on both sides."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        option.rect.adjust(_PAD, 0, -_PAD, 0)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the words need, with that beside them."""
        return super().sizeHint(option, index) + QSize(2 * _PAD, 0)

"""A quiet combo box whose list tells what each word means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from annotator import i18n
from annotator.gui.widgets.plain import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

HELP_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_POPUP_WIDTH = 320
_SIDE = 10
_ABOVE = 4


class _WordAndMeaning(QStyledItemDelegate):
    """Paint a word and, below it in second ink, what it means."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line of the list."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        palette = self.parent().palette()  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.highlight())
        words = rect.adjusted(_SIDE, _ABOVE, -_SIDE, 0)
        font = option.font  # type: ignore[attr-defined]
        words.setHeight(QFontMetrics(font).height())
        painter.setFont(font)
        painter.setPen(palette.text().color())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        meaning = index.data(HELP_ROLE)
        if meaning:
            small = scaled(font, 11.5 / 13)
            below = QRect(words.left(), words.bottom() + 1, words.width(), rect.height())
            painter.setFont(small)
            painter.setPen(palette.placeholderText().color())
            painter.drawText(below, int(Qt.TextFlag.TextWordWrap), str(meaning))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of the word and its meaning, wrapped."""
        font = option.font  # type: ignore[attr-defined]
        height = QFontMetrics(font).height() + 2 * _ABOVE
        meaning = index.data(HELP_ROLE)
        if meaning:
            small = QFontMetrics(scaled(font, 11.5 / 13))
            room = QRect(0, 0, _POPUP_WIDTH - 2 * _SIDE - 16, 1000)
            height += small.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(meaning)).height()
        return QSize(_POPUP_WIDTH, height)


class ElidingCombo(QComboBox):
    """Be a combo box that ends words it has no room for with an ellipsis."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box with its word elided."""
        del event
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        words = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            words, Qt.TextElideMode.ElideRight, room.width() - 4
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class QuietCombo(ElidingCombo):
    """Be a combo box that the wheel scrolls past, and that fades when unset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(_WordAndMeaning(self))
        self.view().setMinimumWidth(_POPUP_WIDTH)

    def set_unset(self, *, unset: bool) -> None:
        """Show that nothing has been chosen yet."""
        if self.property("unset") != unset:
            self.setProperty("unset", unset)
            self.style().unpolish(self)
            self.style().polish(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll: a value must not change because somebody scrolled over it."""
        event.ignore()


def meaning_of(message_id: str) -> str:
    """Return the definition of a word of the vocabulary ("" if it has none)."""
    help_id = f"{message_id}.help"
    return i18n.tr(help_id) if i18n.has(help_id) else ""

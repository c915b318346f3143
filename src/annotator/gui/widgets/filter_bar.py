"""One quiet line above a list: words to filter by, and the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from annotator import i18n
from annotator.gui.parts import flat_button

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Filtering makes every row once; wait until the person pauses.
_PAUSE_MS = 120
#: The field has no frame before somebody goes there.
_QUIET = "QLineEdit:!focus:!hover { border-color: transparent; background: transparent; }"


class FilterBar(QWidget):
    """Tell ``filter_changed(words)`` after a pause and ``order_changed(order id)``."""

    filter_changed = Signal(str)
    order_changed = Signal(str)

    def __init__(self, orders: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setStyleSheet(_QUIET)
        self.words.setPlaceholderText(i18n.tr("panels.filter"))
        self.words.setAccessibleName(i18n.tr("panels.filter"))
        self.words.setClearButtonEnabled(True)
        self.extra = QHBoxLayout()
        self.extra.setSpacing(4)
        self.order = flat_button("", role="second")
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setMenu(self._menu(orders))
        self._show_order(orders[0])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(5, 3, 6, 3)
        layout.setSpacing(2)
        layout.addWidget(self.words, 1)
        layout.addLayout(self.extra)
        layout.addWidget(self.order)
        # Only now: a widget shown before it has its parent is a window for a moment.
        self.order.setVisible(len(orders) > 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.words.textChanged.connect(self._on_words)

    def _menu(self, orders: Sequence[str]) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order in orders:
            action = menu.addAction(i18n.tr(f"panels.order.{order}"))
            action.setCheckable(True)
            action.setChecked(order == orders[0])
            action.setData(order)
            group.addAction(action)
        group.triggered.connect(self._on_order)
        return menu

    def _on_order(self) -> None:
        for action in self.order.menu().actions():
            if action.isChecked():
                self._show_order(action.data())
                self.order_changed.emit(action.data())

    def _show_order(self, order: str) -> None:
        words = i18n.tr(f"panels.order.{order}")
        self.order.setText(f"{words}\u00a0▾")
        self.order.setAccessibleName(i18n.tr("panels.order", order=words))

    def _on_words(self, words: str) -> None:
        if words:
            self._pause.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self.filter_changed.emit(self.words.text())

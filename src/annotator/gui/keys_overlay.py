"""The help overlay: every key there is, from the one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.actions import ACTIONS, Menu
from annotator.gui.parts import Sheet, flat_button, plain_label, row
from annotator.gui.top_line import keys_of
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.gui.actions import Action

_COLUMNS = (
    (Menu.MARK,),
    (Menu.LINK, Menu.REVIEW, Menu.GO),
    (Menu.VIEW, Menu.PROJECT, Menu.EDIT, Menu.REPORT),
)


class KeysOverlay(Sheet):
    """Show the keys in three columns; Escape closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, size=QSize(1080, 720))
        self.setAccessibleName(tr("actions.do.help.keys"))
        title = plain_label(tr("actions.do.help.keys"), role="title")
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 8), spacing=8))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(24, 0, 24, 24)
        columns.setSpacing(32)
        for menus in _COLUMNS:
            columns.addLayout(self._column(menus), 1)
        self.area = QScrollArea()
        self.area.setAccessibleName(tr("actions.do.help.keys"))
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.column.addWidget(self.area, 1)

    def _column(self, menus: tuple[Menu, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for menu in menus:
            caption = plain_label(tr(f"actions.menu.{menu}").upper(), role="caption")
            caption.setContentsMargins(0, 12, 0, 4)
            column.addWidget(caption)
            for action in ACTIONS:
                if action.menu is menu and action.shortcuts:
                    column.addLayout(self._line(action))
        column.addStretch(1)
        return column

    def _line(self, action: Action) -> QHBoxLayout:
        """Lay out an action's words and its key, which stays as high as a key."""
        words = plain_label(tr(action.text_id).rstrip("…"))
        words.setWordWrap(True)
        key = plain_label(keys_of(QKeySequence(action.shortcuts[0])), role="keycap")
        line = row(words, margins=(0, 0, 0, 1), spacing=12)
        line.setStretch(0, 1)
        line.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        return line

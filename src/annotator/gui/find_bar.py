"""Find in the article: one line above the text, all hits shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.gui.parts import flat_button, hairline, plain_label, row
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QToolButton


class FindBar(QWidget):
    """Ask for words and step through their hits.

    ``words_changed(str)``, ``stepped(+1 or -1)``, ``left()`` when it closes.
    """

    words_changed = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("window.find_words"))
        self.field.setAccessibleName(tr("window.find_words"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(300)
        self._count = plain_label(role="second")
        self._previous = self._step_button("↑", "actions.do.find.previous", -1)
        self._next = self._step_button("↓", "actions.do.find.next", 1)
        close = flat_button("×", name=tr("window.close_find"), role="second")
        close.clicked.connect(self.close_bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            row(
                self.field,
                self._previous,
                self._next,
                self._count,
                None,
                close,
                margins=(14, 6, 8, 6),
                spacing=4,
            )
        )
        column.addWidget(hairline())
        self.field.textChanged.connect(self.words_changed)
        self.field.returnPressed.connect(lambda: self.stepped.emit(1))
        self._key("Shift+Return", lambda: self.stepped.emit(-1))
        self._key("Escape", self.close_bar)
        self.hide()

    def _step_button(self, sign: str, name_id: str, by: int) -> QToolButton:
        button = flat_button(sign, name=tr(name_id), tip=tr(name_id), role="second")
        button.clicked.connect(lambda: self.stepped.emit(by))
        return button

    def _key(self, keys: str, then: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(then)

    def ask(self, words: str = "") -> None:
        """Open, with words to find if some are given."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_count(self, current: int, total: int) -> None:
        """Say which hit of how many is shown (``current`` counts from 1; 0: none yet)."""
        if not self.field.text():
            self._count.clear()
        elif not total:
            self._count.setText(tr("window.no_hits"))
        elif current:
            self._count.setText(tr("window.hit_of", current=current, total=total))
        else:
            self._count.setText(tr("window.hits", count=total))

    def close_bar(self) -> None:
        """Close and take the hits away."""
        self.hide()
        self.left.emit()

"""Write a note beside the words it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from annotator.app.commands.notes import add_note
from annotator.gui.parts import Card, plain_label, row
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.changes import Record

_WIDTH, _HEIGHT = 340, 150


class NoteCard(Card):
    """Take a few lines of plain text; Ctrl+Enter keeps them, Escape does not."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._target: Record | None = None
        self._anchor = QRect()
        self.setAccessibleName(tr("window.note"))
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(tr("window.note"))
        self.field.setPlaceholderText(tr("window.note_hint"))
        self.field.setTabChangesFocus(True)
        self.keep = QPushButton(tr("window.keep_note"))
        self.keep.setProperty("role", "default")
        self.keep.clicked.connect(self._keep)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._keep)
        hint = plain_label(
            keys.key().toString(QKeySequence.SequenceFormat.NativeText), role="keycap"
        )
        self.column.addLayout(row(self.field, margins=(12, 12, 12, 8), spacing=0))
        self.column.addLayout(row(None, hint, self.keep, margins=(12, 0, 12, 12), spacing=8))

    def ask(self, target: Record, anchor: QRect) -> None:
        """Ask for a note on a record."""
        self._target, self._anchor = target, anchor
        self.field.clear()
        self.open_card(self.field)

    def place(self) -> None:
        """Stand under the anchor, or above it where there is no room."""
        room = self.over.rect().adjusted(8, 8, -8, -8)
        left = max(room.left(), min(self._anchor.left(), room.right() - _WIDTH))
        top = self._anchor.bottom() + 6
        if top + _HEIGHT > room.bottom():
            top = max(room.top(), self._anchor.top() - 6 - _HEIGHT)
        self.setGeometry(left, top, min(_WIDTH, room.width()), _HEIGHT)

    def _keep(self) -> None:
        # Not toPlainText(): it turns no-break spaces into plain ones.
        words = self.field.document().toRawText().replace("\u2029", "\n").strip()
        target = self._target
        self.close_card()
        if words and target is not None:
            self._desk.run(add_note, target, words)

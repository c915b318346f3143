"""Two versions of a text as one: what went is struck through, what came is underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.theme import Theme
    from annotator.text.alignment import Difference

_WASH = 0.16
#: How much of what stayed is shown around a change, in characters.
_AROUND = 160


class DiffView(QPlainTextEdit):
    """Show differences word by word, without colours alone telling them apart."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self._same = QTextCharFormat()
        self._same.setForeground(theme.ink)
        self._removed = _format(theme.danger)
        self._removed.setFontStrikeOut(True)
        self._added = _format(theme.accent)
        self._added.setFontUnderline(True)
        self._gap = QTextCharFormat()
        self._gap.setForeground(theme.masked)

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a diff."""
        self.setPlainText(words)

    def show_diff(self, old: str, new: str, differences: Sequence[Difference]) -> None:
        """Show what changed, with some of what stayed around it."""
        self.clear()
        cursor = QTextCursor(self.document())
        last = len(differences) - 1
        for number, one in enumerate(differences):
            if one.kind == "same" and one.new is not None:
                kept = one.new.slice(new)
                self._put_same(cursor, kept, at_start=number == 0, at_end=number == last)
                continue
            if one.old is not None:
                cursor.insertText(one.old.slice(old), self._removed)
            if one.new is not None:
                cursor.insertText(one.new.slice(new), self._added)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _put_same(self, cursor: QTextCursor, words: str, *, at_start: bool, at_end: bool) -> None:
        head = 0 if at_start else _AROUND
        tail = 0 if at_end else _AROUND
        if len(words) <= head + tail + 20:
            cursor.insertText(words, self._same)
            return
        cursor.insertText(words[:head], self._same)
        cursor.insertText(" … ", self._gap)
        cursor.insertText(words[len(words) - tail :], self._same)


def _format(colour: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    wash = QColor(colour)
    wash.setAlphaF(_WASH)
    look.setForeground(colour)
    look.setBackground(wash)
    return look

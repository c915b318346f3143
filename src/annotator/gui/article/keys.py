"""The caret's keys. A key that is not the caret's goes on to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from annotator.gui.article.caret import Caret

_Key = QKeySequence.StandardKey
#: Standard key -> (move, step); the same move extends the selection under its second key.
_MOVES = (
    (_Key.MoveToNextChar, _Key.SelectNextChar, "character", 1),
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, "character", -1),
    (_Key.MoveToNextWord, _Key.SelectNextWord, "word", 1),
    (_Key.MoveToPreviousWord, _Key.SelectPreviousWord, "word", -1),
    (_Key.MoveToNextLine, _Key.SelectNextLine, "line", 1),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, "line", -1),
    (_Key.MoveToNextPage, _Key.SelectNextPage, "page", 1),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, "page", -1),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, "edge", 1),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, "edge", -1),
    (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, "document", 1),
    (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, "document", -1),
)
_PARAGRAPH_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def find_move(event: QKeyEvent) -> tuple[str, int, bool] | None:
    """Return ``(move, step, extend)`` of a key, or nothing when it is not one of the caret's."""
    for plain, extending, move, step in _MOVES:
        if event.matches(plain):
            return move, step, False
        if event.matches(extending):
            return move, step, True
    step = _PARAGRAPH_KEYS.get(Qt.Key(event.key()))
    if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return "paragraph", step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return None


def apply_move(caret: Caret, length: int, move: tuple[str, int, bool]) -> None:
    """Move the caret. ``length`` is the text's (code points)."""
    name, step, extend = move
    if name in ("character", "word"):
        caret.step(caret.turned(step), extend=extend, words_only=name == "word")
    elif name == "line":
        caret.line(step, extend=extend)
    elif name == "page":
        caret.page(step, extend=extend)
    elif name == "edge":
        caret.line_edge(step, extend=extend)
    elif name == "paragraph":
        caret.paragraph_edge(step, extend=extend)
    else:
        caret.place(length if step > 0 else 0, extend=extend)

"""The controls that edit one field in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator import i18n
from annotator.gui.models.dates import parse_date, show_date
from annotator.gui.models.rows import one_line
from annotator.gui.parts import plain_label
from annotator.gui.widgets.choices import HELP_ROLE, QuietCombo, meaning_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from PySide6.QtGui import QResizeEvent


#: No article counts more people than this as its sources.
_MOST_PEOPLE = 9999


class FieldEditor(QWidget):
    """Edit one value. ``committed(value)`` comes when the person is done, never while typing."""

    committed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show a value; ``is_mixed``: several records that differ."""
        raise NotImplementedError

    def flush(self) -> None:
        """Commit what is typed and not committed yet."""

    def take_back(self) -> None:
        """Forget what is typed and could not be committed."""

    def refuse(self, value: Any) -> None:
        """Go on after a commit that failed, given the value that is still stored.

        A choice goes back; typed words stay, so that nobody has to type them again.
        """
        self.show_value(value)

    def _hold(self, control: QWidget) -> None:
        """Take the one control of this editor."""
        control.setAccessibleName(self.name)
        self.setFocusProxy(control)
        self.column.addWidget(control)


class ChoiceEditor(FieldEditor):
    """Choose a word of an enumeration; ``UNKNOWN`` is shown faded, as not chosen."""

    def __init__(self, name: str, choices: type[StrEnum], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._choices = tuple(choices)
        self.box = QuietCombo(self)
        self.box.setPlaceholderText(i18n.tr("panels.mixed"))
        for value in self._choices:
            self.box.addItem(i18n.term(value), value)
            word_id = f"vocabulary.{type(value).__name__}.{value.value}"
            self.box.setItemData(self.box.count() - 1, meaning_of(word_id), HELP_ROLE)
        self._hold(self.box)
        self.box.activated.connect(self._on_activated)

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show the word of a value."""
        self.box.setCurrentIndex(-1 if is_mixed else self._choices.index(value))
        self.box.set_unset(unset=is_mixed or value.value == "unknown")

    def _on_activated(self, at: int) -> None:
        self.committed.emit(self._choices[at])


class LineEditor(FieldEditor):
    """Edit one line of text. Enter or leaving commits, Escape takes it back.

    ``read`` turns the words into the value and may refuse with ``ValueError``; ``write`` shows it.
    """

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        read: Callable[[str], object] = one_line,
        write: Callable[[Any], str] = str,
        hint: str = "",
        refusal: str = "",
    ) -> None:
        super().__init__(name, parent)
        self._read, self._write = read, write
        self._refusal = refusal
        self._shown = ""
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(hint)
        self._hint = hint
        self._hold(self.line)
        self._complaint = plain_label(role="warning")
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        self.column.addWidget(self._complaint)
        self.line.editingFinished.connect(self.flush)
        self.line.installEventFilter(self)

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show a value, unless the person is in the middle of typing another."""
        words = "" if is_mixed else self._write(value)
        is_dirty = self.line.text() != self._shown
        self._shown = words
        self.line.setPlaceholderText(i18n.tr("panels.mixed") if is_mixed else self._hint)
        if not is_dirty and self.line.text() != words:
            self.line.setText(words)
            self.line.setCursorPosition(0)
        if not is_dirty:
            self._complaint.hide()

    def flush(self) -> None:
        """Commit the line if it was changed and can be read."""
        words = self.line.text()
        if words == self._shown:
            self._complaint.hide()
            return
        try:
            value = self._read(words)
        except ValueError:
            self._complaint.setText(i18n.tr(self._refusal, words=words))
            self._complaint.show()
            return
        self._complaint.hide()
        self._shown = self._write(value)
        self.committed.emit(value)

    def refuse(self, value: Any) -> None:
        """Keep the typed words as not committed yet."""
        self._shown = self._write(value)

    def take_back(self) -> None:
        """Show the stored value again."""
        self.line.setText(self._shown)
        self._complaint.hide()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the edit back on Escape."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and watched is self.line and self.line.text() != self._shown:
            if event.type() == QKeyEvent.Type.KeyPress:  # type: ignore[union-attr]
                self.take_back()
            event.accept()  # type: ignore[union-attr]
            return True
        return False


class _TextBox(QPlainTextEdit):
    """Be a text box that is as high as its words and tells when it is left."""

    left = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget, *, lines: tuple[int, int]) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)

    @property
    def words(self) -> str:
        """Return the text as it was typed: Qt's plain text turns no-break spaces into spaces."""
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def fit(self) -> None:
        """Take the height that the words need, within limits."""
        low, high = self._lines
        lines = int(self.document().size().height())
        # Never "as needed": the bar takes width, which makes more lines, which needs more height,
        # which hides the bar, and the window lays itself out for ever.
        bar = Qt.ScrollBarPolicy
        policy = bar.ScrollBarAlwaysOn if lines > high else bar.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)
        height = min(max(lines, low), high) * self.fontMetrics().lineSpacing() + 14
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person left; a menu over the box is not leaving it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Ctrl+Enter, take back on Escape."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class TextEditor(FieldEditor):
    """Edit some lines of text; leaving or Ctrl+Enter commits, Escape takes it back."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        lines: tuple[int, int] = (1, 10),
    ) -> None:
        super().__init__(name, parent)
        self._shown = ""
        self._hint = hint
        self.box = _TextBox(self, lines=lines)
        self.box.setPlaceholderText(hint)
        self._hold(self.box)
        self.box.left.connect(self.flush)
        self.box.escaped.connect(self.take_back)

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show a text, unless the person is in the middle of typing another."""
        words = "" if is_mixed else str(value)
        is_dirty = self.box.words != self._shown
        self._shown = words
        self.box.setPlaceholderText(i18n.tr("panels.mixed") if is_mixed else self._hint)
        if not is_dirty and self.box.words != words:
            self.box.setPlainText(words)

    def flush(self) -> None:
        """Commit the text if it was changed."""
        words = self.box.words
        if words != self._shown:
            self._shown = words
            self.committed.emit(words)

    def refuse(self, value: Any) -> None:
        """Keep the typed text as not committed yet."""
        self._shown = str(value)

    def take_back(self) -> None:
        """Show the stored text again."""
        if self.box.words != self._shown:
            self.box.setPlainText(self._shown)


class SwitchEditor(FieldEditor):
    """Switch something on or off."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.box = QCheckBox(self)
        self._hold(self.box)
        self.column.setAlignment(self.box, Qt.AlignmentFlag.AlignLeft)
        self.box.clicked.connect(lambda: self.committed.emit(self.box.isChecked()))

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show whether it is on."""
        self.box.setTristate(is_mixed)
        state = Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        self.box.setCheckState(Qt.CheckState.PartiallyChecked if is_mixed else state)


class CountEditor(FieldEditor):
    """Say how many people a group has as the article states it: nothing, a number, or several."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._words = {0: i18n.tr("panels.count.none"), -1: i18n.tr("panels.count.several")}
        self._shown: int | None = 0
        self.box = QuietCombo(self)
        self.line = QLineEdit(self.box)
        self.line.setAccessibleName(name)
        self.box.setEditable(True)
        self.box.setLineEdit(self.line)
        self.box.setInsertPolicy(QuietCombo.InsertPolicy.NoInsert)
        for count in (0, -1, 2, 3, 4, 5, 6):
            self.box.addItem(self._words.get(count, str(count)), count)
        self._hold(self.box)
        self.box.activated.connect(lambda at: self._take(self.box.itemData(at)))
        self.line.editingFinished.connect(self.flush)

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show a count."""
        self._shown = None if is_mixed else int(value)
        words = i18n.tr("panels.mixed") if is_mixed else self._words.get(value, str(value))
        if self.line.text() != words and not (self.line.hasFocus() and self.line.isModified()):
            self.box.setEditText(words)
        self.box.set_unset(unset=is_mixed or value == 0)

    def flush(self) -> None:
        """Commit a typed number."""
        words = self.line.text().strip()
        by_words = {word: count for count, word in self._words.items()}
        if words in by_words:
            self._take(by_words[words])
        elif words.isdecimal() and int(words) <= _MOST_PEOPLE:
            self._take(int(words))
        else:
            self.line.setModified(False)
            self.show_value(self._shown or 0, is_mixed=self._shown is None)

    def _take(self, count: int) -> None:
        self.line.setModified(False)
        if count != self._shown:
            self._shown = count
            self.committed.emit(count)


def names_editor(name: str) -> LineEditor:
    """Edit a list of names as one line, parted by semicolons."""
    return LineEditor(
        name,
        read=lambda words: tuple(n for part in words.split(";") if (n := one_line(part))),
        write="; ".join,
        hint=i18n.tr("panels.hint.names"),
    )


def date_editor(name: str) -> LineEditor:
    """Edit a date that may be known to the year only."""
    return LineEditor(
        name,
        read=parse_date,  # type: ignore[arg-type]
        write=show_date,
        hint=i18n.tr("panels.hint.date"),
        refusal="panels.refusal.date",
    )


class LanguageEditor(FieldEditor):
    """Choose the language of an article."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.box = QuietCombo(self)
        for tag in ("fr", "en", "und"):
            self.box.addItem(language_name(tag), tag)
        self._hold(self.box)
        self.box.activated.connect(lambda at: self.committed.emit(self.box.itemData(at)))

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show a language; one that is not on offer is added to the list."""
        if not is_mixed and self.box.findData(value) < 0:
            self.box.addItem(language_name(value), value)
        self.box.setCurrentIndex(-1 if is_mixed else self.box.findData(value))
        self.box.set_unset(unset=is_mixed or value == "und")


def language_name(tag: str) -> str:
    """Return the name of a language tag, or the tag itself."""
    known = f"panels.language.{tag}"
    return i18n.tr(known) if i18n.has(known) else tag


def beside(*widgets: QWidget) -> QHBoxLayout:
    """Lay controls side by side with equal room."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for widget in widgets:
        layout.addWidget(widget, 1)
    return layout

"""Editors for values with several pieces: spans of the text, evidence, other names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from annotator import i18n
from annotator.gui.models.rows import one_line, quoted
from annotator.gui.parts import plain_label
from annotator.gui.widgets.choices import HELP_ROLE, QuietCombo
from annotator.gui.widgets.editors import FieldEditor, LineEditor, language_name
from annotator.gui.widgets.links import WordsLink, command, cross, line_of
from annotator.model.annotations import Alias, Evidence
from annotator.model.span import normalise

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.span import Span

_SCHEMES = ("http", "https")


class PiecesEditor(FieldEditor):
    """Edit a tuple: a line for each piece, and one to add another. Subclasses make the lines.

    Lines are made anew only when there are more or fewer: nobody's field vanishes while typing.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.pieces: tuple[Any, ...] = ()
        self._key: object = None
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(2)
        self.column.addLayout(self.lines)
        self.setAccessibleName(name)

    def line(self, at: int) -> QWidget:
        """Make the controls of one piece."""
        raise NotImplementedError

    def key(self) -> object:
        """Return what decides which lines there are."""
        return len(self.pieces)

    def show_piece(self, at: int) -> None:
        """Put the values of one piece into its line."""

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show the pieces (of several records that differ: none)."""
        self.pieces = () if is_mixed else tuple(value)
        if self.key() != self._key:
            self._key = self.key()
            self._rebuild()
        for at in range(len(self.pieces)):
            self.show_piece(at)

    def _rebuild(self) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at in range(len(self.pieces)):
            self.lines.addWidget(self.line(at))

    def refuse(self, value: Any) -> None:
        """Leave what is typed in the lines."""
        self.pieces = tuple(value)

    def put(self, pieces: tuple[Any, ...]) -> None:
        """Commit other pieces."""
        self.committed.emit(pieces)

    def without(self, at: int) -> None:
        """Commit the pieces without one."""
        self.put(self.pieces[:at] + self.pieces[at + 1 :])


class SpansEditor(PiecesEditor):
    """Show marked words as links that jump, and take more from the selection in the text."""

    def __init__(self, name: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._desk = desk
        self._take = command("panels.spans.select", self._take_selection)
        self.column.addWidget(self._take)
        desk.text_selection_changed.connect(self._on_text_selection)
        self._on_text_selection(desk.text_selection)

    def key(self) -> object:
        """Return what the lines depend on: the spans, and the article they are of."""
        return (self._desk.article_id, self.pieces)

    def line(self, at: int) -> QWidget:
        """Make the link of one span."""
        span: Span = self.pieces[at]
        data = self._desk.data
        words = one_line(span.slice(data.text)) if data is not None else ""
        link = WordsLink(quoted(words))
        link.clicked.connect(lambda: self._desk.reveal(span))
        return line_of(link, cross(i18n.tr("panels.spans.drop", words=words), self._drop(at)))

    def _drop(self, at: int) -> Any:
        return lambda: self.without(at)

    def _take_selection(self) -> None:
        span = self._desk.text_selection
        if span is not None:
            self.put(normalise((*self.pieces, span)))

    def _on_text_selection(self, span: Span | None) -> None:
        """Offer the words that are selected in the text, or say that some must be."""
        data = self._desk.data
        if span is None or data is None:
            self._take.set_words(i18n.tr("panels.spans.select"))
        else:
            words = quoted(one_line(span.slice(data.text)))
            self._take.set_words(i18n.tr("panels.spans.take", words=words))
        self._take.setEnabled(span is not None and data is not None)
        self._take.setAccessibleName(f"{self.name}, {self._take.accessibleName()}")


class AliasesEditor(PiecesEditor):
    """Edit an actor's other names, each with its language."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._names: list[LineEditor] = []
        self._languages: list[QuietCombo] = []
        self.new = LineEditor(i18n.tr("panels.alias.new"), hint=i18n.tr("panels.alias.new"))
        self.new.show_value("")
        self.new.committed.connect(self._add)
        self.column.addWidget(self.new)

    def _rebuild(self) -> None:
        self._names, self._languages = [], []
        super()._rebuild()

    def line(self, at: int) -> QWidget:
        """Make the name, the language and the cross of one alias."""
        number = at + 1
        name = LineEditor(i18n.tr("panels.alias.name", number=number))
        name.committed.connect(lambda words: self._change(at, name=words))
        box = QuietCombo()
        box.setMinimumContentsLength(2)
        box.setFixedWidth(58)
        box.setAccessibleName(i18n.tr("panels.alias.language", number=number))
        box.activated.connect(lambda row: self._change(at, language=box.itemData(row)))
        self._names.append(name)
        self._languages.append(box)
        drop = cross(i18n.tr("panels.alias.drop", number=number), lambda: self.without(at))
        return line_of(name, box, drop)

    def show_piece(self, at: int) -> None:
        """Show one alias."""
        alias: Alias = self.pieces[at]
        self._names[at].show_value(alias.name)
        box = self._languages[at]
        for tag in ("fr", "en", "und", alias.language):
            if box.findData(tag) < 0:
                box.addItem("–" if tag == "und" else tag, tag)
                box.setItemData(box.count() - 1, language_name(tag), HELP_ROLE)
        box.setCurrentIndex(box.findData(alias.language))
        box.set_unset(unset=alias.language == "und")

    def flush(self) -> None:
        """Commit the names that are typed."""
        for line in (*self._names, self.new):
            line.flush()

    def _change(self, at: int, **values: str) -> None:
        changed = replace(self.pieces[at], **values)
        self.put((*self.pieces[:at], changed, *self.pieces[at + 1 :]))

    def _add(self, words: object) -> None:
        self.new.show_value("")
        if str(words).strip():
            self.put((*self.pieces, Alias(str(words))))


class EvidenceEditor(PiecesEditor):
    """Edit what a check rests on: a link or file, where in it, how, who and when."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._cards: list[dict[str, LineEditor]] = []
        self._openers: list[QWidget] = []
        self.column.addWidget(command("panels.evidence.add", self._add))

    def _rebuild(self) -> None:
        self._cards, self._openers = [], []
        super()._rebuild()

    def line(self, at: int) -> QWidget:
        """Make the form of one piece of evidence."""
        number = at + 1
        card = QWidget()
        grid = QGridLayout(card)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        head = plain_label(
            i18n.tr("panels.evidence.number", number=number), role="small", parent=card
        )
        opener = command("panels.evidence.open", lambda: self._open(at))
        choose = command("panels.evidence.file", lambda: self._choose_file(at))
        drop = cross(i18n.tr("panels.evidence.drop", number=number), lambda: self.without(at))
        for link in (opener, choose):
            link.setAccessibleName(f"{link.accessibleName()} {number}")
        self._openers.append(opener)
        grid.addWidget(line_of(head, opener, choose, drop), 0, 0, 1, 2)
        controls: dict[str, LineEditor] = {}
        for name, (row, column, width) in _EVIDENCE_GRID.items():
            words = i18n.tr(f"panels.evidence.{name}")
            editor = LineEditor(f"{words} {number}", hint=words if name == "link" else "")
            editor.committed.connect(self._setter(at, name))
            controls[name] = editor
            if name != "link":
                grid.addWidget(plain_label(words, role="small"), row - 1, column)
            grid.addWidget(editor, row, column, 1, width)
        self._cards.append(controls)
        return card

    def show_piece(self, at: int) -> None:
        """Show one piece of evidence."""
        evidence: Evidence = self.pieces[at]
        for name, editor in self._cards[at].items():
            editor.show_value(getattr(evidence, name))
        self._openers[at].setVisible(_target(evidence.link) is not None)

    def flush(self) -> None:
        """Commit what is typed in any of the lines."""
        for card in self._cards:
            for editor in card.values():
                editor.flush()

    def _setter(self, at: int, name: str) -> Any:
        return lambda words: self._change(at, name, str(words))

    def _change(self, at: int, name: str, words: str) -> None:
        changed = replace(self.pieces[at], **{name: words})
        self.put((*self.pieces[:at], changed, *self.pieces[at + 1 :]))

    def _add(self) -> None:
        self.put((*self.pieces, Evidence()))
        if self._cards:
            self._cards[-1]["link"].setFocus()

    def _choose_file(self, at: int) -> None:
        name, _ = QFileDialog.getOpenFileName(self, i18n.tr("panels.evidence.choose"))
        if name:
            self._change(at, "link", name)

    def _open(self, at: int) -> None:
        """Open the link in the program that the person uses for it: their click, their wish."""
        target = _target(self.pieces[at].link)
        if target is not None:
            QDesktopServices.openUrl(target)


#: Row, column and width of each line of a piece of evidence.
_EVIDENCE_GRID: dict[str, tuple[int, int, int]] = {
    "link": (1, 0, 2),
    "page": (3, 0, 1),
    "time": (3, 1, 1),
    "method": (5, 0, 1),
    "checker": (5, 1, 1),
    "date": (7, 0, 1),
    "note": (7, 1, 1),
}


def _target(link: str) -> QUrl | None:
    """Return what a link opens: a web page or a file; anything else opens nothing."""
    if Path(link).is_absolute():
        return QUrl.fromLocalFile(link)
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.scheme() in _SCHEMES else None

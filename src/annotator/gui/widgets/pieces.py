"""Editors for values with several pieces: spans of the text, evidence, other names."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from annotator import i18n
from annotator.gui.models.rows import detail, one_line, quoted
from annotator.gui.parts import hairline, plain_label
from annotator.gui.widgets.choices import HELP_ROLE, QuietCombo
from annotator.gui.widgets.editors import FieldEditor, LineEditor, language_name
from annotator.gui.widgets.links import WordsLink, command, cross, line_of
from annotator.model.annotations import Alias, Evidence
from annotator.model.span import normalise

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.span import Span

_SCHEMES = ("http", "https", "file")


class PiecesEditor(FieldEditor):
    """Edit a tuple: a line for each piece, and one to add another. Subclasses make the lines."""

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
        """Return what the lines depend on; they are made anew when it is another."""
        return self.pieces

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show the pieces (of several records that differ: none)."""
        self.pieces = () if is_mixed else tuple(value)
        if self.key() != self._key:
            self._key = self.key()
            self._rebuild()

    def _rebuild(self) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at in range(len(self.pieces)):
            self.lines.addWidget(self.line(at))

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
        self._new = LineEditor(i18n.tr("panels.alias.new"), hint=i18n.tr("panels.alias.new"))
        self._new.show_value("")
        self._new.committed.connect(self._add)
        self.column.addWidget(self._new)

    def line(self, at: int) -> QWidget:
        """Make the name, the language and the cross of one alias."""
        alias: Alias = self.pieces[at]
        name = LineEditor(i18n.tr("panels.alias.name", name=alias.name))
        name.show_value(alias.name)
        name.committed.connect(lambda words: self._change(at, name=words))
        box = QuietCombo()
        box.setMinimumContentsLength(2)
        box.setFixedWidth(58)
        box.setAccessibleName(i18n.tr("panels.alias.language", name=alias.name))
        for tag in dict.fromkeys(("fr", "en", "und", alias.language)):
            box.addItem("–" if tag == "und" else tag, tag)
            box.setItemData(box.count() - 1, language_name(tag), HELP_ROLE)
        box.setCurrentIndex(box.findData(alias.language))
        box.set_unset(unset=alias.language == "und")
        box.activated.connect(lambda row: self._change(at, language=box.itemData(row)))
        drop = cross(i18n.tr("panels.alias.drop", name=alias.name), lambda: self.without(at))
        return line_of(name, box, drop)

    def flush(self) -> None:
        """Commit the new name if one is typed."""
        self._new.flush()

    def _change(self, at: int, **values: str) -> None:
        changed = replace(self.pieces[at], **values)
        self.put((*self.pieces[:at], changed, *self.pieces[at + 1 :]))

    def _add(self, words: object) -> None:
        self._new.show_value("")
        self._new.line.clear()
        if str(words).strip():
            self.put((*self.pieces, Alias(str(words))))


class EvidenceEditor(PiecesEditor):
    """Edit what a check rests on: a link or file, where in it, how, who and when."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._cards: list[dict[str, LineEditor]] = []
        self.column.addWidget(command("panels.evidence.add", self._add))

    def _rebuild(self) -> None:
        self._cards = []
        super()._rebuild()

    def line(self, at: int) -> QWidget:
        """Make the form of one piece of evidence."""
        evidence: Evidence = self.pieces[at]
        card = QWidget()
        grid = QGridLayout(card)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setSpacing(4)
        head = plain_label(
            i18n.tr("panels.evidence.number", number=at + 1), role="small", parent=card
        )
        buttons = [
            command("panels.evidence.file", lambda: self._choose_file(at)),
            cross(i18n.tr("panels.evidence.drop", number=at + 1), lambda: self.without(at)),
        ]
        if QUrl(evidence.link).scheme() in _SCHEMES or Path(evidence.link).is_absolute():
            buttons.insert(0, command("panels.evidence.open", lambda: self._open(at)))
        grid.addWidget(line_of(head, *buttons), 0, 0, 1, 2)
        controls: dict[str, LineEditor] = {}
        for number, name in enumerate(field.name for field in fields(Evidence)):
            words = i18n.tr(f"panels.evidence.{name}")
            editor = LineEditor(f"{words} {at + 1}", hint=words)
            editor.show_value(getattr(evidence, name))
            editor.line.setToolTip(words)
            editor.committed.connect(self._setter(at, name))
            controls[name] = editor
            wide = name in ("link", "note")
            row = 1 if name == "link" else 5 if name == "note" else 2 + (number - 1) // 2
            grid.addWidget(editor, row, 0 if wide else (number - 1) % 2, 1, 2 if wide else 1)
        self._cards.append(controls)
        if at < len(self.pieces) - 1:
            grid.addWidget(hairline(), 6, 0, 1, 2)
        return card

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

    def _choose_file(self, at: int) -> None:
        name, _ = QFileDialog.getOpenFileName(self, i18n.tr("panels.evidence.choose"))
        if name:
            self._change(at, "link", name)

    def _open(self, at: int) -> None:
        """Open the link in the program that the person uses for it: their click, their wish."""
        link = self.pieces[at].link
        path = Path(link)
        url = QUrl.fromLocalFile(link) if path.is_absolute() else QUrl(link)
        QDesktopServices.openUrl(url)


def evidence_words(evidence: Evidence) -> str:
    """Return one line about a piece of evidence."""
    return detail(one_line(evidence.link), evidence.page, evidence.time, evidence.checker)

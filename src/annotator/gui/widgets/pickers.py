"""Controls that choose another record: an actor, a source, a group, a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from annotator import i18n
from annotator.gui.models.rows import one_line, quoted
from annotator.gui.models.sourced import content_words, full_name
from annotator.gui.widgets.choices import HELP_ROLE, QuietCombo
from annotator.gui.widgets.editors import FieldEditor
from annotator.gui.widgets.links import cross, line_of
from annotator.model.annotations import Actor
from annotator.model.vocabulary import Identification

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk

_OFFERED = 12


class RecordEditor(FieldEditor):
    """Choose one of the article's records, or none."""

    def __init__(self, name: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._desk = desk
        self._key: object = None
        self.box = QuietCombo(self)
        self.box.setPlaceholderText(i18n.tr("panels.mixed"))
        self._hold(self.box)
        self.box.activated.connect(lambda at: self.committed.emit(self.box.itemData(at)))

    def offer(self, data: ArticleData) -> list[tuple[str, str, str]]:
        """Return id, name and second line of each record on offer."""
        raise NotImplementedError

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show the record with an id (``None``: none)."""
        data = self._desk.data
        if data is None:
            return
        offered = self.offer(data)
        if offered != self._key:
            self._key = offered
            self.box.clear()
            self.box.addItem(i18n.tr("panels.nobody"), None)
            for record_id, name, more in offered:
                self.box.addItem(name, record_id)
                self.box.setItemData(self.box.count() - 1, more, HELP_ROLE)
        self.box.setCurrentIndex(-1 if is_mixed else max(0, self.box.findData(value)))
        self.box.set_unset(unset=is_mixed or value is None)


class SourceEditor(RecordEditor):
    """Choose one of the article's sources."""

    def offer(self, data: ArticleData) -> list[tuple[str, str, str]]:
        """Offer every source."""
        return [
            (source.id, full_name(data, source), i18n.term(source.identification))
            for source in data.sources.values()
        ]


class GroupEditor(RecordEditor):
    """Choose the counted group that a source is one of."""

    def offer(self, data: ArticleData) -> list[tuple[str, str, str]]:
        """Offer the groups."""
        return [
            (source.id, full_name(data, source), i18n.term(source.identification))
            for source in data.sources.values()
            if source.identification is Identification.UNNAMED_GROUP
        ]


class ClaimEditor(RecordEditor):
    """Choose the claim that a hedge is about."""

    def offer(self, data: ArticleData) -> list[tuple[str, str, str]]:
        """Offer every claim."""
        return [
            (claim.id, quoted(content_words(data, claim)), i18n.term(claim.kind))
            for claim in data.claims
        ]


class ActorEditor(FieldEditor):
    """Choose an actor by typing a part of any of its names."""

    def __init__(self, name: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._desk = desk
        self._shown: str | None = None
        self._offered: dict[str, str] = {}
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(i18n.tr("panels.hint.actor"))
        self.line.setAccessibleName(name)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take_name)
        self.line.setCompleter(completer)
        self._clear = cross(i18n.tr("panels.clear", name=name), lambda: self._take(None))
        self.column.addWidget(line_of(self.line, self._clear))
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._offer)
        self.line.editingFinished.connect(self.flush)

    def show_value(self, value: Any, *, is_mixed: bool = False) -> None:
        """Show the actor with an id (``None``: none)."""
        self._shown = value
        self._clear.setVisible(value is not None and not is_mixed)
        self.line.setPlaceholderText(i18n.tr("panels.mixed" if is_mixed else "panels.hint.actor"))
        words = "" if is_mixed else self._name_of(value)
        if not self.line.hasFocus() or not self.line.isModified():
            self.line.setText(words)

    def flush(self) -> None:
        """Take the actor that has the typed name; another name is put back."""
        words = one_line(self.line.text())
        if words == self._name_of(self._shown):
            return
        if not words:
            self._take(None)
            return
        named = self._desk.session.actors.named(words)
        if named:
            self._take(named[0].id)
        else:
            self.line.setText(self._name_of(self._shown))
            self._desk.say(i18n.tr("panels.refusal.actor", name=words))

    def _name_of(self, actor_id: str | None) -> str:
        if actor_id is None:
            return ""
        actor = self._desk.session.project.get(Actor, actor_id)
        return one_line(actor.name) if actor is not None else ""

    def _offer(self, words: str) -> None:
        found = self._desk.session.actors.starting_with(words, _OFFERED) if words.strip() else []
        self._offered = {one_line(actor.name): actor.id for actor in found}
        self._names.setStringList(list(self._offered))

    def _take_name(self, name: str) -> None:
        self._take(self._offered.get(name))

    def _take(self, actor_id: str | None) -> None:
        self.line.setModified(False)
        if actor_id != self._shown:
            self._shown = actor_id
            self.committed.emit(actor_id)

"""The inspector: every field of the selected thing, edited where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator import i18n
from annotator.app.commands import actors, articles, fields, marks, sources
from annotator.gui.models.fields import LAYOUT, Edit, Field, Part
from annotator.gui.parts import plain_label
from annotator.gui.widgets import editors, pickers, pieces
from annotator.gui.widgets.choices import meaning_of
from annotator.gui.widgets.links import WordsLink
from annotator.gui.widgets.measures import LABEL_WIDTH, SIDE
from annotator.gui.widgets.plain import tip
from annotator.gui.widgets.sections import make_section
from annotator.model.annotations import Actor, CouldNotVerify, Hedge, Source
from annotator.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.app.session import Session
    from annotator.gui.desk import Desk
    from annotator.gui.widgets.editors import FieldEditor
    from annotator.gui.widgets.section import Section

_SIMPLE: dict[Edit, Callable[[str], FieldEditor]] = {
    Edit.LINE: editors.LineEditor,
    Edit.TEXT: editors.TextEditor,
    Edit.COUNT: editors.CountEditor,
    Edit.EVIDENCE: pieces.EvidenceEditor,
    Edit.ALIASES: pieces.AliasesEditor,
    Edit.NAMES: editors.names_editor,
    Edit.DATE: editors.date_editor,
    Edit.LANGUAGE: editors.LanguageEditor,
    Edit.SWITCH: editors.SwitchEditor,
}
_WITH_DESK: dict[Edit, Callable[[str, Desk], FieldEditor]] = {
    Edit.SPANS: pieces.SpansEditor,
    Edit.ACTOR: pickers.ActorEditor,
    Edit.SOURCE: pickers.SourceEditor,
    Edit.GROUP: pickers.GroupEditor,
    Edit.CLAIM: pickers.ClaimEditor,
}
#: Editors that need the whole width: their name stands above them.
_WIDE = frozenset({Edit.EVIDENCE, Edit.ALIASES})

#: Editors without a frame, and how high one line of an editor is without and with a frame, px.
_FRAMELESS = frozenset({Edit.SWITCH, *_WIDE})
_PLAIN_PX, _BOX_PX = 19, 29


def make_editor(field: Field, desk: Desk) -> FieldEditor:
    """Make the control that edits a field."""
    name = i18n.tr(field.label)
    if field.choices is not None:
        return editors.ChoiceEditor(name, field.choices)
    if field.edit in _WITH_DESK:
        return _WITH_DESK[field.edit](name, desk)
    return _SIMPLE[field.edit](name)


def put_field(desk: Desk, records: Sequence[Any], name: str, value: Any) -> bool:
    """Store an edited field with the verb that belongs to it; ``False`` if that was refused."""
    # What is shown may be a moment behind what is stored.
    now = [desk.session.project.get(type(record), record.id) for record in records]
    stored = [record for record in now if record is not None]
    if not stored:
        return False
    first = stored[0]
    verb = _VERBS.get((type(first), name))
    if isinstance(first, Article) and verb is None:
        return desk.run(articles.set_details, first, **{name: value}) is not None
    if verb is None or len(stored) > 1:
        return desk.run(fields.set_fields_many, stored, **{name: value}) is not None
    return desk.run(verb, first, value) is not None


def _set_reviewed(session: Session, article: Article, reviewed: bool) -> Article:  # noqa: FBT001
    articles.set_reviewed(session, [article], reviewed=reviewed)
    return article


#: Fields that are more than a value: changing them has a verb of its own.
_VERBS: dict[tuple[type, str], Callable[[Session, Any, Any], object]] = {
    (Actor, "name"): actors.rename_actor,
    (Actor, "aliases"): actors.set_aliases,
    (Source, "group_id"): sources.put_in_group,
    (Hedge, "claim_id"): marks.link_claim,
    (CouldNotVerify, "claim_id"): marks.link_claim,
    (Article, "reviewed"): _set_reviewed,
}


class Form(QWidget):
    """Show the lines and lists of one type of record, as ``LAYOUT`` orders them."""

    def __init__(self, kind: type, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.records: list[Any] = []
        self.editors: dict[str, FieldEditor] = {}
        self._labels: dict[str, QLabel] = {}
        self._fields: dict[str, Field] = {}
        self._sections: list[tuple[Part, Section, QLabel | None]] = []
        self._origins: dict[str, object] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 10, SIDE, 14)
        self._column.setSpacing(10)
        for part in LAYOUT[kind]:
            self._add_part(part)
        self._column.addStretch(1)

    # -- building -----------------------------------------------------------------------------

    def _add_part(self, part: Part) -> None:
        title = self._add_title(part.title)
        if part.section:
            section = make_section(part.section, self._desk)
            self._sections.append((part, section, title))
            self._column.addWidget(section)
            return
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for field in part.fields:
            self._add_field(grid, field)
        self._column.addLayout(grid)

    def _add_title(self, title_id: str) -> QLabel | None:
        if not title_id:
            return None
        title = plain_label(i18n.tr(title_id), role="caption", parent=self)
        title.setContentsMargins(0, 6, 0, 0)
        self._column.addWidget(title)
        return title

    def _add_field(self, grid: QGridLayout, field: Field) -> None:
        editor = make_editor(field, self._desk)
        label = plain_label(i18n.tr(field.label), role="second", parent=self)
        label.setWordWrap(True)
        label.setToolTip(tip(meaning_of(field.label)))
        label.setBuddy(editor.focusProxy() or editor)
        # As high as what it names: margins do not outlive the style sheet.
        label.setMinimumHeight(_PLAIN_PX if field.edit in _FRAMELESS else _BOX_PX)
        top = Qt.AlignmentFlag.AlignTop
        row = grid.rowCount()
        if field.edit in _WIDE:
            grid.addWidget(label, row, 0, 1, 2)
            grid.addWidget(editor, row + 1, 0, 1, 2)
        else:
            label.setFixedWidth(LABEL_WIDTH)
            grid.addWidget(label, row, 0, top)
            grid.addWidget(editor, row, 1, top)
        editor.committed.connect(lambda value, name=field.name: self._put(name, value))
        self.editors[field.name] = editor
        self._labels[field.name] = label
        self._fields[field.name] = field

    # -- showing ------------------------------------------------------------------------------

    def load(self, records: Sequence[Any]) -> None:
        """Show records of this form's type; of several, what they have in common."""
        if [r.id for r in records] != [r.id for r in self.records]:
            self.flush()
            for editor in self.editors.values():
                editor.take_back()
        self.records = list(records)
        is_single = len(records) == 1
        for name, editor in self.editors.items():
            self._load_field(name, editor)
        for part, section, title in self._sections:
            is_shown = is_single and (part.when is None or part.when(records[0]))
            if is_shown:
                section.load(records[0])
                is_shown = section.is_worth_showing
            section.setVisible(is_shown)
            if title is not None:
                title.setVisible(is_shown)

    def _load_field(self, name: str, editor: FieldEditor) -> None:
        field = self._fields[name]
        values = [getattr(record, name) for record in self.records]
        is_shown = any(field.is_shown(record) for record in self.records)
        editor.setVisible(is_shown)
        self._labels[name].setVisible(is_shown)
        if isinstance(self.records[0], Article):
            self._show_origin(name, self.records[0])
        if is_shown:
            is_mixed = any(v != values[0] for v in values)
            if is_mixed and isinstance(editor, pieces.PiecesEditor):
                # One list for all would drop what each has of its own.
                editor.hide()
                self._labels[name].hide()
                return
            editor.show_value(values[0], is_mixed=is_mixed)

    def _show_origin(self, name: str, article: Article) -> None:
        """Say under a detail of an article where it is known from; some lead into the text."""
        origin = next((o for o in article.origins if o.field == name), None)
        key = (origin, self._desk.article_id)
        if self._origins.get(name) == key:
            return
        self._origins[name] = key
        editor = self.editors[name]
        if (old := editor.findChild(QWidget, "origin")) is not None:
            old.hide()
            old.deleteLater()
            old.setObjectName("")
        if origin is None or not i18n.has(f"panels.origin.{origin.origin}"):
            return
        words = i18n.tr(f"panels.origin.{origin.origin}")
        shown: QWidget = plain_label(words, role="small")
        if origin.span is not None:
            shown = WordsLink(words)
            span = origin.span
            shown.clicked.connect(lambda: self._desk.reveal(span))
        shown.setObjectName("origin")
        editor.column.addWidget(shown)

    def _put(self, name: str, value: Any) -> None:
        if self.records and not put_field(self._desk, self.records, name, value):
            self.editors[name].refuse(getattr(self.records[0], name))

    def flush(self) -> None:
        """Commit what is typed and not committed yet."""
        if not self.records:
            return
        for editor in self.editors.values():
            editor.flush()
        for part, section, _ in self._sections:
            if not section.isHidden() and part.section:
                section.flush()

    def section(self, name: str) -> Section | None:
        """Return a list of the form by its name in ``LAYOUT``."""
        return next((s for part, s, _ in self._sections if part.section == name), None)

    def take_focus(self) -> None:
        """Put the keyboard into the first control that shows."""
        for editor in self.editors.values():
            if not editor.isHidden():
                editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return


class Inspector(QScrollArea):
    """Show the form of whatever is selected; a form is made once a type and used again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._forms: dict[type, Form] = {}
        self.form: Form | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(i18n.tr("panels.inspector"))
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._several = plain_label(role="strong")
        self._several.setContentsMargins(SIDE, 10, SIDE, 0)
        self._column.addWidget(self._several)
        self.setWidget(page)
        self._restyle()
        desk.theme_changed.connect(self._restyle)

    def _restyle(self) -> None:
        """Fade what has not been chosen yet: no frame, second ink."""
        colour = self._desk.theme.ink2.name()
        self.setStyleSheet(
            f'QComboBox[unset="true"] {{ color: {colour}; }}'
            'QComboBox[unset="true"]:!focus:!hover { border-color: transparent;'
            " background: transparent; }"
        )

    def show_records(self, records: Sequence[Any], title: str = "") -> None:
        """Show records of one type; ``title`` is said above several ("3 quotes")."""
        kinds = {type(record) for record in records}
        kind = kinds.pop() if len(kinds) == 1 else None
        form = self._form(kind) if kind is not None and kind in LAYOUT else None
        if self.form is not None and self.form is not form:
            self.form.flush()
            self.form.records = []
            self.form.hide()
        is_other = form is not self.form or (
            form is not None and [r.id for r in form.records] != [r.id for r in records]
        )
        self.form = form
        self._several.setText(title)
        self._several.setVisible(len(records) > 1)
        if form is not None:
            form.load(records)
            form.show()
            if is_other:
                self.verticalScrollBar().setValue(0)

    def _form(self, kind: type) -> Form:
        if kind not in self._forms:
            form = Form(kind, self._desk)
            self._forms[kind] = form
            self._column.addWidget(form)
        return self._forms[kind]

    def flush(self) -> None:
        """Commit what is typed and not committed yet."""
        if self.form is not None:
            self.form.flush()

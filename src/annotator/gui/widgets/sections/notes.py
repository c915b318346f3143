"""Notes on anything, and who made a record when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator import i18n
from annotator.app.commands.notes import add_note, delete_notes, set_note
from annotator.gui.models.rows import detail
from annotator.gui.parts import plain_label
from annotator.gui.widgets.editors import TextEditor
from annotator.gui.widgets.links import cross, line_of
from annotator.gui.widgets.section import Section
from annotator.model.annotations import Note

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.annotations import Stamp


class NotesSection(Section):
    """Write notes on the record shown; an emptied note is deleted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: dict[str, tuple[QWidget, TextEditor]] = {}
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        self.column.addLayout(self._list)
        words = i18n.tr("panels.note.new")
        self.draft = TextEditor(words, hint=words)
        self.draft.show_value("")
        self.draft.committed.connect(self._add)
        self.column.addWidget(self.draft)

    def load(self, record: Any) -> None:
        """Show a record's notes; boxes that stay are not made anew, somebody may be in one."""
        self.record = record
        data = self.desk.data
        notes = data.notes_on(record.id) if data is not None else []
        wanted = {note.id for note in notes}
        for note_id in [i for i in self._lines if i not in wanted]:
            line, _ = self._lines.pop(note_id)
            line.hide()
            line.deleteLater()
        for note in notes:
            if note.id not in self._lines:
                self._lines[note.id] = self._line(note.id)
                self._list.addWidget(self._lines[note.id][0])
            self._lines[note.id][1].show_value(note.text)

    def _line(self, note_id: str) -> tuple[QWidget, TextEditor]:
        number = len(self._lines) + 1
        box = TextEditor(i18n.tr("panels.note.number", number=number))
        box.committed.connect(lambda words: self._set(note_id, str(words)))
        name = i18n.tr("panels.note.drop", number=number)
        return line_of(box, cross(name, lambda: self._drop(note_id))), box

    def _note(self, note_id: str) -> Note | None:
        return self.desk.session.project.get(Note, note_id)

    def _set(self, note_id: str, words: str) -> None:
        if (note := self._note(note_id)) is not None:
            self.desk.run(set_note, note, words)

    def _drop(self, note_id: str) -> None:
        if (note := self._note(note_id)) is not None:
            self.desk.run(delete_notes, [note])

    def _add(self, words: object) -> None:
        if str(words).strip() and self.desk.run(add_note, self.record, str(words)) is None:
            self.draft.refuse("")
        else:
            self.draft.show_value("")

    def begin(self) -> None:
        """Put the keyboard into the box of the next note."""
        self.draft.box.setFocus()


class StampSection(Section):
    """Say who made a record, when, and from what."""

    def key(self, record: Any) -> object:
        """Return the stamp."""
        return record.stamp

    def fill(self, record: Any) -> None:
        """Make the line."""
        label = plain_label(stamp_words(record.stamp), role="small", parent=self)
        label.setWordWrap(True)
        self.column.addWidget(label)


def stamp_words(stamp: Stamp) -> str:
    """Return a stamp in words."""
    made = moment(stamp.made_at)
    parts = [i18n.tr("panels.stamp.made", when=made) if made else "", stamp.author]
    if stamp.changed_at and stamp.changed_at != stamp.made_at:
        parts.append(i18n.tr("panels.stamp.changed", when=moment(stamp.changed_at)))
    if stamp.origin != "human":
        parts.append(i18n.tr("panels.stamp.origin", origin=stamp.origin))
    return detail(*parts)


def moment(iso: str) -> str:
    """Return a moment in the person's time zone, to the minute ("" for none)."""
    if not iso:
        return ""
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return iso

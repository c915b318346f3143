"""Notes on anything, and who made a record when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from annotator import i18n
from annotator.app.commands.notes import add_note, delete_notes, set_note
from annotator.gui.models.rows import detail
from annotator.gui.parts import plain_label
from annotator.gui.widgets.editors import TextEditor
from annotator.gui.widgets.links import cross, line_of
from annotator.gui.widgets.section import Section

if TYPE_CHECKING:
    from annotator.model.annotations import Note, Stamp


class NotesSection(Section):
    """Write notes on the record shown; an emptied note is deleted."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self._draft: TextEditor | None = None

    def key(self, record: Any) -> object:
        """Return the notes."""
        return self._notes(record)

    def _notes(self, record: Any) -> list[Note]:
        data = self.desk.data
        return data.notes_on(record.id) if data is not None else []

    def fill(self, record: Any) -> None:
        """Make a box for each note and one for the next."""
        for number, note in enumerate(self._notes(record), 1):
            box = TextEditor(i18n.tr("panels.note.number", number=number))
            box.show_value(note.text)
            box.committed.connect(lambda words, note=note: self.desk.run(set_note, note, words))
            name = i18n.tr("panels.note.drop", number=number)
            drop = cross(name, lambda note=note: self.desk.run(delete_notes, [note]))
            self.column.addWidget(line_of(box, drop))
        self._draft = TextEditor(i18n.tr("panels.note.new"), hint=i18n.tr("panels.note.new"))
        self._draft.show_value("")
        self._draft.committed.connect(self._add)
        self.column.addWidget(self._draft)

    def _add(self, words: object) -> None:
        if str(words).strip():
            self.desk.run(add_note, self.record, str(words))

    def begin(self) -> None:
        """Put the keyboard into the box of the next note."""
        if self._draft is not None:
            self._draft.box.setFocus()


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

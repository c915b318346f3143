"""Write notes on anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.app.commands.draft import Draft
from annotator.model.annotations import Note
from annotator.model.changes import TABLE_OF, article_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.session import Session
    from annotator.model.changes import Record


def add_note(session: Session, target: Record, text: str) -> Note:
    """Write a note on a record."""
    draft = Draft(session, "add-note")
    note = draft.insert(
        Note(
            session.new_id(),
            TABLE_OF[type(target)],
            target.id,
            article_of(target),
            text,
            session.stamp(),
        )
    )
    draft.commit()
    return note


def set_note(session: Session, note: Note, text: str) -> Note | None:
    """Change a note's words; an emptied note is deleted."""
    if not text.strip():
        delete_notes(session, [note])
        return None
    draft = Draft(session, "edit-note")
    after = draft.update(note, replace(note, text=text))
    draft.commit()
    return after


def delete_notes(session: Session, notes: Sequence[Note]) -> None:
    """Delete notes."""
    draft = Draft(session, "delete-notes", count=len(notes))
    for note in notes:
        draft.delete(note)
    draft.commit()

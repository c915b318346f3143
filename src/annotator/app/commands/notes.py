"""Write notes on anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.analysis.rules import FINDING_TABLE
from annotator.app.commands.draft import Draft
from annotator.model.annotations import Note
from annotator.model.changes import TABLE_OF, article_of
from annotator.model.errors import UserError

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


def accept_finding(session: Session, article_id: str, key: str, reason: str) -> Note:
    """Keep the reason why something that a house rule found is all right.

    Args:
        session: the session.
        article_id: the article.
        key: the finding's key; it stays the same while marks come and go.
        reason: why; an earlier reason for the same finding is replaced.

    Raises:
        UserError: ``finding-no-reason`` if nothing is said.
    """
    if not reason.strip():
        raise UserError("finding-no-reason")
    draft = Draft(session, "accept-finding")
    for known in session.project.find(
        Note, article_id=article_id, target_table=FINDING_TABLE, target_id=key
    ):
        draft.delete(known)
    stamp = session.stamp()
    note = draft.insert(
        Note(session.new_id(), FINDING_TABLE, key, article_id, reason.strip(), stamp)
    )
    draft.commit()
    return note


def reopen_findings(session: Session, article_id: str, keys: Sequence[str]) -> None:
    """Take back the reasons for which findings were accepted."""
    draft = Draft(session, "reopen-finding")
    for note in session.project.find(
        Note, article_id=article_id, target_table=FINDING_TABLE, target_id=tuple(keys)
    ):
        draft.delete(note)
    draft.commit()


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

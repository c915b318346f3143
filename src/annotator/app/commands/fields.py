"""Change single fields of a record, in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from annotator.app.commands.draft import Draft
from annotator.model.changes import TABLE_OF
from annotator.model.errors import BugError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.session import Session
    from annotator.model.changes import Record

R = TypeVar("R", bound="Record")

#: What a person never types: identity, place in the text, links that have verbs of their own.
_FIXED = frozenset({"id", "article_id", "spans", "anchor", "stamp", "text_digest", "length"})


def set_fields(session: Session, record: R, **fields: object) -> R:
    """Set fields of a record; fields that keep their value make no step.

    Raises:
        BugError: ``fixed-field`` for a field that has a verb of its own.
    """
    return set_fields_many(session, [record], **fields)[0]


def set_fields_many(session: Session, records: Sequence[R], **fields: object) -> list[R]:
    """Set the same fields of several records in one step."""
    if not _FIXED.isdisjoint(fields):
        raise BugError("fixed-field", fields=sorted(fields))
    table = TABLE_OF[type(records[0])] if records else ""
    draft = Draft(session, "edit", table=table, count=len(records), field=next(iter(fields), ""))
    after = [draft.update(record, replace(record, **fields)) for record in records]
    draft.commit()
    return after

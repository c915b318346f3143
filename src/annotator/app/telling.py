"""Which articles of a project tell a story again, by what a person decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.analysis.stories import repeats
from annotator.app.board import stamp
from annotator.app.ledger import teller_of

if TYPE_CHECKING:
    from annotator.store import Project


def repeated_articles(project: Project) -> frozenset[str]:
    """Return the ids of the articles that are left out where each story counts once."""
    tellers = {row.article_id: (row, teller_of(row, 0)) for row in project.audits(stamp())}
    linked = {i for i, (_, told) in tellers.items() if told.previous_id or told.same}
    linked |= {
        other
        for _, told in (tellers[i] for i in linked)
        for other in (*told.same, told.previous_id or "")
    }
    return repeats(
        replace(told, coded=2 if row.is_reviewed else int(bool(project.marks(row.article_id))))
        for i, (row, told) in tellers.items()
        if i in linked
    )

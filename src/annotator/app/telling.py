"""Which articles of a project tell a story again, by what a person decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.analysis.stories import Teller, repeats
from annotator.app.board import stamp
from annotator.model.article import StoryKind

if TYPE_CHECKING:
    from annotator.store import Project


def repeated_articles(project: Project) -> frozenset[str]:
    """Return the ids of the articles that are left out where each story counts once."""
    rows = {row.article_id: row for row in project.audits(stamp())}
    same = {
        row.article_id: tuple(r.article_id for r in row.related if r.kind is StoryKind.SAME)
        for row in rows.values()
    }
    linked = {i for i, row in rows.items() if row.previous_id or same[i]}
    linked |= {other for i in linked for other in (*same[i], rows[i].previous_id or "")}
    return repeats(
        Teller(
            row.article_id,
            row.previous_id,
            same[row.article_id],
            2 if row.is_reviewed else int(bool(project.marks(row.article_id))),
            row.published.value if row.published is not None else "",
        )
        for row in rows.values()
        if row.article_id in linked
    )

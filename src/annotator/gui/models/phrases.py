"""List what stands around the content: cues, hedges, no-comment and not-verified lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister, sorted_marks
from annotator.gui.models.rows import Chip, Row, detail, one_line, quoted
from annotator.gui.models.sourced import content_words, source_name
from annotator.model.annotations import (
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mark,
)
from annotator.model.vocabulary import CueStance, MarkKind

if TYPE_CHECKING:
    from annotator.app.view_models import ArticleData

_TYPES = (Cue, Hedge, DeclinedComment, CouldNotVerify)
_KINDS = list(MarkKind)


class PhraseLister(Lister):
    """List cues, hedges, declined comments and could-not-verify lines."""

    orders: ClassVar[tuple[str, ...]] = ("text", "kind")
    tables: ClassVar[frozenset[str]] = frozenset(
        {"cue", "hedge", "declined_comment", "could_not_verify", "attribution", "claim", "source"}
    )

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order."""
        data = self.data
        if data is None:
            return []
        marks: list[Mark] = [mark for kind in _TYPES for mark in data.of_type(kind)]
        marks.sort(key=lambda mark: (mark.spans[0], mark.id))
        if order == "kind":
            return sorted_marks(marks, lambda i: _KINDS.index(data.marks[i].mark_kind))
        return sorted_marks(marks)

    def record(self, record_id: str) -> Cue | Hedge | DeclinedComment | CouldNotVerify | None:
        """Return a mark of these kinds."""
        mark = self.data.marks.get(record_id) if self.data is not None else None
        return mark if isinstance(mark, _TYPES) else None

    def row(self, record_id: str) -> Row:
        """Return the words, and what they are about."""
        data = self.data
        assert data is not None, "rows are asked for only when an article is loaded"
        mark = data.marks[record_id]
        return Row(
            id=record_id,
            title=one_line(mark.anchor.quotation),
            detail=detail(_about(data, mark), self.paragraph(mark.spans[0])),
            chips=(Chip(_chip(mark)),),
            style=str(mark.mark_kind),
            swatch="line",
            strong=False,
        )


def _chip(mark: Mark) -> str:
    if isinstance(mark, Cue) and mark.stance is not CueStance.UNKNOWN:
        return f"{i18n.term(mark.mark_kind)}, {i18n.term(mark.stance)}"
    return i18n.term(mark.mark_kind)


def _about(data: ArticleData, mark: Mark) -> str:
    if isinstance(mark, Hedge | CouldNotVerify):
        claim = data.marks.get(mark.claim_id or "")
        return quoted(content_words(data, claim)) if isinstance(claim, Claim) else ""
    if isinstance(mark, DeclinedComment):
        source = data.sources.get(mark.source_id or "")
        return source_name(data, source) if source is not None else ""
    rows = [a for a in data.attributions.values() if mark.id in a.cue_ids]
    sources = [data.sources[a.source_id] for a in rows if a.source_id in data.sources]
    return ", ".join(dict.fromkeys(source_name(data, source) for source in sources))

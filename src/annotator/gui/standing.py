"""What the open article rests on, computed once a change for the margin and the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.gui.dates import percent
from annotator.i18n import term, tr
from annotator.model.annotations import Claim, Quote
from annotator.model.vocabulary import QuoteKind, SourcingState

if TYPE_CHECKING:
    from annotator.analysis.sourcing import Basis, Sourcing
    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk

#: Waits for the paint of what was just marked.
_AFTER_MS = 30
#: Beyond this many marks the margin says nothing: it would be a wall of words.
_TOO_MANY = 20_000
#: States that a reader should look at, in the unnamed sources' colour.
_LOOK = frozenset(
    {
        SourcingState.SINGLE_ANONYMOUS,
        SourcingState.UNATTRIBUTED,
        SourcingState.DISPUTED,
        SourcingState.DENIED,
        SourcingState.OUTLET_COULD_NOT_VERIFY,
        SourcingState.DECLINED_COMMENT_ONLY,
    }
)

#: Position, words and style key of a note in the margin.
Note = tuple[int, str, str]


class Standing(QObject):
    """Keep the figures of the open article; ``changed`` a moment after it changed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.sourcing: Sourcing | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.compute)
        desk.article_opened.connect(self._wait)
        desk.touched.connect(self._wait)

    def _wait(self) -> None:
        self._later.start()

    def compute(self) -> None:
        """Compute now."""
        from annotator.analysis.sourcing import Sourcing

        self._later.stop()
        data = self._desk.data
        usable = data is not None and len(data.marks) <= _TOO_MANY
        self.sourcing = Sourcing(data) if usable and data is not None else None
        self.changed.emit()

    def facts(self) -> str:
        """Return the line below: distinct sources as a range, and the named share of them."""
        from annotator.analysis.shares import Openness, shares_by_source

        if self.sourcing is None or not self.sourcing.speaking:
            return ""
        share = shares_by_source(self.sourcing).part(Openness.NAMED)
        words = (
            tr("window.distinct", range=self.sourcing.distinct.words()),
            tr("window.named", share=percent(share)),
        )
        return " · ".join(words)

    def margin(self) -> list[Note]:
        """Return what the right margin says, in text order: each thing once a paragraph.

        A claim speaks for the quote around it: it says the same, of what can be checked.
        """
        data = self._desk.data
        if self.sourcing is None or data is None:
            return []
        segments = self._desk.session.segments(data.article.id)
        said: set[tuple[int, object]] = set()
        notes: list[Note] = []
        contents = self.sourcing.contents
        for content in sorted(contents, key=lambda c: isinstance(c, Quote)):
            at = content.spans[0].start
            basis = self.sourcing.basis(content.id)
            paragraph = segments.paragraph_of(at)
            who = (*basis.supporters, *basis.deniers, *basis.refusers)
            keys: set[tuple[int, object]] = {(paragraph, (basis.state, who))}
            if isinstance(content, Quote) and (who or basis.state not in _LOOK):
                keys.add((paragraph, who))
            if not keys & said:
                notes.append((at, *self._note(data, content, basis)))
            said |= {(paragraph, (basis.state, who)), (paragraph, who)}
        return sorted(notes, key=lambda note: note[0])

    def _note(self, data: ArticleData, content: Quote | Claim, basis: Basis) -> tuple[str, str]:
        """Return the words for a content: its state, who says it, and what weakens it."""
        who = _who(data, basis)
        is_hedged = any(hedge.claim_id == content.id for hedge in data.hedges)
        doubt = [tr("window.hedged")] if is_hedged else []
        if basis.state in _LOOK:
            first = basis.state
            below = ", ".join(part for part in (who, *doubt) if part)
            return (f"{term(first)}\n{below}" if below else term(first)), "source.unnamed"
        if isinstance(content, Quote) and content.kind is not QuoteKind.UNKNOWN:
            return " · ".join(part for part in (term(content.kind), who) if part), ""
        return " · ".join(part for part in (term(basis.state), who, *doubt) if part), "claim"


def _who(data: ArticleData, basis: Basis) -> str:
    """Return who is behind a content, and how many persons that may be."""
    ids = (*basis.supporters, *basis.deniers, *basis.refusers)
    names = [data.name_of(data.sources[i]) for i in ids if i in data.sources]
    who = ", ".join(name for name in names if name)
    if basis.distinct.high > 1 and len(basis.supporters) == 1:
        persons = tr("window.persons", range=basis.distinct.words())
        return f"{who}, {persons}" if who else persons
    return who

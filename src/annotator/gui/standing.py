"""What the open article rests on, computed once a change for the margin and the status line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.gui.dates import percent
from annotator.i18n import term, tr
from annotator.model.annotations import Quote
from annotator.model.vocabulary import QuoteKind, SourcingState
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from annotator.analysis.sourcing import Basis, Sourcing
    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.model.annotations import Claim

#: Waits for the paint of what was just marked.
_AFTER_MS = 30
#: Beyond this many marks the margin says nothing: it would be a wall of words.
_TOO_MANY = 20_000
#: Up to so many marks the figures are there at once and never flicker.
_AT_ONCE = 800
_LARGE = 200_000
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


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold what is said about an article: the line below and the notes in the margin."""

    facts: str = ""
    notes: tuple[Note, ...] = ()


class Standing(QObject):
    """Keep the figures of the open article; ``changed`` a moment after it changed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.figures = Figures()
        self._handle: JobHandle | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self.compute)
        desk.article_opened.connect(self._on_opened)
        desk.touched.connect(self._wait)
        desk.data_read.connect(self._wait)
        if desk.article_id:
            self._on_opened()

    def _on_opened(self) -> None:
        self.figures = Figures()
        self._wait()

    def _wait(self) -> None:
        self._later.start()

    def compute(self) -> None:
        """Compute now: at once for an ordinary article, in the background for a huge one."""
        self._later.stop()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        data = self._desk.data
        if data is None:
            self._take(Figures())
            return
        if len(data.marks) <= _AT_ONCE and len(data.text) <= _LARGE:
            self._take(figures(data, self._desk.session.segments(data.article.id)))
            return
        self._handle = self._desk.jobs.start(
            lambda _ctx: figures(data, Segments(data.text, data.article.language)),
            self._take,
            is_wanted=lambda: self._desk.data is data,
        )

    def _take(self, found: Figures) -> None:
        self._handle = None
        self.figures = found
        self.changed.emit()


def figures(data: ArticleData, segments: Segments) -> Figures:
    """Compute what an article rests on. Thread: any."""
    notes = _margin(data, segments, data.sourcing) if len(data.marks) <= _TOO_MANY else ()
    pages = ((at, tr("window.page", number=label), "") for at, label in data.article.pages)
    return Figures(_facts(data.sourcing), tuple(sorted((*notes, *pages), key=lambda n: n[0])))


def _facts(sourcing: Sourcing) -> str:
    """Return the line below: distinct sources as a range, and the named share of them."""
    from annotator.analysis.shares import Openness, shares_by_source

    if not sourcing.speaking:
        return ""
    share = shares_by_source(sourcing).part(Openness.NAMED)
    words = (
        tr("window.distinct", range=sourcing.distinct.words()),
        tr("window.named", share=percent(share)),
    )
    return " · ".join(words)


def _margin(data: ArticleData, segments: Segments, sourcing: Sourcing) -> tuple[Note, ...]:
    """Return what the right margin says, in text order: each thing once a paragraph.

    A claim speaks for the quote around it: it says the same, of what can be checked.
    """
    said: set[tuple[int, object]] = set()
    notes: list[Note] = []
    hedged = {hedge.claim_id for hedge in data.hedges}
    for content in sorted(sourcing.contents, key=lambda c: isinstance(c, Quote)):
        at = content.spans[0].start
        basis = sourcing.basis(content.id)
        paragraph = segments.paragraph_of(at)
        who = (*basis.supporters, *basis.deniers, *basis.refusers)
        keys: set[tuple[int, object]] = {(paragraph, (basis.state, who))}
        if isinstance(content, Quote) and (who or basis.state not in _LOOK):
            keys.add((paragraph, who))
        if not keys & said:
            notes.append((at, *_note(data, content, basis, is_hedged=content.id in hedged)))
        said |= {(paragraph, (basis.state, who)), (paragraph, who)}
    return tuple(sorted(notes, key=lambda note: note[0]))


def _note(
    data: ArticleData, content: Quote | Claim, basis: Basis, *, is_hedged: bool
) -> tuple[str, str]:
    """Return the words for a content: its state, who says it, and what weakens it."""
    who = _who(data, basis)
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

"""The article's text cut into runs under the same marks, with notes for its margin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.exporters.report import Margin, MarkedText, Paragraph, Ref, Run, RunMark
from annotator.exporters.reports.index import WARN_STATES
from annotator.exporters.words import listing, range_words
from annotator.i18n import term, tr
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Claim,
    CouldNotVerify,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    Quote,
    SourceMention,
)
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.reports.index import Index

#: Drawn without a line of their own level: a thin line under the others, or none.
_UNSTACKED = frozenset({"actor", "cue", "masked"})
_DEEPEST = 2
_GOOD_STATES = frozenset(
    {
        v.SourcingState.SEVERAL_INDEPENDENT,
        v.SourcingState.DOCUMENTED,
        v.SourcingState.OWN_OBSERVATION,
    }
)
#: The styles of the legend, in the order of the marking keys.
_LEGEND = (
    "quote",
    "source.unnamed",
    "source.named",
    "claim",
    "cue",
    "actor",
    "hedge",
    "declined_comment",
    "could_not_verify",
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One stretch of a mark inside one paragraph."""

    span: Span
    id: str
    style: str
    level: int = 0


def style_of(index: Index, mark: Mark) -> str:
    """Return the style that a mark is drawn in."""
    if isinstance(mark, SourceMention):
        source = index.sources.get(mark.source_id or "")
        return "source.unnamed" if source is None else index.tone(source)
    if isinstance(mark, Mention):
        return "actor"
    return mark.mark_kind.value


def tone_of(state: v.SourcingState) -> str:
    """Return the colour of a sourcing state."""
    if state in WARN_STATES:
        return "warn"
    return "good" if state in _GOOD_STATES else ""


def marked_text(index: Index) -> MarkedText:
    """Cut the article into paragraphs of runs."""
    pieces = _pieces(index)
    refs = _refs(index)
    margins = _margins(index)
    used: set[str] = set()
    shown: list[Paragraph] = []
    for span, kind, number in index.paragraphs:
        inside = _stacked([p for p in pieces if p.span.overlaps(span)], span)
        used |= {p.style for p in inside}
        runs = tuple(_runs(index.text, span, inside, refs))
        shown.append(
            Paragraph(number, kind, runs, tuple(margins.get(number, ()) if number else ()))
        )
    legend = tuple((s, tr(f"report.style.{s}", lang=index.lang)) for s in _LEGEND if s in used)
    title = tr("report.text", lang=index.lang)
    return MarkedText("text", title, tuple(shown), legend, index.article.language, is_dense=True)


def _pieces(index: Index) -> list[_Piece]:
    found = [
        _Piece(span, mark.id, style_of(index, mark))
        for mark in index.records.marks
        for span in mark.spans
    ]
    found += [_Piece(span, "", "masked") for span in index.article.mask]
    return sorted(found, key=lambda p: (p.span.start, -p.span.end, p.id))


def _stacked(pieces: list[_Piece], inside: Span) -> list[_Piece]:
    """Clip pieces to a paragraph and give each line a level: the shorter, the nearer the words."""
    placed: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: (len(p.span), p.span, p.id)):
        span = Span(max(piece.span.start, inside.start), min(piece.span.end, inside.end))
        level = 0
        if piece.style not in _UNSTACKED:
            busy = {p.level for p in placed if p.style not in _UNSTACKED and p.span.overlaps(span)}
            level = next((n for n in range(_DEEPEST) if n not in busy), _DEEPEST)
        placed.append(_Piece(span, piece.id, piece.style, level))
    return placed


def _refs(index: Index) -> dict[int, list[Ref]]:
    """Return the codes to show behind the text, by the position where a mark ends."""
    found: dict[int, list[Ref]] = defaultdict(list)
    for source_id, mentions in index.mentions.items():
        source = index.sources.get(source_id)
        for mention in mentions if source is not None else ():
            found[mention.hull.end].append(index.ref(index.sources[source_id]))
    for content in (*index.quotes, *index.claims):
        found[content.hull.end].append(index.content_ref(content))
    return found


def _runs(
    text: str, inside: Span, pieces: list[_Piece], refs: dict[int, list[Ref]]
) -> Iterator[Run]:
    cuts = {inside.start, inside.end}
    for piece in pieces:
        cuts |= {piece.span.start, piece.span.end}
    # Codes stand behind the mark's last character: the position after it, in this paragraph.
    cuts |= {at for at in refs if inside.start < at <= inside.end}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        here = [p for p in pieces if p.span.start <= start and end <= p.span.end]
        # Outer marks first, so that whoever sets them can nest them.
        here.sort(key=lambda p: (p.span.start, -p.span.end, p.id))
        marks = tuple(RunMark(p.id, p.style, p.level) for p in here)
        yield Run(text[start:end], marks, tuple(refs.get(end, ())))


def _margins(index: Index) -> dict[int, list[Margin]]:
    """Return the notes beside each paragraph, in the order of the marks."""
    found: dict[int, list[tuple[int, Margin]]] = defaultdict(list)

    def put(mark: Mark, margin: Margin) -> None:
        at = mark.spans[0].start
        found[index.paragraph_of(at)].append((at, margin))

    told: set[str] = set()
    for claim in index.claims:
        around = [q for q in index.quotes if _tells_the_same(index, claim, q)]
        told |= {q.id for q in around}
        put(claim, _claim_margin(index, claim, around))
    for quote in index.quotes:
        if quote.id not in told:
            put(quote, _quote_margin(index, quote))
    for mark in (*index.of_type(DeclinedComment), *index.of_type(CouldNotVerify)):
        words = tr(f"report.margin.{mark.mark_kind.value}", lang=index.lang)
        put(mark, Margin((), words, _asked(index, mark), tone="quiet"))
    return {n: [m for _, m in sorted(rows, key=lambda r: r[0])] for n, rows in found.items()}


def _tells_the_same(index: Index, claim: Claim, quote: Quote) -> bool:
    """Say whether a claim's note tells all there is to tell of the quote around it."""
    if not quote.hull.contains(claim.hull):
        return False
    return {s.id for s in index.behind(claim)} == {s.id for s in index.behind(quote)}


def _asked(index: Index, mark: Mark) -> str:
    if isinstance(mark, DeclinedComment):
        source = index.sources.get(mark.source_id or "")
        return "" if source is None else index.name(source)
    claim = index.marks.get(getattr(mark, "claim_id", None) or "")
    return index.codes.get(claim.id, "") if claim is not None else ""


def _claim_margin(index: Index, claim: Claim, around: list[Quote]) -> Margin:
    basis = index.basis(claim)
    behind = index.names(index.behind(claim))
    details = [listing(behind, index.lang)] if behind else []
    if basis.distinct is not None and basis.distinct.low != basis.distinct.high:
        details.append(
            tr("report.people", lang=index.lang, range=range_words(basis.distinct, index.lang))
        )
    if any(h.claim_id == claim.id for h in index.of_type(Hedge)):
        details.append(tr("report.hedged", lang=index.lang))
    return Margin(
        (index.content_ref(claim), *(index.content_ref(q) for q in around)),
        term(basis.state, lang=index.lang),
        " · ".join(details),
        tone_of(basis.state),
    )


def _quote_margin(index: Index, quote: Quote) -> Margin:
    behind = index.names(index.behind(quote))
    who = listing(behind, index.lang) or tr("report.nobody", lang=index.lang)
    return Margin((index.content_ref(quote),), term(quote.kind, lang=index.lang), who)

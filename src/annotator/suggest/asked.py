"""Propose the phrases that are lines of their own, and of a refusal who was asked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.model.vocabulary import MarkKind
from annotator.suggest import phrases
from annotator.suggest.base import Draft, Proposal
from annotator.suggest.places import PERSON
from annotator.suggest.sources import describe
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from annotator.suggest.read import Reading

_PHRASE_KINDS = {
    phrases.DECLINED: MarkKind.DECLINED,
    phrases.UNVERIFIED: MarkKind.UNVERIFIED,
    phrases.HEDGE: MarkKind.HEDGE,
    phrases.CONDITIONAL: MarkKind.HEDGE,
}


def propose(
    draft: Draft,
    paragraph: int,
    start: int,
    reading: Reading,
    sources: dict[tuple[int, TokenSpan], int],
) -> None:
    """Add a paragraph's refusals, hedges and what could not be verified.

    Args:
        draft: takes them up.
        paragraph: its number.
        start: where it begins in the text.
        reading: what it says.
        sources: (paragraph, mention) -> index of the mention's proposal.
    """
    used = {a.source for a in reading.attributions if a.source is not None}
    for phrase in reading.phrases:
        links: tuple[tuple[str, int], ...] = ()
        if phrase.family == phrases.DECLINED:
            index = _asked(draft, paragraph, start, reading, phrase, sources, used)
            links = (("source", index),) if index is not None else ()
        draft.add(
            Proposal(
                _PHRASE_KINDS[phrase.family],
                (phrase.span.shifted(start),),
                phrase.family,
                phrase.score,
                (phrase.evidence.shifted(start),),
                {},
                "",
                links,
            )
        )


def _asked(
    draft: Draft,
    paragraph: int,
    start: int,
    reading: Reading,
    phrase: phrases.Phrase,
    sources: dict[tuple[int, TokenSpan], int],
    used: set[TokenSpan],
) -> int | None:
    """Return the proposal of who was asked for comment, made now if the tagger has not."""
    starts = reading.tokens.starts
    low = bisect_left(reading.sources, phrase.span.start, key=lambda s: starts[s.first])
    high = bisect_left(reading.sources, phrase.span.end, key=lambda s: starts[s.first])
    inside = [m for m in reading.sources[low:high] if m in used]
    ahead = [m for m in inside if starts[m.first] < phrase.evidence.start]
    if ahead:
        return sources[paragraph, ahead[-1]]
    found = phrases.asked(reading.tokens, phrase, draft.language)
    if found is None:
        return sources[paragraph, inside[0]] if inside else None
    first, stop = found
    at = TokenSpan("S", first, stop, 0.6)
    known = [m for m in reading.sources[low:high] if m.first < stop and first < m.stop]
    if known:
        return _widened(draft, sources[paragraph, known[0]], reading, start, known[0], at)
    low = max(0, bisect_left(reading.names, first, key=lambda n: n.first) - 1)
    high = bisect_left(reading.names, stop, key=lambda n: n.first)
    tags = [
        TokenSpan("PER" if n.kind == PERSON else "ORG", n.first, n.stop, n.sure)
        for n in reading.names[low:high]
    ]
    what = describe(reading.tokens, at, tags, draft.language)
    span = reading.span(first, stop).shifted(start)
    return draft.add(
        Proposal(
            MarkKind.SOURCE,
            (span,),
            "declined",
            0.6,
            (phrase.evidence.shifted(start),),
            {"identification": what.identification},
            _met_before(draft, what.name) or f"asked-{span.start}",
        )
    )


def _widened(
    draft: Draft, index: int, reading: Reading, start: int, known: TokenSpan, at: TokenSpan
) -> int:
    """Give a mention the words of the whole party that was asked; return where it is proposed."""
    first, stop = min(known.first, at.first), max(known.stop, at.stop)
    draft.out[index] = replace(draft.out[index], spans=(reading.span(first, stop).shifted(start),))
    return index


def _met_before(draft: Draft, name: str) -> str:
    """Return the cluster of a source of that name, nothing where none is."""
    last = name.split()[-1:]
    same = (
        p.cluster
        for p in draft.out
        if p.kind == MarkKind.SOURCE and last and p.fields.get("actor", "").split()[-1:] == last
    )
    return next(same, "")

"""Turn the readings of an article's paragraphs into proposals."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from annotator.model.vocabulary import MarkKind
from annotator.suggest import (
    answers,
    asked,
    calibrate,
    cast,
    claims,
    clusters,
    cues,
    definites,
    kinds,
    naming,
    phrases,
    placed,
)
from annotator.suggest.base import Draft, Proposal, in_text_order
from annotator.suggest.places import ORGANISATION, PERSON
from annotator.suggest.read import INTERVIEW, Reading, quote_kind, rule_of
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import INSIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from annotator.model.span import Span, Spans
    from annotator.suggest.sources import Description

_NOWHERE = (-1, TokenSpan("S", 0, 0, 0.0))


def assemble(readings: placed.Readings, language: str) -> list[Proposal]:
    """Return the article's proposals in text order, links as indices."""
    draft = Draft(language)
    readings = kinds.settled(readings, language)
    bases = _sentence_bases(readings)
    named = naming.names(readings, language)
    places = _places(readings, named, bases)
    mentions, speakers = answers.with_answerer(
        readings, placed.mentions(readings, bases, language), named, bases
    )
    resolved = clusters.join(
        [
            cast.SourceMention(
                m.span, m.sentence, m.words, m.what, m.withheld, m.other_than, m.in_person, m.inner
            )
            for m in mentions
        ],
        [place for place, n in zip(places, named, strict=True) if n.find.kind == PERSON],
        [
            place
            for place, n in zip(places, named, strict=True)
            if n.find.kind == ORGANISATION and definites.is_firm(n.who.actor)
        ],
    )
    speakers = answers.carried_on(readings, speakers)
    needed = set(speakers.values())
    by_place = _propose_sources(draft, readings, mentions, resolved, named, needed)
    reports = any(reading.attributions for _, reading in readings)
    for paragraph, (start, reading) in enumerate(readings):
        quotes = _propose_quotes(
            draft,
            paragraph,
            start,
            reading,
            by_place,
            by_place.get(speakers.get(paragraph, _NOWHERE)),
        )
        _propose_claims(draft, start, reading, quotes, reports=reports)
        asked.propose(draft, paragraph, start, reading, by_place)
    _propose_actors(draft, named)
    return in_text_order(draft.out)


def _places(
    readings: placed.Readings, named: Sequence[naming.Named], bases: Sequence[int]
) -> list[cast.NamedPlace]:
    """Return where the names stand."""
    reported = [_reported(reading) for _, reading in readings]
    return [
        cast.NamedPlace(
            n.span,
            bases[n.paragraph] + readings[n.paragraph][1].tokens.sentence[n.find.first],
            n.who.actor,
            n.find.first in reported[n.paragraph],
        )
        for n in named
    ]


def _reported(reading: Reading) -> set[int]:
    """Return the tokens between quotation marks and in what somebody is said to say."""
    said = {
        i for a in reading.attributions for part in a.content for i in range(part.first, part.stop)
    }
    return said | {i for i, state in enumerate(reading.tokens.state) if state == INSIDE}


def _sentence_bases(readings: placed.Readings) -> list[int]:
    out: list[int] = []
    base = 0
    for _, reading in readings:
        out.append(base)
        base += reading.tokens.sentence[-1] + 1 if reading.tokens.sentence else 1
    return out


def _propose_sources(
    draft: Draft,
    readings: placed.Readings,
    mentions: Sequence[placed.Mention],
    resolved: Sequence[cast.Resolved],
    named: Sequence[naming.Named],
    needed: Collection[tuple[int, TokenSpan]],
) -> dict[tuple[int, TokenSpan], int]:
    """Add a proposal per source mention that tells something; return where each one is.

    Who is named and says nothing is no source, though a pronoun may stand for it; ``needed`` are
    proposed in any case.
    """
    out: dict[tuple[int, TokenSpan], int] = {}
    telling = {
        result.cluster
        for mention, result in zip(mentions, resolved, strict=True)
        if (mention.paragraph, mention.at) in needed
        or not placed.says_nothing(readings[mention.paragraph][1], mention.at)
    }
    origins = _origins(readings)
    persons: dict[str, str] = {}
    for n in named:
        persons.setdefault(n.who.actor.split()[-1] if n.who.actor else "", n.who.actor)
    for mention, result in zip(mentions, resolved, strict=True):
        start, reading = readings[mention.paragraph]
        silent = result.cluster not in telling and not result.what.is_anonymous
        if silent and not placed.is_told_beside(reading, mention.at):
            continue
        anonymous = reading.anonymous.get(mention.at)
        fields = _source_fields(result, persons)
        evidence: Spans = ()
        if result.what.is_anonymous and anonymous is not None:
            fields["anonymity_reason"] = anonymous.reason
            if anonymous.span is not None:
                shown = anonymous.span.shifted(start)
                fields["anonymity_span"] = f"{shown.start}-{shown.end}"
                evidence = (shown,)
        origin = origins.get((mention.paragraph, mention.at), reading.rule)
        proposal = Proposal(
            MarkKind.SOURCE,
            (mention.span,),
            origin,
            calibrate.score(origin, MarkKind.SOURCE, mention.at.sure, draft.language),
            evidence,
            fields,
            result.cluster,
        )
        out[mention.paragraph, mention.at] = draft.add(proposal)
    return out


def _origins(readings: placed.Readings) -> dict[tuple[int, TokenSpan], str]:
    """Return the rule behind every source that an attribution uses."""
    return {
        (number, attribution.source): rule_of(origin)
        for number, (_, reading) in enumerate(readings)
        for attribution, origin in zip(reading.attributions, reading.origin, strict=True)
        if attribution.source is not None
    }


def _source_fields(result: cast.Resolved, persons: dict[str, str]) -> dict[str, str]:
    what = result.what
    fields = {"identification": what.identification}
    for name, value in (
        ("stated_count", what.count if what.identification == "unnamed_group" else ""),
        ("affiliation", what.affiliation),
        ("proximity", what.proximity if what.is_anonymous else "unknown"),
        ("role", what.role),
        ("role_status", what.status),
        ("group", result.group),
    ):
        if value and value != "unknown":
            fields[name] = value
    if what.name:
        fields["actor"] = _known_as(what, persons)
    return fields


def _known_as(what: Description, persons: dict[str, str]) -> str:
    """Return the name of the actor that a source is: a relative's surname is not enough."""
    words = what.name.split()
    known = persons.get(words[-1], what.name)
    other = len(words) > 1 and words[0].lower() not in known.lower().split() and " " in known
    return what.name if what.identification == "named_organisation" or other else known


def _propose_quotes(
    draft: Draft,
    paragraph: int,
    start: int,
    reading: Reading,
    sources: dict[tuple[int, TokenSpan], int],
    speaker: int | None,
) -> list[int]:
    """Add a paragraph's quotations; ``speaker``: whose an answer, or the first of them, is."""
    out: list[int] = []
    cue_at: dict[TokenSpan, int] = {}
    refusals = sorted(p.evidence for p in reading.phrases if p.family == phrases.DECLINED)
    unverified = sorted(p.evidence for p in reading.phrases if p.family == phrases.UNVERIFIED)
    for attribution, origin in zip(reading.attributions, reading.origin, strict=True):
        rule = rule_of(origin)
        links: list[tuple[str, int]] = []
        cue = attribution.cue
        word = sum(map(len, attribution.content)) == 1  # "could not verify it"
        if cue is not None and (
            _covers(reading, cue, refusals) or (word and _covers(reading, cue, unverified))
        ):
            out.append(-1)  # "declined to comment" is a line of its own, and no quotation
            continue
        what = cues.describe(reading.tokens, cue, draft.language) if cue else cues.NOTHING
        if cue is not None:
            if cue not in cue_at:
                span = reading.span(cue.first, cue.stop).shifted(start)
                cue_at[cue] = draft.add(
                    Proposal(
                        MarkKind.CUE,
                        (span,),
                        rule,
                        calibrate.score(rule, MarkKind.CUE, cue.sure, draft.language),
                        (),
                        {"stance": what.stance},
                    )
                )
            links.append(("cue", cue_at[cue]))
        if attribution.source is not None:
            links.append(("source", sources[paragraph, attribution.source]))
        elif speaker is not None and (origin == INTERVIEW or not out):
            links.append(("source", speaker))
        spans = tuple(reading.span(p.first, p.stop).shifted(start) for p in attribution.content)
        answer = origin == INTERVIEW
        fields = {"kind": "direct" if answer else quote_kind(reading.tokens, attribution.content)}
        if what.act != "unknown":
            fields["act"] = what.act
        evidence = (draft.out[links[0][1]].spans[0],) if cue is not None else ()
        out.append(
            draft.add(
                Proposal(
                    MarkKind.QUOTE,
                    spans,
                    rule,
                    calibrate.score(rule, MarkKind.QUOTE, attribution.sure, draft.language),
                    evidence,
                    fields,
                    "",
                    tuple(links),
                )
            )
        )
    return out


def _covers(reading: Reading, cue: TokenSpan, refusals: Sequence[Span]) -> bool:
    at = reading.span(cue.first, cue.stop)
    last = bisect_right(refusals, at.start, key=lambda r: r.start) - 1
    return last >= 0 and at.end <= refusals[last].end


def _propose_claims(
    draft: Draft, start: int, reading: Reading, quotes: Sequence[int], *, reports: bool
) -> None:
    """Add the claims of a paragraph; ``reports``: the article reports somebody at all."""
    for claim in reading.claims:
        said = claim.attribution >= 0
        odds = claim.odds(reports=reports)
        if odds < 0:
            continue
        spans: Spans = tuple(reading.span(a, b).shifted(start) for a, b in claim.pieces)
        links: tuple[tuple[str, int], ...] = ()
        if said:
            if quotes[claim.attribution] < 0:
                continue
            quote = draft.out[quotes[claim.attribution]]
            links = tuple(pair for pair in quote.links if pair[0] in ("source", "cue"))
        fields = {"kind": claim.kind, "voice": "source" if said else "reporter"}
        score = calibrate.score("claims", MarkKind.CLAIM, claims.probability(odds), draft.language)
        draft.add(Proposal(MarkKind.CLAIM, spans, "claims", score, (), fields, "", links))


def _propose_actors(draft: Draft, named: Sequence[naming.Named]) -> None:
    for n in named:
        draft.add(
            Proposal(
                MarkKind.ACTOR,
                (n.span,),
                n.rule,
                calibrate.score(n.rule, MarkKind.ACTOR, n.find.sure, draft.language),
                (),
                {"actor": n.who.actor, "kind": n.who.kind},
                n.who.cluster,
            )
        )

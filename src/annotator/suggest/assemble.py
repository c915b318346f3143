"""Turn the readings of an article's paragraphs into proposals."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.model.vocabulary import MarkKind
from annotator.suggest import (
    actors,
    calibrate,
    claims,
    clusters,
    cues,
    descriptions,
    link,
    phrases,
    placed,
)
from annotator.suggest.base import Proposal, in_text_order
from annotator.suggest.places import PERSON, NameFind
from annotator.suggest.read import MODEL, Reading, quote_kind
from annotator.suggest.sources import describe
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.span import Span, Spans


@dataclass(slots=True)
class _Draft:
    """Collect proposals while their links are still being made."""

    language: str
    out: list[Proposal] = field(default_factory=list[Proposal])

    def add(self, proposal: Proposal) -> int:
        self.out.append(proposal)
        return len(self.out) - 1


def assemble(readings: placed.Readings, language: str) -> list[Proposal]:
    """Return the article's proposals in text order, links as indices."""
    draft = _Draft(language)
    bases = _sentence_bases(readings)
    named = _names(readings, language)
    places = [
        clusters.NamedPlace(
            n.span,
            bases[n.paragraph] + readings[n.paragraph][1].tokens.sentence[n.find.first],
            n.who.actor,
        )
        for n in named
        if n.find.kind == PERSON
    ]
    mentions = placed.mentions(readings, bases, language)
    resolved = clusters.join(
        [clusters.SourceMention(m.span, m.sentence, m.words, m.what, m.withheld) for m in mentions],
        places,
    )
    by_place = _propose_sources(draft, readings, mentions, resolved, named)
    reports = any(reading.attributions for _, reading in readings)
    for paragraph, (start, reading) in enumerate(readings):
        quotes = _propose_quotes(draft, paragraph, start, reading, by_place)
        _propose_claims(draft, start, reading, quotes, reports=reports)
        _propose_phrases(draft, paragraph, start, reading, by_place)
    _propose_actors(draft, named)
    return in_text_order(draft.out)


def _sentence_bases(readings: placed.Readings) -> list[int]:
    out: list[int] = []
    base = 0
    for _, reading in readings:
        out.append(base)
        base += reading.tokens.sentence[-1] + 1 if reading.tokens.sentence else 1
    return out


@dataclass(frozen=True, slots=True)
class _Named:
    paragraph: int
    find: NameFind
    span: Span
    who: actors.Identified
    rule: str


def _names(readings: placed.Readings, language: str) -> list[_Named]:
    """Return all names with their actors: found ones, then later short forms and descriptions."""
    finds: list[tuple[int, int, NameFind, str]] = []
    surnames = {
        reading.tokens.words[n.stop - 1]
        for _, reading in readings
        for n in reading.names
        if n.kind == PERSON
        and n.stop - n.first > 1
        and _is_surname(reading.tokens.words[n.stop - 1])
    }
    for number, (start, reading) in enumerate(readings):
        words = reading.tokens.words
        for n in reading.names:
            lone = n.stop - n.first == 1 and words[n.first] in surnames
            kind = (
                replace(n, kind=PERSON, code="") if lone and n.kind != PERSON and not n.code else n
            )
            rule = "states" if n.code else "short_name" if lone else n.rule or "names"
            finds.append((number, start, kind, rule))
        covered = {i for n in reading.names for i in range(n.first, n.stop)}
        for i, word in enumerate(words):
            if word in surnames and i not in covered:
                finds.append((number, start, NameFind(PERSON, i, i + 1, 0.7), "short_name"))
    finds.sort(key=lambda f: (f[0], f[2].first))
    spans = [readings[p][1].span(n.first, n.stop) for p, _, n, _ in finds]
    who = actors.identify(
        [
            actors.NamePlace(s.slice(readings[f[0]][1].text), f[2].kind, f[2].code)
            for f, s in zip(finds, spans, strict=True)
        ],
        language,
    )
    out = [
        _Named(f[0], f[2], s.shifted(f[1]), w, f[3])
        for f, s, w in zip(finds, spans, who, strict=True)
    ]
    return [*out, *_described(readings, out, language)]


def _is_surname(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.replace("-", "").isalpha()


def _described(readings: placed.Readings, named: Sequence[_Named], language: str) -> list[_Named]:
    """Return nominal descriptions (« le numéro deux du département d'Etat ») as their person."""
    by_paragraph: dict[int, list[descriptions.KnownName]] = {}
    for n in named:
        known = descriptions.KnownName(
            n.find.first, n.find.stop, n.find.kind, n.who.actor, n.who.cluster
        )
        by_paragraph.setdefault(n.paragraph, []).append(known)
    found = descriptions.find(
        [(reading.tokens, by_paragraph.get(i, [])) for i, (_, reading) in enumerate(readings)],
        language,
    )
    out: list[_Named] = []
    for d in found:
        start, reading = readings[d.paragraph]
        find = NameFind(PERSON, d.first, d.stop, d.sure)
        who = actors.Identified(d.actor, PERSON, d.cluster)
        out.append(
            _Named(
                d.paragraph, find, reading.span(d.first, d.stop).shifted(start), who, "description"
            )
        )
    return out


def _propose_sources(
    draft: _Draft,
    readings: placed.Readings,
    mentions: Sequence[placed.Mention],
    resolved: Sequence[clusters.Resolved],
    named: Sequence[_Named],
) -> dict[tuple[int, TokenSpan], int]:
    """Add a proposal per source mention; return where each one is."""
    out: dict[tuple[int, TokenSpan], int] = {}
    origins = _origins(readings)
    persons: dict[str, str] = {}
    for n in named:
        persons.setdefault(n.who.actor.split()[-1] if n.who.actor else "", n.who.actor)
    for mention, result in zip(mentions, resolved, strict=True):
        start, reading = readings[mention.paragraph]
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
        (number, attribution.source): "tagger" if origin == MODEL else "rules"
        for number, (_, reading) in enumerate(readings)
        for attribution, origin in zip(reading.attributions, reading.origin, strict=True)
        if attribution.source is not None
    }


def _source_fields(result: clusters.Resolved, persons: dict[str, str]) -> dict[str, str]:
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
        fields["actor"] = persons.get(what.name.split()[-1], what.name)
    return fields


def _propose_quotes(
    draft: _Draft,
    paragraph: int,
    start: int,
    reading: Reading,
    sources: dict[tuple[int, TokenSpan], int],
) -> list[int]:
    out: list[int] = []
    cue_at: dict[TokenSpan, int] = {}
    for attribution, origin in zip(reading.attributions, reading.origin, strict=True):
        rule = "tagger" if origin == MODEL else "rules"
        links: list[tuple[str, int]] = []
        cue = attribution.cue
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
        spans = tuple(reading.span(p.first, p.stop).shifted(start) for p in attribution.content)
        fields = {"kind": quote_kind(reading.tokens, attribution.content)}
        if what.act != "unknown":
            fields["act"] = what.act
        evidence = (draft.out[links[0][1]].spans[0],) if cue is not None else ()
        out.append(
            draft.add(
                Proposal(
                    MarkKind.QUOTE,
                    spans,
                    rule,
                    calibrate.score(rule, MarkKind.QUOTE, _sure(attribution), draft.language),
                    evidence,
                    fields,
                    "",
                    tuple(links),
                )
            )
        )
    return out


def _sure(attribution: link.Attribution) -> float:
    """Return an attribution's surety: its content's, lowered by a doubtful or missing cue."""
    content = min(p.sure for p in attribution.content)
    cue = attribution.cue.sure if attribution.cue else 0.5
    return content * (0.5 + 0.5 * cue)


def _propose_claims(
    draft: _Draft, start: int, reading: Reading, quotes: Sequence[int], *, reports: bool
) -> None:
    """Add the claims of a paragraph; ``reports``: the article reports somebody at all."""
    for claim in reading.claims:
        said = claim.attribution >= 0
        odds = claim.odds[0] if said else claim.odds[1 if reports else 2]
        if odds < 0:
            continue
        spans: Spans = (reading.span(claim.first, claim.stop).shifted(start),)
        links: tuple[tuple[str, int], ...] = ()
        if said:
            quote = draft.out[quotes[claim.attribution]]
            spans = quote.spans
            links = tuple(pair for pair in quote.links if pair[0] in ("source", "cue"))
        fields = {"kind": claim.kind, "voice": "source" if said else "reporter"}
        score = calibrate.score("claims", MarkKind.CLAIM, claims.probability(odds), draft.language)
        draft.add(Proposal(MarkKind.CLAIM, spans, "claims", score, (), fields, "", links))


_PHRASE_KINDS = {
    phrases.DECLINED: MarkKind.DECLINED,
    phrases.UNVERIFIED: MarkKind.UNVERIFIED,
    phrases.HEDGE: MarkKind.HEDGE,
    phrases.CONDITIONAL: MarkKind.HEDGE,
}


def _propose_phrases(
    draft: _Draft,
    paragraph: int,
    start: int,
    reading: Reading,
    sources: dict[tuple[int, TokenSpan], int],
) -> None:
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
    draft: _Draft,
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
    if inside:
        nearest = min(
            inside, key=lambda s: abs(reading.tokens.starts[s.first] - phrase.evidence.start)
        )
        return sources[paragraph, nearest]
    found = phrases.asked(reading.tokens, phrase, draft.language)
    if found is None:
        return None
    first, stop = found
    at = TokenSpan("S", first, stop, 0.6)
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
            f"asked-{span.start}",
        )
    )


def _propose_actors(draft: _Draft, named: Sequence[_Named]) -> None:
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

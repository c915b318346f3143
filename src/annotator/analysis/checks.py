"""What house rules can check. A rule is a row in a pack; a check is a function here.

Every check takes a case and the parameters of its row and yields hits. It looks at marks and coded
fields only, and at words where the row brings the words: no language is known in here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from annotator.model.annotations import CouldNotVerify, Cue, Hedge
from annotator.model.vocabulary import (
    ActorKind,
    Affiliation,
    AnonymityReason,
    ClaimKind,
    Identification,
    QuoteKind,
    Role,
    Seriousness,
    SourceRelationKind,
    SourcingState,
)

if TYPE_CHECKING:
    from annotator.analysis.case import Case
    from annotator.model.annotations import Claim, Quote, Source, SourceMention
    from annotator.model.span import Span

Parameters = Mapping[str, object]

_ONE_HOUSE = (
    SourceRelationKind.SAME,
    SourceRelationKind.MAY_BE_SAME,
    SourceRelationKind.SAME_INSTITUTION,
)
_SPOKEN = (QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.TRANSLATED, QuoteKind.UNKNOWN)
_ACCUSED = (ActorKind.PERSON, ActorKind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Hit:
    """Say where a rule is broken. ``target_id`` is the record that it is about ("": the article).

    ``span`` is what is quoted, ``None`` where there is nothing to quote; ``name`` is who it is
    about, for the sentence that asks the reporter.
    """

    target_id: str
    span: Span | None
    name: str = ""


Check = Callable[["Case", Parameters], Iterator[Hit]]


# -- the words that name a source ---------------------------------------------------------------


def plural_with_one(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find sources cited in the plural of whom there is one, or of whom only one ever speaks."""
    for source in case.sources.values():
        if source.identification is not Identification.UNNAMED_GROUP:
            continue
        is_one = source.stated_count == 1 or case.sourcing.range_of([source.id]).high == 1
        members = case.members_of.get(source.id, [])
        only_one_speaks = (
            source.stated_count <= 0 and len(members) == 1 and not case.is_heard(source)
        )
        if is_one or only_one_speaks:
            yield _at_source(case, source)


def bare_source(case: Case, parameters: Parameters) -> Iterator[Hit]:
    """Find anonymous sources of whom nothing is said but that they are sources."""
    words = _words(parameters, "words", case)
    nouns = _words(parameters, "nouns", case)
    for source in case.heads:
        family = case.family(source)
        is_placed = any(
            s.affiliation is not Affiliation.UNKNOWN or s.affiliation_name for s in family
        )
        if not source.identification.is_anonymous or is_placed:
            continue
        named = [m for s in family for m in case.mentions_of.get(s.id, [])]
        said = [re.findall(r"\w+", _text(case, m.spans).casefold()) for m in named]
        if said and all(set(row) <= words | nouns and nouns & set(row) for row in said):
            yield _at_source(case, source)


def no_reason(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find anonymous sources without a reason for it."""
    unsaid = (AnonymityReason.NOT_STATED, AnonymityReason.UNKNOWN)
    for source in case.heads:
        family = case.family(source)
        is_said = any(s.anonymity_reason not in unsaid or s.reason_spans for s in family)
        if source.identification.is_anonymous and not is_said:
            yield _at_source(case, source)


def unsaid_field(case: Case, parameters: Parameters) -> Iterator[Hit]:
    """Find anonymous sources of whom a field says no or nothing (``field``, ``values``)."""
    name = str(parameters["field"])
    values = {str(value) for value in cast("list[object]", parameters["values"])}
    for source in case.heads:
        said = [str(getattr(s, name)) for s in case.family(source)]
        if source.identification.is_anonymous and all(value in values for value in said):
            yield _at_source(case, source)


def missing_position(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find named persons of whom nobody says what they are."""
    for source in case.heads:
        is_placed = (
            source.affiliation is not Affiliation.UNKNOWN
            or source.affiliation_name
            or source.role is not Role.UNKNOWN
        )
        if source.identification is Identification.NAMED_PERSON and not is_placed:
            yield _at_source(case, source)


# -- quotes -------------------------------------------------------------------------------------


def anonymous_first_quote(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find a first quotation that is an anonymous one."""
    for quote in case.quotes:
        if quote.kind in _SPOKEN:
            speakers = case.sourcing.basis(quote.id).supporters
            if case.is_all_anonymous(speakers):
                yield Hit(quote.id, quote.hull, _name(case, speakers[0]))
            return


def late_attribution(case: Case, parameters: Parameters) -> Iterator[Hit]:
    """Find quotations whose source comes after more than ``sentences`` sentences of them."""
    most = int(str(parameters.get("sentences", 1)))
    for quote in case.quotes:
        if quote.kind not in _SPOKEN:
            continue
        named = _named_at(case, quote)
        if named is None:
            continue
        # Sentences are sorted: those of the quote lie between its beginning and the name.
        first = bisect_right(case.sentences, quote.hull.start, key=lambda s: s.end)
        last = bisect_right(case.sentences, named, key=lambda s: s.end)
        before = sum(
            any(sentence.overlaps(span) for span in quote.spans)
            for sentence in case.sentences[first:last]
        )
        if before > most:
            yield Hit(quote.id, quote.hull)


def _named_at(case: Case, quote: Quote) -> int | None:
    """Return where the source of a quote or its cue is first read near it; ``None``: nowhere."""
    places: list[int] = []
    for row in case.sourcing.attributions_of(quote)[0]:
        marks = [case.data.marks.get(i) for i in (row.mention_id, *row.cue_ids) if i is not None]
        places += [mark.spans[0].start for mark in marks if mark is not None]
        mentions, around = case.mentions_of.get(row.source_id, []), quote.hull
        first = bisect_left(mentions, around.start - _NEAR, key=_start)
        # In text order: the first one that is near enough is the earliest.
        if first < len(mentions) and _start(mentions[first]) <= around.end + _NEAR:
            places.append(_start(mentions[first]))
    return min(places) if places else None


def _start(mention: SourceMention) -> int:
    return mention.spans[0].start


#: Characters around a quotation in which its source counts as named with it.
_NEAR = 400


# -- claims -------------------------------------------------------------------------------------


def claim_without_attribution(case: Case, parameters: Parameters) -> Iterator[Hit]:
    """Find claims without a source; kinds in ``exempt`` need none."""
    exempt = {str(kind) for kind in cast("list[object]", parameters.get("exempt", []))}
    for claim in case.claims:
        state = case.sourcing.basis(claim.id).state
        if state is SourcingState.UNATTRIBUTED and str(claim.kind) not in exempt:
            yield Hit(claim.id, claim.hull)


def anonymous_opinion(case: Case, parameters: Parameters) -> Iterator[Hit]:
    """Find opinions of anonymous sources (``about_person``: only those about a person)."""
    for claim in case.claims:
        speakers = case.sourcing.basis(claim.id).supporters
        if claim.kind is not ClaimKind.OPINION or not case.is_all_anonymous(speakers):
            continue
        people = [a for a in case.actors_in(claim) if a.kind is ActorKind.PERSON]
        if people or not parameters.get("about_person"):
            yield Hit(claim.id, claim.hull, people[0].name if people else "")


def serious_on_one_unnamed(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find serious allegations that may rest on one person whom nobody names."""
    for claim in _serious(case):
        basis = case.sourcing.basis(claim.id)
        if case.is_all_anonymous(basis.supporters) and basis.distinct.low == 1:
            yield Hit(claim.id, claim.hull, _name(case, basis.supporters[0]))


def any_on_one_unnamed(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find claims that may rest on one person whom nobody names."""
    for claim in case.claims:
        basis = case.sourcing.basis(claim.id)
        if case.is_all_anonymous(basis.supporters) and basis.distinct.low == 1:
            yield Hit(claim.id, claim.hull, _name(case, basis.supporters[0]))


def corroboration_unsaid(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find serious allegations of unnamed sources without a word on whether they were checked."""
    for claim in _serious(case):
        basis = case.sourcing.basis(claim.id)
        if case.is_all_anonymous(basis.supporters) and not basis.is_unverified:
            yield Hit(claim.id, claim.hull, _name(case, basis.supporters[0]))


def accused_not_asked(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find accusations whose named party neither answers nor is said to have been asked."""
    asked = [source for _, source in case.asked() if source is not None]
    heard = [*asked, *(s for s in case.sources.values() if case.has_content(s))]
    told = [line for line, _ in case.asked()]
    for claim in case.claims:
        is_serious = claim.seriousness is Seriousness.SERIOUS
        is_accusation = claim.kind is ClaimKind.ALLEGATION or is_serious
        if not is_accusation:
            continue
        for actor in case.actors_in(claim):
            if actor.kind not in _ACCUSED or any(case.is_actor(s, actor) for s in heard):
                continue
            if not any(actor in case.actors_in(line) for line in told):
                yield Hit(claim.id, claim.hull, actor.name)
                break


def hedge_without_source(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find hedged words with nobody in their sentence who says them."""
    seen: set[str] = set()
    for hedge in case.marks(Hedge):
        claim = case.data.marks.get(hedge.claim_id or "")
        about = claim if claim is not None else hedge
        sentence = case.sentence_of(about.spans[0].start)
        if sentence is None or about.id in seen or case.has_attribution(sentence):
            continue
        seen.add(about.id)
        yield Hit(about.id, about.hull)


# -- the whole article --------------------------------------------------------------------------


def declined_conflict(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find a party that "did not comment" and yet seems to be quoted without its name."""
    for line, asked in case.asked():
        if asked is None:
            continue
        for source in case.sources.values():
            if not source.identification.is_anonymous or not case.has_content(source):
                continue
            if source.id == asked.id or _share_house(case, asked, source):
                yield Hit(line.id, line.hull, _name(case, asked.id))
                break


def _share_house(case: Case, asked: Source, source: Source) -> bool:
    """Say whether two sources may be one person or speak for one house."""
    pair = {asked.id, *(s.id for s in case.family(source))}
    for relation in case.data.relations.values():
        ends = {relation.first_id, relation.second_id}
        if relation.kind in _ONE_HOUSE and asked.id in ends and len(ends & pair) > 1:
            return True
    actor = case.actors.get(asked.actor_id or "")
    if actor is not None and any(case.is_actor(s, actor) for s in case.family(source)):
        return True
    house = " ".join((asked.affiliation_name or asked.description).casefold().split())
    own = {" ".join(s.affiliation_name.casefold().split()) for s in case.family(source)}
    return bool(house) and house in own


def no_source_in_lead(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find a first paragraph that says on nobody's word."""
    lead = case.lead
    if lead is None or case.has_attribution(lead):
        return
    own = (SourcingState.OWN_OBSERVATION, SourcingState.DOCUMENTED)
    for content in case.sourcing.contents:
        if content.hull.overlaps(lead) and case.sourcing.basis(content.id).state in own:
            return
    yield Hit("", lead)


def one_source_in_all(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find an article that rests on one source."""
    found = case.sourcing.distinct
    if found.high == 1 and not found.is_open:
        yield _at_source(case, case.heads[0])


def unknowns_unsaid(case: Case, _: Parameters) -> Iterator[Hit]:
    """Find an article of unnamed sources that does not say what it does not know."""
    if not case.marks(CouldNotVerify):
        yield from list(any_on_one_unnamed(case, {}))[:1]


def cue_that_judges(case: Case, parameters: Parameters) -> Iterator[Hit]:
    """Find cues whose stance is among ``stances``: they take a side."""
    stances = {str(stance) for stance in cast("list[object]", parameters["stances"])}
    for cue in case.marks(Cue):
        if str(cue.stance) in stances:
            yield Hit(cue.id, cue.hull)


# -- small things -------------------------------------------------------------------------------


def _serious(case: Case) -> list[Claim]:
    return [claim for claim in case.claims if claim.seriousness is Seriousness.SERIOUS]


def _at_source(case: Case, source: Source) -> Hit:
    mention = case.first_mention(source)
    span = mention.hull if mention is not None else None
    return Hit(source.id, span, _name(case, source.id))


def _name(case: Case, source_id: str) -> str:
    """Return what the newsroom calls a source: its label, its description, its first words."""
    source = case.sources[source_id]
    actor = case.actors.get(source.actor_id or "")
    mention = case.first_mention(source)
    words = _text(case, mention.spans) if mention is not None else ""
    if " ".join(words.casefold().split()) == " ".join(source.label.casefold().split()):
        # The label is the article's words with a capital: inside a sentence they need none.
        return words or source.description
    return source.label or (actor.name if actor else "") or source.description or words


def _text(case: Case, spans: tuple[Span, ...]) -> str:
    return " ".join(span.slice(case.data.text) for span in spans)


def _words(parameters: Parameters, name: str, case: Case) -> set[str]:
    """Return a row's words for the article's language; of another language all of them."""
    tables = cast("Mapping[str, list[str]]", parameters.get(name, {}))
    language = case.article.language[:2]
    chosen = [tables[language]] if language in tables else list(tables.values())
    return {word for table in chosen for word in table}


#: Every check that a row may name.
CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        accused_not_asked,
        anonymous_first_quote,
        anonymous_opinion,
        any_on_one_unnamed,
        bare_source,
        claim_without_attribution,
        corroboration_unsaid,
        cue_that_judges,
        declined_conflict,
        hedge_without_source,
        late_attribution,
        missing_position,
        no_reason,
        no_source_in_lead,
        one_source_in_all,
        plural_with_one,
        serious_on_one_unnamed,
        unknowns_unsaid,
        unsaid_field,
    )
}

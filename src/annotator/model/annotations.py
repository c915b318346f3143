"""What people mark in an article, and the links between the marks.

All records are frozen and know their own ``id`` (a UUID string made by the caller). A record is
changed by making a new one with ``dataclasses.replace`` and committing both in a ``ChangeSet``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from annotator.model import vocabulary as v
from annotator.model.frozen import Frozen
from annotator.model.span import Span, Spans, hull
from annotator.model.vocabulary import MarkKind


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Stamp(Frozen):
    """Say who made an annotation, when (aware UTC, ISO 8601) and from what.

    ``origin`` is ``human``, ``import`` or ``rule-id@version`` when accepted from a suggestion.
    """

    author: str = ""
    made_at: str = ""
    changed_at: str = ""
    origin: str = "human"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Anchor(Frozen):
    """Keep the marked words and up to 32 characters on each side, to verify and to place again."""

    quotation: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mark(Frozen):
    """Be the common part of everything that stands in the text. Several spans: discontinuous."""

    kind_of_mark: ClassVar[MarkKind]

    id: str
    article_id: str
    spans: Spans
    anchor: Anchor = Anchor()
    stamp: Stamp = Stamp()

    @property
    def mark_kind(self) -> MarkKind:
        """Return what the mark is."""
        return self.kind_of_mark

    @property
    def hull(self) -> Span:
        """Return the span from the first marked character to the last."""
        return hull(self.spans)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quote(Mark):
    """Mark reported words."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.QUOTE
    kind: v.QuoteKind = v.QuoteKind.UNKNOWN
    channel: v.Channel = v.Channel.UNKNOWN


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evidence(Frozen):
    """Point at what a check rests on: a link or file, with the page or time stamp in it."""

    link: str = ""
    page: str = ""
    time: str = ""
    method: str = ""
    checker: str = ""
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Claim(Mark):
    """Mark a statement that can be checked."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.CLAIM
    kind: v.ClaimKind = v.ClaimKind.UNKNOWN
    seriousness: v.Seriousness = v.Seriousness.UNKNOWN
    status: v.VerificationStatus = v.VerificationStatus.TO_CHECK
    verdict: v.Verdict = v.Verdict.UNKNOWN
    evidence: tuple[Evidence, ...] = ()
    correction: str = ""
    credibility: v.InformationCredibility = v.InformationCredibility.UNKNOWN


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SourceMention(Mark):
    """Mark one place where a source is named or described."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.SOURCE
    source_id: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cue(Mark):
    """Mark the words that introduce reported content ("said", « selon »)."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.CUE
    stance: v.CueStance = v.CueStance.UNKNOWN


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mention(Mark):
    """Mark one place where an actor is mentioned.

    ``paragraph`` and ``sentence`` are ordinals in the article's text (sentences numbered through
    the whole article); -1 where not computed.
    """

    kind_of_mark: ClassVar[MarkKind] = MarkKind.ACTOR
    actor_id: str | None = None
    paragraph: int = -1
    sentence: int = -1


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hedge(Mark):
    """Mark words that keep a claim at arm's length; ``claim_id`` is what they hedge."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.HEDGE
    claim_id: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DeclinedComment(Mark):
    """Mark a line that says somebody did not comment; ``source_id`` is who was asked."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.DECLINED
    source_id: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CouldNotVerify(Mark):
    """Mark a line in which the outlet says that it could not verify something."""

    kind_of_mark: ClassVar[MarkKind] = MarkKind.UNVERIFIED
    claim_id: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Source(Frozen):
    """Say who speaks, as far as the article tells.

    ``label`` is what the person calls it ("S1"); ``description`` the article's words. A member of
    a counted group has its ``group_id``; ``stated_count`` is the group's number as the article
    states it (0: not stated; -1: "several"). ``reason_spans`` and ``formula_spans`` are the words
    that give the reason for anonymity and the formula itself.
    """

    id: str
    article_id: str
    label: str = ""
    description: str = ""
    identification: v.Identification = v.Identification.UNKNOWN
    affiliation: v.Affiliation = v.Affiliation.UNKNOWN
    affiliation_name: str = ""
    role: v.Role = v.Role.UNKNOWN
    role_status: v.RoleStatus = v.RoleStatus.UNKNOWN
    proximity: v.Proximity = v.Proximity.UNKNOWN
    ground_rule: v.GroundRule = v.GroundRule.UNKNOWN
    anonymity_reason: v.AnonymityReason = v.AnonymityReason.UNKNOWN
    reason_spans: Spans = ()
    formula_spans: Spans = ()
    authority_stated: v.Stated = v.Stated.UNKNOWN
    motive_stated: v.Stated = v.Stated.UNKNOWN
    reliability: v.SourceReliability = v.SourceReliability.UNKNOWN
    stated_count: int = 0
    group_id: str | None = None
    actor_id: str | None = None
    stamp: Stamp = Stamp()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SourceRelation(Frozen):
    """Relate two sources of an article; ``DERIVED_FROM`` reads first_id from second_id."""

    id: str
    article_id: str
    first_id: str
    second_id: str
    kind: v.SourceRelationKind = v.SourceRelationKind.UNKNOWN
    stamp: Stamp = Stamp()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Attribution(Frozen):
    """Link content (a quote or a claim) to a source, with the cues that introduce it.

    ``mention_id`` is the place in the text that names the source for this content, if marked.
    """

    id: str
    article_id: str
    content_id: str
    source_id: str
    mention_id: str | None = None
    cue_ids: tuple[str, ...] = ()
    act: v.AttributionAct = v.AttributionAct.UNKNOWN
    stance: v.CueStance = v.CueStance.UNKNOWN
    stamp: Stamp = Stamp()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Alias(Frozen):
    """One more name of an actor; ``language`` is a BCP 47 tag or ``und``."""

    name: str
    language: str = "und"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Actor(Frozen):
    """Name a person, organisation, state or place across articles."""

    id: str
    name: str
    kind: v.ActorKind = v.ActorKind.UNKNOWN
    aliases: tuple[Alias, ...] = ()
    wikidata: str = ""
    stamp: Stamp = Stamp()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Note(Frozen):
    """Keep free text on anything. ``target_table`` and ``target_id`` name the record."""

    id: str
    target_table: str
    target_id: str
    article_id: str | None
    text: str
    stamp: Stamp = Stamp()


MARK_TYPES: dict[MarkKind, type[Mark]] = {
    kind.kind_of_mark: kind
    for kind in (
        Quote,
        Claim,
        SourceMention,
        Cue,
        Mention,
        Hedge,
        DeclinedComment,
        CouldNotVerify,
    )
}

"""The words of sourcing: every enumeration that a person or a rule can choose from.

Every list that a reader fills in ends with ``UNKNOWN``: the program never forces a guess.

Source: the policies and annotation guides named for each class; short names of guides:
AP (Values and Principles), NYT (policy 2004), SPJ (code), BBC (editorial guidelines),
USC (Spangher et al., source annotation form), PolNeAR (attribution guide), Guardian/AFP
(quote guide), SCU (source benchmark).
"""

from __future__ import annotations

from enum import StrEnum


class MarkKind(StrEnum):
    """What a mark in the text is."""

    QUOTE = "quote"
    CLAIM = "claim"
    SOURCE = "source"
    CUE = "cue"
    ACTOR = "actor"
    HEDGE = "hedge"
    DECLINED = "declined_comment"
    UNVERIFIED = "could_not_verify"


class QuoteKind(StrEnum):
    """How words are reported. Source: Guardian/AFP, PolNeAR."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    SCARE = "scare_quote"
    TRANSLATED = "translated"
    UNKNOWN = "unknown"


class ClaimKind(StrEnum):
    """What a checker can do with a statement."""

    FACT_CHECKABLE = "fact_checkable"
    ALLEGATION = "allegation"
    FORECAST = "forecast"
    OPINION = "opinion"
    NUMBER = "number"
    BACKGROUND_FACT = "background_fact"
    UNKNOWN = "unknown"


class Seriousness(StrEnum):
    """Whether a claim could do serious harm if wrong. Source: BBC."""

    NORMAL = "normal"
    SERIOUS = "serious_allegation"
    UNKNOWN = "unknown"


class VerificationStatus(StrEnum):
    """Where the checking of a claim stands (fact-check worksheet)."""

    TO_CHECK = "to_check"
    IN_PROGRESS = "in_progress"
    CONFIRMED_PRIMARY = "confirmed_primary"
    CONFIRMED_SECONDARY = "confirmed_secondary"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"
    CORRECTED = "corrected"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What the check found (ClaimReview scale; the first five carry the ratings 5 to 1)."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly_true"
    MIXTURE = "mixture"
    MOSTLY_FALSE = "mostly_false"
    FALSE = "false"
    MISLEADING = "misleading"
    UNPROVEN = "unproven"
    OUT_OF_CONTEXT = "out_of_context"
    VOID = "void"
    UNKNOWN = "unknown"


class Identification(StrEnum):
    """How far a reader can tell who the source is. Source: USC."""

    NAMED_PERSON = "named_person"
    PERSON_BY_OFFICE = "person_by_office"
    UNNAMED_PERSON = "unnamed_person"
    NAMED_ORGANISATION = "named_organisation"
    UNNAMED_GROUP = "unnamed_group"
    DOCUMENT = "document"
    VOTE_OR_POLL = "vote_or_poll"
    DATABASE = "database"
    MEDIA_REPORT = "media_report"
    JOURNALIST = "journalist"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def is_anonymous(self) -> bool:
        """Say whether no reader could tell who it is."""
        return self in (Identification.UNNAMED_PERSON, Identification.UNNAMED_GROUP)


class Affiliation(StrEnum):
    """What the source belongs to. Source: USC, with three of our own for foreign news."""

    GOVERNMENT = "government"
    MILITARY_OR_INTELLIGENCE = "military_or_intelligence"
    INTERNATIONAL_BODY = "international_body"
    POLITICAL_GROUP = "political_group"
    ARMED_GROUP = "armed_group"
    CORPORATE = "corporate"
    INDUSTRY_GROUP = "industry_group"
    UNION = "union"
    NGO = "ngo"
    ACADEMIC = "academic"
    MEDIA = "media"
    RELIGIOUS_GROUP = "religious_group"
    OTHER_GROUP = "other_group"
    INDIVIDUAL_ACTOR = "individual_actor"
    INDIVIDUAL_WITNESS = "individual_witness"
    INDIVIDUAL_VICTIM = "individual_victim"
    OTHER = "other"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What the source does in the story. Source: USC."""

    DECISION_MAKER = "decision_maker"
    PARTICIPANT = "participant"
    REPRESENTATIVE = "representative"
    INFORMATIONAL = "informational"
    UNKNOWN = "unknown"


class RoleStatus(StrEnum):
    """Whether the source still holds the role."""

    CURRENT = "current"
    FORMER = "former"
    UNKNOWN = "unknown"


class Proximity(StrEnum):
    """How close the source is to what it tells. Source: Reuters, NYT, AP (scale our own)."""

    WITNESS = "witness"
    PARTICIPANT = "participant"
    DIRECT_KNOWLEDGE = "direct_knowledge"
    BRIEFED = "briefed"
    FAMILIAR = "familiar"
    RELAYED = "relayed"
    UNKNOWN = "unknown"


class GroundRule(StrEnum):
    """On what terms the source spoke. Source: AP. ``UNKNOWN`` is normal for others' articles."""

    ON_RECORD = "on_record"
    BACKGROUND = "background"
    DEEP_BACKGROUND = "deep_background"
    OFF_RECORD = "off_record"
    UNKNOWN = "unknown"


class AnonymityReason(StrEnum):
    """Why a name is withheld, as the article says it. Source: NYT, SPJ, AP."""

    NOT_STATED = "not_stated"
    NOT_AUTHORISED = "not_authorised"
    FEAR_RETALIATION = "fear_retaliation"
    PHYSICAL_SAFETY = "physical_safety"
    LEGAL_JEOPARDY = "legal_jeopardy"
    SENSITIVE_NEGOTIATION = "sensitive_negotiation"
    CLASSIFIED = "classified"
    COMMERCIAL_CONFIDENTIALITY = "commercial_confidentiality"
    PRIVACY = "privacy"
    INSTITUTIONAL_PRACTICE = "institutional_practice"
    OTHER = "other"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """How the words reached the article. Source: USC model labels."""

    DIRECT_QUOTE = "direct_quote"
    INDIRECT_QUOTE = "indirect_quote"
    STATEMENT = "statement"
    PUBLIC_SPEECH = "public_speech"
    COMMUNICATION = "communication"
    PUBLISHED_WORK = "published_work"
    DOCUMENT = "document"
    PRESS_REPORT = "press_report"
    SOCIAL_MEDIA_POST = "social_media_post"
    COURT_PROCEEDING = "court_proceeding"
    PROPOSAL_ORDER_LAW = "proposal_order_law"
    VOTE_POLL = "vote_poll"
    PRICE_SIGNAL = "price_signal"
    DIRECT_OBSERVATION = "direct_observation"
    DECLINED_COMMENT = "declined_comment"
    BACKGROUND = "background"
    NARRATIVE = "narrative"
    UNKNOWN = "unknown"


class Stated(StrEnum):
    """Whether the article tells something (authority, motive). Source: NYT, SCU."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class AttributionAct(StrEnum):
    """What the source does with the content. Source: PolNeAR."""

    STATEMENT = "statement"
    DENIAL = "denial"
    BELIEF = "belief"
    INTENTION = "intention"
    DECREE = "decree"
    WITNESSING = "witnessing"
    EVIDENCE = "evidence"
    REFUSAL = "refusal"
    UNKNOWN = "unknown"


class CueStance(StrEnum):
    """How the cue colours the words it introduces."""

    NEUTRAL = "neutral"
    DISTANCING = "distancing"
    ENDORSING = "endorsing"
    HEDGED = "hedged"
    UNKNOWN = "unknown"


class SourceRelationKind(StrEnum):
    """How two sources relate; it drives the range of distinct sources."""

    INDEPENDENT = "independent"
    SAME_INSTITUTION = "same_institution"
    MAY_BE_SAME = "may_be_same_person"
    SAME = "same_person"
    DERIVED_FROM = "derived_from"
    UNKNOWN = "unknown"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    PLACE = "place"
    GROUP = "group"
    UNKNOWN = "unknown"


class SourcingState(StrEnum):
    """What a claim or quote rests on. Computed, never typed in."""

    UNATTRIBUTED = "unattributed"
    OWN_OBSERVATION = "own_observation"
    DOCUMENTED = "documented"
    SINGLE_NAMED = "single_named"
    SINGLE_ANONYMOUS = "single_anonymous"
    SEVERAL_NOT_INDEPENDENT = "several_not_independent"
    SEVERAL_INDEPENDENT = "several_independent"
    DISPUTED = "disputed"
    DENIED = "denied"
    DECLINED_COMMENT_ONLY = "declined_comment_only"
    OUTLET_COULD_NOT_VERIFY = "outlet_could_not_verify"


class SourceReliability(StrEnum):
    """Admiralty code, reliability of the source; F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    UNKNOWN = "unknown"


class InformationCredibility(StrEnum):
    """Admiralty code, credibility of the information; 6 cannot be judged."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    UNKNOWN = "unknown"

"""Which fields of a record the inspector shows, in which order, with which words and editor.

One table for all records. A contract test compares it with the dataclasses: a field that is added
to the model must be given a place here (or be named in ``ELSEWHERE`` with the reason).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
    SourceRelation,
)
from annotator.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable


class Edit(StrEnum):
    """Which control edits a field."""

    CHOICE = "choice"
    LINE = "line"
    TEXT = "text"
    COUNT = "count"
    SPANS = "spans"
    EVIDENCE = "evidence"
    ALIASES = "aliases"
    ACTOR = "actor"
    SOURCE = "source"
    GROUP = "group"
    CLAIM = "claim"
    NAMES = "names"
    DATE = "date"
    LANGUAGE = "language"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Field:
    """Describe one line of the inspector.

    ``label`` is the id of its words; ``choices`` the enumeration of a ``CHOICE``. ``when`` says
    whether the line is of use for a record; a field that has a value is always shown.
    """

    name: str
    edit: Edit
    label: str
    choices: type[StrEnum] | None = None
    when: Callable[[Any], bool] | None = None

    def is_shown(self, record: object) -> bool:
        """Say whether the line is of use for a record."""
        if self.when is None or self.when(record):
            return True
        default = type(record).__dataclass_fields__[self.name].default  # type: ignore[attr-defined]
        return getattr(record, self.name) != default


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one part of the inspector: lines under a heading, or a list named ``section``."""

    title: str
    fields: tuple[Field, ...] = ()
    section: str = ""
    when: Callable[[Any], bool] | None = None


def _choice(
    name: str,
    choices: type[StrEnum],
    *,
    label: str = "",
    when: Callable[[Any], bool] | None = None,
) -> Field:
    return Field(name, Edit.CHOICE, label or f"vocabulary.{choices.__name__}", choices, when)


def _field(name: str, edit: Edit, when: Callable[[Any], bool] | None = None) -> Field:
    return Field(name, edit, f"panels.field.{name}", None, when)


def _is_group(source: Source) -> bool:
    return source.identification is v.Identification.UNNAMED_GROUP


def _may_be_anonymous(source: Source) -> bool:
    """Say whether the reason for anonymity is worth asking for."""
    return source.identification.is_anonymous or source.identification in (
        v.Identification.UNKNOWN,
        v.Identification.OTHER,
        v.Identification.PERSON_BY_OFFICE,
    )


def _is_person(source: Source) -> bool:
    return source.identification not in (
        v.Identification.DOCUMENT,
        v.Identification.DATABASE,
        v.Identification.VOTE_OR_POLL,
    )


_NOTES = Part("panels.part.notes", section="notes")
_STAMP = Part("", section="stamp")

#: For each record: what the inspector shows, top down.
LAYOUT: dict[type, tuple[Part, ...]] = {
    Quote: (
        Part("", section="state"),
        Part("", (_choice("kind", v.QuoteKind), _choice("channel", v.Channel))),
        Part("panels.part.said_by", section="attributions"),
        _NOTES,
        _STAMP,
    ),
    Claim: (
        Part("", section="state"),
        Part("", (_choice("kind", v.ClaimKind), _choice("seriousness", v.Seriousness))),
        Part("panels.part.rests_on", section="attributions"),
        Part(
            "panels.part.check",
            (
                _choice("status", v.VerificationStatus),
                _field("evidence", Edit.EVIDENCE),
                _choice("verdict", v.Verdict),
                _choice("credibility", v.InformationCredibility),
                _field("correction", Edit.TEXT),
            ),
        ),
        _NOTES,
        _STAMP,
    ),
    Source: (
        Part(
            "",
            (
                _choice("identification", v.Identification),
                _field("stated_count", Edit.COUNT, _is_group),
            ),
        ),
        Part("panels.part.members", section="members", when=_is_group),
        Part(
            "",
            (
                _choice("proximity", v.Proximity),
                _choice("anonymity_reason", v.AnonymityReason, when=_may_be_anonymous),
                _field("formula_spans", Edit.SPANS, _may_be_anonymous),
                _field("reason_spans", Edit.SPANS, _may_be_anonymous),
                _choice("ground_rule", v.GroundRule),
            ),
        ),
        Part("panels.part.content", section="contents"),
        Part(
            "panels.part.who",
            (
                _field("label", Edit.LINE),
                _field("description", Edit.LINE),
                _choice("affiliation", v.Affiliation),
                _field("affiliation_name", Edit.LINE),
                _choice("role", v.Role),
                _choice("role_status", v.RoleStatus, when=_is_person),
                _field("actor_id", Edit.ACTOR),
                _field("group_id", Edit.GROUP),
            ),
        ),
        Part(
            "panels.part.trust",
            (
                _choice("authority_stated", v.Stated, label="panels.field.authority_stated"),
                _choice("motive_stated", v.Stated, label="panels.field.motive_stated"),
                _choice("reliability", v.SourceReliability),
            ),
        ),
        Part("panels.part.relations", section="relations"),
        Part("panels.part.named_in", section="places"),
        _NOTES,
        _STAMP,
    ),
    Actor: (
        Part(
            "",
            (
                _field("name", Edit.LINE),
                _choice("kind", v.ActorKind),
                _field("aliases", Edit.ALIASES),
                _field("wikidata", Edit.LINE),
            ),
        ),
        Part("panels.part.mentions", section="mentions"),
        _NOTES,
        _STAMP,
    ),
    Cue: (
        Part("", (_choice("stance", v.CueStance),)),
        Part("panels.part.introduces", section="introduced"),
        _NOTES,
        _STAMP,
    ),
    Hedge: (Part("", (_field("claim_id", Edit.CLAIM),)), _NOTES, _STAMP),
    DeclinedComment: (Part("", (_field("source_id", Edit.SOURCE),)), _NOTES, _STAMP),
    CouldNotVerify: (Part("", (_field("claim_id", Edit.CLAIM),)), _NOTES, _STAMP),
    Article: (
        Part(
            "",
            (
                _field("kicker", Edit.LINE),
                _field("headline", Edit.TEXT),
                _field("outlet", Edit.LINE),
                _field("agency", Edit.LINE),
                _field("published", Edit.DATE),
                _field("updated", Edit.DATE),
                _field("dateline", Edit.LINE),
                _field("authors", Edit.NAMES),
                _field("translator", Edit.LINE),
                _field("section", Edit.LINE),
                _field("url", Edit.LINE),
                _field("language", Edit.LANGUAGE),
                _field("reviewed", Edit.SWITCH),
            ),
        ),
        _NOTES,
        Part("panels.part.figures", section="figures"),
        Part("panels.part.furniture", section="furniture"),
        Part("panels.part.file", section="file"),
    ),
}

#: Fields that no person types: who shows them.
ELSEWHERE: dict[type, dict[str, str]] = {
    Article: {
        "text_digest": "section file",
        "length": "section file",
        "word_count": "section file",
        "file_name": "section file",
        "media_type": "section file",
        "imported_at": "section file",
        "previous_id": "section file",
        "warnings": "section file",
        "origins": "the hint under a field",
        "mask": "section furniture",
        "headings": "the article view",
        "headline_span": "the article view",
        "pages": "section file, and the margin of the article view",
        "joins": "section file",
        "related": "section file",
    },
    SourceMention: {"source_id": "section places of its source"},
    Mention: {
        "actor_id": "section mentions of its actor",
        "paragraph": "the place in section mentions",
        "sentence": "computed, for counting",
    },
    Attribution: dict.fromkeys(
        ("content_id", "source_id", "mention_id", "cue_ids", "act", "stance"),
        "section attributions of its content",
    ),
    SourceRelation: dict.fromkeys(
        ("first_id", "second_id", "kind"), "section relations of its sources"
    ),
    Note: dict.fromkeys(("target_table", "target_id", "text"), "section notes of its target"),
}
#: Fields of every record: identity, and what stands in the text or in section ``stamp``.
COMMON = frozenset({"id", "article_id", "spans", "anchor", "stamp"})

"""Proposals. They live apart from annotations and count nowhere until a person accepts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.frozen import Frozen
from annotator.model.span import Spans
from annotator.model.vocabulary import MarkKind


class Decision(StrEnum):
    """What became of a suggestion: taken as it was, with a correction, or not at all."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Suggestion(Frozen):
    """Propose one mark, with the words that made the rule fire.

    ``fields`` holds the proposed values by field name of the mark's record (for a source mention
    also those of the source: identification, stated_count, ...). ``cluster`` joins mentions of one
    source or one actor. ``links`` name other suggestions: ``(role, suggestion id)`` with role
    ``source`` or ``cue``. ``score`` is a calibrated probability in [0, 1].
    """

    id: str
    article_id: str
    kind: MarkKind
    spans: Spans
    rule: str
    score: float
    quotation: str = ""
    evidence: Spans = ()
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    cluster: str = ""
    links: tuple[tuple[str, str], ...] = ()
    decision: Decision = Decision.PENDING
    accepted_id: str | None = None
    decided_at: str = ""

    @property
    def is_accepted(self) -> bool:
        """Say whether it became a mark, as it was proposed or corrected."""
        return self.decision in (Decision.ACCEPTED, Decision.CORRECTED)

"""What a proposal is, and the table of rules and models that make proposals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.model.span import Spans


@dataclass(frozen=True, slots=True)
class Proposal:
    """Propose one mark.

    ``fields`` are values by field name (of the mark, and for a source mention also of its source:
    identification, stated_count, ...). ``cluster`` joins mentions of one source or one actor.
    ``links`` name other proposals of the same list: ``(role, index)`` with role ``source``, ``cue``
    or ``claim``. ``score`` is a calibrated probability in [0, 1]. All spans are code points.
    """

    kind: MarkKind
    spans: Spans
    rule: str
    score: float
    evidence: Spans = ()
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    cluster: str = ""
    links: tuple[tuple[str, int], ...] = ()


_ORDER = {kind: number for number, kind in enumerate(MarkKind)}


def in_text_order(out: Sequence[Proposal]) -> list[Proposal]:
    """Put proposals in text order and follow their links there."""
    order = sorted(range(len(out)), key=lambda i: (*_place(out[i]), i))
    new = {old: number for number, old in enumerate(order)}
    return [
        replace(out[i], links=tuple((role, new[j]) for role, j in out[i].links))
        if out[i].links
        else out[i]
        for i in order
    ]


def _place(proposal: Proposal) -> tuple[int, int, int]:
    first = proposal.spans[0]
    return first.start, first.end, _ORDER[proposal.kind]


@dataclass(frozen=True, slots=True)
class Suggester:
    """Name one rule or model.

    Args:
        id: what ``Proposal.rule`` holds; its name and its why are sentences of the area
            ``suggest`` (``suggest.<id>.name``, ``suggest.<id>.why``).
        version: raised whenever it behaves differently.
        kinds: what it proposes.
        trained: whether it is a trained model (its card is ``docs/suggest.md``).
    """

    id: str
    version: int
    kinds: frozenset[MarkKind]
    trained: bool = False

    @property
    def words(self) -> str:
        """Return the id of its name."""
        return f"suggest.{self.id}.name"

    @property
    def why(self) -> str:
        """Return the id of the sentence that says why it fired."""
        return f"suggest.{self.id}.why"

    @property
    def origin(self) -> str:
        """Return what ``Stamp.origin`` says of an accepted proposal."""
        return f"{self.id}@{self.version}"


@dataclass(slots=True)
class Draft:
    """Collect proposals while their links are still being made."""

    language: str
    out: list[Proposal] = field(default_factory=list[Proposal])

    def add(self, proposal: Proposal) -> int:
        """Take a proposal up; return its index, for links."""
        self.out.append(proposal)
        return len(self.out) - 1

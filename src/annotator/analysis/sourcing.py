"""What every quote and claim rests on.

The state of a content (a quote or claim) is computed from its attributions and never typed in. A
claim without an attribution of its own has those of the smallest quote around it. Attributions are
sorted into **denials** (act ``DENIAL``), **refusals** (act ``REFUSAL``, or a quote whose channel is
``DECLINED_COMMENT``) and **support** (all others). The first line that holds decides:

====  =========================  ==========================================================
line  state                      holds when
====  =========================  ==========================================================
1     DISPUTED                   support and denials, and not from the same sources only
2     DENIED                     denials, no other support
3     OUTLET_COULD_NOT_VERIFY    a could-not-verify line names the claim, or names none and
                                 stands in its paragraph
4     DECLINED_COMMENT_ONLY      refusals, no support
5     OWN_OBSERVATION            a journalist supports it, or nobody does and the channel is
                                 ``DIRECT_OBSERVATION``
6     UNATTRIBUTED               no support
7     SEVERAL_INDEPENDENT        two supporters are independent (below), not documents only
8     DOCUMENTED                 a document, a database, a vote or a poll is among the support
9     SINGLE_NAMED               it may all be one source, and a reader can tell who one is
10    SINGLE_ANONYMOUS           it may all be one source
11    SEVERAL_NOT_INDEPENDENT    otherwise
====  =========================  ==========================================================

"May all be one" is the least of the range of distinct sources: what may be one person is counted
as one, so "two sources" of whom nothing more is known are a single anonymous source.

Two sources are **independent** when a reader said so. Without a word on the two they are when both
can be told by a reader, neither relays others, and they do not name the same affiliation. They
never are when both derive from one source, or a reader said anything else about them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Protocol, TypeVar

from annotator.analysis.distinct import DistinctRange, Reason, VoiceGraph, distinct_range
from annotator.model.annotations import (
    Attribution,
    Claim,
    CouldNotVerify,
    DeclinedComment,
    Mark,
    Quote,
    Source,
    SourceRelation,
)
from annotator.model.vocabulary import (
    AttributionAct,
    Channel,
    Identification,
    Proximity,
    SourceRelationKind,
    SourcingState,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "Basis",
    "DistinctRange",
    "Reason",
    "Records",
    "Sourcing",
    "distinct_range",
    "sourcing_state",
    "text_order",
]

T = TypeVar("T")
Content = Quote | Claim

_RECORDED = frozenset(
    {Identification.DOCUMENT, Identification.DATABASE, Identification.VOTE_OR_POLL}
)
#: Kinds that a reader can look up, so that two of them are two.
_TOLD = _RECORDED | {
    Identification.NAMED_PERSON,
    Identification.PERSON_BY_OFFICE,
    Identification.NAMED_ORGANISATION,
}


class HasRecords(Protocol):
    """Be anything that holds the records of one article by id (``ArticleData`` does)."""

    @property
    def marks(self) -> Mapping[str, Mark]: ...

    @property
    def sources(self) -> Mapping[str, Source]: ...

    @property
    def relations(self) -> Mapping[str, SourceRelation]: ...

    @property
    def attributions(self) -> Mapping[str, Attribution]: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Records:
    """Hold the records of one article as plain collections."""

    marks: Mapping[str, Mark]
    sources: Mapping[str, Source]
    relations: Mapping[str, SourceRelation]
    attributions: Mapping[str, Attribution]
    text: str = ""

    @classmethod
    def of(
        cls,
        marks: Iterable[Mark] = (),
        sources: Iterable[Source] = (),
        relations: Iterable[SourceRelation] = (),
        attributions: Iterable[Attribution] = (),
        text: str = "",
    ) -> Records:
        """Gather records from any collections."""
        return cls(
            {r.id: r for r in marks},
            {r.id: r for r in sources},
            {r.id: r for r in relations},
            {r.id: r for r in attributions},
            text,
        )


@dataclass(frozen=True, slots=True)
class Basis:
    """Say what one content rests on.

    ``supporters``, ``deniers`` and ``refusers`` are source ids in the order of the records.
    ``distinct`` counts the supporters. ``inherited_from`` is the quote whose attributions a claim
    took over. ``is_unverified``: the outlet says that it could not verify it.
    """

    content_id: str
    state: SourcingState
    supporters: tuple[str, ...] = ()
    deniers: tuple[str, ...] = ()
    refusers: tuple[str, ...] = ()
    distinct: DistinctRange = field(default_factory=lambda: DistinctRange(0, 0))
    inherited_from: str | None = None
    is_unverified: bool = False


def sourcing_state(content_id: str, data: HasRecords) -> SourcingState:
    """Return the state of one quote or claim. For all of an article make one ``Sourcing``."""
    return Sourcing(data).basis(content_id).state


class Sourcing:
    """Answer for one article; the indexes are built once, results are kept.

    Args:
        data: the article's records. They must not change under this object: a change makes a new
            one (a few milliseconds for an article of hundreds of marks).
    """

    def __init__(self, data: HasRecords) -> None:
        self._data = data
        self.graph = VoiceGraph(data.sources.values(), data.relations.values())
        self._bases: dict[str, Basis] = {}
        self._ranges: dict[tuple[str, ...], DistinctRange] = {}

    # -- questions ----------------------------------------------------------------------------

    @cached_property
    def contents(self) -> list[Content]:
        """Return the quotes and claims in text order."""
        found = [m for m in self._data.marks.values() if isinstance(m, Quote | Claim)]
        return sorted(found, key=text_order)

    def states(self) -> dict[str, SourcingState]:
        """Return the state of every quote and claim."""
        return {content.id: self.basis(content.id).state for content in self.contents}

    def basis(self, content_id: str) -> Basis:
        """Return what a quote or claim rests on.

        Raises:
            KeyError: if the id is none of the article's quotes and claims.
        """
        if content_id not in self._bases:
            content = self._data.marks[content_id]
            if not isinstance(content, Quote | Claim):
                raise KeyError(content_id)
            self._bases[content_id] = self._judge(content)
        return self._bases[content_id]

    def attributions_of(self, content: Content) -> tuple[list[Attribution], str | None]:
        """Return the attributions that hold for a content, and the quote they come from."""
        own = self._own.get(content.id, [])
        if own or isinstance(content, Quote):
            return own, None
        around = self._quote_around(content)
        return (self._own[around.id], around.id) if around is not None else ([], None)

    @cached_property
    def speaking(self) -> tuple[str, ...]:
        """Return the ids of the article's sources that tell something.

        Left out are the journalist's own observation, members of a group (the group stands for
        them) and whoever is only named as not having commented.
        """
        silent = {m.source_id for m in self._data.marks.values() if isinstance(m, DeclinedComment)}
        told: set[str] = set()
        for content in self.contents:
            for row in self.attributions_of(content)[0]:
                (silent if self._is_refusal(content, row) else told).add(row.source_id)
        return tuple(
            source.id
            for source in self._data.sources.values()
            if source.identification is not Identification.JOURNALIST
            and source.group_id not in self._data.sources
            and (source.id in told or source.id not in silent)
        )

    @cached_property
    def distinct(self) -> DistinctRange:
        """Return how many distinct sources the article has."""
        return self.range_of(self.speaking)

    def range_of(self, source_ids: Iterable[str]) -> DistinctRange:
        """Return how many distinct sources some sources are."""
        key = tuple(dict.fromkeys(source_ids))
        if key not in self._ranges:
            self._ranges[key] = self.graph.range_of(key)
        return self._ranges[key]

    def are_independent(self, first_id: str, second_id: str) -> bool:
        """Say whether two sources are established as independent of each other."""
        first, second = self._data.sources[first_id], self._data.sources[second_id]
        if first_id == second_id or self._ancestors(first_id) & self._ancestors(second_id):
            return False
        kinds = self._said.get(frozenset((first_id, second_id)), set())
        if kinds:
            return kinds == {SourceRelationKind.INDEPENDENT}
        if not (_stands_alone(first) and _stands_alone(second)):
            return False
        same_actor = first.actor_id is not None and first.actor_id == second.actor_id
        return not same_actor and not (_houses(first) & _houses(second))

    # -- judging ------------------------------------------------------------------------------

    def _judge(self, content: Content) -> Basis:
        rows, inherited = self.attributions_of(content)
        support: dict[str, None] = {}
        denials: dict[str, None] = {}
        refusals: dict[str, None] = {}
        for row in rows:
            if row.source_id not in self._data.sources:
                continue
            side = support
            if self._is_refusal(content, row):
                side = refusals
            elif row.act is AttributionAct.DENIAL:
                side = denials
            side[row.source_id] = None
        unverified = self._is_unverified(content)
        voices = [i for i in support if self._kind(i) is not Identification.JOURNALIST]
        distinct = self.range_of(voices)
        state = (
            self._opposed(set(support), set(denials))
            or (SourcingState.OUTLET_COULD_NOT_VERIFY if unverified else None)
            or self._unsupported(content, support, refusals)
            or self._supported(voices, distinct)
        )
        return Basis(
            content.id,
            state,
            tuple(support),
            tuple(denials),
            tuple(refusals),
            distinct,
            inherited,
            unverified,
        )

    def _opposed(self, support: set[str], denials: set[str]) -> SourcingState | None:
        """Judge lines 1 and 2 of the table."""
        if not denials:
            return None
        return SourcingState.DISPUTED if support - denials else SourcingState.DENIED

    def _unsupported(
        self, content: Content, support: Iterable[str], refusals: Mapping[str, None]
    ) -> SourcingState | None:
        """Judge lines 4 to 6 of the table."""
        kinds = {self._kind(i) for i in support}
        if not kinds and refusals:
            return SourcingState.DECLINED_COMMENT_ONLY
        seen = isinstance(content, Quote) and content.channel is Channel.DIRECT_OBSERVATION
        if Identification.JOURNALIST in kinds or (not kinds and seen):
            return SourcingState.OWN_OBSERVATION
        return None if kinds else SourcingState.UNATTRIBUTED

    def _supported(self, voices: list[str], distinct: DistinctRange) -> SourcingState:
        """Judge lines 7 to 11 of the table."""
        kinds = {self._kind(i) for i in voices}
        if not kinds <= _RECORDED and self._has_independent_pair(voices):
            return SourcingState.SEVERAL_INDEPENDENT
        if kinds & _RECORDED:
            return SourcingState.DOCUMENTED
        if distinct.low > 1:
            return SourcingState.SEVERAL_NOT_INDEPENDENT
        is_told = any(not self.graph.is_anonymous(v) for v in self.graph.voices_of(voices))
        return SourcingState.SINGLE_NAMED if is_told else SourcingState.SINGLE_ANONYMOUS

    def _has_independent_pair(self, source_ids: list[str]) -> bool:
        """Say whether two of the supporters, members of groups included, are independent."""
        pairs = combinations(self.graph.voices_of(source_ids), 2)
        return any(
            self.are_independent(a[0], b[0])
            if a[0] != b[0]
            else self.graph.kinds(a, b) == {SourceRelationKind.INDEPENDENT}
            for a, b in pairs
        )

    def _kind(self, source_id: str) -> Identification:
        return self._data.sources[source_id].identification

    def _is_refusal(self, content: Content, row: Attribution) -> bool:
        declined = isinstance(content, Quote) and content.channel is Channel.DECLINED_COMMENT
        return declined or row.act is AttributionAct.REFUSAL

    # -- indexes ------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = defaultdict(list)
        for row in self._data.attributions.values():
            found[row.content_id].append(row)
        return found

    @cached_property
    def _attributed_quotes(self) -> list[Quote]:
        """Return the quotes that can lend an attribution, smallest first."""
        quotes = [m for m in self.contents if isinstance(m, Quote) and m.id in self._own]
        return sorted(quotes, key=lambda quote: (len(quote.hull), *text_order(quote)))

    def _quote_around(self, claim: Claim) -> Quote | None:
        start, end = claim.spans[0].start, claim.spans[-1].end
        for quote in self._attributed_quotes:
            if quote.spans[0].start <= start and end <= quote.spans[-1].end:
                return quote
        return None

    @cached_property
    def _said(self) -> dict[frozenset[str], set[SourceRelationKind]]:
        """Return what was said about pairs of sources; what holds for a group holds inside it."""
        found: dict[frozenset[str], set[SourceRelationKind]] = defaultdict(set)
        for relation in self._data.relations.values():
            first = {relation.first_id, *(v[0] for v in self.graph.voices(relation.first_id))}
            second = {relation.second_id, *(v[0] for v in self.graph.voices(relation.second_id))}
            for a in first:
                for b in second - {a}:
                    found[frozenset((a, b))].add(relation.kind)
        return found

    @cached_property
    def _derived(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for relation in self._data.relations.values():
            if relation.kind is SourceRelationKind.DERIVED_FROM:
                found[relation.first_id].add(relation.second_id)
        return found

    def _ancestors(self, source_id: str) -> set[str]:
        """Return a source and all it derives from, at any remove."""
        found: set[str] = set()
        todo = [source_id]
        while todo:
            current = todo.pop()
            if current not in found:
                found.add(current)
                todo.extend(self._derived.get(current, ()))
        return found

    @cached_property
    def _paragraph_of(self) -> Callable[[int], int]:
        breaks = [found.start() for found in re.finditer("\n", self._data.text)]
        return lambda position: bisect_right(breaks, position)

    @cached_property
    def _unverified(self) -> tuple[frozenset[str], frozenset[int]]:
        """Return the claims that could-not-verify lines name, and the paragraphs of the others."""
        named: set[str] = set()
        paragraphs: set[int] = set()
        for mark in self._data.marks.values():
            if isinstance(mark, CouldNotVerify):
                if mark.claim_id is not None:
                    named.add(mark.claim_id)
                elif self._data.text:
                    paragraphs.add(self._paragraph_of(mark.spans[0].start))
        return frozenset(named), frozenset(paragraphs)

    def _is_unverified(self, content: Content) -> bool:
        named, paragraphs = self._unverified
        if content.id in named:
            return True
        if not paragraphs or not isinstance(content, Claim):
            return False
        return self._paragraph_of(content.spans[0].start) in paragraphs


def text_order(mark: Mark) -> tuple[int, int, str]:
    """Return what marks are sorted by: their first place, then their id."""
    first = mark.spans[0]
    return first.start, first.end, mark.id


def _stands_alone(source: Source) -> bool:
    """Say whether a source counts as independent of others without a word on it."""
    return source.identification in _TOLD and source.proximity is not Proximity.RELAYED


def _houses(source: Source) -> set[str]:
    """Return the names of what a source belongs to or is."""
    names = {source.affiliation_name}
    if source.identification is Identification.NAMED_ORGANISATION:
        names |= {source.description, source.label}
    return {name.casefold().strip() for name in names if name.strip()}

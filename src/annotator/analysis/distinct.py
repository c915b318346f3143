"""How many distinct sources there are: a range, exact on the relations between the sources.

A **voice** is one person or thing that speaks: a source, or one of a counted group. A group of n is
n voices: its members, and nameless ones for those that nobody has singled out.

Two voices are surely one when a reader said so (``SAME``) or they are the same actor. Two voices
are surely different when a reader said ``INDEPENDENT`` or ``DERIVED_FROM`` (nobody cites himself),
or when at least one of them can be told by a reader and nobody said that they may be the same.
Everything else may be one: ``MAY_BE_SAME``, and any two anonymous voices without a word on it,
in a group or not; two of one institution are not yet two people. An explicit difference weighs
more than "may be", sameness more than a difference (that contradiction is reported).

The most there can be is every voice not surely one; the least is the fewest classes into which
voices that may be one can be gathered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from annotator.analysis.classes import fewest_classes
from annotator.i18n import tr
from annotator.model.vocabulary import Identification, SourceRelationKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.model.annotations import Source, SourceRelation

_APART = (SourceRelationKind.INDEPENDENT, SourceRelationKind.DERIVED_FROM)
_SEVERAL = 2

#: One voice: the source it comes from, and its place in the group where nobody singled it out.
Voice = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Say why a number is not certain.

    ``id`` is a sentence ``analysis.reason.<id>``: ``group`` (members may be one), ``several`` (the
    article gives no number), ``may_be_same``, ``unknown`` (nothing is said on these), and
    ``contradiction`` (said to be the same and different). ``source_ids`` are who it is about.
    """

    id: str
    source_ids: tuple[str, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class DistinctRange:
    """Hold the least and the most distinct sources there can be.

    ``is_open``: the article says "several", so that there may be more than ``high``. ``is_exact``
    is false only where the search for the least was given up (it then is a lower bound).
    """

    low: int
    high: int
    is_open: bool = False
    reasons: tuple[Reason, ...] = ()
    is_exact: bool = True

    @property
    def is_certain(self) -> bool:
        """Say whether there is only one number it can be."""
        return self.low == self.high and not self.is_open

    def words(self, *, lang: str | None = None) -> str:
        """Return the range as a reader writes it: "2", "2 to 3", "2 or more"."""
        if self.is_open:
            return tr("analysis.range.open", lang=lang, low=self.low)
        if self.low == self.high:
            return str(self.low)
        return tr("analysis.range.between", lang=lang, low=self.low, high=self.high)

    def explain(self, name_of: Callable[[str], str], *, lang: str | None = None) -> list[str]:
        """Return one sentence a reason, with sources called as ``name_of(source_id)`` says."""
        return [
            tr(
                f"analysis.reason.{reason.id}",
                lang=lang,
                names=_listed([name_of(i) for i in reason.source_ids], lang),
                number=reason.count,
            )
            for reason in self.reasons
        ]


def distinct_range(
    sources: Iterable[Source],
    relations: Iterable[SourceRelation],
    *,
    among: Iterable[str] | None = None,
) -> DistinctRange:
    """Return the range of distinct sources.

    Args:
        sources: all sources of the article, groups and members.
        relations: all relations between them; one that names a group holds for its members.
        among: ids to count (a group stands for its voices); all sources by default.
    """
    graph = VoiceGraph(sources, relations)
    return graph.range_of(graph.by_id if among is None else among)


class VoiceGraph:
    """Hold the voices of an article and what is known of each pair; answer for any of them.

    Args:
        sources: all sources of the article.
        relations: all relations between them.
    """

    def __init__(self, sources: Iterable[Source], relations: Iterable[SourceRelation]) -> None:
        self.by_id: dict[str, Source] = {source.id: source for source in sources}
        self._members: dict[str, list[str]] = defaultdict(list)
        for source in self.by_id.values():
            if source.group_id in self.by_id and source.group_id != source.id:
                self._members[str(source.group_id)].append(source.id)
        self._voices: dict[str, tuple[Voice, ...]] = {}
        self._kinds: dict[frozenset[Voice], set[SourceRelationKind]] = defaultdict(set)
        self._parent: dict[Voice, Voice] = {}
        self._relate(relations)
        self._join_actors()

    def voices(self, source_id: str) -> tuple[Voice, ...]:
        """Return the voices that a source stands for; none for an unknown id."""
        if source_id not in self._voices:
            self._voices[source_id] = tuple(self._expand(source_id, set()))
        return self._voices[source_id]

    def voices_of(self, source_ids: Iterable[str]) -> list[Voice]:
        """Return the distinct voices of several sources, in order."""
        return list(dict.fromkeys(v for i in source_ids for v in self.voices(i)))

    def root(self, voice: Voice) -> Voice:
        """Return the voice that stands for all that are surely the same as this one."""
        while (parent := self._parent.get(voice, voice)) != voice:
            voice = parent
        return voice

    @cached_property
    def _classes(self) -> dict[Voice, list[Voice]]:
        """Return all voices that are surely one, by the voice that stands for them."""
        found: dict[Voice, list[Voice]] = defaultdict(list)
        for voice in self.voices_of(self.by_id):
            found[self.root(voice)].append(voice)
        return found

    def kinds(self, first: Voice, second: Voice) -> set[SourceRelationKind]:
        """Return what a reader said about two voices."""
        return self._kinds.get(frozenset((first, second)), set())

    def is_anonymous(self, voice: Voice) -> bool:
        """Say whether a reader cannot tell who the voice is (also when nobody described it)."""
        kind = self.by_id[voice[0]].identification
        return kind.is_anonymous or kind is Identification.UNKNOWN

    def range_of(self, source_ids: Iterable[str]) -> DistinctRange:
        """Return how many distinct sources these are."""
        wanted = [i for i in source_ids if i in self.by_id]
        classes: dict[Voice, list[Voice]] = defaultdict(list)
        for voice in self.voices_of(wanted):
            classes[self.root(voice)].append(voice)
        # What is known of a person by another name holds for this one: those asked for come first.
        members = [
            list(dict.fromkeys((*asked, *self._classes[root]))) for root, asked in classes.items()
        ]
        apart = [0] * len(members)
        open_pairs: list[tuple[int, int, bool]] = []
        for i, j in combinations(range(len(members)), 2):
            may, said = self._may_be_one(members[i], members[j])
            if may:
                open_pairs.append((i, j, said))
            else:
                apart[i] |= 1 << j
                apart[j] |= 1 << i
        low, exact = fewest_classes(apart)
        open_groups = [i for i in self._groups_behind(wanted) if self._is_open(i)]
        reasons = self._reasons(members, open_pairs, open_groups)
        return DistinctRange(low, len(members), bool(open_groups), reasons, exact)

    # -- building -----------------------------------------------------------------------------

    def _expand(self, source_id: str, seen: set[str]) -> list[Voice]:
        """Return the voices of a source; a group that contains itself stops at the second turn."""
        if source_id not in self.by_id or source_id in seen:
            return []
        seen.add(source_id)
        source = self.by_id[source_id]
        members = self._members.get(source_id, [])
        if source.identification is not Identification.UNNAMED_GROUP and not members:
            return [(source_id, 0)]
        found = [voice for member in members for voice in self._expand(member, seen)]
        stated = source.stated_count if source.stated_count > 0 else _SEVERAL
        return found + [(source_id, n) for n in range(1, 1 + stated - len(found))]

    def _is_open(self, group_id: str) -> bool:
        """Say whether a group may have more voices than are counted."""
        stated = self.by_id[group_id].stated_count
        return stated < 0 or (stated == 0 and len(self._members.get(group_id, ())) < _SEVERAL)

    def _groups_behind(self, source_ids: Iterable[str]) -> list[str]:
        """Return the counted groups among the sources and inside them."""
        found: dict[str, None] = {}
        todo = list(source_ids)
        while todo:
            source_id = todo.pop()
            is_group = self.by_id[source_id].identification is Identification.UNNAMED_GROUP
            members = self._members.get(source_id, [])
            if (is_group or members) and source_id not in found:
                found[source_id] = None
                todo.extend(members)
        return list(found)

    def _relate(self, relations: Iterable[SourceRelation]) -> None:
        for relation in relations:
            first, second = self.voices(relation.first_id), self.voices(relation.second_id)
            if relation.kind is SourceRelationKind.SAME:
                # Two groups said to be one are one member for member.
                for a, b in zip(first, second, strict=False):
                    self._join(a, b)
                continue
            pairs = combinations(first, 2) if first == second else _crossed(first, second)
            for a, b in pairs:
                self._kinds[frozenset((a, b))].add(relation.kind)

    def _join_actors(self) -> None:
        """Join sources that are the same actor, unless a reader set them apart."""
        by_actor: dict[str, Voice] = {}
        for source in self.by_id.values():
            voices = self.voices(source.id)
            if not source.actor_id or len(voices) != 1:
                continue
            first = by_actor.setdefault(source.actor_id, voices[0])
            if not self.kinds(first, voices[0]).intersection(_APART):
                self._join(first, voices[0])

    def _join(self, first: Voice, second: Voice) -> None:
        first, second = self.root(first), self.root(second)
        if first != second:
            self._parent[max(first, second)] = min(first, second)

    # -- judging ------------------------------------------------------------------------------

    def _may_be_one(self, first: list[Voice], second: list[Voice]) -> tuple[bool, bool]:
        """Say whether two classes may be one, and whether a reader said so."""
        said = False
        for a in first:
            for b in second:
                kinds = self.kinds(a, b)
                if kinds.intersection(_APART):
                    return False, False
                said = said or SourceRelationKind.MAY_BE_SAME in kinds
        return said or all(map(self.is_anonymous, (*first, *second))), said

    def _reasons(
        self,
        members: list[list[Voice]],
        open_pairs: list[tuple[int, int, bool]],
        open_groups: list[str],
    ) -> tuple[Reason, ...]:
        """Gather the uncertain pairs into as few sentences as tell them all."""
        found: dict[Reason, None] = {}
        strangers: dict[str, None] = {}
        for i, j, said in open_pairs:
            a, b = members[i][0], members[j][0]
            group = self._common_group(a, b)
            if said:
                found[Reason("may_be_same", (a[0], b[0]))] = None
            elif group is not None:
                found[Reason("group", (group,), len(self.voices(group)))] = None
            else:
                strangers.update({self._shown(a): None, self._shown(b): None})
        if len(strangers) > 1:
            found[Reason("unknown", tuple(strangers))] = None
        for group in open_groups:
            found[Reason("several", (group,))] = None
        for voices in members:
            for a, b in combinations(voices, 2):
                if self.kinds(a, b).intersection(_APART):
                    found[Reason("contradiction", (a[0], b[0]))] = None
        return tuple(found)

    def _common_group(self, first: Voice, second: Voice) -> str | None:
        """Return the group that both voices belong to."""
        a, b = self._shown(first, member=False), self._shown(second, member=False)
        return a if a == b else None

    def _shown(self, voice: Voice, *, member: bool = True) -> str:
        """Return the id a reader knows a voice by: its source, or the group it belongs to."""
        source = self.by_id[voice[0]]
        if not member and voice[1] == 0 and source.group_id in self.by_id:
            return str(source.group_id)
        return source.id


def _crossed(first: tuple[Voice, ...], second: tuple[Voice, ...]) -> list[tuple[Voice, Voice]]:
    return [(a, b) for a in first for b in second if a != b]


def _listed(names: list[str], lang: str | None) -> str:
    """Join names as a sentence does: "A, B and C"."""
    if not names[1:]:
        return "".join(names)
    return tr("analysis.list", lang=lang, first=", ".join(names[:-1]), last=names[-1])

"""What changed in the sourcing from one version of a dispatch to the next.

Quotes and claims are matched by their words (the same, or nearly), sources by who they are: the
same actor, else the words that describe them, else what both versions let them say. What has no
match was dropped or added.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.analysis.shares import Openness, openness
from annotator.i18n import term, tr
from annotator.model.annotations import Claim, Hedge
from annotator.model.vocabulary import SourcingState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.analysis.case import Case
    from annotator.analysis.sourcing import Content
    from annotator.model.annotations import Source

#: How alike the words of two contents must be, of 1, to be the same one rewritten.
_ALIKE = 0.62
#: Names and descriptions are shorter; they must be more alike.
_ALIKE_NAMES = 0.75


class ChangeKind(StrEnum):
    """What happened; the sentence is ``analysis.change.<kind>``."""

    CONTENT_ADDED = "content_added"
    CONTENT_DROPPED = "content_dropped"
    REWORDED = "reworded"
    STATE = "state"
    TO_INDICATIVE = "to_indicative"
    TO_CONDITIONAL = "to_conditional"
    SOURCE_ADDED = "source_added"
    SOURCE_DROPPED = "source_dropped"
    NAMED = "named"
    UNNAMED = "unnamed"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class VersionChange:
    """Be one difference. Ids are of the earlier and the later article, "" where there is none.

    ``before`` and ``after`` are the words, states or numbers that differ.
    """

    kind: ChangeKind
    before_id: str = ""
    after_id: str = ""
    before: str = ""
    after: str = ""

    def words(self, *, lang: str | None = None) -> str:
        """Say the difference in a sentence."""
        before, after = self.before, self.after
        if self.kind is ChangeKind.STATE:
            before = term(SourcingState(before), lang=lang)
            after = term(SourcingState(after), lang=lang)
        return tr(f"analysis.change.{self.kind}", lang=lang, before=before, after=after)


def compare(earlier: Case, later: Case) -> list[VersionChange]:
    """Return the differences: what is gone, what came, what is told otherwise, in text order."""
    contents = _pair_contents(earlier, later)
    sources = _pair_sources(earlier, later, contents)
    changes = [
        *_content_changes(earlier, later, contents),
        *_source_changes(earlier, later, sources),
    ]
    before, after = earlier.sourcing.distinct, later.sourcing.distinct
    if (before.low, before.high, before.is_open) != (after.low, after.high, after.is_open):
        changes.append(
            VersionChange(ChangeKind.DISTINCT, before=before.words(), after=after.words())
        )
    return changes


# -- contents -----------------------------------------------------------------------------------


def _words(case: Case, content: Content) -> str:
    text = " ".join(span.slice(case.data.text) for span in content.spans)
    return " ".join(text.replace("'", "’").split())


def _pair_contents(earlier: Case, later: Case) -> dict[str, str]:
    """Match contents of one kind: first the same words, then the most alike ones."""
    pairs: dict[str, str] = {}
    for kind in (Claim, type(None)):
        old = _of(earlier, claims=kind is Claim)
        new = _of(later, claims=kind is Claim)
        by_words: dict[str, list[str]] = defaultdict(list)
        for content in new:
            by_words[_words(later, content).casefold()].append(content.id)
        for content in old:
            same = by_words.get(_words(earlier, content).casefold())
            if same:
                pairs[content.id] = same.pop(0)
        taken = set(pairs.values())
        left = {c.id: _words(earlier, c) for c in old if c.id not in pairs}
        free = {c.id: _words(later, c) for c in new if c.id not in taken}
        pairs |= _most_alike(left, free, _ALIKE)
    return pairs


def _of(case: Case, *, claims: bool) -> list[Content]:
    return [c for c in case.sourcing.contents if isinstance(c, Claim) is claims]


def _most_alike(left: dict[str, str], free: dict[str, str], least: float) -> dict[str, str]:
    """Match words by likeness, the most alike first; each is matched once."""
    scores: list[tuple[float, str, str]] = []
    for old_id, old in left.items():
        matcher = SequenceMatcher(b=old.casefold(), autojunk=False)
        for new_id, new in free.items():
            matcher.set_seq1(new.casefold())
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                ratio = matcher.ratio()
                if ratio >= least:
                    scores.append((-ratio, old_id, new_id))
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, old_id, new_id in sorted(scores):
        if old_id not in pairs and new_id not in taken:
            pairs[old_id] = new_id
            taken.add(new_id)
    return pairs


def _content_changes(earlier: Case, later: Case, pairs: dict[str, str]) -> Iterable[VersionChange]:
    hedged_before, hedged_after = _hedged(earlier), _hedged(later)
    new = {content.id: content for content in later.sourcing.contents}
    for content in earlier.sourcing.contents:
        words = _words(earlier, content)
        other = new.pop(pairs.get(content.id, ""), None)
        if other is None:
            yield VersionChange(ChangeKind.CONTENT_DROPPED, content.id, "", words)
            continue
        ids, told = (content.id, other.id), (words, _words(later, other))
        if told[0] != told[1]:
            yield VersionChange(ChangeKind.REWORDED, *ids, *told)
        states = (
            earlier.sourcing.basis(content.id).state.value,
            later.sourcing.basis(other.id).state.value,
        )
        if states[0] != states[1]:
            yield VersionChange(ChangeKind.STATE, *ids, *states)
        was, now = content.id in hedged_before, other.id in hedged_after
        if was != now:
            kind = ChangeKind.TO_CONDITIONAL if now else ChangeKind.TO_INDICATIVE
            yield VersionChange(kind, *ids, *told)
    for content in new.values():
        yield VersionChange(ChangeKind.CONTENT_ADDED, "", content.id, "", _words(later, content))


def _hedged(case: Case) -> set[str]:
    """Return the claims that are kept at arm's length."""
    hedges = case.marks(Hedge)
    linked = {hedge.claim_id for hedge in hedges if hedge.claim_id}
    return linked | {
        claim.id
        for claim in case.claims
        if any(claim.hull.contains(hedge.hull) for hedge in hedges)
    }


# -- sources ------------------------------------------------------------------------------------


def _pair_sources(earlier: Case, later: Case, contents: dict[str, str]) -> dict[str, str]:
    """Match sources: the same actor, then the same words, then the same things said."""
    pairs: dict[str, str] = {}
    old, new = list(earlier.heads), list(later.heads)
    by_actor = {s.actor_id: s.id for s in new if s.actor_id}
    for source in old:
        if source.actor_id in by_actor:
            pairs[source.id] = by_actor.pop(source.actor_id)
    taken = set(pairs.values())
    left = {s.id: name_of(earlier, s) for s in old if s.id not in pairs}
    free = {s.id: name_of(later, s) for s in new if s.id not in taken}
    pairs |= _most_alike(left, free, _ALIKE_NAMES)
    return pairs | _by_what_they_say(earlier, later, contents, pairs)


def _by_what_they_say(
    earlier: Case, later: Case, contents: dict[str, str], pairs: dict[str, str]
) -> dict[str, str]:
    """Match the sources left over that a content names before and after, one for one."""
    found: dict[str, str] = {}
    taken = set(pairs.values())
    for old_id, new_id in contents.items():
        before = [i for i in earlier.sourcing.basis(old_id).supporters if i not in pairs]
        after = [i for i in later.sourcing.basis(new_id).supporters if i not in taken]
        if len(before) == 1 and len(after) == 1 and before[0] not in found:
            found[before[0]] = after[0]
            taken.add(after[0])
    return found


def name_of(case: Case, source: Source) -> str:
    """Return what an article calls a source at first, else what the newsroom calls it."""
    mention = case.first_mention(source)
    if mention is not None:
        return " ".join(span.slice(case.data.text) for span in mention.spans)
    return source.description or source.label


def _source_changes(earlier: Case, later: Case, pairs: dict[str, str]) -> Iterable[VersionChange]:
    new = {source.id: source for source in later.heads}
    for source in earlier.heads:
        other = new.pop(pairs.get(source.id, ""), None)
        name = name_of(earlier, source)
        if other is None:
            yield VersionChange(ChangeKind.SOURCE_DROPPED, source.id, "", name)
            continue
        was, now = openness(source), openness(other)
        if was is not now and Openness.UNNAMED in (was, now):
            kind = ChangeKind.UNNAMED if now is Openness.UNNAMED else ChangeKind.NAMED
            yield VersionChange(kind, source.id, other.id, name, name_of(later, other))
    for source in new.values():
        yield VersionChange(ChangeKind.SOURCE_ADDED, "", source.id, "", name_of(later, source))

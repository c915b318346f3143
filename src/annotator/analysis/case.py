"""One article as the house rules see it: its marks in order, its sentences, who is named where."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from annotator.analysis.sourcing import Sourcing, text_order
from annotator.model.annotations import (
    Actor,
    Claim,
    Cue,
    DeclinedComment,
    Mark,
    Mention,
    Quote,
    SourceMention,
)
from annotator.model.span import covered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.analysis.sourcing import HasRecords
    from annotator.model.annotations import Source
    from annotator.model.article import Article
    from annotator.model.span import Span, Spans

M = TypeVar("M", bound=Mark)


@dataclass(frozen=True)
class Case:
    """Hold one article for the rules; the indexes are built when a rule needs them.

    ``sentences`` and ``paragraphs`` are in text order. Marks in page furniture do not count.
    ``known`` is the sourcing of these records, where somebody worked it out already.
    """

    data: HasRecords
    article: Article
    sentences: Sequence[Span]
    paragraphs: Sequence[Span]
    actors: Mapping[str, Actor] = field(default_factory=dict[str, Actor])
    known: Sourcing | None = None

    @cached_property
    def sourcing(self) -> Sourcing:
        """Return what each quote and claim rests on."""
        return self.known or Sourcing(self.data)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return the article's sources by id."""
        return self.data.sources

    # -- marks --------------------------------------------------------------------------------

    @cached_property
    def _by_type(self) -> dict[type[Mark], list[Mark]]:
        found: dict[type[Mark], list[Mark]] = defaultdict(list)
        mask = self.article.mask
        for mark in sorted(self.data.marks.values(), key=text_order):
            if not mask or not covered(mask, mark.spans[0]):
                found[type(mark)].append(mark)
        return found

    def marks(self, kind: type[M]) -> list[M]:
        """Return the marks of one type in text order, page furniture left out."""
        return cast("list[M]", self._by_type.get(kind, []))

    @property
    def quotes(self) -> list[Quote]:
        """Return the quotes in text order."""
        return self.marks(Quote)

    @property
    def claims(self) -> list[Claim]:
        """Return the claims in text order."""
        return self.marks(Claim)

    @cached_property
    def mentions_of(self) -> Mapping[str, list[SourceMention]]:
        """Return where each source is named, in text order."""
        found: dict[str, list[SourceMention]] = defaultdict(list)
        for mention in self.marks(SourceMention):
            if mention.source_id is not None:
                found[mention.source_id].append(mention)
        return found

    @cached_property
    def members_of(self) -> Mapping[str, list[Source]]:
        """Return the members that were singled out of each group."""
        found: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources.values():
            if source.group_id in self.sources:
                found[str(source.group_id)].append(source)
        return found

    def family(self, source: Source) -> list[Source]:
        """Return a source and the members of the group it is."""
        return [source, *self.members_of.get(source.id, [])]

    @cached_property
    def heads(self) -> list[Source]:
        """Return the sources that speak, groups for their members, by first mention."""
        speaking = [self.sources[i] for i in self.sourcing.speaking]
        return sorted(speaking, key=lambda s: (self.first_mention(s) is None, self._place(s)))

    def _place(self, source: Source) -> int:
        mention = self.first_mention(source)
        return mention.spans[0].start if mention is not None else len(self.data.text)

    def first_mention(self, source: Source) -> SourceMention | None:
        """Return the first place that names a source or a member of it."""
        found = [m for s in self.family(source) for m in self.mentions_of.get(s.id, [])]
        return min(found, key=lambda m: m.spans[0]) if found else None

    def is_anonymous(self, source_id: str) -> bool:
        """Say whether a reader cannot tell who a source is."""
        return self.sources[source_id].identification.is_anonymous

    def is_all_anonymous(self, source_ids: Iterable[str]) -> bool:
        """Say whether there are sources and none of them can be told."""
        ids = list(source_ids)
        return bool(ids) and all(self.is_anonymous(i) for i in ids)

    # -- places -------------------------------------------------------------------------------

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_of(self, position: int) -> Span | None:
        """Return the sentence at or before a position."""
        at = bisect_right(self._sentence_starts, position) - 1
        return self.sentences[max(0, at)] if self.sentences else None

    @cached_property
    def lead(self) -> Span | None:
        """Return the first paragraph that is neither headline, heading nor furniture."""
        title = (self.article.headline_span,) if self.article.headline_span else ()
        skipped: Spans = (*self.article.headings, *self.article.mask, *title)
        for paragraph in self.paragraphs:
            if not any(paragraph.overlaps(span) for span in skipped):
                return paragraph
        return None

    def has_attribution(self, place: Span) -> bool:
        """Say whether a place names a source or holds a cue."""
        marks: list[Mark] = [*self.marks(SourceMention), *self.marks(Cue)]
        return any(span.overlaps(place) for mark in marks for span in mark.spans)

    def actors_in(self, mark: Mark) -> list[Actor]:
        """Return the actors mentioned inside a mark, in text order."""
        found: dict[str, Actor] = {}
        for mention in self.marks(Mention):
            actor = self.actors.get(mention.actor_id or "")
            inside = any(s.overlaps(span) for s in mark.spans for span in mention.spans)
            if actor is not None and inside:
                found[actor.id] = actor
        return list(found.values())

    # -- who is who ---------------------------------------------------------------------------

    def is_actor(self, source: Source, actor: Actor) -> bool:
        """Say whether a source is an actor, speaks for it or is described by its name."""
        if source.actor_id == actor.id:
            return True
        names = {_folded(actor.name), *(_folded(alias.name) for alias in actor.aliases)}
        own = (source.affiliation_name, source.description, source.label)
        return any(_folded(name) in names for name in own if name.strip())

    def asked(self) -> list[tuple[DeclinedComment, Source | None]]:
        """Return the lines that say who did not comment, with the source they name."""
        lines = self.marks(DeclinedComment)
        return [(line, self.sources.get(line.source_id or "")) for line in lines]

    @cached_property
    def _heard(self) -> set[str]:
        bases = [self.sourcing.basis(content.id) for content in self.sourcing.contents]
        return {i for basis in bases for i in (*basis.supporters, *basis.deniers)}

    def is_heard(self, source: Source) -> bool:
        """Say whether anything rests on a source itself, its members left aside."""
        return source.id in self._heard

    def has_content(self, source: Source) -> bool:
        """Say whether anything rests on a source or a member of it."""
        return any(s.id in self._heard for s in self.family(source))


def case_of(
    data: HasRecords,
    article: Article,
    sentences: Sequence[Span],
    paragraphs: Sequence[Span],
    actors: Iterable[Actor] = (),
) -> Case:
    """Make a case from the records of an article."""
    return Case(data, article, sentences, paragraphs, {actor.id: actor for actor in actors})


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())

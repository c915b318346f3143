"""Everything the panels, the reports and the figures need of one article, loaded in one go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
    SourceRelation,
)
from annotator.model.article import Article
from annotator.model.suggestion import Suggestion
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotator.analysis.sourcing import Sourcing
    from annotator.model.changes import Touched
    from annotator.store import Project

M = TypeVar("M", bound=Mark)

_CONTENT = (Quote, Claim)


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}


R = TypeVar("R", Mark, Source, SourceRelation, Attribution, Actor, Note, Suggestion)


@dataclass(frozen=True)
class ArticleData:
    """Hold one article with its records by id, and answer who is linked to whom.

    The indexes are built on first use; a change makes a new ``ArticleData``.
    """

    article: Article
    text: str
    marks: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    sources: Mapping[str, Source] = field(default_factory=dict[str, Source])
    relations: Mapping[str, SourceRelation] = field(default_factory=dict[str, SourceRelation])
    attributions: Mapping[str, Attribution] = field(default_factory=dict[str, Attribution])
    actors: Mapping[str, Actor] = field(default_factory=dict[str, Actor])
    notes: Mapping[str, Note] = field(default_factory=dict[str, Note])
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict[str, Suggestion])

    @cached_property
    def sourcing(self) -> Sourcing:
        """Return what each quote and claim rests on: the one copy that everybody asks."""
        from annotator.analysis.sourcing import Sourcing

        return Sourcing(self)

    # -- lists by kind, in text order ---------------------------------------------------------

    def of_type(self, kind: type[M]) -> list[M]:
        """Return the marks of one type in text order."""
        return cast("list[M]", self._by_type.get(kind, []))

    @cached_property
    def _by_type(self) -> dict[type[Mark], list[Mark]]:
        found: dict[type[Mark], list[Mark]] = defaultdict(list)
        for mark in sorted(self.marks.values(), key=lambda m: (m.spans[0], m.id)):
            found[type(mark)].append(mark)
        return found

    @property
    def quotes(self) -> list[Quote]:
        """Return the quotes in text order."""
        return self.of_type(Quote)

    @property
    def claims(self) -> list[Claim]:
        """Return the claims in text order."""
        return self.of_type(Claim)

    @property
    def source_mentions(self) -> list[SourceMention]:
        """Return the places where sources are named, in text order."""
        return self.of_type(SourceMention)

    @property
    def mentions(self) -> list[Mention]:
        """Return the places where actors are mentioned, in text order."""
        return self.of_type(Mention)

    @property
    def cues(self) -> list[Cue]:
        """Return the cues in text order."""
        return self.of_type(Cue)

    @property
    def hedges(self) -> list[Hedge]:
        """Return the hedges in text order."""
        return self.of_type(Hedge)

    @property
    def declined(self) -> list[DeclinedComment]:
        """Return the declined-comment lines in text order."""
        return self.of_type(DeclinedComment)

    @property
    def unverified(self) -> list[CouldNotVerify]:
        """Return the could-not-verify lines in text order."""
        return self.of_type(CouldNotVerify)

    # -- links --------------------------------------------------------------------------------

    @cached_property
    def _attributions_by_content(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = defaultdict(list)
        for attribution in self.attributions.values():
            found[attribution.content_id].append(attribution)
        return found

    @cached_property
    def _attributions_by_source(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = defaultdict(list)
        for attribution in self.attributions.values():
            found[attribution.source_id].append(attribution)
        return found

    @cached_property
    def _mentions_by_source(self) -> dict[str, list[SourceMention]]:
        found: dict[str, list[SourceMention]] = defaultdict(list)
        for mention in self.source_mentions:
            if mention.source_id is not None:
                found[mention.source_id].append(mention)
        return found

    @cached_property
    def _mentions_by_actor(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if mention.actor_id is not None:
                found[mention.actor_id].append(mention)
        return found

    @cached_property
    def _notes_by_target(self) -> dict[str, list[Note]]:
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes.values():
            found[note.target_id].append(note)
        return found

    def attributions_of(self, content_id: str) -> list[Attribution]:
        """Return the attributions of a quote or claim."""
        return list(self._attributions_by_content.get(content_id, ()))

    def attributions_to(self, source_id: str) -> list[Attribution]:
        """Return the attributions that name a source."""
        return list(self._attributions_by_source.get(source_id, ()))

    def sources_of(self, content_id: str) -> list[Source]:
        """Return who a quote or claim is attributed to."""
        rows = self._attributions_by_content.get(content_id, ())
        return [self.sources[a.source_id] for a in rows if a.source_id in self.sources]

    def content_of(self, source_id: str) -> list[Quote | Claim]:
        """Return the quotes and claims that rest on a source, in text order."""
        ids = {a.content_id for a in self._attributions_by_source.get(source_id, ())}
        found = [m for i in ids if isinstance(m := self.marks.get(i), _CONTENT)]
        return sorted(found, key=lambda m: m.spans[0])

    def mentions_of(self, source_id: str) -> list[SourceMention]:
        """Return the places that name a source, in text order."""
        return list(self._mentions_by_source.get(source_id, ()))

    def mentions_of_actor(self, actor_id: str) -> list[Mention]:
        """Return the places in this article that mention an actor, in text order."""
        return list(self._mentions_by_actor.get(actor_id, ()))

    def members(self, group_id: str) -> list[Source]:
        """Return the members of a counted group, in the order they were made."""
        return [s for s in self.sources.values() if s.group_id == group_id]

    def notes_on(self, target_id: str) -> list[Note]:
        """Return the notes on a record."""
        return list(self._notes_by_target.get(target_id, ()))

    def linked(self, record_id: str) -> set[str]:
        """Return the ids of every mark, source and actor linked to a record, itself left out."""
        mark = self.marks.get(record_id)
        if mark is None:
            found = self._around_record(record_id)
        elif isinstance(mark, SourceMention):
            found = self._around_record(mark.source_id or "")
        elif isinstance(mark, Mention):
            found = self._around_record(mark.actor_id or "")
        else:
            found = {
                linked
                for attribution in self.attributions.values()
                if record_id == attribution.content_id or record_id in attribution.cue_ids
                for linked in self._around_attribution(attribution)
            }
        return (found | self._hedge_links(record_id)) - {record_id}

    def _around_record(self, record_id: str) -> set[str]:
        """Return what is linked to a source or an actor, with itself."""
        if record_id in self.sources:
            return self._around_source(record_id)
        if record_id in self.actors:
            return {record_id, *(m.id for m in self.mentions_of_actor(record_id))}
        return set()

    def _around_attribution(self, attribution: Attribution) -> set[str]:
        found = {attribution.content_id, attribution.source_id, *attribution.cue_ids}
        if attribution.mention_id is not None:
            return found | {attribution.mention_id}
        return found | {m.id for m in self.mentions_of(attribution.source_id)}

    def _around_source(self, source_id: str) -> set[str]:
        found = {source_id, *(m.id for m in self.mentions_of(source_id))}
        for attribution in self._attributions_by_source.get(source_id, ()):
            found |= {attribution.content_id, *attribution.cue_ids}
        for member in self.members(source_id):
            found |= {member.id, *(m.id for m in self.mentions_of(member.id))}
        return found

    def _hedge_links(self, record_id: str) -> set[str]:
        found: set[str] = set()
        for mark in (*self.hedges, *self.unverified):
            if mark.claim_id == record_id:
                found.add(mark.id)
            elif mark.id == record_id and mark.claim_id is not None:
                found.add(mark.claim_id)
        for mark in self.declined:
            if mark.source_id == record_id:
                found.add(mark.id)
            elif mark.id == record_id and mark.source_id is not None:
                found.add(mark.source_id)
        return found

    def actor_name(self, actor: Actor) -> str:
        """Return an actor's name as this article's readers know it.

        The actor's own name if the article has it, else a name in the article's language (French
        and English names of one actor are one actor).
        """
        if actor.name in self.text:
            return actor.name
        own = (a.name for a in actor.aliases if a.language == self.article.language)
        return next(own, actor.name)

    def name_of(self, source: Source) -> str:
        """Return the shortest honest name of a source: its label, its actor, its description."""
        if source.label:
            return source.label
        if source.actor_id is not None and source.actor_id in self.actors:
            return self.actor_name(self.actors[source.actor_id])
        if source.description:
            return source.description
        mentions = self.mentions_of(source.id)
        return mentions[0].anchor.quotation if mentions else ""


def load_article(
    project: Project, article_id: str, *, check: Callable[[], None] = lambda: None
) -> ArticleData | None:
    """Read one article with all that hangs on it; ``None`` if it is gone.

    ``check`` is called between the tables; whatever it raises stops the work.
    """
    article = project.get(Article, article_id)
    if article is None:
        return None
    text = project.text(article_id).text
    marks: dict[str, Mark] = {}
    for kind in MarkKind:
        check()
        marks |= _by_id(project.marks(article_id, (kind,)))
    sources = _by_id(project.find(Source, article_id=article_id))
    actors = _actors_of(project, marks, sources)
    check()
    return ArticleData(
        article=article,
        text=text,
        marks=marks,
        sources=sources,
        relations=_by_id(project.find(SourceRelation, article_id=article_id)),
        attributions=_by_id(project.find(Attribution, article_id=article_id)),
        actors=actors,
        notes=_by_id(project.find(Note, article_id=article_id)),
        suggestions=_by_id(project.find(Suggestion, article_id=article_id)),
    )


def _actors_of(
    project: Project, marks: Mapping[str, Mark], sources: Mapping[str, Source]
) -> dict[str, Actor]:
    """Read the actors whom mentions and sources name."""
    wanted = {m.actor_id for m in marks.values() if isinstance(m, Mention) and m.actor_id}
    wanted |= {s.actor_id for s in sources.values() if s.actor_id}
    return _by_id(project.find(Actor, id=tuple(sorted(wanted)))) if wanted else {}


def refreshed(project: Project, data: ArticleData, touched: Touched) -> ArticleData | None:
    """Return the article's data after a change, re-reading only the records that changed.

    Cheaper than ``load_article`` for one mark among thousands: the changed rows are patched into
    copies of the dictionaries; actors are read anew where other ones may belong.
    """
    article = project.get(Article, data.article.id)
    if article is None or article.text_digest != data.article.text_digest:
        return load_article(project, data.article.id)
    parts: dict[str, dict[str, object]] = {}
    names_others = "actor" in touched.tables
    # Deletions first: a mark of another kind is a new record under the same id.
    for change in sorted(touched.changes, key=lambda one: one.after is not None):
        record = change.record
        if getattr(record, "article_id", None) != data.article.id:
            continue
        name = _PART_OF.get(type(record), "marks")
        if isinstance(record, Mention | Source) and _names_unknown_actor(record, data):
            names_others = True
        part = parts.setdefault(name, dict(getattr(data, name)))
        if change.after is None:
            part.pop(record.id, None)
        else:
            part[record.id] = change.after
    if not parts and not names_others and article == data.article:
        return data
    changed = replace(data, article=article, **cast("dict[str, Any]", parts))
    if names_others:
        changed = replace(changed, actors=_actors_of(project, changed.marks, changed.sources))
    return changed


def _names_unknown_actor(record: Mention | Source, data: ArticleData) -> bool:
    return record.actor_id is not None and record.actor_id not in data.actors


_PART_OF: dict[type, str] = {
    Source: "sources",
    SourceRelation: "relations",
    Attribution: "attributions",
    Note: "notes",
    Suggestion: "suggestions",
}
_PART_NAMES = ("marks", "sources", "relations", "attributions", "actors", "notes", "suggestions")

#: The kinds a person marks with one key, in the order of the toolbar.
ONE_KEY_KINDS = (
    MarkKind.QUOTE,
    MarkKind.SOURCE,
    MarkKind.CLAIM,
    MarkKind.ACTOR,
    MarkKind.CUE,
)

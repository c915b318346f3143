"""Actors across articles: name, merge, split, and mark every mention of a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.app.commands.draft import Draft
from annotator.app.commands.marks import draft_mark
from annotator.model.annotations import Actor, Alias, Mention, Note, Source
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.model.vocabulary import ActorKind, MarkKind
from annotator.store import ArticleQuery
from annotator.text.names import find_all, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.jobs import JobContext
    from annotator.app.session import Session
    from annotator.model.span import Span
    from annotator.store import Project

#: Characters shown on each side of a found name.
_AROUND = 40

#: Articles asked for at a time when the whole project is searched.
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Show one place where an actor's name stands unmarked, with the words around it."""

    article_id: str
    headline: str
    span: Span
    before: str
    words: str
    after: str


def add_actor(
    session: Session, name: str, kind: ActorKind = ActorKind.UNKNOWN, aliases: Sequence[Alias] = ()
) -> Actor:
    """Add an actor that no words mention yet.

    Raises:
        UserError: ``name-empty``.
    """
    draft = Draft(session, "add-actor", name=_name(name))
    actor = Actor(session.new_id(), _name(name), kind, tuple(aliases), stamp=session.stamp())
    draft.insert(actor)
    draft.commit()
    return actor


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("name-empty")
    return name


def rename_actor(session: Session, actor: Actor, name: str) -> Actor:
    """Change an actor's name; the old one stays as an alias.

    Raises:
        UserError: ``name-empty``.
    """
    name = _name(name)
    draft = Draft(session, "rename-actor", name=name)
    aliases = _without(_with(actor.aliases, Alias(actor.name)), name)
    after = draft.update(actor, replace(actor, name=name, aliases=aliases))
    draft.commit()
    return after


def set_aliases(session: Session, actor: Actor, aliases: Sequence[Alias]) -> Actor:
    """Set an actor's other names (French and English names of one actor are one actor)."""
    clean: tuple[Alias, ...] = ()
    for alias in aliases:
        if alias.name.strip():
            clean = _with(clean, replace(alias, name=_name(alias.name)))
    draft = Draft(session, "edit-actor", name=actor.name)
    after = draft.update(actor, replace(actor, aliases=_without(clean, actor.name)))
    draft.commit()
    return after


def _with(aliases: tuple[Alias, ...], alias: Alias) -> tuple[Alias, ...]:
    known = {(fold(a.name), a.language) for a in aliases}
    return aliases if (fold(alias.name), alias.language) in known else (*aliases, alias)


def _without(aliases: tuple[Alias, ...], name: str) -> tuple[Alias, ...]:
    return tuple(a for a in aliases if a.name != name)


def assign_mention(session: Session, mention: Mention, actor_id: str) -> Mention:
    """Say which actor a mention means; the words become an alias if they are a new name."""
    draft = Draft(session, "assign-mention")
    old = mention.actor_id
    after = draft.update(mention, replace(mention, actor_id=actor_id))
    actor = session.get(Actor, actor_id)
    language = session.get(Article, mention.article_id).language
    if mention.anchor.quotation[:1].isupper():
        alias = Alias(mention.anchor.quotation, language)
        aliases = _without(_with(actor.aliases, alias), actor.name)
        draft.update(actor, replace(actor, aliases=aliases))
    if old is not None and old != actor_id:
        draft.drop_idle_actor(old)
    draft.commit()
    return after


def merge_actors(session: Session, keep: Actor, others: Sequence[Actor]) -> Actor:
    """Make several actors one: their names become aliases, mentions and sources follow."""
    draft = Draft(session, "merge-actors", name=keep.name, count=len(others) + 1)
    aliases, kind, wikidata = keep.aliases, keep.kind, keep.wikidata
    for other in others:
        for alias in (Alias(other.name), *other.aliases):
            aliases = _with(aliases, alias)
        kind = other.kind if kind is ActorKind.UNKNOWN else kind
        wikidata = wikidata or other.wikidata
        for mention in draft.find(Mention, actor_id=other.id):
            draft.update(mention, replace(mention, actor_id=keep.id))
        for source in draft.find(Source, actor_id=other.id):
            draft.update(source, replace(source, actor_id=keep.id))
        for note in draft.find(Note, target_id=other.id):
            draft.update(note, replace(note, target_id=keep.id))
        draft.delete(other)
    merged = replace(keep, aliases=_without(aliases, keep.name), kind=kind, wikidata=wikidata)
    merged = draft.update(keep, merged)
    draft.commit()
    return merged


def split_actor(session: Session, actor: Actor, mentions: Sequence[Mention], name: str) -> Actor:
    """Make some mentions an actor of their own.

    Raises:
        UserError: ``name-empty``.
    """
    draft = Draft(session, "split-actor", name=_name(name))
    fresh = draft.insert(Actor(session.new_id(), _name(name), actor.kind, stamp=session.stamp()))
    for mention in mentions:
        draft.update(mention, replace(mention, actor_id=fresh.id))
    kept = tuple(a for a in actor.aliases if fold(a.name) != fold(name))
    draft.update(actor, replace(actor, aliases=kept))
    draft.commit()
    return fresh


def delete_actors(session: Session, actors: Sequence[Actor]) -> None:
    """Delete actors with all their mentions; sources stay and lose the link."""
    draft = Draft(session, "delete-actors", count=len(actors))
    for actor in actors:
        for mention in draft.find(Mention, actor_id=actor.id):
            draft.delete(mention)
        draft.delete(actor)
    draft.commit()


def preview_mentions(
    project: Project,
    actor: Actor,
    *,
    article_id: str | None = None,
    ctx: JobContext | None = None,
) -> list[FoundMention]:
    """Find the places where a name of the actor stands and is not marked yet.

    Page furniture is left out. Without ``article_id`` the whole project is searched, which may
    take a while: call it as a job with its context, on a reader.
    """
    names = [actor.name, *(alias.name for alias in actor.aliases)]
    if article_id is not None:
        return _unmarked(project, article_id, names)
    found: list[FoundMention] = []
    ids = _articles_with(project, names)
    for done, one in enumerate(ids):
        if ctx is not None:
            ctx.progress(done, len(ids), "find-mentions")
        found += _unmarked(project, one, names)
    return found


def _articles_with(project: Project, names: list[str]) -> list[str]:
    """Return the articles that the search finds for any of the names, newest first."""
    found: dict[str, None] = {}
    for name in names:
        offset = 0
        while True:
            query = ArticleQuery(search=f'"{name}"', limit=_PAGE, offset=offset)
            rows = project.articles(query).rows
            found.update(dict.fromkeys(row.id for row in rows))
            if len(rows) < _PAGE:
                break
            offset += _PAGE
    return list(found)


def _unmarked(project: Project, article_id: str, names: list[str]) -> list[FoundMention]:
    article = project.get(Article, article_id)
    if article is None:
        return []
    text = project.text(article_id).text
    taken = [
        span for mark in project.marks(article_id, kinds=(MarkKind.ACTOR,)) for span in mark.spans
    ]
    blocked = (*taken, *article.mask)
    return [
        FoundMention(
            article_id,
            article.headline,
            span,
            text[max(0, span.start - _AROUND) : span.start],
            span.slice(text),
            text[span.end : span.end + _AROUND],
        )
        for span in find_all(text, names)
        if not any(span.overlaps(other) for other in blocked)
    ]


def mark_mentions(session: Session, actor: Actor, found: Sequence[FoundMention]) -> int:
    """Mark the chosen places as mentions of the actor, in one step; returns how many."""
    draft = Draft(session, "mark-mentions", name=actor.name, count=len(found))
    for place in found:
        draft_mark(draft, place.article_id, MarkKind.ACTOR, (place.span,), actor_id=actor.id)
    draft.commit()
    return len(found)

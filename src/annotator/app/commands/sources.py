"""Say who speaks: name, group, join, split and relate sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.app.commands.draft import Draft
from annotator.model.annotations import (
    Attribution,
    DeclinedComment,
    Note,
    Source,
    SourceMention,
    SourceRelation,
)
from annotator.model.errors import UserError
from annotator.model.vocabulary import Identification, SourceRelationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.session import Session


def add_source(session: Session, article_id: str, **fields: object) -> Source:
    """Add a source that no words name yet (somebody known to have been asked, say)."""
    draft = Draft(session, "add-source")
    source = draft.insert(_new(session, article_id, **fields))
    draft.commit()
    return source


def _new(session: Session, article_id: str, **fields: object) -> Source:
    blank = Source(id=session.new_id(), article_id=article_id, stamp=session.stamp())
    return replace(blank, **fields)  # type: ignore[arg-type]


def name_source(session: Session, mention: SourceMention, **fields: object) -> Source:
    """Set what is known of the source that a mention names; makes the source if it has none."""
    draft = Draft(session, "edit-source")
    if mention.source_id is None:
        source = draft.insert(
            _new(session, mention.article_id, description=mention.anchor.quotation)
        )
        draft.update(mention, replace(mention, source_id=source.id))
    else:
        source = session.get(Source, mention.source_id)
    source = draft.update(source, replace(source, **fields))  # type: ignore[arg-type]
    draft.commit()
    return source


def join_mention(session: Session, mention: SourceMention, source_id: str) -> SourceMention:
    """Say that a mention names a source that is there already ("cette source")."""
    draft = Draft(session, "join-source")
    old = mention.source_id
    after = draft.update(mention, replace(mention, source_id=source_id))
    if old is not None and old != source_id:
        _follow_mention(draft, mention, old, source_id)
        draft.drop_idle_source(old)
    draft.commit()
    return after


def _follow_mention(draft: Draft, mention: SourceMention, old: str, new: str) -> None:
    """Give the new source what the mention itself was linked to."""
    alone = not draft.find(SourceMention, source_id=old)
    for attribution in draft.find(Attribution, source_id=old):
        if alone or attribution.mention_id == mention.id:
            _retarget(draft, attribution, new)


def _retarget(draft: Draft, attribution: Attribution, source_id: str) -> None:
    """Point an attribution at another source, or drop it where that link is there already."""
    if draft.find(Attribution, content_id=attribution.content_id, source_id=source_id):
        draft.delete(attribution)
    else:
        draft.update(attribution, replace(attribution, source_id=source_id))


def add_member(
    session: Session, group: Source, *, mention: SourceMention | None = None, **fields: object
) -> Source:
    """Add one person of a counted group; with ``mention``, the words that single the person out.

    The source itself becomes an unnamed group if it was nothing yet.
    """
    draft = Draft(session, "add-member")
    current = draft.latest(group) or group
    if current.identification is Identification.UNKNOWN:
        draft.update(group, replace(group, identification=Identification.UNNAMED_GROUP))
    known: dict[str, object] = {
        "identification": Identification.UNNAMED_PERSON,
        "affiliation": group.affiliation,
        "affiliation_name": group.affiliation_name,
        "proximity": group.proximity,
        "anonymity_reason": group.anonymity_reason,
        "group_id": group.id,
    }
    if mention is not None:
        known["description"] = mention.anchor.quotation
    member = draft.insert(_new(session, group.article_id, **(known | fields)))
    if mention is not None:
        old = mention.source_id
        draft.update(mention, replace(mention, source_id=member.id))
        if old is not None:
            _follow_mention(draft, mention, old, member.id)
            draft.drop_idle_source(old)
    draft.commit()
    return member


def put_in_group(session: Session, source: Source, group_id: str | None) -> Source:
    """Make a source a member of a group, or take it out (``None``).

    Raises:
        UserError: ``group-of-itself`` if the group is the source or one of its members.
    """
    if group_id is not None:
        group = session.get(Source, group_id)
        if source.id in (group.id, group.group_id):
            raise UserError("group-of-itself")
    draft = Draft(session, "put-in-group" if group_id else "take-from-group")
    after = draft.update(source, replace(source, group_id=group_id))
    draft.commit()
    return after


def merge_sources(session: Session, keep: Source, others: Sequence[Source]) -> Source:
    """Make several sources one: mentions, links, members and notes go to the first.

    Fields that ``keep`` does not know are taken from the others, in order.
    """
    draft = Draft(session, "merge-sources", count=len(others) + 1)
    merged = keep
    for other in others:
        merged = _filled(merged, other)
        _move_links(draft, other, keep.id)
        draft.delete(other)
    merged = draft.update(keep, merged)
    draft.commit()
    return merged


def _filled(keep: Source, other: Source) -> Source:
    blank = Source(id="", article_id="")
    missing = {
        name: getattr(other, name)
        for name in Source.__dataclass_fields__
        if name not in ("id", "article_id", "stamp", "group_id")
        and getattr(keep, name) == getattr(blank, name)
    }
    return replace(keep, **missing)


def _move_links(draft: Draft, other: Source, keep_id: str) -> None:
    for mention in draft.find(SourceMention, source_id=other.id):
        draft.update(mention, replace(mention, source_id=keep_id))
    for attribution in draft.find(Attribution, source_id=other.id):
        _retarget(draft, attribution, keep_id)
    for line in draft.find(DeclinedComment, source_id=other.id):
        draft.update(line, replace(line, source_id=keep_id))
    for member in draft.find(Source, group_id=other.id):
        draft.update(member, replace(member, group_id=keep_id))
    for note in draft.find(Note, target_id=other.id):
        draft.update(note, replace(note, target_id=keep_id))
    for relation in draft.find(SourceRelation, article_id=other.article_id):
        _move_relation(draft, relation, other.id, keep_id)


def _move_relation(draft: Draft, relation: SourceRelation, old: str, new: str) -> None:
    if old not in (relation.first_id, relation.second_id):
        return
    first = new if relation.first_id == old else relation.first_id
    second = new if relation.second_id == old else relation.second_id
    if first == second:
        draft.delete(relation)
    else:
        draft.update(relation, replace(relation, first_id=first, second_id=second))


def split_source(session: Session, source: Source, mentions: Sequence[SourceMention]) -> Source:
    """Make the given mentions a source of their own; their attributions go with them."""
    draft = Draft(session, "split-source")
    fresh = draft.insert(
        replace(
            source,
            id=session.new_id(),
            label="",
            description=mentions[0].anchor.quotation if mentions else source.description,
            stamp=session.stamp(),
        )
    )
    moved = {mention.id for mention in mentions}
    for mention in mentions:
        draft.update(mention, replace(mention, source_id=fresh.id))
    for attribution in draft.find(Attribution, source_id=source.id):
        if attribution.mention_id in moved:
            draft.update(attribution, replace(attribution, source_id=fresh.id))
    draft.commit()
    return fresh


def relate(
    session: Session, first: Source, second: Source, kind: SourceRelationKind
) -> SourceRelation:
    """Say how two sources relate; one relation a pair, the newest word counts.

    Raises:
        UserError: ``relate-itself`` for a source and itself.
    """
    if first.id == second.id:
        raise UserError("relate-itself")
    draft = Draft(session, "relate-sources")
    pair = {first.id, second.id}
    for relation in draft.find(SourceRelation, article_id=first.article_id):
        if {relation.first_id, relation.second_id} == pair:
            changed = replace(relation, first_id=first.id, second_id=second.id, kind=kind)
            after = draft.update(relation, changed)
            break
    else:
        after = draft.insert(
            SourceRelation(
                session.new_id(),
                first.article_id,
                first.id,
                second.id,
                kind,
                session.stamp(),
            )
        )
    draft.commit()
    return after


def unrelate(session: Session, relations: Sequence[SourceRelation]) -> None:
    """Forget what was said about pairs of sources."""
    draft = Draft(session, "unrelate-sources")
    for relation in relations:
        draft.delete(relation)
    draft.commit()


def delete_sources(session: Session, sources: Sequence[Source]) -> None:
    """Delete sources with their attributions; the words that named them are unmarked too."""
    draft = Draft(session, "delete-sources", count=len(sources))
    for source in sources:
        for mention in draft.find(SourceMention, source_id=source.id):
            draft.delete(mention)
        draft.delete(source)
    draft.commit()

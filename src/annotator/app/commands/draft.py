"""Collect the rows of one action, so that records changed twice go to the store once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

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
from annotator.model.changes import TABLE_OF, TABLES, Change, ChangeSet, Touched
from annotator.model.vocabulary import ActorKind

if TYPE_CHECKING:
    from annotator.app.session import Session
    from annotator.model.changes import NewText, Record

R = TypeVar("R", bound="Record")

_ORDER = {table: index for index, table in enumerate(TABLES)}
_Key = tuple[str, str]


def _key(record: Record) -> _Key:
    return (TABLE_OF[type(record)], record.id)


class Draft:
    """Gather inserts, updates and deletes of one named action; ``commit`` stores them as one.

    Args:
        session: where the action is committed.
        label: what undo calls it: a key of the ``actions`` catalogue.
        values: what the phrase names.
    """

    def __init__(self, session: Session, label: str, **values: object) -> None:
        self.session = session
        self.label = label
        self._values = tuple((key, str(value)) for key, value in values.items())
        self._before: dict[_Key, Record | None] = {}
        self._after: dict[_Key, Record | None] = {}
        self._kept: dict[type[Record], dict[str, Record]] = defaultdict(dict)
        self._texts: list[NewText] = []

    # -- collecting ---------------------------------------------------------------------------

    def insert(self, record: R) -> R:
        """Add a record."""
        self._set(record, before=None)
        return record

    def update(self, before: R, after: R) -> R:
        """Turn a record into its next state, stamped as changed now."""
        if after == before:
            return before
        stamp = getattr(after, "stamp", None)
        if stamp is not None:
            after = replace(after, stamp=self.session.restamp(stamp))  # type: ignore[call-arg]
        self._set(after, before=before)
        return after

    def delete(self, record: Record) -> None:
        """Remove a record and whatever cannot stand without it."""
        if self.latest(record) is not None:
            self.delete_only(record)
            self._cascade(record)

    def _set(self, record: Record, *, before: Record | None) -> None:
        key = _key(record)
        self._before.setdefault(key, before)
        self._after[key] = record
        self._kept[type(record)][record.id] = record

    def delete_only(self, record: Record) -> None:
        """Remove a record; the caller removes what hangs on it."""
        key = _key(record)
        self._before.setdefault(key, record)
        self._after[key] = None
        self._kept[type(record)].pop(record.id, None)

    def restore(self, record: Record) -> None:
        """Take back whatever this draft did to a record (its delete by a cascade, say)."""
        key = _key(record)
        self._before.pop(key, None)
        self._after.pop(key, None)
        self._kept[type(record)].pop(record.id, None)

    def keep_text(self, text: NewText) -> None:
        """Hand a text to the store with the action."""
        self._texts.append(text)

    def latest(self, record: R) -> R | None:
        """Return the record as this draft leaves it (``None``: deleted)."""
        key = _key(record)
        return self._after.get(key, record)  # type: ignore[return-value]

    def find(self, kind: type[R], **equals: object) -> list[R]:
        """Return the records that match as this draft leaves them, stored ones first."""
        stored = (self.latest(row) for row in self.session.project.find(kind, **equals))
        rows = {row.id: row for row in stored if row is not None}
        rows.update((row.id, row) for row in self.pending(kind))
        return [r for r in rows.values() if all(getattr(r, k) == v for k, v in equals.items())]

    def pending(self, kind: type[R]) -> list[R]:
        """Return the records of a type that this draft inserts or updates."""
        return cast("list[R]", list(self._kept[kind].values()))

    # -- what hangs on what -------------------------------------------------------------------

    def _cascade(self, record: Record) -> None:
        for note in self.find(Note, target_id=record.id):
            self.delete(note)
        if isinstance(record, Quote | Claim):
            self._drop_content(record)
        elif isinstance(record, Source):
            self._drop_source(record)
        elif isinstance(record, Mark):
            self._loosen_mark(record)
        elif isinstance(record, Actor):
            self._drop_actor(record)

    def _drop_content(self, record: Quote | Claim) -> None:
        for attribution in self.find(Attribution, content_id=record.id):
            self.delete(attribution)
        for kind in (Hedge, CouldNotVerify):
            for mark in self.find(kind, claim_id=record.id):
                self.update(mark, replace(mark, claim_id=None))

    def _drop_source(self, source: Source) -> None:
        for attribution in self.find(Attribution, source_id=source.id):
            self.delete(attribution)
        for mention in self.find(SourceMention, source_id=source.id):
            self.update(mention, replace(mention, source_id=None))
        for mark in self.find(DeclinedComment, source_id=source.id):
            self.update(mark, replace(mark, source_id=None))
        for member in self.find(Source, group_id=source.id):
            self.update(member, replace(member, group_id=None))
        for relation in self.find(SourceRelation, article_id=source.article_id):
            if source.id in (relation.first_id, relation.second_id):
                self.delete(relation)

    def _drop_actor(self, actor: Actor) -> None:
        for mention in self.find(Mention, actor_id=actor.id):
            self.update(mention, replace(mention, actor_id=None))
        for source in self.find(Source, actor_id=actor.id):
            self.update(source, replace(source, actor_id=None))

    def _loosen_mark(self, mark: Mark) -> None:
        """Take a deleted mark out of attributions, and its source or actor if it was the last."""
        if isinstance(mark, Cue):
            for attribution in self.find(Attribution, article_id=mark.article_id):
                cues = tuple(cue for cue in attribution.cue_ids if cue != mark.id)
                self.update(attribution, replace(attribution, cue_ids=cues))
        if isinstance(mark, SourceMention):
            for attribution in self.find(Attribution, mention_id=mark.id):
                self.update(attribution, replace(attribution, mention_id=None))
            if mark.source_id is not None:
                self.drop_idle_source(mark.source_id)
        if isinstance(mark, Mention) and mark.actor_id is not None:
            self.drop_idle_actor(mark.actor_id)

    def drop_idle_source(self, source_id: str) -> None:
        """Remove a source that no mark, link, group or note needs any more."""
        stored = self.session.project.get(Source, source_id)
        source = None if stored is None else self.latest(stored)
        if source is None or source.group_id is not None:
            return
        if self.find(SourceMention, source_id=source_id):
            return
        needed = (
            self.find(Attribution, source_id=source_id)
            or self.find(Source, group_id=source_id)
            or self.find(DeclinedComment, source_id=source_id)
            or self.find(Note, target_id=source_id)
        )
        if not needed:
            self.delete(source)

    def drop_idle_actor(self, actor_id: str) -> None:
        """Remove an actor that has no mention left and that nobody ever described."""
        stored = self.session.project.get(Actor, actor_id)
        actor = None if stored is None else self.latest(stored)
        if actor is None or actor.aliases or actor.kind is not ActorKind.UNKNOWN:
            return
        needed = (
            self.find(Mention, actor_id=actor_id)
            or self.find(Source, actor_id=actor_id)
            or self.find(Note, target_id=actor_id)
        )
        if not needed:
            self.delete(actor)

    # -- storing ------------------------------------------------------------------------------

    def changes(self) -> tuple[Change, ...]:
        """Return the rows: inserts and updates parents first, then deletes children first."""
        rows = [
            Change(self._before[key], after)
            for key, after in self._after.items()
            if self._before[key] is not None or after is not None
        ]
        kept = sorted((c for c in rows if c.after is not None), key=_table_order)
        gone = sorted((c for c in rows if c.after is None), key=_table_order, reverse=True)
        return (*kept, *gone)

    def commit(self) -> Touched:
        """Store the action; an action that changes nothing is not stored."""
        changes = self.changes()
        if not changes:
            return Touched(self.label)
        return self.session.commit(ChangeSet(self.label, changes, self._values, tuple(self._texts)))


def _table_order(change: Change) -> int:
    return _ORDER[change.table]

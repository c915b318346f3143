"""The middle form of every exchange format: marked spans with plain fields, and links between them.

Other programs know spans and links, not sources without a place in the text. So each mention of a
source carries the fields of its source and the source's id as ``cluster``; an attribution links
content to the mention that names the source for it. What a source that is never mentioned says is
lost, and said so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from annotator.exporters.codec import encode
from annotator.model.annotations import (
    Actor,
    Attribution,
    CouldNotVerify,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    SourceMention,
    Stamp,
)
from annotator.model.span import Span, Spans, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from annotator.exporters.base import ArticleRecords
    from annotator.model.article import Article
    from annotator.model.vocabulary import MarkKind

#: Fields of a record that an item carries some other way.
_ELSEWHERE = frozenset(
    {
        "id",
        "article_id",
        "spans",
        "anchor",
        "stamp",
        "source_id",
        "actor_id",
        "claim_id",
        "group_id",
        "paragraph",
        "sentence",
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one mark. ``fields`` are those that say something, as texts; ``notes`` free texts."""

    id: str
    kind: MarkKind
    spans: Spans
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Lead from one item to another.

    ``kind`` is ``source_of`` or ``cue_of`` (from a source's mention or a cue to content),
    ``hedge_of`` and ``about`` (to a claim), ``asked`` (from a declined-comment line to a source's
    mention), ``member_of`` (from a member's mention to its group's) or ``relation``.
    """

    kind: str
    first: str
    second: str
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one article as other programs see it. ``text`` is empty where a format leaves it out."""

    id: str
    text: str
    items: tuple[Item, ...]
    links: tuple[Link, ...]
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    mask: Spans = ()
    digest: str = ""


#: What the middle form itself has no place for (keys of area ``losses``).
LOSSES = ("original", "stamps", "unmentioned", "note_places", "suggestions", "cue_sources")
LINK_KINDS = ("source_of", "cue_of", "hedge_of", "about", "asked", "member_of", "relation")

#: The field in which a mark's own spans go along where a format cannot have them.
OWN_SPANS = "spans"

#: Details of an article, by field name, that formats with room for them carry.
DETAILS = (
    "headline",
    "language",
    "outlet",
    "agency",
    "translator",
    "dateline",
    "section",
    "url",
)


def sheet_of(records: ArticleRecords, actors: Sequence[Actor]) -> Sheet:
    """Return one article in the middle form."""
    return _Maker(records, actors).sheet()


class _Maker:
    """Walk one article's records once."""

    def __init__(self, records: ArticleRecords, actors: Sequence[Actor]) -> None:
        self.records = records
        self.actors = {a.id: a for a in actors}
        self.sources = {s.id: s for s in records.sources}
        self.marks = {m.id: m for m in records.marks}
        self.mentions: dict[str, list[SourceMention]] = defaultdict(list)
        for mark in records.marks:
            if isinstance(mark, SourceMention) and mark.source_id in self.sources:
                self.mentions[mark.source_id].append(mark)
        self.notes: dict[str, list[str]] = defaultdict(list)
        for note in records.notes:
            self.notes[note.target_id].append(note.text)

    def sheet(self) -> Sheet:
        records = self.records
        return Sheet(
            records.article.id,
            records.text.text,
            tuple(self._item(mark) for mark in records.marks),
            tuple(self._links()),
            details_of(records.article),
            records.article.mask,
            records.text.digest,
        )

    def _item(self, mark: Mark) -> Item:
        values = said(mark)
        notes = list(self.notes.get(mark.id, ()))
        if isinstance(mark, SourceMention) and mark.source_id in self.sources:
            source = self.sources[mark.source_id]
            values |= said(source) | {"cluster": source.id}
            if mark is self.mentions[source.id][0]:
                notes += self.notes.get(source.id, ())
            if source.actor_id in self.actors:
                values["actor"] = self.actors[source.actor_id].name
        elif isinstance(mark, Mention) and mark.actor_id in self.actors:
            values |= actor_fields(self.actors[mark.actor_id])
        return Item(mark.id, mark.mark_kind, mark.spans, values, tuple(notes))

    # -- links --------------------------------------------------------------------------------

    def _links(self) -> Iterator[Link]:
        for row in self.records.attributions:
            content = self.marks.get(row.content_id)
            if content is not None:
                yield from self._attribution_links(row, content)
        for mark in self.records.marks:
            yield from self._mark_links(mark)
        for relation in self.records.relations:
            first = self._mention(relation.first_id)
            second = self._mention(relation.second_id)
            if first is not None and second is not None:
                yield Link("relation", first.id, second.id, said(relation))
        for source in self.records.sources:
            group = self._mention(source.group_id) if source.group_id else None
            member = self._mention(source.id)
            if group is not None and member is not None:
                yield Link("member_of", member.id, group.id)

    def _attribution_links(self, row: Attribution, content: Mark) -> Iterator[Link]:
        mention = self._mention(row.source_id, content, row.mention_id)
        if mention is not None:
            yield Link("source_of", mention.id, content.id, said(row))
        for cue_id in row.cue_ids:
            if cue_id in self.marks:
                yield Link("cue_of", cue_id, content.id)

    def _mark_links(self, mark: Mark) -> Iterator[Link]:
        if isinstance(mark, Hedge | CouldNotVerify) and mark.claim_id in self.marks:
            kind = "hedge_of" if isinstance(mark, Hedge) else "about"
            yield Link(kind, mark.id, mark.claim_id)
        if isinstance(mark, DeclinedComment) and mark.source_id:
            asked = self._mention(mark.source_id, mark)
            if asked is not None:
                yield Link("asked", mark.id, asked.id)

    def _mention(
        self, source_id: str | None, near: Mark | None = None, wanted: str | None = None
    ) -> SourceMention | None:
        """Return the mention to link to: the one meant, else the nearest, else the first."""
        rows = self.mentions.get(source_id or "", [])
        for row in rows:
            if row.id == wanted:
                return row
        if near is None or not rows:
            return rows[0] if rows else None
        here = near.hull
        return min(rows, key=lambda m: (_gap(m.hull, here), m.hull))


def _gap(first: Span, second: Span) -> int:
    return max(0, first.start - second.end, second.start - first.end)


def details_of(article: Article) -> dict[str, str]:
    """Return an article's published details that are known, as texts."""
    found = {name: getattr(article, name) for name in DETAILS}
    found["authors"] = "; ".join(article.authors)
    found["published"] = article.published.value if article.published else ""
    found["updated"] = article.updated.value if article.updated else ""
    if found["language"] == "und":
        found["language"] = ""
    return {name: value for name, value in found.items() if value}


def said(record: object) -> dict[str, str]:
    """Return the fields of a record that differ from what nobody has said, as texts.

    Enumerations as their value, numbers in figures, spans as "3-9 12-15", the rest as JSON.
    """
    found: dict[str, str] = {}
    for part in fields(cast("Any", record)):
        if part.name in _ELSEWHERE or part.name in ("content_id", "mention_id", "cue_ids"):
            continue
        if part.name in ("first_id", "second_id"):
            continue
        value = getattr(record, part.name)
        if value in (part.default, "", ()) or isinstance(value, Stamp):
            continue
        found[part.name] = _as_text(value)
    return found


def _as_text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple) and all(hasattr(v, "slice") for v in cast("Any", value)):
        return spans_text(cast("Spans", value))
    return json.dumps(encode(cast("object", value)), ensure_ascii=False, sort_keys=True)


def with_spans(item: Item, written: Spans) -> Item:
    """Return the item as a format writes it that cannot have just any spans.

    Args:
        item: the mark.
        written: the spans that the format can have; where they are others than the mark's, the
            mark's own go along as a field, for ``restored``.
    """
    if written == item.spans:
        return item
    return replace(item, spans=written, fields={**item.fields, OWN_SPANS: spans_text(item.spans)})


def restored(item: Item, text: str, writable: Callable[[str, Spans], Spans]) -> Item:
    """Return an item that was read with the spans that it had before ``with_spans``.

    If somebody moved it in the other program, it stays where it was moved to.

    Args:
        item: what was read.
        text: the article's text.
        writable: what the format makes of spans.
    """
    fields = dict(item.fields)
    try:
        own = spans_from(fields.pop(OWN_SPANS, ""))
        is_true = bool(own) and normalise(writable(text, own)) == item.spans
    except ValueError:
        own, is_true = (), False
    return replace(item, spans=own if is_true else item.spans, fields=fields)


def spans_from(words: str) -> Spans:
    """Return the spans of "3-9 12-15".

    Raises:
        ValueError: if it is not of that form.
    """
    found: list[Span] = []
    for piece in words.split():
        start, end = piece.split("-")
        found.append(Span(int(start), int(end)))
    return tuple(found)


def spans_text(spans: Iterable[Span]) -> str:
    """Return spans as "3-9 12-15"."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def actor_fields(actor: Actor) -> dict[str, str]:
    """Return what a mention carries of its actor."""
    values = {"actor": actor.name, "actor_kind": actor.kind.value, "cluster": actor.id}
    if actor.aliases:
        values["aliases"] = json.dumps(encode(actor.aliases), ensure_ascii=False)
    if actor.wikidata:
        values["wikidata"] = actor.wikidata
    return values

"""From the middle form back to records; what does not fit is left out and named."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from annotator.exporters.codec import decode
from annotator.exporters.exchange import spans_from
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    MARK_TYPES,
    Actor,
    Alias,
    Attribution,
    CouldNotVerify,
    DeclinedComment,
    Evidence,
    Hedge,
    Mark,
    Mention,
    Note,
    Source,
    SourceMention,
    SourceRelation,
    Stamp,
)
from annotator.model.changes import TABLE_OF
from annotator.model.span import Span, Spans, normalise
from annotator.text.anchors import make_anchor
from annotator.text.canonical import canonicalise
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.exporters.exchange import Item, Link, Sheet

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Problem:
    """Name what could not be read: a key of area ``losses``, and what it is about."""

    id: str
    what: str


@dataclass(slots=True)
class Incoming:
    """Hold the records that a sheet gives for one article, and what was left out."""

    marks: list[Mark] = field(default_factory=list[Mark])
    sources: list[Source] = field(default_factory=list[Source])
    relations: list[SourceRelation] = field(default_factory=list[SourceRelation])
    attributions: list[Attribution] = field(default_factory=list[Attribution])
    actors: list[Actor] = field(default_factory=list[Actor])
    notes: list[Note] = field(default_factory=list[Note])
    problems: list[Problem] = field(default_factory=list[Problem])


def records_of(
    sheet: Sheet,
    article_id: str,
    text: str,
    *,
    stamp: Stamp | None = None,
    new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    language: str = "und",
) -> Incoming:
    """Return the records of a sheet for an article with this text.

    Ids that are UUIDs are kept; others are replaced. An item whose spans do not lie in the text,
    or a link to something that is not there, is left out and named.
    """
    made = stamp or Stamp(origin="import")
    return _Reader(sheet, article_id, text, made, new_id, language).read()


def canonical(sheet: Sheet) -> Sheet:
    """Return the sheet with its text in canonical form and every span where its words are then."""
    text = canonicalise(sheet.text).text
    if text == sheet.text:
        return sheet
    places = canonical_places(sheet.text)
    items = tuple(replace(item, spans=_moved(item.spans, places)) for item in sheet.items)
    return replace(sheet, text=text, items=items, mask=_moved(sheet.mask, places))


def canonical_places(raw: str) -> list[int]:
    """Return the canonical position of each position of a text: line ends become one character."""
    places: list[int] = []
    at = 0
    for match in re.finditer(r"\r\n|(?s:.)", raw.removeprefix("\ufeff")):
        places += [at] * len(match.group())
        at += 1
    return [*([0] * raw.startswith("\ufeff")), *places, at]


def _moved(spans: Spans, places: list[int]) -> Spans:
    last = len(places) - 1
    pairs = ((places[min(s.start, last)], places[min(s.end, last)]) for s in spans)
    return tuple(Span(start, end) for start, end in pairs if start < end)


class _Reader:
    def __init__(
        self,
        sheet: Sheet,
        article_id: str,
        text: str,
        stamp: Stamp,
        new_id: Callable[[], str],
        language: str,
    ) -> None:
        self.sheet = sheet
        self.article_id = article_id
        self.text = text
        self.stamp = stamp
        self.new_id = new_id
        self.segments = Segments(text, language)
        self.out = Incoming()
        self.ids: dict[str, str] = {}
        self.marks: dict[str, Mark] = {}
        self.sources: dict[str, Source] = {}
        self.actors: dict[str, Actor] = {}

    def read(self) -> Incoming:
        for item in self.sheet.items:
            self._item(item)
        for link in self.sheet.links:
            self._link(link)
        self._attributions()
        self._source_actors()
        self.out.marks = list(self.marks.values())
        self.out.sources = list(self.sources.values())
        self.out.actors = list(self.actors.values())
        return self.out

    def _id(self, given: str) -> str:
        if given not in self.ids:
            self.ids[given] = given if _is_uuid(given) else self.new_id()
        return self.ids[given]

    # -- items --------------------------------------------------------------------------------

    def _item(self, item: Item) -> None:
        spans = normalise(item.spans)
        if not spans or spans[-1].end > len(self.text):
            self.out.problems.append(Problem("outside", item.id))
            return
        record = MARK_TYPES[item.kind]
        anchor = make_anchor(self.text, spans)
        mark = record(self._id(item.id), self.article_id, spans, anchor, self.stamp)
        mark = self._filled(mark, item.fields, item.id)
        if isinstance(mark, SourceMention):
            mark = replace(mark, source_id=self._source(item).id)
        elif isinstance(mark, Mention):
            mark = self._placed(mark, item)
        self.marks[item.id] = mark
        for text in item.notes:
            table = TABLE_OF[type(mark)]  # type: ignore[index]
            note = Note(self.new_id(), table, mark.id, self.article_id, text, self.stamp)
            self.out.notes.append(note)

    def _placed(self, mark: Mention, item: Item) -> Mention:
        start = mark.spans[0].start
        actor = self._actor(item)
        return replace(
            mark,
            actor_id=None if actor is None else actor.id,
            paragraph=self.segments.paragraph_of(start),
            sentence=self.segments.sentence_of(start),
        )

    def _filled(self, record: R, values: dict[str, str] | Any, what: str) -> R:
        """Return the record with the fields that can be read; the others are named."""
        hints = get_type_hints(type(record))
        changes: dict[str, Any] = {}
        for part in fields(record):  # type: ignore[arg-type]
            if part.name in values and part.name not in ("id", "article_id", "spans"):
                try:
                    changes[part.name] = _value(hints[part.name], values[part.name])
                except (ValueError, TypeError, KeyError):
                    self.out.problems.append(Problem("value", f"{what}: {part.name}"))
        return replace(record, **changes)  # type: ignore[type-var]

    def _source(self, item: Item) -> Source:
        cluster = item.fields.get("cluster") or f"of {item.id}"
        if cluster not in self.sources:
            source = Source(self._id(cluster), self.article_id, stamp=self.stamp)
            self.sources[cluster] = self._filled(source, item.fields, item.id)
        return self.sources[cluster]

    def _source_actors(self) -> None:
        """Join sources with the actors that their mentions name."""
        by_name = {actor.name: actor.id for actor in self.actors.values()}
        for item in self.sheet.items:
            cluster = item.fields.get("cluster") or f"of {item.id}"
            source = self.sources.get(cluster)
            if item.kind is v.MarkKind.SOURCE and source is not None and source.actor_id is None:
                actor_id = by_name.get(item.fields.get("actor", ""))
                self.sources[cluster] = replace(source, actor_id=actor_id)

    def _actor(self, item: Item) -> Actor | None:
        name = item.fields.get("actor", "")
        cluster = item.fields.get("cluster") or (f"actor {name}" if name else "")
        if not cluster:
            return None
        if cluster not in self.actors:
            words = name or " ".join(span.slice(self.text) for span in item.spans)
            kind = _kind(item.fields.get("actor_kind", ""))
            aliases = _aliases(item.fields.get("aliases", ""))
            wikidata = item.fields.get("wikidata", "")
            self.actors[cluster] = Actor(
                self._id(cluster), words, kind, aliases, wikidata, self.stamp
            )
        return self.actors[cluster]

    # -- links --------------------------------------------------------------------------------

    def _link(self, link: Link) -> None:
        first, second = self.marks.get(link.first), self.marks.get(link.second)
        if first is None or second is None:
            self.out.problems.append(Problem("link", f"{link.kind} {link.first} {link.second}"))
        elif (link.kind == "hedge_of" and isinstance(first, Hedge)) or (
            link.kind == "about" and isinstance(first, CouldNotVerify)
        ):
            self.marks[link.first] = replace(first, claim_id=second.id)
        elif link.kind == "asked" and isinstance(first, DeclinedComment):
            if isinstance(second, SourceMention):
                self.marks[link.first] = replace(first, source_id=second.source_id)
        elif isinstance(first, SourceMention) and isinstance(second, SourceMention):
            self._between_sources(link, first, second)
        elif link.kind not in ("source_of", "cue_of"):
            self.out.problems.append(Problem("link", f"{link.kind} {link.first} {link.second}"))

    def _between_sources(self, link: Link, first: SourceMention, second: SourceMention) -> None:
        if link.kind == "relation":
            relation = SourceRelation(
                self.new_id(),
                self.article_id,
                str(first.source_id),
                str(second.source_id),
                stamp=self.stamp,
            )
            self.out.relations.append(self._filled(relation, link.fields, link.kind))
        elif link.kind == "member_of" and first.source_id != second.source_id:
            for key, source in self.sources.items():
                if source.id == first.source_id:
                    self.sources[key] = replace(source, group_id=second.source_id)

    def _attributions(self) -> None:
        """Join each content's cues with each of its sources."""
        cues: dict[str, list[str]] = {}
        for link in self.sheet.links:
            if link.kind == "cue_of" and link.first in self.marks:
                cues.setdefault(link.second, []).append(self.marks[link.first].id)
        for link in self.sheet.links:
            if link.kind != "source_of":
                continue
            mention, content = self.marks.get(link.first), self.marks.get(link.second)
            if not isinstance(mention, SourceMention) or content is None:
                continue
            row = Attribution(
                self.new_id(),
                self.article_id,
                content.id,
                str(mention.source_id),
                mention.id,
                tuple(dict.fromkeys(cues.get(link.second, ()))),
                stamp=self.stamp,
            )
            self.out.attributions.append(self._filled(row, link.fields, link.kind))


def _is_uuid(given: str) -> bool:
    try:
        return str(uuid.UUID(given)) == given.lower()
    except ValueError:
        return False


def _kind(value: str) -> v.ActorKind:
    return v.ActorKind(value) if value in set(v.ActorKind) else v.ActorKind.UNKNOWN


def _aliases(value: str) -> tuple[Alias, ...]:
    try:
        return _decoded(Alias, value) if value else ()
    except (ValueError, TypeError):
        return ()


def _decoded(kind: type[R], value: str) -> tuple[R, ...]:
    return tuple(decode(kind, item) for item in json.loads(value))


def _value(hint: Any, value: str) -> Any:
    """Return a field's value from its text (see ``exchange.said``)."""
    if hint is str:
        return value
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint is int:
        return int(value)
    if hint == Spans:
        return spans_from(value)
    if hint == tuple[Evidence, ...]:
        return _decoded(Evidence, value)
    raise ValueError(value)

"""Read the invented dispatches that ship: articles written together with their marks.

The format is XML with inline tags; ``resources/samples/README.md`` describes it. Files are our
own, so the standard library's parser is enough.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar, get_type_hints
from xml.etree import ElementTree as ET

from annotator import resources
from annotator.app.commands.articles import fuzzy_date
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    MARK_TYPES,
    Actor,
    Alias,
    Attribution,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    Source,
    SourceMention,
    SourceRelation,
    Stamp,
)
from annotator.model.article import Article, ArticleText, FuzzyDate
from annotator.model.changes import NewText, Record
from annotator.model.errors import DataError
from annotator.model.span import Span, Spans, normalise
from annotator.text.anchors import make_anchor
from annotator.text.canonical import digest
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

T = TypeVar("T", bound=Record)

_TAGS = {
    "q": v.MarkKind.QUOTE,
    "c": v.MarkKind.CLAIM,
    "s": v.MarkKind.SOURCE,
    "u": v.MarkKind.CUE,
    "a": v.MarkKind.ACTOR,
    "hedge": v.MarkKind.HEDGE,
    "declined": v.MarkKind.DECLINED,
    "unverified": v.MarkKind.UNVERIFIED,
}
_BLOCKS = ("p", "h", "furniture")
_NAMESPACE = uuid.UUID("6f1c7a52-8f0e-4f7e-9b8e-0d6a4c9be1a3")
_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Hold one dispatch as records of the project, the article first."""

    article: Article
    text: NewText
    records: tuple[Record, ...]


@dataclass(slots=True)
class _Tag:
    """One inline element: its name, attributes and the text it covers so far."""

    name: str
    attributes: dict[str, str]
    spans: list[Span]


class _Text:
    """Grow the canonical text and note where blocks and tags begin and end."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: dict[str, list[Span]] = defaultdict(list)
        self.tags: dict[tuple[str, str], _Tag] = {}
        self._counter = 0

    def add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def block(self, element: ET.Element) -> None:
        """Add one paragraph."""
        if self.parts:
            self.add("\n")
        start = self.length
        _strip(element)
        self.inline(element)
        self.blocks[element.tag].append(Span(start, self.length))

    def inline(self, element: ET.Element) -> None:
        """Add an element's words and note the tags among them."""
        self.add(_flat(element.text))
        for child in element:
            start = self.length
            tag = self._tag(child)
            self.inline(child)
            tag.spans.append(Span(start, self.length))
            self.add(_flat(child.tail))

    def _tag(self, element: ET.Element) -> _Tag:
        """Return the tag of an element; the same id again is one more piece of it."""
        attributes = dict(element.attrib)
        key = attributes.get("id")
        if key is None:
            self._counter += 1
            key = f"_{self._counter}"
        return self.tags.setdefault((element.tag, key), _Tag(element.tag, attributes, []))


def _flat(words: str | None) -> str:
    return _BREAK.sub(" ", words or "")


def _strip(element: ET.Element) -> None:
    """Drop the white space that a paragraph's layout in the file adds at its ends."""
    element.text = (element.text or "").lstrip(" \n\t")
    last = element[-1] if len(element) else None
    if last is None:
        element.text = element.text.rstrip(" \n\t")
    else:
        last.tail = (last.tail or "").rstrip(" \n\t")


def sample_files() -> list[Path]:
    """Return the dispatches that ship, in the order of the sample project."""
    return sorted(resources.path("samples").glob("*.xml"))


def read_dispatch(path: Path, *, now: str = "", author: str = "") -> Dispatch:
    """Read one dispatch with its marks.

    Ids are made from the file's own ids, so the same file always gives the same records.

    Raises:
        DataError: ``sample-broken`` with the file and what is wrong in it.
    """
    data = path.read_bytes()
    try:
        return _Reader(ET.fromstring(data), data, now, author).dispatch(path.name)
    except (ET.ParseError, KeyError, ValueError) as error:
        raise DataError("sample-broken", file=path.name, reason=str(error)) from error


class _Reader:
    """Turn one parsed dispatch into records."""

    def __init__(self, root: ET.Element, data: bytes, now: str, author: str) -> None:
        self.root = root
        self.data = data
        self.stamp = Stamp(author=author, made_at=now)
        self.now = now
        self.key = root.attrib["id"]
        self.article_id = self.uid("article")
        self.marks: dict[str, Mark] = {}
        self.pieces = _Text()
        body = root.find("text")
        if body is None:
            message = "no <text>"
            raise ValueError(message)
        for element in body:
            if element.tag not in _BLOCKS:
                message = f"unknown block <{element.tag}>"
                raise ValueError(message)
            self.pieces.block(element)
        self.text = "".join(self.pieces.parts)
        self.segments = Segments(self.text, root.get("lang", "und"))

    def uid(self, name: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self.key}/{name}"))

    def shared_uid(self, name: str) -> str:
        """Return the id of an actor, the same in every dispatch that names it alike."""
        return str(uuid.uuid5(_NAMESPACE, f"actor/{name}"))

    def dispatch(self, file_name: str) -> Dispatch:
        article = self._article(file_name)
        actors = list(self._actors())
        sources = list(self._sources())
        marks = list(self._marks())
        links = list(self._attributions())
        records: list[Record] = [*actors, *sources, *self._relations(), *marks, *links]
        text = ArticleText(
            digest(self.text),
            self.text,
            hashlib.sha256(self.data).hexdigest(),
            "utf-8",
            "declared",
        )
        return Dispatch(article, NewText(text, self.data), tuple(records))

    # -- article ------------------------------------------------------------------------------

    def _article(self, file_name: str) -> Article:
        meta = self.root.find("meta")
        known = {} if meta is None else meta.attrib
        mask = normalise(self.pieces.blocks.get("furniture", []))
        headings = tuple(self.pieces.blocks.get("h", []))
        spoken = [
            word
            for kind, spans in self.pieces.blocks.items()
            if kind != "furniture"
            for span in spans
            for word in span.slice(self.text).split()
        ]
        return Article(
            id=self.article_id,
            text_digest=digest(self.text),
            length=len(self.text),
            headline=known.get("headline", ""),
            language=self.root.get("lang", "und"),
            outlet=known.get("outlet", ""),
            agency=known.get("agency", ""),
            authors=tuple(a.strip() for a in known.get("authors", "").split(";") if a.strip()),
            translator=known.get("translator", ""),
            dateline=known.get("dateline", ""),
            section=known.get("section", ""),
            published=self._date(known.get("published", "")),
            word_count=len(spoken),
            mask=mask,
            headings=headings,
            headline_span=headings[0] if headings else None,
            file_name=file_name,
            media_type="application/vnd.annotator.dispatch+xml",
            imported_at=self.now,
        )

    @staticmethod
    def _date(value: str) -> FuzzyDate | None:
        return fuzzy_date(value)

    # -- actors, sources ----------------------------------------------------------------------

    def _actors(self) -> Iterator[Actor]:
        self.actor_ids: dict[str, str] = {}
        for element in self.root.iterfind("actors/actor"):
            name = element.attrib["name"]
            shared = self.shared_uid(element.get("key", name))
            self.actor_ids[element.attrib["id"]] = shared
            yield Actor(
                id=shared,
                name=name,
                kind=v.ActorKind(element.get("kind", "unknown")),
                aliases=tuple(_aliases(element.get("aliases", ""))),
                stamp=self.stamp,
            )

    def _sources(self) -> Iterator[Source]:
        described: dict[str, str] = {}
        why: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for tag in self.pieces.tags.values():
            ref = tag.attributes.get("ref", "")
            if tag.name == "s":
                described.setdefault(ref, tag.spans[0].slice(self.text))
            elif tag.name == "why":
                role = tag.attributes.get("role", "formula")
                why[ref, role] += tag.spans
        for element in self.root.iterfind("sources/source"):
            key = element.attrib["id"]
            given = _typed(Source, dict(element.attrib))
            group, actor = element.get("group"), element.get("actor")
            blank = Source(self.uid(f"source/{key}"), self.article_id, stamp=self.stamp)
            yield replace(
                blank,
                **given,
                description=described.get(key, ""),
                group_id=self.uid(f"source/{group}") if group else None,
                actor_id=self.actor_ids[actor] if actor else None,
                reason_spans=normalise(why[key, "reason"]),
                formula_spans=normalise(why[key, "formula"]),
            )

    def _relations(self) -> Iterator[SourceRelation]:
        for number, element in enumerate(self.root.iterfind("sources/relation")):
            yield SourceRelation(
                self.uid(f"relation/{number}"),
                self.article_id,
                self.uid(f"source/{element.attrib['first']}"),
                self.uid(f"source/{element.attrib['second']}"),
                v.SourceRelationKind(element.attrib["kind"]),
                self.stamp,
            )

    # -- marks --------------------------------------------------------------------------------

    def _marks(self) -> Iterator[Mark]:
        for (name, key), tag in self.pieces.tags.items():
            if name == "why":
                continue
            kind = _TAGS.get(name)
            if kind is None:
                message = f"unknown tag <{name}>"
                raise ValueError(message)
            spans = normalise(tag.spans)
            mark = self._mark(kind, f"{name}/{key}", spans, tag.attributes)
            self.marks[f"{name}/{key}"] = mark
            yield mark

    def _mark(self, kind: v.MarkKind, key: str, spans: Spans, attributes: dict[str, str]) -> Mark:
        record = MARK_TYPES[kind]
        anchor = make_anchor(self.text, spans)
        blank = record(self.uid(key), self.article_id, spans, anchor, self.stamp)
        mark = replace(blank, **_typed(record, attributes))
        ref = attributes.get("ref")
        if isinstance(mark, SourceMention):
            return replace(mark, source_id=self.uid(f"source/{attributes['ref']}"))
        if isinstance(mark, Mention):
            start = spans[0].start
            return replace(
                mark,
                actor_id=self.actor_ids[attributes["ref"]],
                paragraph=self.segments.paragraph_of(start),
                sentence=self.segments.sentence_of(start),
            )
        if isinstance(mark, DeclinedComment) and ref:
            return replace(mark, source_id=self.uid(f"source/{ref}"))
        if isinstance(mark, Hedge | CouldNotVerify) and "claim" in attributes:
            return replace(mark, claim_id=self.uid(f"c/{attributes['claim']}"))
        return mark

    def _attributions(self) -> Iterator[Attribution]:
        for (name, key), tag in self.pieces.tags.items():
            if name not in ("q", "c"):
                continue
            content = self.marks[f"{name}/{key}"]
            said = tag.attributes if name == "q" else self._around(tag)
            cues = [self._cue(cue) for cue in said.get("cue", "").split()]
            for source in said.get("by", "").split():
                yield Attribution(
                    id=self.uid(f"{name}/{key}/by/{source}"),
                    article_id=self.article_id,
                    content_id=content.id,
                    source_id=self.uid(f"source/{source}"),
                    mention_id=self._near_mention(content, source),
                    cue_ids=tuple(cue.id for cue in cues),
                    act=v.AttributionAct(said.get("act", "unknown")),
                    stance=cues[0].stance if cues else v.CueStance.UNKNOWN,
                    stamp=self.stamp,
                )

    def _around(self, claim: _Tag) -> dict[str, str]:
        """Return who makes a claim: its own attributes, else those of the quote it stands in."""
        if "by" in claim.attributes:
            return claim.attributes
        for (name, _key), tag in self.pieces.tags.items():
            if name == "q" and any(span.contains(claim.spans[0]) for span in tag.spans):
                return tag.attributes
        return {}

    def _cue(self, key: str) -> Cue:
        cue = self.marks[f"u/{key}"]
        assert isinstance(cue, Cue), key
        return cue

    def _near_mention(self, content: Mark, source: str) -> str | None:
        wanted = self.uid(f"source/{source}")
        at = content.hull
        mentions = [
            m for m in self.marks.values() if isinstance(m, SourceMention) and m.source_id == wanted
        ]
        nearest = min(
            mentions,
            key=lambda m: max(m.hull.start - at.end, at.start - m.hull.end),
            default=None,
        )
        return None if nearest is None else nearest.id


def _aliases(value: str) -> Iterator[Alias]:
    for part in value.split(";"):
        language, _, name = part.strip().partition(":")
        if name.strip():
            yield Alias(name.strip(), language.strip() or "und")


def _typed(record: type[T], attributes: dict[str, str]) -> dict[str, object]:
    """Read the attributes that are fields of the record: enumerations, numbers, texts."""
    hints = get_type_hints(record)
    names = {f.name for f in fields(record)} - {"id", "article_id", "spans", "stamp"}
    values: dict[str, object] = {}
    for name, value in attributes.items():
        hint = hints.get(name)
        if name not in names or not isinstance(hint, type):
            continue
        values[name] = _value(hint, value)
    return values


def _value(hint: type, value: str) -> StrEnum | int | str:
    return hint(value)

"""The corpus form: one article a line, with spans and relations. Both ways.

``{"id", "lang", "text", "spans": [{"id", "type", "start", "end", "extra"}], "relations": [{"type",
"from", "to"}]}``; offsets are half-open code points, a discontinuous span has ``extra.fragments``.
Quotes are called ``content``. Spans of corpora of names (``PER``, ``ORG``, ``LOC``; ``entity`` with
a link) are read as actors; what is of no kind of ours is counted and left out, the rest comes in.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from annotator.exporters.base import Format, Scope
from annotator.exporters.exchange import LINK_KINDS, LOSSES, Item, Link, Sheet, sheet_of
from annotator.exporters.loose import as_dict, as_list, spans, texts
from annotator.model.span import hull
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from annotator.exporters.base import Dossier

T = TypeVar("T")

_CONTENT = "content"
#: What corpora of names call actors, and what they are to us.
_ACTORS = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "person": "person",
    "organization": "organisation",
    "place": "place",
}
_ENTITY = "entity"
_NUMBERS = frozenset({"stated_count"})


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the articles, a line each."""
    for records in dossier.articles:
        line = json.dumps(_article(sheet_of(records, dossier.actors)), ensure_ascii=False)
        stream.write(f"{line}\n".encode())


def _article(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "lang": sheet.details.get("language", "und"),
        "text": sheet.text,
        "spans": [_span(item) for item in sheet.items],
        "relations": [
            {"type": link.kind, "from": link.first, "to": link.second}
            | ({"extra": dict(link.fields)} if link.fields else {})
            for link in sheet.links
        ],
        "mask": [[s.start, s.end] for s in sheet.mask],
        "details": dict(sheet.details),
    }


def _span(item: Item) -> dict[str, Any]:
    extra: dict[str, Any] = {
        name: int(value) if name in _NUMBERS else value for name, value in item.fields.items()
    }
    if len(item.spans) > 1:
        extra["fragments"] = [[s.start, s.end] for s in item.spans]
    if item.notes:
        extra["notes"] = list(item.notes)
    kind = _CONTENT if item.kind is MarkKind.QUOTE else item.kind.value
    whole = hull(item.spans)
    return {
        "id": item.id,
        "type": kind,
        "start": whole.start,
        "end": whole.end,
        "extra": extra,
    }


def read(data: bytes) -> Iterator[tuple[Sheet | None, str]]:
    """Yield each line's article; before it ``None`` with what of it cannot be read, if anything."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            reader = _Reader(as_dict(json.loads(line)))
            sheet = reader.sheet()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            yield None, str(number)
            continue
        yield from ((None, f"{number}: {kind} ({n})") for kind, n in reader.unread.items())
        yield sheet, ""


class _Reader:
    """Read one article; spans and relations of kinds that are none of ours are only counted."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self._tree = tree
        self.unread: Counter[str] = Counter()

    def sheet(self) -> Sheet:
        """Return the article.

        Raises:
            TypeError: if it has no text.
        """
        tree = self._tree
        text = tree["text"]
        if not isinstance(text, str):
            raise TypeError(text)
        details = {"language": str(tree.get("lang", ""))} | texts(tree.get("details"))
        items = tuple(self._read("spans", lambda row: _item(row, text)))
        known = {item.id for item in items}
        links = self._read("relations", lambda row: _link(row, known))
        mask = spans(tree.get("mask", []))
        return Sheet(str(tree.get("id", "")), text, items, tuple(links), details, mask)

    def _read(self, part: str, read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        for row in as_list(self._tree.get(part, [])):
            kind = "?"
            try:
                known = as_dict(row)
                kind = str(known.get("type", kind))
                yield read(known)
            except (ValueError, TypeError, KeyError, AttributeError):
                self.unread[kind] += 1


def _item(row: dict[str, Any], text: str) -> Item:
    extra = as_dict(row.get("extra") or {})
    pieces = extra.get("fragments") or [[row["start"], row["end"]]]
    notes = tuple(str(note) for note in as_list(extra.get("notes", [])))
    found = spans(pieces)
    if row["type"] in _ACTORS or row["type"] == _ENTITY:
        # Corpora of names: who is linked or tagged has a name; a pronoun has none.
        name = str(extra["wiki"]) if row["type"] == _ENTITY else found[0].slice(text)
        kind = _ACTORS[str(extra["etype"] if row["type"] == _ENTITY else row["type"])]
        if not extra.get("wiki", name):
            raise ValueError(name)
        actor = {"actor": " ".join(name.replace("_", " ").split()), "actor_kind": kind}
        return Item(str(row["id"]), MarkKind.ACTOR, found, actor, notes)
    kind = MarkKind.QUOTE if row["type"] == _CONTENT else MarkKind(row["type"])
    return Item(str(row["id"]), kind, found, texts(extra), notes)


def _link(row: dict[str, Any], known: Collection[str]) -> Link:
    first, second = str(row["from"]), str(row["to"])
    if row["type"] not in LINK_KINDS or not {first, second} <= set(known):
        raise ValueError(row["type"])
    return Link(str(row["type"]), first, second, texts(row.get("extra")))


EXPORTER = Format(
    "corpus",
    ".jsonl",
    "application/jsonl",
    Scope.PROJECT,
    write,
    losses=LOSSES,
)

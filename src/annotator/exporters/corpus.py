"""The corpus form: one article a line, with spans and relations. Both ways.

``{"id", "lang", "text", "spans": [{"id", "type", "start", "end", "extra"}], "relations": [{"type",
"from", "to"}]}``; offsets are half-open code points, a discontinuous span has ``extra.fragments``.
Quotes are called ``content``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.exchange import LOSSES, Item, Link, Sheet, sheet_of
from annotator.exporters.loose import as_dict, as_list, spans, texts
from annotator.model.span import hull
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.base import Dossier

_CONTENT = "content"
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
    """Yield each line's article, or ``None`` and what is wrong with the line."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _sheet(json.loads(line)), ""
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            yield None, str(number)


def _sheet(value: object) -> Sheet:
    tree = as_dict(value)
    text = tree["text"]
    if not isinstance(text, str):
        raise TypeError(text)
    details = {"language": str(tree.get("lang", ""))} | texts(tree.get("details"))
    return Sheet(
        str(tree.get("id", "")),
        text,
        tuple(_item(as_dict(row)) for row in as_list(tree.get("spans", []))),
        tuple(_link(as_dict(row)) for row in as_list(tree.get("relations", []))),
        details,
        spans(tree.get("mask", [])),
    )


def _item(row: dict[str, Any]) -> Item:
    extra = as_dict(row.get("extra") or {})
    kind = MarkKind.QUOTE if row["type"] == _CONTENT else MarkKind(row["type"])
    pieces = extra.get("fragments") or [[row["start"], row["end"]]]
    notes = tuple(str(note) for note in as_list(extra.get("notes", [])))
    return Item(str(row["id"]), kind, spans(pieces), texts(extra), notes)


def _link(row: dict[str, Any]) -> Link:
    return Link(str(row["type"]), str(row["from"]), str(row["to"]), texts(row.get("extra")))


EXPORTER = Format(
    "corpus",
    ".jsonl",
    "application/jsonl",
    Scope.PROJECT,
    write,
    losses=LOSSES,
)

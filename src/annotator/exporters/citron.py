"""Quotes in Citron's JSON: a cue, its sources, its contents, and who is the same source.

One object for one article, an array for several. Offsets are code points. A quotation without a
cue has no place in the format.

Source: https://github.com/bbc/citron/blob/main/docs/data_format.md
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.exchange import sheet_of
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.exchange import Item, Sheet
    from annotator.model.span import Span


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the quotes."""
    found = [_article(sheet_of(records, dossier.actors)) for records in dossier.articles]
    tree = found[0] if len(found) == 1 else found
    stream.write(json.dumps(tree, ensure_ascii=False, indent=1).encode())
    stream.write(b"\n")


def _article(sheet: Sheet) -> dict[str, Any]:
    items = {item.id: item for item in sheet.items}
    linked: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for link in sheet.links:
        if link.kind in ("source_of", "cue_of"):
            rows = linked[link.second][link.kind]
            if items[link.first] not in rows:
                rows.append(items[link.first])
    clusters: dict[str, list[Item]] = defaultdict(list)
    for item in sheet.items:
        if item.kind is MarkKind.SOURCE and "cluster" in item.fields:
            clusters[item.fields["cluster"]].append(item)
    quotes: list[dict[str, Any]] = []
    for item in sheet.items:
        cues = linked[item.id]["cue_of"]
        if item.kind is not MarkKind.QUOTE or not cues:
            continue
        sources = linked[item.id]["source_of"]
        others = [
            other
            for source in sources
            for other in clusters[source.fields.get("cluster", "")]
            if other is not source
        ]
        quote = {
            "id": item.id,
            "cue": _span(cues[0].spans[0], sheet.text),
            "sources": [_span(s, sheet.text) for source in sources for s in source.spans],
            "contents": [_span(s, sheet.text) for s in item.spans],
        }
        if others:
            quote["coreferences"] = [_span(s, sheet.text) for o in others for s in o.spans]
        quotes.append(quote)
    groups = [
        [_span(s, sheet.text) for item in rows for s in item.spans]
        for rows in clusters.values()
        if len(rows) > 1
    ]
    return {"text": sheet.text, "quotes": quotes, "coreference_groups": groups}


def _span(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.slice(text)}


EXPORTER = Format(
    "citron", ".json", "application/json", Scope.PROJECT, write, losses=("quotes_only", "cueless")
)

"""W3C Web Annotation as JSON-LD: one annotation a mark, one a link. Both ways.

Positions are code points, as the recommendation asks. The text itself goes with it, so that the
file can be read without the project.

Source: https://www.w3.org/TR/annotation-model/ (TextPositionSelector, TextQuoteSelector).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from annotator.exporters.base import Format, Scope
from annotator.exporters.exchange import LINK_KINDS, LOSSES, Item, Link, Sheet, sheet_of
from annotator.exporters.loose import as_dict, as_list, dicts, one_or_many, spans, texts
from annotator.model.span import Span, normalise
from annotator.model.vocabulary import MarkKind
from annotator.text.anchors import make_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.base import Dossier

_CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"annotator": "urn:annotator:ns:", "fields": {"@id": "annotator:fields", "@type": "@json"}},
]


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write a collection with one page."""
    annotations: list[dict[str, Any]] = []
    articles: list[dict[str, Any]] = []
    for records in dossier.articles:
        sheet = sheet_of(records, dossier.actors)
        articles.append(_article(sheet))
        annotations += (_mark(item, sheet) for item in sheet.items)
        annotations += (_link(link, n, sheet) for n, link in enumerate(sheet.links))
    page = {"type": "AnnotationPage", "startIndex": 0, "items": annotations}
    collection = {
        "@context": _CONTEXT,
        "type": "AnnotationCollection",
        "total": len(annotations),
        "first": page,
        "annotator:articles": articles,
    }
    stream.write(json.dumps(collection, ensure_ascii=False, indent=1).encode())
    stream.write(b"\n")


def _article(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": _source(sheet),
        "type": "Text",
        "format": "text/plain",
        "language": sheet.details.get("language", "und"),
        "value": sheet.text,
        "annotator:id": sheet.id,
        "annotator:details": dict(sheet.details),
        "annotator:mask": [[s.start, s.end] for s in sheet.mask],
    }


def _source(sheet: Sheet) -> str:
    return f"urn:sha256:{sheet.digest}"


def _mark(item: Item, sheet: Sheet) -> dict[str, Any]:
    body: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": item.kind.value}
    ]
    for name in ("kind", "identification", "actor"):
        if name in item.fields:
            body.append({"type": "TextualBody", "purpose": "tagging", "value": item.fields[name]})
    body += ({"type": "TextualBody", "purpose": "commenting", "value": n} for n in item.notes)
    targets = [_target(span, sheet) for span in item.spans]
    return {
        "id": f"urn:uuid:{item.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": targets if len(targets) > 1 else targets[0],
        "fields": dict(item.fields),
    }


def _target(span: Span, sheet: Sheet) -> dict[str, Any]:
    anchor = make_anchor(sheet.text, (span,))
    quote = {
        "type": "TextQuoteSelector",
        "exact": anchor.quotation,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": _source(sheet), "selector": [position, quote]}


def _link(link: Link, number: int, sheet: Sheet) -> dict[str, Any]:
    return {
        "id": f"urn:annotator:link:{sheet.id}:{number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": link.kind},
            {"id": f"urn:uuid:{link.first}"},
        ],
        "target": f"urn:uuid:{link.second}",
        "fields": dict(link.fields),
    }


# -- reading ----------------------------------------------------------------------------------


def read(data: bytes) -> Iterator[tuple[Sheet | None, str]]:
    """Yield each text's annotations; what cannot be read comes as ``None`` and its id.

    Also files by others: a collection, a page, a list or one annotation; the text may be missing.

    Raises:
        ValueError: if it is no JSON.
    """
    tree: object = json.loads(data.decode("utf-8-sig"))
    articles = _known_articles(tree)
    items: dict[str, list[Item]] = {}
    links: list[Link] = []
    for annotation in _annotations(tree):
        try:
            if annotation.get("motivation") == "linking":
                links.append(_read_link(annotation))
            else:
                source, item = _read_mark(annotation)
                items.setdefault(source, []).append(item)
        except (ValueError, TypeError, KeyError, AttributeError, StopIteration):
            yield None, str(annotation.get("id", "?"))
    for source in {**articles, **items}:
        found = tuple(items.get(source, ()))
        known = {item.id for item in found}
        mine = tuple(link for link in links if link.second in known)
        yield _sheet(source, articles.get(source, {}), found, mine), ""


def _known_articles(tree: object) -> dict[str, dict[str, Any]]:
    rows = [row for node in dicts([tree]) for row in as_list(node.get("annotator:articles", []))]
    return {str(row.get("id", "")): row for row in dicts(rows)}


def _annotations(tree: object) -> list[dict[str, Any]]:
    if isinstance(tree, list):
        return dicts(as_list(cast("object", tree)))
    node = as_dict(tree)
    if isinstance(node.get("first"), dict):
        return _annotations(node["first"].get("items", []))
    if isinstance(node.get("items"), list):
        return _annotations(node["items"])
    return [node]


def _read_mark(annotation: dict[str, Any]) -> tuple[str, Item]:
    rows = [as_dict(row) for row in one_or_many(annotation["target"])]
    found = [_read_span(row["selector"]) for row in rows]
    bodies = _bodies(annotation)
    kinds = [b["value"] for b in bodies if b.get("purpose") == "classifying"]
    kinds += [b["value"] for b in bodies if b.get("purpose") in ("tagging", None)]
    kind = next(MarkKind(k) for k in kinds if k in set(MarkKind))
    notes = tuple(str(b["value"]) for b in bodies if b.get("purpose") == "commenting")
    item_id = str(annotation.get("id", "")).removeprefix("urn:uuid:")
    fields = texts(annotation.get("fields"))
    return str(rows[0].get("source", "")), Item(item_id, kind, normalise(found), fields, notes)


def _bodies(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(one_or_many(annotation.get("body", [])))


def _read_span(selector: object) -> Span:
    for row in map(as_dict, one_or_many(selector)):
        if row.get("type") == "TextPositionSelector":
            return Span(int(row["start"]), int(row["end"]))
    raise ValueError(selector)


def _read_link(annotation: dict[str, Any]) -> Link:
    bodies = _bodies(annotation)
    kind = next(str(b["value"]) for b in bodies if b.get("purpose") == "classifying")
    first = next(str(b["id"]) for b in bodies if "id" in b)
    if kind not in LINK_KINDS:
        raise ValueError(kind)
    second = str(annotation["target"]).removeprefix("urn:uuid:")
    return Link(kind, first.removeprefix("urn:uuid:"), second, texts(annotation.get("fields")))


def _sheet(
    source: str, article: dict[str, Any], items: tuple[Item, ...], links: tuple[Link, ...]
) -> Sheet:
    return Sheet(
        str(article.get("annotator:id", "")),
        str(article.get("value", "")),
        items,
        links,
        texts(article.get("annotator:details")),
        spans(article.get("annotator:mask", [])),
        source.removeprefix("urn:sha256:") if source.startswith("urn:sha256:") else "",
    )


EXPORTER = Format(
    "w3c",
    ".jsonld",
    "application/ld+json",
    Scope.PROJECT,
    write,
    losses=LOSSES,
)

"""Read marks and links out of the feature structures of a CAS, ours or another program's."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

from annotator.exporters.cas_types import ARTICLE, LINK, MARK, trimmed
from annotator.exporters.exchange import LINK_KINDS, Item, Link, Sheet, restored
from annotator.exporters.loose import as_list, spans, texts
from annotator.model.span import Span, normalise
from annotator.model.vocabulary import MarkKind
from annotator.text.offsets import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Structure = dict[str, Any]


def xmi_structures(data: bytes) -> tuple[str, list[Structure]]:
    """Return the text and the feature structures of an XMI file.

    Entities are not resolved and nothing is loaded from anywhere.

    Raises:
        ValueError: if it is no XMI.
    """
    etree: Any = import_module("lxml.etree")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("xmi") from error
    if not str(root.tag).endswith("XMI"):
        raise ValueError("xmi")
    text = ""
    found: list[Structure] = []
    for node in root:
        if not isinstance(node.tag, str):
            continue
        name = etree.QName(node)
        structure: Structure = {str(k).rpartition("}")[2]: str(v) for k, v in node.attrib.items()}
        package = str(name.namespace).removeprefix("http:///").removesuffix(".ecore")
        structure["type"] = f"{package.replace('/', '.')}.{name.localname}"
        if name.localname == "Sofa":
            text = structure.get("sofaString", "")
        found.append(structure)
    return text, found


def sheet_from(text: str, structures: Sequence[Structure]) -> Iterator[tuple[Sheet | None, str]]:
    """Yield what cannot be read as ``None`` with its id, then the article."""
    reader = _Reader(text)
    for structure in structures:
        try:
            reader.take(structure)
        except (ValueError, TypeError, KeyError):
            yield None, f"{structure.get('type')} {structure.get('id')}"
    yield reader.sheet(), ""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = OffsetMap(text)
        self._spans: dict[str, list[Span]] = {}
        self._kinds: dict[str, MarkKind] = {}
        self._fields: dict[str, dict[str, str]] = {}
        self._notes: dict[str, tuple[str, ...]] = {}
        self._mark_of: dict[str, str] = {}
        self._links: list[Structure] = []
        self._article: Mapping[str, Any] = {}

    def take(self, structure: Structure) -> None:
        """Take one feature structure; those of other types are passed over."""
        if structure["type"] == MARK:
            self._mark(structure)
        elif structure["type"] == LINK:
            if structure.get("kind") not in LINK_KINDS:
                raise ValueError(structure.get("kind"))
            self._links.append(structure)
        elif structure["type"] == ARTICLE:
            self._article = structure

    def _mark(self, structure: Structure) -> None:
        mark = str(structure.get("mark") or structure["id"])
        kind = MarkKind(structure["kind"])
        begin, end = int(structure["begin"]), int(structure["end"])
        span = Span(
            self._offsets.to_code_point(begin, snap=True),
            self._offsets.to_code_point(end, snap=True),
        )
        self._kinds[mark] = kind
        self._mark_of[str(structure["id"])] = mark
        self._spans.setdefault(mark, []).append(span)
        if structure.get("fields"):
            self._fields[mark] = texts(json.loads(structure["fields"]))
        if structure.get("notes"):
            self._notes[mark] = tuple(map(str, as_list(json.loads(structure["notes"]))))

    def sheet(self) -> Sheet:
        """Return the article."""
        items = tuple(
            restored(
                Item(
                    mark,
                    kind,
                    normalise(self._spans[mark]),
                    self._fields.get(mark, {}),
                    self._notes.get(mark, ()),
                ),
                self._text,
                trimmed,
            )
            for mark, kind in self._kinds.items()
        )
        links = tuple(
            Link(
                str(row["kind"]),
                self._mark_of.get(str(row.get("Governor")), ""),
                self._mark_of.get(str(row.get("Dependent")), ""),
                texts(json.loads(row["fields"])) if row.get("fields") else {},
            )
            for row in self._links
        )
        article = self._article
        details = texts(json.loads(article["details"])) if article.get("details") else {}
        mask = spans(json.loads(article["mask"])) if article.get("mask") else ()
        return Sheet(str(article.get("article", "")), self._text, items, links, details, mask)

"""Read a REFI-QDA project: ours by its ids, another program's by the names of its codes.

The archive and its XML are opened as if from an enemy. Positions are taken as code points of the
file; where the text has two-character line ends and the quoted words say otherwise, as if each
line end were one character.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from annotator.exporters.archive import unpack
from annotator.exporters.brat import unescaped
from annotator.exporters.exchange import LINK_KINDS, Item, Link, Sheet
from annotator.exporters.exchange_in import canonical_places
from annotator.exporters.refi_codes import Code, all_codes
from annotator.exporters.refi_qda import NAMESPACE, PIECE
from annotator.i18n import LANGUAGES
from annotator.model.span import Span, normalise
from annotator.text.canonical import canonicalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Q = f"{{{NAMESPACE}}}"


def read(data: bytes) -> Iterator[tuple[Sheet | None, str]]:
    """Yield each text source's marks; what cannot be read comes as ``None`` and its name.

    Raises:
        ValueError: if it is no REFI-QDA project.
    """
    entries = unpack(data)
    root = _parsed(entries.get("project.qde", b""))
    codes = _codes(root)
    told = f"{_Q}PlainTextContent"
    notes = {n.get("guid", ""): n.findtext(told) or "" for n in _all(root, "Note")}
    links = [dict(node.attrib) for node in _all(root, "Link")]
    for node in _all(root, "TextSource"):
        reader = _Source(node, _text(node, entries), codes, notes)
        yield from ((None, problem) for problem in reader.read(links))
        yield reader.sheet, ""


def _parsed(data: bytes) -> Any:
    etree: Any = import_module("lxml.etree")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("qde") from error
    if root.tag != f"{_Q}Project":
        raise ValueError("qde")
    return root


def _all(root: Any, name: str) -> Iterator[Any]:
    yield from root.iter(f"{_Q}{name}")


def _codes(root: Any) -> dict[str, Code | None]:
    """Return what each code of the file is to us; ``None`` for what it is not."""
    ours = all_codes()
    by_name = {
        code.name(lang).casefold(): code
        for code in reversed(list(ours.values()))
        for lang in LANGUAGES
    }
    by_name |= {code.kind.value: code for code in ours.values() if not code.field}
    found: dict[str, Code | None] = {}
    for node in _all(root, "Code"):
        name = node.get("name", "").casefold().strip()
        found[node.get("guid", "").lower()] = ours.get(node.get("guid", "").lower()) or by_name.get(
            name
        )
    return found


def _text(node: Any, entries: Mapping[str, bytes]) -> str:
    content = node.findtext(f"{_Q}PlainTextContent")
    if content is not None:
        return str(content)
    name = str(node.get("plainTextPath", "")).removeprefix("internal://").rpartition("/")[2]
    for path in (f"sources/{name}", f"Sources/{name}"):
        if path in entries:
            return entries[path].decode("utf-8-sig", "replace")
    return ""


class _Positions:
    """Turn positions in a file's text into those of the canonical text."""

    def __init__(self, raw: str) -> None:
        self.text = canonicalise(raw).text
        self._has_pairs = "\r\n" in raw
        self._places = canonical_places(raw)

    def span(self, start: int, end: int, words: str) -> Span:
        """Return where a selection is; ``words`` are what the file says is selected, if it does."""
        literal = Span(self._places[start], self._places[end])
        if self._has_pairs and words and not self._fits(literal, words):
            single = Span(start, end)
            if end <= len(self.text) and self._fits(single, words):
                return single
        return literal

    def _fits(self, span: Span, words: str) -> bool:
        shown = " ".join(span.slice(self.text).split())
        return shown.startswith(" ".join(words.rstrip("….").split()))


class _Source:
    """Gather the selections of one text source."""

    def __init__(
        self, node: Any, raw: str, codes: Mapping[str, Code | None], notes: Mapping[str, str]
    ) -> None:
        self._node = node
        self._positions = _Positions(raw)
        self._codes = codes
        self._notes = notes
        self._items: dict[str, Item] = {}

    def read(self, links: list[dict[str, str]]) -> Iterator[str]:
        """Read everything; yield the names of what cannot be read."""
        for node in self._node.iter(f"{_Q}PlainTextSelection"):
            try:
                item = self._item(node)
            except (ValueError, IndexError, TypeError):
                item = None
            if item is None:
                yield str(node.get("name") or node.get("guid"))
            else:
                self._items[item.id] = item
        found: list[Link] = []
        for row in links:
            first, second = row.get("originGUID", ""), row.get("targetGUID", "")
            if first not in self._items or second not in self._items:
                continue
            kind, *said = row.get("name", "").split(" ")
            if kind == PIECE:
                self._join(second, first)
            elif kind in LINK_KINDS:
                pairs = (word.partition("=") for word in said)
                found.append(Link(kind, first, second, {k: v for k, _, v in pairs if v}))
            else:
                yield row.get("name", "link")
        details = _said(self._node.findtext(f"{_Q}Description") or "")
        details.setdefault("headline", str(self._node.get("name", "")))
        self.sheet = Sheet(
            str(self._node.get("guid", "")),
            self._positions.text,
            tuple(self._items.values()),
            tuple(found),
            details,
        )

    def _item(self, node: Any) -> Item | None:
        """Return the mark of a selection; ``None`` if no code of it is a kind of ours."""
        refs = (r.get("targetGUID", "").lower() for r in node.iter(f"{_Q}CodeRef"))
        codes = [code for ref in refs if (code := self._codes.get(ref)) is not None]
        if not codes:
            return None
        words = str(node.get("name", ""))
        span = self._positions.span(
            int(node.get("startPosition")), int(node.get("endPosition")), words
        )
        fields = _said(node.findtext(f"{_Q}Description") or "")
        for code in codes:
            if code.value:
                fields["kind" if code.field == "claim_kind" else code.field] = code.value
        refs = (r.get("targetGUID", "") for r in node.findall(f"{_Q}NoteRef"))
        notes = tuple(self._notes[ref] for ref in refs if ref in self._notes)
        return Item(str(node.get("guid", "")), codes[0].kind, (span,), fields, notes)

    def _join(self, whole: str, piece: str) -> None:
        """Add a piece to the mark that it belongs to."""
        item, more = self._items[whole], self._items.pop(piece)
        spans = normalise((*item.spans, *more.spans))
        self._items[whole] = Item(item.id, item.kind, spans, item.fields, item.notes)


def _said(description: str) -> dict[str, str]:
    """Return the fields of a description; lines that are none of ours are passed over."""
    found: dict[str, str] = {}
    for line in description.split("\n"):
        key, colon, value = line.partition(": ")
        if colon and re.fullmatch(r"[a-z_]+", key):
            found[key] = unescaped(value)
    return found

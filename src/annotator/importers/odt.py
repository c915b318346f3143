"""OpenDocument texts (ODT), read from their XML.

Source: OASIS OpenDocument 1.3, part 3: text:p, text:h, text:s, text:tab, text:line-break,
text:tracked-changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size, warning
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.odtlook import Look, Looks
from annotator.importers.kit.pagemeta import language_tag
from annotator.importers.kit.unseen import hide, show
from annotator.importers.kit.writer import LineWriter
from annotator.importers.kit.xmls import (
    attribute,
    find_all,
    first_text,
    has_entities,
    local,
    parse_xml,
    spare_part,
)
from annotator.importers.kit.zips import SafeZip, is_zip, zip_names
from annotator.model.errors import UserError
from annotator.model.span import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.base import ImportedText

_TYPE = b"application/vnd.oasis.opendocument.text"
#: Elements whose text is not read with the paragraph they stand in.
_LEFT_OUT = frozenset(
    ("tracked-changes", "annotation", "sequence-decls", "note-citation", "title", "desc")
)
#: What stands beside the words of the paragraph that it hangs on.
_BOXES = frozenset(("text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "path"))
_FRAMES = frozenset(("frame", "g"))
_SPACES_LIMIT = 200
_SPACE = re.compile("[ \t\r\n]+")


class Odt:
    """Read an OpenDocument text as one article."""

    id = "odt"
    media_types = ("application/vnd.oasis.opendocument.text",)
    suffixes = (".odt", ".ott", ".fodt")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the media type at the start of the archive, or a flat document."""
        if is_zip(data) and (_TYPE in data[:200] or "content.xml" in zip_names(data)):
            return 0.8 if _TYPE in data[:200] else 0.4
        return 0.92 if b"<office:document" in data[:2_000] and _TYPE in data[:4_000] else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-bomb``,
                ``import-encrypted``.
        """
        check_size(data, name)
        content, styles, meta, lost = _parts(data, name)
        root = parse_xml(content, name)
        reader = _Reader(Looks(root, styles))
        reader.warnings += lost
        for body in find_all(root, "body", "text"):
            reader.blocks(body)
        if has_entities(root):
            reader.warnings.append("lost-entities")
        fields = Fields()
        text = reader.writer.text()
        title = first_text(meta, "**", "title") if meta is not None else ""
        if title and title in text[:1_000]:
            fields.add("headline", title, "file")
        language = first_text(meta, "**", "language") if meta is not None else ""
        draft = Draft(
            text,
            name,
            self.media_types[0],
            replaced=reader.writer.replaced,
            mask=normalise(reader.writer.mask),
            headings=tuple(reader.writer.headings),
            fields=fields,
            language=language_tag(language),
            warnings=reader.warnings,
            pages=tuple(reader.writer.pages),
        )
        return [finish(draft)]


def _parts(data: bytes, name: str) -> tuple[bytes, _Element | None, _Element | None, list[str]]:
    """Return the content, the parsed styles and metadata, and warnings of what is broken.

    A flat document is all of them.
    """
    if not is_zip(data):
        return data, None, parse_xml(data, name), []
    archive = SafeZip(data, name)
    content = archive.read("content.xml")
    if not content:
        raise UserError("import-damaged", name=name)
    lost: list[str] = []
    parts = [
        spare_part(archive, member, name, lambda part: lost.append(warning("lost-part", part=part)))
        for member in ("styles.xml", "meta.xml")
    ]
    return content, parts[0], parts[1], lost


def _is_between(element: _Element) -> bool:
    """Say whether what follows an element is only white space between the parts of a frame."""
    if element.tail is None or element.tail.strip():
        return False
    around = element.getparent()
    return around is not None and local(around) in _FRAMES


def _table_of(row: _Element) -> _Element | None:
    """Return the table that a row is of, which may stand in a cell of another."""
    return next((e for e in row.iterancestors() if local(e) == "table"), None)


class _Reader:
    """Walk the text of a document and write its blocks."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.writer = LineWriter()
        self.warnings: list[str] = []
        self._page = 1
        self._notes: list[str] = []
        #: Boxes beside the words that are read: their text comes behind.
        self._boxes: list[tuple[_Element, Look]] = []

    def blocks(self, container: _Element) -> None:
        """Write headings, paragraphs and tables, in order, and the notes behind them."""
        self._write(container, self._looks.plain)
        for note in self._notes:
            self.writer.line(note)
        self._notes.clear()

    def _write(self, container: _Element, around: Look) -> None:
        stack = [(child, around) for child in reversed(container)]
        while stack:
            element, look = stack.pop()
            kind = local(element)
            if kind in ("p", "h"):
                level = attribute(element, "outline-level") or "1"
                heading = int(level) if kind == "h" and level.isdigit() else 0
                self.writer.line(self._inline(element, look), heading=heading)
                self._write_boxes()
            elif kind == "table":
                self._table(element, self._looks.of(element, look))
            elif kind == "tracked-changes":
                self._warn("tracked-changes")
            elif kind not in _LEFT_OUT:
                look = self._looks.of(element, look)
                stack.extend((child, look) for child in reversed(element))

    def _table(self, table: _Element, look: Look) -> None:
        """Write a row a line; a cell with paragraphs of its own joins them with spaces."""
        rows = [row for row in find_all(table, "**", "table-row") if _table_of(row) is table]
        for row in rows:
            within = self._looks.of(row, look)
            cells = [self._inline(cell, within) for cell in find_all(row, "table-cell")]
            self.writer.line("\t".join(" ".join(cell.split()) for cell in cells))
            self._write_boxes()

    def _write_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box, look in boxes:
            self._write(box, look)

    def _warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

    def _words(self, words: str | None, look: Look) -> str:
        """Return words, marked if their look is that of the paper."""
        if not words:
            return ""
        # Source: OpenDocument 1.3, part 3, 6.1.2: white space is one space.
        words = _SPACE.sub(" ", words)
        if look.is_hidden() and words.strip():
            self._warn("hidden-text")
            return hide(words)
        return show(words)

    def _inline(self, element: _Element, around: Look) -> str:
        """Return the text of a paragraph; its notes are kept for the end."""
        look = self._looks.of(element, around)
        parts: list[str] = [self._words(element.text, look)]
        stack: list[tuple[_Element, bool, Look]] = [(c, False, look) for c in reversed(element)]
        while stack:
            child, closing, outer = stack.pop()
            kind = local(child)
            if closing or kind in _LEFT_OUT or not kind:
                if kind == "annotation":
                    self._warn("comments")
            elif kind in _BOXES:
                self._boxes.append((child, self._looks.of(child, outer)))
            elif kind == "note":
                for paragraph in find_all(child, "note-body", "p"):
                    self._notes.append(self._inline(paragraph, self._looks.plain))
            else:
                inner = self._looks.of(child, outer)
                parts.append(self._sign(child, kind))
                if kind not in _FRAMES:
                    parts.append(self._words(child.text, inner))
                stack.append((child, True, outer))
                stack.extend((c, False, inner) for c in reversed(child))
                continue
            if not _is_between(child):
                parts.append(self._words(child.tail, outer))
        return "".join(parts)

    def _sign(self, element: _Element, kind: str) -> str:
        if kind == "image" and attribute(element, "href").startswith(("http:", "https:", "//")):
            self._warn("remote-content")
        if kind == "s":
            count = attribute(element, "c") or "1"
            return " " * min(int(count) if count.isdigit() else 1, _SPACES_LIMIT)
        if kind == "soft-page-break":
            self._page += 1
            self.writer.page(str(self._page))
        if kind in ("p", "h", "line-break"):
            return "\n"
        return "\t" if kind == "tab" else ""

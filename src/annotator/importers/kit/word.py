"""The text of a Word file, straight from its XML: paragraphs, headings, tables, notes, pages.

Source: ECMA-376, part 1, WordprocessingML; elements are told by their local names, so that the
strict and the transitional form read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.importers.base import warning
from annotator.importers.kit.symbols import sign
from annotator.importers.kit.unseen import hide, show
from annotator.importers.kit.wordlook import Looks
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
from annotator.importers.kit.zips import SafeZip, zip_names
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING_NAME = re.compile(r"(?:heading|titre|überschrift)\s*(\d)", re.IGNORECASE)
_TITLE_NAMES = frozenset(("title", "titre"))
_PLAIN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
#: Elements whose text is not the document's: deleted text, field codes, the older twin of a shape,
#: how a Chinese or Japanese word is pronounced.
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "tblPr", "rt")
)
#: Paragraphs in these do not belong to the table cell around them.
_ASIDE = frozenset(("txbxContent", "Fallback"))
_WARNINGS = {
    **dict.fromkeys(("del", "ins", "moveFrom", "moveTo"), "tracked-changes"),
    "commentReference": "comments",
}
#: Relations to the outside that are only followed by a click.
_CLICKED = frozenset(("hyperlink", "attachedTemplate"))


@dataclass(slots=True)
class WordText:
    """Hold what a Word file says: its lines with headings and pages, its title, its language."""

    writer: LineWriter = field(default_factory=LineWriter)
    warnings: list[str] = field(default_factory=list[str])
    title: str = ""
    language: str = ""

    def warn(self, warning: str) -> None:
        """Remember what a reader cannot see, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)


def is_word(data: bytes) -> bool:
    """Say whether an archive is a Word file. Never raises."""
    return "word/document.xml" in zip_names(data)


def read_word(data: bytes, name: str) -> WordText:
    """Read a Word file.

    Raises:
        UserError: ``import-damaged``, ``import-bomb``, ``import-encrypted``.
    """
    archive = SafeZip(data, name)
    raw = archive.read("word/document.xml")
    if not raw:
        raise UserError("import-damaged", name=name)
    root = parse_xml(raw, name)
    word = WordText()
    if has_entities(root):
        word.warn("lost-entities")
    styles = _part(archive, "word/styles.xml", name, word)
    reader = _Reader(word, _levels(styles), Looks(root, styles))
    for body in find_all(root, "body"):
        reader.blocks(body)
    _notes(archive, name, reader)
    _properties(archive, name, word)
    return word


def _part(archive: SafeZip, member: str, name: str, word: WordText) -> _Element | None:
    """Return a part of the document that it can be read without; ``None`` if absent or broken."""
    return spare_part(
        archive, member, name, lambda part: word.warn(warning("lost-part", part=part))
    )


def _levels(styles: _Element | None) -> dict[str, int]:
    """Return the heading level of each style that is a heading; a title has level 1."""
    levels: dict[str, int] = {}
    for style in [] if styles is None else find_all(styles, "style"):
        label = next((attribute(e, "val") for e in find_all(style, "name")), "").strip()
        outline = next((attribute(e, "val") for e in find_all(style, "pPr", "outlineLvl")), "")
        heading = _HEADING_NAME.match(label)
        if heading is not None:
            levels[attribute(style, "styleId")] = int(heading.group(1))
        elif label.lower() in _TITLE_NAMES:
            levels[attribute(style, "styleId")] = 1
        elif outline.isdigit() and int(outline) < 9:
            levels[attribute(style, "styleId")] = int(outline) + 1
    return levels


class _Reader:
    """Walk the body and write its blocks."""

    def __init__(self, word: WordText, levels: dict[str, int], looks: Looks) -> None:
        self.word = word
        self._looks = looks
        self._levels = levels
        self._page = 1
        self._page_pending = False
        #: Boxes beside the words that are read: their text comes behind.
        self._boxes: list[_Element] = []

    def blocks(self, container: _Element) -> None:
        """Write the paragraphs and tables of a container, in order, however they are wrapped."""
        stack = list(reversed(container))
        while stack:
            element = stack.pop()
            kind = local(element)
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                self._table(element)
            elif kind not in _LEFT_OUT:
                if kind in _WARNINGS:
                    self.word.warn(_WARNINGS[kind])
                stack.extend(reversed(element))

    def _paragraph(self, paragraph: _Element) -> None:
        words = self._inline(paragraph)
        if words.strip() and self._page_pending:
            self.word.writer.page(str(self._page))
            self._page_pending = False
        self.word.writer.line(words, heading=self._level(paragraph))
        self._write_boxes()

    def _write_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _level(self, paragraph: _Element) -> int:
        outline = next((attribute(e, "val") for e in find_all(paragraph, "pPr", "outlineLvl")), "")
        if outline.isdigit() and int(outline) < 9:
            return int(outline) + 1
        style = next((attribute(e, "val") for e in find_all(paragraph, "pPr", "pStyle")), "")
        return self._levels.get(style, 0)

    def _table(self, table: _Element) -> None:
        """Write a row a line; a cell with paragraphs of its own joins them with spaces."""
        for row in find_all(table, "tr"):
            cells = [
                " ".join(
                    " ".join(self._inline(p).split())
                    for p in find_all(cell, "**", "p")
                    if not any(local(around) in _ASIDE for around in p.iterancestors())
                )
                for cell in find_all(row, "tc")
            ]
            self.word.writer.line("\t".join(cells))
            self._write_boxes()

    def _inline(self, paragraph: _Element) -> str:
        """Return the text of a paragraph; what is hidden in it stands between marks."""
        parts: list[str] = []
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            kind = local(element)
            if kind in _WARNINGS:
                self.word.warn(_WARNINGS[kind])
            if kind == "lastRenderedPageBreak" or (
                kind == "br" and attribute(element, "type") == "page"
            ):
                self._page += 1
                self._page_pending = True
            if kind == "t":
                parts.append(self._words(element))
            elif kind == "sym":
                parts.append(sign(attribute(element, "char")))
            elif kind in _PLAIN and attribute(element, "type") != "page" and not len(element):
                parts.append(_PLAIN[kind])
            elif kind == "txbxContent":
                self._boxes.append(element)
            elif kind not in _LEFT_OUT:
                stack.extend(reversed(element))
        return "".join(parts)

    def _words(self, text: _Element) -> str:
        """Return the words of a text element, marked if its run is not shown."""
        words, run = text.text or "", text.getparent()
        if run is not None and words.strip() and self._looks.is_hidden(run):
            self.word.warn("hidden-text")
            return hide(words)
        return show(words)


def _notes(archive: SafeZip, name: str, reader: _Reader) -> None:
    """Write footnotes and endnotes behind the body."""
    for member in ("word/footnotes.xml", "word/endnotes.xml"):
        root = _part(archive, member, name, reader.word)
        if root is None:
            continue
        for note in [*find_all(root, "footnote"), *find_all(root, "endnote")]:
            if attribute(note, "type") not in ("separator", "continuationSeparator"):
                reader.blocks(note)


def _names_outside(archive: SafeZip, name: str, word: WordText) -> bool:
    """Say whether the document names pictures or the like on the internet."""
    root = _part(archive, "word/_rels/document.xml.rels", name, word)
    return root is not None and any(
        attribute(relation, "TargetMode") == "External"
        and attribute(relation, "Type").rpartition("/")[2] not in _CLICKED
        and attribute(relation, "Target").lower().startswith(("http:", "https:", "//", "\\\\"))
        for relation in find_all(root, "Relationship")
    )


def _properties(archive: SafeZip, name: str, word: WordText) -> None:
    comments = _part(archive, "word/comments.xml", name, word)
    if comments is not None and find_all(comments, "**", "comment"):
        word.warn("comments")
    if _names_outside(archive, name, word):
        word.warn("remote-content")
    root = _part(archive, "docProps/core.xml", name, word)
    if root is None:
        return
    word.title = first_text(root, "title")
    word.language = first_text(root, "language")

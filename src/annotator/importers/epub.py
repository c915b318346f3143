"""Electronic books (EPUB): the chapters in reading order, as one text.

Source: EPUB 3.3, sections 4 (container) and 5 (package document).
"""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from annotator.importers.base import check_size
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.charset import decode
from annotator.importers.kit.dates import clean_iso
from annotator.importers.kit.markup import page_of, parse_html
from annotator.importers.kit.pagemeta import add_authors, language_tag
from annotator.importers.kit.writer import LineWriter
from annotator.importers.kit.xmls import attribute, find_all, first_text, parse_xml, text_of
from annotator.importers.kit.zips import SafeZip, zip_names
from annotator.model.errors import UserError
from annotator.model.span import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.base import ImportedText

_CONTAINER = "META-INF/container.xml"
#: What a raised number, letter or sign that calls a note looks like.
_NOTE_CALL = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]|[*†‡]{1,3})[\])]?")


class Epub:
    """Read a book as one article; headings keep its chapters apart."""

    id = "epub"
    media_types = ("application/epub+zip",)
    suffixes = (".epub",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the media type at the start of the archive, or its container file."""
        if b"application/epub+zip" in data[:100]:
            return 0.9
        return 0.85 if _CONTAINER in zip_names(data) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one book.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-bomb``,
                ``import-encrypted``.
        """
        check_size(data, name)
        archive = SafeZip(data, name)
        if archive.has("META-INF/encryption.xml") and archive.has("META-INF/rights.xml"):
            raise UserError("import-encrypted", name=name)
        container = parse_xml(archive.read(_CONTAINER), name)
        package_path = next(
            (attribute(e, "full-path") for e in find_all(container, "**", "rootfile")), ""
        )
        package = parse_xml(archive.read(package_path), name)
        writer = LineWriter()
        warnings: list[str] = []
        folder = dirname(package_path)
        contents = _members(find_all(package, "manifest", "item"), "nav", folder)
        for member in _spine(package, folder):
            masked = member in contents
            warnings += _chapter(archive.read(member), name, writer, masked=masked)
        draft = Draft(
            writer.text(),
            name,
            self.media_types[0],
            replaced=writer.replaced,
            mask=normalise(writer.mask),
            headings=tuple(writer.headings),
            fields=_fields(package),
            language=language_tag(first_text(package, "metadata", "language")),
            lines=False,
            warnings=[*warnings, *(["hidden-text"] if writer.has_hidden else [])],
        )
        return [finish(draft)]


def _spine(package: _Element, folder: str) -> list[str]:
    """Return the members of the archive in reading order."""
    manifest = {
        attribute(item, "id"): attribute(item, "href")
        for item in find_all(package, "manifest", "item")
    }
    found: list[str] = []
    for reference in find_all(package, "spine", "itemref"):
        href = manifest.get(attribute(reference, "idref"), "")
        if href.partition("#")[0]:
            found.append(_member(href, folder))
    return found


def _members(items: list[_Element], kind: str, folder: str) -> set[str]:
    """Return the members that the package calls so: "nav" is the table of contents."""
    return {
        _member(attribute(item, "href"), folder)
        for item in items
        if kind in attribute(item, "properties").split()
    }


def _member(href: str, folder: str) -> str:
    path = unquote(href).split("#")[0]
    return normpath(f"{folder}/{path}") if folder else normpath(path)


def _chapter(raw: bytes, name: str, writer: LineWriter, *, masked: bool) -> list[str]:
    """Write the lines of a chapter; return what is to be warned of."""
    if not raw.strip():
        return []
    root, _whole = parse_html(decode(raw, name).text)
    if root is None:
        return []
    for anchor in root.iter("a"):
        _mark_note_call(anchor)
    page = page_of(root)
    if masked:
        for line in page.text.split("\n"):
            writer.line(line, masked=True)
    else:
        writer.tree(page)
    return ["remote-content"] if page.remote else []


def _mark_note_call(anchor: _Element) -> None:
    """Mark the raised number of a note as books of EPUB 3 do, so that it sticks to no word."""
    words = "".join(map(str, anchor.itertext())).strip()
    around = anchor.getparent()
    is_raised = (around is not None and around.tag == "sup") or any(
        True for _ in anchor.iter("sup")
    )
    if is_raised and "#" in (anchor.get("href") or "") and _NOTE_CALL.fullmatch(words):
        anchor.set("role", "doc-noteref")


def _fields(package: _Element) -> Fields:
    fields = Fields()
    fields.add("headline", first_text(package, "metadata", "title"), "markup")
    fields.add("outlet", first_text(package, "metadata", "publisher"), "markup")
    fields.add("published", clean_iso(first_text(package, "metadata", "date")), "markup")
    creators = [text_of(e) for e in find_all(package, "metadata", "creator")]
    add_authors([c for c in creators if c], "markup", fields)
    return fields

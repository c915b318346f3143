"""Electronic books (EPUB): the chapters in reading order, as one text.

Source: EPUB 3.3, sections 4 (container) and 5 (package document).
"""

from __future__ import annotations

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
        for member in _spine(package, dirname(package_path)):
            warnings += _chapter(archive.read(member), name, writer)
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
        href = unquote(manifest.get(attribute(reference, "idref"), "")).split("#")[0]
        if href:
            found.append(normpath(f"{folder}/{href}") if folder else normpath(href))
    return found


def _chapter(raw: bytes, name: str, writer: LineWriter) -> list[str]:
    """Write the lines of a chapter; return what is to be warned of."""
    if not raw.strip():
        return []
    root, _whole = parse_html(decode(raw, name).text)
    if root is None:
        return []
    page = page_of(root)
    writer.tree(page)
    return ["remote-content"] if page.remote else []


def _fields(package: _Element) -> Fields:
    fields = Fields()
    fields.add("headline", first_text(package, "metadata", "title"), "markup")
    fields.add("outlet", first_text(package, "metadata", "publisher"), "markup")
    fields.add("published", clean_iso(first_text(package, "metadata", "date")), "markup")
    creators = [text_of(e) for e in find_all(package, "metadata", "creator")]
    add_authors([c for c in creators if c], "markup", fields)
    return fields

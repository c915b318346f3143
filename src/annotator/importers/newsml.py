"""NewsML-G2 messages and items.

Source: IPTC NewsML-G2 2.x: newsMessage/itemSet/newsItem with itemMeta, contentMeta, contentSet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.news import KICKER, NewsItem, news_article, write_html, write_tree
from annotator.importers.kit.nitftree import read_nitf_head, write_nitf_body
from annotator.importers.kit.writer import LineWriter
from annotator.importers.kit.xmls import (
    XML_NAMESPACE,
    attribute,
    find_all,
    first_text,
    has_entities,
    local,
    parse_xml,
    text_of,
)
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.base import ImportedText

_ROOT = re.compile(rb"<(?:\w+:)?(?:newsMessage|newsItem|packageItem)[\s>]")


class NewsMl:
    """Read every text item of a NewsML-G2 file."""

    id = "newsml"
    media_types = (
        "application/vnd.iptc.g2.newsmessage+xml",
        "application/vnd.iptc.g2.newsitem+xml",
    )
    suffixes = (".newsml", ".g2")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the root element."""
        return 0.94 if _ROOT.search(data[:4_096]) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read each item with words as one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``.
        """
        check_size(data, name)
        root = parse_xml(data, name)
        items = [root] if local(root) == "newsItem" else find_all(root, "**", "newsItem")
        found: list[ImportedText] = []
        for element in items:
            article = self._read_item(element, name)
            if article is not None:
                found.append(article)
        if not found:
            raise UserError("import-empty", name=name)
        return found

    def _read_item(self, element: _Element, name: str) -> ImportedText | None:
        item = _head(element)
        if has_entities(element):
            item.warnings.append("lost-entities")
        writer = LineWriter()
        bodies = find_all(element, "contentSet", "inlineXML")
        nitf = [n for body in bodies for n in find_all(body, "**", "nitf")]
        if nitf:
            read_nitf_head(nitf[0], item)
        item.write_head(writer)
        for document in nitf:
            write_nitf_body(document, writer)
        if not nitf:
            for body in bodies:
                write_tree(_html_body(body), writer)
        for data in find_all(element, "contentSet", "inlineData"):
            if attribute(data, "contenttype").startswith("text/") or not attribute(
                data, "encoding"
            ):
                write_html("".join(map(str, data.itertext())), writer)
        return news_article(item, writer, name, self.media_types[0])


def _html_body(body: _Element) -> _Element:
    """Return the body of an XHTML document inside an item: its head repeats what is known."""
    return next(iter(find_all(body, "**", "body")), body)


def _name_of(element: _Element) -> str:
    """Return the name of a concept: its name element, its literal, the last part of its code."""
    named = first_text(element, "name") or attribute(element, "literal")
    return named or attribute(element, "qcode").rpartition(":")[2]


def _first_name(element: _Element, *path: str) -> str:
    return next((words for e in find_all(element, *path) if (words := _name_of(e))), "")


def _head(element: _Element) -> NewsItem:
    headlines = [
        (bool(KICKER.search(attribute(e, "role"))), words)
        for e in find_all(element, "contentMeta", "headline")
        if (words := text_of(e))
    ]
    item = NewsItem(
        headline=next((words for over, words in headlines if not over), ""),
        kicker=next((words for over, words in headlines if over), ""),
        bylines=[text_of(e) for e in find_all(element, "contentMeta", "by") if text_of(e)],
        dateline=first_text(element, "contentMeta", "located", "name")
        or first_text(element, "contentMeta", "dateline"),
        provider=_first_name(element, "contentMeta", "infoSource")
        or _first_name(element, "itemMeta", "provider"),
        published=first_text(element, "itemMeta", "firstCreated")
        or first_text(element, "contentMeta", "contentCreated"),
        notes=[text_of(e) for e in find_all(element, "itemMeta", "edNote") if text_of(e)],
    )
    if not item.bylines:
        creators = [_name_of(e) for e in find_all(element, "contentMeta", "creator")]
        item.bylines = [c for c in creators if " " in c]
    version = first_text(element, "itemMeta", "versionCreated")
    if item.published:
        item.updated = version if version != item.published else ""
    else:
        item.published = version
    item.language = next(
        (attribute(e, "tag") for e in find_all(element, "contentMeta", "language")), ""
    ) or element.get(f"{XML_NAMESPACE}lang", "")
    for path in (("itemMeta", "pubStatus"), ("itemMeta", "signal")):
        item.statuses += [
            attribute(e, "qcode").rpartition(":")[2] for e in find_all(element, *path)
        ]
    return item

"""RSS and Atom files: one article an entry.

Source: RSS 2.0, RSS 1.0 (RDF) with its content module, RFC 4287 (Atom).
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from annotator.importers.base import check_size, warning
from annotator.importers.kit.news import NewsItem, news_article, write_html, write_tree
from annotator.importers.kit.writer import LineWriter
from annotator.importers.kit.xmls import attribute, find_all, first_text, local, parse_xml, text_of
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.base import ImportedText

_ROOT = re.compile(rb"<(?:rss[\s>]|(?:\w+:)?RDF[\s>][^>]*purl\.org/rss|(?:\w+:)?feed[\s>])")


class Feed:
    """Read the entries of a feed that was saved as a file."""

    id = "feed"
    media_types = ("application/rss+xml", "application/atom+xml")
    suffixes = (".rss", ".atom")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the root element."""
        return 0.93 if _ROOT.search(data[:4_096]) and b"<html" not in data[:1_024] else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read each entry as one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``.
        """
        check_size(data, name)
        root, broken = _parse(data, name)
        channel = next(iter(find_all(root, "channel")), root)
        outlet = first_text(channel, "title")
        language = first_text(channel, "language") or attribute(root, "lang")
        found: list[ImportedText] = []
        for entry in [*find_all(root, "**", "item"), *find_all(root, "entry")]:
            item = _item(entry)
            item.outlet, item.language = outlet, attribute(entry, "lang") or language
            if broken is not None:
                item.warnings.append(warning("broken-markup", line=broken.values.get("line", 1)))
            writer = LineWriter()
            item.write_head(writer)
            _write_body(entry, writer)
            article = news_article(item, writer, name, self.media_types[0])
            if article is not None:
                found.append(article)
        if not found and broken is not None:
            raise broken
        if not found:
            raise UserError("import-empty", name=name)
        return found


def _parse(data: bytes, name: str) -> tuple[_Element, UserError | None]:
    """Return the tree of a feed, and what is wrong with it: many are written carelessly."""
    try:
        return parse_xml(data, name), None
    except UserError as error:
        if error.message_id != "import-damaged":
            raise
        return parse_xml(data, name, recover=True), error


def _item(entry: _Element) -> NewsItem:
    authors = [first_text(e, "name") or text_of(e) for e in find_all(entry, "author")]
    authors += [text_of(e) for e in find_all(entry, "creator")]
    links = [
        attribute(e, "href") or text_of(e)
        for e in find_all(entry, "link")
        if attribute(e, "rel") in ("", "alternate")
    ]
    published = first_text(entry, "published") or first_text(entry, "pubDate")
    published = published or first_text(entry, "date") or first_text(entry, "issued")
    updated = first_text(entry, "updated") or first_text(entry, "modified")
    published, updated = _moment(published), _moment(updated)
    return NewsItem(
        headline=first_text(entry, "title"),
        bylines=[_person(name) for name in authors if _person(name)],
        section=first_text(entry, "category"),
        url=links[0] if links else "",
        published=published or updated,
        updated=updated if published and updated != published else "",
    )


def _person(words: str) -> str:
    """Return the name in "desk@x.org (Ann Marlow)"; an address alone names nobody."""
    match = re.fullmatch(r"\S+@\S+ \((.+)\)", words)
    if match is not None:
        return match.group(1)
    return "" if "@" in words else words


def _moment(words: str) -> str:
    """Return a date as ISO 8601: RSS writes mail dates, Atom writes ISO."""
    if not re.match(r"[A-Za-z]{3},|\d{1,2} [A-Za-z]{3}", words):
        return words
    try:
        return parsedate_to_datetime(words).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _write_body(entry: _Element, writer: LineWriter) -> None:
    """Write the fullest body the entry has."""
    for kind in ("encoded", "content", "description", "summary"):
        for element in find_all(entry, kind):
            if any(local(child) in ("div", "p", "body") for child in element):
                write_tree(element, writer)
                return
            words = "".join(map(str, element.itertext()))
            if words.strip():
                write_html(words, writer)
                return

"""NITF documents, alone or inside a NewsML item.

Source: IPTC NITF 3.6: head/docdata, head/pubdata, body/body.head, body/body.content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.kit.news import KICKER, NewsItem, write_tree
from annotator.importers.kit.xmls import attribute, find_all, first_text, local, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.kit.writer import LineWriter


def read_nitf_head(nitf: _Element, item: NewsItem) -> None:
    """Fill in what a NITF document states, where the item does not know it yet."""
    item.headline = item.headline or (
        next(
            (
                words
                for e in find_all(nitf, "body", "body.head", "hedline", "hl1")
                if not _is_kicker(e) and (words := text_of(e))
            ),
            "",
        )
        or first_text(nitf, "head", "title")
    )
    item.kicker = item.kicker or next(
        (text_of(e) for e in _of_head(nitf) if _is_kicker(e) and text_of(e)), ""
    )
    item.bylines = item.bylines or [
        text_of(e) for e in find_all(nitf, "body", "body.head", "byline") if text_of(e)
    ]
    item.dateline = item.dateline or (
        first_text(nitf, "body", "body.head", "dateline", "location")
        or first_text(nitf, "body", "body.head", "dateline")
    )
    item.provider = item.provider or first_text(nitf, "body", "body.head", "distributor")
    item.language = item.language or next(
        (value for e in (nitf, *find_all(nitf, "body")) if (value := attribute(e, "lang"))), ""
    )
    for data in find_all(nitf, "head", "docdata"):
        _docdata(data, item)
    for data in find_all(nitf, "head", "pubdata"):
        item.outlet = item.outlet or attribute(data, "name")
        item.section = item.section or attribute(data, "position.section")
        item.published = item.published or attribute(data, "date.publication")


def _of_head(nitf: _Element) -> list[_Element]:
    """Return the elements of the head of the body, with those of its headlines."""
    return [
        e
        for head in find_all(nitf, "body", "body.head")
        for e in (*head, *find_all(head, "hedline", "hl1"), *find_all(head, "hedline", "hl2"))
    ]


def _is_kicker(element: _Element) -> bool:
    """Say whether an element is the line over the headline: by its name, class or style."""
    return any(
        KICKER.search(name)
        for name in (local(element), attribute(element, "class"), attribute(element, "style"))
    )


def _docdata(data: _Element, item: NewsItem) -> None:
    status = attribute(data, "management-status")
    if status:
        item.statuses.append(status)
    for element in data:
        kind, norm = local(element), attribute(element, "norm")
        if kind in ("date.issue", "date.release"):
            item.published = item.published or norm
        elif kind == "correction":
            item.statuses.append("correction")
            item.notes += [note for note in (attribute(element, "info"),) if note]
        elif kind == "ed-msg":
            item.notes += [note for note in (attribute(element, "info"),) if note]


def write_nitf_body(nitf: _Element, writer: LineWriter) -> None:
    """Write subheads, abstract, dateline, content and tagline."""
    for head in find_all(nitf, "body", "body.head"):
        for kind in ("hl2",):
            for element in find_all(head, "hedline", kind):
                if not _is_kicker(element):
                    writer.line(text_of(element), heading=2)
        for element in find_all(head, "abstract"):
            write_tree(element, writer)
        for element in find_all(head, "dateline"):
            writer.line(text_of(element), masked=True)
    for part in ("body.content", "body.end"):
        for element in find_all(nitf, "body", part):
            write_tree(element, writer)

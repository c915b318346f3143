"""One item of a news format: what its markup states, and its body, made into an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.dates import clean_iso
from annotator.importers.kit.markup import page_of, parse_html, without_tags
from annotator.importers.kit.pagemeta import add_authors, language_tag
from annotator.importers.kit.press import press
from annotator.model.errors import UserError
from annotator.model.span import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.base import ImportedText
    from annotator.importers.kit.writer import LineWriter

#: What a status or signal of the markup means for a reader.
STATUS_WARNINGS = {
    "canceled": "news-cancelled",
    "cancelled": "news-cancelled",
    "killed": "news-cancelled",
    "kill": "news-cancelled",
    "withheld": "news-withheld",
    "withdrawn": "news-cancelled",
    "embargoed": "news-embargo",
    "correction": "news-correction",
    "corrected": "news-correction",
}
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|a|b|i|em|strong|img|span)\b[^<>]*>", re.IGNORECASE)


#: What a role, class or key calls the line over the headline.
KICKER = re.compile(
    r"(?:^|[^a-z])(?:kicker|surtitre|suptitle|eyebrow|overline|over-?title|roofline|rubric)(?:$|[^a-z])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class NewsItem:
    """Gather what one item states; an empty field was not stated.

    ``bylines`` are as printed ("Par Jeanne Aubry"); ``provider`` may be an agency or an outlet.
    ``notes`` are words to editors: kept in the text, masked.
    """

    headline: str = ""
    kicker: str = ""
    bylines: list[str] = field(default_factory=list[str])
    dateline: str = ""
    provider: str = ""
    outlet: str = ""
    section: str = ""
    url: str = ""
    language: str = ""
    published: str = ""
    updated: str = ""
    notes: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])
    statuses: list[str] = field(default_factory=list[str])

    def write_head(self, writer: LineWriter) -> None:
        """Write kicker, headline, byline and notes as the first lines."""
        writer.line(self.kicker, masked=True)
        writer.line(self.headline, heading=1)
        for note in self.notes:
            writer.line(note, masked=True)
        for byline in self.bylines:
            writer.line(byline, masked=True)


def write_tree(element: _Element, writer: LineWriter) -> None:
    """Write the blocks of a tree of markup."""
    writer.tree(page_of(element))


def write_html(html: str, writer: LineWriter) -> None:
    """Write the blocks of a piece of HTML, or of plain text if there is no markup in it."""
    if not _MARKUP.search(html):
        for line in without_tags(html).split("\n"):
            writer.line(line)
        return
    root, whole = parse_html(html)
    if root is not None and whole:
        write_tree(root, writer)
    else:
        for line in without_tags(html).split("\n"):
            writer.line(line)


def news_article(
    item: NewsItem, writer: LineWriter, name: str, media_type: str, *, original: bytes | None = None
) -> ImportedText | None:
    """Make an article of an item whose text is written; ``None`` if it has no words."""
    fields = Fields()
    fields.add("headline", item.headline, "markup")
    fields.add("kicker", item.kicker, "markup")
    agency = press().agencies.get(item.provider)
    if agency is not None:
        fields.add("agency", agency, "markup")
    fields.add("outlet", item.outlet or ("" if agency else item.provider), "markup")
    fields.add("dateline", item.dateline.strip(" ,-–—"), "markup")
    fields.add("section", item.section, "markup")
    fields.add("url", item.url if item.url.startswith(("http://", "https://")) else "", "markup")
    fields.add("published", clean_iso(item.published), "markup")
    fields.add("updated", clean_iso(item.updated), "markup")
    add_authors(item.bylines, "markup", fields)
    signals = [w for s in item.statuses if (w := STATUS_WARNINGS.get(s.strip().lower()))]
    draft = Draft(
        writer.text(),
        name,
        media_type,
        replaced=writer.replaced,
        mask=normalise(writer.mask),
        headings=tuple(writer.headings),
        fields=fields,
        language=language_tag(item.language),
        warnings=[*item.warnings, *signals, *(["hidden-text"] if writer.has_hidden else [])],
        lines=False,
        original=original,
    )
    try:
        return finish(draft)
    except UserError:
        return None

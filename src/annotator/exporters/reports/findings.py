"""What the house rules found, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Item, Listing
from annotator.exporters.words import joined
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Finding
    from annotator.exporters.reports.index import Index


def findings(index: Index, *, always: bool = False) -> list[Listing]:
    """Return the list of findings; nothing where no pack was applied, unless ``always``."""
    found = index.figures.findings
    if not found and not index.figures.rule_pack and not always:
        return []
    lang = index.lang
    pack = index.figures.rule_pack
    empty = tr("report.findings.empty" if pack else "report.findings.no_pack", lang=lang)
    items = tuple(_item(index, finding) for finding in found)
    name = f"findings-{index.article.id}"
    return [Listing(name, tr("report.findings", lang=lang), items, empty=empty)]


def _item(index: Index, finding: Finding) -> Item:
    lang = index.lang
    at = index.paragraph_of(finding.start) if finding.start >= 0 else 0
    where = tr("report.in_paragraph", lang=lang, number=at) if at else ""
    words = index.text[finding.start : finding.end] if 0 <= finding.start < finding.end else ""
    accepted = tr("report.accepted", lang=lang, reason=finding.accepted) if finding.accepted else ""
    return Item(
        finding.title,
        index.quoted(words, 240) if words else "",
        joined((finding.wording, finding.origin, where, accepted)),
        "quiet" if finding.accepted else "warn",
    )

"""Standards memo: only what the house rules found and what to ask the reporters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Block, Item, Listing, Report
from annotator.exporters.reports.findings import findings
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import byline, foot, method_sheet
from annotator.exporters.reports.questions import questions
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier


def build(dossier: Dossier) -> Report:
    """Build the memo on one article, or on several one after the other."""
    lang = dossier.lang
    blocks: list[Block] = []
    asked = 0
    for records in dossier.articles:
        index = Index(dossier, records)
        mine = questions(index)
        asked += len(mine.items)
        if len(dossier.articles) > 1:
            mine = _named(mine, index)
        blocks += [*findings(index, always=len(dossier.articles) == 1), mine]
    first = Index(dossier, dossier.articles[0])
    is_one = len(dossier.articles) == 1
    headline = first.article.headline or tr("report.untitled", lang=lang)
    several = tr("report.articles", lang=lang, count=len(dossier.articles))
    return Report(
        kind="memo",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.memo", lang=lang),
        headline=headline if is_one else several,
        byline=byline(first.article, lang) if is_one else (),
        standfirst=tr("report.standfirst.memo", lang=lang, count=asked),
        blocks=(*blocks, method_sheet(first)) if is_one else tuple(blocks),
        foot=foot(dossier),
        text_lang=first.article.language if is_one else "und",
    )


def _named(listing: Listing, index: Index) -> Listing:
    """Put an article's headline over its questions; codes need no link to a table."""
    title = index.article.headline or tr("report.untitled", lang=index.lang)
    items = tuple(Item(i.words, i.quote, i.detail, i.tone) for i in listing.items)
    return Listing(
        f"{listing.id}-{index.article.id}", title, items, "", listing.empty, numbered=True
    )

"""Standards memo: only what the house rules found and what to ask the reporters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.exporters.report import Block, Heading, Report
from annotator.exporters.reports.findings import findings
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import Readings, byline, foot, method_sheet
from annotator.exporters.reports.questions import questions
from annotator.exporters.words import joined
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Listing

_KEYS = ("states", "questions")


def build(dossier: Dossier) -> Report:
    """Build the memo on one article, or on several one after the other."""
    lang = dossier.lang
    is_one = len(dossier.articles) == 1
    blocks: list[Block] = []
    readings = Readings(dossier)
    asked = 0
    for records in dossier.articles:
        index = Index(dossier, records)
        readings.take(index)
        lists = [*findings(index, always=is_one), questions(index)]
        asked += len(lists[-1].items)
        blocks += lists if is_one else _part(index, lists)
    first = Index(dossier, dossier.articles[0])
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
        blocks=(*blocks, *([method_sheet(first, _KEYS)] if is_one else readings.blocks(_KEYS))),
        foot=foot(dossier),
        text_lang=first.article.language if is_one else "und",
    )


def _part(index: Index, lists: list[Listing]) -> list[Block]:
    """Put an article's headline over what there is to say of it."""
    article = index.article
    title = article.headline or tr("report.untitled", lang=index.lang)
    detail = joined(byline(article, index.lang))
    shown = [replace(one, id=f"{one.id}-{article.id}", is_minor=True) for one in lists if one.items]
    if not shown:
        shown = [replace(lists[-1], id=f"questions-{article.id}", is_minor=True)]
    return [Heading(f"article-{article.id}", title, detail), *shown]

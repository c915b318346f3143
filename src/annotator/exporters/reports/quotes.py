"""Quote book: every quotation verbatim with its speaker and place; then who is merely mentioned."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.exporters.report import Block, Item, Listing, Report
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import byline, foot, method_sheet
from annotator.exporters.reports.tables import actors_table, comentions
from annotator.exporters.words import capital, joined, listing
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Quote


def build(dossier: Dossier) -> Report:
    """Build the quote book of one article or of several."""
    lang = dossier.lang
    is_one = len(dossier.articles) == 1
    spoken: dict[str, list[Item]] = defaultdict(list)
    count = 0
    for records in dossier.articles:
        index = Index(dossier, records)
        for quote in index.quotes:
            count += 1
            who = capital(listing([index.name(s) for s in index.behind(quote)], lang))
            spoken[who].append(_item(index, quote, with_article=not is_one))
    named = sorted((who for who in spoken if who), key=str.casefold)
    blocks: list[Block] = [
        Listing(f"speaker-{n}", who, tuple(spoken[who])) for n, who in enumerate(named)
    ]
    if "" in spoken:
        title = tr("report.quotes.orphans", lang=lang)
        blocks.append(Listing("speaker-none", title, tuple(spoken[""])))
    if not blocks:
        title, empty = tr("report.quotes", lang=lang), tr("report.quotes.empty", lang=lang)
        blocks.append(Listing("speaker-none", title, (), empty=empty))
    first = dossier.articles[0].article
    if is_one:
        index = Index(dossier, dossier.articles[0])
        blocks += [actors_table(index), comentions(index), method_sheet(index)]
    several = tr("report.articles", lang=lang, count=len(dossier.articles))
    return Report(
        kind="quotes",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.quotes", lang=lang),
        headline=(first.headline or tr("report.untitled", lang=lang)) if is_one else several,
        byline=byline(first, lang) if is_one else (),
        standfirst=tr("report.standfirst.quotes", lang=lang, count=count, speakers=len(named)),
        blocks=tuple(blocks),
        foot=foot(dossier),
        text_lang=first.language if is_one else "und",
    )


def _item(index: Index, quote: Quote, *, with_article: bool) -> Item:
    lang = index.lang
    place = index.place(quote.spans[0].start)
    cues = index.cue_words(quote)
    detail = joined(
        (
            term(quote.kind, lang=lang),
            index.said(quote.channel),
            index.quoted(listing(cues, lang)) if cues else "",
            index.article.headline if with_article else "",
            place,
        )
    )
    return Item("", index.quoted(index.words(quote)), detail)

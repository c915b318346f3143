"""Quote book: every quotation verbatim with its speaker and place; then who is merely mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.exporters.report import Block, Item, Listing, Report
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import Readings, byline, foot, method_sheet
from annotator.exporters.reports.tables import actors_table, comentions
from annotator.exporters.words import capital, joined, listing
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Quote, Source

_KEYS = ("quotes",)


@dataclass(slots=True)
class _Speaker:
    """Hold what one speaker, or several together, said; nobody: an empty name."""

    name: str
    items: list[Item] = field(default_factory=list[Item])


def build(dossier: Dossier) -> Report:
    """Build the quote book of one article or of several."""
    lang = dossier.lang
    is_one = len(dossier.articles) == 1
    spoken: dict[Hashable, _Speaker] = {}
    readings = Readings(dossier)
    count = 0
    for records in dossier.articles:
        index = Index(dossier, records)
        readings.take(index)
        for quote in index.quotes:
            count += 1
            behind = index.behind(quote)
            key = tuple(_key(index, source) for source in behind)
            if key not in spoken:
                spoken[key] = _Speaker(_name(index, behind, with_article=not is_one))
            spoken[key].items.append(_item(index, quote, with_article=not is_one))
    named = sorted((s for s in spoken.values() if s.name), key=lambda s: s.name.casefold())
    blocks = _speakers(named, spoken.get(()), lang)
    first = dossier.articles[0].article
    if is_one:
        index = Index(dossier, dossier.articles[0])
        keys = (*_KEYS, "comentions")
        blocks += [actors_table(index), comentions(index), method_sheet(index, keys)]
    else:
        blocks += readings.blocks(_KEYS)
    several = tr("report.articles", lang=lang, count=len(dossier.articles))
    return Report(
        kind="quotes",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.quotes", lang=lang),
        headline=(first.headline or tr("report.untitled", lang=lang)) if is_one else several,
        byline=byline(first, lang) if is_one else (),
        standfirst=_standfirst(count, len(named), lang),
        blocks=tuple(blocks),
        foot=foot(dossier),
        text_lang=first.language if is_one else "und",
    )


def _standfirst(quotes: int, speakers: int, lang: str) -> str:
    said = tr("report.speakers", lang=lang, count=speakers)
    return tr("report.standfirst.quotes", lang=lang, count=quotes, speakers=said)


def _speakers(named: Sequence[_Speaker], nobody: _Speaker | None, lang: str) -> list[Block]:
    """List the speakers in the order of their names, then what nobody is named for."""
    blocks: list[Block] = [
        Listing(f"speaker-{n}", speaker.name, tuple(speaker.items), is_minor=True)
        for n, speaker in enumerate(named)
    ]
    if nobody is not None:
        title = tr("report.quotes.orphans", lang=lang)
        blocks.append(Listing("speaker-none", title, tuple(nobody.items), is_minor=True))
    if not blocks:
        title, empty = tr("report.quotes", lang=lang), tr("report.quotes.empty", lang=lang)
        blocks.append(Listing("speaker-none", title, (), empty=empty))
    return blocks


def _key(index: Index, source: Source) -> Hashable:
    """Return what makes a speaker one: an actor or a name; the unnamed are one source only.

    That "a source" of one article is "a source" of another is what nobody knows.
    """
    if source.identification.is_anonymous:
        return source.id
    return ("actor", source.actor_id) if source.actor_id else ("name", index.name(source))


def _name(index: Index, behind: Sequence[Source], *, with_article: bool) -> str:
    """Return a speaker's name; an unnamed one's with the article, where there are several."""
    name = capital(listing([index.name(s) for s in behind], index.lang))
    is_hidden = any(s.identification.is_anonymous for s in behind)
    return joined((name, index.article.headline)) if is_hidden and with_article else name


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

"""Source audit of one article: who says what, how many they are, and what hangs on whom.

One or two pages for a dispatch. The first page answers: how many, what to ask, what each claim
hangs on and in whose words. The second shows who they are, what the house rules found, and the
text to look things up in. Every quote by itself is in the quote book, who is mentioned with whom
in the corpus audit and the plot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.exporters.base import Redaction
from annotator.exporters.report import (
    Answer,
    Answers,
    Beside,
    Block,
    Heading,
    Item,
    Listing,
    Report,
    Stacks,
)
from annotator.exporters.reports.findings import findings
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.marked import marked_text
from annotator.exporters.reports.method import Readings, byline, foot, method_sheet
from annotator.exporters.reports.parts import stacks
from annotator.exporters.reports.questions import questions
from annotator.exporters.reports.tables import (
    claims_table,
    frailest_first,
    reasons,
    sources_table,
)
from annotator.exporters.words import distinct_words, joined, percent, range_words
from annotator.i18n import tr
from annotator.model import vocabulary as v
from annotator.model.annotations import CouldNotVerify, DeclinedComment, Hedge
from annotator.model.changes import TABLES

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Claim, Mark

#: Questions shown in an audit; the standards memo has them all.
_QUESTIONS = 6
_KEYS = ("distinct", "states", "shares")


def build(dossier: Dossier) -> Report:
    """Build the audit of the dossier's article; of several one after the other."""
    if len(dossier.articles) > 1:
        return _several(dossier)
    index = Index(dossier, dossier.articles[0])
    return Report(
        kind="audit",
        lang=index.lang,
        level=dossier.level.value,
        kicker=tr("report.kind.audit", lang=index.lang),
        headline=index.article.headline or tr("report.untitled", lang=index.lang),
        byline=byline(index.article, index.lang),
        standfirst=_standfirst(index),
        blocks=(*_blocks(index), method_sheet(index)),
        foot=foot(dossier),
        text_lang=index.article.language,
    )


def _several(dossier: Dossier) -> Report:
    """Put each article's audit under its headline."""
    lang = dossier.lang
    blocks: list[Block] = []
    readings = Readings(dossier)
    for records in dossier.articles:
        index = Index(dossier, records)
        readings.take(index)
        article = index.article
        title = article.headline or tr("report.untitled", lang=lang)
        detail = joined((*byline(article, lang), _standfirst(index)))
        blocks.append(Heading(f"article-{article.id}", title, detail))
        blocks += [_named_for(article.id, block) for block in _blocks(index)]
    return Report(
        kind="audit",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.audit", lang=lang),
        headline=tr("report.articles", lang=lang, count=len(dossier.articles)),
        byline=(),
        standfirst=tr("report.standfirst.audits", lang=lang),
        blocks=(*blocks, *readings.blocks(_KEYS)),
        foot=foot(dossier),
    )


def _named_for(article_id: str, block: Block) -> Block:
    """Give a block an id that no other article's has."""
    if isinstance(block, Beside):
        lists = tuple(replace(one, id=f"{one.id}-{article_id}") for one in block.lists)
        block = replace(block, lists=lists)
    return replace(block, id=f"{block.id}-{article_id}")


def _blocks(index: Index) -> list[Block]:
    return [
        _answers(index),
        questions(index, limit=_QUESTIONS),
        claims_table(index, frailest_first(index)),
        *([_shares(index)] if index.figures.by_source.total else []),
        sources_table(index),
        *_lines(index),
        *findings(index, is_dense=True),
        marked_text(index),
        *_notes(index),
    ]


def _in_state(index: Index, state: v.SourcingState) -> list[Claim]:
    return [claim for claim in index.claims if index.basis(claim).state is state]


def _standfirst(index: Index) -> str:
    """Say in one or two sentences what the audit found."""
    lang = index.lang
    single = _in_state(index, v.SourcingState.SINGLE_ANONYMOUS)
    bare = _in_state(index, v.SourcingState.UNATTRIBUTED)
    distinct = index.figures.distinct
    said: list[str] = []
    if distinct is not None and index.records.sources:
        one = distinct.low == distinct.high == 1 and not distinct.is_open
        form = "one" if one else "other"
        range_, unnamed = range_words(distinct, lang), _unnamed(index)
        said.append(
            tr(f"report.standfirst.sources.{form}", lang=lang, range=range_, unnamed=unnamed)
        )
    if index.claims:
        total = len(index.claims)
        said.append(tr("report.standfirst.single", lang=lang, count=len(single), total=total))
        if bare:
            said.append(tr("report.standfirst.bare", lang=lang, count=len(bare)))
    return " ".join(said) or tr("report.standfirst.nothing", lang=lang)


def _unnamed(index: Index) -> str:
    """Say behind a comma how many of the distinct sources are unnamed; nothing where none is."""
    found, distinct = index.figures.unnamed, index.figures.distinct
    if found is None or distinct is None:
        return ""
    form = "one" if found.high == 1 and not found.is_open else "other"
    if (distinct.low, distinct.high) == (found.low, found.high):
        form = f"all.{form}"
    range_ = range_words(found, index.lang)
    return tr(f"report.standfirst.unnamed.{form}", lang=index.lang, range=range_)


def _answers(index: Index) -> Answers:
    lang = index.lang
    single = _in_state(index, v.SourcingState.SINGLE_ANONYMOUS)
    bare = _in_state(index, v.SourcingState.UNATTRIBUTED)
    shares = index.figures.by_sentence
    by_source = index.figures.by_source
    of_sources = ""
    if by_source.total:
        of_sources = tr(
            "report.answer.unnamed.detail",
            lang=lang,
            count=by_source.unnamed,
            total=by_source.total,
        )
    return Answers(
        "answers",
        (
            Answer(
                range_words(index.figures.distinct, lang),
                distinct_words(index.figures.distinct, lang),
                joined(reasons(index), " "),
            ),
            Answer(
                percent(shares.unnamed, shares.total, lang),
                tr("report.answer.unnamed", lang=lang),
                of_sources,
                "source.unnamed" if shares.unnamed else "",
            ),
            Answer(
                str(len(single)),
                tr("report.answer.single", lang=lang, count=len(single)),
                tone="warn" if single else "good",
                refs=tuple(index.content_ref(c) for c in single),
            ),
            Answer(
                str(len(bare)),
                tr("report.answer.bare", lang=lang, count=len(bare)),
                tone="warn" if bare else "good",
                refs=tuple(index.content_ref(c) for c in bare),
            ),
        ),
    )


def _shares(index: Index) -> Stacks:
    figures = index.figures
    rows = {
        "source": figures.by_source,
        "sentence": figures.by_sentence,
        "word": figures.by_word,
    }
    labelled = [
        (tr(f"report.shares.{key}", lang=index.lang), shares) for key, shares in rows.items()
    ]
    return stacks(labelled, index.lang)


def _lines(index: Index) -> list[Block]:
    """List hedges, declined comments and what the outlet could not verify, side by side."""
    found: list[Listing] = []
    for key, kind in (
        ("hedges", Hedge),
        ("declined", DeclinedComment),
        ("unverified", CouldNotVerify),
    ):
        items = tuple(_line(index, mark) for mark in index.of_type(kind))
        if items:
            found.append(Listing(key, tr(f"report.{key}", lang=index.lang), items))
    return [Beside("lines", tuple(found))] if found else []


def _line(index: Index, mark: Mark) -> Item:
    claim = index.marks.get(getattr(mark, "claim_id", None) or "")
    source = index.sources.get(getattr(mark, "source_id", None) or "")
    refs = () if claim is None else (index.content_ref(claim),)
    refs += () if source is None else (index.ref(source),)
    place = index.place(mark.spans[0].start)
    return Item("", index.quoted(index.words(mark), _QUOTED), place, refs=refs)


#: Most characters of a line in which somebody said nothing: the whole of it stands in the text.
_QUOTED = 180


def _notes(index: Index) -> list[Block]:
    """List the notes; they exist in an internal report only."""
    notes = [n for n in index.records.notes if n.target_table in TABLES]
    if index.dossier.level is not Redaction.INTERNAL or not notes:
        return []
    items: list[Item] = []
    for note in notes:
        code = index.codes.get(note.target_id, "")
        items.append(Item(note.text, detail=code))
    return [Listing("notes", tr("report.notes", lang=index.lang), tuple(items))]

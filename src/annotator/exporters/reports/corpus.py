"""Corpus audit: the same measures over many articles, by outlet, author, section and month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.exporters.base import Shares
from annotator.exporters.report import (
    Answer,
    Answers,
    Bar,
    Bars,
    Block,
    Cell,
    Facts,
    Report,
    Row,
    Table,
)
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import foot
from annotator.exporters.reports.parts import add, columns, stacks
from annotator.exporters.words import (
    capital,
    date_words,
    day_words,
    joined,
    number,
    one_line,
    percent,
)
from annotator.i18n import term, tr
from annotator.model import vocabulary as v
from annotator.model.annotations import Mention
from annotator.model.article import DatePrecision, FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.exporters.base import Dossier
    from annotator.model.article import Article

#: Rows shown of a ranking.
_RANKED = 15
_GROUPS = ("outlet", "agency", "author", "section", "month")
_OPEN = (v.AnonymityReason.UNKNOWN, v.AnonymityReason.NOT_STATED)
_NOTHING = Shares()


@dataclass(slots=True)
class _Sum:
    """Hold the figures of some articles."""

    articles: int = 0
    by_source: Shares = _NOTHING
    by_sentence: Shares = _NOTHING
    by_word: Shares = _NOTHING
    claims: int = 0
    single: int = 0
    bare: int = 0
    quotes: int = 0

    def take(self, index: Index) -> None:
        """Add one article."""
        figures = index.figures
        states = [index.basis(c).state for c in index.claims]
        self.articles += 1
        self.by_source = add(self.by_source, figures.by_source)
        self.by_sentence = add(self.by_sentence, figures.by_sentence)
        self.by_word = add(self.by_word, figures.by_word)
        self.claims += len(states)
        self.single += states.count(v.SourcingState.SINGLE_ANONYMOUS)
        self.bare += states.count(v.SourcingState.UNATTRIBUTED)
        self.quotes += len(index.quotes)


@dataclass(slots=True)
class _Corpus:
    """Gather everything in one walk over the articles; no article stays in memory."""

    all: _Sum = field(default_factory=_Sum)
    groups: dict[str, dict[str, _Sum]] = field(
        default_factory=lambda: {name: {} for name in _GROUPS}
    )
    reasons: Counter[str] = field(default_factory=Counter[str])
    formulas: Counter[str] = field(default_factory=Counter[str])
    quoted: Counter[str] = field(default_factory=Counter[str])
    mentioned: Counter[str] = field(default_factory=Counter[str])
    single: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    articles: list[tuple[Article, _Sum, str]] = field(
        default_factory=list["tuple[Article, _Sum, str]"]
    )
    _spellings: dict[str, str] = field(default_factory=dict[str, str])
    reviewed: int = 0
    marks: int = 0
    accepted: int = 0

    def take(self, index: Index) -> None:
        """Add one article."""
        self.all.take(index)
        for name in _GROUPS:
            for value in _values(index.article, name):
                self.groups[name].setdefault(value, _Sum()).take(index)
        own = _Sum()
        own.take(index)
        distinct = index.figures.distinct
        spread = "–" if distinct is None else f"{distinct.low}–{distinct.high}"
        if distinct is not None and distinct.low == distinct.high:
            spread = str(distinct.low)
        self.articles.append((index.article, own, spread))
        self._take_sources(index)
        self._take_actors(index)
        for claim in index.claims:
            if index.basis(claim).state is v.SourcingState.SINGLE_ANONYMOUS:
                self.single.append((index.quoted(index.words(claim), 160), index.article.headline))
        self.reviewed += index.article.reviewed
        self.marks += len(index.records.marks)
        self.accepted += sum("@" in mark.stamp.origin for mark in index.records.marks)

    def _take_sources(self, index: Index) -> None:
        for source in index.records.sources:
            if not source.identification.is_anonymous:
                continue
            reason = source.anonymity_reason
            shown = v.AnonymityReason.NOT_STATED if reason in _OPEN else reason
            self.reasons[term(shown, lang=index.lang)] += 1
            mentions = index.mentions.get(source.id)
            if mentions and not index.depth(source):
                words = one_line(index.words(mentions[0]))
                self.formulas[self._spellings.setdefault(words.casefold(), words)] += 1

    def _take_actors(self, index: Index) -> None:
        contents = (*index.quotes, *index.claims)
        speaking = {s.actor_id for c in contents for s in index.behind(c)} - {None}
        for actor_id in speaking:
            self.quoted[str(actor_id)] += 1
        for mention in index.of_type(Mention):
            if mention.actor_id is not None:
                self.mentioned[mention.actor_id] += 1


def _values(article: Article, name: str) -> Sequence[str]:
    """Return what an article counts under; an author counts once an article."""
    if name == "author":
        return tuple(dict.fromkeys(article.authors)) or ("",)
    if name == "month":
        date = article.published
        return (date.value[:7] if date and date.precision is not DatePrecision.YEAR else "",)
    return (getattr(article, name),)


def build(dossier: Dossier) -> Report:
    """Build the audit of all articles of the dossier."""
    corpus = _Corpus()
    for records in dossier.articles:
        corpus.take(Index(dossier, records))
    lang = dossier.lang
    names = {actor.id: actor.name for actor in dossier.actors}
    everything = corpus.all
    blocks: list[Block] = [_answers(everything, lang)]
    if everything.by_source.total:
        rows = (("source", everything.by_source), ("sentence", everything.by_sentence))
        rows += (("word", everything.by_word),)
        labelled = [(tr(f"report.shares.{key}", lang=lang), shares) for key, shares in rows]
        blocks.append(stacks(labelled, lang, "corpus_shares"))
    blocks += [table for name in _GROUPS for table in _group(corpus, name, lang)]
    blocks += [
        _ranking("reasons", corpus.reasons, lang),
        _ranking("formulas", corpus.formulas, lang, quoted=True),
        _voices(corpus, names, lang),
        _single(corpus, lang),
        _articles(corpus, lang),
        _method(dossier, corpus),
    ]
    count = tr("report.articles", lang=lang, count=everything.articles)
    share = percent(everything.by_sentence.unnamed, everything.by_sentence.total, lang)
    dates = sorted(a.published.value[:10] for a, _, _ in corpus.articles if a.published)
    period = joined(dict.fromkeys(day_words(d, lang) for d in dates[:1] + dates[-1:]), " – ")
    return Report(
        kind="corpus",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.corpus", lang=lang),
        headline=dossier.project_name or count,
        byline=tuple(w for w in (count if dossier.project_name else "", period) if w),
        standfirst=tr(
            "report.standfirst.corpus",
            lang=lang,
            count=everything.single,
            claims=everything.claims,
            share=share,
        ),
        blocks=tuple(blocks),
        foot=foot(dossier),
    )


def _answers(sums: _Sum, lang: str) -> Answers:
    return Answers(
        "answers",
        (
            Answer(number(sums.articles, lang), tr("report.answer.articles", lang=lang)),
            Answer(
                percent(sums.by_sentence.unnamed, sums.by_sentence.total, lang),
                tr("report.answer.unnamed", lang=lang),
                tone="source.unnamed" if sums.by_sentence.unnamed else "",
            ),
            Answer(
                number(sums.single, lang),
                tr("report.answer.single", lang=lang, count=sums.single),
                tone="warn" if sums.single else "good",
            ),
            Answer(
                number(sums.bare, lang),
                tr("report.answer.bare", lang=lang, count=sums.bare),
                tone="warn" if sums.bare else "good",
            ),
        ),
    )


def _group(corpus: _Corpus, name: str, lang: str) -> list[Table]:
    """Show one grouping, if it groups anything."""
    groups = corpus.groups[name]
    if len(groups) < 2:
        return []
    rows = [
        Row(f"{name}-{n}", (Cell(_group_name(name, value, lang)), *_figures(sums, lang)))
        for n, (value, sums) in enumerate(_ordered(name, groups))
    ]
    return [
        Table(
            f"by-{name}",
            tr(f"report.by.{name}", lang=lang),
            columns(lang, (name, 3.0, "text"), *_FIGURE_COLUMNS),
            tuple(rows),
        )
    ]


_FIGURE_COLUMNS = (
    ("articles", 1.0, "number"),
    ("sources_n", 1.0, "number"),
    ("unnamed", 1.2, "number"),
    ("sentences", 1.2, "number"),
    ("claims_n", 1.0, "number"),
    ("single", 1.2, "number"),
    ("bare", 1.0, "number"),
)


def _figures(sums: _Sum, lang: str) -> tuple[Cell, ...]:
    return (
        Cell(number(sums.articles, lang)),
        Cell(number(sums.by_source.total, lang)),
        Cell(percent(sums.by_source.unnamed, sums.by_source.total, lang)),
        Cell(percent(sums.by_sentence.unnamed, sums.by_sentence.total, lang)),
        Cell(number(sums.claims, lang)),
        Cell(number(sums.single, lang)),
        Cell(number(sums.bare, lang)),
    )


def _ordered(name: str, groups: dict[str, _Sum]) -> list[tuple[str, _Sum]]:
    if name == "month":
        return sorted(groups.items())
    return sorted(groups.items(), key=lambda g: (-g[1].articles, g[0].casefold()))


def _group_name(name: str, value: str, lang: str) -> str:
    if not value:
        return tr("report.not_given", lang=lang)
    if name == "month":
        return capital(date_words(FuzzyDate(value, DatePrecision.MONTH), lang))
    return value


def _ranking(key: str, counts: Counter[str], lang: str, *, quoted: bool = False) -> Bars:
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:_RANKED]
    rows = tuple(
        Bar(
            tr("report.quoted", lang=lang, words=words) if quoted else words,
            count,
            number(count, lang),
            "source.unnamed",
        )
        for words, count in ranked
    )
    intro = tr(f"report.{key}.intro", lang=lang)
    return Bars(key, tr(f"report.{key}", lang=lang), rows, intro, tr("report.none", lang=lang))


def _voices(corpus: _Corpus, names: dict[str, str], lang: str) -> Table:
    """Show who speaks and who is only spoken of."""
    ids = sorted(
        (i for i in corpus.mentioned.keys() | corpus.quoted.keys() if i in names),
        key=lambda i: (-corpus.quoted[i], -corpus.mentioned[i], names[i].casefold()),
    )
    rows = tuple(
        Row(
            f"actor-{i}",
            (
                Cell(names[i]),
                Cell(number(corpus.quoted[i], lang)),
                Cell(number(corpus.mentioned[i], lang)),
            ),
        )
        for i in ids[: 2 * _RANKED]
    )
    return Table(
        "voices",
        tr("report.voices", lang=lang),
        columns(
            lang, ("actor", 3.0, "text"), ("quoted_in", 1.2, "number"), ("mentions", 1.2, "number")
        ),
        rows,
        empty=tr("report.actors.empty", lang=lang),
    )


def _single(corpus: _Corpus, lang: str) -> Table:
    rows = tuple(
        Row(f"single-{n}", (Cell(words), Cell(headline)))
        for n, (words, headline) in enumerate(corpus.single)
    )
    return Table(
        "single",
        tr("report.single", lang=lang),
        columns(lang, ("claim", 3.0, "quote"), ("article", 2.0, "text")),
        rows,
        empty=tr("report.none", lang=lang),
    )


def _articles(corpus: _Corpus, lang: str) -> Table:
    ordered = sorted(
        corpus.articles,
        key=lambda row: (row[0].published.value if row[0].published else "", row[0].id),
        reverse=True,
    )
    rows = tuple(
        Row(
            f"article-{article.id}",
            (
                Cell(
                    article.headline or tr("report.untitled", lang=lang),
                    joined((article.outlet, date_words(article.published, lang))),
                ),
                Cell(spread),
                *_figures(sums, lang)[1:],
            ),
        )
        for article, sums, spread in ordered
    )
    return Table(
        "articles",
        tr("report.all_articles", lang=lang),
        columns(lang, ("article", 4.0, "text"), ("distinct", 1.0, "number"), *_FIGURE_COLUMNS[1:]),
        rows,
    )


def _method(dossier: Dossier, corpus: _Corpus) -> Facts:
    lang = dossier.lang
    pairs = (
        ("program", f"Annotator {dossier.version}".strip()),
        ("made_on", day_words(dossier.made_on, lang)),
        ("level", tr(f"report.level.{dossier.level.value}", lang=lang)),
        ("reviewed_articles", f"{corpus.reviewed} / {corpus.all.articles}"),
        ("marks", number(corpus.marks, lang)),
        ("accepted_marks", number(corpus.accepted, lang)),
    )
    keys = ("distinct", "states", "shares", "authors", "computed")
    return Facts(
        "method",
        tr("report.method", lang=lang),
        tuple((tr(f"report.fact.{key}", lang=lang), value) for key, value in pairs if value),
        tuple(tr(f"report.method.{key}", lang=lang) for key in keys),
    )

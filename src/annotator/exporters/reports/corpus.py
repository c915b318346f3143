"""Corpus audit: the same measures over many articles, by outlet, author, section and month."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from annotator.exporters.report import (
    Answer,
    Answers,
    Bar,
    Bars,
    Block,
    Cell,
    Item,
    Listing,
    Report,
    Row,
    Table,
)
from annotator.exporters.reports.gathered import GROUPS, Corpus, Sums
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import Readings, foot, short_digest
from annotator.exporters.reports.parts import columns, stacks
from annotator.exporters.words import (
    capital,
    date_words,
    day_words,
    joined,
    number,
    percent,
    quoted,
)
from annotator.i18n import tr
from annotator.model.article import DatePrecision, FuzzyDate
from annotator.text.names import fold

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier, Shares

#: Rows shown of a ranking.
_RANKED = 15
_KEYS = ("distinct", "states", "shares", "authors")


def build(dossier: Dossier) -> Report:
    """Build the audit of all articles of the dossier."""
    corpus = Corpus()
    readings = Readings(dossier)
    for records in dossier.articles:
        index = Index(dossier, records)
        corpus.take(index)
        readings.take(index)
    lang = dossier.lang
    names = {actor.id: actor.name for actor in dossier.actors}
    everything = corpus.all
    blocks: list[Block] = [_answers(everything, lang)]
    if everything.by_source.total:
        rows = (("source", everything.by_source), ("sentence", everything.by_sentence))
        rows += (("word", everything.by_word),)
        labelled = [(tr(f"report.shares.{key}", lang=lang), shares) for key, shares in rows]
        blocks.append(stacks(labelled, lang, "corpus_shares"))
    blocks += [table for name in GROUPS for table in _group(corpus, name, lang)]
    blocks += [
        _ranking("reasons", corpus.reasons, lang),
        _formulas(corpus.formulas, lang),
        _only_unnamed(corpus, lang),
        _voices(corpus, names, lang),
        _single(corpus, lang),
        *_rules(corpus, lang),
        _articles(corpus, lang),
        *readings.blocks(_KEYS, pairs=_coverage(corpus, lang), with_texts=False),
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


def _answers(sums: Sums, lang: str) -> Answers:
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


def _group(corpus: Corpus, name: str, lang: str) -> list[Table]:
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


def _figures(sums: Sums, lang: str) -> tuple[Cell, ...]:
    return (
        Cell(number(sums.articles, lang)),
        Cell(number(sums.by_source.total, lang)),
        _share(sums.by_source, lang),
        _share(sums.by_sentence, lang),
        Cell(number(sums.claims, lang)),
        Cell(number(sums.single, lang)),
        Cell(number(sums.bare, lang)),
    )


def _share(shares: Shares, lang: str) -> Cell:
    """Show the share of the unnamed."""
    exact = shares.unnamed / shares.total if shares.total else None
    return Cell(percent(shares.unnamed, shares.total, lang), value=exact)


def _ordered(name: str, groups: dict[str, Sums]) -> list[tuple[str, Sums]]:
    if name == "month":
        return sorted(groups.items())
    return sorted(groups.items(), key=lambda g: (-g[1].articles, g[0].casefold()))


def _group_name(name: str, value: str, lang: str) -> str:
    if not value:
        return tr("report.not_given", lang=lang)
    if name == "month":
        return capital(date_words(FuzzyDate(value, DatePrecision.MONTH), lang))
    return value


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda c: (-c[1], c[0].casefold()))


def _ranking(key: str, counts: Counter[str], lang: str) -> Bars:
    rows = tuple(
        Bar(words, count, number(count, lang), "source.unnamed")
        for words, count in _ranked(counts)[:_RANKED]
    )
    intro = tr(f"report.{key}.intro", lang=lang)
    return Bars(key, tr(f"report.{key}", lang=lang), rows, intro, tr("report.none", lang=lang))


def _formulas(counts: Counter[str], lang: str) -> Block:
    """Rank how the unnamed are described; where no words come twice there is nothing to rank."""
    shown = Counter({quoted(words, lang): count for words, count in counts.items()})
    if max(shown.values(), default=0) > 1:
        return _ranking("formulas", shown, lang)
    words = joined(word for word, _ in _ranked(shown)[: 2 * _RANKED])
    once = tr("report.formulas.once", lang=lang)
    items = (Item("", words, once),) if words else ()
    title, empty = tr("report.formulas", lang=lang), tr("report.none", lang=lang)
    return Listing("formulas", title, items, empty=empty)


def _only_unnamed(corpus: Corpus, lang: str) -> Bars:
    """Rank the houses of which nobody ever speaks with a name."""
    hidden = {
        house: count
        for house, count in corpus.unnamed_houses.items()
        if fold(house) not in corpus.named_houses
    }
    return _ranking("only_unnamed", Counter(hidden), lang)


def _rules(corpus: Corpus, lang: str) -> list[Block]:
    """Count what the house rules found, if any were applied."""
    if not corpus.pack:
        return []
    order = ("blocking", "warning", "advice")

    def gravest(entry: tuple[tuple[str, str], Counter[str]]) -> tuple[int, int, str]:
        (severity, wording), found = entry
        return order.index(severity), -found.total(), wording

    rows = tuple(
        Row(
            f"rule-{n}",
            (
                Cell(wording),
                Cell(tr(f"rules.severity.{severity}", lang=lang)),
                Cell(number(found.total(), lang)),
                Cell(number(len(found), lang)),
            ),
        )
        for n, ((severity, wording), found) in enumerate(sorted(corpus.rules.items(), key=gravest))
    )
    return [
        Table(
            "rules",
            joined((tr("report.findings", lang=lang), corpus.pack)),
            columns(
                lang,
                ("rule", 6.0, "text"),
                ("severity", 1.4, "text"),
                ("findings_n", 1.2, "number"),
                ("articles", 1.0, "number"),
            ),
            rows,
            empty=tr("report.findings.empty", lang=lang),
        )
    ]


def _coverage(corpus: Corpus, lang: str) -> tuple[tuple[str, str], ...]:
    """Say how much was marked, and how much of it came from proposals."""
    return (
        ("marks", number(corpus.marks, lang)),
        ("accepted_marks", number(corpus.accepted, lang)),
    )


def _voices(corpus: Corpus, names: dict[str, str], lang: str) -> Table:
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


def _single(corpus: Corpus, lang: str) -> Table:
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


def _articles(corpus: Corpus, lang: str) -> Table:
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
                    joined(
                        (
                            article.outlet,
                            date_words(article.published, lang),
                            short_digest(article.text_digest),
                        )
                    ),
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
        columns(lang, ("article", 5.5, "text"), ("distinct", 1.3, "number"), *_FIGURE_COLUMNS[1:]),
        rows,
    )

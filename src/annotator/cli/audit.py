"""``audit PROJECT``: count the sources, apply house rules, and say whether anything blocks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.codes import Exit
from annotator.cli.kit import command, json_option, language_option, option, project_argument
from annotator.cli.output import data, phrase, say
from annotator.cli.projects import find_article, reading
from annotator.i18n import language, set_language, tr

if TYPE_CHECKING:
    from annotator.exporters.base import Finding
    from annotator.exporters.reports.index import Index

_BLOCKING = "blocking"


def build() -> click.Command:
    """Make the command."""
    from annotator.analysis.rules import pack_ids

    return command(
        "audit",
        _run,
        project_argument(),
        option("--article", "articles", key="article", multiple=True),
        option("--pack", key="pack", type=click.Choice(list(pack_ids())), default="own"),
        language_option("audit_lang"),
        json_option(),
    )


def _run(
    project: str, articles: tuple[str, ...], pack: str, lang: str | None, *, as_json: bool
) -> int:
    from annotator.app.handing_out import collect
    from annotator.exporters.reports.index import Index

    if lang:
        set_language(lang)
    found: list[dict[str, Any]] = []
    with reading(project) as opened:
        ids = [find_article(opened, words).id for words in articles] or None
        dossier = collect(opened, ids, lang=language(), pack=pack)
        title = pack
        for records in dossier.articles:
            index = Index(dossier, records)
            title = index.figures.rule_pack or title
            found.append(_article(index))
            if not as_json:
                _print(index)
    blocking = sum(article[_BLOCKING] for article in found)
    if as_json:
        data({"pack": pack, "title": title, _BLOCKING: blocking, "articles": found})
    else:
        say(phrase("audit.title", pack=title, count=len(found)))
        say(phrase("audit.blocking", count=blocking) if blocking else phrase("audit.clear"))
    return Exit.BLOCKED if blocking else Exit.DONE


def _blocks(finding: Finding) -> bool:
    return finding.severity == _BLOCKING and not finding.accepted


def _article(index: Index) -> dict[str, Any]:
    figures = index.figures
    states = [index.basis(claim).state.value for claim in index.claims]
    distinct = figures.distinct
    return {
        "id": index.article.id,
        "headline": index.article.headline,
        "distinct_sources": None if distinct is None else [distinct.low, distinct.high],
        "distinct_is_open": distinct is not None and distinct.is_open,
        "shares": {
            "by_source": asdict(figures.by_source),
            "by_sentence": asdict(figures.by_sentence),
            "by_word": asdict(figures.by_word),
        },
        "claims": {state: states.count(state) for state in dict.fromkeys(states)},
        _BLOCKING: sum(map(_blocks, figures.findings)),
        "findings": [_finding(index, finding) for finding in figures.findings],
    }


def _finding(index: Index, finding: Finding) -> dict[str, Any]:
    has_words = 0 <= finding.start < finding.end
    return asdict(finding) | {
        "words": index.text[finding.start : finding.end] if has_words else "",
        "paragraph": index.paragraph_of(finding.start) if has_words else 0,
    }


def _print(index: Index) -> None:
    from annotator.exporters.words import percent, range_words

    figures = index.figures
    states = [index.basis(claim).state.value for claim in index.claims]
    by_sentence = figures.by_sentence
    say(index.article.headline or index.article.id)
    say(
        phrase(
            "audit.sources",
            range=range_words(figures.distinct, index.lang),
            share=percent(by_sentence.unnamed, by_sentence.total, index.lang),
            single=states.count("single_anonymous"),
            claims=len(states),
            bare=states.count("unattributed"),
        )
    )
    for finding in figures.findings:
        severity = tr(f"rules.severity.{finding.severity}")
        row = _finding(index, finding)
        place = f" (¶ {row['paragraph']})" if row["paragraph"] else ""
        say(f"  [{severity}] {finding.title}{place}")
        if row["words"]:
            say(f"      {index.quoted(row['words'], 160)}")
        accepted = phrase("audit.accepted", reason=finding.accepted) if finding.accepted else ""
        say(f"      {accepted or finding.question}")
    if not figures.findings:
        say(f"  {phrase('audit.none')}")
    say()

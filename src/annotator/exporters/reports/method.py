"""The method sheet under every report: who, when, on what, and how things were counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.base import Redaction
from annotator.exporters.report import Facts
from annotator.exporters.words import date_words, day_words, joined, number
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.reports.index import Index
    from annotator.model.article import Article

_DIGEST_SHOWN = 16


def language_name(code: str, lang: str) -> str:
    """Return a language's name in a language; nothing where it is not known."""
    if code in ("", "und"):
        return ""
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(code, sep="-").get_display_name(lang)
    except (UnknownLocaleError, ValueError):
        return code
    return found or code


def byline(article: Article, lang: str) -> tuple[str, ...]:
    """Return the article's details for the line under the headline."""
    agency = article.agency if article.agency != article.outlet else ""
    details = (
        article.outlet,
        agency,
        ", ".join(article.authors),
        tr("report.translated", lang=lang, name=article.translator) if article.translator else "",
        article.dateline,
        date_words(article.published, lang),
        article.section,
    )
    return tuple(detail for detail in details if detail)


def foot(dossier: Dossier) -> str:
    """Return the line under every page."""
    level = tr(f"report.level.{dossier.level.value}", lang=dossier.lang)
    program = f"Annotator {dossier.version}".strip()
    return joined((program, level, day_words(dossier.made_on, dossier.lang)))


def method_sheet(index: Index) -> Facts:
    """Say how the report of one article came about."""
    dossier, article, lang = index.dossier, index.article, index.lang
    coder = dossier.coder
    if dossier.level is not Redaction.INTERNAL:
        coder = tr("report.withheld", lang=lang)
    masked = sum(len(span) for span in article.mask)
    pack = index.figures.rule_pack
    pairs = (
        ("program", f"Annotator {dossier.version}".strip()),
        ("made_on", day_words(dossier.made_on, lang)),
        ("level", tr(f"report.level.{dossier.level.value}", lang=lang)),
        ("coder", coder or tr("report.not_given", lang=lang)),
        ("language", language_name(article.language, lang)),
        ("length", tr("report.words", lang=lang, count=article.word_count)),
        ("updated", date_words(article.updated, lang)),
        ("url", article.url),
        ("digest", f"SHA-256 {index.records.text.digest[:_DIGEST_SHOWN]}…"),
        ("reviewed", tr(f"report.reviewed.{'yes' if article.reviewed else 'no'}", lang=lang)),
        ("rules", pack),
    )
    labelled = tuple((tr(f"report.fact.{key}", lang=lang), value) for key, value in pairs if value)
    keys = ["distinct", "states", "shares", "comentions", "computed"]
    if masked:
        keys.append("mask")
    if dossier.level is not Redaction.INTERNAL:
        keys.append(dossier.level.value)
    sentences = tuple(
        tr(f"report.method.{key}", lang=lang, characters=number(masked, lang)) for key in keys
    )
    return Facts("method", tr("report.method", lang=lang), labelled, sentences)

"""The method sheet under every report: who, when, on what, and how things were counted."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from annotator.exporters.base import Redaction
from annotator.exporters.report import Cell, Facts, Row, Table
from annotator.exporters.reports.parts import columns
from annotator.exporters.words import date_words, day_words, joined, number
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Block
    from annotator.exporters.reports.index import Index
    from annotator.model.article import Article

_DIGEST_SHOWN = 16
_AUDIT_KEYS = ("distinct", "states", "shares")


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


def method_sheet(index: Index, keys: Sequence[str] = _AUDIT_KEYS) -> Facts:
    """Say how the report of one article came about.

    Args:
        index: the article.
        keys: the sentences on how things were counted (``report.method.<key>``).
    """
    dossier, article, lang = index.dossier, index.article, index.lang
    masked = sum(len(span) for span in article.mask)
    pairs = (
        *_made(dossier),
        ("language", language_name(article.language, lang)),
        ("length", tr("report.words", lang=lang, count=article.word_count)),
        ("updated", date_words(article.updated, lang)),
        ("url", article.url),
        ("digest", f"SHA-256 {short_digest(index.records.text.digest)}"),
        ("reviewed", tr(f"report.reviewed.{'yes' if article.reviewed else 'no'}", lang=lang)),
        ("rules", index.figures.rule_pack),
    )
    return _sheet(dossier, pairs, keys, masked)


def _made(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Say with what, when, for whom and by whom a report was made."""
    lang = dossier.lang
    coder = dossier.coder
    if dossier.level is not Redaction.INTERNAL:
        coder = tr("report.withheld", lang=lang)
    return (
        ("program", f"Annotator {dossier.version}".strip()),
        ("made_on", day_words(dossier.made_on, lang)),
        ("level", tr(f"report.level.{dossier.level.value}", lang=lang)),
        ("coder", coder or tr("report.not_given", lang=lang)),
    )


def _sheet(
    dossier: Dossier, pairs: Sequence[tuple[str, str]], keys: Sequence[str], masked: int
) -> Facts:
    lang = dossier.lang
    shown = [*keys, "computed"]
    if masked:
        shown.append("mask")
    if dossier.left_out:
        shown.append("stories")
    if dossier.level is not Redaction.INTERNAL:
        shown.append(dossier.level.value)
    return Facts(
        "method",
        tr("report.method", lang=lang),
        tuple((tr(f"report.fact.{key}", lang=lang), value) for key, value in pairs if value),
        tuple(
            tr(
                f"report.method.{key}",
                lang=lang,
                characters=number(masked, lang),
                left_out=number(dossier.left_out, lang),
            )
            for key in shown
        ),
    )


class Readings:
    """Note what a method sheet says of each article while a report walks over several.

    Only a few words of each are kept: a corpus has thousands.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._rows: list[Row] = []
        self._digests: list[str] = []
        self._languages: dict[str, None] = {}
        self._rules = ""
        self._words = self._masked = self._reviewed = 0

    def take(self, index: Index) -> None:
        """Note one article."""
        article, lang = index.article, index.lang
        digest = index.records.text.digest
        self._digests.append(digest)
        self._languages.setdefault(language_name(article.language, lang))
        self._rules = self._rules or index.figures.rule_pack
        self._words += article.word_count
        self._masked += sum(len(span) for span in article.mask)
        self._reviewed += article.reviewed
        cells = (
            Cell(
                article.headline or tr("report.untitled", lang=lang),
                joined((article.outlet, date_words(article.published, lang))),
            ),
            Cell(number(article.word_count, lang)),
            Cell(tr(f"report.reviewed.{'yes' if article.reviewed else 'no'}", lang=lang)),
            Cell(short_digest(digest)),
        )
        self._rows.append(Row(f"read-{article.id}", cells))

    def blocks(
        self,
        keys: Sequence[str],
        *,
        pairs: Sequence[tuple[str, str]] = (),
        with_texts: bool = True,
    ) -> list[Block]:
        """Return the method sheet, and the list of the texts that were read.

        Args:
            keys: the sentences on how things were counted.
            pairs: what else there is to tell (``report.fact.<key>`` and its value).
            with_texts: list the texts, unless the report has its own list of articles.
        """
        lang = self._dossier.lang
        whole = hashlib.sha256("\n".join(sorted(self._digests)).encode()).hexdigest()
        facts = (
            *_made(self._dossier),
            ("articles", number(len(self._rows), lang)),
            ("language", ", ".join(sorted(filter(None, self._languages)))),
            ("length", tr("report.words_in_all", lang=lang, number=number(self._words, lang))),
            ("reviewed_articles", f"{self._reviewed} / {len(self._rows)}"),
            ("digest_all", f"SHA-256 {short_digest(whole)}"),
            ("rules", self._rules),
            *pairs,
        )
        sheet = _sheet(self._dossier, facts, (*keys, "digests"), self._masked)
        return [*([self._texts()] if with_texts else []), sheet]

    def _texts(self) -> Table:
        lang = self._dossier.lang
        return Table(
            "texts",
            tr("report.texts", lang=lang),
            columns(
                lang,
                ("article", 5.0, "text"),
                ("words", 0.8, "number"),
                ("reviewed", 2.0, "text"),
                ("digest", 2.2, "text"),
            ),
            tuple(self._rows),
        )


def short_digest(digest: str) -> str:
    """Return so much of a digest that nobody takes one text for another."""
    return f"{digest[:_DIGEST_SHOWN]}…"

"""Fact-check worksheet: one row a claim, with what a checker fills in.

The sheet comes back (``exporters.worksheet``): the id of a claim is what a row is found by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Block, Cell, Heading, Report, Row, Table
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.marked import tone_of
from annotator.exporters.reports.method import Readings, byline, foot, method_sheet
from annotator.exporters.reports.parts import columns
from annotator.exporters.words import joined
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Claim

_KEYS = ("states", "worksheet")


def build(dossier: Dossier) -> Report:
    """Build the worksheet of all claims of the dossier, article by article."""
    lang = dossier.lang
    is_one = len(dossier.articles) == 1
    blocks: list[Block] = []
    readings = Readings(dossier)
    count = 0
    for records in dossier.articles:
        index = Index(dossier, records)
        readings.take(index)
        count += len(index.claims)
        if is_one or index.claims:
            blocks += _part(index, is_one=is_one)
    if not is_one:
        blocks += readings.blocks(_KEYS)
    first = dossier.articles[0].article
    several = tr("report.articles", lang=lang, count=len(dossier.articles))
    return Report(
        kind="worksheet",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.worksheet", lang=lang),
        headline=(first.headline or tr("report.untitled", lang=lang)) if is_one else several,
        byline=byline(first, lang) if is_one else (),
        standfirst=tr("report.standfirst.worksheet", lang=lang, count=count),
        blocks=tuple(blocks),
        foot=foot(dossier),
        text_lang=first.language if is_one else "und",
        is_wide=True,
    )


def _part(index: Index, *, is_one: bool) -> list[Block]:
    """Return the claims of one article; where there are several, under its headline."""
    lang, article = index.lang, index.article
    table = Table(
        "worksheet" if is_one else f"worksheet-{article.id}",
        tr("report.claims", lang=lang) if is_one else "",
        columns(
            lang,
            ("code", 0.6, "code"),
            ("claim", 4.6, "quote"),
            ("state", 2.4, "text"),
            ("status", 1.6, "text"),
            ("verdict", 1.4, "text"),
            ("evidence", 3.2, "text"),
            ("note", 2.6, "text"),
        ),
        tuple(_row(index, claim) for claim in index.claims),
        empty=tr("report.claims.empty", lang=lang),
    )
    if is_one:
        return [table, method_sheet(index, _KEYS)]
    title = article.headline or tr("report.untitled", lang=lang)
    return [Heading(f"article-{article.id}", title, joined(byline(article, lang))), table]


def _row(index: Index, claim: Claim) -> Row:
    lang = index.lang
    basis = index.basis(claim)
    place = index.place(claim.spans[0].start)
    notes = [n.text for n in index.records.notes if n.target_id == claim.id]
    evidence = [
        joined((e.link, e.page, e.time, e.method, e.checker, e.date, e.note))
        for e in claim.evidence
    ]
    cells = (
        Cell(index.codes[claim.id], tone="claim"),
        Cell(
            index.quoted(index.words(claim)),
            joined((place, index.said(claim.kind), index.said(claim.seriousness))),
        ),
        Cell(
            term(basis.state, lang=lang),
            joined(index.names(index.behind(claim)), ", "),
            tone_of(basis.state),
        ),
        Cell(term(claim.status, lang=lang)),
        Cell(index.said(claim.verdict)),
        Cell(joined(evidence, "; ")),
        Cell(joined((*notes, claim.correction), "; ")),
    )
    return Row(f"claim-{claim.id}", cells)

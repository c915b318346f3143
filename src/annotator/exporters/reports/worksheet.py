"""Fact-check worksheet: one row a claim, with what a checker fills in.

The sheet comes back (``exporters.worksheet``): the id of a claim is what a row is found by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Cell, Report, Row, Table
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.marked import tone_of
from annotator.exporters.reports.method import byline, foot, method_sheet
from annotator.exporters.reports.parts import columns
from annotator.exporters.words import joined
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Claim


def build(dossier: Dossier) -> Report:
    """Build the worksheet of all claims of the dossier."""
    lang = dossier.lang
    rows: list[Row] = []
    is_one = len(dossier.articles) == 1
    for records in dossier.articles:
        index = Index(dossier, records)
        rows += [_row(index, claim, with_article=not is_one) for claim in index.claims]
    first = dossier.articles[0].article
    several = tr("report.articles", lang=lang, count=len(dossier.articles))
    table = Table(
        "worksheet",
        tr("report.claims", lang=lang),
        columns(
            lang,
            ("code", 0.85, "code"),
            ("claim", 4.0, "quote"),
            ("state", 2.0, "text"),
            ("status", 1.6, "text"),
            ("verdict", 1.2, "text"),
            ("evidence", 2.6, "text"),
            ("note", 2.0, "text"),
        ),
        tuple(rows),
        empty=tr("report.claims.empty", lang=lang),
    )
    return Report(
        kind="worksheet",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.worksheet", lang=lang),
        headline=(first.headline or tr("report.untitled", lang=lang)) if is_one else several,
        byline=byline(first, lang) if is_one else (),
        standfirst=tr("report.standfirst.worksheet", lang=lang, count=len(rows)),
        blocks=(table, method_sheet(Index(dossier, dossier.articles[0]))) if is_one else (table,),
        foot=foot(dossier),
        text_lang=first.language if is_one else "und",
    )


def _row(index: Index, claim: Claim, *, with_article: bool) -> Row:
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
            joined(
                (
                    index.article.headline if with_article else "",
                    place,
                    index.said(claim.kind),
                    index.said(claim.seriousness),
                )
            ),
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

"""A report as one CSV table: the rows that it is about, the same as in its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.flat import ENTRY, detail, entries, split, titles, words
from annotator.exporters.report import Heading, Table, build_report
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Cell, Report

#: Kinds of report that are lists, and the table that the others are about.
LISTS = ("memo", "quotes")
TABLES = {"corpus": "articles", "versions": "changes", "worksheet": "worksheet"}


def has_rows(kind: str) -> bool:
    """Say whether a kind of report is a table; the audit of an article is one of all marks."""
    return kind in LISTS or kind in TABLES


def rows(dossier: Dossier) -> Iterator[list[str]]:
    """Yield the headings and the rows."""
    report = build_report(dossier)
    yield from _lists(report) if report.kind in LISTS else _tables(report)


def _lists(report: Report) -> Iterator[list[str]]:
    names = ["speaker" if k == "part" and report.kind == "quotes" else k for k in ENTRY]
    yield [tr(f"report.column.{name}", lang=report.lang) for name in names]
    yield from map(list, entries(report.blocks))


def _tables(report: Report) -> Iterator[list[str]]:
    """Yield one table, or one for each article as one, its headline in front."""
    found: list[tuple[str, Table]] = []
    article = ""
    for block in report.blocks:
        if isinstance(block, Heading):
            article = block.title
        elif isinstance(block, Table) and block.id.partition("-")[0] == TABLES[report.kind]:
            found.append((article, block))
    if not found:
        return
    shown = sorted({column for _, table in found for column in split(table)})
    front = [tr("report.column.article", lang=report.lang)] if found[0][0] else []
    yield [*front, *titles(found[0][1], shown, report.lang)]
    for headline, table in found:
        for row in table.rows:
            cells = [_cell(row.cells[x], is_detail=is_detail) for x, is_detail in shown]
            yield [*([headline] if front else []), *cells]


def _cell(cell: Cell, *, is_detail: bool) -> str:
    """Return a cell's words; a rounded number exactly."""
    if is_detail:
        return detail(cell)
    return words(cell, " ") if cell.value is None else f"{cell.value:.6g}"

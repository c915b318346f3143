"""What became of each file of an import, as rows for a table, a CSV file and a second try."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.i18n import explain, tr
from annotator.importers.base import explain_warning

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.duplicates import Copy
    from annotator.app.workflows import ImportReport


class Became(StrEnum):
    """What became of an article or a file; the words are ``window.became.<value>``."""

    ADDED = "added"
    NEAR = "near"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Be one row: what became of it, the file, the article (if there is one), why, in a sentence.

    ``other_id`` is the article that it is like, or the same as.
    """

    became: Became
    file: str
    headline: str = ""
    why: str = ""
    article_id: str = ""
    other_id: str = ""


def result_rows(report: ImportReport, groups: Sequence[Sequence[Copy]] = ()) -> list[ResultRow]:
    """Return a row for everything that was read: refused files first, then doubtful ones."""
    like = _likes(groups)
    added: list[ResultRow] = []
    near: list[ResultRow] = []
    for article in report.added:
        twin = like.get(article.id)
        why = " ".join(explain_warning(one) for one in article.warnings)
        if twin is None:
            added.append(
                ResultRow(Became.ADDED, article.file_name, article.headline, why, article.id)
            )
            continue
        other, shared = twin
        percent = round(100 * shared)
        told = tr("window.import_near", headline=other.article.headline, percent=percent)
        near.append(
            ResultRow(
                Became.NEAR,
                article.file_name,
                article.headline,
                f"{told} {why}".strip(),
                article.id,
                other.article.id,
            )
        )
    refused = [
        ResultRow(Became.REFUSED, one.name, "", explain(one.error)) for one in report.refused
    ]
    same = [
        ResultRow(
            Became.DUPLICATE,
            one.name,
            one.headline,
            tr("window.import_same" if one.exact else "window.import_same_text"),
            one.article_id,
            one.article_id,
        )
        for one in report.duplicates
    ]
    return [*refused, *near, *same, *added]


def _likes(groups: Sequence[Sequence[Copy]]) -> dict[str, tuple[Copy, float]]:
    """Return for each article of a group the one it is like: the first, or the first's second."""
    found: dict[str, tuple[Copy, float]] = {}
    for first, *others in groups:
        for other in others:
            found[other.article.id] = (first, other.shared)
        if others:
            found[first.article.id] = (others[0], others[0].shared)
    return found


def paths_to_retry(report: ImportReport) -> list[Path]:
    """Return the files that were refused, whole or in part, each once."""
    return list(dict.fromkeys(one.path for one in report.refused if one.path is not None))


def results_csv(rows: Sequence[ResultRow]) -> bytes:
    """Return the rows as CSV: UTF-8 with a byte order mark, no cell can be taken for a formula."""
    # Not before: the list itself is shown without the modules of the reports.
    from annotator.exporters.csv_marks import safe

    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\r\n")
    columns = ("became", "file", "headline", "why")
    table.writerow([tr(f"window.result.{column}") for column in columns])
    for row in rows:
        cells = (tr(f"window.became.{row.became}"), row.file, row.headline, row.why)
        table.writerow([safe(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig", "replace")

"""The reports: one module a kind, each a function from a dossier to a ``Report``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Report

_HERE = "annotator.exporters.reports."

#: Module of each kind of report: a new one is one file and one line.
KINDS = {
    "audit": f"{_HERE}audit",
    "corpus": f"{_HERE}corpus",
    "worksheet": f"{_HERE}worksheet",
    "memo": f"{_HERE}memo",
    "quotes": f"{_HERE}quotes",
    "versions": f"{_HERE}versions",
}


def usual_kind(dossier: Dossier) -> str:
    """Return what is reported when nobody says: one article, or how several compare."""
    return "audit" if len(dossier.articles) == 1 else "corpus"


def build(dossier: Dossier) -> Report:
    """Build the report of the dossier's kind; see ``exporters.report.build_report``."""
    if not dossier.articles:
        raise UserError("report-no-article")
    kind = dossier.kind or usual_kind(dossier)
    if kind not in KINDS:
        raise UserError("report-unknown", kind=kind, known=", ".join(KINDS))
    report: Report = import_module(KINDS[kind]).build(dossier)
    return report

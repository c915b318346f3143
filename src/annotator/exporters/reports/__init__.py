"""The reports: one module a kind, each a function from a dossier to a ``Report``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Report

#: Module of each kind; the first is the usual one for one article, ``corpus`` for several.
KINDS = {
    "audit": "annotator.exporters.reports.audit",
}


def build(dossier: Dossier) -> Report:
    """Build the report of the dossier's kind; see ``exporters.report.build_report``."""
    if not dossier.articles:
        raise UserError("report-no-article")
    kind = dossier.kind or "audit"
    if kind not in KINDS:
        raise UserError("report-unknown", kind=kind, known=", ".join(KINDS))
    report: Report = import_module(KINDS[kind]).build(dossier)
    return report

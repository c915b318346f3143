"""The report as page images, for the window: it shows pages, never rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.redact import redact
from annotator.exporters.report import build_report
from annotator.exporters.typeset import images

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier, Redaction
    from annotator.exporters.report import Report


def pages(report: Report, *, dots_per_inch: float = 96.0) -> list[bytes]:
    """Return the report's A4 pages as PNG images."""
    return images(report, dots_per_inch=dots_per_inch)


def preview(dossier: Dossier, level: Redaction, *, dots_per_inch: float = 96.0) -> list[bytes]:
    """Return the pages that would leave the desk at a level (aliases change with each export).

    Raises:
        UserError: as ``build_report``.
    """
    return pages(build_report(redact(dossier, level)), dots_per_inch=dots_per_inch)

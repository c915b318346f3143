"""The report as a PDF: real typography, tagged, its text selectable, its fonts embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.report import build_report
from annotator.exporters.typeset import pdf

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier."""
    stream.write(pdf(build_report(dossier)))


EXPORTER = Format("pdf", ".pdf", "application/pdf", Scope.ARTICLE, write, losses=("report",))

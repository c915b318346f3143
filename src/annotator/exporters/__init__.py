"""Files out. One module a format over one dossier; redaction happens before formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters import csv_marks, docx, html, json_project, markdown, pdf, xlsx
from annotator.exporters.graph import GRAPH_FORMATS
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.exporters.base import Exporter

EXPORTERS: tuple[Exporter, ...] = (
    html.EXPORTER,
    pdf.EXPORTER,
    docx.EXPORTER,
    xlsx.EXPORTER,
    markdown.EXPORTER,
    csv_marks.EXPORTER,
    json_project.EXPORTER,
    *GRAPH_FORMATS,
)


def find(format_id: str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        UserError: ``export-format`` if there is none of that id.
    """
    for exporter in EXPORTERS:
        if exporter.id == format_id:
            return exporter
    known = ", ".join(exporter.id for exporter in EXPORTERS)
    raise UserError("export-format", format=format_id, known=known)

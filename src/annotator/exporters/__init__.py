"""Files out. One module a format over one dossier; redaction happens before formatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters import (
    brat,
    cas,
    citron,
    claimreview,
    conll,
    corpus,
    csv_marks,
    docx,
    html,
    json_project,
    markdown,
    pdf,
    refi_qda,
    w3c,
    xlsx,
)
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
    w3c.EXPORTER,
    brat.EXPORTER,
    cas.XMI,
    cas.JSON,
    refi_qda.PROJECT,
    refi_qda.CODEBOOK,
    citron.EXPORTER,
    conll.EXPORTER,
    claimreview.EXPORTER,
    corpus.EXPORTER,
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

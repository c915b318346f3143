"""Files out. One module a format over one dossier; redaction happens before formatting.

``EXPORTERS`` holds them all; it is built when somebody first asks for it, because a window that
shows no report has no need of two dozen formats.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.exporters.base import Exporter

    EXPORTERS: tuple[Exporter, ...]

#: Module and name of each format, in the order of menus: a new one is one file and one line.
FORMATS: dict[str, tuple[str, str]] = {
    "html": ("html", "EXPORTER"),
    "pdf": ("pdf", "EXPORTER"),
    "docx": ("docx", "EXPORTER"),
    "xlsx": ("xlsx", "EXPORTER"),
    "md": ("markdown", "EXPORTER"),
    "csv": ("csv_marks", "EXPORTER"),
    "json": ("json_project", "EXPORTER"),
    "w3c": ("w3c", "EXPORTER"),
    "brat": ("brat", "EXPORTER"),
    "cas-xmi": ("cas", "XMI"),
    "cas-json": ("cas", "JSON"),
    "refi-qda": ("refi_qda", "PROJECT"),
    "refi-qdc": ("refi_qda", "CODEBOOK"),
    "citron": ("citron", "EXPORTER"),
    "conll": ("conll", "EXPORTER"),
    "claimreview": ("claimreview", "EXPORTER"),
    "corpus": ("corpus", "EXPORTER"),
    "gexf": ("graph", "GRAPH_FORMATS"),
    "graphml": ("graph", "GRAPH_FORMATS"),
    "pajek": ("graph", "GRAPH_FORMATS"),
    "graph-csv": ("graph", "GRAPH_FORMATS"),
    "graph-json": ("graph", "GRAPH_FORMATS"),
}


@cache
def find(format_id: str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        UserError: ``export-format`` if there is none of that id.
    """
    if format_id not in FORMATS:
        raise UserError("export-format", format=format_id, known=", ".join(FORMATS))
    module, name = FORMATS[format_id]
    found: Any = getattr(import_module(f"annotator.exporters.{module}"), name)
    if isinstance(found, tuple):
        found = next(one for one in cast("tuple[Exporter, ...]", found) if one.id == format_id)
    return cast("Exporter", found)


def __getattr__(name: str) -> Any:
    """Build ``EXPORTERS`` on first use."""
    if name == "EXPORTERS":
        return tuple(find(format_id) for format_id in FORMATS)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)

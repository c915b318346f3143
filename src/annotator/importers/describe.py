"""What an importer saw, as plain data for ``annotator-cli text --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.importers.base import METADATA
from annotator.model.span import hull

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText


def describe(imported: ImportedText) -> dict[str, Any]:
    """Return one article as JSON-ready data.

    Shape: ``text``, ``mask`` (pairs of code point positions), ``metadata`` (for each known field
    ``value``, ``span`` or null, ``from``), ``warnings``, and where the file has pages ``pages``
    (pairs of a position and what the page calls itself).
    """
    values = {"headline": imported.headline, **imported.metadata}
    metadata: dict[str, Any] = {}
    for field in ("headline", *METADATA):
        if values.get(field):
            metadata[field] = _field(imported, field, values[field])
    if imported.language != "und":
        metadata["language"] = _field(imported, "language", imported.language)
    described: dict[str, Any] = {
        "text": imported.text,
        "mask": [[span.start, span.end] for span in imported.mask],
        "metadata": metadata,
        "warnings": list(imported.warnings),
        "charset": {"value": imported.charset, "from": imported.charset_origin},
        "media_type": imported.media_type,
        "name": imported.name,
    }
    if imported.joins:
        described["joins"] = list(imported.joins)
    if imported.pages:
        described["pages"] = [[at, label] for at, label in imported.pages]
    return described


def _field(imported: ImportedText, field: str, value: str) -> dict[str, Any]:
    origins = [o for o in imported.origins if o.field == field]
    spans = tuple(o.span for o in origins if o.span is not None)
    whole = hull(spans) if spans else None
    return {
        "value": value,
        "span": None if whole is None else [whole.start, whole.end],
        "from": origins[0].origin if origins else "file",
    }

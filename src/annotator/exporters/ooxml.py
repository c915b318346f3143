"""Office files without a trace of who made them, when, or with what.

Packages are written anew: document properties hold the title alone, there is no thumbnail, every
entry has the same time, so the same report always gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

_TIME = (1980, 1, 1, 0, 0, 0)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:language>{lang}</dc:language></cp:coreProperties>"
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_DROPPED = re.compile(r"docProps/(thumbnail|custom)|customXml/")
_REFERENCES = {
    "[Content_Types].xml": re.compile(
        rb"<(?:Override|Default)[^>]*(?:customXml|thumbnail|docProps/custom)[^>]*/>"
    ),
    "_rels/.rels": re.compile(rb"<Relationship [^>]*(?:thumbnail|custom-properties)[^>]*/>"),
    "word/_rels/document.xml.rels": re.compile(rb"<Relationship [^>]*customXml[^>]*/>"),
}


def scrubbed(package: bytes, *, title: str, lang: str) -> bytes:
    """Return the package without metadata of its making."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=_place):
            if _DROPPED.match(name):
                continue
            data = _part(name, old.read(name), title, lang)
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            new.writestr(entry, data)
    return stream.getvalue()


def _place(name: str) -> tuple[int, str]:
    """Keep the table of contents first, as readers of the format expect."""
    return (0 if name == "[Content_Types].xml" else 1, name)


def _part(name: str, data: bytes, title: str, lang: str) -> bytes:
    if name == "docProps/core.xml":
        return _CORE.format(title=escape(title), lang=lang).encode()
    if name == "docProps/app.xml":
        return _APP.encode()
    if name.startswith("xl/worksheets/"):
        # A height is a hint: a fixed one would hide what somebody fills in.
        data = data.replace(b' customHeight="1"', b"")
    pattern = _REFERENCES.get(name)
    return data if pattern is None else pattern.sub(b"", data)

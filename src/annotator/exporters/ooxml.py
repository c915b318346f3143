"""Office files without a trace of who made them, when, or with what.

Packages are written anew: document properties hold the title alone, there is no thumbnail, every
entry has the same time, so the same report always gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
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


#: The order that the standard (ECMA-376, part 1, section 17) asks of properties in Word documents.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "suppressAutoHyphens wordWrap bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents jc textDirection textAlignment outlineLvl cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "tcBorders": "top left start bottom right end",
}


def put_in_order(root: Any) -> None:
    """Bring the properties under an element of a Word document into the standard's order.

    Word takes a document for damaged where some of them stand elsewhere.
    """
    for name, known in _ORDER.items():
        ranks = {tag: rank for rank, tag in enumerate(known.split())}
        for element in root.iter(f"{{{_WORD}}}{name}"):
            if len(element) < _SEVERAL:
                continue
            children = list(element)
            places = [ranks.get(child.tag.rpartition("}")[2], len(ranks)) for child in children]
            if places != sorted(places):
                order = sorted(range(len(children)), key=places.__getitem__)
                element[:] = [children[n] for n in order]


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEVERAL = 2


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

"""What needs no sandbox: plain UTF-8 text, which is decoded and not parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import LIMIT_BYTES
from annotator.importers.kit.assemble import from_decoded
from annotator.importers.kit.charset import decode_plain

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

#: Anything that another importer might claim: markup, mail and feed headers, tables, JSON, RTF.
_TAG = re.compile(rb"<[a-zA-Z!?/]")
_HEADER = re.compile(rb"\s*[{\[]|---\s|From |[A-Za-z-]{2,30}: .*\r?\n[A-Za-z-]{2,30}: ")
#: One of them stands in the export of an archive: a look for a large D, so a cheap one.
_EXPORT = re.compile(rb"D(?:(?<=^HD)|(?<=Load-D)ate:|ocument |OCUMENTS?\b)", re.MULTILINE)
_ARCHIVE = re.compile(rb"^(?:HD|LP|TD|AN|SN|PD)(?: {1,6}\S|\r?\n)", re.MULTILINE)
#: "Document 1 of 20": several articles in one file; a Nexis export may end its only one in words.
_NUMBERED = re.compile(rb"1(?<!\w1) ?(?:of|de|sur|/) ?\d{1,5}\b")
#: Behind the cover page of an older export of LexisNexis.
_COUNTED = re.compile(rb"\d+ (?:of|de|von) \d+ DOCUMENTS?\b|Do[ck]ument \d+ (?:of|de|von) \d+\s")
_DOCUMENT = re.compile(rb"Document [A-Z]{3,}\w{12,}")
#: Labels of other archives; one of them begins so.
_DATABASE = re.compile(
    rb"^(?:Author(?:\(s\)|/Byline) ?:|Report Information from ProQuest|Article Name ?:)",
    re.MULTILINE,
)
#: What stands in the number of a document of Europresse.
_NUMBER = "news·".encode()
_HEAD = 4_096
_QUICK_SUFFIXES = (".txt", ".text")
_QUICK_LIMIT = min(2 * 1024 * 1024, LIMIT_BYTES)


def _is_claimed(head: bytes) -> bool:
    first = head[: head.find(b"\n")] if b"\n" in head else head
    if len(first) < 400 and (b"\t" in first or first.count(b";") > 2 or first.count(b",") > 5):
        # It may be the header of a table.
        return True
    if _HEADER.match(head) is not None or _NUMBERED.search(head[:200]) is not None:
        return True
    if _EXPORT.search(head) is not None and _is_export(head):
        return True
    if (b"Author" in head or b"ProQuest" in head) and _DATABASE.search(head) is not None:
        return True
    return b"<" in head and _TAG.search(head) is not None


def _is_export(head: bytes) -> bool:
    return (
        b"Load-Date:" in head
        or (b"HD" in head and _ARCHIVE.search(head) is not None)
        or _DOCUMENT.search(head) is not None
        or _COUNTED.search(head) is not None
    )


def read_plain(
    data: bytes, name: str, *, charset: str | None, as_format: str | None
) -> ImportedText | None:
    """Read bytes that are surely plain UTF-8 text in this process; ``None``: a worker reads them.

    Raises:
        UserError: ``import-empty`` if there is nothing but white space.
    """
    if charset is not None or as_format not in (None, "text") or len(data) > _QUICK_LIMIT:
        return None
    if not name.lower().endswith(_QUICK_SUFFIXES) and as_format != "text":
        return None
    if as_format is None and (_is_claimed(data[:_HEAD]) or _NUMBER in data):
        return None
    decoded = decode_plain(data)
    return None if decoded is None else from_decoded(decoded, name)

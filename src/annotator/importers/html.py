"""Web pages: saved pages and HTML files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size, has_suffix
from annotator.importers.kit.charset import decode
from annotator.importers.kit.pagearticle import page_article

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    rb"</?(?:html|head|body|title|meta|div|p|a|span|table|tr|td|h[1-6]|br|ul|li|article|script|"
    rb"style|b|i|em|strong|font|img)\b[^>]{0,400}>",
    re.IGNORECASE,
)
_DECLARED = (
    re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE),
    re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE),
)
_HEAD = 4_096
#: How archives and compound files begin.
_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


class Html:
    """Read a page: all of its text, the part that is not the article masked."""

    id = "html"
    media_types = ("text/html", "application/xhtml+xml")
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: a page's first element, or several of its tags."""
        if data.startswith(_CONTAINERS):
            # What lies in it unpacked may well be pages.
            return 0.0
        head = data[:_HEAD].replace(b"\x00", b"")
        if _START.search(head):
            return 0.9
        tags = len(_TAG.findall(head))
        if has_suffix(name, self.suffixes) and tags:
            return 0.85
        return 0.65 if tags >= 5 else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one page as one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-binary``, ``import-damaged``.
        """
        check_size(data, name)
        decoded = decode(data, name, declared=declared_charset(data), charset=charset)
        return [page_article(decoded, name)]


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page names in its first kilobytes, empty if it names none."""
    for pattern in _DECLARED:
        match = pattern.search(data[:_HEAD])
        if match is not None:
            return match.group(1).decode("ascii", "replace")
    return ""

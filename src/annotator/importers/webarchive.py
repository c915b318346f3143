"""Pages saved by Safari as one file (webarchive).

Source: a property list with the key WebMainResource, whose WebResourceData is the page.
"""

from __future__ import annotations

import plistlib
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotator.importers.base import check_size
from annotator.importers.kit.charset import decode
from annotator.importers.kit.pagearticle import page_article
from annotator.model.article import FieldOrigin
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_MAIN = "WebMainResource"


class WebArchive:
    """Read the page that Safari saved with its pictures; only the page is read."""

    id = "webarchive"
    media_types = ("application/x-webarchive",)
    suffixes = (".webarchive",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: a property list with a page in it."""
        is_list = data.startswith(b"bplist00") or b"<plist" in data[:1_024]
        return 0.95 if is_list and _MAIN.encode() in data else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one page.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-charset``.
        """
        check_size(data, name)
        page = _main(data, name)
        html = page.get("WebResourceData")
        if not isinstance(html, bytes):
            raise UserError("import-damaged", name=name)
        declared = str(page.get("WebResourceTextEncodingName") or "")
        article = page_article(decode(html, name, declared=declared, charset=charset), name)
        address = str(page.get("WebResourceURL") or "")
        if address.startswith(("http://", "https://")) and "url" not in article.metadata:
            article = replace(
                article,
                metadata={**article.metadata, "url": address},
                origins=(*article.origins, FieldOrigin("url", "markup")),
            )
        return [replace(article, media_type=self.media_types[0])]


def _main(data: bytes, name: str) -> dict[str, Any]:
    """Return the entries of the page itself."""
    try:
        content: Any = plistlib.loads(data)
        page = content[_MAIN]
    except (
        plistlib.InvalidFileException, ValueError, KeyError, TypeError, IndexError, AttributeError,
        OverflowError, SyntaxError, struct.error,
    ) as error:  # fmt: skip
        raise UserError("import-damaged", name=name) from error
    if not isinstance(page, dict):
        raise UserError("import-damaged", name=name)
    return page

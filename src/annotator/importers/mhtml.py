"""Pages saved by a browser as one file (MHTML)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.mail import looks_like_mail, read_mail
from annotator.importers.kit.pagearticle import page_article
from annotator.model.article import FieldOrigin
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_RELATED = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^(?:Snapshot-Content-Location:|From:\s*[\"<]?Saved by|X-MimeOLE:)",
    re.IGNORECASE | re.MULTILINE,
)


class Mhtml:
    """Read the page that a browser saved with its pictures; only the page is read."""

    id = "mhtml"
    media_types = ("multipart/related", "application/x-mimearchive")
    suffixes = (".mhtml", ".mht")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: headers of a related message that a browser wrote."""
        head = data[:8_192]
        if not looks_like_mail(data) or not _RELATED.search(head):
            return 0.0
        return 0.95 if _SAVED.search(head) or name.lower().endswith(self.suffixes) else 0.3

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one page.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``,
                ``import-too-complex``, ``import-charset``.
        """
        check_size(data, name)
        mail = read_mail(data, name, charset=charset)
        if mail.html is None and mail.is_cut:
            raise UserError("import-damaged", name=name, format_id=self.id, broken="cut")
        if mail.html is None:
            raise UserError("import-empty", name=name)
        article = page_article(mail.html, name)
        if mail.location.startswith(("http://", "https://")) and "url" not in article.metadata:
            article = replace(
                article,
                metadata={**article.metadata, "url": mail.location},
                origins=(*article.origins, FieldOrigin("url", "markup")),
            )
        if mail.is_cut:
            article = replace(article, warnings=(*article.warnings, "cut-off"))
        return [replace(article, media_type=self.media_types[0])]

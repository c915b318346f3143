"""News Industry Text Format (NITF)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.news import NewsItem, news_article
from annotator.importers.kit.nitftree import read_nitf_head, write_nitf_body
from annotator.importers.kit.writer import LineWriter
from annotator.importers.kit.xmls import find_all, has_entities, local, parse_xml
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_ROOT = re.compile(rb"<(?:\w+:)?nitf[\s>]")


class Nitf:
    """Read NITF documents; a file may wrap several."""

    id = "nitf"
    media_types = ("application/nitf+xml",)
    suffixes = (".nitf",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the root element."""
        match = _ROOT.search(data[:4_096])
        return 0.93 if match is not None else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read each document as one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``.
        """
        check_size(data, name)
        root = parse_xml(data, name)
        found: list[ImportedText] = []
        for nitf in [root] if local(root) == "nitf" else find_all(root, "**", "nitf"):
            item = NewsItem(warnings=["lost-entities"] if has_entities(nitf) else [])
            read_nitf_head(nitf, item)
            writer = LineWriter()
            item.write_head(writer)
            write_nitf_body(nitf, writer)
            article = news_article(item, writer, name, self.media_types[0])
            if article is not None:
                found.append(article)
        if not found:
            raise UserError("import-empty", name=name)
        return found

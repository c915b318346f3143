"""Plain text, from a file or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import check_size, has_suffix
from annotator.importers.kit.assemble import from_decoded
from annotator.importers.kit.charset import decode
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText


class PlainText:
    """Read a text file as one article: decode, find furniture, headline and byline."""

    id = "text"
    media_types = ("text/plain",)
    suffixes = (".txt", ".text", ".asc", ".log")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: anything that decodes may be plain text, by its name the surer."""
        try:
            decode(data[:65_536], name)
        except UserError:
            return 0.0
        return 0.6 if has_suffix(name, self.suffixes) else 0.1

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-binary``, ``import-charset``.
        """
        check_size(data, name)
        return [from_decoded(decode(data, name, charset=charset), name)]

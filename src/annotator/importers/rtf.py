"""Rich Text Format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.richtext import read_rtf
from annotator.model.span import normalise

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText


class Rtf:
    """Read an RTF file as one article."""

    id = "rtf"
    media_types = ("application/rtf", "text/rtf")
    suffixes = (".rtf",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the first five bytes."""
        return 0.8 if data[:64].lstrip().startswith(b"{\\rtf") else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-charset``.
        """
        check_size(data, name)
        rich = read_rtf(data, name, charset=charset)
        draft = Draft(
            rich.writer.text(),
            name,
            self.media_types[0],
            charset=rich.charset,
            charset_origin="person" if charset else "declared",
            replaced=rich.writer.replaced,
            mask=normalise(rich.writer.mask),
            headings=tuple(rich.writer.headings),
            warnings=rich.warnings,
            pages=tuple(rich.writer.pages),
        )
        return [finish(draft)]

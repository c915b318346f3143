"""Word files (DOCX)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.pagemeta import language_tag
from annotator.importers.kit.word import is_word, read_word
from annotator.model.span import normalise

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText


class Docx:
    """Read a Word file as one article.

    Deleted text of tracked changes is left out, hidden text is masked, and both are said. Who
    typed the file and when it was saved tell nothing of the article, so they are not taken.
    """

    id = "docx"
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    suffixes = (".docx", ".docm", ".dotx")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: an archive with a Word document in it."""
        return 0.8 if is_word(data) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-bomb``,
                ``import-encrypted``.
        """
        check_size(data, name)
        word = read_word(data, name)
        fields = Fields()
        text = word.writer.text()
        if word.title and word.title in text[:1_000]:
            fields.add("headline", word.title, "file")
        draft = Draft(
            text,
            name,
            self.media_types[0],
            replaced=word.writer.replaced,
            mask=normalise(word.writer.mask),
            headings=tuple(word.writer.headings),
            fields=fields,
            language=language_tag(word.language),
            warnings=word.warnings,
            pages=tuple(word.writer.pages),
        )
        return [finish(draft)]

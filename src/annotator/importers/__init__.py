"""Files in. One module a format, run in a killable worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import Importer, check_size
from annotator.importers.docx import Docx
from annotator.importers.eml import Eml
from annotator.importers.epub import Epub
from annotator.importers.feed import Feed
from annotator.importers.html import Html
from annotator.importers.markdown import Markdown
from annotator.importers.mhtml import Mhtml
from annotator.importers.msg import Msg
from annotator.importers.newsml import NewsMl
from annotator.importers.ninjs import Ninjs
from annotator.importers.nitf import Nitf
from annotator.importers.odt import Odt
from annotator.importers.plain import PlainText
from annotator.importers.rtf import Rtf
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

#: Every format that can be read. The order decides between equally sure ones.
IMPORTERS: tuple[Importer, ...] = (
    PlainText(),
    Html(),
    Markdown(),
    Docx(),
    Odt(),
    Rtf(),
    Epub(),
    Mhtml(),
    Eml(),
    Msg(),
    NewsMl(),
    Nitf(),
    Ninjs(),
    Feed(),
)

#: Below this an importer is only chosen by name.
_UNSURE = 0.05


def find_importer(data: bytes, name: str, as_format: str | None = None) -> Importer:
    """Return the importer for a file, by its content.

    Args:
        data: the bytes of the file.
        name: the file's name, which only tips the balance.
        as_format: the id of the format that a person chose.

    Raises:
        UserError: ``import-no-format`` if there is none, ``import-binary`` if the bytes are no
            text and no known format.
    """
    if as_format is not None:
        for importer in IMPORTERS:
            if importer.id == as_format:
                return importer
        known = ", ".join(importer.id for importer in IMPORTERS)
        raise UserError("import-no-format", format=as_format, known=known)
    scored = [(importer.sniff(data, name), importer) for importer in IMPORTERS]
    best, chosen = max(scored, key=lambda pair: pair[0])
    if best < _UNSURE:
        raise UserError("import-binary", name=name)
    return chosen


def read_bytes(
    data: bytes, name: str, *, charset: str | None = None, as_format: str | None = None
) -> list[ImportedText]:
    """Read the articles of a file in this process. For files from outside use ``ImportWorker``.

    Raises:
        UserError: one sentence that says what is wrong with the file.
    """
    check_size(data, name)
    return find_importer(data, name, as_format).read(data, name, charset=charset)

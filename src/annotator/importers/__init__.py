"""Files in. One module a format, run in a killable worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import Importer, check_size
from annotator.importers.databases import Databases
from annotator.importers.docx import Docx
from annotator.importers.eml import Eml
from annotator.importers.epub import Epub
from annotator.importers.europresse import Europresse
from annotator.importers.factiva import Factiva
from annotator.importers.feed import Feed
from annotator.importers.html import Html
from annotator.importers.jsonrows import JsonRows, preview_json
from annotator.importers.kit.damage import damaged, misnamed
from annotator.importers.kit.others import refusal_of
from annotator.importers.mapping import signature
from annotator.importers.markdown import Markdown
from annotator.importers.mhtml import Mhtml
from annotator.importers.msg import Msg
from annotator.importers.newsml import NewsMl
from annotator.importers.nexis import Nexis
from annotator.importers.ninjs import Ninjs
from annotator.importers.nitf import Nitf
from annotator.importers.odt import Odt
from annotator.importers.pdf import Pdf
from annotator.importers.plain import PlainText
from annotator.importers.rtf import Rtf
from annotator.importers.splitter import Splitter
from annotator.importers.table import Table, preview_table
from annotator.importers.webarchive import WebArchive
from annotator.importers.zipped import Zipped
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.importers.base import ImportedText
    from annotator.importers.mapping import TablePreview

#: Every format that can be read. The order decides between equally sure ones.
IMPORTERS: tuple[Importer, ...] = (
    PlainText(),
    Html(),
    Markdown(),
    Docx(),
    Odt(),
    Rtf(),
    Epub(),
    Pdf(),
    Mhtml(),
    WebArchive(),
    Eml(),
    Msg(),
    NewsMl(),
    Nitf(),
    Ninjs(),
    Feed(),
    Factiva(),
    Nexis(),
    Europresse(),
    Databases(),
    Splitter(),
    Table(),
    JsonRows(),
    Zipped(),
)

#: What an importer says of a file that is none of its own.
_GIVEN_UP = ("import-damaged", "import-binary")
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
            text and no known format, ``import-damaged`` if the name promises another, and another
            sentence if they are of a known kind that is not read (``kit.others``).
    """
    if as_format is not None:
        for importer in IMPORTERS:
            if importer.id == as_format:
                return importer
        known = ", ".join(importer.id for importer in IMPORTERS)
        raise UserError("import-no-format", format=as_format, known=known)
    refusal = refusal_of(data, name)
    if refusal:
        raise UserError(refusal, name=name)
    scored = [(importer.sniff(data, name), importer) for importer in IMPORTERS]
    best, chosen = max(scored, key=lambda pair: pair[0])
    refused = misnamed(data, name, "" if best < _UNSURE else chosen.id, IMPORTERS)
    if refused is not None:
        raise refused
    if best < _UNSURE:
        raise UserError("import-binary", name=name)
    return chosen


def read_bytes(
    data: bytes,
    name: str,
    *,
    charset: str | None = None,
    as_format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
) -> list[ImportedText]:
    """Read the articles of a file in this process. For files from outside use ``ImportWorker``.

    Args:
        data: the bytes of the file.
        name: its name, for sentences and as a hint of its format.
        charset: the encoding that a person chose.
        as_format: the id of the format that a person chose.
        mapping: field -> column, for tables (``importers.mapping``).
        remembered: mappings that were chosen before, by ``mapping.signature`` of the columns.

    Raises:
        UserError: one sentence that says what is wrong with the file.
    """
    check_size(data, name)
    importer = find_importer(data, name, as_format)
    try:
        if isinstance(importer, Table | JsonRows):
            if mapping is None and remembered:
                mapping = _known_mapping(data, name, charset, remembered)
            return importer.read_mapped(data, name, charset=charset, mapping=mapping)
        return importer.read(data, name, charset=charset)
    except RecursionError as error:
        raise UserError("import-too-complex", name=name) from error
    except UserError as error:
        given_up_on = ("import-damaged",) if importer.id == "text" else _GIVEN_UP
        if error.message_id not in given_up_on or "broken" in error.values:
            raise
        raise damaged(data, name, importer.id, IMPORTERS) from error


def given_up(data: bytes, name: str) -> UserError:
    """Return the error for a file whose parser failed in a way that it does not know itself."""
    try:
        return damaged(data, name, find_importer(data, name).id, IMPORTERS)
    except UserError as error:
        return error


def _known_mapping(
    data: bytes, name: str, charset: str | None, remembered: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str] | None:
    """Return what was chosen before for a table with these columns."""
    preview = preview_columns(data, name, charset=charset)
    return None if preview is None else remembered.get(signature(preview.columns))


def preview_columns(data: bytes, name: str, *, charset: str | None = None) -> TablePreview | None:
    """Show the columns of a table and the guessed mapping; ``None`` if the file is no table.

    Raises:
        UserError: one sentence that says what is wrong with the file.
    """
    importer = find_importer(data, name)
    if isinstance(importer, Table):
        return preview_table(data, name, charset=charset)
    return preview_json(data, name, charset=charset) if isinstance(importer, JsonRows) else None

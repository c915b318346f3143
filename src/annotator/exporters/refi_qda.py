"""REFI-QDA: a project (``.qdpx``) that NVivo, ATLAS.ti, MAXQDA, QualCoder read, and a codebook.

Positions are Unicode code points in a text whose lines end with a line feed alone, so that nobody
can count them otherwise. Pieces of a discontinuous mark are selections joined by a link. Both ways.

Source: REFI-QDA 1.5 (https://www.qdasoftware.org), Project.xsd.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from annotator.exporters.archive import pack
from annotator.exporters.base import Format, Scope
from annotator.exporters.brat import escaped
from annotator.exporters.cas_types import NOT_XML
from annotator.exporters.exchange import LOSSES, Item, Link, Sheet, sheet_of
from annotator.exporters.refi_codes import FIELDS, Code, codes_of
from annotator.exporters.words import shorten
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.base import Dossier

NAMESPACE = "urn:QDA-XML:project:1.0"
PIECE = "piece_of"
_CODEBOOK = "urn:QDA-XML:codebook:1.0"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_IDS = uuid.UUID("2b9d7a54-6c1f-5e0b-8a37-90f1d3c5e6a8")
_NAME = 60


def _attribute(words: str) -> str:
    return quoteattr(NOT_XML.sub("\ufffd", words), {"\x85": "&#133;", "\u2028": "&#8232;"})


def _words(words: str) -> str:
    return escape(NOT_XML.sub("\ufffd", words), {"\r": "&#13;"})


def guid(given: str) -> str:
    """Return an id as it is if it is a UUID, else one that is made from it."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid5(_IDS, given))


# -- writing ----------------------------------------------------------------------------------


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the project."""
    sheets = [sheet_of(records, dossier.actors) for records in dossier.articles]
    pack(stream, _entries(dossier, sheets))


def _entries(dossier: Dossier, sheets: list[Sheet]) -> Iterator[tuple[str, bytes]]:
    yield "project.qde", "".join(_project(dossier, sheets)).encode()
    for sheet in sheets:
        yield f"sources/{guid(sheet.id)}.txt", sheet.text.encode()


def _project(dossier: Dossier, sheets: list[Sheet]) -> Iterator[str]:
    name = dossier.project_name or "Annotator"
    yield f'{_HEAD}<Project xmlns="{NAMESPACE}" name={_attribute(name)}>\n'
    yield "<CodeBook>\n<Codes>\n"
    yield from _codes(dossier.lang)
    yield "</Codes>\n</CodeBook>\n"
    if sheets:
        yield "<Sources>\n"
        for sheet in sheets:
            yield from _source(sheet)
        yield "</Sources>\n"
    items = [item for sheet in sheets for item in sheet.items]
    notes = [(item, n, text) for item in items for n, text in enumerate(item.notes)]
    if notes:
        yield "<Notes>\n"
        for item, number, text in notes:
            yield f'<Note guid="{_note(item, number)}" name={_attribute(shorten(text, _NAME))}>'
            yield f"<PlainTextContent>{_words(text)}</PlainTextContent></Note>\n"
        yield "</Notes>\n"
    links = [line for sheet in sheets for line in _links(sheet)]
    if links:
        yield "<Links>\n"
        yield from links
        yield "</Links>\n"
    yield "</Project>\n"


def _codes(lang: str) -> Iterator[str]:
    for kind in MarkKind:
        yield _open(Code(kind), lang, codable=True)
        for head, values in codes_of(kind):
            yield _open(head, lang, codable=False)
            for code in values:
                yield f"{_open(code, lang, codable=True)}</Code>\n"
            yield "</Code>\n"
        yield "</Code>\n"


def _open(code: Code, lang: str, *, codable: bool) -> str:
    flag = "true" if codable else "false"
    return (
        f'<Code guid="{code.guid}" name={_attribute(code.name(lang))} isCodable="{flag}"'
        f' color="{code.colour}">'
    )


def _source(sheet: Sheet) -> Iterator[str]:
    source = guid(sheet.id)
    name = sheet.details.get("headline", "") or source
    yield (
        f'<TextSource guid="{source}" name={_attribute(name)}'
        f' plainTextPath="internal://{source}.txt">\n'
    )
    details = "\n".join(f"{key}: {escaped(value)}" for key, value in sheet.details.items())
    yield f"<Description>{_words(details)}</Description>\n" if details else ""
    for item in sheet.items:
        for number in range(len(item.spans)):
            yield _selection(item, number, sheet.text)
    yield "</TextSource>\n"


def _piece(item: Item, number: int) -> str:
    """Return the id of a piece's selection; the first piece has the mark's own."""
    return guid(item.id) if number == 0 else guid(f"{item.id}/{number}")


def _note(item: Item, number: int) -> str:
    return guid(f"{item.id}/note/{number}")


def _selection(item: Item, number: int, text: str) -> str:
    span = item.spans[number]
    coded = [Code(item.kind)]
    free: dict[str, str] = {}
    if number == 0:
        for field, value in item.fields.items():
            name = "claim_kind" if field == "kind" and item.kind is MarkKind.CLAIM else field
            if name in FIELDS.get(item.kind, ()):
                coded.append(Code(item.kind, name, value))
            else:
                free[field] = value
    me = _piece(item, number)
    words = _attribute(shorten(span.slice(text), _NAME))
    described = "\n".join(f"{key}: {escaped(value)}" for key, value in free.items())
    parts = [f"<Description>{_words(described)}</Description>"] if described else []
    parts += (
        f'<Coding guid="{guid(f"{me}/{code.guid}")}"><CodeRef targetGUID="{code.guid}"/></Coding>'
        for code in coded
    )
    if number == 0:
        parts += (f'<NoteRef targetGUID="{_note(item, n)}"/>' for n in range(len(item.notes)))
    return (
        f'<PlainTextSelection guid="{me}" name={words} startPosition="{span.start}"'
        f' endPosition="{span.end}">{"".join(parts)}</PlainTextSelection>\n'
    )


def _links(sheet: Sheet) -> Iterator[str]:
    for item in sheet.items:
        for number in range(1, len(item.spans)):
            yield _link(Link(PIECE, _piece(item, number), item.id), f"{item.id}/{number}/piece")
    for number, link in enumerate(sheet.links):
        yield _link(link, f"{sheet.id}/link/{number}")


def _link(link: Link, key: str) -> str:
    # What a link says beyond its kind stands in its name: the format has no other place for it.
    said = "".join(f" {name}={value}" for name, value in link.fields.items())
    return (
        f'<Link guid="{guid(key)}" name={_attribute(link.kind + said)} direction="OneWay"'
        f' originGUID="{guid(link.first)}" targetGUID="{guid(link.second)}"/>\n'
    )


def write_codebook(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the codes alone; they are the same for every project."""
    parts = [f'{_HEAD}<CodeBook xmlns="{_CODEBOOK}" origin="Annotator">\n<Codes>\n']
    parts += _codes(dossier.lang)
    parts.append("</Codes>\n</CodeBook>\n")
    stream.write("".join(parts).encode())


PROJECT = Format(
    "refi-qda", ".qdpx", "application/zip", Scope.PROJECT, write, losses=(*LOSSES, "mask")
)
CODEBOOK = Format(
    "refi-qdc", ".qdc", "application/xml", Scope.PROJECT, write_codebook, losses=("codes_only",)
)

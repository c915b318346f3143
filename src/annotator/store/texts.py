"""Texts by digest: kept once, never changed, never undone; with the bytes they were read from."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

from annotator.model.article import ArticleText
from annotator.model.errors import BugError, DataError
from annotator.text.canonical import utf8_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from annotator.model.changes import NewText
    from annotator.store.codec import Row
    from annotator.store.connection import Connection

_INSERT = (
    "INSERT OR IGNORE INTO text (digest, original_digest, charset, charset_origin, replaced,"
    " packing, body, original) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_HOLDER = (
    "SELECT packing, original, CASE packing WHEN 2 THEN body END FROM text"
    " WHERE original_digest = ? AND packing <> 3 LIMIT 1"
)
_SELECT = "SELECT digest, body, original_digest, charset, charset_origin, replaced FROM text"


class Packing(IntEnum):
    """How the original bytes are kept. Numbers are part of the file format."""

    RAW = 0
    ZLIB = 1
    SAME_AS_BODY = 2
    #: In another row with the same ``original_digest``: a file of many articles is kept once.
    SHARED = 3


def _pack(original: bytes) -> tuple[Packing, bytes]:
    packed = zlib.compress(original, 1)
    return (Packing.ZLIB, packed) if len(packed) < len(original) else (Packing.RAW, original)


def _row(new: NewText, body: bytes, packing: Packing, original: bytes | None) -> Row:
    text = new.text
    if hashlib.sha256(body).hexdigest() != text.digest:
        raise BugError("wrong-digest", digest=text.digest)
    return (
        text.digest,
        text.original_digest,
        text.charset,
        text.charset_origin,
        text.replaced,
        int(packing),
        text.text,
        original,
    )


def _rows(connection: Connection, texts: Iterable[NewText]) -> Generator[Row, None, None]:
    """Make the rows; those before are stored by the time that the next one is asked for."""
    for new in texts:
        body = utf8_of(new.text.text, new.original)
        if body is new.original:
            yield _row(new, body, Packing.SAME_AS_BODY, None)
        elif connection.row(_HOLDER, (new.text.original_digest,)) is not None:
            yield _row(new, body, Packing.SHARED, None)
        else:
            yield _row(new, body, *_pack(new.original))


def keep_texts(connection: Connection, texts: Iterable[NewText]) -> None:
    """Keep texts inside the running transaction; one that is there already stays as it is.

    Raises:
        BugError: ``wrong-digest`` if a text is not the one its digest names.
    """
    connection.many(_INSERT, _rows(connection, texts))


class Bodies:
    """Read texts by digest and keep the last few: they never change, and marks come in rows."""

    _KEPT = 4

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[str, str] = {}
        self._new: dict[str, str] = {}

    @contextmanager
    def with_new(self, texts: Iterable[NewText]) -> Generator[None, None, None]:
        """Know the texts of the action that is being stored, without reading them back."""
        self._new = {new.text.digest: new.text.text for new in texts}
        try:
            yield
        finally:
            self._new = {}

    def get(self, digest: str) -> str:
        """Return a text; "" where there is none, which only a damaged file has."""
        body = self._new.get(digest)
        if body is None:
            body = self._kept.pop(digest, None)
            if body is None:
                body = self._connection.value("SELECT body FROM text WHERE digest = ?", (digest,))
            self._kept[digest] = body = body or ""
            if len(self._kept) > self._KEPT:
                del self._kept[next(iter(self._kept))]
        return body


def _text(row: tuple[object, ...] | None) -> ArticleText | None:
    return None if row is None else ArticleText(*row)  # pyright: ignore[reportArgumentType]


def text_by_digest(connection: Connection, digest: str) -> ArticleText | None:
    """Return the text of a digest, if it is kept."""
    return _text(connection.row(_SELECT + " WHERE digest = ?", (digest,)))


def text_of(connection: Connection, article_id: str) -> ArticleText | None:
    """Return the text of an article, if there is such an article."""
    return _text(
        connection.row(
            f"{_SELECT} JOIN article ON article.text_digest = text.digest WHERE article.id = ?",
            (article_id,),
        )
    )


def original_of(connection: Connection, digest: str) -> bytes | None:
    """Return the bytes that a text was read from.

    Raises:
        DataError: if the kept bytes are damaged.
    """
    row = connection.row(
        "SELECT packing, original, CASE packing WHEN 2 THEN body WHEN 3 THEN original_digest END"
        " FROM text WHERE digest = ?",
        (digest,),
    )
    if row is None:
        return None
    if row[0] == Packing.SHARED:
        row = connection.row(_HOLDER, (row[2],))
        if row is None:
            raise DataError("text-damaged", digest=digest[:12])
    packing, original, body = row
    if packing == Packing.SAME_AS_BODY:
        return str(body).encode()
    if packing == Packing.RAW:
        return bytes(original)
    try:
        return zlib.decompress(original)
    except zlib.error as error:
        raise DataError("text-damaged", digest=digest[:12]) from error

"""Search finished files for what must not be in them, in every disguise a format may give it.

The second net under ``redact``: the bytes are unpacked (zip parts, PDF streams and text, base64),
read as UTF-8 and UTF-16, with entities, percent signs, escapes and hexadecimal undone, composed and
case folded, and searched for each hidden name. Names shorter than ``SHORTEST`` are left to
``redact`` alone: they stand by chance in any file.
"""

from __future__ import annotations

import base64
import binascii
import getpass
import html
import io
import re
import socket
import unicodedata
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from annotator.exporters.base import ArticleRecords, Dossier, Redaction
from annotator.exporters.redact import is_protected, plain, public_words
from annotator.model.annotations import Claim, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

SHORTEST = 4
#: From so many names on a sieve is worth its making.
_MANY = 40
_SIEVE_BITS = 22
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}\s?){4,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_JSON_ESCAPE = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")
_NAME_LIKE = re.compile(r"[^\W\d_]{4,}(?:[-'’][^\W\d_]+)*")
#: Soft hyphens, zero-width characters and the mark pdfium puts where a word was broken.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]|[-\u2010\u0002\ufffe]\r?\n")
_SMALLEST_UTF16 = 4
#: From one control character in so many bytes on, bytes are a program (a font) or a picture.
_BINARY_FROM = 50
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_READABLE = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){6,}")
#: Archives in archives that are opened.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Hidden:
    """Name something that must stay inside: its plain form and what it is (area ``report``)."""

    words: str
    what: str


def hidden_in(dossier: Dossier, level: Redaction) -> frozenset[Hidden]:
    """Return what a file of this level must not hold, given the dossier before redaction.

    What the articles themselves say, or what the program's own sentences say, is no secret.
    """
    if level is Redaction.INTERNAL:
        return frozenset()
    found: dict[str, str] = {}
    for words, what in _private(dossier):
        for form in _forms(words):
            found.setdefault(form, what)
    for records in dossier.articles:
        public = public_words(records)
        found = {words: what for words, what in found.items() if words not in public}
    return frozenset(Hidden(words, what) for words, what in found.items())


def _private(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield every text that a person typed or a machine added, with what it is."""
    yield dossier.project_name, "project"
    yield dossier.coder, "coder"
    for actor in dossier.actors:
        yield actor.name, "actor"
        yield actor.stamp.author, "coder"
        for alias in actor.aliases:
            yield alias.name, "actor"
    for note in dossier.notes:
        yield note.text, "note"
        yield note.stamp.author, "coder"
    for records in dossier.articles:
        yield from _private_in(records)


def _private_in(records: ArticleRecords) -> Iterator[tuple[str, str]]:
    yield records.article.file_name, "file"
    for source in records.sources:
        yield from _private_of(source)
    for note in records.notes:
        yield note.text, "note"
        yield note.stamp.author, "coder"
    for mark in (*records.marks, *records.attributions, *records.relations):
        yield mark.stamp.author, "coder"
        if isinstance(mark, Claim):
            yield mark.correction, "claim"
            for evidence in mark.evidence:
                yield evidence.checker, "coder"
                for words in (evidence.link, evidence.page, evidence.method, evidence.note):
                    yield words, "evidence"


def _private_of(source: Source) -> Iterator[tuple[str, str]]:
    what = "unnamed" if is_protected(source) else "source"
    yield source.label, what
    yield source.description, what
    yield source.affiliation_name, what
    yield source.stamp.author, "coder"


def _forms(words: str) -> Iterator[str]:
    """Yield what to search for: the whole, and each capitalised word that looks like a name."""
    whole = plain(words)
    if len(whole) >= SHORTEST:
        yield whole
    for match in _NAME_LIKE.finditer(unicodedata.normalize("NFC", words)):
        name = match.group()
        if name[0].isupper() or any(c.isupper() for c in name):
            yield plain(name)


def environment(project_path: Path | None = None) -> frozenset[Hidden]:
    """Return what no file of any level may hold: this machine's names and paths."""
    found: set[str] = set()
    with suppress(Exception):
        found.add(getpass.getuser())
    with suppress(RuntimeError):
        found.add(str(Path.home()))
    found.add(socket.gethostname())
    if project_path is not None:
        found |= {str(project_path.resolve()), str(project_path.resolve().parent)}
    generic = {"root", "user", "admin", "home", "localhost", "/root", "/home", "/tmp"}
    names = {plain(words) for words in found} - generic
    return frozenset(Hidden(words, "machine") for words in names if len(words) > SHORTEST)


def found_in(data: bytes, hidden: Iterable[Hidden]) -> set[Hidden]:
    """Return which hidden names a finished file holds."""
    left = set(hidden)
    hits: set[Hidden] = set()
    if not left:
        return hits
    sieve = _Sieve(left) if len(left) >= _MANY else None
    for view in views(data):
        likely = left if sieve is None else sieve.likely(view) & left
        new = {name for name in likely if name.words in view}
        hits |= new
        left -= new
        if not left:
            break
    return hits


class _Sieve:
    """Tell quickly which of very many names a text may hold; never passes over one that it does.

    A text with a name in it has every four letters of the name in it. The fours of a text go into
    one table of bits by their hash, and each name asks for its first, middle and last four: the
    cost of a text hardly grows with the number of names (10,000 actors of a large project).
    """

    def __init__(self, names: Iterable[Hidden]) -> None:
        import numpy as np

        self._names = np.array(list(names), dtype=object)
        fours = [
            (n.words[:4], n.words[len(n.words) // 2 - 2 :][:4], n.words[-4:]) for n in self._names
        ]
        self._asked = np.array([[self._hashes(four)[0] for four in row] for row in fours])

    def likely(self, text: str) -> set[Hidden]:
        """Return the names that a text may hold."""
        import numpy as np

        if len(text) < SHORTEST:
            return set()
        table = np.zeros(1 << _SIEVE_BITS, dtype=bool)
        table[self._hashes(text)] = True
        return set(self._names[table[self._asked].all(axis=1)].tolist())

    @staticmethod
    def _hashes(text: str) -> NDArray[np.uint32]:
        """Return a hash of each four letters in a row (their number less three)."""
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        mixed = codes[:-3] * np.uint32(2654435761)
        for place, factor in ((1, 2246822519), (2, 3266489917), (3, 668265263)):
            mixed = (mixed ^ codes[place : len(codes) - 3 + place]) * np.uint32(factor)
        return mixed >> np.uint32(32 - _SIEVE_BITS)


def views(data: bytes) -> Iterator[str]:
    """Yield every reading of a file's bytes, composed, case folded, white space as one space."""
    for part in _parts(data, depth=0):
        for text in _texts(part):
            for reading in _readings(text):
                yield _comparable(reading)


def _comparable(text: str) -> str:
    return plain(_INVISIBLE.sub("", text))


def _parts(data: bytes, depth: int) -> Iterator[bytes]:
    """Yield the bytes and what is packed in them."""
    if data.startswith(_ZIP) and depth < _DEEPEST:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode("utf-8")
                yield member.comment + member.extra
                yield from _parts(archive.read(member), depth + 1)
        return
    if data.startswith(_PDF):
        yield from _pdf_parts(data)
    else:
        yield data


def _pdf_parts(data: bytes) -> Iterator[bytes]:
    """Yield what is packed in a PDF, and the rest of its bytes without what could be unpacked.

    Packed bytes are as good as random: in 100 kB of them any name of four letters stands by chance
    once in some thousand files, and the file would be refused for nothing.
    """
    rest: list[bytes] = []
    done = 0
    for match in _STREAM.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(match[1])
            rest.append(data[done : match.start(1)])
            done = match.end(1)
    yield b"".join((*rest, data[done:]))
    pdfium: Any = import_module("pypdfium2")
    document = pdfium.PdfDocument(data)
    try:
        yield "\n".join(document.get_metadata_dict().values()).encode("utf-8")
        for page in document:
            words = page.get_textpage()
            yield words.get_text_bounded().encode("utf-8", "replace")
            words.close()
            page.close()
    finally:
        document.close()


def _texts(data: bytes) -> Iterator[str]:
    """Yield the bytes as text in each encoding that they may be in.

    Of a program or a picture only what can be read is text: left out bytes must not bring letters
    together that stand apart.
    """
    is_utf16 = data.count(0) * 4 >= len(data) >= _SMALLEST_UTF16
    if not is_utf16 and len(_CONTROLS.findall(data)) > len(data) / _BINARY_FROM:
        data = b"\n".join(_READABLE.findall(data))
    yield data.decode("utf-8", "ignore")
    if is_utf16:
        for codec in ("utf-16-le", "utf-16-be"):
            yield data.decode(codec, "ignore")
            yield data[1:].decode(codec, "ignore")
    elif not data.isascii():
        yield data.decode("latin-1")


def _readings(text: str) -> Iterator[str]:
    yield text
    if "&" in text:
        yield html.unescape(text)
    if "<" in text:
        # Word splits a name over several runs: read across the tags.
        yield html.unescape(re.sub(r"<[^<>]*>", "", text))
    if "%" in text:
        yield unquote(text, errors="ignore")
    if "\\" in text:
        yield _JSON_ESCAPE.sub(_unescaped, text).replace("\\", "")
    yield from _encoded(text)


def _unescaped(match: re.Match[str]) -> str:
    return bytes.fromhex(match.group().replace("\\u", "")).decode("utf-16-be", "ignore")


def _encoded(text: str) -> Iterator[str]:
    """Yield what stands in hexadecimal or base64, each kind as one reading."""
    packed = [bytes.fromhex("".join(m.group().split())) for m in _HEX.finditer(text)]
    for match in _BASE64.finditer(text):
        words = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        with suppress(binascii.Error, ValueError):
            packed.append(base64.b64decode(words + "=" * (-len(words) % 4)))
    if packed:
        yield "\n".join(data.decode("utf-8", "ignore") for data in packed)
        yield "\n".join(data.decode("utf-16-be", "ignore") for data in packed)

"""The canonical form of a text: what every offset in the program counts in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

REPLACEMENT = "\ufffd"
BOM = "\ufeff"

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\ufdd0\ufdd1]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_REFUSED = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Canonical:
    """Hold a canonical text and the number of characters that had to become U+FFFD."""

    text: str
    replaced: int


def canonicalise(raw: str) -> Canonical:
    """Bring a decoded text into canonical form. Idempotent.

    Line ends (CRLF, CR, U+2028, U+2029, and U+FDD0/U+FDD1, which Qt takes for paragraph ends)
    become a line feed; a leading byte order mark is dropped; a surrogate pair becomes its
    character; NUL and lone surrogates become U+FFFD, because neither SQLite nor Qt keeps them.
    Nothing else is touched: no Unicode normalisation, no trimming.
    """
    text = raw.lstrip(BOM) if raw.startswith(BOM) else raw
    if is_canonical_utf8(text) and _is_utf8(text):
        return Canonical(text, 0)
    text = _LINE_ENDS.sub("\n", text)
    text = _PAIR.sub(_join_pair, text)
    text, replaced = _REFUSED.subn(REPLACEMENT, text)
    return Canonical(text, replaced)


def is_canonical_utf8(text: str) -> bool:
    """Say whether nothing has to be done to a text that was decoded from UTF-8: no surrogates.

    A look for each character is cheaper than one for a class of them.
    """
    if "\r" in text or "\0" in text or text.startswith(BOM):
        return False
    if text.isascii():
        return True
    return not ("\u2028" in text or "\u2029" in text or "\ufdd0" in text or "\ufdd1" in text)


def _is_utf8(text: str) -> bool:
    """Say whether there is no surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _join_pair(match: re.Match[str]) -> str:
    return match.group().encode("utf-16", "surrogatepass").decode("utf-16")


def utf8_of(text: str, original: bytes) -> bytes:
    """Return a text in UTF-8: the very bytes it was read from, where they are that.

    To read those again and compare costs a quarter of what writing the text anew does.
    """
    try:
        if original.decode() == text:
            return original
    except UnicodeDecodeError:
        pass
    return text.encode()


def digest(text: str) -> str:
    """Return the hex SHA-256 of a canonical text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def readable_name(name: str) -> str:
    """Return a file's name as text that can be kept and shown.

    Old disks and archives hold names that are not UTF-8, which the system hands over as lone
    surrogates: they are read as Windows wrote them.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        try:
            return name.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        except UnicodeEncodeError:
            return name.encode("utf-8", "replace").decode()
    return name

"""From bytes to text: one order of trials, and a record of what was decided."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from annotator.model.errors import UserError
from annotator.text.canonical import canonicalise, is_canonical_utf8

#: Names that pages declare and mean something wider by. Source: WHATWG Encoding Standard, 4.2.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_ALL_CONTROLS = _CONTROLS + b"\x1b"
_CONTROL_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"\x7fELF",
    b"MZ\x90", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3",
    b"SQLite format 3\x00", b"RIFF", b"\x00\x00\x01\x00", b"II*\x00", b"MM\x00*",
    b"\xca\xfe\xba\xbe",
    b"\x28\xb5\x2f\xfd", b"wOF2", b"wOFF",
)  # fmt: skip
#: Letters that Western European texts write with bytes over 0x7F, and their typography.
_WESTERN = frozenset(
    "àâäæçéèêëîïôöœùûüÿñáíóúãõåøßìòÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸÑÁÍÓÚÃÕÅØÌÒ«»“”„‘’‚–—…•€£§°©®™²³½¼ºª·±×¿¡\u00a0\u00ad"
)
#: A sign between two letters betrays another code page: "t‚l‚phone" is cp850.
_SIGN_IN_WORD = re.compile(
    "(?<=[a-z])[^\\W\\dA-Za-zÀ-ÖØ-öø-ÿŒœŸ]|(?<=[A-Za-z])[‚„³¹¯¨¦‰ˆ](?=[a-z ])"
)
#: What the last guess chooses from: encodings that texts really come in.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "iso8859_5", "iso8859_7", "mac_roman", "mac_cyrillic", "cp437", "cp850", "cp852",
    "cp866", "koi8_r", "koi8_u", "cp932", "euc_jp", "gb18030", "big5", "cp949", "tis_620",
]  # fmt: skip
_SAMPLE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a canonical text and how its bytes were read.

    ``origin`` is ``bom``, ``utf-8``, ``declared``, ``cp1252``, ``detected`` or ``person``;
    ``replaced`` counts the characters that became U+FFFD.
    """

    text: str
    charset: str
    origin: str
    replaced: int = 0


def decode(data: bytes, name: str, *, declared: str = "", charset: str | None = None) -> Decoded:
    """Decode a text file: byte order mark, UTF-8, what is declared, cp1252, last a guess.

    Args:
        data: the bytes.
        name: the file's name, for the sentence.
        declared: the encoding that the file itself names (HTML, mail).
        charset: the encoding that a person chose; then nothing else is tried.

    Raises:
        UserError: ``import-charset`` if the chosen encoding is unknown, ``import-binary`` if the
            bytes are no text.
    """
    if charset:
        return _forced(data, charset)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _canonical(data[len(bom) :].decode(codec, "replace"), codec, "bom")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _other(data, name, declared)
    if b"\x00" in data and (wide := _wide_codec(data)) is not None:
        return _canonical(data.decode(wide, "replace"), wide, "detected")
    if _looks_binary(data, text):
        raise UserError("import-binary", name=name)
    return _canonical(text, "utf-8", "utf-8", counted=False)


def decode_plain(data: bytes) -> Decoded | None:
    """Decode UTF-8 without control characters; ``None`` if the bytes are anything else.

    The short way for most text files; it gives what ``decode`` gives.
    """
    if data.startswith(_MAGIC) or len(data.translate(None, _ALL_CONTROLS)) != len(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if data.startswith(codecs.BOM_UTF8):
        return _canonical(text[1:], "utf-8", "bom")
    if is_canonical_utf8(text):
        return Decoded(text, "utf-8", "utf-8")
    return _canonical(text, "utf-8", "utf-8", counted=False)


def _forced(data: bytes, charset: str) -> Decoded:
    try:
        codec = codecs.lookup(charset).name
        text = data.decode(codec, "replace")
    except (LookupError, ValueError, TypeError) as error:
        raise UserError("import-charset", charset=charset) from error
    return _canonical(text, codec, "person")


def _canonical(text: str, codec: str, origin: str, *, counted: bool = True) -> Decoded:
    """Make the canonical form; ``counted`` adds the characters that decoding replaced."""
    result = canonicalise(text)
    lost = text.count("\ufffd") if counted else 0
    return Decoded(result.text, codec, origin, result.replaced + lost)


def _other(data: bytes, name: str, declared: str) -> Decoded:
    """Decode what is not UTF-8."""
    wide = None if data.startswith(_MAGIC) else _wide_codec(data)
    if wide is not None:
        return _canonical(data.decode(wide, "replace"), wide, "detected")
    if data.startswith(_MAGIC) or len(_CONTROL.findall(data[:_SAMPLE])) * 20 > len(data[:_SAMPLE]):
        raise UserError("import-binary", name=name)
    if (text := _nearly_utf8(data)) is not None:
        return _canonical(text, "utf-8", "utf-8")
    for codec, origin in ((_declared_codec(declared), "declared"), ("cp1252", "cp1252")):
        if (text := _strict(data, codec)) is not None and (origin == "declared" or _western(text)):
            return _canonical(text, codec, origin)
    return _detected(data, name)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except (UnicodeDecodeError, LookupError):
        return None


def _declared_codec(declared: str) -> str:
    """Return the codec that a declaration means, empty if unknown or no text encoding."""
    try:
        info = codecs.lookup(declared.strip().strip("\"'").lower())
    except (LookupError, ValueError):
        return ""
    if not getattr(info, "_is_text_encoding", True) or info.name.startswith("utf-16"):
        return ""
    return _WIDER.get(info.name, info.name)


def _wide_codec(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every second byte of Western text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    codec = ""
    if odd * 10 > half * 7 and even * 10 < half:
        codec = "utf-16-le"
    elif even * 10 > half * 7 and odd * 10 < half:
        codec = "utf-16-be"
    elif even + odd:
        # Other scripts have no zeros but in their spaces and full stops.
        codec = "utf-16-le" if odd > even else "utf-16-be"
        spaces = sample.decode(codec, "replace").count(" ")
        codec = codec if min(even, odd) == 0 and spaces * 30 > half else ""
    return codec if codec and _is_readable(sample.decode(codec, "replace")) else None


def _is_readable(text: str) -> bool:
    """Say whether most of a text is what people read: data of a program decodes as well."""
    odd = sum(1 for char in text if not char.isprintable() and not char.isspace())
    return odd * 10 < len(text)


def _looks_binary(data: bytes, text: str) -> bool:
    """Say whether valid UTF-8 is nevertheless no text."""
    if data.startswith(_MAGIC):
        return True
    head = data[:_SAMPLE]
    if len(head.translate(None, _CONTROLS)) == len(head):
        return False
    sample = text[:_SAMPLE]
    return len(_CONTROL_TEXT.findall(sample)) * 4 > len(sample) > 16


def _nearly_utf8(data: bytes) -> str | None:
    """Decode UTF-8 with a few damaged places: far more good sequences than bad ones."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - damaged
    return text if good >= 20 * damaged else None


def _western(text: str) -> bool:
    """Say whether a text decoded as cp1252 can be what its writer meant."""
    high = [char for char in text[:_SAMPLE] if char > "\x7f"]
    letters = sum(1 for char in text[:_SAMPLE] if char.isalpha())
    strange = sum(1 for char in high if char not in _WESTERN)
    strange += len(_SIGN_IN_WORD.findall(text[:_SAMPLE]))
    return strange * 4 <= len(high) and len(high) * 3 <= max(letters, 12)


def _detected(data: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    codec = best.encoding if best is not None else ""
    if not codec or (text := _strict(data, codec)) is None:
        text = data.decode("cp1252", "replace")
        if text.count("\ufffd") * 20 > len(text):
            raise UserError("import-binary", name=name)
        codec = "cp1252"
    return _canonical(text, codec, "detected")

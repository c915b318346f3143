"""An independent search of exported bytes; it shares no code with the program's own."""

from __future__ import annotations

import base64
import html
import io
import re
import unicodedata
import urllib.parse
import zipfile
import zlib


def unpacked(data: bytes):
    """Yield the bytes, zip members and PDF streams."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))
    if data[:5] == b"%PDF-":
        for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S):
            try:
                yield zlib.decompressobj().decompress(match[1])
            except zlib.error:
                continue
        yield pdf_text(data).encode()


def pdf_text(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    words = [str(document.get_metadata_dict())]
    words += [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(words)


def flat(text: str) -> str:
    text = re.sub("[\u00ad\u200b\ufffe]|[-\u2010\u0002]\r?\n", "", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).casefold()


def readings(data: bytes):
    for part in unpacked(data):
        for codec in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            text = part.decode(codec, "ignore")
            yield text
            yield html.unescape(re.sub("<[^>]*>", "", text))
            yield urllib.parse.unquote(text)
            if codec == "utf-8":
                yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
                for match in re.findall("[A-Za-z0-9+/]{12,}={0,2}", text):
                    try:
                        yield base64.b64decode(match + "=" * (-len(match) % 4)).decode(
                            "utf-8", "ignore"
                        )
                    except ValueError:
                        continue


def leaked(data: bytes, names) -> list[str]:
    """Return the names that occur in the bytes in any disguise."""
    found = set()
    wanted = {name: flat(name) for name in names}
    for reading in readings(data):
        text = flat(reading)
        found |= {name for name, words in wanted.items() if words in text}
    return sorted(found)

# ruff: noqa: E501
"""Files made to hang, exhaust or confuse a parser. Each is small; what it unpacks to is not."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(members: dict[str, bytes | str], *, stored: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(
        stream, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    ) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


def docx(document: bytes | str) -> bytes:
    return archive({"[Content_Types].xml": _DOCX_TYPES, "word/document.xml": document})


def laughs(depth: int = 12) -> str:
    """A billion laughs: entities of entities."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(depth)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'


def word_with_entities(depth: int = 12) -> bytes:
    return docx(
        f"{laughs(depth)}<w:document {_WORD}><w:body><w:p><w:r><w:t>avant &l{depth - 1}; après</w:t></w:r></w:p>"
        "</w:body></w:document>"
    )


def word_with_outside_entity(path: str = "file:///etc/hostname") -> bytes:
    return docx(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "{path}">]>'
        f"<w:document {_WORD}><w:body><w:p><w:r><w:t>avant &secret; après</w:t></w:r></w:p>"
        "</w:body></w:document>"
    )


def inflating_docx(megabytes: int = 300) -> bytes:
    """A ratio of a thousand to one."""
    return docx(b"<w>" + b"a" * (megabytes * 1024 * 1024))


def nested_zip(depth: int = 12) -> bytes:
    data = archive({"a.txt": "le fond"})
    for number in range(depth):
        data = archive({f"{number}.zip": data})
    return data


def many_entries(count: int = 100_000) -> bytes:
    """An archive of so many one-letter files, written by hand: ``zipfile`` needs half a minute."""
    local, central = bytearray(), bytearray()
    crc = zlib.crc32(b"x")
    for number in range(count):
        name = b"%06d.txt" % number
        common = (0, 0, 0, 0, crc, 1, 1, len(name))
        entry = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, *common, 0)
        central += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, *common, 0, 0, 0, 0, 0, len(local)
        )
        central += name
        local += entry + name + b"x"
    end = len(local) + len(central)
    sizes = (count, count, len(central), len(local))
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, *sizes)
    locator = struct.pack("<IIQI", 0x07064B50, 0, end, 1)
    last = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return bytes(local + central + record + locator + last)


def overlapping_zip() -> bytes:
    """Entries that all point at one stretch of data."""
    blob = zlib.compress(b"\0" * 1_000_000, 9)[2:-4]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.txt", b"\0" * 1_000_000)
    data = stream.getvalue()
    return data.replace(b"a.txt", b"b.txt") + data + blob


def deep_xml(depth: int = 200_000) -> bytes:
    return docx(f"<w:document {_WORD}><w:body>" + "<w:p>" * depth)


def deep_html(depth: int = 300_000) -> bytes:
    return b"<html><body>" + b"<div>" * depth + b"le fond"


def deep_multipart(depth: int = 3_000) -> bytes:
    parts = [b"From: a@b.invalid\nTo: c@d.invalid\nSubject: x\nMIME-Version: 1.0\n"]
    parts += [
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(depth)
    ]
    return b"".join(parts) + b"Content-Type: text/plain\n\nle fond\n"


def deep_rtf(depth: int = 500_000) -> bytes:
    return rb"{\rtf1 " + b"{" * depth + b"le fond" + b"}" * depth + b"}"


def deep_json(depth: int = 500_000) -> bytes:
    return b"[" * depth


def many_pieces() -> bytes:
    """Return a page of ten thousand short paragraphs and list items that are nearly all alike."""
    short = "".join(f"<p>mot {n % 7}</p><ul><li>ok</li></ul>" for n in range(10_000))
    prose = "Une vraie phrase assez longue pour être un article. " * 30
    return f"<html><body><article>{short}<p>{prose}</p></article></body></html>".encode()


def pdf_loop() -> bytes:
    """A page tree that is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def pdf_bomb(megabytes: int = 400) -> bytes:
    """A content stream that inflates a thousandfold."""
    packed = zlib.compress(b"0 0 m 1 1 l S " * (megabytes * 1024 * 1024 // 14), 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    head += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    head += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    head += f"4 0 obj<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode()
    return head + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def long_line(megabytes: int = 50) -> bytes:
    return b"mot " * (megabytes * 1024 * 256)


def wide_table(columns: int = 200_000) -> bytes:
    header = b";".join(b"c%d" % n for n in range(columns))
    return b"texte;titre;" + header + b"\n" + b"a;b;" * 10 + b"\n"


def png_bomb() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\x06\0\0\0"


#: Every bomb with the name it is sent under.
BOMBS = {
    "laughs.docx": word_with_entities,
    "outside.docx": word_with_outside_entity,
    "inflating.docx": inflating_docx,
    "nested.zip": nested_zip,
    "entries.zip": many_entries,
    "overlap.zip": overlapping_zip,
    "deep.docx": deep_xml,
    "deep.html": deep_html,
    "deep.eml": deep_multipart,
    "deep.rtf": deep_rtf,
    "deep.json": deep_json,
    "pieces.html": many_pieces,
    "loop.pdf": pdf_loop,
    "bomb.pdf": pdf_bomb,
    "line.txt": long_line,
    "wide.csv": wide_table,
    "bomb.png": png_bomb,
}

#: Names for members of archives and attachments that must never become paths.
EVIL_NAMES = (
    "../../../../home/user/.bashrc", "..\\..\\windows\\system32\\x.txt", "/etc/cron.d/x.txt", "C:\\x.txt",
    "C:x.txt", "\\\\host\\share\\x.txt", "//host/share/x.txt", "CON", "nul.txt", "aux", "LPT1.txt",
    "a\x00b.txt", "x.txt.", "x.txt ", "\u202etxt.exe", "a" * 300 + ".txt", "./x.txt", "a/./../../x.txt",
    "~/x.txt", "$HOME/x.txt", "%APPDATA%/x.txt", "x.txt:stream", "<b>x</b>.txt", "|x.txt", "-rf.txt",
    "\u0130.txt", "e\u0301.txt", "\u00e9.txt", "\ud800.txt".encode("utf-8", "replace").decode(), "...",
    "", " ", "..", ".", "x\n.txt", "x\r\n.txt", "\x1b[31mx.txt", "😀.txt", "Case.txt", "case.txt",
)  # fmt: skip

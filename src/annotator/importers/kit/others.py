"""Files that are known but not read: each has a sentence that says how to convert it."""

from __future__ import annotations

from annotator.importers.kit.zips import is_zip, peek, zip_names

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"8BPS",
)  # fmt: skip
_SOUNDS = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3")
_EBOOKS = (b"BOOKMOBI", b"TEXtREAd")
_PRINTS = (b"%!PS", b"\xc5\xd0\xd3\xc6", b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5")
#: Files that only say where a page is: of macOS (as text and packed), Windows, and Linux.
_LINKS = (b"[InternetShortcut]", b"L\x00\x00\x00\x01\x14\x02\x00", b"[Desktop Entry]")
_OLD_WORDS = (b"\xffWPC", b"\xdb\xa5", b"\x31\xbe\x00\x00", b"\xfe\x37\x00\x23")
_PACKED = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
#: Names of streams, as old Office files have them (UTF-16), and what they tell.
_STREAMS = (
    ("WordDocument", "import-old-word"),
    ("Workbook", "import-old-sheet"),
    ("Book", "import-old-sheet"),
    ("PowerPoint Document", "import-slides"),
    ("EncryptedPackage", "import-encrypted"),
)
#: What is named so is a message, were it ever so damaged.
_MESSAGE = ".msg"


def refusal_of(data: bytes, name: str) -> str:
    """Return the id of the sentence that says why a file is not read, "" if it may be."""
    if data[:4] == b"PAR1" and data[-4:] == b"PAR1":
        return "import-parquet"
    if is_zip(data):
        return _zipped(data)
    if data.startswith(_OLE):
        return _old_office(data, name)
    kind = data[8:12]
    if data.startswith(_PICTURES) or kind in (b"WEBP", b"heic", b"avif"):
        return "import-picture"
    if data.startswith(_SOUNDS) or data[4:8] == b"ftyp" or kind in (b"WAVE", b"AVI "):
        return "import-sound"
    if data.startswith(_PACKED):
        return "import-packed"
    if data.startswith(b"SQLite format 3\x00"):
        return "import-database"
    return _rarer(data)


def _rarer(data: bytes) -> str:
    """Tell links to pages, e-books, mailboxes, and what is meant for printers."""
    head = data[:2_048]
    link = head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(_LINKS)
    if link or _is_link_list(data):
        return "import-shortcut"
    if data[60:68] in _EBOOKS:
        return "import-ebook"
    if data.startswith(b"\x78\x9f\x3e\x22"):
        return "import-tnef"
    if data.startswith(b"!BDN"):
        return "import-mailbox"
    if data.startswith(_PRINTS):
        return "import-print"
    return "import-old-file" if data.startswith(_OLD_WORDS) else ""


def _is_link_list(data: bytes) -> bool:
    """Say whether a property list of macOS holds an address and nothing else (.webloc)."""
    if len(data) > 8_192 or b"WebMainResource" in data:
        return False
    if data.startswith(b"bplist00"):
        return b"SURL" in data
    return b"<plist" in data[:1_024] and b"<key>URL</key>" in data


def _zipped(data: bytes) -> str:
    """Tell slides and sheets, which are archives, from archives of articles."""
    names = zip_names(data)
    if "ppt/presentation.xml" in names:
        return "import-slides"
    apple = "buildVersionHistory.plist" in names or "index.apxl" in names
    if apple or any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        return "import-pages"
    start = data[:160]
    if b"opendocument.spreadsheet" in start:
        return "import-old-sheet"
    if b"opendocument.presentation" in start:
        return "import-slides"
    manifest = peek(data, "META-INF/manifest.xml") if "content.xml" in names else b""
    return "import-encrypted" if b":encryption-data" in manifest else ""


def _old_office(data: bytes, name: str) -> str:
    """Tell old Word, Excel and PowerPoint files from messages, which are of the same kind."""
    if any(part.encode("utf-16-le") in data for part in ("__properties_", "__substg1.0_")):
        return ""
    for stream, refusal in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") in data:
            return refusal
    return "" if name.lower().endswith(_MESSAGE) else "import-old-file"

"""Files that are known but not read: each has a sentence that says how to convert it."""

from __future__ import annotations

from annotator.importers.kit.zips import is_zip, zip_names

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"8BPS",
)  # fmt: skip
_SOUNDS = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3")
_PACKED = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
#: Names of streams, as old Office files have them (UTF-16), and what they tell.
_STREAMS = (
    ("WordDocument", "import-old-word"),
    ("Workbook", "import-old-sheet"),
    ("Book", "import-old-sheet"),
    ("PowerPoint Document", "import-slides"),
)


def refusal_of(data: bytes) -> str:
    """Return the id of the sentence that says why a file is not read, "" if it may be."""
    if data[:4] == b"PAR1" and data[-4:] == b"PAR1":
        return "import-parquet"
    if is_zip(data):
        return _zipped(data)
    if data.startswith(_OLE):
        return _old_office(data)
    kind = data[8:12]
    if data.startswith(_PICTURES) or kind in (b"WEBP", b"heic", b"avif"):
        return "import-picture"
    if data.startswith(_SOUNDS) or data[4:8] == b"ftyp" or kind in (b"WAVE", b"AVI "):
        return "import-sound"
    if data.startswith(_PACKED):
        return "import-packed"
    return "import-database" if data.startswith(b"SQLite format 3\x00") else ""


def _zipped(data: bytes) -> str:
    """Tell slides and sheets, which are archives, from archives of articles."""
    names = zip_names(data)
    if "ppt/presentation.xml" in names:
        return "import-slides"
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        return "import-pages"
    start = data[:160]
    if b"opendocument.spreadsheet" in start:
        return "import-old-sheet"
    return "import-slides" if b"opendocument.presentation" in start else ""


def _old_office(data: bytes) -> str:
    """Tell old Word, Excel and PowerPoint files from messages, which are of the same kind."""
    if "__properties_version1.0".encode("utf-16-le") in data:
        return ""
    for stream, refusal in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") in data:
            return refusal
    return ""

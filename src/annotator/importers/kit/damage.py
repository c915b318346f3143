"""What is wrong with a damaged file, as far as it shows: said with what the file should be.

A parser says that it gave up; a person needs to know whether to fetch the file again, to save it
anew, or whether it is something else altogether.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING

from annotator.importers.base import has_suffix
from annotator.importers.kit.zips import is_zip, safe_name
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.importers.base import Importer

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What another format begins with, whatever a file is called.
_BINARY = (_OLE, b"%PDF-", b"PK\x03\x04", b"PK\x05\x06")
#: What stands in archives of a kind, by which a torn one is still known.
_MEMBERS = (
    (b"word/", "docx"),
    (b"xl/", "table"),
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
)
#: A file of this kind that is read as something else and holds this is a damaged one.
_SIGNS = {
    "rtf": (b"\\pard", b"\\par"),
    "eml": (b"Content-Transfer-Encoding:", b"MIME-Version:"),
    "mhtml": (b"Content-Transfer-Encoding:", b"MIME-Version:"),
    "webarchive": (b"WebResourceData",),
}
#: Formats that are read from files of that kind, too.
_ALIKE = {
    "eml": ("eml", "mhtml"),
    "mhtml": ("eml", "mhtml"),
    "json": ("json", "ninjs"),
}
#: Endings that people give to any text; and to any text or archive.
_PLAIN = ("text", "markdown")
_TEXTS = (*_PLAIN, "html", "zip")
#: The ends of these kinds of file, within so many bytes of the last.
_END_REACH = 66_000
#: So much of an archive is unpacked to see which part of it is broken.
_UNPACKED = 64 * 1024 * 1024


def damaged(data: bytes, name: str, format_id: str, importers: Sequence[Importer]) -> UserError:
    """Return the error for a file that an importer gave up on.

    Args:
        data: the bytes of the file.
        name: its name, for the sentence.
        format_id: the importer that gave up.
        importers: all of them, to know what a name's ending promises.

    The error is ``import-damaged`` with ``format_id`` (what the file should be) and ``broken``:
    ``cut`` (its end is missing), ``start``, ``part`` (with ``part``), ``line`` (with ``line``) or
    ``inside``.
    """
    kind = _kind(data, name, format_id, importers)
    if is_zip(data):
        broken, where = _zip(data)
    elif data.startswith(_OLE):
        broken, where = ("cut" if _is_ole_cut(data) else "inside"), ""
    elif kind == "pdf":
        whole = b"%%EOF" in data[-2_048:]
        broken, where = ("inside" if whole else "cut"), ""
    elif kind in ("newsml", "nitf", "feed") or data.lstrip().startswith(b"<"):
        broken, where = _markup(data)
    elif kind in ("json", "ninjs"):
        broken, where = _json(data)
    else:
        broken, where = "inside", ""
    more = {broken: where} if where else {}
    return UserError("import-damaged", name=name, format_id=kind, broken=broken, **more)


def misnamed(
    data: bytes, name: str, chosen: str, importers: Sequence[Importer]
) -> UserError | None:
    """Return the error for a file whose name promises what its bytes are not; ``None`` if well.

    Only where reading it as what it seems to be would show a person bytes, not words.

    Args:
        data: the bytes of the file.
        name: its name.
        chosen: the importer that would read it, "" if none would.
        importers: all of them.
    """
    promised = _promised(name, importers, _TEXTS if chosen else _PLAIN)
    if not promised or promised == chosen:
        return None
    if not chosen and data.startswith(_OLE):
        return damaged(data, name, promised, importers)
    if chosen and not _shows_bytes(data, promised, chosen):
        return None
    return UserError("import-damaged", name=name, format_id=promised, broken="start")


def _shows_bytes(data: bytes, promised: str, chosen: str) -> bool:
    """Say whether a file of one format, read as text, would show its inside."""
    if chosen in _ALIKE.get(promised, ()) or data.startswith(_BINARY):
        return False
    if promised == "json":
        return not data.lstrip().startswith(b"<")
    if promised == "rtf" and data[:64].lstrip().startswith(b"{\\rtf"):
        return False
    return any(sign in data for sign in _SIGNS.get(promised, ()))


def _promised(name: str, importers: Sequence[Importer], loose: tuple[str, ...] = ()) -> str:
    """Return the format that a name's ending promises, "" for one of which it promises nothing."""
    found = next((i.id for i in importers if i.suffixes and has_suffix(name, i.suffixes)), "")
    return "" if found in loose else found


def _kind(data: bytes, name: str, format_id: str, importers: Sequence[Importer]) -> str:
    """Return what a file should be: by its bytes, by its name, or by who tried to read it."""
    if is_zip(data):
        head = data[: 64 * 1024]
        known = next((kind for sign, kind in _MEMBERS if sign in head), "")
        return known or _promised(name, importers) or format_id
    return format_id


def _zip(data: bytes) -> tuple[str, str]:
    """Say whether an archive's end is missing, or which of its parts is broken."""
    if b"PK\x05\x06" not in data[-_END_REACH:]:
        return "cut", ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            left = _UNPACKED
            for entry in archive.infolist():
                left -= entry.file_size
                if left < 0:
                    break
                try:
                    archive.read(entry)
                except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
                        NotImplementedError, RuntimeError, KeyError):  # fmt: skip
                    return "part", safe_name(entry.filename)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError):
        pass
    return "inside", ""


def _is_ole_cut(data: bytes) -> bool:
    """Say whether a compound file is shorter than its own table says.

    Source: MS-CFB, 2.2: bytes 30 (size of a sector), 44 (sectors of the table), 48 (the first
    sector of the directory).
    """
    if len(data) < 512:
        return True
    shift = int.from_bytes(data[30:32], "little")
    if not 7 <= shift <= 16:
        return False
    sectors = (len(data) - 512) >> shift
    first = int.from_bytes(data[48:52], "little")
    tables = [int.from_bytes(data[at : at + 4], "little") for at in range(76, 76 + 4 * 109, 4)]
    used = [first, *(table for table in tables if table < 0xFFFFFFF0)]
    return len(data) % (1 << shift) != 0 or max(used) >= sectors


def _markup(data: bytes) -> tuple[str, str]:
    """Say at which line markup breaks off; at the last one its end is missing."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        lines = data.rstrip().count(b"\n") + 1
        return ("cut", "") if line >= lines > 1 else ("line", str(line))
    except ValueError:
        pass
    return "inside", ""


def _json(data: bytes) -> tuple[str, str]:
    """Say at which line JSON breaks off."""
    text = data.decode("utf-8", "replace").strip("\ufeff \t\r\n")
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            is_cut = error.pos >= len(text) - 2 or error.msg.startswith("Unterminated")
            return ("cut", "") if is_cut else ("line", str(error.lineno))
        for number, line in enumerate(text.split("\n"), 1):
            try:
                json.loads(line or "0", strict=False)
            except ValueError:
                last = number == text.count("\n") + 1
                return ("cut", "") if last else ("line", str(number))
            except RecursionError:
                break
    except RecursionError:
        pass
    return "inside", ""

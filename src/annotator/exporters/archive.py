"""Zip files: written so that the same content gives the same bytes, read as if from an enemy."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TIME = (1980, 1, 1, 0, 0, 0)
_MOST_ENTRIES = 5_000
_MOST_BYTES = 200 * 2**20
_MOST_RATIO = 100
#: Small files may be packed very well without any harm.
_RATIO_FROM = 2**20
#: What the zip library raises for what is no zip file, or a broken one.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    struct.error,
)
_NAME = re.compile(r"[^\w.-]+")


def pack(stream: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip file with fixed times."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, data)


def unpack(data: bytes) -> Mapping[str, bytes]:
    """Return the entries of a zip file by name; names are only ever keys, never paths.

    Raises:
        ValueError: if it is no zip file, or larger than any honest one of ours would be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # A broken directory may hold a name without a letter, which ``is_dir`` cannot bear.
            members = [m for m in archive.infolist() if not m.filename.endswith("/")]
            if len(members) > _MOST_ENTRIES:
                raise ValueError("entries")
            if sum(m.file_size for m in members) > _MOST_BYTES:
                raise ValueError("size")
            return {m.filename: _inflated(archive, m) for m in members}
    except _UNREADABLE as error:
        raise ValueError("zip") from error


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    packed = max(member.compress_size, 1)
    if member.file_size > _RATIO_FROM and member.file_size / packed > _MOST_RATIO:
        raise ValueError("ratio")
    with archive.open(member) as file:
        # The size in the directory may lie: never read on past it.
        data = file.read(member.file_size + 1)
    if len(data) > member.file_size:
        raise ValueError("size")
    return data


def entry_name(number: int, headline: str, ending: str) -> str:
    """Return a name for an article's entry that every system can write: "003-le-barrage.txt"."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    slug = _NAME.sub("-", plain).strip("-.")[:40].rstrip("-.")
    return f"{number:03d}-{slug}{ending}" if slug else f"{number:03d}{ending}"

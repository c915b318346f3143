"""Reading archives that may be bombs: every limit is counted, no name is used as a path."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

INFLATED_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 100
ENTRY_LIMIT = 5_000
#: A ratio only counts above this size: a page of blanks shrinks a thousandfold and hurts nobody.
_RATIO_FROM = 4 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(slots=True)
class _Budget:
    left: int = INFLATED_LIMIT


class SafeZip:
    """Read members of an archive under limits on entries, inflated size and ratio.

    Raises:
        UserError: ``import-damaged`` if it is no archive, ``import-bomb`` at a limit,
            ``import-encrypted`` if a member needs a password.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._size = len(data)
        self._budget = _Budget()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
            raise UserError("import-damaged", name=name) from error
        if len(entries) > ENTRY_LIMIT:
            raise UserError("import-bomb", name=name, broken="entries", limit=ENTRY_LIMIT)
        # A member without a name is no file, and zipfile itself stumbles over it.
        self._entries = [entry for entry in entries if entry.filename]

    def names(self) -> list[str]:
        """Return the names of the members that are files, as the archive spells them."""
        return [entry.filename for entry in self._entries if not entry.is_dir()]

    def has(self, member: str) -> bool:
        """Say whether there is a member of this name."""
        return any(entry.filename == member for entry in self._entries)

    def read(self, member: str) -> bytes:
        """Return the bytes of a member; an absent one is empty.

        Raises:
            UserError: ``import-damaged``, ``import-bomb``, ``import-encrypted``.
        """
        for entry in self._entries:
            if entry.filename == member:
                return self._inflate(entry)
        return b""

    def members(self) -> Iterator[tuple[str, bytes | UserError]]:
        """Give each file of the archive with its bytes, or the error that it alone costs.

        Raises:
            UserError: ``import-bomb`` when the archive as a whole reaches a limit.
        """
        for entry in self._entries:
            if entry.is_dir() or _is_link(entry):
                continue
            try:
                yield entry.filename, self._inflate(entry)
            except UserError as error:
                if error.message_id == "import-bomb":
                    raise
                yield entry.filename, error

    def _inflate(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & 1:
            raise UserError("import-encrypted", name=self._name)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._spend(len(chunk), size, entry.compress_size)
                    parts.append(chunk)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
            RuntimeError, KeyError,
        ) as error:  # fmt: skip
            raise UserError("import-damaged", name=self._name) from error
        return b"".join(parts)

    def _spend(self, more: int, size: int, packed: int) -> None:
        self._budget.left -= more
        bomb = size > _RATIO_FROM and size > RATIO_LIMIT * max(1, packed)
        if self._budget.left < 0 or bomb:
            raise UserError("import-bomb", name=self._name)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    """Say whether a member is a symbolic link, which is never followed."""
    return (entry.external_attr >> 16) & 0o170000 == 0o120000


def safe_name(member: str) -> str:
    """Return the last part of a member's name, harmless to show and to use as a file name."""
    last = member.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    shown = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in last)
    return shown.strip(" .")[:120] or "file"


def is_zip(data: bytes) -> bool:
    """Say whether bytes begin like an archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_crowded(data: bytes) -> bool:
    """Say whether an archive holds more than any document does: not worth a look, many times."""
    return data.count(b"PK\x01\x02") > ENTRY_LIMIT


def peek(data: bytes, member: str, limit: int = 512 * 1024) -> bytes:
    """Return the beginning of a member, for sniffing; empty if it cannot be had. Never raises."""
    if not is_zip(data) or _is_crowded(data):
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as stream:
            return stream.read(limit)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
        RuntimeError, KeyError, IndexError,
    ):  # fmt: skip
        return b""


def zip_names(data: bytes) -> list[str]:
    """Return the names in an archive, for sniffing; empty if it is none. Never raises."""
    if not is_zip(data) or _is_crowded(data):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()[:ENTRY_LIMIT]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError, KeyError):
        return []

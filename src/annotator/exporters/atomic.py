"""Write a file whole or not at all: the old one survives every failure."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


#: ``errno`` values with a sentence of their own; anything else is ``export-failed``.
_SENTENCES = {
    28: "export-disk-full",
    122: "export-disk-full",
    13: "export-denied",
    1: "export-denied",
    30: "export-denied",
}


def write_atomically(
    path: Path,
    writer: Callable[[BinaryIO], None],
    *,
    check: Callable[[BinaryIO], None] | None = None,
) -> int:
    """Write through a temporary file in the same folder, sync it, put it in place.

    The file is readable by its owner only (0600). ``check`` reads the finished bytes before they
    take the old file's place and raises to stop that.

    Args:
        path: where the file is to stand; its folder must exist.
        writer: writes the bytes.
        check: looks at the finished bytes; the stream stands at the beginning.

    Returns:
        The size in bytes.

    Raises:
        UserError: if the folder is missing, the disk is full or writing is not allowed; nothing
            is left behind and a file that was there is unchanged.
    """
    if path.is_dir():
        raise UserError("export-is-folder", file=path.name)
    try:
        handle, name = tempfile.mkstemp(prefix=".annotator-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _sentence(error, path) from error
    temporary = Path(name)
    try:
        size = _fill(handle, writer, check)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _sentence(error, path) from error
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
    return size


def _fill(
    handle: int,
    writer: Callable[[BinaryIO], None],
    check: Callable[[BinaryIO], None] | None,
) -> int:
    with os.fdopen(handle, "w+b") as stream:
        binary = cast("BinaryIO", stream)
        writer(binary)
        stream.flush()
        os.fsync(stream.fileno())
        size = stream.seek(0, os.SEEK_END)
        if check is not None:
            stream.seek(0)
            check(binary)
    return size


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system lets a folder be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(error: OSError, path: Path) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError("export-no-folder", folder=path.parent.name or str(path.parent))
    message_id = _SENTENCES.get(error.errno or 0, "export-failed")
    return UserError(message_id, file=path.name, reason=os.strerror(error.errno or 0))

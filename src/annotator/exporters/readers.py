"""Which format a file of marks is in, and who reads it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.exporters.exchange import Sheet

    Read = Callable[[bytes], Iterator[tuple[Sheet | None, str]]]

_HERE = "annotator.exporters."

#: Module and function that read each format: a new one is one file and one line.
READERS = {
    "w3c": (f"{_HERE}w3c", "read"),
    "brat": (f"{_HERE}brat", "read"),
    "cas-xmi": (f"{_HERE}cas", "read_xmi"),
    "cas-json": (f"{_HERE}cas", "read_json"),
    "refi-qda": (f"{_HERE}refi_read", "read"),
    "corpus": (f"{_HERE}corpus", "read"),
}


def read_marks(
    data: bytes, name: str, as_format: str | None = None
) -> list[tuple[Sheet | None, str]]:
    """Read the articles of a file; ``None`` stands for what could not be read, with its name.

    Raises:
        UserError: ``annotations-format`` if it is in none of the formats.
    """
    chosen = as_format or _sniffed(data)
    known = ", ".join(READERS)
    if chosen not in READERS:
        raise UserError("annotations-format", file=name, known=known)
    module, function = READERS[chosen]
    read: Read = getattr(import_module(module), function)
    try:
        return list(read(data))
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError("annotations-format", file=name, known=known) from error


def _sniffed(data: bytes) -> str:
    """Return the format that the contents speak for; empty for none."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return _packed(data)
    if head.startswith(b"<"):
        return "cas-xmi" if b"/XMI" in head or b":XMI" in head else ""
    if head.startswith((b"{", b"[")):
        if b"%FEATURE_STRUCTURES" in data or b"%TYPES" in head:
            return "cas-json"
        if b"anno.jsonld" in head or b'"Annotation' in head:
            return "w3c"
        return "corpus" if b'"text"' in head else ""
    return ""


def _packed(data: bytes) -> str:
    from annotator.exporters.archive import unpack

    try:
        names = list(unpack(data))
    except ValueError:
        return ""
    if "project.qde" in names:
        return "refi-qda"
    if any(name.endswith(".ann") for name in names):
        return "brat"
    return "cas-xmi" if any(name.endswith(".xmi") for name in names) else ""

"""Frames on a pipe: eight bytes of length, then so many bytes."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Nothing we send is longer; a longer length is garbage.
FRAME_LIMIT = 512 * 1024 * 1024


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Write one frame."""
    stream.write(len(payload).to_bytes(8, "big"))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame; ``None`` at the end of the stream.

    Raises:
        ValueError: if the length is garbage or the frame is cut short.
    """
    head = stream.read(8)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < 8 or length > FRAME_LIMIT:
        message = "a frame of impossible length"
        raise ValueError(message)
    payload = stream.read(length)
    if len(payload) < length:
        message = "a frame cut short"
        raise ValueError(message)
    return payload


def request(
    name: str,
    charset: str | None,
    as_format: str | None,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
    *,
    preview: str = "",
) -> bytes:
    """Return the frame that says what to do with the bytes in the next one.

    ``preview`` asks for ``columns`` or ``cuts`` instead of the articles.
    """
    asked = {"name": name, "charset": charset, "as_format": as_format, "preview": preview}
    columns = None if mapping is None else dict(mapping)
    known = {key: dict(one) for key, one in (remembered or {}).items()}
    return json.dumps({**asked, "mapping": columns, "remembered": known}).encode()

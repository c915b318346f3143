"""RTF as Outlook packs it.

Source: MS-OXRTFCP, compressed RTF ("LZFu"), section 2.2.
"""

from __future__ import annotations

import struct

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_SIZE = 4096
_LIMIT = 64 * 1024 * 1024


def unpack_rtf(packed: bytes) -> bytes:
    """Return the RTF of a compressed stream.

    Raises:
        ValueError: if it is none.
    """
    if len(packed) < 16:
        message = "no packed RTF"
        raise ValueError(message)
    _packed_size, size, kind = struct.unpack_from("<IIi", packed)
    if kind == 0x414C454D:
        return packed[16 : 16 + size]
    if kind != 0x75465A4C or size > _LIMIT:
        message = "no packed RTF"
        raise ValueError(message)
    ring = bytearray(_DICTIONARY.ljust(_SIZE, b"\x00"))
    write = len(_DICTIONARY)
    out = bytearray()
    at = 16
    while at < len(packed) and len(out) < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed):
                break
            if not control & (1 << bit):
                run, at = packed[at : at + 1], at + 1
            else:
                reference = int.from_bytes(packed[at : at + 2], "big")
                at += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == write:
                    return bytes(out)
                run = _run(ring, offset, length, write)
            for byte in run:
                ring[write] = byte
                write = (write + 1) % _SIZE
            out += run
    return bytes(out[:size])


def _run(ring: bytearray, offset: int, length: int, write: int) -> bytes:
    """Return the bytes a reference stands for; it may reach into what it is about to write."""
    run = bytearray()
    for index in range(length):
        place = (offset + index) % _SIZE
        distance = (place - write) % _SIZE
        run.append(run[distance] if distance < len(run) else ring[place])
    return bytes(run)

"""Write compound files (MS-CFB), as far as messages of Outlook need them."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096

Tree = dict[str, "bytes | Tree"]


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    size: int = 0


@dataclass(slots=True)
class _Writer:
    entries: list[_Entry] = field(default_factory=list)
    fat: list[int] = field(default_factory=list)
    sectors: bytearray = field(default_factory=bytearray)
    small_fat: list[int] = field(default_factory=list)
    small: bytearray = field(default_factory=bytearray)

    def add(self, tree: Tree) -> int:
        """Write the entries of a storage as a chain to the right; return the first of them."""
        first = last = _FREE
        for name in sorted(tree, key=lambda n: (len(n), n.upper())):
            inside = tree[name]
            at = len(self.entries)
            if isinstance(inside, bytes):
                self.entries.append(_Entry(name, 2, inside, size=len(inside)))
            else:
                self.entries.append(_Entry(name, 1))
                self.entries[at].child = self.add(inside)
            if last == _FREE:
                first = at
            else:
                self.entries[last].right = at
            last = at
        return first

    def store(self, data: bytes) -> int:
        """Write a stream into sectors; return the first."""
        return _chain(data, _SECTOR, self.fat, self.sectors)

    def store_small(self, data: bytes) -> int:
        """Write a stream into small sectors; return the first."""
        return _chain(data, _SMALL, self.small_fat, self.small)


def _chain(data: bytes, size: int, table: list[int], out: bytearray) -> int:
    if not data:
        return _END
    start, count = len(table), -(-len(data) // size)
    table += [*range(start + 1, start + count), _END]
    out += data.ljust(count * size, b"\0")
    return start


def compound(tree: Tree) -> bytes:
    """Return a file with storages (dictionaries) and streams (bytes)."""
    writer = _Writer([_Entry("Root Entry", 5)])
    writer.entries[0].child = writer.add(tree)
    for entry in writer.entries:
        if entry.kind == 2:
            large = entry.size >= _CUTOFF
            entry.start = (writer.store if large else writer.store_small)(entry.data)
    root = writer.entries[0]
    root.start, root.size = writer.store(bytes(writer.small)), len(writer.small)
    table = struct.pack(f"<{len(writer.small_fat)}I", *writer.small_fat)
    table += b"\xff" * (-len(table) % _SECTOR)
    small_table, small_count = writer.store(table), len(table) // _SECTOR
    folder = writer.store(b"".join(map(_packed, writer.entries)))
    sectors = len(writer.fat)
    fats = 1
    while (sectors + fats) * 4 > fats * _SECTOR:
        fats += 1
    writer.fat += [_FAT] * fats
    fat = struct.pack(f"<{len(writer.fat)}I", *writer.fat).ljust(fats * _SECTOR, b"\xff")
    places = [sectors + n for n in range(fats)] + [_FREE] * (109 - fats)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, fats, folder, 0, _CUTOFF, small_table, small_count, _END, 0)
    return head + struct.pack("<109I", *places) + bytes(writer.sectors) + fat


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(name), entry.kind, 1, _FREE, entry.right, entry.child)
        + bytes(36)
        + struct.pack("<IQ", entry.start, entry.size)
    )

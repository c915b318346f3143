"""Row heights with their running sum, cheap to change one at a time."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

_SHIFT = 9
_CHUNK = 1 << _SHIFT


class Heights:
    """Keep the height of every row, in px.

    Rows are summed in chunks, so that a change costs one chunk and not the whole document.

    Args:
        heights: one number a row, estimated or measured.
    """

    def __init__(self, heights: list[float]) -> None:
        self._heights = heights
        self._chunks = [sum(heights[i : i + _CHUNK]) for i in range(0, len(heights), _CHUNK)]
        self._tops: list[float] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> float:
        return self._heights[row]

    def set(self, row: int, height: float) -> float:
        """Set the height of a row and return by how much it grew."""
        grown = height - self._heights[row]
        if grown:
            self._heights[row] = height
            self._chunks[row >> _SHIFT] += grown
            self._tops = None
        return grown

    @property
    def total(self) -> float:
        """Return the height of all rows."""
        return self._chunk_tops()[-1]

    def top(self, row: int) -> float:
        """Return where a row begins (the row after the last: the total)."""
        chunk = row >> _SHIFT
        return self._chunk_tops()[chunk] + sum(self._heights[chunk << _SHIFT : row])

    def row_at(self, y: float) -> tuple[int, float]:
        """Return the row at a height and how far into the row that is; the ends are clamped."""
        if not self._heights:
            return 0, 0.0
        tops = self._chunk_tops()
        chunk = min(max(0, bisect_right(tops, y) - 1), len(self._chunks) - 1)
        row = chunk << _SHIFT
        rest = max(0.0, y - tops[chunk])
        last = min(len(self._heights), row + _CHUNK) - 1
        while row < last and rest >= self._heights[row]:
            rest -= self._heights[row]
            row += 1
        return row, min(rest, self._heights[row])

    def _chunk_tops(self) -> list[float]:
        if self._tops is None:
            self._tops = list(accumulate(self._chunks, initial=0.0))
        return self._tops

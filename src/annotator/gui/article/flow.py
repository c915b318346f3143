"""Where rows stand on the screen: the scroll position is a row and an offset, never a number.

Heights of rows that nobody has seen are estimates. They are replaced by exact ones as rows come
into view or while the program idles; because the position hangs on a row, the words on the screen
do not move when that happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.article.heights import Heights


class Flow:
    """Place rows of exact or estimated height in a window of a given height.

    Args:
        heights: the rows' heights; ``measure`` corrects them.
        measure: lays a row out and returns its exact height (cheap when it already has).
    """

    def __init__(self, heights: Heights, measure: Callable[[int], float]) -> None:
        self.heights = heights
        self._measure = measure
        self.row = 0
        self.offset = 0.0
        self.window = 0.0

    def measured(self, row: int) -> float:
        """Return the exact height of a row and remember it."""
        height = self._measure(row)
        self.heights.set(row, height)
        return height

    @property
    def value(self) -> float:
        """Return the scroll position in px from the top, as far as heights are known."""
        return self.heights.top(self.row) + self.offset

    @property
    def maximum(self) -> float:
        """Return the greatest scroll position."""
        return max(0.0, self.heights.total - self.window)

    def visible(self) -> list[tuple[int, float]]:
        """Return ``(row, y)`` of the rows in the window, top down, all of exact height."""
        out: list[tuple[int, float]] = []
        y = -self.offset
        for row in range(self.row, len(self.heights)):
            if y >= self.window:
                break
            height = self.measured(row)
            if y + height > 0 or not height:
                out.append((row, y))
            y += height
        return out

    def y_of(self, row: int) -> float:
        """Return where a row begins, relative to the window's top."""
        if row >= self.row and row - self.row < 64:
            return sum(self.heights[i] for i in range(self.row, row)) - self.offset
        return self.heights.top(row) - self.value

    def scroll_to(self, value: float) -> None:
        """Go to a position; near where we are the words move by exactly the difference."""
        change = value - self.value
        if abs(change) <= 4 * max(self.window, 1.0):
            self.scroll_by(change)
            return
        row, offset = self.heights.row_at(min(max(0.0, value), self.maximum))
        guess = self.heights[row]
        exact = self.measured(row)
        # Whole px, so that baselines stay on the pixel grid.
        self.show(row, float(round(offset * exact / guess)) if guess else 0.0)

    def scroll_by(self, change: float) -> None:
        """Move the words up by ``change`` px (down when negative), whatever was estimated."""
        self.show(self.row, self.offset + change)

    def show(self, row: int, offset: float) -> None:
        """Put the point ``offset`` px into a row at the top of the window, within the document."""
        self.row, self.offset = self._settled(row, offset)
        missing = self._room_below()
        if missing > 0:
            self.row, self.offset = self._settled(self.row, self.offset - missing)

    def hold(self, row: int, y: float) -> None:
        """Put the top of a row at ``y`` in the window (as after new heights)."""
        self.show(row, -y)

    def _settled(self, row: int, offset: float) -> tuple[int, float]:
        last = len(self.heights) - 1
        while offset < 0 and row > 0:
            row -= 1
            offset += self.measured(row)
        while row < last:
            height = self.measured(row)
            if offset < height:
                break
            offset -= height
            row += 1
        return row, max(0.0, offset)

    def _room_below(self) -> float:
        """Return how many px of the window would stay empty under the last row."""
        y = -self.offset
        for row in range(self.row, len(self.heights)):
            y += self.measured(row)
            if y >= self.window:
                return 0.0
        return self.window - y

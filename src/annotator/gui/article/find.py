"""Find in an article: a pattern that reads as a person types, and all hits a slice at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How much text is searched between two looks at the event loop.
SLICE = 400_000
_SAME = {
    " ": "[ \u00a0\u202f\u2009\t]",
    "'": "['’ʼ]",
    "’": "['’ʼ]",
    '"': '["“”«»„]',
    "-": "[-\u2010\u2011]",
}


def pattern(query: str, *, case: bool = False, words: bool = False) -> re.Pattern[str] | None:
    """Make the pattern of a query, or nothing for an empty one.

    A typed space finds a no-break space, a straight apostrophe or quotation mark the typographic
    one, a hyphen the no-break hyphen: what a keyboard has stands for what newsrooms print.
    """
    if not query:
        return None
    source = "".join(_SAME.get(letter) or re.escape(letter) for letter in query)
    if words:
        source = rf"(?<!\w){source}(?!\w)"
    return re.compile(source, 0 if case else re.IGNORECASE)


def find_slices(
    text: str, wanted: re.Pattern[str], length: int, *, size: int = SLICE
) -> Iterator[list[Span]]:
    """Give the hits of each slice of a text in turn; a hit across two slices is found once.

    Args:
        text: what to search.
        wanted: a pattern of ``pattern``.
        length: how long a hit is (code points), that of the query.
        size: how much text a slice has.
    """
    floor = 0
    for border in range(size, len(text) + size, size):
        found: list[Span] = []
        # One character more than a hit can reach, for the look at the end of a word.
        for match in wanted.finditer(text, floor, border + length):
            if match.start() >= border:
                break
            floor = match.end()
            found.append(Span(match.start(), match.end()))
        yield found
        floor = max(floor, border)


class Hits:
    """Hold the hits of a search, in text order, and which one is the current."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.current = -1

    def __len__(self) -> int:
        return len(self.starts)

    def clear(self) -> None:
        """Forget all."""
        self.starts, self.ends, self.current = [], [], -1

    def extend(self, spans: list[Span]) -> None:
        """Add hits that come after those already here."""
        self.starts += [span.start for span in spans]
        self.ends += [span.end for span in spans]

    def span(self, index: int) -> Span:
        """Return one hit."""
        return Span(self.starts[index], self.ends[index])

    def touching(self, start: int, end: int) -> range:
        """Return the hits that share a character with ``[start, end)``."""
        low = bisect_left(self.ends, start + 1)
        return range(low, max(low, bisect_left(self.starts, end)))

    def go(self, position: int, step: int) -> Span | None:
        """Make the next (1) or previous (-1) hit seen from ``position`` the current one."""
        if not self.starts:
            return None
        if self.current >= 0:
            self.current = (self.current + step) % len(self.starts)
        else:
            at = bisect_left(self.starts, position)
            self.current = (at if step > 0 else at - 1) % len(self.starts)
        return self.span(self.current)

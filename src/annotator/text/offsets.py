"""Code points to UTF-16 units and back: the one place where the two counts meet."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class OffsetMap:
    """Convert positions in one text. Building is linear, a look-up is a binary search.

    Args:
        text: the canonical text (no surrogates).
    """

    def __init__(self, text: str) -> None:
        found: array[int] = array("q")
        if not text.isascii():
            found.extend(match.start() for match in _ASTRAL.finditer(text))
        self._astral = found
        self._astral_utf16 = array("q", (at + index for index, at in enumerate(found)))
        self.length = len(text)
        self.length_utf16 = len(text) + len(found)

    @property
    def is_identity(self) -> bool:
        """Say whether both counts agree everywhere (no character beyond U+FFFF)."""
        return not self._astral

    def to_utf16(self, position: int) -> int:
        """Return the UTF-16 position of a code point position.

        Raises:
            ValueError: if the position lies outside the text.
        """
        if not 0 <= position <= self.length:
            message = f"position {position} is outside a text of {self.length} code points"
            raise ValueError(message)
        return position + bisect_left(self._astral, position)

    def to_code_point(self, position_utf16: int, *, snap: bool = False) -> int:
        """Return the code point position of a UTF-16 position.

        Args:
            position_utf16: a position as Qt counts.
            snap: move a position inside a surrogate pair to the start of its character.

        Raises:
            ValueError: outside the text, or inside a surrogate pair without ``snap``.
        """
        if not 0 <= position_utf16 <= self.length_utf16:
            message = f"position {position_utf16} is outside a text of {self.length_utf16} units"
            raise ValueError(message)
        before = bisect_left(self._astral_utf16, position_utf16)
        if before and self._astral_utf16[before - 1] + 1 == position_utf16:
            if not snap:
                message = f"position {position_utf16} is inside a surrogate pair"
                raise ValueError(message)
            return self._astral[before - 1]
        return position_utf16 - before

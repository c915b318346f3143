"""On which page of its file does a place of a text stand, and how was a joined word printed?"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def page_at(pages: Sequence[tuple[int, str]], position: int) -> str:
    """Return what the page at a position calls itself; "" in a text without pages.

    Args:
        pages: where each page begins, in order, with its label.
        position: a code point of the text.
    """
    at = bisect_right(pages, (position, "\U0010ffff")) - 1
    return pages[at][1] if at >= 0 else ""


def as_printed(text: str, joins: Sequence[int], start: int, end: int) -> str:
    """Return a stretch with the words divided again that were divided at the end of a line.

    Args:
        text: the canonical text.
        joins: the positions where a hyphen and a line end were taken out.
        start: where the stretch begins.
        end: where it ends.
    """
    cuts = [start, *(at for at in joins if start < at < end), end]
    return "-\n".join(text[a:b] for a, b in pairwise(cuts))

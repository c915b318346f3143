"""Lines that say the same as lines a person has greyed before: a rule remembered for an outlet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.text.names import fold
from annotator.text.segments import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.span import Span

_NUMBERS = re.compile(r"\d+")


def line_key(words: str) -> str:
    """Return what is remembered of a line: its words without case, accents and numbers."""
    return _NUMBERS.sub("#", fold(words)).strip()


def lines_like(text: str, keys: Iterable[str]) -> list[Span]:
    """Find the lines whose key is one of ``keys`` ("3 commentaires" is like "12 commentaires")."""
    wanted = frozenset(key for key in keys if key)
    if not wanted:
        return []
    return [line for line in paragraphs(text) if line_key(line.slice(text)) in wanted]

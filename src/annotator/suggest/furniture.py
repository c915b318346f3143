"""Leave names out that stand in a dateline or a byline: nobody acts there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.places import NameFind
    from annotator.suggest.tokens import Tokens

_LONGEST = 16
_DASHES = word_set("- – — --")
_BYLINE = re.compile(
    r"[(\[]?(?:(?:additional )?reporting|writing|editing|compiled|with reporting|written|[ée]dité|"
    r"rédigé|reportage|propos recueillis|by|par|photos?)\b",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "»", "”", '"')
_SHORT = 160


def outside(tokens: Tokens, text: str, names: Sequence[NameFind]) -> list[NameFind]:
    """Return the names of a paragraph that stand outside a dateline or a byline.

    Args:
        tokens: the paragraph.
        text: its characters.
        names: its names.
    """
    if not names or _is_byline(text):
        return []
    stop = dateline(tokens)
    return [n for n in names if n.first >= stop] if stop else list(names)


def _is_byline(text: str) -> bool:
    """Say whether a paragraph only says who wrote it: a line in brackets, "By Ann Alder"."""
    shown = text.strip()
    if len(shown) > _SHORT:
        return False
    enclosed = shown[:1] in "([" and shown[-1:] in ")]"
    return enclosed or (_BYLINE.match(shown) is not None and not shown.endswith(_ENDS))


def dateline(tokens: Tokens) -> int:
    """Return how many tokens of a paragraph are its dateline, 0 where it has none.

    « LOMÉ, 3 mars (Agence) - », "VALLUR: ", "BRIDGE END – ": a place in capitals, or one with a day
    behind it, up to the dash or colon.
    """
    words = tokens.words
    if not words or not words[0][0].isupper():
        return 0
    for i in range(1, min(_LONGEST, len(words))):
        if words[i] in _DASHES or (words[i] == ":" and words[0].isupper()):
            return i + 1 if _is_place_and_day(words[:i]) else 0
        if words[i] in (".", "!", "?", "«", "“", '"'):
            return 0
    return 0


def _is_place_and_day(words: Sequence[str]) -> bool:
    shouted = [w for w in words[:2] if w[0].isalpha()]
    if len(words[0]) > 2 and all(w.isupper() for w in shouted):
        return all(w[0].isupper() or not w[0].isalpha() or i > 2 for i, w in enumerate(words))
    comma = next((i for i, w in enumerate(words) if w == ","), 0)
    rest = words[comma + 1 : comma + 4]
    return 0 < comma <= 4 and any(w.strip(".").isdigit() for w in rest)

"""Words: where one starts and ends, for double clicks, snapping and counting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Marks that belong to the character before them (combining accents of the common scripts,
#: variation selectors, zero-width joiners, emoji modifiers).
_JOINED = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
_LETTER = rf"\w[\w{_JOINED}]*"
_ELISION = "(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)"
_WORD = re.compile(
    rf"(?:(?<!\w)(?i:{_ELISION})['’](?=\w))"
    rf"|(?:(?<!\w)(?:[^\W\d_]\.){{2,}}(?!\w))"
    rf"|\d+(?:[.,]\d+)+"
    rf"|{_LETTER}(?:['’\-‐‑]{_LETTER})*"
)
_CLINGS = re.compile(f"[{_JOINED}]")
#: White space of the first 256 characters as a space, everything else as a letter.
_SPACE_OR_LETTER = bytes(32 if chr(code).isspace() else 120 for code in range(256))
#: No word is longer than this for snapping: a position is looked at with this much around it.
_REACH = 256


def words(text: str) -> list[Span]:
    """Find the words of a text.

    A hyphenated compound and a number with its separators are one word ("Etats-Unis", "1,5"), an
    acronym keeps its stops ("U.S."), a French elision is a word of its own ("l’" + "homme"), an
    English contraction is not ("don't").
    """
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def count_words(text: str) -> int:
    """Count the words of a text."""
    return sum(1 for _ in _WORD.finditer(text))


def word_at(text: str, position: int) -> Span | None:
    """Return the word that has ``position`` inside it or at its start, if any."""
    low, high = _window(text, position)
    for match in _WORD.finditer(text, low, high):
        if match.start() <= position < match.end():
            return Span(*match.span())
    return None


def snap_to_words(text: str, start: int, end: int) -> Span | None:
    """Widen a selection to whole words and drop white space at its edges.

    Punctuation that was selected stays selected, and a character is never cut from the accents,
    joiners and modifiers that belong to it. Returns ``None`` if nothing but white space is left.
    """
    start, end = max(0, min(start, end)), min(len(text), max(start, end))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return Span(_left_edge(text, start), _right_edge(text, end))


def _window(text: str, position: int) -> tuple[int, int]:
    """Return a stretch around a position, cut at white space where there is some."""
    low = max(0, position - _REACH)
    for at in range(min(position, len(text)) - 1, low - 1, -1):
        if text[at].isspace():
            low = at + 1
            break
    return low, min(len(text), position + _REACH)


def _left_edge(text: str, start: int) -> int:
    at = -1
    while at != start:
        word = word_at(text, start)
        start = at = word.start if word is not None else start
        while start > 0 and not text[start - 1].isspace():
            if not (_CLINGS.match(text[start]) or text[start - 1] == "\u200d"):
                break
            start -= 1
    return start


def _right_edge(text: str, end: int) -> int:
    at = -1
    while at != end:
        word = word_at(text, end - 1)
        end = at = word.end if word is not None and word.end > end else end
        while end < len(text) and (_CLINGS.match(text[end]) or text[end - 1] == "\u200d"):
            end += 1
    return end


def count_unmasked(text: str, mask: Sequence[Span]) -> int:
    """Count what stands between white space outside a mask, as a word count does.

    Args:
        text: the text.
        mask: what does not count, sorted.
    """
    if not mask:
        return _runs(text)
    found = at = 0
    for span in mask:
        found += _runs(text[at : span.start])
        at = span.end
    return found + _runs(text[at:])


def _runs(text: str) -> int:
    """Return ``len(text.split())`` without making the five hundred words of an article."""
    try:
        plain = text.encode("latin-1").translate(_SPACE_OR_LETTER)
    except UnicodeEncodeError:
        return len(text.split())
    return plain.count(b"x ") + plain.endswith(b"x")

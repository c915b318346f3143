"""Find what a person means from a few letters: the palette's way of matching."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """Say how well letters fit a text; ``places`` are the matched positions in code points."""

    score: float
    places: tuple[int, ...]


def _letter(char: str) -> str:
    """Return a letter without case, accent or kind of space. One stays one, so places hold."""
    base = unicodedata.normalize("NFKD", char)[0]
    return base.lower()[:1]


def _folded(text: str) -> str:
    return "".join(_letter(char) for char in text)


def match(letters: str, text: str) -> Match | None:
    """Match letters in order against a text; ``None`` if they do not all occur.

    A stretch of the text itself counts most, then letters at the starts of words, then letters
    that follow each other; a shorter text wins between equals.
    """
    wanted = _folded("".join(letters.split()))
    if not wanted:
        return Match(0.0, ())
    inside = _folded(text)
    whole = _folded(" ".join(letters.split()))
    at = inside.find(whole)
    while at > 0 and inside[at - 1].isalnum() and inside.find(whole, at + 1) > 0:
        at = inside.find(whole, at + 1)
    if at >= 0:
        starts_word = at == 0 or not inside[at - 1].isalnum()
        score = 100.0 + 20.0 * starts_word + 10.0 * (at == 0) - 0.1 * len(text)
        return Match(score, tuple(range(at, at + len(whole))))
    return _scattered(wanted, inside)


def _scattered(wanted: str, inside: str) -> Match | None:
    """Take each letter at the next start of a word where there is one, else where it comes."""
    starts = [i for i, char in enumerate(inside) if _starts_word(inside, i) and char.isalnum()]
    places: list[int] = []
    score, at = 0.0, 0
    for number, letter in enumerate(wanted):
        found = inside.find(letter, at)
        if found < 0:
            return None
        jump = next((i for i in starts if i >= at and inside[i] == letter), -1)
        follows = bool(places) and found == places[-1] + 1
        if jump >= 0 and not follows and _rest_fits(wanted[number + 1 :], inside, jump + 1):
            found = jump
        score += 4.0 if _starts_word(inside, found) else 2.0 if follows else -0.5
        places.append(found)
        at = found + 1
    return Match(score - 0.1 * len(inside), tuple(places))


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _rest_fits(wanted: str, inside: str, at: int) -> bool:
    for letter in wanted:
        at = inside.find(letter, at) + 1
        if at == 0:
            return False
    return True


def with_hits(text: str, places: tuple[int, ...], starts: str, ends: str) -> str:
    """Put signs around the matched letters."""
    hits = set(places)
    out: list[str] = []
    for at, char in enumerate(text):
        if at in hits and at - 1 not in hits:
            out.append(starts)
        out.append(char)
        if at in hits and at + 1 not in hits:
            out.append(ends)
    return "".join(out)

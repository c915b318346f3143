"""Names: comparing them, and finding every place where one stands."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain

from annotator.model.span import Span

_ACCENTS = "[\u0300-\u036f]*"
_SPACE = r"[\s\u00a0\u202f]+"
#: An acronym of at most this many letters must have its case: "US" is not "us".
_ACRONYM = 6


@lru_cache(20_000)
def fold(text: str) -> str:
    """Return a form for comparing names: no case, no accents, plain spaces and apostrophes.

    Its length differs from the text's: never count offsets in it.
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def find_all(text: str, needle_names: list[str], *, whole_words: bool = True) -> list[Span]:
    """Find the places where any of the names stands; where two overlap, the longer name.

    Accents may be missing or decomposed, any white space, apostrophe or hyphen fits another. A
    name that begins with a capital must do so in the text ("Orange" is not "orange"); a short one
    all in capitals must be so ("US" is not "us"); the rest of the case is free ("BIEGUN"). With
    ``whole_words`` a name is not found inside a word or a longer compound ("Bretagne" in
    "Grande-Bretagne"), but it is after a lower-case prefix ("pro-Russie").
    """
    names = sorted({name.strip() for name in needle_names if name.strip()}, key=len, reverse=True)
    if not names:
        return []
    pattern = re.compile("|".join(f"(?:{_pattern(name)})" for name in names))
    found: list[Span] = []
    at = 0
    while (match := pattern.search(text, at)) is not None:
        if match.end() > match.start() and (not whole_words or _stands_alone(text, match)):
            found.append(Span(match.start(), match.end()))
            at = match.end()
        else:
            at = match.start() + 1
    return found


def _pattern(name: str) -> str:
    """Return the regular expression of one name."""
    plain = unicodedata.normalize("NFD", " ".join(name.split()))
    strict = plain.isupper() and len(plain) <= _ACRONYM
    out: list[str] = []
    for index, char in enumerate(plain):
        if unicodedata.combining(char):
            continue
        if char == " ":
            out.append(_SPACE)
        elif char in "'’":
            out.append("['’]")
        elif char in "-‐‑":
            out.append("[-‐‑]")
        elif strict or (index == 0 and char.isupper()):
            out.append(_letter(char, free=False))
        else:
            out.append(_letter(char, free=True))
    return "".join(out)


def _letter(char: str, *, free: bool) -> str:
    """Return the class of the letters that count as ``char``."""
    if not char.isalpha():
        return re.escape(char)
    variants = {char, char.lower(), char.upper()} if free else {char}
    letters = {v for v in variants if len(v) == 1}
    letters |= set(chain.from_iterable(_accented().get(v, ()) for v in letters))
    return f"[{''.join(map(re.escape, sorted(letters)))}]{_ACCENTS}"


@cache
def _accented() -> dict[str, list[str]]:
    """Map each plain Latin, Greek or Cyrillic letter to its accented forms."""
    table: dict[str, list[str]] = {}
    for code in chain(range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000)):
        char = chr(code)
        plain = unicodedata.normalize("NFD", char)[0]
        if plain != char:
            table.setdefault(plain, []).append(char)
    return table


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Say whether a name is not part of a longer word or compound name."""
    before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
    if before.isalnum() or after.isalnum() or before == "_" or after == "_":
        return False
    if before in ("-", "‐", "‑"):
        head = re.search(r"[^\W_]+$", text[max(0, match.start() - 40) : match.start() - 1])
        if head is not None and not head.group()[:1].islower():
            return False
    if after in ("-", "‐", "‑"):
        return not text[match.end() + 1 : match.end() + 2].isupper()
    return True

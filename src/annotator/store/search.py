"""What a person types, as an FTS5 expression that never fails; and the words around a hit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

#: Around each hit in a snippet.
HIT_START, HIT_END = "\x02", "\x03"
_SNIPPET = 160
_LEAD = 50
_MAX_TERMS = 32
#: Shorter beginnings stand for too many words: the index would read most of itself.
_MIN_PREFIX = 3

_CONTROLS = dict.fromkeys((ord(HIT_START), ord(HIT_END)), " ")

_PIECE = re.compile(r"\"([^\"]*)\"?|«([^»]*)»?|“([^”]*)”?|([^\s\"«“]+)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one thing searched for: words in a row, the last one perhaps only begun (``gouv*``)."""

    words: tuple[str, ...]
    is_prefix: bool = False


def parse(typed: str) -> tuple[Term, ...]:
    """Return the terms of what a person typed; all of them must occur.

    Quoted words (``"…"``, ``« … »``, ``“…”``) stand in a row, a star after a word leaves its end
    open, everything else is a word. Nothing is an error: what holds no word is left out.
    """
    terms: list[Term] = []
    for match in _PIECE.finditer(typed):
        piece = next(group for group in match.groups() if group is not None)
        words = tuple(_WORD.findall(piece))
        if words:
            is_prefix = piece.rstrip().endswith("*") and len(words[-1]) >= _MIN_PREFIX
            terms.append(Term(words, is_prefix))
    return tuple(terms[:_MAX_TERMS])


def expression(terms: tuple[Term, ...], facets: tuple[str, ...] = ()) -> str:
    """Return the FTS5 query for terms and facets. Words are letters and digits: safe to quote."""
    parts = [f'"{" ".join(t.words)}"{"*" if t.is_prefix else ""}' for t in terms]
    return " AND ".join((*parts, *(f'"{facet}"' for facet in facets)))


@lru_cache(maxsize=4096)
def facet(kind: str, value: str) -> str:
    """Return the indexed word that stands for an article's outlet or language.

    It begins with a private character, so that nothing a person types can find it.
    """
    return "\ue000" + kind + blake2b(value.encode(), digest_size=8).hexdigest()


@cache
def _letters() -> dict[str, str]:
    """Return, for each unaccented letter, all the letters that the index takes for it."""
    variants: dict[str, str] = {}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        if letter.isalpha():
            base = unicodedata.normalize("NFD", letter)[0].lower()
            variants[base] = variants.get(base, "") + letter
    return variants


def _letter_pattern(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    variants = _letters().get(base, "")
    if not variants:
        variants = "".join(sorted({base, base.upper()[:1], letter}))
    return f"[{re.escape(variants)}][\u0300-\u036f]*"


def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    parts: list[str] = []
    for term in terms:
        words = ["".join(map(_letter_pattern, word)) for word in term.words]
        parts.append(r"[\W_]+".join(words) + (r"[^\W_]*" if term.is_prefix else ""))
    # Longest first: of "mer" and "mer*", the open one shows more.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?![^\W_])")


class Snippets:
    """Cut the words around the first hit out of texts, hits marked."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._pattern = _pattern(terms)

    def cut(self, body: str) -> str:
        """Return up to some 160 characters of a text; its beginning where only the headline hit."""
        first = self._pattern.search(body)
        start = 0 if first is None else _word_start(body, max(0, first.start() - _LEAD))
        # A text's own control characters must not pass for our marks.
        piece = body[start : start + _SNIPPET].translate(_CONTROLS)
        marked = self._pattern.sub(lambda m: f"{HIT_START}{m.group()}{HIT_END}", piece)
        before = "…" if start else ""
        after = "…" if start + _SNIPPET < len(body) else ""
        return before + " ".join(marked.split()) + after


def _word_start(body: str, position: int) -> int:
    """Return where the first whole word at or after a position starts (it is not far)."""
    if position == 0:
        return 0
    space = re.compile(r"\s").search(body, position, position + _LEAD)
    return space.end() if space else position

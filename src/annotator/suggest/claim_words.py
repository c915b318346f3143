"""Turn the words of a statement into rows of the weight tables of claims.

Every word has a row of its own, one of its class, and rows of the signs that it gives (a figure, a
future, a crime, a judgement, ...; ``resources/lexicons/{en,fr}/claims.json``). A row is the CRC-32
of a name, so that nothing but weights is kept.
"""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from annotator.suggest import lexicon
from annotator.suggest.features import word_class
from annotator.suggest.tokens import INSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

ROWS = 1 << 15
_STEM = 6
# A year or a clock time is no quantity; what is counted stands in other words.
_NOT_WITH = {"year": "quantity"}
_COUNTED = frozenset(("quantity", "small"))


class _Word(NamedTuple):
    """Hold what one word adds: rows of itself, its class and signs, and the halves of its pairs."""

    row: int
    class_row: int
    signs: tuple[str, ...]
    before: int
    after: bytes
    class_before: int
    class_after: bytes


@cache
def _signs(language: str) -> list[tuple[str, re.Pattern[str]]]:
    table: dict[str, str] = lexicon.load(language, "claims")
    return [(name, re.compile(pattern)) for name, pattern in table.items()]


@cache
def _any_sign(language: str) -> re.Pattern[str]:
    """Return what most words do not match, so that few are tried with every sign."""
    return re.compile("|".join(f"(?:{p.pattern})" for _, p in _signs(language)))


@lru_cache(100_000)
def _word(shown: str, language: str) -> _Word:
    low = shown.lower().replace("’", "'")
    plain = "".join("0" if c.isdigit() else c for c in low)
    kind = word_class(shown, low, language)
    signs: set[str] = set()
    if _any_sign(language).fullmatch(low):
        signs = {name for name, pattern in _signs(language) if pattern.fullmatch(low)}
    for sign, other in _NOT_WITH.items():
        if sign in signs:
            signs.discard(other)
    after, class_after = plain.encode("utf-8", "surrogatepass"), kind.encode()
    return _Word(
        _row("w", after),
        _row("c", class_after),
        tuple(sorted(signs)),
        zlib.crc32(b"b" + after + b"_"),
        after,
        zlib.crc32(b"d" + class_after + b"_"),
        class_after,
    )


def _row(kind: str, name: bytes) -> int:
    return zlib.crc32(kind.encode() + name) % ROWS


@lru_cache(10_000)
def _named(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % ROWS


class Features(NamedTuple):
    """Hold what a statement is judged by: rows of the weight table (repeats count), signs given."""

    rows: list[int]
    signs: dict[str, int]


def features_of(
    tokens: Tokens,
    pieces: Sequence[tuple[int, int]],
    language: str,
    cue: tuple[int, int] | None = None,
) -> Features:
    """Return the features of one statement, not yet what kind of unit it is.

    Args:
        tokens: its paragraph.
        pieces: (first, stop) of its stretches.
        language: ``en`` or ``fr``.
        cue: the words that say it is said, where it is.
    """
    rows: list[int] = []
    signs: dict[str, int] = {}
    size = quoted = 0
    for first, stop in pieces:
        words = [_word(w, language) for w in tokens.words[first:stop]]
        rows += [w.row for w in words]
        rows += [zlib.crc32(b.after, a.before) % ROWS for a, b in pairwise(words)]
        rows += [w.class_row for w in words]
        rows += [zlib.crc32(b.class_after, a.class_before) % ROWS for a, b in pairwise(words)]
        _count(words, signs)
        quoted += sum(state == INSIDE for state in tokens.state[first:stop])
        size += len(words)
    given = sorted(signs)
    for at, sign in enumerate(given):
        # Signs are few and weigh more than words: each counts four times.
        rows += [_named(f"s{sign}")] * 4 + [_named(f"s{sign}{min(signs[sign], 3)}")]
        rows += [_named(f"t{sign}{other}") for other in given[at + 1 :]]
    rows += [_named(f"l{min(size // 5, 8)}"), _named(f"m{min(3, 4 * quoted // max(size, 1))}")]
    rows += _opening(tokens, pieces, language)
    if cue is not None:
        rows += _cue_rows(tokens, cue, language)
    return Features(rows, signs)


def _count(words: Sequence[_Word], signs: dict[str, int]) -> None:
    """Add the signs of some words; the number of a day or an hour is no quantity."""
    for i, word in enumerate(words):
        for sign in word.signs:
            if sign not in _COUNTED or not _is_dated(words, i):
                signs[sign] = signs.get(sign, 0) + 1


def _is_dated(words: Sequence[_Word], i: int) -> bool:
    return any("month" in w.signs for w in (*words[max(0, i - 1) : i], *words[i + 1 : i + 2]))


def _opening(tokens: Tokens, pieces: Sequence[tuple[int, int]], language: str) -> list[int]:
    """Return rows of the first two words: an infinitive or a noun is seldom a statement."""
    first, stop = pieces[0]
    at = next((i for i in range(first, stop) if tokens.words[i][0].isalnum()), first)
    out: list[int] = []
    for place in (at, at + 1):
        if place < stop:
            word = tokens.words[place]
            low = word.lower().replace("’", "'")
            out.append(_named(f"f{place - at}{word_class(word, low, language)}"))
            out.append(_named(f"e{place - at}{low[-3:]}"))
    out.append(_named(f"h{tokens.words[at].lower()}"))
    return out


def _cue_rows(tokens: Tokens, cue: tuple[int, int], language: str) -> list[int]:
    out: list[int] = []
    for i in range(*cue):
        word = tokens.words[i]
        low = word.lower().replace("’", "'")
        kind = word_class(word, low, language)
        if kind != "AUX":
            out += [_named(f"q{low[:_STEM]}"), _named(f"Q{kind}")] * 4
    return out


def states_amount(tokens: Tokens, first: int, stop: int, language: str) -> bool:
    """Say whether a sentence states a sum or a share: a figure, and what is counted in it."""
    words = [_word(w, language) for w in tokens.words[first:stop]]
    signs: dict[str, int] = {}
    if any("money" in w.signs for w in words):
        _count(words, signs)
    return "quantity" in signs


def unit_row(unit: str) -> int:
    """Return the row that says what kind of unit it is."""
    return _named(f"u{unit}")


def sentences(
    tokens: Tokens, pieces: Sequence[tuple[int, int]], shortest: int
) -> list[list[tuple[int, int]]]:
    """Return the pieces of a content sentence by sentence; a short one goes with the one before."""
    out: list[list[tuple[int, int]]] = []
    number = -1
    for first, stop in pieces:
        start = first
        for i in range(first, stop + 1):
            ends = i == stop or tokens.sentence[i] != tokens.sentence[start]
            if not ends or i == start:
                continue
            same = bool(out) and tokens.sentence[start] == number
            if same or (out and i - start < shortest):
                out[-1].append((start, i))
            else:
                out.append([(start, i)])
            number = tokens.sentence[start]
            start = i
    if len(out) > 1 and sum(b - a for a, b in out[0]) < shortest:
        short = out.pop(0)
        out[0] = [*short, *out[0]]
    return out

"""Find statements worth checking: a linear model over word and class features.

``training/claims.py`` makes the weights (ClaimBuster, our own dispatches); figures are in
``docs/suggest.md``. The claim is marked on the source's words where the sentence is an attribution.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from annotator import resources
from annotator.suggest import lexicon
from annotator.suggest.features import word_class
from annotator.suggest.phrases import CONDITIONAL, HEDGE, sentence_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from annotator.suggest.read import Reading
    from annotator.suggest.tokens import Tokens

ROWS = 1 << 15
FILE = ("models", "claims", "weights.npz")
_SHORT, _LONG = 5, 120
_NUMBER = re.compile(r"\d")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("shared", "claims")[name], re.I)


# What a unit of text is: content of an attribution, the reporter's own sentence in an article that
# reports somebody, a sentence of a text that reports nobody (a speech, a debate).
SAID, TOLD, BARE = "said", "told", "bare"


@dataclass(frozen=True, slots=True)
class ClaimFind:
    """Hold one candidate: tokens ``first`` to ``stop`` of its paragraph and its kind.

    ``odds`` are the log-odds by unit; ``attribution`` is the place of the content it is, -1 for a
    sentence of the reporter's.
    """

    first: int
    stop: int
    kind: str
    odds: tuple[float, float, float]
    attribution: int = -1


class _Word(NamedTuple):
    """Hold what one word adds: rows of itself and of its class, and the halves of its pairs."""

    row: int
    class_row: int
    digit: bool
    before: int
    after: bytes
    class_before: int
    class_after: bytes


@lru_cache(100_000)
def _word(shown: str, language: str) -> _Word:
    low = shown.lower().replace("’", "'")
    plain = "".join("0" if c.isdigit() else c for c in low)
    kind = word_class(shown, low, language)
    after, class_after = plain.encode("utf-8", "surrogatepass"), kind.encode()
    return _Word(
        zlib.crc32(b"w" + after) % ROWS,
        zlib.crc32(b"c" + class_after) % ROWS,
        any(c.isdigit() for c in low),
        zlib.crc32(b"b" + after + b"_"),
        after,
        zlib.crc32(b"d" + class_after + b"_"),
        class_after,
    )


def unit_features(tokens: Tokens, pieces: Sequence[tuple[int, int]], language: str) -> list[int]:
    """Return rows of the weight table for one unit (repeats count), not yet its kind of unit.

    A row is the CRC-32 of a name: ``w``ord, ``b``igram, ``c``lass, pair of classes (``d``), number
    of figures, length. The CRC of a pair goes on from that of its first half.
    """
    rows: list[int] = []
    size = digits = 0
    for first, stop in pieces:
        words = [_word(w, language) for w in tokens.words[first:stop]]
        rows += [w.row for w in words]
        rows += [zlib.crc32(b.after, a.before) % ROWS for a, b in pairwise(words)]
        rows += [w.class_row for w in words]
        rows += [zlib.crc32(b.class_after, a.class_before) % ROWS for a, b in pairwise(words)]
        digits += sum(w.digit for w in words)
        size += len(words)
    ends = (f"n{min(digits, 3)}", f"l{min(size // 5, 8)}")
    return rows + [zlib.crc32(name.encode()) % ROWS for name in ends]


def unit_row(unit: str) -> int:
    """Return the row that says what kind of unit it is."""
    return zlib.crc32(f"u{unit}".encode()) % ROWS


class ClaimModel:
    """Score units of text. Weights: (``ROWS``,) float32; one threshold of log-odds a unit."""

    def __init__(
        self, weights: NDArray[np.float32], bias: float, thresholds: Mapping[str, float]
    ) -> None:
        self._weights: list[float] = weights.tolist()
        self._bias = bias
        self._units = [self._weights[unit_row(unit)] for unit in (SAID, TOLD, BARE)]
        self._thresholds = [thresholds[unit] for unit in (SAID, TOLD, BARE)]

    @classmethod
    def load(cls) -> ClaimModel | None:
        """Load the shipped weights, ``None`` where there are none."""
        import numpy as np

        path = resources.path(*FILE)
        if not path.is_file():
            return None
        with np.load(path) as stored:
            weights = stored["weights"].astype(np.float32) * float(stored["scale"])
            thresholds = {u: float(stored[f"threshold_{u}"]) for u in (SAID, TOLD, BARE)}
            return cls(weights, float(stored["bias"]), thresholds)

    def odds(
        self, tokens: Tokens, pieces: Sequence[tuple[int, int]], language: str
    ) -> tuple[float, float, float]:
        """Return the log-odds of being worth checking, above the threshold, for each unit."""
        rows = unit_features(tokens, pieces, language)
        table = self._weights
        base = sum(table[r] for r in rows)
        scale = (len(rows) + 1) ** 0.5
        said, told, bare = (
            self._bias + (base + unit) / scale - threshold
            for unit, threshold in zip(self._units, self._thresholds, strict=True)
        )
        return said, told, bare

    def find(self, readings: Sequence[Reading], language: str) -> None:
        """Fill ``claims`` of the readings with every unit that may be worth checking."""
        for reading in readings:
            hedges = sorted(
                p.span.start for p in reading.phrases if p.family in (HEDGE, CONDITIONAL)
            )
            taken = self._said(reading, hedges, language)
            self._told(reading, hedges, taken, language)

    def _said(self, reading: Reading, hedges: list[int], language: str) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        for number, attribution in enumerate(reading.attributions):
            pieces = [(p.first, p.stop) for p in attribution.content]
            taken += pieces
            if sum(stop - first for first, stop in pieces) < _SHORT:
                continue
            odds = self.odds(reading.tokens, pieces, language)
            if odds[0] >= 0:
                first, stop = pieces[0][0], pieces[-1][1]
                kind = _kind(reading, hedges, first, stop)
                reading.claims.append(ClaimFind(first, stop, kind, odds, number))
        return sorted(taken)

    def _told(
        self, reading: Reading, hedges: list[int], taken: list[tuple[int, int]], language: str
    ) -> None:
        tokens = reading.tokens
        for first, stop in sentence_ranges(tokens):
            if not _SHORT <= stop - first <= _LONG or tokens.words[stop - 1] == "?":
                continue
            near = bisect_left(taken, (first, 0))
            inside = near < len(taken) and taken[near][0] < stop
            if inside or (near and taken[near - 1][1] > first):
                continue
            odds = self.odds(tokens, [(first, stop)], language)
            if max(odds[1:]) >= 0:
                kind = _kind(reading, hedges, first, stop)
                reading.claims.append(ClaimFind(first, stop, kind, odds))


def probability(odds: float) -> float:
    """Return the score of a claim from its log-odds above the threshold."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _kind(reading: Reading, hedges: list[int], first: int, stop: int) -> str:
    tokens = reading.tokens
    start, end = tokens.starts[first], tokens.ends[stop - 1]
    words = reading.text[start:end]
    hedged = bisect_left(hedges, start) < bisect_left(hedges, end)
    if hedged or _pattern("allegation").search(words):
        return "allegation"
    if _NUMBER.search(words):
        return "number"
    if _pattern("forecast").search(words):
        return "forecast"
    return "opinion" if _pattern("opinion").search(words) else "fact_checkable"

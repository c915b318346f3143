"""Find sentences worth checking: a linear model over word and class features.

``training/claims.py`` makes the weights (ClaimBuster, our own dispatches); figures are in
``docs/suggest.md``. The claim is marked on the source's words where the sentence is an attribution.
"""

from __future__ import annotations

import itertools
import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotator import resources
from annotator.suggest import lexicon
from annotator.suggest.features import word_class
from annotator.suggest.phrases import CONDITIONAL, HEDGE, sentence_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

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


@dataclass(frozen=True, slots=True)
class ClaimFind:
    """Hold one claim: tokens ``first`` to ``stop`` of its paragraph, kind, score, its content."""

    first: int
    stop: int
    kind: str
    score: float
    attribution: int = -1


def sentence_features(tokens: Tokens, first: int, stop: int, language: str) -> list[int]:
    """Return rows of the weight table for one sentence (repeats count)."""
    words = [w.lower().replace("’", "'") for w in tokens.words[first:stop]]
    plain = ["".join("0" if c.isdigit() else c for c in w) for w in words]
    kinds = [
        word_class(w, low, language) for w, low in zip(tokens.words[first:stop], words, strict=True)
    ]
    names = [f"w{w}" for w in plain]
    names += [f"b{a}_{b}" for a, b in itertools.pairwise(plain)]
    names += [f"c{k}" for k in kinds]
    names += [f"d{a}_{b}" for a, b in itertools.pairwise(kinds)]
    digits = sum(any(c.isdigit() for c in w) for w in words)
    names += [f"n{min(digits, 3)}", f"l{min(len(words) // 5, 8)}", f"e{plain[-1]}", f"f{plain[0]}"]
    return [zlib.crc32(name.encode("utf-8", "surrogatepass")) % ROWS for name in names]


class ClaimModel:
    """Score sentences. Weights: (``ROWS``,) float32, and a bias and slope that calibrate."""

    def __init__(self, weights: NDArray[np.float32], bias: float, threshold: float) -> None:
        self._weights = weights.tolist()
        self._bias = bias
        self.threshold = threshold

    @classmethod
    def load(cls) -> ClaimModel | None:
        """Load the shipped weights, ``None`` where there are none."""
        import numpy as np

        path = resources.path(*FILE)
        if not path.is_file():
            return None
        with np.load(path) as stored:
            weights = stored["weights"].astype(np.float32) * float(stored["scale"])
            return cls(weights, float(stored["bias"]), float(stored["threshold"]))

    def score(self, tokens: Tokens, first: int, stop: int, language: str) -> float:
        """Return the probability that a sentence is worth checking."""
        from math import exp

        rows = sentence_features(tokens, first, stop, language)
        table = self._weights
        z = self._bias + sum(table[r] for r in rows) / len(rows) ** 0.5
        return 1 / (1 + exp(-max(-30.0, min(30.0, z))))

    def find(self, readings: Sequence[Reading], language: str) -> None:
        """Fill ``claims`` of the readings."""
        for reading in readings:
            tokens = reading.tokens
            found: _Paragraph | None = None
            for first, stop in sentence_ranges(tokens):
                if not _SHORT <= stop - first <= _LONG or tokens.words[stop - 1] == "?":
                    continue
                score = self.score(tokens, first, stop, language)
                if score >= self.threshold:
                    found = found or _Paragraph(reading)
                    reading.claims.append(found.claim(first, stop, score))


class _Paragraph:
    """Hold what a paragraph's claims are narrowed and judged by, in text order."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parts = sorted(
            (part.first, part.stop, number)
            for number, attribution in enumerate(reading.attributions)
            for part in attribution.content
        )
        self.hedges = sorted(
            p.span.start for p in reading.phrases if p.family in (HEDGE, CONDITIONAL)
        )

    def claim(self, first: int, stop: int, score: float) -> ClaimFind:
        """Narrow a sentence to reported content where most of it is that, and give it a kind."""
        best, at, content = 0, -1, (first, stop)
        from_part = max(0, bisect_left(self.parts, (first, 0, 0)) - 1)
        for begin, end, number in self.parts[from_part : bisect_left(self.parts, (stop, 0, 0))]:
            low, high = max(begin, first), min(end, stop)
            if high - low > best:
                best, at, content = high - low, number, (low, high)
        if best * 2 < stop - first:
            at, content = -1, (first, stop)
        return ClaimFind(*content, self._kind(content), score, at)

    def _kind(self, content: tuple[int, int]) -> str:
        tokens = self.reading.tokens
        start, end = tokens.starts[content[0]], tokens.ends[content[1] - 1]
        words = self.reading.text[start:end]
        hedged = bisect_left(self.hedges, start) < bisect_left(self.hedges, end)
        if hedged or _pattern("allegation").search(words):
            return "allegation"
        if _NUMBER.search(words):
            return "number"
        if _pattern("forecast").search(words):
            return "forecast"
        return "opinion" if _pattern("opinion").search(words) else "fact_checkable"

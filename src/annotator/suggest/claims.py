"""Find statements worth checking: a linear model over word and class features.

``training/claims.py`` makes the weights (ClaimBuster, our own dispatches); figures are in
``docs/suggest.md``. The claim is marked on the source's words where the sentence is an attribution.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from annotator import resources
from annotator.suggest.claim_words import Features, features_of, sentences, unit_row
from annotator.suggest.phrases import CONDITIONAL, HEDGE, sentence_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from annotator.suggest.link import Attribution
    from annotator.suggest.read import Reading

FILE = ("models", "claims", "weights.npz")
SHORT = 4
_LONG = 120
# A question is no claim, and a line without an end is a heading, a caption or a list.
_ENDS = frozenset('.!…»”")')
# The reporter's own sentences are seldom marked; these two sorts are worth the look. Log-odds.
_HEDGED_ODDS, _FIGURE_ODDS = 1.0, 0.0
#: Kinds of claim, as values of the vocabulary, in the order of the weights.
KINDS = ("fact_checkable", "number", "forecast", "allegation", "opinion")

# What a unit of text is: a sentence of what somebody is said to say, the reporter's own sentence in
# an article that reports somebody, a sentence of a text that reports nobody (a speech, a debate).
SAID, TOLD, BARE = "said", "told", "bare"
Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimFind:
    """Hold one candidate: its stretches of tokens in its paragraph and its kind.

    ``odds`` are the log-odds by unit; ``attribution`` is the place of the content it is of, -1 for
    a sentence of the reporter's.
    """

    pieces: Pieces
    kind: str
    odds: tuple[float, float, float]
    attribution: int = -1


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold the weights: (rows,) and (rows, kinds), with their biases and thresholds (log-odds)."""

    worth: NDArray[np.float32]
    bias: float
    thresholds: Mapping[str, float]
    kinds: NDArray[np.float32]
    kind_bias: NDArray[np.float32]


class ClaimModel:
    """Score units of text and say what kind of claim each is."""

    def __init__(self, weights: Weights) -> None:
        self._table: list[float] = weights.worth.tolist()
        self._bias = weights.bias
        self._units = [self._table[unit_row(unit)] for unit in (SAID, TOLD, BARE)]
        self._thresholds = [weights.thresholds[unit] for unit in (SAID, TOLD, BARE)]
        self._kinds, self._kind_bias = weights.kinds, weights.kind_bias

    @classmethod
    def load(cls) -> ClaimModel | None:
        """Load the shipped weights, ``None`` where there are none."""
        import numpy as np

        path = resources.path(*FILE)
        if not path.is_file():
            return None
        with np.load(path) as stored:
            return cls(
                Weights(
                    stored["weights"].astype(np.float32) * float(stored["weights_scale"]),
                    float(stored["bias"]),
                    {u: float(stored[f"threshold_{u}"]) for u in (SAID, TOLD, BARE)},
                    stored["kinds"].astype(np.float32) * float(stored["kinds_scale"]),
                    stored["kind_bias"].astype(np.float32),
                )
            )

    def odds(self, rows: Sequence[int]) -> tuple[float, float, float]:
        """Return the log-odds of being worth checking, above the threshold, for each unit."""
        table = self._table
        base = sum(map(table.__getitem__, rows))
        scale = (len(rows) + 1) ** 0.5
        said, told, bare = (
            self._bias + (base + unit) / scale - threshold
            for unit, threshold in zip(self._units, self._thresholds, strict=True)
        )
        return said, told, bare

    def kind(self, rows: Sequence[int], unit: str) -> str:
        """Return which kind of claim it would be."""
        taken = [*rows, unit_row(unit)]
        z = self._kind_bias + self._kinds[taken].sum(0) / len(taken) ** 0.5
        return KINDS[int(z.argmax())]

    def find(self, readings: Sequence[Reading], language: str) -> None:
        """Fill ``claims`` of the readings with every unit that may be worth checking."""
        for reading in readings:
            taken = self._said(reading, language)
            self._told(reading, taken, language)

    def _said(self, reading: Reading, language: str) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        for number, attribution in enumerate(reading.attributions):
            taken += [(p.first, p.stop) for p in attribution.content]
            for pieces in _units(reading, attribution):
                cue = attribution.cue
                seen = features_of(
                    reading.tokens, pieces, language, (cue.first, cue.stop) if cue else None
                )
                odds = self.odds(seen.rows)
                if odds[0] >= 0:
                    kind = self.kind(seen.rows, SAID)
                    reading.claims.append(ClaimFind(tuple(pieces), kind, odds, number))
        return sorted(taken)

    def _told(self, reading: Reading, taken: list[tuple[int, int]], language: str) -> None:
        tokens = reading.tokens
        hedges = sorted(p.span.start for p in reading.phrases if p.family in (HEDGE, CONDITIONAL))
        for first, stop in sentence_ranges(tokens):
            if not SHORT <= stop - first <= _LONG or tokens.words[stop - 1] not in _ENDS:
                continue
            near = bisect_left(taken, (first, 0))
            inside = near < len(taken) and taken[near][0] < stop
            if inside or (near and taken[near - 1][1] > first):
                continue
            seen = features_of(tokens, [(first, stop)], language)
            said, told, bare = self.odds(seen.rows)
            hedged = _hedged(reading, hedges, first, stop)
            told = max(told, _HEDGED_ODDS if hedged else _FIGURE_ODDS if _figure(seen) else told)
            if max(told, bare) >= 0:
                kind = self.kind(seen.rows, TOLD)
                kind = "allegation" if hedged and kind == "fact_checkable" else kind
                reading.claims.append(ClaimFind(((first, stop),), kind, (said, told, bare)))


def _hedged(reading: Reading, hedges: Sequence[int], first: int, stop: int) -> bool:
    """Say whether a word in a sentence tells that it is hearsay (« aurait », "reportedly")."""
    start, end = reading.tokens.starts[first], reading.tokens.ends[stop - 1]
    return bisect_left(hedges, start) < bisect_left(hedges, end)


def _figure(seen: Features) -> bool:
    """Say whether a sentence states an amount or a share."""
    return "quantity" in seen.signs and "money" in seen.signs


def _units(reading: Reading, attribution: Attribution) -> list[list[tuple[int, int]]]:
    """Return the sentences of what somebody says that are long enough and no questions."""
    pieces = [(p.first, p.stop) for p in attribution.content]
    return [
        unit
        for unit in sentences(reading.tokens, pieces, SHORT)
        if sum(stop - first for first, stop in unit) >= SHORT
        and "?" not in reading.tokens.words[unit[-1][1] - 2 : unit[-1][1] + 1]
    ]


def probability(odds: float) -> float:
    """Return the score of a claim from its log-odds above the threshold."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))

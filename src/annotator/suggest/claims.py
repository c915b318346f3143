"""Find statements worth checking: a linear model over word and class features.

``training/claims.py`` makes the weights (ClaimBuster, our own dispatches); figures are in
``docs/suggest.md``. The claim is marked on the source's words where the sentence is an attribution.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import exp, inf
from typing import TYPE_CHECKING

from annotator import resources
from annotator.suggest.claim_words import features_of, sentences, states_amount, unit_row
from annotator.suggest.phrases import CONDITIONAL, HEDGE, sentence_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from annotator.suggest.link import Attribution
    from annotator.suggest.read import Reading
    from annotator.suggest.tokens import Tokens

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


@dataclass(slots=True)
class ClaimFind:
    """Hold one candidate, judged when it is asked for: most of the reporter's sentences never are.

    Args:
        pieces: its stretches of tokens in its paragraph.
        model: what judges it.
        tokens: its paragraph.
        language: ``en`` or ``fr``.
        attribution: the place of the content it is of, -1 for a sentence of the reporter's.
        cue: the words that say it is said.
        told: log-odds of a reporter's sentence where the article reports somebody.
        hedged: whether the reporter gives it as hearsay.
    """

    pieces: Pieces
    model: ClaimModel
    tokens: Tokens
    language: str
    attribution: int = -1
    cue: tuple[int, int] | None = None
    told: float = -inf
    hedged: bool = False
    _rows: list[int] | None = None

    def odds(self, *, reports: bool) -> float:
        """Return the log-odds of being worth checking, above the threshold.

        Args:
            reports: whether the article reports anybody at all.
        """
        if self.attribution >= 0:
            return self.model.odds(self._features(), SAID)
        return self.told if reports else max(self.told, self.model.odds(self._features(), BARE))

    @property
    def kind(self) -> str:
        """Return which kind of claim it is, as a value of the vocabulary."""
        kind = self.model.kind(self._features(), SAID if self.attribution >= 0 else TOLD)
        return "allegation" if self.hedged and kind == "fact_checkable" else kind

    def _features(self) -> list[int]:
        if self._rows is None:
            self._rows = features_of(self.tokens, self.pieces, self.language, self.cue).rows
        return self._rows


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
        self._units = {unit: self._table[unit_row(unit)] for unit in (SAID, BARE)}
        self._thresholds = weights.thresholds
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
                    {u: float(stored[f"threshold_{u}"]) for u in (SAID, BARE)},
                    stored["kinds"].astype(np.float32) * float(stored["kinds_scale"]),
                    stored["kind_bias"].astype(np.float32),
                )
            )

    def odds(self, rows: Sequence[int], unit: str) -> float:
        """Return the log-odds of a unit of being worth checking, above the threshold."""
        base = sum(map(self._table.__getitem__, rows)) + self._units[unit]
        return self._bias + base / (len(rows) + 1) ** 0.5 - self._thresholds[unit]

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
            cue = (attribution.cue.first, attribution.cue.stop) if attribution.cue else None
            for pieces in _units(reading, attribution):
                claim = ClaimFind(tuple(pieces), self, reading.tokens, language, number, cue)
                if claim.odds(reports=True) >= 0:
                    reading.claims.append(claim)
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
            hedged = _hedged(reading, hedges, first, stop)
            figure = states_amount(tokens, first, stop, language)
            told = _HEDGED_ODDS if hedged else _FIGURE_ODDS if figure else -inf
            reading.claims.append(
                ClaimFind(((first, stop),), self, tokens, language, told=told, hedged=hedged)
            )


def _hedged(reading: Reading, hedges: Sequence[int], first: int, stop: int) -> bool:
    """Say whether a word in a sentence tells that it is hearsay (« aurait », "reportedly")."""
    start, end = reading.tokens.starts[first], reading.tokens.ends[stop - 1]
    return bisect_left(hedges, start) < bisect_left(hedges, end)


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

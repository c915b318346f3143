"""Fit a regularised logistic regression on top of the calibrated score. Needs numpy, on call only.

The engine's own log-odds are the offset: with nothing to learn from, every weight is nothing and
the score stays what it was. Weights of words are held closer to nothing than those of kinds and
rules, which shrinks a word towards its kind as a hierarchy of Betas would.
"""

from __future__ import annotations

from collections import Counter
from math import exp
from typing import TYPE_CHECKING

from annotator.suggest.learn_features import LEXICAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    Row = Mapping[str, float]

#: How strongly weights are held to nothing: of kinds and rules, of words, of a changed slope.
HELD, HELD_WORDS, HELD_SLOPE = 3.0, 6.0, 12.0
#: A word is a feature once it was decided on this often.
_LEAST_SEEN = 3
_MOST_FEATURES = 300
_STEPS, _SHORTEST, _ENOUGH = 25, 1e-4, 1e-7
_TURNS, _EXACT = 200, 1e-12
_DIGITS = 5


def fit(rows: Sequence[Row], right: Sequence[bool]) -> dict[str, float]:
    """Return name -> weight (rounded, weights of nothing left out).

    Args:
        rows: features of the decided proposals (n).
        right: whether a person found each right (n).
    """
    names = _names(rows)
    weights = _newton(_Sparse(rows, names), right, [_held(name) for name in names])
    rounded = ((n, round(float(w), _DIGITS)) for n, w in zip(names, weights, strict=True))
    return {name: weight for name, weight in rounded if weight}


def probability(row: Row, weights: Mapping[str, float]) -> float:
    """Return the probability that a proposal is right, by what was learned."""
    odds = row["odds"] + sum(weights.get(name, 0.0) * value for name, value in row.items())
    return 1 / (1 + exp(-min(max(odds, -30.0), 30.0)))


def _names(rows: Sequence[Row]) -> list[str]:
    """Return the features to learn: those seen most often, in an order that depends on nothing."""
    seen = Counter(name for row in rows for name in row)
    enough = [(-n, name) for name, n in seen.items() if n >= _LEAST_SEEN]
    return sorted(name for _, name in sorted(enough)[:_MOST_FEATURES])


def _held(name: str) -> float:
    if name.startswith(LEXICAL):
        return HELD_WORDS
    return HELD_SLOPE if name.endswith("odds") else HELD


class _Sparse:
    """Hold the features of all rows by what is not nothing: some fifteen numbers a row.

    Sums run on one thread and in one order: the same answer everywhere, and no processor kept from
    the window, which a dense matrix would take all of.
    """

    def __init__(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        import numpy as np

        place = {name: i for i, name in enumerate(names)}
        known = [
            (i, place[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in place
        ]
        self.size, self.width = len(rows), len(names)
        self.offset = np.array([row["odds"] for row in rows])
        self.row = np.array([i for i, _, _ in known], dtype=np.intp)
        self.column = np.array([c for _, c, _ in known], dtype=np.intp)
        self.value = np.array([v for _, _, v in known])

    def along(self, weights: np.ndarray) -> np.ndarray:
        """Return the sum over features of value times weight, of every row (n)."""
        import numpy as np

        return np.bincount(self.row, self.value * weights[self.column], self.size)

    def across(self, by_row: np.ndarray) -> np.ndarray:
        """Return the sum over rows of value times a number a row, of every feature (width)."""
        import numpy as np

        return np.bincount(self.column, self.value * by_row[self.row], self.width)

    def squares(self, by_row: np.ndarray) -> np.ndarray:
        """Return the sum over rows of squared value times a number a row (width)."""
        import numpy as np

        return np.bincount(self.column, self.value**2 * by_row[self.row], self.width)


def _newton(x: _Sparse, right: Sequence[bool], held_by: Sequence[float]) -> np.ndarray:
    """Return the weights with the least penalised loss (convex: one answer)."""
    import numpy as np

    good, held = np.array(right, dtype=float), np.array(held_by)
    weights = np.zeros(x.width)

    def loss(w: np.ndarray) -> float:
        odds = x.offset + x.along(w)
        return float(np.sum(np.logaddexp(0, odds) - good * odds) + 0.5 * np.sum(held * w * w))

    now = loss(weights)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x.offset + x.along(weights), -30, 30)))
        step = _solved(x, p * (1 - p), held, x.across(p - good) + held * weights)
        length = 1.0
        while loss(weights - length * step) > now and length > _SHORTEST:
            length /= 2
        weights = weights - length * step
        before, now = now, loss(weights)
        if before - now < _ENOUGH * max(1.0, abs(before)):
            break
    return weights


def _solved(x: _Sparse, curve: np.ndarray, held: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Return the step of Newton's method, by conjugate gradients (scaled by the diagonal).

    Args:
        x: the features.
        curve: second derivative of each row's loss by its odds (n).
        held: the penalty of each weight (width).
        slope: first derivative of the penalised loss (width).
    """
    import numpy as np

    scale = 1 / (x.squares(curve) + held)
    step = np.zeros(x.width)
    left = slope.copy()
    toward = scale * left
    size = float(np.sum(left * toward))
    enough = _EXACT * size
    for _ in range(_TURNS):
        if size <= enough:
            break
        bent = x.across(curve * x.along(toward)) + held * toward
        length = size / float(np.sum(toward * bent))
        step += length * toward
        left -= length * bent
        before, size = size, float(np.sum(left * scale * left))
        toward = scale * left + (size / before) * toward
    return step

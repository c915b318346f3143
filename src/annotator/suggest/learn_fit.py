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
_STEPS = 25
_DIGITS = 5


def fit(rows: Sequence[Row], right: Sequence[bool]) -> dict[str, float]:
    """Return name -> weight (rounded, weights of nothing left out).

    Args:
        rows: features of the decided proposals (n).
        right: whether a person found each right (n).
    """
    import numpy as np

    names = _names(rows)
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                x[i, place[name]] = value
    offset = np.array([row["odds"] for row in rows])
    held = np.array([_held(name) for name in names])
    weights = _newton(x, np.array(right, dtype=float), offset, held)
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


def _newton(x: np.ndarray, right: np.ndarray, offset: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Return the weights with the least penalised loss (convex: one answer)."""
    import numpy as np

    weights = np.zeros(x.shape[1])

    def loss(w: np.ndarray) -> float:
        odds = offset + x @ w
        return float(np.sum(np.logaddexp(0, odds) - right * odds) + 0.5 * np.sum(held * w * w))

    now = loss(weights)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(offset + x @ weights, -30, 30)))
        slope = x.T @ (p - right) + held * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(held)
        step = np.linalg.solve(curve, slope)
        length = 1.0
        while loss(weights - length * step) > now and length > 1e-4:
            length /= 2
        weights = weights - length * step
        before, now = now, loss(weights)
        if before - now < 1e-7 * max(1.0, abs(before)):
            break
    return weights

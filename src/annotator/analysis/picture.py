"""How large an actor and how wide a pair is drawn: one scale for the plot and for every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from annotator.analysis.comention import CoMentions

Floats = npt.NDArray[np.float64]
AnyInts = npt.NDArray[np.integer[Any]]

#: Smallest and largest radius of an actor, and the same for the width of a pair, in px.
RADIUS_PX = (3.5, 15.0)
WIDTH_PX = (0.8, 5.5)
#: What a graph of few looks like is no matter of ranks: this many mentions or pairs fill a scale.
_LEAST_TOP = 8


def radii(mentions: AnyInts) -> Floats:
    """Return the radius of each actor in px: the area grows with the mentions."""
    return _scaled(mentions, RADIUS_PX)


def widths(weight: AnyInts) -> Floats:
    """Return the width of each pair in px."""
    return _scaled(np.maximum(weight - 1, 0), WIDTH_PX)


def _scaled(values: AnyInts, ends: tuple[float, float]) -> Floats:
    if len(values) == 0:
        return np.zeros(0)
    top = max(int(values.max()), _LEAST_TOP)
    return ends[0] + (ends[1] - ends[0]) * np.sqrt(values / top)


def neighbours(counts: CoMentions) -> list[list[tuple[int, int]]]:
    """Return for each actor its pairs as (other actor, pair), the heaviest first."""
    found: list[list[tuple[int, int]]] = [[] for _ in counts.actor_ids]
    for pair in np.argsort(-counts.weight, kind="stable").tolist():
        a, b = int(counts.first[pair]), int(counts.second[pair])
        found[a].append((b, pair))
        found[b].append((a, pair))
    return found

"""Where the actors of a co-mention graph are drawn.

Positions are in edge lengths, y downwards. Each connected part is laid out on its own by igraph's
Fruchterman-Reingold from a start that is no accident: communities beside each other, their heavy
actors in the middle. The same counts give the same picture; with the positions of an earlier
picture as the start, what was there stays there. Parts are then packed and the actors that share
nothing with anybody stand in rows below.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from annotator.analysis.communities import Indices, Positions, canonical, communities, unhurried
from annotator.analysis.packing import pack, stand_in_rows
from annotator.analysis.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from annotator.analysis.comention import CoMentions

__all__ = ["ITERATIONS", "communities", "layout"]

ITERATIONS = 300


def layout(
    found: CoMentions,
    *,
    seed: int = 0,
    start: Mapping[str, tuple[float, float]] | None = None,
    iterations: int = ITERATIONS,
    check: Callable[[], None] | None = None,
) -> Positions:
    """Place the actors.

    Args:
        found: the counts; every actor of it gets a place.
        seed: for igraph's generator; the same seed gives the same picture.
        start: earlier positions by actor id, of those that had a pair (an isolated one that gets
            company leaves its row).
        iterations: how long a new part is laid out.
        check: called between slices; whatever it raises stops the work.

    Returns:
        float64 (n_actors, 2).
    """
    with unhurried:
        return _laid_out(found, seed, start or {}, iterations, check)


def _laid_out(
    found: CoMentions,
    seed: int,
    start: Mapping[str, tuple[float, float]],
    iterations: int,
    check: Callable[[], None] | None,
) -> Positions:
    """Lay out each part, pack them, and stand the isolated in their rows."""
    order, first, second, pulls = canonical(found)
    n = len(order)
    known = _known(found, order, start)
    placed = np.zeros((n, 2), dtype=np.float64)
    parts = _parts(n, first, second)
    boxes: list[tuple[Indices, bool]] = []
    for members, edges in parts:
        local = np.full(n, -1, dtype=np.int64)
        local[members] = np.arange(len(members))
        part = Part(
            local[first[edges]],
            local[second[edges]],
            pulls[edges],
            known[members],
            seed=seed,
            check=check,
        )
        placed[members] = part.arrange(iterations)
        boxes.append((members, part.is_anchored))
    pack(placed, boxes)
    lonely = np.flatnonzero(found.isolated[order])
    stand_in_rows(placed, lonely[np.lexsort((lonely, -found.mentions[order][lonely]))], boxes)
    result = np.zeros_like(placed)
    result[order] = placed
    return result


def _parts(n: int, first: Indices, second: Indices) -> list[tuple[Indices, Indices]]:
    """Return the connected parts of two and more, largest first: vertices and edges of each."""
    if len(first) == 0:
        return []
    from scipy import sparse  # pyright: ignore[reportMissingTypeStubs]
    from scipy.sparse import csgraph  # pyright: ignore[reportMissingTypeStubs]

    library: Any = csgraph
    matrix: Any = sparse.coo_matrix((np.ones(len(first)), (first, second)), shape=(n, n))
    answer: tuple[int, Indices] = library.connected_components(matrix, directed=False)
    number, labels = answer
    sizes = np.bincount(labels, minlength=number)
    vertices = np.split(np.argsort(labels, kind="stable"), np.cumsum(sizes)[:-1])
    by_edge = np.argsort(labels[first], kind="stable")
    counts = np.bincount(labels[first], minlength=number)
    edges = np.split(by_edge, np.cumsum(counts)[:-1])
    chosen = sorted(np.flatnonzero(sizes > 1).tolist(), key=lambda i: (-int(sizes[i]), i))
    return [(vertices[i], edges[i]) for i in chosen]


def _known(
    found: CoMentions, order: Indices, start: Mapping[str, tuple[float, float]]
) -> Positions:
    """Return earlier positions in the new order; nan where there is none."""
    nowhere = (math.nan, math.nan)
    rows = [start.get(found.actor_ids[int(i)], nowhere) for i in order]
    return np.asarray(rows, dtype=np.float64).reshape(-1, 2)

"""Which actors belong together: communities of the co-mention graph.

Also the small graph tools that the layout shares: numbering by id, attraction, igraph's graph.
"""

from __future__ import annotations

import gc
import random
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from annotator.analysis.comention import CoMentions

Positions = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int64]

_ROUNDS = 8

#: Young objects that Python lets pile up while a graph is worked on.
_YOUNG = 50_000

_random_lock = threading.Lock()


class _Unhurried:
    """Let Python look for cycles less often while somebody is inside.

    igraph's answers are a list a vertex. By Python's usual count so many short-lived lists mean a
    search of the whole heap now and then, and the window stands still for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._usual = (0, 0, 0)

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._usual = gc.get_threshold()
                gc.set_threshold(max(_YOUNG, self._usual[0]), *self._usual[1:])
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                gc.set_threshold(*self._usual)


unhurried = _Unhurried()


def communities(
    found: CoMentions, *, seed: int = 0, before: Mapping[str, int] | None = None
) -> Labels:
    """Return the community of each actor: int64 (n_actors,), -1 for the isolated.

    Communities are numbered by size. With ``before`` (actor id to number) a community keeps the
    number that most of its actors had, so that colours stay when one actor joins.
    """
    labels = np.full(len(found.actor_ids), -1, dtype=np.int64)
    order, first, second, pulls = canonical(found)
    if len(first) == 0:
        return labels
    graph = make_graph(len(order), first, second)
    found_labels = np.asarray(leiden(graph, pulls, seed), dtype=np.int64)
    found_labels[found.isolated[order]] = -1
    labels[order] = by_size(found_labels)
    return _keep_numbers(labels, found.actor_ids, before) if before else labels


def canonical(found: CoMentions) -> tuple[Indices, Indices, Indices, Floats]:
    """Number the actors by id and sort the pairs: the order of rows must not show in the picture.

    Returns:
        The actors in the new order; then first, second (in new numbers) and pull of each pair.
    """
    order = np.asarray(
        sorted(range(len(found.actor_ids)), key=found.actor_ids.__getitem__), dtype=np.int64
    )
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    one, other = number[found.first], number[found.second]
    first, second = np.minimum(one, other), np.maximum(one, other)
    by_pair = np.lexsort((second, first))
    return order, first[by_pair], second[by_pair], _pulls(found.weight[by_pair])


def _pulls(weight: npt.NDArray[np.integer[Any]]) -> Floats:
    """Return how strongly pairs attract: weights have long tails, their logarithms do not."""
    return 1.0 + np.log2(np.maximum(weight, 1)).astype(np.float64)


def make_graph(n: int, first: Indices, second: Indices) -> Any:
    """Return igraph's graph of n vertices and these edges."""
    import igraph  # pyright: ignore[reportMissingTypeStubs]

    return igraph.Graph(n=n, edges=list(zip(first.tolist(), second.tolist(), strict=True)))


@contextmanager
def seeded(seed: int) -> Generator[None]:
    """Let igraph draw from a generator of our own: its functions take no seed."""
    import igraph  # pyright: ignore[reportMissingTypeStubs]

    library: Any = igraph
    with _random_lock:
        library.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            library.set_random_number_generator(random)


def leiden(graph: Any, pulls: Floats, seed: int) -> list[int]:
    """Return the community of each vertex; the same seed gives the same ones.

    One round at a time, until nobody moves: igraph keeps the interpreter lock meanwhile.
    """
    membership: list[int] | None = None
    weights = pulls.tolist()
    for number in range(_ROUNDS):
        with seeded(seed + number):
            clusters = graph.community_leiden(
                objective_function="modularity",
                weights=weights,
                initial_membership=membership,
                n_iterations=1,
            )
        found = list(clusters.membership)
        if found == membership:
            break
        membership = found
    return membership or []


def by_size(labels: Labels) -> Labels:
    """Renumber 0, 1, ... from the largest community; ties by their first actor."""
    numbers, start, size = np.unique(labels[labels >= 0], return_index=True, return_counts=True)
    rank = np.empty(len(numbers), dtype=np.int64)
    rank[np.lexsort((start, -size))] = np.arange(len(numbers))
    renumbered = labels.copy()
    renumbered[labels >= 0] = rank[np.searchsorted(numbers, labels[labels >= 0])]
    return renumbered


def _keep_numbers(labels: Labels, ids: tuple[str, ...], before: Mapping[str, int]) -> Labels:
    """Give each community the number that most of its actors had, the best match first."""
    shared: dict[tuple[int, int], int] = {}
    for label, actor_id in zip(labels.tolist(), ids, strict=True):
        old = before.get(actor_id, -1)
        if label >= 0 and old >= 0:
            shared[label, old] = shared.get((label, old), 0) + 1
    chosen: dict[int, int] = {}
    for (label, old), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if label not in chosen and old not in chosen.values():
            chosen[label] = old
    free = (number for number in range(len(ids) + len(chosen)) if number not in chosen.values())
    table = [chosen[i] if i in chosen else next(free) for i in range(int(labels.max()) + 1)]
    kept = labels.copy()
    kept[labels >= 0] = np.asarray(table, dtype=np.int64)[labels[labels >= 0]]
    return kept


def hues(labels: Labels, found: CoMentions, number: int) -> Labels:
    """Return which of ``number`` colours each actor has, -1 for none.

    The first communities have a colour each; a later one takes the colour that it has least to do
    with, so that two communities side by side do not look like one.
    """
    count = int(labels.max()) + 1 if len(labels) else 0
    if count <= number:
        return labels.copy()
    a, b = labels[found.first], labels[found.second]
    pairs = np.bincount(a * count + b, found.weight, minlength=count * count).reshape(count, count)
    linked = pairs + pairs.T
    sizes = np.bincount(labels[labels >= 0], minlength=count)
    chosen = np.full(count, -1, dtype=np.int64)
    for label in range(count):
        if label < number:
            chosen[label] = label
            continue
        taken = np.zeros(number)
        used = np.zeros(number)
        for other in range(label):
            taken[chosen[other]] += linked[label, other]
            used[chosen[other]] += sizes[other]
        chosen[label] = int(np.lexsort((np.arange(number), used, taken))[0])
    coloured = labels.copy()
    coloured[labels >= 0] = chosen[labels[labels >= 0]]
    return coloured

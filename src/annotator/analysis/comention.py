"""Count who is mentioned with whom in the same sentence, paragraph or article.

The count is the sparse product XᵀX of the 0/1 incidence of units by actors, of which only the upper
triangle is wanted. Three things make it cheaper than the bare product of all rows: units with one
actor are dropped before (they pair with nobody), the incidence is built by counting instead of
sorting, and the triangle is computed in column blocks, so that half of the products never happen
and a cancelled job stops after a block. scipy lets go of the interpreter lock meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from annotator.analysis.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

IntArray = npt.NDArray[np.int64]
PairArray = npt.NDArray[np.int32]
AnyInts = npt.NDArray[np.integer[Any]]

#: Below this many pair events one product is faster than blocks.
_EVENTS_PER_BLOCK = 5_000_000
_MAX_BLOCKS = 10


class Places(Protocol):
    """Hold one row a mention, as parallel integer arrays (n_mentions,).

    ``actor`` and ``article`` are dense indices, ``paragraph`` and ``sentence`` ordinals inside the
    article, -1 where unknown. ``actor_ids`` gives the id behind each actor index; an actor without
    a row is an actor that is never mentioned.
    """

    @property
    def actor(self) -> AnyInts:  # noqa: D102
        ...
    @property
    def article(self) -> AnyInts:  # noqa: D102
        ...
    @property
    def paragraph(self) -> AnyInts:  # noqa: D102
        ...
    @property
    def sentence(self) -> AnyInts:  # noqa: D102
        ...
    @property
    def actor_ids(self) -> Sequence[str]:  # noqa: D102
        ...


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Be the plain form of ``Places``."""

    actor: AnyInts
    article: AnyInts
    paragraph: AnyInts
    sentence: AnyInts
    actor_ids: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class CoMentions:
    """Hold the counts of a selection of articles.

    ``mentions``: int64 (n_actors,), every mention, also those in units of their own.
    ``first``, ``second``, ``weight``: int32 (n_pairs,), ``first < second``, sorted by both; weight
    is the number of units that mention the two.
    """

    actor_ids: tuple[str, ...]
    mentions: IntArray
    first: PairArray
    second: PairArray
    weight: PairArray
    unit: Unit

    @property
    def isolated(self) -> npt.NDArray[np.bool_]:
        """Return which actors have no pair: bool (n_actors,)."""
        alone = np.ones(len(self.actor_ids), dtype=np.bool_)
        alone[self.first] = False
        alone[self.second] = False
        return alone


def count(places: Places, unit: Unit, *, check: Callable[[], None] | None = None) -> CoMentions:
    """Count mentions and co-mentions.

    Args:
        places: the mentions of the selection.
        unit: how close two mentions must stand.
        check: called between blocks; whatever it raises stops the count.
    """
    ids = tuple(places.actor_ids)
    actor = np.asarray(places.actor)
    mentions = np.bincount(actor, minlength=len(ids)).astype(np.int64)
    key = _unit_keys(places, unit)
    if key.size and key.min() < 0:
        known = key >= 0
        key, actor = key[known], actor[known]
    if key.size == 0:
        empty = np.zeros(0, dtype=np.int32)
        return CoMentions(ids, mentions, empty, empty, empty, unit)
    first, second, weight = _pairs(key, actor, len(ids), check or _nothing)
    return CoMentions(ids, mentions, first, second, weight, unit)


def at_least(found: CoMentions, weight: int) -> CoMentions:
    """Return the counts without the pairs lighter than ``weight``; every actor stays."""
    if weight <= 1:
        return found
    keep = found.weight >= weight
    return CoMentions(
        found.actor_ids,
        found.mentions,
        found.first[keep],
        found.second[keep],
        found.weight[keep],
        found.unit,
    )


def strongest(found: CoMentions, *, actors: int, pairs: int) -> CoMentions:
    """Return the most mentioned actors and the heaviest pairs among them.

    A plot of more is neither readable nor quick. Ties are broken by the order of the actors, so
    that the same counts give the same selection. Actors never mentioned are left out first.
    """
    order = np.lexsort((np.arange(len(found.mentions)), -found.mentions))
    chosen: IntArray = np.sort(order[:actors])
    new_index = np.full(len(found.actor_ids), -1, dtype=np.int32)
    new_index[chosen] = np.arange(len(chosen), dtype=np.int32)
    first, second = new_index[found.first], new_index[found.second]
    inside = np.flatnonzero((first >= 0) & (second >= 0))
    if len(inside) > pairs:
        inside = inside[_heaviest(found.weight[inside], pairs)]
    return CoMentions(
        tuple(found.actor_ids[int(i)] for i in chosen),
        found.mentions[chosen],
        first[inside],
        second[inside],
        found.weight[inside],
        found.unit,
    )


def _heaviest(weight: PairArray, number: int) -> IntArray:
    """Return where the heaviest are, in order; of equals the first ones."""
    if number == 0:
        return np.zeros(0, dtype=np.int64)
    least = np.partition(weight, len(weight) - number)[len(weight) - number]
    chosen = weight > least
    equals = np.flatnonzero(weight == least)
    chosen[equals[: number - int(np.count_nonzero(chosen))]] = True
    return np.flatnonzero(chosen)


def mentioned(found: CoMentions) -> CoMentions:
    """Return the counts without the actors that the selection never mentions."""
    return strongest(found, actors=int(np.count_nonzero(found.mentions)), pairs=len(found.first))


def _nothing() -> None:
    """Check nothing."""


def _unit_keys(places: Places, unit: Unit) -> IntArray:
    """Return one number a mention that is the same exactly within a unit; -1 where unknown."""
    article = np.asarray(places.article).astype(np.int64)
    if unit is Unit.ARTICLE:
        return article
    ordinal = np.asarray(places.sentence if unit is Unit.SENTENCE else places.paragraph)
    if ordinal.size == 0:
        return article
    key = article * (int(ordinal.max()) + 1) + ordinal
    key[ordinal < 0] = -1
    return key


def _dense(key: IntArray) -> tuple[IntArray, int]:
    """Renumber keys as 0..n-1 and return n. Counts where keys are dense enough, else sorts."""
    top = int(key.max()) + 1
    if top > 16 * len(key) + 1024:
        unique, dense = np.unique(key, return_inverse=True)
        return dense.astype(np.int64), len(unique)
    present = np.zeros(top, dtype=np.bool_)
    present[key] = True
    number = np.cumsum(present, dtype=np.int64) - 1
    return number[key], int(number[-1]) + 1


def _incidence(key: IntArray, actor: AnyInts, n_actors: int) -> Any:
    """Return the 0/1 matrix of actors by units (csr, int32, sorted), only units of two and more."""
    from scipy import sparse  # pyright: ignore[reportMissingTypeStubs]

    row, n_units = _dense(key)
    column = actor.astype(np.int32, copy=False)
    per_unit = np.bincount(row, minlength=n_units)
    if not bool((per_unit > 1).all()):
        together = per_unit > 1
        number = np.cumsum(together) - 1
        keep = together[row]
        row, column = number[row[keep]], column[keep]
        n_units = int(np.count_nonzero(together))
    ones = np.ones(len(row), dtype=np.int32)
    cells = (ones, (row.astype(np.int32), column))
    # The conversion adds up an actor named twice in one unit; together once is together.
    x: Any = sparse.coo_matrix(cells, shape=(n_units, n_actors)).tocsr()
    x.data[:] = 1
    return x


def _pairs(
    key: IntArray, actor: AnyInts, n_actors: int, check: Callable[[], None]
) -> tuple[PairArray, PairArray, PairArray]:
    """Return the upper triangle of XᵀX as sorted (first, second, weight)."""
    x = _incidence(key, actor, n_actors)
    by_actor = x.tocsc()
    check()
    parts: list[tuple[PairArray, PairArray, PairArray]] = []
    for low, high in _blocks(by_actor, np.diff(x.indptr).astype(np.int64)):
        parts.append(_block(by_actor, low, high))
        check()
    if not parts:
        empty = np.zeros(0, dtype=np.int32)
        return empty, empty, empty
    if len(parts) == 1:
        return parts[0]
    first, second, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    return first, second, weight


def _block(by_actor: Any, low: int, high: int) -> tuple[PairArray, PairArray, PairArray]:
    """Return the pairs whose first actor is in ``[low, high)``, sorted.

    The product is taken with the *second* actors as rows: the turn to columns, one counting pass,
    then leaves the pairs grouped by their first actor with the second ones in order.
    """
    from scipy import sparse  # pyright: ignore[reportMissingTypeStubs]

    product = by_actor[:, low:].T @ by_actor[:, low:high].tocsr()
    second = np.repeat(np.arange(product.shape[0], dtype=np.int32), np.diff(product.indptr))
    upper = product.indices < second
    entries = (product.data[upper], (second[upper], product.indices[upper]))
    pairs: Any = sparse.coo_matrix(entries, shape=product.shape).tocsc()
    first = np.repeat(np.arange(low, high, dtype=np.int32), np.diff(pairs.indptr))
    return first, pairs.indices + np.int32(low), pairs.data


def _blocks(by_actor: Any, per_unit: IntArray) -> list[tuple[int, int]]:
    """Cut the actors into ranges of about equal work, few enough that slicing costs little."""
    n_actors = by_actor.shape[1]
    events = int((per_unit * per_unit).sum())
    wanted = min(_MAX_BLOCKS, 1 + events // _EVENTS_PER_BLOCK)
    if wanted == 1:
        return [(0, n_actors)] if events else []
    work = np.add.reduceat(
        np.append(per_unit[by_actor.indices], 0), np.minimum(by_actor.indptr[:-1], by_actor.nnz)
    )
    work[np.diff(by_actor.indptr) == 0] = 0
    done = np.cumsum(work)
    total = int(done[-1])
    cuts = (int(np.searchsorted(done, total * i / wanted)) + 1 for i in range(1, wanted))
    return list(pairwise(sorted({0, *cuts, n_actors})))

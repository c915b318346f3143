"""One connected part of a co-mention graph, laid out by itself.

igraph keeps the interpreter lock while it works, so it is called for a few iterations at a time:
the window goes on between two slices.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from annotator.analysis.communities import (
    Floats,
    Indices,
    Labels,
    Positions,
    by_size,
    leiden,
    make_graph,
    seeded,
)
from annotator.analysis.packing import GAP, GOLDEN_ANGLE, side_by_side, spiral

if TYPE_CHECKING:
    from collections.abc import Callable

_WARM_ITERATIONS = 60
#: How far an old actor may drift when others join, in edge lengths.
_WARM_DRIFT = 0.4
#: From this size on igraph's grid variant, which looks at near neighbours only.
_GRID_FROM = 1000
#: From this size on communities are laid out apart.
_ISLANDS_FROM = 700
#: Width to height that a part may have without being drawn out, and by how much it is at most.
_LONGEST = 2.0
_DRAWN_OUT = 2.0
#: Vertex pairs that igraph handles in one slice: some 5 to 8 ms.
_SLICE = 1_200_000
#: Communities of more need fewer rounds than a part that is run as one.
_QUICK_FROM = 300


class Part:
    """Lay out one connected part.

    Args:
        first: first vertices of the edges, 0..n-1.
        second: second vertices.
        pulls: attraction of each edge.
        known: earlier positions (n, 2), nan where there is none.
        seed: for igraph's generator.
        check: called between slices; whatever it raises stops the work.
    """

    def __init__(
        self,
        first: Indices,
        second: Indices,
        pulls: Floats,
        known: Positions,
        *,
        seed: int = 0,
        check: Callable[[], None] | None = None,
    ) -> None:
        self.first, self.second, self.pulls, self.known = first, second, pulls, known
        self.n = len(known)
        self._seed = seed
        self._check = check
        self.was_there: npt.NDArray[np.bool_] = ~np.isnan(known[:, 0])
        #: Half of it was there before: it stays where it was.
        self.is_anchored = bool(self.was_there.sum() * 2 >= self.n)

    def arrange(self, iterations: int) -> Positions:
        """Return positions (n, 2): where it was if it is anchored, else around the origin."""
        if self.is_anchored:
            start = self._grown()
            if bool(self.was_there.all()) or self.n >= _ISLANDS_FROM:
                return start
            moved = self._run(start, _WARM_ITERATIONS, 2 * _WARM_DRIFT / _WARM_ITERATIONS)
            return self._aligned(moved)
        if self.n == 2:
            return np.asarray([[-0.5, 0.0], [0.5, 0.0]])
        if self.n >= _ISLANDS_FROM:
            return turned(self._islands(iterations))
        return turned(self._whole(iterations))

    def _run(self, start: Positions, iterations: int, heat: float) -> Positions:
        """Run Fruchterman-Reingold in slices, cooling from ``heat`` (edge lengths a step)."""
        graph = make_graph(self.n, self.first, self.second)
        pulls = self.pulls.tolist()
        grid = self.n >= _GRID_FROM
        work = 120 * (self.n + len(pulls)) if grid else self.n * self.n
        steps = max(1, min(20, _SLICE // max(1, work)))
        coords: Any = start.tolist()
        for done in range(0, iterations, steps):
            if self._check is not None:
                self._check()
            with seeded(self._seed + done):
                coords = graph.layout_fruchterman_reingold(
                    weights=pulls,
                    niter=steps,
                    seed=coords,
                    start_temp=max(heat * (1 - done / iterations), 1e-3),
                    grid=grid,
                ).coords
        return np.asarray(coords, dtype=np.float64)

    def _whole(self, iterations: int) -> Positions:
        """Run the part as one, from communities beside each other."""
        labels, number = self._communities()
        centres = self._centres(labels, number)
        place = centres[labels]
        for members in self._members(labels, number):
            place[members] += spiral(len(members)) * 0.6
        return self._run(place, iterations, math.sqrt(self.n) / 4)

    def _islands(self, iterations: int) -> Positions:
        """Lay out each community by itself and set them side by side.

        Of thousands of actors run as one only a ball of wool remains.
        """
        labels, number = self._communities()
        place = np.zeros((self.n, 2))
        radius = np.zeros(number)
        inside = labels[self.first] == labels[self.second]
        local = np.zeros(self.n, dtype=np.int64)
        for label, members in enumerate(self._members(labels, number)):
            local[members] = np.arange(len(members))
            edges = inside & (labels[self.first] == label)
            nowhere = np.full((len(members), 2), math.nan)
            island = Part(
                local[self.first[edges]],
                local[self.second[edges]],
                self.pulls[edges],
                nowhere,
                seed=self._seed,
                check=self._check,
            )
            heat = math.sqrt(len(members)) / 4
            rounds = max(100, round(iterations * min(1.0, _QUICK_FROM / len(members))))
            moved = island._run(spiral(len(members)) * 0.8, rounds, heat)
            place[members] = moved - (moved.min(0) + moved.max(0)) / 2
            radius[label] = np.hypot(*place[members].T).max() + GAP / 2
        return place + side_by_side(self._centres(labels, number), radius)[labels]

    def _communities(self) -> tuple[Labels, int]:
        graph = make_graph(self.n, self.first, self.second)
        labels = by_size(np.asarray(leiden(graph, self.pulls, self._seed), dtype=np.int64))
        return labels, int(labels.max()) + 1

    def _members(self, labels: Labels, number: int) -> list[Indices]:
        """Return the vertices of each community, those with the strongest ties first."""
        strength = np.bincount(self.first, self.pulls, minlength=self.n)
        strength += np.bincount(self.second, self.pulls, minlength=self.n)
        order = np.lexsort((np.arange(self.n), -strength, labels))
        cuts = np.cumsum(np.bincount(labels, minlength=number))[:-1]
        return np.split(order, cuts)

    def _centres(self, labels: Labels, number: int) -> Positions:
        """Lay out the communities as vertices of a small graph of their own."""
        if number == 1:
            return np.zeros((1, 2))
        a, b = labels[self.first], labels[self.second]
        across = a != b
        keys = np.minimum(a, b)[across] * number + np.maximum(a, b)[across]
        pairs, index = np.unique(keys, return_inverse=True)
        weight = np.bincount(index, self.pulls[across], minlength=len(pairs))
        angle = np.arange(number) * (2 * math.pi / number)
        ring = np.stack([np.cos(angle), np.sin(angle)], 1) * math.sqrt(number)
        graph = Part(pairs // number, pairs % number, 1 + np.log2(1 + weight), ring)
        spread = graph._run(ring, 100, math.sqrt(number) / 2)
        spread = spread - spread.mean(0)
        return spread * (math.sqrt(self.n) * 0.9 / (float(np.abs(spread).max()) or 1.0))

    def _grown(self) -> Positions:
        """Start from what was there, new actors beside their neighbours."""
        place = self.known.copy()
        missing = ~self.was_there
        ends = (
            np.concatenate([self.first, self.second]),
            np.concatenate([self.second, self.first]),
        )
        pulls = np.concatenate([self.pulls, self.pulls])
        while missing.any():
            usable = missing[ends[0]] & ~missing[ends[1]]
            weight = np.bincount(ends[0][usable], pulls[usable], minlength=self.n)
            ready = np.flatnonzero(weight > 0)
            for axis in (0, 1):
                total = np.bincount(
                    ends[0][usable], pulls[usable] * place[ends[1][usable], axis], minlength=self.n
                )
                place[ready, axis] = total[ready] / weight[ready]
            outward = place[ready] - np.nanmean(place[~missing], axis=0)
            length = np.maximum(np.hypot(outward[:, 0], outward[:, 1]), 1e-9)[:, None]
            turn = np.stack([np.cos(ready * GOLDEN_ANGLE), np.sin(ready * GOLDEN_ANGLE)], 1)
            place[ready] += 0.7 * outward / length + 0.2 * turn
            missing[ready] = False
        return place

    def _aligned(self, moved: Positions) -> Positions:
        """Turn, mirror and shift the part so that who was there stays as near as can be.

        igraph turns every layout it returns to its main axis, either way round.
        """
        old, new = self.known[self.was_there], moved[self.was_there]
        old_centre, new_centre = old.mean(0), new.mean(0)
        u, _, v = np.linalg.svd((new - new_centre).T @ (old - old_centre))
        return (moved - new_centre) @ (u @ v) + old_centre


def turned(place: Positions) -> Positions:
    """Centre a part and lay its long side across, the heavier half always on the same side.

    A part like a string is bent open: its height is drawn out as far as a window has room for.
    """
    place = place - place.mean(0)
    if len(place) > 2:
        _, _, axes = np.linalg.svd(place, full_matrices=False)
        place = place @ axes.T
        place = place * np.where((place**3).sum(0) < 0, -1.0, 1.0)
        across, down = np.ptp(place, axis=0).tolist()
        if down > 0:
            place[:, 1] *= min(max(1.0, across / (down * _LONGEST)), _DRAWN_OUT)
    return place

"""Where names stand so that none covers another name or an actor.

Greedy by weight: the most mentioned actors choose first among eight places around themselves, the
one furthest from their own pairs' lines first; who finds no room gets no name until there is.
What is taken is kept in a raster of the window, so that asking costs the same for any number.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.gui.plots.scene import Floats, Scene, View

#: Side of a raster cell, px.
_CELL = 2
_GAP = 3.0
_MOST = 160
#: So many of the largest actors in view stay uncovered.
_CLEAR = 300
#: Actors asked in a row that found no room, after which it is full.
_PATIENCE = 120
#: Directions of the places around an actor; 0 is right, y downwards.
_PLACES = (0.0, math.pi, math.pi / 2, -math.pi / 2, -0.7, 0.7, math.pi - 0.7, 0.7 - math.pi)
_LINES_LOOKED_AT = 10
#: A name keeps this far from the window's edge, px.
_EDGE = 4.0

#: A placed name: actor, and where its top left corner is from the actor's middle, px.
Placed = tuple[int, float, float]


class _Raster:
    """Remember which cells of the window are taken."""

    def __init__(self, width: float, height: float) -> None:
        self.right, self.bottom = width - _EDGE, height - _EDGE
        self.rows, self.columns = int(height) // _CELL + 1, int(width) // _CELL + 1
        self.taken = np.zeros((self.rows, self.columns), dtype=np.bool_)

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Take the cells that a rectangle touches."""
        r0, r1 = max(0, int(top / _CELL)), math.ceil(bottom / _CELL)
        c0, c1 = max(0, int(left / _CELL)), math.ceil(right / _CELL)
        if r1 > r0 and c1 > c0:
            self.taken[r0:r1, c0:c1] = True

    def is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Say whether a rectangle lies in the window and touches no taken cell."""
        if left < _EDGE or top < _EDGE or right > self.right or bottom > self.bottom:
            return False
        r0, r1 = int(top / _CELL), math.ceil(bottom / _CELL)
        c0, c1 = int(left / _CELL), math.ceil(right / _CELL)
        return not bool(self.taken[r0:r1, c0:c1].any())


def place_names(
    scene: Scene,
    view: View,
    size_of: Callable[[int], tuple[float, float]],
    *,
    first: Sequence[int] = (),
    only: Iterable[int] | None = None,
    most: int = _MOST,
    must: int = -1,
) -> list[Placed]:
    """Choose which names are shown and where.

    Args:
        scene: the graph.
        view: how it is looked at.
        size_of: width and height of an actor's name in px.
        first: actors that choose before all others.
        only: the actors that are asked; all by default.
        most: how many names at most.
        must: an actor that gets its name even where there is no room for it.
    """
    px = view.to_px(scene.places)
    raster = _Raster(view.width, view.height)
    inside = np.flatnonzero(
        (px[:, 0] > -20) & (px[:, 0] < view.width + 20)
        & (px[:, 1] > -20) & (px[:, 1] < view.height + 20)
    )  # fmt: skip
    visible = np.zeros(len(scene), dtype=np.bool_)
    visible[inside] = True
    radius = scene.radius * view.size
    # In a crowd only the large actors must stay clear; a name may lie over dots.
    asked = scene.by_weight.tolist() if only is None else list(only)
    crowd = np.asarray([i for i in asked if visible[i]][:_CLEAR], dtype=np.int64)
    reach = radius * 0.85
    for i, (x, y) in zip(crowd.tolist(), px[crowd].tolist(), strict=True):
        raster.take(x - reach[i], y - reach[i], x + reach[i], y + reach[i])
    order = [*first, *(i for i in asked if i not in set(first))]
    placed: list[Placed] = []
    if must >= 0:
        placed.append(_forced(scene, px, raster, must, float(radius[must]), size_of(must)))
        order = [i for i in order if i != must]
    failed = 0
    for number in order:
        if not visible[number]:
            continue
        found = _room_for(scene, px, raster, number, float(radius[number]), size_of(number))
        if found is None:
            failed += 1
            if failed > _PATIENCE:
                break
            continue
        placed.append(found)
        if len(placed) >= most:
            break
    return placed


def _room_for(
    scene: Scene,
    px: Floats,
    raster: _Raster,
    number: int,
    radius: float,
    size: tuple[float, float],
) -> Placed | None:
    """Take the best free place around an actor."""
    x, y = px[number].tolist()
    width, height = size
    for angle in _directions(scene, number):
        left, top = _corner(angle, radius + _GAP, width, height)
        box = (x + left, y + top, x + left + width, y + top + height)
        if raster.is_free(*box):
            raster.take(box[0] - _GAP, box[1], box[2] + _GAP, box[3])
            return number, left, top
    return None


def _forced(
    scene: Scene,
    px: Floats,
    raster: _Raster,
    number: int,
    radius: float,
    size: tuple[float, float],
) -> Placed:
    """Place a name before all others, over something else if it must be."""
    found = _room_for(scene, px, raster, number, radius, size)
    if found is not None:
        return found
    (x, y), (width, height) = px[number].tolist(), size
    left, top = _corner(-math.pi / 2, radius + _GAP, width, height)
    # Inside the window, whatever it covers.
    left = max(min(left, raster.right - x - width), _EDGE - x)
    top = max(top, _EDGE - y)
    raster.take(x + left, y + top, x + left + width, y + top + height)
    return number, left, top


def _corner(angle: float, reach: float, width: float, height: float) -> tuple[float, float]:
    """Return the top left corner of a name in a direction from the middle of its actor."""
    across, down = math.cos(angle), math.sin(angle)
    left = reach * across - (0.0 if across > 0.5 else width if across < -0.5 else width / 2)
    top = reach * down - (0.0 if down > 0.9 else height if down < -0.9 else height / 2)
    if 0.5 < abs(across) < 0.9:
        top = reach * down - (0.0 if down > 0 else height)
        left -= math.copysign(2.0, across)
    return left, top


def _directions(scene: Scene, number: int) -> Sequence[float]:
    """Return the places around an actor, those with the most free sight first.

    Angles are the same at every zoom, so the scene keeps them until somebody is moved.
    """
    kept = scene.directions.get(number)
    if kept is not None:
        return kept
    lines = [other for other, _ in scene.near[number][:_LINES_LOOKED_AT]]
    found: Sequence[float] = _PLACES
    if lines:
        away = scene.places[lines] - scene.places[number]
        angles = np.arctan2(away[:, 1], away[:, 0]).tolist()
        found = [direction for _, direction in sorted(enumerate(_PLACES), key=_blocked_by(angles))]
    scene.directions[number] = found
    return found


def _blocked_by(angles: Sequence[float]) -> Callable[[tuple[int, float]], float]:
    def cost(place: tuple[int, float]) -> float:
        rank, direction = place
        free = min(abs(math.remainder(direction - angle, math.tau)) for angle in angles)
        # Beside the actor reads best: the other places must be much freer to be taken.
        return -min(free, 1.2) + 0.09 * rank

    return cost

"""Set laid-out parts of a graph beside each other without an overlap, tidily."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from annotator.analysis.communities import Floats, Indices, Positions

#: Distance between parts, in edge lengths.
GAP = 1.2
#: Distance between isolated actors in their rows (across, down).
_CELL = (1.6, 0.9)
#: The least of that, where there are very many.
_CLOSEST = 0.2
#: The area of their rows, of that of the graph.
_LONELY_SHARE = 0.2
#: So many isolated actors stand at their full distance.
_FEW = 24
#: Width to height of what is packed.
_ASPECT = 1.6
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_DISC_STEPS = 200


def spiral(n: int) -> Positions:
    """Return n places around the origin, evenly dense, the first in the middle."""
    rank = np.arange(n)
    turn = rank * GOLDEN_ANGLE
    return np.stack([np.cos(turn), np.sin(turn)], 1) * np.sqrt(rank)[:, None]


def side_by_side(centres: Positions, radius: Floats) -> Positions:
    """Move discs until none overlaps, then together, keeping who is beside whom."""
    spread = float(np.abs(centres).max()) or 1.0
    centres = centres * (math.sqrt(float((radius**2).sum())) / spread)
    reach = radius[:, None] + radius[None, :]
    np.fill_diagonal(reach, 0.0)
    for step in range(_DISC_STEPS):
        if step < _DISC_STEPS // 2:
            centres = centres * 0.97
        apart = centres[:, None] - centres[None, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-6)
        overlap = np.maximum(reach - distance, 0.0)
        push = overlap * (radius[None, :] / np.maximum(reach, 1e-6))
        centres = centres + 0.8 * (apart / distance[..., None] * push[..., None]).sum(1)
    return centres


def pack(placed: Positions, boxes: list[tuple[Indices, bool]]) -> None:
    """Move the new parts beside each other in shelves below what is anchored."""
    anchored = [members for members, stays in boxes if stays]
    new = [members for members, stays in boxes if not stays]
    _push_apart(placed, anchored)
    if not new:
        return
    sizes = [np.ptp(placed[members], axis=0) + GAP for members in new]
    area = float(sum(size[0] * size[1] for size in sizes))
    width = max(math.sqrt(area) * _ASPECT, float(sizes[0][0]))
    top = 0.0
    if anchored:
        there = placed[np.concatenate(anchored)]
        width = max(width, float(np.ptp(there[:, 0])) + GAP)
        top = float(there[:, 1].max()) + GAP
    x = height = 0.0
    for members, size in zip(new, sizes, strict=True):
        if x > 0 and x + size[0] > width:
            x, top, height = 0.0, top + height, 0.0
        corner = placed[members].min(0)
        placed[members] += np.asarray([x, top]) - corner
        x, height = x + float(size[0]), max(height, float(size[1]))


def _push_apart(placed: Positions, parts: list[Indices]) -> None:
    """Shift smaller anchored parts off larger ones that have grown into them."""
    for number, members in enumerate(parts):
        for _ in range(len(parts)):
            low, high = placed[members].min(0) - GAP / 2, placed[members].max(0) + GAP / 2
            for other in parts[:number]:
                other_low, other_high = placed[other].min(0), placed[other].max(0)
                overlap = np.minimum(high, other_high) - np.maximum(low, other_low)
                if bool((overlap > 0).all()):
                    axis = int(np.argmin(overlap))
                    away = placed[members][:, axis].mean() >= placed[other][:, axis].mean()
                    placed[members, axis] += overlap[axis] if away else -overlap[axis]
                    break
            else:
                break


def stand_in_rows(placed: Positions, lonely: Indices, boxes: list[tuple[Indices, bool]]) -> None:
    """Stand the isolated actors in centred rows below everything."""
    if len(lonely) == 0:
        return
    left, width, height, top, cell = 0.0, 0.0, 0.0, 0.0, np.asarray(_CELL)
    if boxes:
        there = placed[np.concatenate([members for members, _ in boxes])]
        left, width = float(there[:, 0].min()), float(np.ptp(there[:, 0]))
        height, top = float(np.ptp(there[:, 1])), float(there[:, 1].max()) + GAP
    if boxes and len(lonely) > _FEW:
        # Many of them stand closer: they must not take more of the window than the graph.
        room = _LONELY_SHARE * max(width * height, 1.0)
        scale = math.sqrt(room / (len(lonely) * _CELL[0] * _CELL[1]))
        cell = cell * min(1.0, max(scale, _CLOSEST))
    block = math.ceil(math.sqrt(len(lonely) * _ASPECT * _CELL[1] / _CELL[0]))
    columns = max(int(width / cell[0]) + 1, min(block, _FEW))
    columns = math.ceil(len(lonely) / math.ceil(len(lonely) / columns))
    index = np.arange(len(lonely))
    row, column = index // columns, index % columns
    in_row = np.where(row == row[-1], len(lonely) - row[-1] * columns, columns)
    placed[lonely, 0] = left + width / 2 + (column - (in_row - 1) / 2) * cell[0]
    placed[lonely, 1] = top + row * cell[1]

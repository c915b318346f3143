"""What is drawn of a graph: places, sizes and colours, and where that is in px for a view.

No widget and no painter in here: the canvas, the PNG and the SVG all draw from the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from annotator.analysis.picture import neighbours, radii, widths
from annotator.app.comentions import coloured, hue_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.comentions import GraphData
    from annotator.gui.theme import Theme

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Pairs are drawn with so many pens: one a class of width.
WIDTH_CLASSES = 6
#: px an edge length is at most, when a small graph is fitted into a large window.
MAX_SCALE = 110.0
#: How much ink the lightest pairs get, by how many pairs there are, and the heaviest. The colours
#: are mixed with the paper and not see-through: Qt paints opaque lines five times as fast.
_EDGE_INK = ((80, 0.36), (500, 0.26), (3_000, 0.18), (math.inf, 0.11))
_HEAVY_INK = 0.60
#: Actors have their full size from this scale on (px an edge length), less below.
_FULL_SIZE_SCALE = 60.0
_LEAST_SIZE = 0.42


@dataclass(frozen=True, slots=True)
class View:
    """Map places to px: ``px = place * scale + offset``; ``width`` and ``height`` of the window."""

    scale: float
    dx: float
    dy: float
    width: float
    height: float

    def to_px(self, places: Floats) -> Floats:
        """Return px of places (n, 2)."""
        return places * self.scale + np.asarray([self.dx, self.dy])

    def to_place(self, x: float, y: float) -> tuple[float, float]:
        """Return the place at a px position."""
        return (x - self.dx) / self.scale, (y - self.dy) / self.scale

    @property
    def size(self) -> float:
        """Return the factor on the size of actors: discs shrink when all is far away."""
        return min(1.0, max(_LEAST_SIZE, math.sqrt(self.scale / _FULL_SIZE_SCALE)))


class Scene:
    """Hold a graph ready to draw. Pairs are sorted by weight, the lightest first.

    Attributes:
        places: float64 (n, 2), edge lengths, y downwards; changed by ``move``.
        radius: float64 (n,), px.
        first, second: int64 (m,), ends of the pairs.
        width: float64 (m,), px.
        width_class: int64 (m,), ascending.
        class_width, class_ink: float64 (k,), px and share of ink of each class.
        near: for each actor its (other, pair), the heaviest first.
    """

    def __init__(self, data: GraphData) -> None:
        shown = data.shown
        self.data = data
        self.ids = shown.actor_ids
        self.names = data.names
        self.number = {actor_id: i for i, actor_id in enumerate(self.ids)}
        self.places: Floats = data.positions.copy()
        self.mentions: Ints = shown.mentions
        self.hues: Ints = data.hues
        self.radius: Floats = radii(shown.mentions)
        order = np.argsort(shown.weight, kind="stable")
        self.first: Ints = shown.first[order].astype(np.int64)
        self.second: Ints = shown.second[order].astype(np.int64)
        self.weight: Ints = shown.weight[order].astype(np.int64)
        self.width: Floats = widths(self.weight)
        self.width_class, self.class_width, self.class_ink = self._classes()
        in_order = np.empty(len(order), dtype=np.int64)
        in_order[order] = np.arange(len(order))
        self.near = [
            [(other, int(in_order[pair])) for other, pair in row] for row in neighbours(shown)
        ]
        #: Which places around an actor are freest for its name (kept by ``labels``).
        self.directions: dict[int, Sequence[float]] = {}
        #: Actors by mentions, the most mentioned first.
        self.by_weight: Ints = np.lexsort((np.arange(len(self.ids)), -shown.mentions))

    def _classes(self) -> tuple[Ints, Floats, Floats]:
        if len(self.width) == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0)
        low, high = float(self.width.min()), float(self.width.max())
        step = (high - low) / WIDTH_CLASSES or 1.0
        number = np.minimum(((self.width - low) / step).astype(np.int64), WIDTH_CLASSES - 1)
        middle: Floats = np.full(1, low)
        if high > low:
            middle = (low + (np.arange(WIDTH_CLASSES) + 0.5) * step).astype(np.float64)
        ink = next(alpha for most, alpha in _EDGE_INK if len(self.width) <= most)
        share = np.arange(len(middle)) / max(len(middle) - 1, 1)
        inks: Floats = ink + (max(_HEAVY_INK, ink) - ink) * share
        return number, middle, inks

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height of all places (never empty)."""
        if len(self) == 0:
            return -1.0, -1.0, 2.0, 2.0
        low, high = self.places.min(0), self.places.max(0)
        return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])

    def fitted(self, width: float, height: float, *, margin: float = 0.0) -> View:
        """Return the view that shows everything, names included as far as they can be guessed."""
        left, top, across, down = self.bounds
        side = margin or min(70.0, width * 0.14)
        above = margin or min(34.0, height * 0.14)
        scale = min(
            (width - 2 * side) / max(across, 1e-9),
            (height - 2 * above) / max(down, 1e-9),
            MAX_SCALE,
        )
        scale = max(scale, 1e-6)
        dx = width / 2 - (left + across / 2) * scale
        dy = height / 2 - (top + down / 2) * scale
        return View(scale, dx, dy, width, height)

    def move(self, number: int, x: float, y: float) -> None:
        """Put an actor somewhere else."""
        self.places[number] = (x, y)
        self.directions.clear()

    def lines(self, view: View, pairs: Ints | slice) -> Floats:
        """Return pairs as px: (k, 4), x1 y1 x2 y2."""
        px = view.to_px(self.places)
        return np.concatenate([px[self.first[pairs]], px[self.second[pairs]]], axis=1)

    def at(self, view: View, x: float, y: float, *, slack: float = 4.0) -> int:
        """Return the actor at a px position, -1 for none; the smaller of two wins."""
        if len(self) == 0:
            return -1
        px = view.to_px(self.places)
        radius = self.radius * view.size
        distance = np.hypot(px[:, 0] - x, px[:, 1] - y) - radius
        inside = np.flatnonzero(distance <= slack)
        if len(inside) == 0:
            return -1
        over = inside[distance[inside] <= 0]
        if len(over):
            return int(over[np.argmin(radius[over])])
        return int(inside[np.argmin(distance[inside])])

    def pair_at(self, view: View, x: float, y: float, *, slack: float = 4.0) -> int:
        """Return the pair at a px position, -1 for none; the heaviest of several."""
        if len(self.first) == 0:
            return -1
        line = self.lines(view, slice(None))
        ax, ay = line[:, 0], line[:, 1]
        bx, by = line[:, 2] - ax, line[:, 3] - ay
        length = np.maximum(bx * bx + by * by, 1e-9)
        along = np.clip(((x - ax) * bx + (y - ay) * by) / length, 0.0, 1.0)
        distance = np.hypot(ax + along * bx - x, ay + along * by - y)
        near = np.flatnonzero(distance <= slack + self.width / 2)
        return int(near[-1]) if len(near) else -1

    def neighbour_towards(self, number: int, dx: int, dy: int) -> int:
        """Return the next actor in a direction, for the arrow keys; the same one at the rim."""
        away = self.places - self.places[number]
        along = away[:, 0] * dx + away[:, 1] * dy
        across = np.abs(away[:, 0] * dy) + np.abs(away[:, 1] * dx)
        cost = np.where(along > 1e-9, along + 2 * across, np.inf)
        best = int(np.argmin(cost)) if len(cost) else number
        return best if np.isfinite(cost[best]) else number


@dataclass(frozen=True, slots=True)
class PlotColours:
    """Hold the colours of a plot in a theme."""

    paper: QColor
    ink: QColor
    second: QColor
    accent: QColor
    none: QColor
    series: tuple[str, ...]

    @classmethod
    def of(cls, theme: Theme) -> PlotColours:
        """Take the tokens of a theme."""
        return cls(
            theme.paper,
            theme.ink,
            theme.ink2,
            theme.accent,
            theme.masked,
            tuple(coloured([colour.name() for colour in theme.series])),
        )

    def hue(self, hue: int) -> QColor:
        """Return the colour of a community."""
        return QColor(hue_colour(hue, self.series, self.none.name()))

    def line(self, ink: float) -> QColor:
        """Return the colour of pairs with a share of ink."""
        return self.mixed(self.second, ink)

    def mixed(self, full: QColor, share: float) -> QColor:
        """Return a share of a colour mixed with the paper."""
        paper = self.paper
        return QColor.fromRgbF(
            paper.redF() + (full.redF() - paper.redF()) * share,
            paper.greenF() + (full.greenF() - paper.greenF()) * share,
            paper.blueF() + (full.blueF() - paper.blueF()) * share,
        )

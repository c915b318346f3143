"""Paint a scene: pairs, actors, names. The canvas and the PNG call the same functions."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QFont

    from annotator.gui.plots.labels import Placed
    from annotator.gui.plots.scene import Floats, Ints, PlotColours, Scene, View

#: Names longer than this are cut; all of it is shown on hover.
NAME_PX = 190.0
_HALO = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1))
_KEPT_NAMES = 800
#: From so many actors in view on they are stamped from ready-made discs.
_STAMP_FROM = 400
_OUTLINE_PX = 1.5
_RADIUS_STEP = 0.5


def pens_of(scene: Scene, colours: PlotColours, *, ink: float = 1.0) -> list[QPen]:
    """Make the pen of each class of width; ``ink`` below 1 dims, above 1 stresses."""
    pens: list[QPen] = []
    for width, share in zip(scene.class_width.tolist(), scene.class_ink.tolist(), strict=True):
        pen = QPen(colours.line(min(share * ink, 0.9)), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pens.append(pen)
    return pens


class LinePainter:
    """Draw many lines at once, from an array."""

    def __init__(self) -> None:
        self._array = PrimitiveArray(QLineF, 4)

    def draw(self, painter: QPainter, lines: Floats) -> None:
        """Draw lines (k, 4) with the painter's pen."""
        if len(lines):
            self._array.resize(len(lines))
            self._array.ndarray()[:] = lines
            arguments: Any = self._array.drawargs()
            painter.drawLines(*arguments)

    def pairs(
        self, painter: QPainter, scene: Scene, view: View, pens: Sequence[QPen], chosen: Ints
    ) -> None:
        """Draw chosen pairs (ascending), each class of width with its pen; out of sight: none."""
        lines = scene.lines(view, chosen)
        seen = in_sight(lines, view)
        lines, classes = lines[seen], scene.width_class[chosen][seen]
        cuts = np.searchsorted(classes, np.arange(len(pens) + 1))
        for number, pen in enumerate(pens):
            if cuts[number] < cuts[number + 1]:
                painter.setPen(pen)
                self.draw(painter, lines[cuts[number] : cuts[number + 1]])


def in_sight(lines: Floats, view: View) -> np.ndarray:
    """Return which lines (k, 4) may cross the window."""
    low_x, high_x = np.minimum(lines[:, 0], lines[:, 2]), np.maximum(lines[:, 0], lines[:, 2])
    low_y, high_y = np.minimum(lines[:, 1], lines[:, 3]), np.maximum(lines[:, 1], lines[:, 3])
    return (high_x >= 0) & (low_x <= view.width) & (high_y >= 0) & (low_y <= view.height)


class NodePainter:
    """Draw actors as discs with a rim of paper, so that neighbours stay apart."""

    def __init__(self, colours: PlotColours) -> None:
        self._colours = colours
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)
        self._atlas: QPixmap | None = None
        self._atlas_key: tuple[object, ...] = ()
        self._cells: dict[tuple[int, int], tuple[float, float, float]] = {}
        self._steps: Ints = np.zeros(0, dtype=np.int64)

    def draw(
        self, painter: QPainter, scene: Scene, view: View, chosen: Ints, *, ratio: float = 1.0
    ) -> None:
        """Draw chosen actors, the most mentioned last. ``ratio``: device px a px."""
        px = view.to_px(scene.places[chosen])
        reach = scene.radius[chosen] * view.size + _OUTLINE_PX
        seen = (
            (px[:, 0] > -reach) & (px[:, 0] < view.width + reach)
            & (px[:, 1] > -reach) & (px[:, 1] < view.height + reach)
        )  # fmt: skip
        chosen, px = chosen[seen], px[seen]
        order = np.argsort(scene.radius[chosen], kind="stable")
        chosen, px = chosen[order], px[order]
        if len(chosen) >= _STAMP_FROM:
            self._stamp(painter, scene, view.size, chosen, px, ratio)
        else:
            self._discs(painter, scene, view.size, chosen, px)

    def _discs(
        self, painter: QPainter, scene: Scene, size: float, chosen: Ints, px: Floats
    ) -> None:
        rim = _OUTLINE_PX * size
        painter.setPen(QPen(self._colours.paper, rim))
        colours = {hue: self._colours.hue(hue) for hue in set(scene.hues.tolist())}
        for number, (x, y) in zip(chosen.tolist(), px.tolist(), strict=True):
            painter.setBrush(colours[int(scene.hues[number])])
            radius = float(scene.radius[number]) * size + rim / 2
            painter.drawEllipse(QPointF(x, y), radius, radius)

    def _stamp(
        self,
        painter: QPainter,
        scene: Scene,
        size: float,
        chosen: Ints,
        px: Floats,
        ratio: float,
    ) -> None:
        steps = np.maximum(np.round(scene.radius * size / _RADIUS_STEP).astype(np.int64), 1)
        # Zooming changes the size a little at each step; the discs are made anew for each twelfth.
        key = (id(scene), ratio, round(size * 12))
        if key != self._atlas_key:
            self._make_atlas(
                set(zip(scene.hues.tolist(), steps.tolist(), strict=True)), size, ratio
            )
            self._atlas_key = key
            self._steps = steps
        steps = self._steps
        assert self._atlas is not None
        cells = np.asarray(
            [
                self._cells[cell]
                for cell in zip(scene.hues[chosen].tolist(), steps[chosen].tolist(), strict=True)
            ]
        ).reshape(-1, 3)
        self._fragments.resize(len(chosen))
        table = self._fragments.ndarray()
        table[:, 0:2] = px
        table[:, 2:4] = cells[:, 0:2]
        table[:, 4] = table[:, 5] = cells[:, 2]
        table[:, 6] = table[:, 7] = 1.0 / ratio
        table[:, 8] = 0.0
        table[:, 9] = 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        fragments: Any = self._fragments.drawargs()
        painter.drawPixmapFragments(fragments[0], fragments[1], self._atlas)

    def _make_atlas(self, wanted: set[tuple[int, int]], size: float, ratio: float) -> None:
        """Draw one disc for each colour and size that occurs."""
        rim = _OUTLINE_PX * size
        side = math.ceil((max(s for _, s in wanted) * _RADIUS_STEP + rim) * 2 * ratio) + 2
        columns = max(1, math.ceil(math.sqrt(len(wanted))))
        rows = math.ceil(len(wanted) / columns)
        self._atlas = QPixmap(columns * side, rows * side)
        self._atlas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._atlas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.paper, rim * ratio))
        for number, (hue, step) in enumerate(sorted(wanted)):
            left, top = number % columns * side, number // columns * side
            radius = (step * _RADIUS_STEP + rim / 2) * ratio
            painter.setBrush(self._colours.hue(hue))
            painter.drawEllipse(QPointF(left + side / 2, top + side / 2), radius, radius)
            self._cells[hue, step] = (left, top, side)
        painter.end()

    def ring(
        self, painter: QPainter, scene: Scene, view: View, number: int, colour: QColor
    ) -> None:
        """Draw a ring around one actor."""
        x, y = view.to_px(scene.places[number]).tolist()
        radius = float(scene.radius[number]) * view.size + 3.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2.0))
        painter.drawEllipse(QPointF(x, y), radius, radius)


class NamePainter:
    """Draw names with a halo of paper; each is drawn once and kept as a picture."""

    def __init__(self, colours: PlotColours, font: QFont) -> None:
        self._colours = colours
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._kept: OrderedDict[tuple[str, float, bool], QPixmap] = OrderedDict()
        self._cut: dict[str, str] = {}

    def words(self, name: str, *, whole: bool = False) -> str:
        """Return a name on one line, cut where it is too long."""
        line = " ".join(name.split())
        if whole:
            return line
        if name not in self._cut:
            self._cut[name] = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, NAME_PX)
        return self._cut[name]

    def size(self, name: str, *, whole: bool = False) -> tuple[float, float]:
        """Return the width and height of a name in px."""
        words = self.words(name, whole=whole)
        return self._metrics.horizontalAdvance(words), self._metrics.height()

    @property
    def ascent(self) -> float:
        """Return how far the base line is below the top of a name, px."""
        return self._metrics.ascent()

    def draw(
        self,
        painter: QPainter,
        scene: Scene,
        view: View,
        placed: Iterable[Placed],
        *,
        ratio: float = 1.0,
        whole: bool = False,
    ) -> None:
        """Draw placed names beside their actors."""
        px = view.to_px(scene.places)
        for number, left, top in placed:
            picture = self._picture(self.words(scene.names[number], whole=whole), ratio)
            x, y = float(px[number, 0]) + left - 2, float(px[number, 1]) + top - 2
            # Whole device pixels keep the letters sharp.
            at = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
            painter.drawPixmap(at, picture)

    def _picture(self, words: str, ratio: float) -> QPixmap:
        key = (words, ratio, False)
        picture = self._kept.get(key)
        if picture is not None:
            self._kept.move_to_end(key)
            return picture
        width = math.ceil(self._metrics.horizontalAdvance(words)) + 4
        height = math.ceil(self._metrics.height()) + 4
        picture = QPixmap(QSizeF(width * ratio, height * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self._font)
        base = QPointF(2, 2 + self._metrics.ascent())
        halo = QColor(self._colours.paper)
        halo.setAlphaF(0.75)
        painter.setPen(halo)
        for dx, dy in _HALO:
            painter.drawText(base + QPointF(dx, dy), words)
        painter.setPen(self._colours.ink)
        painter.drawText(base, words)
        painter.end()
        self._kept[key] = picture
        if len(self._kept) > _KEPT_NAMES:
            self._kept.popitem(last=False)
        return picture


def window(view: View) -> QRectF:
    """Return the rectangle of the window, px."""
    return QRectF(0, 0, view.width, view.height)

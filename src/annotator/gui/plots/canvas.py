"""The co-mention plot that one moves in: pan, zoom, drag, hover, and the keyboard.

Imports pyqtgraph: it is loaded when a plot is first needed, never before the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeySequence,
    QPainter,
    QShortcut,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from annotator.gui.fonts import interface_font, small
from annotator.gui.plots.canvas_parts import Box, Item
from annotator.gui.plots.edge_picture import EdgePicture
from annotator.gui.plots.labels import Placed, place_names
from annotator.gui.plots.painting import LinePainter, NamePainter, NodePainter, pens_of
from annotator.gui.plots.saving import Drawn
from annotator.gui.plots.scene import PlotColours, Scene, View
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPen, QResizeEvent

    from annotator.gui.theme import Theme

#: What a thin and a wide line cost, microseconds, and what a frame may spend on them.
_THIN_US, _WIDE_US, _FRAME_US = 5, 18, 3_500
#: Pairs drawn while moving, where there is no picture of all of them.
MOVING_PAIRS = 2_500
#: After so long without a change the plot stands still.
_STILL_MS = 110
#: Names are placed anew in every frame up to so many actors.
_FEW = 60
#: From so many on they are placed after the picture was painted.
_MANY = 600
_DIM = 0.22
_NAMES_ON_HOVER = 40
_MAX_SCALE = 420.0


class Canvas(pg.GraphicsView):
    """Show one scene.

    Signals: ``node_chosen(int)`` and ``pair_chosen(int)`` a click (or Enter), ``nothing_chosen()``
    a click beside everything, ``opened(bool is_node, int)`` a double click, ``told(str)`` a
    sentence about what the pointer or the keyboard is on ("" for nothing), ``node_moved(str id,
    float, float)`` after a drag.
    """

    node_chosen = Signal(int)
    pair_chosen = Signal(int)
    nothing_chosen = Signal()
    opened = Signal(bool, int)
    told = Signal(str)
    node_moved = Signal(str, float, float)

    def __init__(self, scene: Scene, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("plots.canvas"))
        self.setAntialiasing(True)
        self.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMinimumSize(80, 60)
        self.box = Box(enableMenu=False, lockAspect=True, invertY=True, defaultPadding=0.0)
        self.box.disableAutoRange()
        self.setCentralItem(self.box)
        self.lines = LinePainter()
        self.picture = EdgePicture(self)
        self.scene_data = scene
        self.hovered = self.focused = self.chosen = -1
        self.chosen_pair = self.hovered_pair = -1
        self.is_moving = self.is_moved_by_hand = False
        self._direct = True
        self._placed: list[Placed] = []
        self._lifted_names: tuple[int, float, list[Placed]] | None = None
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_MS)
        self._item = Item(self)
        self.box.addItem(self._item, ignoreBounds=True)
        self.set_theme(theme)
        self.show_scene(scene)
        self._connect()

    def _connect(self) -> None:
        self._still.timeout.connect(self.rest)
        self.picture.ready.connect(self._item.update)
        self.box.sigRangeChanged.connect(self._on_moved)
        self.box.sigRangeChangedManually.connect(self._on_moved_by_hand)
        steps: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self.step(-1, 0),
            Qt.Key.Key_Right: lambda: self.step(1, 0),
            Qt.Key.Key_Up: lambda: self.step(0, -1),
            Qt.Key.Key_Down: lambda: self.step(0, 1),
            Qt.Key.Key_Home: lambda: self.focus_node(self._heaviest()),
            Qt.Key.Key_Return: self.choose_focused,
            Qt.Key.Key_Enter: self.choose_focused,
            Qt.Key.Key_Space: self.choose_focused,
            Qt.Key.Key_Plus: lambda: self.zoom(1.25),
            Qt.Key.Key_Minus: lambda: self.zoom(0.8),
            Qt.Key.Key_0: self.fit,
        }
        for key, act in steps.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    # -- what is shown ------------------------------------------------------------------------

    def show_scene(self, scene: Scene) -> None:
        """Show another graph; what was chosen stays chosen if it is still there."""
        old = self.scene_data
        chosen = old.ids[self.chosen] if 0 <= self.chosen < len(old) else ""
        self.scene_data = scene
        self._item.let_go()
        self.chosen = self.scene_data.number.get(chosen, -1)
        self.hovered = self.focused = self.chosen_pair = self.hovered_pair = -1
        self._scene_changed()
        if not self.is_moved_by_hand or len(old) == 0:
            self.fit()
        else:
            self.rest()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.colours = PlotColours.of(theme)
        self.setBackground(theme.paper)
        self.nodes = NodePainter(self.colours)
        self.names = NamePainter(self.colours, small(interface_font()))
        self._scene_changed()
        self.rest()

    def _scene_changed(self) -> None:
        """Make what depends on the scene and the colours."""
        scene = self.scene_data
        self.pens: list[QPen] = pens_of(scene, self.colours)
        self.dim_pens = pens_of(scene, self.colours, ink=_DIM)
        self.strong_pens = pens_of(scene, self.colours, ink=1.5)
        wide = int(np.count_nonzero(scene.width > 1))
        cost = wide * _WIDE_US + (len(scene.width) - wide) * _THIN_US
        self._direct = cost <= _FRAME_US
        self.picture.forget()
        self._lifted_names = None

    def view(self) -> View:
        """Return how the scene is looked at now."""
        # pyqtgraph puts off its matrices until it paints; asking brings them up to date.
        self.box.childTransform()
        matrix: QTransform = self._item.sceneTransform()
        return View(matrix.m11(), matrix.dx(), matrix.dy(), self.width(), self.height())

    def fit(self) -> None:
        """Show everything."""
        width, height = max(self.width(), 60), max(self.height(), 40)
        view = self.scene_data.fitted(width, height)
        left, top = view.to_place(0, 0)
        self.box.setLimits(minXRange=width / _MAX_SCALE, maxXRange=4 * width / view.scale)
        self.box.setRange(QRectF(left, top, width / view.scale, height / view.scale), padding=0.0)
        self.is_moved_by_hand = False
        self._rest_soon()

    def zoom(self, factor: float) -> None:
        """Zoom around the middle."""
        self.is_moved_by_hand = True
        self.box.scaleBy((1 / factor, 1 / factor))

    def go_to(self, number: int) -> None:
        """Bring an actor into the middle if it is out of sight."""
        view = self.view()
        x, y = view.to_px(self.scene_data.places[number]).tolist()
        if not (20 <= x <= view.width - 20 and 20 <= y <= view.height - 20):
            self.is_moved_by_hand = True
            self.box.translateBy(
                x=(x - view.width / 2) / view.scale, y=(y - view.height / 2) / view.scale
            )

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        """Keep everything in view as long as nobody has moved the plot."""
        super().resizeEvent(ev)
        if hasattr(self, "_item") and not self.is_moved_by_hand:
            self.fit()

    def drawn(self, caption: str) -> Drawn:
        """Return the picture as it stands, to write it to a file."""
        scene, view = self.scene_data, self.view()
        return Drawn(scene, view, self.colours, tuple(self._placed), caption)

    def close(self) -> bool:  # type: ignore[override]
        """Close like any widget.

        WORKAROUND(pyqtgraph 0.14): its own takes scene and viewport apart under Qt's feet.
        """
        return QWidget.close(self)

    # -- moving and resting -------------------------------------------------------------------

    def _on_moved_by_hand(self, *_: object) -> None:
        self.is_moved_by_hand = True

    def _on_moved(self, *_: object) -> None:
        self.is_moving = True
        self.picture.stop()
        self._lifted_names = None
        if len(self.scene_data) <= _FEW:
            self._place_names()
        self._still.start()
        self._item.update()

    @property
    def is_settled(self) -> bool:
        """Say whether names are placed and all pairs are painted."""
        return not self._still.isActive() and not self.picture.is_painting

    def _rest_soon(self) -> None:
        """Paint at once; the names of very many come with the next turn of the loop."""
        if len(self.scene_data) <= _MANY:
            self.rest()
            return
        self._placed = []
        self._still.start()
        self._item.update()

    def rest(self) -> None:
        """Stand still: place the names anew and begin the picture of all pairs."""
        self._still.stop()
        self.is_moving = False
        self._place_names()
        if not self._direct:
            ratio = self.devicePixelRatioF()
            self.picture.start(self.scene_data, self.view(), self.pens, ratio)
        self._item.update()

    def _place_names(self) -> None:
        first = [i for i in (self.chosen, self.focused) if i >= 0]
        self._placed = place_names(self.scene_data, self.view(), self._name_size, first=first)

    def _name_size(self, number: int) -> tuple[float, float]:
        return self.names.size(self.scene_data.names[number])

    # -- painting -----------------------------------------------------------------------------

    def paint_scene(self, painter: QPainter) -> None:
        """Paint a frame, px of the window as coordinates."""
        view, scene = self.view(), self.scene_data
        lifted, pairs = self.lifted()
        ratio = self.devicePixelRatioF()
        self._paint_pairs(painter, view, is_dim=bool(lifted))
        everybody = np.arange(len(scene))
        if not lifted:
            self.nodes.draw(painter, scene, view, everybody, ratio=ratio)
            self._paint_rings(painter, view)
            self.names.draw(painter, scene, view, self._placed, ratio=ratio)
            return
        painter.setOpacity(_DIM)
        self.nodes.draw(painter, scene, view, everybody, ratio=ratio)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.lines.pairs(
            painter, scene, view, self.strong_pens, np.asarray(sorted(pairs), dtype=np.int64)
        )
        self.nodes.draw(painter, scene, view, np.asarray(lifted, dtype=np.int64), ratio=ratio)
        self._paint_rings(painter, view)
        self.names.draw(painter, scene, view, self._names_of(lifted, view), ratio=ratio)

    def _paint_pairs(self, painter: QPainter, view: View, *, is_dim: bool) -> None:
        scene = self.scene_data
        if self._direct:
            pens = self.dim_pens if is_dim else self.pens
            self.lines.pairs(painter, scene, view, pens, np.arange(len(scene.first)))
        elif self.picture.can_show(view):
            painter.setOpacity(_DIM if is_dim else 1.0)
            self.picture.draw(painter, view)
            painter.setOpacity(1.0)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            heaviest = np.arange(max(0, len(scene.first) - MOVING_PAIRS), len(scene.first))
            pens = self.dim_pens if is_dim else self.pens
            self.lines.pairs(painter, scene, view, pens, heaviest)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_rings(self, painter: QPainter, view: View) -> None:
        if self.chosen >= 0:
            self.nodes.ring(painter, self.scene_data, view, self.chosen, self.colours.accent)
        if self.focused >= 0 and self.hasFocus() and self.focused != self.chosen:
            self.nodes.ring(painter, self.scene_data, view, self.focused, self.colours.ink)

    def lifted(self) -> tuple[list[int], list[int]]:
        """Return the actors and pairs that stand out: those around what is pointed at."""
        scene = self.scene_data
        node = self.hovered if self.hovered >= 0 else -1
        if node < 0 and self.hovered_pair < 0:
            if self.chosen_pair >= 0:
                pair = self.chosen_pair
                return [int(scene.first[pair]), int(scene.second[pair])], [pair]
            node = self.chosen
        if node >= 0:
            near = scene.near[node]
            return [node, *(other for other, _ in near)], [pair for _, pair in near]
        if self.hovered_pair >= 0:
            pair = self.hovered_pair
            return [int(scene.first[pair]), int(scene.second[pair])], [pair]
        return [], []

    def _names_of(self, lifted: list[int], view: View) -> list[Placed]:
        """Return the names of what is lifted; the one pointed at always has its own."""
        key = (lifted[0] * 100_003 + len(lifted), view.scale)
        if self._lifted_names is None or self._lifted_names[:2] != key:
            placed = place_names(
                self.scene_data,
                view,
                self._name_size,
                only=lifted,
                most=_NAMES_ON_HOVER,
                must=lifted[0],
            )
            self._lifted_names = (*key, placed)
        return self._lifted_names[2]

    # -- the mouse ----------------------------------------------------------------------------

    def hover_at(self, at: tuple[float, float] | None) -> None:
        """Lift what is under the pointer."""
        node = pair = -1
        if at is not None and not self.is_moving:
            node = self.scene_data.at(self.view(), *at)
            if node < 0:
                pair = self.scene_data.pair_at(self.view(), *at)
        if (node, pair) == (self.hovered, self.hovered_pair):
            return
        self.hovered, self.hovered_pair = node, pair
        self._lifted_names = None
        pointing = Qt.CursorShape.PointingHandCursor if max(node, pair) >= 0 else None
        if pointing is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(pointing)
        self.told.emit(self.sentence(node, pair))
        self._item.update()

    def click_at(self, x: float, y: float, *, is_double: bool) -> None:
        """Choose what is under a click."""
        node = self.scene_data.at(self.view(), x, y)
        pair = self.scene_data.pair_at(self.view(), x, y) if node < 0 else -1
        if is_double and max(node, pair) >= 0:
            self.opened.emit(node >= 0, node if node >= 0 else pair)
        elif node >= 0:
            self.choose(node)
        elif pair >= 0:
            self.choose_pair(pair)
        elif is_double:
            self.fit()
        else:
            self.choose_nothing()

    def drag_node(self, number: int, x: float, y: float, *, is_over: bool) -> None:
        """Move an actor with the mouse; it stays where it is put."""
        self.scene_data.move(number, x, y)
        self.picture.forget()
        self._lifted_names = None
        self._item.update()
        if is_over:
            self.node_moved.emit(self.scene_data.ids[number], x, y)
            self.rest()

    # -- choosing -----------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Choose an actor."""
        self.show_chosen(number)
        self.node_chosen.emit(number)

    def show_chosen(self, number: int) -> None:
        """Show an actor as chosen without telling (-1: nobody)."""
        self.chosen, self.chosen_pair = number, -1
        self.focused = number
        self._lifted_names = None
        self._item.update()

    def choose_pair(self, pair: int) -> None:
        """Choose a pair."""
        self.chosen, self.chosen_pair = -1, pair
        self._lifted_names = None
        self._item.update()
        self.pair_chosen.emit(pair)

    def choose_nothing(self) -> None:
        """Let go of what is chosen."""
        if self.chosen >= 0 or self.chosen_pair >= 0:
            self.show_chosen(-1)
            self.nothing_chosen.emit()

    # -- the keyboard -------------------------------------------------------------------------

    def _heaviest(self) -> int:
        return int(self.scene_data.by_weight[0]) if len(self.scene_data) else -1

    def step(self, dx: int, dy: int) -> None:
        """Move the keyboard's place to the next actor in a direction."""
        if len(self.scene_data) == 0:
            return
        if self.focused < 0:
            self.focus_node(self.chosen if self.chosen >= 0 else self._heaviest())
            return
        self.focus_node(self.scene_data.neighbour_towards(self.focused, dx, dy))

    def focus_node(self, number: int) -> None:
        """Put the keyboard on an actor and say who it is."""
        if number < 0:
            return
        self.focused = number
        self.hovered, self.hovered_pair = number, -1
        self._lifted_names = None
        self.go_to(number)
        words = self.sentence(number, -1)
        self.told.emit(words)
        self.setAccessibleDescription(words)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
        self._item.update()

    def choose_focused(self) -> None:
        """Choose the actor that the keyboard is on."""
        if self.focused >= 0:
            self.choose(self.focused)

    def sentence(self, node: int, pair: int) -> str:
        """Say in words what an actor or a pair is."""
        scene = self.scene_data
        if node >= 0:
            near = scene.near[node]
            words = tr("plots.node", count=int(scene.mentions[node]), name=scene.names[node])
            if not near:
                return f"{words} · {tr('plots.node.alone')}"
            other, heaviest = near[0]
            strongest = tr(
                "plots.node.with",
                count=len(near),
                name=scene.names[other],
                weight=int(scene.weight[heaviest]),
            )
            return f"{words} · {strongest}"
        if pair >= 0:
            return tr(
                f"plots.pair.{scene.data.query.unit}",
                count=int(scene.weight[pair]),
                first=scene.names[int(scene.first[pair])],
                second=scene.names[int(scene.second[pair])],
            )
        return ""

"""The parts of the canvas that pyqtgraph calls: one pans and zooms, one paints and is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from annotator.gui.plots.canvas import Canvas


class Box(pg.ViewBox):
    """Pan with the left button, zoom with the wheel; nothing on the right button."""

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Pan; the right button does nothing."""
        if ev.button() == Qt.MouseButton.RightButton:
            ev.ignore()
            return
        super().mouseDragEvent(ev, axis)


class Item(pg.GraphicsObject):
    """Paint the scene and hear the mouse; the canvas decides."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._grip: tuple[int, float, float] | None = None

    def let_go(self) -> None:
        """Drop the actor that is being dragged: another graph is shown."""
        self._grip = None

    def boundingRect(self) -> QRectF:
        """Return more than any window shows: the canvas clips by itself."""
        return QRectF(-1e5, -1e5, 2e5, 2e5)

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        """Paint in px of the window, whatever pyqtgraph's matrices are."""
        del option, widget
        painter.save()
        inverse, _ok = self.sceneTransform().inverted()
        painter.setWorldTransform(inverse * painter.worldTransform())
        try:
            self._canvas.paint_scene(painter)
        finally:
            # Qt goes on with this painter even after a bug of ours.
            painter.restore()

    def hoverEvent(self, ev: Any) -> None:
        """Tell the canvas where the pointer is."""
        if ev.isExit():
            self._canvas.hover_at(None)
            return
        ev.acceptClicks(Qt.MouseButton.LeftButton)
        at = ev.scenePos()
        self._canvas.hover_at((at.x(), at.y()))

    def mouseClickEvent(self, ev: Any) -> None:
        """Tell the canvas what was clicked."""
        if ev.button() != Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        at = ev.scenePos()
        self._canvas.click_at(at.x(), at.y(), is_double=ev.double())

    def mouseDragEvent(self, ev: Any) -> None:
        """Drag the actor that the drag began on; else the plot is panned."""
        canvas = self._canvas
        if ev.isStart():
            at = ev.buttonDownScenePos()
            node = canvas.scene_data.at(canvas.view(), at.x(), at.y())
            is_left = ev.button() == Qt.MouseButton.LeftButton
            if node >= 0 and is_left:
                x, y = canvas.scene_data.places[node].tolist()
                grip_x, grip_y = canvas.view().to_place(at.x(), at.y())
                self._grip = (node, x - grip_x, y - grip_y)
        if self._grip is None:
            ev.ignore()
            return
        ev.accept()
        node, dx, dy = self._grip
        x, y = canvas.view().to_place(ev.scenePos().x(), ev.scenePos().y())
        canvas.drag_node(node, x + dx, y + dy, is_over=ev.isFinish())
        if ev.isFinish():
            self._grip = None

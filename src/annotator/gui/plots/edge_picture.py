"""All pairs as a picture, painted bit by bit while the window is idle.

Tens of thousands of lines take a tenth of a second, a picture of them a millisecond. While the
plot moves the picture of the last view is shown in its new place; when it stands still, the next
one is painted in slices that nobody feels.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from annotator.gui.plots.painting import LinePainter
from annotator.gui.plots.scene import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPen

    from annotator.gui.plots.scene import Scene

#: How much of the window is painted beyond each side, so that a pan shows no gap.
_BEYOND = 0.25
#: Time a slice may take, and lines after which the clock is read.
_SLICE_S = 0.006
_LINES = 250
#: The picture is used for views up to so much larger or smaller.
_STRETCH = 4.0


class EdgePicture(QObject):
    """Keep the picture of a scene's pairs. ``ready()`` when a new one is there."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = LinePainter()
        self._picture: QImage | None = None
        self._view: View | None = None
        self._next: QImage | None = None
        self._next_view: View | None = None
        self._scene: Scene | None = None
        self._pens: Sequence[QPen] = ()
        self._done = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._paint_slice)

    def forget(self) -> None:
        """Drop the picture: it shows something else than the scene."""
        self._timer.stop()
        self._picture = self._next = None
        self._view = self._next_view = None

    def stop(self) -> None:
        """Paint no further for now."""
        self._timer.stop()
        self._next = None

    def start(self, scene: Scene, view: View, pens: Sequence[QPen], ratio: float) -> None:
        """Begin the picture of a view, unless it is there; ``ratio``: device px a px."""
        wide = View(
            view.scale,
            view.dx + view.width * _BEYOND,
            view.dy + view.height * _BEYOND,
            view.width * (1 + 2 * _BEYOND),
            view.height * (1 + 2 * _BEYOND),
        )
        if self._picture is not None and wide == self._view:
            return
        self._scene, self._pens, self._done = scene, pens, 0
        self._next_view = wide
        self._next = QImage(
            max(1, round(wide.width * ratio)),
            max(1, round(wide.height * ratio)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        self._next.setDevicePixelRatio(ratio)
        self._next.fill(0)
        self._timer.start()

    @property
    def is_painting(self) -> bool:
        """Say whether a picture is being painted."""
        return self._timer.isActive()

    def can_show(self, view: View) -> bool:
        """Say whether the picture can stand in for a view."""
        if self._picture is None or self._view is None:
            return False
        return 1 / _STRETCH <= view.scale / self._view.scale <= _STRETCH

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw the picture where it belongs in a view."""
        if self._picture is None or self._view is None:
            return
        stretch = view.scale / self._view.scale
        left = view.dx - self._view.dx * stretch
        top = view.dy - self._view.dy * stretch
        target = QRectF(left, top, self._view.width * stretch, self._view.height * stretch)
        painter.drawImage(target, self._picture)

    def _paint_slice(self) -> None:
        if self._next is None or self._next_view is None or self._scene is None:
            self._timer.stop()
            return
        started = perf_counter()
        painter = QPainter(self._next)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = len(self._scene.first)
        while self._done < total and perf_counter() - started < _SLICE_S:
            chosen = np.arange(self._done, min(self._done + _LINES, total))
            self._lines.pairs(painter, self._scene, self._next_view, self._pens, chosen)
            self._done += len(chosen)
        painter.end()
        if self._done >= total:
            self._timer.stop()
            self._picture, self._view = self._next, self._next_view
            self._next = None
            self.ready.emit()

"""What the view does while nobody asks anything of it: exact heights, then the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.gui.article.scrollbar import overview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.gui.article.surface import Surface

#: Quiet time before work begins, then a slice of work and a pause, in ms.
_QUIET_MS = 120
_SLICE_S = 0.005
_PAUSE_MS = 12


class Idler(QObject):
    """Fill in heights and the ticks of the scroll bar in slices of a few milliseconds.

    Args:
        view: the article view.
    """

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._work)
        self._ticks: Iterator[object] | None = None
        self._is_stale = True

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left to do."""
        return self._view.sheet.is_filled and not self._is_stale

    def wake(self, *, ticks: bool = False) -> None:
        """Begin after a moment of quiet; ``ticks`` says that the overview is out of date."""
        if ticks:
            self._is_stale = True
            self._ticks = None
        if self._view.isVisible() and not self.is_done:
            self._timer.start(_QUIET_MS)

    def rest(self) -> None:
        """Stop until woken."""
        self._timer.stop()

    def _work(self) -> None:
        view = self._view
        if view.bar.isSliderDown():
            self._timer.start(_QUIET_MS)
            return
        if not view.sheet.is_filled:
            view.sheet.fill(_SLICE_S)
            view.sync_bar()
            if view.sheet.is_filled:
                self._is_stale, self._ticks = True, None
        else:
            self._draw_ticks()
        if not self.is_done:
            self._timer.start(_PAUSE_MS)

    def _draw_ticks(self) -> None:
        view = self._view
        if self._ticks is None:
            hits = view.finder.hits
            self._ticks = overview(view.sheet, view.layer, hits, view.bar.height())
        found = next(self._ticks, None)
        if isinstance(found, tuple):
            view.bar.set_ticks(*found)
            self._is_stale, self._ticks = False, None

"""Do several things one after the other, and let keys, clicks and paints in between."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Longer than a timer of 0, whose next turn would come before the paint that the last one asked
#: for; a frame of the screen.
_BETWEEN_MS = 16


class Turns(QObject):
    """Take one step each time the program has looked after the person.

    Args:
        steps: what to do, in order; a step that fails takes the rest with it.
        parent: no step is taken once it is gone.
    """

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._timer = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        self._steps.popleft()()
        if self._steps:
            self._timer.start()
        else:
            self.deleteLater()

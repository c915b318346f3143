"""Honest timings of a window: what counts as a frame, and what a step costs the GUI thread.

A frame has ended when a Paint event of the widget under test was delivered and the window system
has taken the picture. A step that paints nothing is an error, not a fast frame. Work that a step
puts off to a later turn of the event loop still belongs to it. Techniques are compared in turns
within one process, so that a noisy neighbour disturbs all of them alike; what is reported is the
median CPU time of the GUI thread and its ratio to the floor of the same run.

``python benchmarks/gui_harness.py`` checks that the harness sees a planted delay.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_LATE_TURNS = 3
_WARM_UP = 2


class NoPaintError(AssertionError):
    """A step painted nothing: there is nothing to time."""


@dataclass(frozen=True, slots=True)
class Step:
    """Hold the cost of a step, in ms: to the first picture, and with what was put off."""

    wall: float
    cpu: float
    settled_cpu: float
    late_paints: int


class FrameMeter(QObject):
    """Time steps of one widget (of a scroll area: its viewport)."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        target.installEventFilter(self)
        self.paints = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.paints += 1
        return False

    def step(self, action: Callable[[], object], *, timeout_s: float = 20.0) -> Step:
        """Run an action until it is on the screen.

        Raises:
            NoPaintError: if nothing is painted in time.
        """
        app = QApplication.instance()
        before = self.paints
        wall, cpu = time.perf_counter(), time.thread_time()
        action()
        while self.paints == before:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if time.perf_counter() - wall > timeout_s:
                message = "the step painted nothing"
                raise NoPaintError(message)
        app.sync()
        first_wall, first_cpu = time.perf_counter() - wall, time.thread_time() - cpu
        for _ in range(_LATE_TURNS):
            app.processEvents()
        settled = time.thread_time() - cpu
        late = self.paints - before - 1
        return Step(first_wall * 1e3, first_cpu * 1e3, settled * 1e3, late)


class StallMeter(QObject):
    """Find the longest time that the event loop was not served."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self._longest = 0.0

    def start(self) -> None:
        self._longest, self._last = 0.0, time.perf_counter()
        self._timer.start(5)

    def stop(self) -> float:
        """Stop and return the longest gap, ms."""
        self._tick()
        self._timer.stop()
        return self._longest

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, (now - self._last) * 1e3)
        self._last = now


def calibrate() -> float:
    """Return the ms that a fixed piece of Python takes: the machine's speed at this moment."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        total = 0
        for number in range(100_000):
            total += number
        best = min(best, time.perf_counter() - start)
    return best * 1e3


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold median and 95th percentile of the settled CPU, and the median wall time, ms."""

    median: float
    p95: float
    wall: float
    n: int


def summary(steps: list[Step], *, warm_up: int = _WARM_UP) -> Summary:
    kept = steps[warm_up:] or steps
    cpu = sorted(step.settled_cpu for step in kept)
    at = min(len(cpu) - 1, round(0.95 * (len(cpu) - 1)))
    walls = statistics.median(step.wall for step in kept)
    return Summary(statistics.median(cpu), cpu[at], walls, len(kept))


def interleaved(
    cases: dict[str, Callable[[int], Step]], rounds: int, *, warm_up: int = _WARM_UP
) -> dict[str, Summary]:
    """Run a round of each case in turn and summarise each."""
    steps: dict[str, list[Step]] = {name: [] for name in cases}
    for number in range(rounds):
        for name, case in cases.items():
            steps[name].append(case(number))
    return {name: summary(found, warm_up=warm_up) for name, found in steps.items()}


def wait(ms: float) -> None:
    """Serve the event loop for a while (outside anything timed)."""
    until = time.perf_counter() + ms / 1e3
    while time.perf_counter() < until:
        QApplication.instance().processEvents()


def _check() -> None:
    """Prove that the harness sees what it must see."""

    class Slow(QWidget):
        delay = 0.0

        def paintEvent(self, event: object) -> None:  # noqa: N802
            end = time.thread_time() + self.delay
            while time.thread_time() < end:
                pass

    app = QApplication([])
    widget = Slow()
    widget.resize(400, 300)
    widget.show()
    wait(50)
    meter = FrameMeter(widget)
    quick = summary([meter.step(widget.update) for _ in range(8)])
    widget.delay = 0.02
    slow = summary([meter.step(widget.update) for _ in range(8)])
    if slow.median - quick.median < 15:
        sys.exit("the harness does not see a slow paint")
    try:
        meter.step(lambda: None, timeout_s=0.2)
        sys.exit("a step without a paint went unnoticed")
    except NoPaintError:
        pass
    stall = StallMeter()
    stall.start()
    QTimer.singleShot(20, lambda: time.sleep(0.12))
    wait(300)
    if stall.stop() < 110:
        sys.exit("the harness does not see a stall")
    print("harness: ok", app.platformName())


if __name__ == "__main__":
    _check()

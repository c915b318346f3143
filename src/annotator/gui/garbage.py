"""Keep Python's cycle collector from stalling the window.

A full collection looks at every object there is with the interpreter's lock held: 60 to 90 ms once
the heavy libraries are loaded, in whichever thread happens to allocate. So what has survived so far
is set aside (``gc.freeze``) when the program has started and before each job; automatic collections
then look at what is new only. What was set aside is looked at when the person is elsewhere.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from annotator.gui.qt_jobs import JobRunner

#: How often it is asked whether the person is elsewhere.
_EVERY_MS = 60_000
#: Generations that are collected before the rest is set aside: a millisecond.
_YOUNG = 1


class _Collector:
    """Remember whether the program has asked for this: tests and scripts do not."""

    def __init__(self) -> None:
        self.is_on = False
        self.has_worked = False


_collector = _Collector()


def take_over(owner: QObject, jobs: JobRunner) -> None:
    """Begin: set aside what a start leaves, and collect in full when nobody looks.

    Args:
        owner: what lives as long as the program's window.
        jobs: no full collection while one of them runs.
    """
    _collector.is_on = True
    gc.freeze()
    gc.enable()
    timer = QTimer(owner)
    timer.setInterval(_EVERY_MS)
    timer.timeout.connect(lambda: None if jobs.is_busy else on_quiet())
    timer.start()
    jobs.is_starting.connect(lambda: set_aside(beside=jobs.is_busy))
    owner.destroyed.connect(stop)


def on_quiet() -> bool:
    """Collect if nothing was worked on since this was asked last, and say so: jobs come in rows."""
    worked, _collector.has_worked = _collector.has_worked, False
    if not worked:
        collect_unseen()
    return not worked


def set_aside(*, beside: bool = False) -> None:
    """Keep later collections short: they need not look at what is there now.

    Args:
        beside: whether another job is at work. What it holds may be much to look through, and
            hardly any of it is garbage.
    """
    _collector.has_worked = True
    if _collector.is_on:
        if not beside:
            gc.collect(_YOUNG)
        gc.freeze()


def collect_unseen() -> None:
    """Collect everything if another program has the keyboard."""
    if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def stop() -> None:
    """Leave the collector as Python has it."""
    if _collector.is_on:
        _collector.is_on = False
        gc.unfreeze()

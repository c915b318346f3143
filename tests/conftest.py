"""What holds for every test: nothing of this machine is read, nothing is left running or open."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
import threading
import traceback
import weakref
from pathlib import Path

import pytest

if sys.platform == "linux" and not ({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_TESTS = Path(__file__).parent


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory, monkeypatch):
    """Keep settings, projects and logs of the person who runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(home / "config"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


def _origin() -> str:
    """Return the line of ours that is running, innermost last, to name a culprit."""
    lines = [f for f in traceback.extract_stack() if "annotator" in f.filename]
    lines = [f for f in lines if not f.filename.endswith("conftest.py")] or lines
    return f"{lines[-1].filename}:{lines[-1].lineno}" if lines else "?"


class _TrackedConnection(sqlite3.Connection):
    """Know whether it was closed; there is no other way to ask."""

    is_closed = False
    origin = "?"

    def close(self):
        self.is_closed = True
        super().close()


@pytest.fixture(autouse=True)
def _no_open_database(monkeypatch):
    """Fail a test that leaves a database open, naming who opened it."""
    opened: list[weakref.ref[_TrackedConnection]] = []
    connect = sqlite3.connect

    def tracked(*args, **kwargs):
        kwargs.setdefault("factory", _TrackedConnection)
        connection = connect(*args, **kwargs)
        if isinstance(connection, _TrackedConnection):
            connection.origin = _origin()
            opened.append(weakref.ref(connection))
        return connection

    monkeypatch.setattr(sqlite3, "connect", tracked)
    yield
    left = [c.origin for ref in opened if (c := ref()) is not None and not c.is_closed]
    if left:
        gc.collect()
        left = [c.origin for ref in opened if (c := ref()) is not None and not c.is_closed]
    assert not left, f"databases left open, opened at {left}"


@pytest.fixture(autouse=True)
def _no_running_thread():
    """Fail a test that leaves a thread running (Qt's own pool threads are Qt's to end)."""
    before = set(threading.enumerate())
    yield
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before
        and thread.is_alive()
        and not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(2.0)
    still = [thread.name for thread in left if thread.is_alive()]
    assert not still, f"threads left running: {still}"


@pytest.fixture(autouse=True)
def _no_active_timer(request, monkeypatch):
    """Fail a test that leaves a timer of a living object running, naming who started it."""
    if "PySide6" not in sys.modules and "qtbot" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from shiboken6 import isValid

    started: list[tuple[weakref.ref[QTimer], str]] = []
    start = QTimer.start

    def tracked(self, *args):
        started.append((weakref.ref(self), _origin()))
        return start(self, *args)

    monkeypatch.setattr(QTimer, "start", tracked)
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [
        origin
        for ref, origin in started
        if (timer := ref()) is not None and isValid(timer) and timer.isActive()
    ]
    assert not left, f"timers left running, started at {left}"


@pytest.fixture(autouse=True)
def _no_running_job(request):
    """Fail a test that leaves a job runner at work."""
    yield
    module = sys.modules.get("annotator.gui.qt_jobs")
    if module is None or "qtbot" not in request.fixturenames:
        return
    from shiboken6 import isValid

    busy = [
        runner
        for runner in gc.get_objects()
        if type(runner) is module.JobRunner and isValid(runner) and runner.is_busy
    ]
    assert not busy, "jobs left running"

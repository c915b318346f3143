"""How long the window's event loop waits while mixed files come in."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]
if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

from bench_store import folder
from mixed_files import mix
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication
from row import Row

from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.app.workflows import import_paths
from annotator.gui import garbage
from annotator.gui.application import prepare
from annotator.gui.main_window import MainWindow
from annotator.store import Project

if TYPE_CHECKING:
    from collections.abc import Callable


def _until(done: Callable[[], bool], *, seconds: float) -> None:
    """Run the event loop as the program does: it sleeps until something happens."""
    loop, timer = QEventLoop(), QTimer()
    end = time.monotonic() + seconds
    timer.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    timer.start(50)
    loop.exec()


def _open_last(window: MainWindow) -> None:
    """Read an article that the library does not show: it lists what comes in, from the top."""
    assert window.workspace is not None
    library = window.workspace.library
    last = library.model.row_at(library.model.rowCount() - 1)
    assert last is not None
    window.workspace.desk.open_article(last.id)
    library.list.scrollToTop()


class _Beats:
    """Note each turn of the event loop: how long it was since the one before, in wall and own CPU.

    What the thread itself spent is the program's; the rest of a gap is waiting for the
    interpreter or for a core, and says as much of the machine as of us: compare with ``idle``.
    """

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def begin(self) -> None:
        self._beat()
        self.gaps.clear()

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.gaps.append(((now[0] - self._last[0]) * 1e3, (now[1] - self._last[1]) * 1e3))
        self._last = now

    def longest(self) -> tuple[float, float, float]:
        """Return the 99th percentile and the longest of the gaps, and the most own CPU in one."""
        self._beat()
        walls = sorted(wall for wall, _cpu in self.gaps)
        return walls[int(len(walls) * 0.99)], walls[-1], max(cpu for _wall, cpu in self.gaps)


def window_rows(files_of: Callable[[Path, int], list[Path]], *, quick: bool = False) -> list[Row]:
    """Import mixed files into an open window; see how long its event loop waits."""
    count = 1_000 if quick else 10_000
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        place = Path(name)
        (place / "in").mkdir()
        files = mix(files_of(place / "in", count))
        settings = Settings(place / "settings.json")
        prepare(app, settings)
        window = MainWindow(settings)
        garbage.take_over(window, window.jobs)
        window.resize(1440, 900)
        window.show()
        session = Session(Project.create(place / "window.annotator"))
        import_paths(session, [files.pop() for _ in range(20)])
        window.open_session(session)
        _until(lambda: False, seconds=4)
        _open_last(window)
        _until(lambda: not window.jobs.is_busy, seconds=4)
        beats = _Beats()
        _until(lambda: False, seconds=5)
        idle = beats.longest()
        beats.begin()
        start = time.perf_counter()
        window.imports.import_things([place / "in"])
        _until(lambda: not window.jobs.is_busy, seconds=1_200)
        spent = time.perf_counter() - start
        # The first new article is read through, and the list of what was refused is filled.
        _until(lambda: False, seconds=3)
        busy = beats.longest()
        window.close()
    work = f"import {count:,} mixed files in the window ({spent:.0f} s)"
    own = Row(
        f"{work}: most CPU of the GUI thread between two turns of its loop",
        f"{busy[2]:.0f} ms",
        f"{idle[2]:.0f} ms (idle)",
        "-",
        "<= 50 ms",
        busy[2] <= 50,
    )
    walls = (("p99", busy[0], idle[0]), ("longest", busy[1], idle[1]))
    return [own] + [
        Row(
            f"... {which} gap, wall (with waiting for a core: load {os.getloadavg()[0]:.0f})",
            f"{ours:.0f} ms",
            f"{floor:.0f} ms (idle)",
            "-",
            "<= 50 ms",
            ours <= 50,
        )
        for which, ours, floor in walls
    ]

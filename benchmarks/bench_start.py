"""How long a start takes, from the process to the first painted window, in processes of their own.

The floor is the smallest honest Qt program: a QMainWindow with a QPlainTextEdit that shows the
same article. Ours opens the sample project. Each child measures itself at the end of its first
paint: wall time since its parent started it, and its CPU time, interpreter included. Runs are
interleaved; the bytecode is warm, as it is on every start but the first.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from row import Row, ratio_row

ROOT = Path(__file__).resolve().parent.parent
BAR = 1.8
_COMMON = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject

class Meter(QObject):
    '''Note the end of the first paint: an event that is posted in it comes right after it.'''
    def __init__(self, is_wanted, then):
        super().__init__()
        self.is_wanted, self.then, self.is_done = is_wanted, then, False
    def eventFilter(self, watched, event):
        if not self.is_done and event.type() == QEvent.Type.Paint and self.is_wanted(watched):
            self.is_done = True
            app.postEvent(self, QEvent(QEvent.Type.User))
        return False
    def event(self, event):
        if event.type() == QEvent.Type.User:
            wall = time.clock_gettime(time.CLOCK_MONOTONIC) - float(os.environ['T0'])
            print(wall * 1000, time.process_time() * 1000, flush=True)
            app.removeEventFilter(self)
            self.then()
            return True
        return super().event(event)
"""
_FLOOR = (
    _COMMON
    + """
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
app = QApplication([])
window = QMainWindow()
text = QPlainTextEdit(open(os.environ['TEXT'], encoding='utf-8').read())
window.setCentralWidget(text)
window.resize(1440, 900)
meter = Meter(lambda widget: widget is text.viewport(), app.quit)
app.installEventFilter(meter)
window.show()
app.exec()
"""
)
_OURS = (
    """
import gc
gc.disable()  # as __main__ does
import annotator.gui.preload
from annotator.gui import application
"""
    + _COMMON
    + """
from pathlib import Path
app = application.make_application()
meter = Meter(
    lambda widget: type(widget.parent()).__name__ == 'ArticleView', app.closeAllWindows
)
app.installEventFilter(meter)
application.run([Path(os.environ['PROJECT'])])
"""
)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {
        "ANNOTATOR_CONFIG": str(folder / "config"),
        "PROJECT": str(folder / "sample.annotator"),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "TEXT": str(folder / "text.txt"),
    }


def _start(code: str, environment: dict[str, str]) -> tuple[float, float]:
    """Return wall and CPU ms of one start."""
    started = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"T0": str(started)},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, cpu = done.stdout.split()[:2]
    return float(wall), float(cpu)


def _prepare(folder: Path) -> None:
    """Make the sample project and the text of the article that it opens."""
    sys.path.insert(0, str(ROOT / "src"))
    from annotator.app.workflows import make_demo, open_session
    from annotator.store import ArticleQuery

    session = open_session(make_demo(folder))
    first = session.project.articles(ArticleQuery(limit=1)).rows[0]
    (folder / "text.txt").write_text(session.text(first.id), encoding="utf-8")
    session.close()


def rows(*, quick: bool = False) -> list[Row]:
    """Measure starts and return the rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        environment = _environment(folder)
        for code in (_FLOOR, _OURS):
            _start(code, environment)
        ours, floor = [], []
        for _ in range(5 if quick else 15):
            floor.append(_start(_FLOOR, environment))
            ours.append(_start(_OURS, environment))
    name = "QMainWindow + QPlainTextEdit"
    return [
        ratio_row(
            f"start to painted window, sample project, {kind}",
            [run[index] for run in ours],
            [run[index] for run in floor],
            BAR,
            floor=name,
        )
        for index, kind in enumerate(("wall", "CPU"))
    ]


if __name__ == "__main__":
    for line in rows(quick="--quick" in sys.argv):
        print(line)

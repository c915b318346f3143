"""Nothing of what was worked on is left on the machine outside the project."""

import os
import subprocess
import sys

import pytest

from annotator.gui.dialogs import ask
from annotator.gui.dialogs.report_sheet import ReportSheet

pytestmark = pytest.mark.gui

LOOKED = """
import sys
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFileDialog
from annotator.gui.application import make_application
app = make_application()
dialog = QFileDialog(None, "", sys.argv[1])
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.show()
app.processEvents()
dialog.done(1)
dialog.deleteLater()
QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
"""
CORE = """
import resource
from annotator.gui import crash
crash.leave_no_core()
assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
"""


def run(code, *words, config):
    env = os.environ | {"XDG_CONFIG_HOME": str(config), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *map(str, words)]
    subprocess.run(command, check=True, env=env, capture_output=True, timeout=60)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the dialog is the system's")
def test_qts_file_dialog_keeps_no_list_of_folders(tmp_path):
    looked_at, config = tmp_path / "source-dupont", tmp_path / "config"
    looked_at.mkdir()
    config.mkdir()
    run(LOOKED, looked_at, config=config)
    kept = [path for path in config.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"source-dupont" in path.read_bytes()]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_no_image_of_the_memory_is_left(tmp_path):
    run(CORE, config=tmp_path)


@pytest.mark.parametrize(
    ("level", "begins"),
    [("redacted", "Corpus audit"), ("publish", "Corpus audit"), ("internal", "sample")],
)
def test_the_name_of_the_project_is_suggested_only_where_all_may_be_read(
    window, monkeypatch, level, begins
):
    asked = []
    monkeypatch.setattr(ask, "file_to_write", lambda _parent, name, *_: asked.append(name))
    sheet = ReportSheet(window.desk, window, article_ids=(), whole_project=True)
    sheet.level.setCurrentIndex(sheet.level.findData(level))
    sheet.write.click()
    assert asked[0].startswith(begins)
    sheet.discard()

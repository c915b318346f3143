"""A stranger's first hour: mark by keyboard, link, hand out, be killed, come back, undo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.app.samples import read_dispatch, sample_files
from annotator.app.workflows import open_session
from annotator.model.annotations import Attribution, Claim, Quote, Source, SourceMention
from annotator.model.vocabulary import Identification

pytestmark = [pytest.mark.gui, pytest.mark.slow]
HERE = Path(__file__).parent
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return what is left after the story's process was killed: the project and the report."""
    if sys.platform == "win32":
        pytest.skip("kills itself with a signal")
    folder = tmp_path_factory.mktemp("story")
    (sample,) = (file for file in sample_files() if "emissaire" in file.name)
    article = folder / "depeche.txt"
    text = read_dispatch(sample, now="2031-03-12T18:40:00+00:00").text.text.text
    article.write_text(text, encoding="utf-8")
    project, report = folder / "enquete.annotator", folder / "rapport.html"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run = subprocess.run(
        [sys.executable, str(HERE / "story.py"), str(project), str(article), str(report)],
        env=kept
        | {
            "ANNOTATOR_CONFIG": str(folder / "config"),
            "PYTHONPATH": str(HERE.parents[2] / "src"),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.stdout == "done\n", run.stderr
    return project, report


def test_everything_marked_and_linked_is_stored(done):
    project, _report = done
    session = open_session(project, read_only=True)
    try:
        stored = session.project
        assert len(stored.find(Claim)) == 6
        assert len(stored.find(SourceMention)) == 4
        (quote,) = stored.find(Quote)
        assert quote.anchor.quotation.startswith("«\u00a0Je crois")
        assert quote.anchor.quotation.endswith("dix ans\u00a0»")
        sources = {source.id: source for source in stored.find(Source)}
        members = [s for s in sources.values() if s.group_id]
        assert [s.identification for s in members] == [Identification.UNNAMED_PERSON]
        assert len(sources) == 3, "a group, its member, and the former official"
        linked = {row.content_id for row in stored.find(Attribution)}
        assert linked == {quote.id, *(claim.id for claim in stored.find(Claim))}
    finally:
        session.close()


def test_the_report_was_handed_out_and_is_whole(done):
    _project, report = done
    html = report.read_text("utf-8")
    assert html.rstrip().endswith("</html>")
    assert "EXCLUSIF" in html


def test_after_the_kill_the_last_step_is_named_and_three_are_undone(
    done, empty_window, qtbot, tmp_path
):
    project = Path(shutil.copy(done[0], tmp_path / "enquete.annotator"))
    for suffix in ("-wal", "-shm"):
        part = done[0].with_name(done[0].name + suffix)
        if part.is_file():
            shutil.copy(part, tmp_path)
    for lock in done[0].parent.glob("*enquete*lock*"):
        shutil.copy(lock, tmp_path)
    with qtbot.waitSignal(empty_window.filled, timeout=30_000):
        assert empty_window.projects.open_path(project)
    (sentence,) = empty_window.banner.notices()
    assert "stored" in sentence
    assert "attribute to" in sentence
    desk = empty_window.desk
    claims = len(desk.data.claims)
    links = len(desk.data.attributions)
    with qtbot.waitActive(empty_window):
        empty_window.activateWindow()
    view = empty_window.workspace.pane.view
    view.setFocus()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert len(desk.data.attributions) == links - 2
    assert len(desk.data.claims) == claims - 1

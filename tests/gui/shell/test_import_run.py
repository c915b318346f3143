"""Files come in beside the window's work: stored in a job, told to the window, stopped whole."""

from __future__ import annotations

import pytest

from annotator.app.commands.articles import set_details
from annotator.gui.import_run import ImportRun
from annotator.model.article import Article

pytestmark = pytest.mark.gui


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(300):
        words = f"Dépêche {number}\n\nLe maire a parlé {number} fois.\n"
        (folder / f"{number:03}.txt").write_text(words, encoding="utf-8")
    return folder


def _run(desk, folder):
    """Start an import; return the reports it finishes with, and its handle."""
    reports = []
    run = ImportRun(desk.session, [folder], reports.append, parent=desk)
    return reports, run.start(desk.jobs)


def test_the_window_hears_of_all_that_was_stored(qtbot, window, files):
    desk = window.desk
    heard = set()
    desk.touched.connect(lambda touched: heard.update(touched.articles))
    before = desk.session.project.article_count()
    reports, _handle = _run(desk, files)
    qtbot.waitUntil(lambda: bool(reports), timeout=20_000)
    (report,) = reports
    assert len(report.added) == 300
    assert {article.id for article in report.added} <= heard
    assert desk.session.project.article_count() == before + 300


def test_a_person_works_on_meanwhile(qtbot, window, files):
    desk = window.desk
    reports, handle = _run(desk, files)
    kickers = []

    def work():
        if not handle.is_over:
            article = desk.session.project.find(Article)[0]
            kickers.append(set_details(desk.session, article, kicker=f"{len(kickers)}").kicker)

    handle.progressed.connect(work)
    qtbot.waitUntil(lambda: bool(reports), timeout=20_000)
    assert len(reports[0].added) == 300
    assert kickers
    assert desk.session.project.find(Article)[0].kicker == kickers[-1]
    assert not desk.session.project.check().problems


def test_stopping_keeps_whole_articles_and_says_so(qtbot, window, files):
    desk = window.desk
    before = desk.session.project.article_count()
    reports, handle = _run(desk, files)
    handle.cancel()
    qtbot.waitUntil(lambda: bool(reports), timeout=20_000)
    (report,) = reports
    assert report.cancelled
    assert desk.session.project.article_count() == before + len(report.added)
    assert not desk.session.project.check().problems


def test_undo_takes_back_what_came_in_last(qtbot, window, files):
    desk = window.desk
    before = desk.session.project.article_count()
    reports, _handle = _run(desk, files)
    qtbot.waitUntil(lambda: bool(reports), timeout=20_000)
    while desk.session.undo_entry is not None and desk.session.undo_entry.label == "import":
        desk.session.undo()
    assert desk.session.project.article_count() == before


def test_the_first_article_is_open_before_everything_is_in(qtbot, empty_window, files):
    handles = []
    empty_window.jobs.started.connect(handles.append)
    empty_window.projects.take([files])
    seen = []
    (run,) = [one for one in handles if one.can_pause]
    run.progressed.connect(lambda: seen.append(empty_window.desk.article_id))
    qtbot.waitUntil(lambda: bool(empty_window.desk.article_id), timeout=20_000)
    opened = empty_window.desk.article_id
    qtbot.waitUntil(lambda: not empty_window.jobs.is_busy, timeout=20_000)
    assert empty_window.desk.session.project.article_count() == 300
    assert empty_window.desk.article_id == opened

"""The project's sources from the window: a key opens them, a bar narrows the library."""

import pytest

from annotator.app.board import keep_audits, read_board, stamp
from annotator.app.jobs import JobContext
from annotator.i18n import tr


# The offscreen platform has no window manager and says so of every second window.
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_bar_narrows_the_library_and_a_cross_widens_it_again(window, qtbot):
    library = window.workspace.library
    before = library.model.rowCount()
    window.actions_by_id.by_id["report.dashboard"].trigger()
    dashboard = window.controller("reports")._dashboard
    qtbot.waitUntil(lambda: dashboard.board is not None, timeout=20_000)
    line = next(line for line in dashboard.section().bars if len(line.article_ids) == 1)

    dashboard.bars.chosen.emit(line)

    assert library.model.total == 1
    assert [library.model.row_at(0).id] == list(line.article_ids)
    assert line.label in library._kept_words.text()
    library.show_only(None)
    assert library.model.rowCount() == before
    assert library._kept_line.isHidden()
    dashboard.close()
    qtbot.waitUntil(lambda: not window.jobs.is_busy)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_it_goes_with_its_project(window, qtbot):
    window.actions_by_id.by_id["report.dashboard"].trigger()
    reports = window.controller("reports")
    qtbot.waitUntil(lambda: reports._dashboard.board is not None, timeout=20_000)
    window.projects.close_project()
    qtbot.waitUntil(lambda: reports._dashboard is None)


def test_the_check_compares_kept_audits(window, qtbot):
    """As the command line's does: the file can be whole and a kept figure false."""
    project = window.desk.session.project
    keep_audits(project, read_board(project, JobContext()).fresh)
    window.actions_by_id.by_id["project.check"].trigger()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert window.banner.notices() == []

    row = next(row for row in project.audits(stamp()) if row.line is not None)
    keep_audits(project, {row.article_id: row.line.replace("[", "[ ", 1)})
    window.actions_by_id.by_id["project.check"].trigger()

    qtbot.waitUntil(lambda: bool(window.banner.notices()), timeout=20_000)
    (sentence,) = window.banner.notices()
    assert sentence == tr("window.check_problems", count=1)

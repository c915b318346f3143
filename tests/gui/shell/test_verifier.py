"""A mark that does not stand on its words is found when its article is opened, and said."""

import sqlite3

import pytest

from annotator.app.workflows import open_session

pytestmark = pytest.mark.gui


def test_a_mark_off_its_words_is_listed_when_the_article_is_opened(
    empty_window, project, qtbot, settings
):
    with sqlite3.connect(project) as damaged:
        damaged.execute("PRAGMA trusted_schema = ON")
        changed = damaged.execute(
            "UPDATE quote SET anchor = replace(anchor, 'newborns', 'strangers')"
        ).rowcount
    damaged.close()
    assert changed
    said = []
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.open_session(open_session(project))
    empty_window.desk.said.connect(said.append)
    model = empty_window.workspace.library.model
    rows = [model.row_at(number) for number in range(model.rowCount())]
    hospital = next(row.id for row in rows if "Hospital" in row.headline)
    empty_window.desk.open_article("")
    with qtbot.waitSignal(empty_window.desk.said, timeout=20_000):
        empty_window.desk.open_article(hospital)
    assert any("One mark does not stand on its words" in sentence for sentence in said)
    assert len(empty_window.desk.session.project.unplaced()) == 1

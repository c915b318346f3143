"""What somebody sees who has just come: an empty project; keys."""

import pytest
from PySide6.QtWidgets import QLabel

from annotator import i18n
from annotator.app.workflows import open_session
from annotator.gui import qt_words
from annotator.gui.action_set import keys_text
from annotator.gui.dashboard.sections import headline
from annotator.gui.dashboard.window import Dashboard
from annotator.gui.keys_overlay import KeysOverlay
from annotator.gui.panels.base import nothing_open
from annotator.i18n import tr
from annotator.store import Project

pytestmark = pytest.mark.gui


@pytest.fixture
def empty_project(empty_window, tmp_path, qtbot):
    """Return the window on a project without articles."""
    path = tmp_path / "new.annotator"
    Project.create(path).close()
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.open_session(open_session(path))
    return empty_window


def test_an_empty_project_says_how_the_first_article_comes_in(empty_project):
    desk, panels = empty_project.desk, empty_project.workspace.panels
    assert nothing_open(desk) == tr("panels.empty.no_articles")
    panels.show_panel("notes")
    assert not panels.current()._new.isVisible(), "there is nothing to note on"
    panels.show_panel("article")
    shown = [label.text() for label in panels.current().findChildren(QLabel) if label.isVisible()]
    assert tr("panels.empty.no_articles") in shown


def test_where_articles_are_one_is_to_be_chosen(window):
    assert nothing_open(window.desk) == tr("panels.empty.no_article")


def test_the_find_line_goes_with_the_article(window, person, qtbot):
    person.open("Hospital")
    window.actions_by_id.by_id["find"].trigger()
    bar = window.workspace.pane.find_bar
    assert bar.isVisible()
    window.actions_by_id.by_id["article.delete"].trigger()
    qtbot.waitUntil(lambda: not window.desk.article_id)
    assert not bar.isVisible()


def test_a_project_without_articles_is_counted_in_one_word(empty_project, qtbot):
    board = Dashboard(empty_project.desk)
    qtbot.addWidget(board)
    with qtbot.waitSignal(board.shown, timeout=20_000):
        board.loader.ask()
    for measure in ("source", "sentence", "word"):
        assert headline(board.board, measure) == "0 articles"


def test_keys_are_named_in_the_language_of_the_program(empty_window):
    paste = keys_text("articles.paste")
    try:
        i18n.set_language("fr")
        qt_words.speak()
        assert keys_text("articles.paste") == "Ctrl+Maj+V"
        i18n.set_language("en")
        qt_words.speak()
        assert keys_text("articles.paste") == "Ctrl+Shift+V" == paste
    finally:
        i18n.set_language("en")
        qt_words.speak()


def test_a_key_stays_as_high_as_a_key(window, qtbot):
    overlay = KeysOverlay(window)
    overlay.resize(700, 600)
    overlay.show()
    keys = [k for k in overlay.findChildren(QLabel) if k.property("role") == "keycap"]
    assert len({key.height() for key in keys}) == 1
    overlay.discard()

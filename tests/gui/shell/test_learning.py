"""Learning beside the window: a sentence under the queue, one click back, nothing in the way."""

import pytest

from annotator.app import learning
from annotator.app.workflows import open_or_create
from annotator.gui.widgets.learning_line import LearningLine
from annotator.model.suggestion import Decision, Suggestion
from annotator.suggest import Engine
from helpers.reviewers import add, dispatches, review

pytestmark = pytest.mark.gui

DECIDED, ALL = 6, 7


@pytest.fixture(scope="module")
def reviewed_file(tmp_path_factory):
    """A project of seven dispatches; six are reviewed."""
    path = tmp_path_factory.mktemp("learning") / "p.annotator"
    session = open_or_create(path)
    engine, golds = Engine.load(), dispatches(ALL)
    for article_id, gold in list(zip(add(session, golds), golds, strict=True))[:DECIDED]:
        review(session, article_id, gold, engine)
    session.close()
    return path


@pytest.fixture
def window(empty_window, reviewed_file, tmp_path, qtbot):
    """The window on a copy of that project, with the article open that nobody has reviewed."""
    path = tmp_path / "p.annotator"
    path.write_bytes(reviewed_file.read_bytes())
    empty_window.settings.set("suggestions", "more")
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.open_session(open_or_create(path))
    desk = empty_window.desk
    desk.open_article(desk.session.project.article_ids()[-1])
    return empty_window


def line_of(window, qtbot):
    """Show the queue; return its line once it knows where learning stands."""
    window.workspace.panels.show_panel("review")
    line = window.workspace.panels.stack.currentWidget().findChild(LearningLine)
    qtbot.waitUntil(lambda: line.learning.now is not None, timeout=20_000)
    return line


def learned(line, qtbot):
    qtbot.waitUntil(
        lambda: line.learning.now.learned is not None and not line.learning.is_busy,
        timeout=120_000,
    )


def scores(window):
    project = window.desk.session.project
    found = project.find(Suggestion, article_id=window.desk.article_id, decision=Decision.PENDING)
    return {s.id: s.score for s in found}


def test_it_learns_by_itself_and_says_what_it_is_worth(window, qtbot):
    line = line_of(window, qtbot)
    learned(line, qtbot)
    now = learning.standing(window.desk.session.project)
    assert now.is_speaking
    assert line.label.text() == learning.words_of(now)[0]
    assert f"{now.learned.decisions} decisions" in line.label.text()
    assert line.label.toolTip()
    assert line.switch.isVisible()


def test_one_click_goes_back_and_one_click_returns(window, qtbot):
    line = line_of(window, qtbot)
    qtbot.waitUntil(lambda: bool(scores(window)), timeout=60_000)
    learned(line, qtbot)
    line.switch.click()
    qtbot.waitUntil(lambda: line.learning.now.is_factory, timeout=20_000)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    factory = scores(window)
    assert line.label.text().startswith("Factory state")
    line.switch.click()
    qtbot.waitUntil(lambda: not line.learning.now.is_factory, timeout=20_000)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert scores(window).keys() == factory.keys()
    assert scores(window) != factory
    line.switch.click()
    qtbot.waitUntil(lambda: scores(window) == factory, timeout=20_000)


def test_who_does_not_want_it_is_only_offered_it(window, qtbot):
    window.settings.set("learning", False)
    line = line_of(window, qtbot)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=60_000)
    assert learning.standing(window.desk.session.project).learned is None
    assert "Nothing is learned yet" in line.label.text()
    assert line.now.isVisible()
    assert not line.switch.isVisible()
    line.now.click()
    learned(line, qtbot)
    assert line.switch.isVisible()


def test_closing_the_project_while_it_learns_is_quiet(window, qtbot):
    line = line_of(window, qtbot)
    qtbot.waitUntil(lambda: line.learning.is_busy, timeout=20_000)
    window.close()
    assert not window.jobs.is_busy


def test_nothing_is_said_before_the_first_decision(empty_window, project, qtbot):
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.open_session(open_or_create(project))
    line = line_of(empty_window, qtbot)
    assert not line.label.isVisible()
    assert not line.switch.isVisible()

"""What is proposed for the open article, from the engine to a decision."""

import pytest
from PySide6.QtCore import Qt

from annotator.app.proposing import rules_off
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind

pytestmark = pytest.mark.gui

K = Qt.Key
STORY = (
    "Le barrage restera fermé, a déclaré jeudi une source proche du dossier.\n"
    "«\u00a0Personne ne nous a prévenus\u00a0», a dit Irène Castel, maire de la commune.\n"
)


@pytest.fixture
def proposed(window, person, qtbot, tmp_path):
    """Return the window with a fresh article that the engine has read."""
    window.settings.set("suggestions", "more")
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.imports.import_things([story])
    window.actions_by_id.by_id["propose.article"].trigger()
    qtbot.waitUntil(lambda: bool(window.workspace.proposals.waiting()), timeout=60_000)
    window.workspace.panels.show_panel("review")
    return window


def _stored(window):
    return window.desk.session.project.find(Suggestion, article_id=window.desk.article_id)


def test_proposals_wait_in_the_text_and_in_the_queue_and_count_nowhere(proposed, person):
    waiting = proposed.workspace.proposals.waiting()
    assert any("Personne ne nous a prévenus" in s.quotation for s in waiting)
    assert len(proposed.workspace.proposals.rows()) >= len(waiting)
    assert proposed.desk.data.marks == {}
    assert "import" in proposed.desk.session.undo_entry.label


def test_a_key_accepts_and_undo_takes_it_back(proposed, person):
    panel = proposed.workspace.panels.stack.currentWidget()
    quote = next(s for s in proposed.workspace.proposals.waiting() if "Personne" in s.quotation)
    panel.list.setCurrentIndex(panel.model.index_of(quote.id))
    panel.list.setFocus()
    person.press(K.Key_Return)
    assert proposed.desk.data.quotes
    proposed.actions_by_id.by_id["undo"].trigger()
    assert proposed.desk.data.quotes == []
    assert {s.decision for s in _stored(proposed)} == {Decision.PENDING}


def test_a_rule_that_is_switched_off_is_not_heard(proposed):
    panel = proposed.workspace.panels.stack.currentWidget()
    first = proposed.workspace.proposals.waiting()[0]
    records = [first]
    off = next(line for line in panel.menu_lines(records) if line and "any more" in line[0])
    off[1]()
    assert first.rule in rules_off(proposed.desk.session.project)
    assert first.rule not in {s.rule for s in proposed.workspace.proposals.waiting()}
    again = next(
        line for line in panel.menu_lines(records) if line and "by this rule again" in line[0]
    )
    again[1]()
    assert first.rule in {s.rule for s in proposed.workspace.proposals.waiting()}


def test_what_is_marked_by_hand_is_proposed_no_longer(proposed, qtbot):
    waiting = proposed.workspace.proposals.waiting()
    quote = next(s for s in waiting if s.kind is MarkKind.QUOTE)
    view = proposed.workspace.pane.view
    view.setFocus()
    view.select(quote.spans[0])
    with qtbot.waitSignal(proposed.workspace.proposals.changed):
        qtbot.keyClick(view, Qt.Key.Key_Q)
    assert quote.id not in {s.id for s in proposed.workspace.proposals.waiting()}
    proposed.desk.session.undo()
    assert quote.id in {s.id for s in proposed.workspace.proposals.waiting()}

"""The audit panel: figures and findings of the open article, live, and reasons to accept them."""

import pytest
from PySide6.QtCore import Qt

from annotator.app.commands.fields import set_fields
from annotator.app.commands.links import attribute
from annotator.app.commands.marks import delete_marks
from annotator.app.commands.sources import name_source
from annotator.gui.panels.audit import AuditPanel
from annotator.model.annotations import Note
from annotator.model.vocabulary import Identification, Seriousness, SourcingState
from gui.panels.acts import rows

CLAIM = "La remise en eau n’interviendra pas avant juillet"


@pytest.fixture
def audit(panel):
    return panel("audit")


@pytest.fixture
def serious(session, mark):
    """A serious claim that rests on one unnamed person."""
    mention = mark("source", "deux sources proches")
    source = name_source(
        session, mention, identification=Identification.UNNAMED_PERSON, description="une source"
    )
    claim = mark("claim", CLAIM)
    claim = set_fields(session, claim, seriousness=Seriousness.SERIOUS)
    attribute(session, [claim], source)
    return claim


def checks(audit):
    found = [audit.findings.finding(i) for i in audit.model.shown_ids]
    return [finding.rule.check for finding in found]


def choose(audit, check):
    row_id = audit.model.shown_ids[checks(audit).index(check)]
    audit.list.select_ids([row_id])
    audit.list.chosen.emit([row_id])
    return audit.findings.finding(row_id)


def test_figures_and_findings_come_with_the_marks_and_go_with_them(audit, session, serious):
    assert audit.summary.number.text() == "1"
    assert SourcingState.SINGLE_ANONYMOUS in audit.summary.states
    assert "serious_on_one_unnamed" in checks(audit)
    assert audit.count == len(checks(audit))

    delete_marks(session, [serious])

    assert "serious_on_one_unnamed" not in checks(audit)
    session.undo()
    assert "serious_on_one_unnamed" in checks(audit)


def test_a_finding_leads_to_its_words_and_says_what_to_ask(audit, desk, serious, qtbot):
    with qtbot.waitSignal(desk.reveal_asked) as asked:
        finding = choose(audit, "serious_on_one_unnamed")

    assert asked.args == [finding.span]
    assert desk.selection.ids == (serious.id,)
    assert audit._box.isVisible()
    assert CLAIM in audit._quote.text()
    assert audit._question.text() == finding.question()
    assert finding.rule.words() in audit._why.text()


def test_a_finding_is_accepted_with_a_reason_and_opened_again(audit, session, serious, qtbot):
    open_before = audit.count
    finding = choose(audit, "serious_on_one_unnamed")
    audit.accept()
    assert not session.project.find(Note, target_table="finding"), "no reason, no acceptance"

    qtbot.keyClicks(audit._reason, "Two editors read the file")
    qtbot.keyClick(audit._reason, Qt.Key.Key_Return)

    assert [n.text for n in session.project.find(Note, target_id=finding.key)] == [
        "Two editors read the file"
    ]
    assert audit.count == open_before - 1
    assert audit.finding().accepted == "Two editors read the file"
    assert audit.model.shown_ids[-1] == audit.list.selected_ids()[0], "accepted ones go last"

    audit.reopen()

    assert audit.count == open_before
    session.undo()
    assert audit.count == open_before - 1


def test_a_half_written_reason_survives_a_change_elsewhere(audit, mark, serious, qtbot):
    choose(audit, "serious_on_one_unnamed")
    qtbot.keyClicks(audit._reason, "Because")

    mark("actor", "Hydrolac")

    assert audit._reason.text() == "Because"


def test_another_pack_is_applied_and_remembered(audit, desk, serious):
    audit.choose_pack("bbc")

    assert {f.pack for f in map(audit.findings.finding, audit.model.shown_ids)} <= {"bbc"}
    again = AuditPanel(desk)
    assert again.findings.pack == "bbc"
    again.deleteLater()


def test_a_state_leads_from_claim_to_claim(audit, desk, mark, serious):
    second = mark("claim", "Hydrolac est cotée")
    line = audit.summary.states[SourcingState.UNATTRIBUTED]

    line.click()

    assert desk.selection.ids == (second.id,)
    audit.summary.states[SourcingState.SINGLE_ANONYMOUS].click()
    assert desk.selection.ids == (serious.id,)


def test_the_range_explains_itself(audit, session, mark):
    for words in ("deux sources proches", "la seconde source"):
        mention = mark("source", words)
        name_source(session, mention, identification=Identification.UNNAMED_PERSON)

    assert audit.summary.number.text() == "1 to 2"
    assert "deux sources proches" in audit.summary.number.toolTip().lower()
    assert audit.summary.reason.text()


def test_without_marks_there_is_nothing_but_a_sentence(audit):
    assert audit.summary.isHidden()
    assert rows(audit) == []

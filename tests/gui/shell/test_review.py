"""A review from the text: ten proposals decided with the keyboard, and taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from annotator.app.commands.articles import set_details
from annotator.app.commands.suggestions import accepted_mark
from annotator.app.proposing import keep_suggestions, rule_records
from annotator.gui.review import review_of
from annotator.i18n import tr
from annotator.model.annotations import Claim, Hedge, Mention, Quote
from annotator.model.article import Article
from annotator.model.changes import ChangeSet, insert
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind

pytestmark = pytest.mark.gui

K = Qt.Key
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
STORY = (
    "Le barrage restera fermé, a déclaré jeudi une source proche du dossier.\n"
    "«\u00a0Personne ne nous a prévenus\u00a0», a dit Irène Castel, maire de la commune.\n"
    "Irène Castel n’a pas souhaité répondre. Le préfet Marc Aubin a dit que le niveau baissait.\n"
    "Hydrolac aurait vidé la retenue, selon Marc Aubin.\n"
)


def suggestion(article_id, key, kind, words, rule, nth=0, links=(), evidence="", **fields):
    at = -1
    for _ in range(nth + 1):
        at = STORY.index(words, at + 1)
    shown = ()
    if evidence:
        start = STORY.index(evidence)
        shown = (Span(start, start + len(evidence)),)
    return Suggestion(
        key,
        article_id,
        kind,
        (Span(at, at + len(words)),),
        rule,
        0.83,
        words,
        shown,
        fields,
        links=tuple(links),
    )


def suggestions(article):
    """Return ten proposals that stand in the queue, and two sources and a cue that serve."""
    quote, source, actor = MarkKind.QUOTE, MarkKind.SOURCE, MarkKind.ACTOR
    first = (("source", "s1"), ("cue", "c1"))
    return [
        suggestion(article, "s1", source, "une source proche du dossier", "tagger@1"),
        suggestion(article, "c1", MarkKind.CUE, "a déclaré", "tagger@1"),
        suggestion(
            article, "q1", quote, "Le barrage restera fermé", "tagger@1", 0, first, "a déclaré"
        ),
        suggestion(article, "q2", quote, "Personne ne nous a prévenus", "tagger@1"),
        suggestion(article, "a1", actor, "Irène Castel", "names@1", actor="Irène Castel"),
        suggestion(article, "s2", source, "maire de la commune", "tagger@1"),
        suggestion(article, "a2", actor, "Irène Castel", "names@1", 1, actor="Irène Castel"),
        suggestion(article, "d1", MarkKind.DECLINED, "n’a pas souhaité répondre", "declined@1"),
        suggestion(article, "a3", actor, "Marc Aubin", "names@1", actor="Marc Aubin"),
        suggestion(article, "q3", quote, "le niveau", "tagger@1"),
        suggestion(article, "h1", MarkKind.HEDGE, "aurait", "conditional@1"),
        suggestion(article, "q4", quote, "Hydrolac aurait vidé la retenue", "tagger@1"),
        suggestion(article, "a4", actor, "Marc Aubin", "names@1", 1, actor="Marc Aubin"),
    ]


@pytest.fixture
def story(window, person, qtbot, tmp_path):
    """Return the window on a fresh article with its proposals; the keyboard is in the text."""
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.imports.import_things([file])
    article = window.desk.article_id
    # On from here: the engine is not asked, what waits is what the test says.
    window.settings.set("suggestions", "more")
    window.desk.session.put_suggestions(article, suggestions(article))
    window.workspace.pane.view.setFocus()
    window.workspace.pane.view.set_caret(0)
    return window


@pytest.fixture
def view(story):
    return story.workspace.pane.view


@pytest.fixture
def review(story):
    return review_of(story.desk)


def decisions(window):
    found = window.desk.session.project.find(Suggestion, article_id=window.desk.article_id)
    return {s.id: s.decision for s in found}


def stored(window, key):
    return window.desk.session.project.get(Suggestion, key)


def made(window, key):
    return accepted_mark(window.desk.session.project, stored(window, key))


def begin(story, person, key="q1"):
    """Begin to review in the text and go to one of the proposals."""
    person.press(K.Key_P)
    for _ in range(len(suggestions(""))):
        if story.desk.selection.ids == (key,):
            return
        person.press(K.Key_Down)
    raise AssertionError(key)


def test_ten_proposals_are_decided_from_the_text_with_keys_alone(story, person, view, review):
    order = [s.id for s in review.waiting()]
    assert order == ["q1", "q2", "a1", "s2", "a2", "d1", "a3", "q3", "q4", "h1", "a4"]
    person.press(K.Key_P)
    assert review.is_on
    before = len(story.desk.session.project.history(100))
    keys = {
        "q1": (K.Key_Return,),  # with its source and its cue
        "q2": (K.Key_C,),  # as a claim
        "a1": (K.Key_Y,),
        "s2": (K.Key_Backspace,),
        "a2": (K.Key_Enter,),
        "d1": (K.Key_X,),
        "a3": (K.Key_Return,),
        "q3": (K.Key_E, K.Key_Right, K.Key_Return),  # a word longer
        "q4": (K.Key_H,),  # as a hedge
        "h1": (K.Key_Delete,),
    }
    panel = story.workspace.panels.current()
    for key, presses in keys.items():
        assert story.desk.selection.ids == (key,), "the next one is in focus"
        assert panel.list.selected_ids() == [key], "and selected in the queue"
        assert QApplication.focusWidget() is view, "the keyboard stays in the text"
        span = stored(story, key).spans[0]
        assert view.caret() == span.start
        assert view.rects_of(span), "the view follows"
        assert view.layer.emphasis.selected == {key}
        for press in presses:
            person.press(press)
    assert len(story.desk.session.project.history(100)) == before + 10, "one step each"
    found = decisions(story)
    assert {k for k, d in found.items() if d is Decision.REJECTED} == {"s2", "d1", "h1"}
    assert {k for k, d in found.items() if d is Decision.CORRECTED} == {"q2", "q3", "q4"}
    assert {k for k, d in found.items() if d is Decision.PENDING} == {"a4"}
    assert isinstance(made(story, "q2"), Claim)
    assert isinstance(made(story, "q4"), Hedge)
    assert made(story, "q3").anchor.quotation == "le niveau baissait"
    assert story.desk.data.sources_of(made(story, "q1").id)
    assert made(story, "a1").actor_id == made(story, "a2").actor_id
    record = rule_records(story.desk.session.project)["tagger@1"]
    assert (record.accepted, record.corrected, record.rejected) == (3, 3, 1)
    for key in reversed(keys):
        person.press(K.Key_Z, CTRL)
        assert story.desk.selection.ids == (key,), "what was taken back is in focus again"
        assert panel.list.selected_ids() == [key]
    assert set(decisions(story).values()) == {Decision.PENDING}
    assert story.desk.data.marks == {}
    assert QApplication.focusWidget() is view
    assert review.is_on


def test_letters_mark_words_again_once_the_review_is_over(story, person, view, review):
    person.press(K.Key_P)
    person.press(K.Key_Escape)
    assert not review.is_on
    assert story.desk.selection.ids == ()
    person.select("Hydrolac")
    person.press(K.Key_A)
    assert [m.anchor.quotation for m in story.desk.data.mentions] == ["Hydrolac"]
    assert set(decisions(story).values()) == {Decision.PENDING}


def test_words_selected_during_a_review_are_marked_and_nothing_is_accepted(story, person):
    begin(story, person, "q2")
    person.select("Hydrolac")
    person.press(K.Key_A)
    assert story.desk.session.project.find(Mention)
    assert set(decisions(story).values()) == {Decision.PENDING}


def test_a_caret_that_only_passes_leaves_arrows_and_letters_alone(story, person, view, review):
    person.put_caret("Irène Castel", 2)
    assert story.desk.selection.ids == ("a1",)
    assert not review.is_on
    at = view.caret()
    person.press(K.Key_Right)
    assert view.caret() == at + 1
    person.press(K.Key_C)
    assert story.desk.data.claims, "the sentence is marked, as ever"
    assert decisions(story)["a1"] is Decision.PENDING


def test_edges_move_by_key_and_mouse_before_anything_is_stored(story, person, view, review, qtbot):
    begin(story, person, "q3")
    steps = story.desk.session.project.history(100)
    person.press(K.Key_Right, ALT)
    assert [s.start for s in view.layer.spans_of("q3")] == [stored(story, "q3").spans[0].start]
    assert view.layer.spans_of("q3")[0].slice(view.text) == "le niveau baissait"
    grip = next(g for g in view.painter().grips() if g.edge == "start")
    to = view.rect_of(STORY.index("que le niveau") + 1)
    knob = QPoint(round(grip.x), round(grip.top))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=knob)
    qtbot.mouseMove(view.viewport(), QPoint(to.left() - 6, to.center().y()))
    qtbot.mouseMove(view.viewport(), QPoint(to.left(), to.center().y()))
    qtbot.mouseRelease(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(to.left(), to.center().y())
    )
    assert view.layer.spans_of("q3")[0].slice(view.text) == "que le niveau baissait"
    assert story.desk.session.project.history(100) == steps
    panel = story.workspace.panels.current()
    assert "que le niveau baissait" in panel.model.row_of("q3").text
    assert "corrected" in panel.model.row_of("q3").text
    person.press(K.Key_Return)
    assert made(story, "q3").anchor.quotation == "que le niveau baissait"
    assert decisions(story)["q3"] is Decision.CORRECTED


def test_escape_drops_a_correction_first(story, person, view, review):
    begin(story, person, "q3")
    person.press(K.Key_E)
    person.press(K.Key_Right)
    person.press(K.Key_Left, SHIFT)
    assert review.correction("q3")
    person.press(K.Key_Escape)
    assert not review.correction("q3")
    assert not review.is_edging
    assert review.is_on
    assert view.layer.spans_of("q3") == stored(story, "q3").spans
    person.press(K.Key_Return)
    assert decisions(story)["q3"] is Decision.ACCEPTED


def test_another_source_is_picked_nearest_first(story, person, view):
    begin(story, person, "q2")
    person.press(K.Key_L)
    entries = story.workspace.pane.chooser.pick
    assert entries.field.hasFocus() or entries.isAncestorOf(QApplication.focusWidget())
    person.press(K.Key_1)
    panel = story.workspace.panels.current()
    assert "maire de la commune" in panel._why.text()
    person.press(K.Key_Return)
    assert decisions(story)["q2"] is Decision.CORRECTED
    assert decisions(story)["s2"] is Decision.ACCEPTED
    [source] = story.desk.data.sources_of(made(story, "q2").id)
    assert source.description == "maire de la commune"


def test_all_alike_are_decided_in_one_step_without_a_dialog(story, person, view):
    begin(story, person, "a1")
    before = len(story.desk.session.project.history(100))
    person.press(K.Key_Return, SHIFT)
    person.press(K.Key_2)
    found = decisions(story)
    assert [found[k] for k in ("a1", "a2", "a3", "a4")] == [Decision.ACCEPTED] * 4
    assert "4 proposals accepted" in story.status_line.said()
    assert len(story.desk.session.project.history(100)) == before + 1
    assert story.desk.selection.ids == ("s2",)
    person.press(K.Key_Z, CTRL)
    assert decisions(story)["a4"] is Decision.PENDING
    person.press(K.Key_X, SHIFT)
    person.press(K.Key_1)
    found = decisions(story)
    assert [found[k] for k in ("a1", "a2", "a3")] == [
        Decision.REJECTED,
        Decision.REJECTED,
        Decision.PENDING,
    ], "the same words only"


def test_a_click_in_the_text_selects_in_the_queue_and_shows_why(story, person, view, qtbot):
    story.workspace.panels.show_panel("sources")
    place = view.rects_of(stored(story, "q1").spans[0])[0].center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    panel = story.workspace.panels.current()
    assert panel.panel_id == "review"
    assert panel.list.selected_ids() == ["q1"]
    words = panel._why.text()
    assert "Trained tagger" in words
    assert "83%" in words
    assert "source “une source proche du dossier”" in words
    assert view.state.evidence == stored(story, "q1").evidence
    assert view.layer.emphasis.linked == {"s1", "c1"}
    person.press(K.Key_Return)
    assert isinstance(made(story, "q1"), Quote)
    assert story.desk.selection.ids == ("q2",)
    assert "In this project: 3 right, 0 corrected, 0 wrong." in panel._why.text()


def test_a_source_that_serves_a_quote_can_be_decided_by_itself(story, person, view, qtbot):
    begin(story, person)
    place = view.rects_of(stored(story, "s1").spans[0])[0].center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert story.desk.selection.ids == ("s1",)
    assert view.layer.spans_of("s1"), "it is still shown"
    assert "Trained tagger" in story.workspace.panels.current()._why.text()
    person.press(K.Key_Return)
    found = decisions(story)
    assert (found["s1"], found["q1"]) == (Decision.ACCEPTED, Decision.PENDING)
    assert story.desk.selection.ids == ("q2",), "the next one in the text"


def test_fresh_proposals_in_place_of_the_old_ones_do_not_end_a_review(story, person, review, qtbot):
    begin(story, person, "q2")
    article = story.desk.article_id
    others = [replace(s, id=f"new-{s.id}", links=()) for s in suggestions(article)]
    story.desk.session.put_suggestions(article, others)
    qtbot.waitUntil(lambda: story.desk.selection.ids == ("new-q2",))
    assert review.is_on


def test_what_was_rejected_stays_away_on_the_next_run(story, person):
    begin(story, person, "q2")
    person.press(K.Key_X)
    article = story.desk.article_id
    waiting = keep_suggestions(story.desk.session, article, suggestions(article))
    assert "q2" not in {s.id for s in waiting}
    assert decisions(story)["q2"] is Decision.REJECTED
    person.press(K.Key_Z, CTRL)
    assert story.desk.selection.ids == ("q2",)


def test_redo_goes_on_with_the_review(story, person, qtbot, review):
    begin(story, person, "q2")
    person.press(K.Key_Return)
    person.press(K.Key_Z, CTRL)
    person.press(K.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: story.desk.selection.ids == ("a1",))
    assert review.is_on
    assert decisions(story)["q2"] is Decision.ACCEPTED


def test_a_rule_that_is_mostly_wrong_is_switched_off_by_one_click(story, person, review, qtbot):
    article = story.desk.article_id
    wrong = [
        replace(
            suggestion(article, f"n{n}", MarkKind.ACTOR, "Hydrolac", "names@1"),
            decision=Decision.REJECTED,
            decided_at="2031-03-14T07:42:00+00:00",
        )
        for n in range(9)
    ]
    story.desk.session.commit(ChangeSet("import", tuple(insert(s) for s in wrong)))
    begin(story, person, "q1")
    panel = story.workspace.panels.current()
    assert not panel.silence.isVisible()
    begin(story, person, "a1")
    assert "9 wrong" in panel._why.text()
    panel.silence.click()
    assert "names@1" not in {s.rule for s in review.waiting()}
    assert story.desk.selection.ids == ("s2",)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_right_click_offers_the_decisions(story, person, view):
    place = view.rects_of(stored(story, "q2").spans[0])[0].center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view.viewport(), event)
    menu = QApplication.activePopupWidget()
    words = [line.text() for line in menu.actions()]
    menu.close()
    assert words[0].startswith("Accept the proposal: quote")
    assert "Why is this proposed?" in words


def test_the_menu_of_the_text_decides(story, person, view):
    begin(story, person, "q2")
    navigation = story.controller("navigation")
    lines = dict(navigation.marks_here())
    accepting = next(words for words in lines if words.startswith("Accept the proposal: quote"))
    assert "Personne ne nous a prévenus" in accepting
    lines[accepting]()
    assert decisions(story)["q2"] is Decision.ACCEPTED
    lines = dict(navigation.marks_here())
    lines["Reject the proposal"]()
    assert decisions(story)["a1"] is Decision.REJECTED


def test_the_queue_hears_the_same_keys(story, person, qtbot, review):
    story.workspace.panels.show_panel("review")
    panel = story.workspace.panels.current()
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0))
    assert review.is_on
    person.press(K.Key_Down)
    person.press(K.Key_C)
    assert isinstance(made(story, "q2"), Claim)
    person.press(K.Key_Delete)
    assert decisions(story)["a1"] is Decision.REJECTED
    person.press(K.Key_Down)
    person.press(K.Key_Down)
    assert panel.list.selected_ids() == ["d1"]
    person.press(K.Key_K)
    person.press(K.Key_Escape)
    assert panel.list.hasFocus()
    assert decisions(story)["d1"] is Decision.PENDING
    person.press(K.Key_E)
    person.press(K.Key_Left)
    person.press(K.Key_Return)
    assert made(story, "d1").anchor.quotation == "n’a pas souhaité"


def test_the_last_decision_ends_the_review(story, person, view, review):
    person.press(K.Key_P)
    for _ in range(12):  # the source that served a rejected quote is asked too, the cue is not
        person.press(K.Key_X)
    assert decisions(story)["c1"] is Decision.PENDING
    assert not review.is_on
    assert "decided" in story.status_line.said()
    assert view.layer.emphasis.selected == set()
    person.press(K.Key_P)
    assert "No proposal waits" in story.status_line.said()


def test_who_speaks_is_shown_before_anything_is_decided(story):
    rows = story.workspace.proposals.rows()
    assert {"q1", "s1", "c1"} <= set(rows.mark_ids), "unnamed sources are looked for first"
    waiting = {one.id for one in story.workspace.proposals.waiting()}
    assert not waiting & {"s1", "c1"}, "they are decided with their quote"


def test_what_was_decided_with_its_quote_is_shown_no_longer(story, person):
    begin(story, person)
    person.press(K.Key_Return)
    assert not {"q1", "s1", "c1"} & set(story.workspace.proposals.rows().mark_ids)


def test_from_a_source_in_focus_one_goes_on_where_it_stands(story, person, review):
    review.go("s1")
    review.skip(1)
    assert review.focus.id == "q2"
    review.go("s1")
    review.skip(-1)
    assert review.focus.id == "q1"


def test_proposals_stay_in_the_text_while_its_details_are_edited(story, view, monkeypatch):
    shown = []
    monkeypatch.setattr(view, "set_proposals", shown.append)
    article = story.desk.session.project.get(Article, story.desk.article_id)
    story.desk.run(set_details, article, outlet="La Gazette d’Aubry")
    assert "q1" in shown[-1].mark_ids


def test_an_empty_panel_says_that_proposals_wait(story):
    panels = story.workspace.panels
    panels.show_panel("sources")
    waiting = tr("panels.empty.proposed", count=11)
    assert waiting in panels.current().list.empty_words()
    story.desk.select(["s1"], origin="text")
    review_of(story.desk).accept()
    panels.show_panel("quotes")
    assert "P in the text" not in panels.current().list.empty_words()


def test_a_review_begins_with_the_outermost_of_what_begins_together(story, person):
    one = suggestion(story.desk.article_id, "a9", MarkKind.ACTOR, "Le barrage", "names@1")
    both = [*suggestions(story.desk.article_id), one]
    story.desk.session.put_suggestions(story.desk.article_id, both)
    person.press(K.Key_P)
    assert story.desk.selection.ids == ("q1",), "as in the queue: nothing is left behind"

"""Quotes and claims beside the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from annotator.app.commands.articles import import_texts
from annotator.app.commands.fields import set_fields
from annotator.app.commands.links import attribute
from annotator.app.commands.marks import add_mark, delete_marks
from annotator.gui.models.listing import MARK_MIME, SOURCE_MIME
from annotator.model.annotations import Attribution, Claim, Hedge, Quote, Source
from annotator.model.span import Span
from annotator.model.vocabulary import (
    AttributionAct,
    CueStance,
    Identification,
    MarkKind,
    QuoteKind,
    Seriousness,
    VerificationStatus,
)
from gui.panels.acts import choose, click_row, drop_on, menu_line, press, rows, write, write_text
from helpers.builders import imported

QUOTE = "«\u00a0Personne ne savait\u00a0»"
REST = "«\u00a0sauf eux 🙂\u00a0»"
CLAIM = "La remise en eau n’interviendra pas avant juillet"


@pytest.fixture
def quote(mark):
    return mark("quote", QUOTE, REST)


@pytest.fixture
def claim(mark):
    return mark("claim", CLAIM)


@pytest.fixture
def source(session, mark):
    mention = mark("source", "deux sources proches du dossier")
    return session.get(Source, mention.source_id)


def test_a_mark_made_in_the_text_appears_and_undo_takes_it_away(panel, mark, session):
    quotes = panel("quotes")
    assert quotes.count == 0
    mark("quote", QUOTE, REST)
    assert rows(quotes) == [f"{QUOTE} […] {REST}, ¶\u00a02, no source"]
    assert quotes.count == 1
    session.undo()
    assert quotes.count == 0
    session.redo()
    assert quotes.count == 1


def test_the_range_behind_a_claim_is_explained_where_it_is_pointed_at(
    panel, claim, source, session, desk, qtbot
):
    attribute(session, [session.get(Claim, claim.id)], source)
    set_fields(
        session,
        session.get(Source, source.id),
        identification=Identification.UNNAMED_GROUP,
        stated_count=2,
    )
    claims = panel("claims")
    click_row(claims, 0)
    found = desk.data.sourcing.basis(claim.id).distinct
    assert found.words() == "1 to 2"
    labels = [label for label in claims.findChildren(QLabel) if found.words() in label.text()]
    assert [bool(label.toolTip()) for label in labels] == [True]
    assert "different people" in labels[0].toolTip()


def test_the_empty_state_says_what_to_do(panel):
    quotes = panel("quotes")
    assert "press Q" in quotes.list._empty.text()
    assert quotes.list._empty.isVisible()


def test_a_field_edited_in_place_is_stored_and_undone(panel, quote, session):
    quotes = panel("quotes")
    click_row(quotes, 0)
    choose(quotes.inspector, "Kind of quote", "direct")
    assert session.get(Quote, quote.id).kind is QuoteKind.DIRECT
    assert "direct" in rows(quotes)[0]
    session.undo()
    assert session.get(Quote, quote.id).kind is QuoteKind.UNKNOWN
    assert quotes.inspector.form.editors["kind"].box.currentText() == "unknown"


def test_several_selected_are_edited_at_once_in_one_step(panel, mark, session):
    marks = [mark("quote", QUOTE), mark("quote", REST)]
    quotes = panel("quotes")
    click_row(quotes, 0)
    click_row(quotes, 1, add=True)
    assert quotes.inspector._several.text() == "2 quotes"
    choose(quotes.inspector, "Kind of quote", "mixed")
    assert {session.get(Quote, m.id).kind for m in marks} == {QuoteKind.MIXED}
    session.undo()
    assert {session.get(Quote, m.id).kind for m in marks} == {QuoteKind.UNKNOWN}


def test_what_differs_between_several_is_said_not_guessed(panel, mark, session):
    first, second = mark("quote", QUOTE), mark("quote", REST)
    quotes = panel("quotes")
    click_row(quotes, 0)
    choose(quotes.inspector, "Kind of quote", "mixed")
    click_row(quotes, 1, add=True)
    box = quotes.inspector.form.editors["kind"].box
    assert box.currentIndex() == -1
    assert box.placeholderText() == "several values"
    assert session.get(Quote, first.id).kind is QuoteKind.MIXED
    assert session.get(Quote, second.id).kind is QuoteKind.UNKNOWN


def test_selecting_goes_both_ways(panel, quote, desk, revealed):
    quotes = panel("quotes")
    click_row(quotes, 0)
    assert desk.selection.ids == (quote.id,)
    assert desk.selection.origin == "quotes"
    assert revealed == [quote.spans[0]]
    desk.select((), origin="text")
    assert quotes.list.selected_ids() == []
    assert not quotes.inspector.isVisible()
    desk.select((quote.id,), origin="text")
    assert quotes.list.selected_ids() == [quote.id]
    assert quotes.inspector.isVisible()
    assert len(revealed) == 1, "what came from the text needs no jump"


def test_the_filter_knows_neither_case_nor_accents(panel, mark, qtbot):
    mark("claim", CLAIM)
    mark("claim", "Hydrolac est cotée")
    claims = panel("claims")
    claims.bar.words.setText("COTEE hydrolac")
    qtbot.waitUntil(lambda: claims.model.rowCount() == 1)
    assert rows(claims)[0].startswith("Hydrolac est cotée")
    assert claims.count == 2, "the tab counts everything"
    claims.bar.words.setText("zzz")
    qtbot.waitUntil(lambda: claims.model.rowCount() == 0)
    assert "zzz" in claims.list._empty.text()
    claims.bar.words.clear()
    assert claims.model.rowCount() == 2


def test_orders(panel, mark, session, source):
    one = mark("claim", CLAIM)
    two = mark("claim", "Hydrolac est cotée")
    attribute(session, [one], source)
    claims = panel("claims")
    assert list(claims.model.shown_ids) == [one.id, two.id]
    claims.bar.order_changed.emit("state")
    assert list(claims.model.shown_ids) == [two.id, one.id], "without a source comes first"
    claims.bar.order_changed.emit("source")
    assert list(claims.model.shown_ids) == [one.id, two.id]
    click_row(claims, 1)
    choose(claims.inspector, "Verification", "in progress")
    claims.bar.order_changed.emit("check")
    assert list(claims.model.shown_ids) == [one.id, two.id]
    assert claims.list.selected_ids() == [two.id], "another order keeps the selection"


def test_attribute_from_the_inspector_nearest_first(panel, claim, source, session, mark):
    mark("source", "la seconde source")
    claims = panel("claims")
    click_row(claims, 0)
    section = claims.inspector.form.section("attributions")
    assert [name for name, _ in section._offer()] == [
        "Deux sources proches du dossier",
        "La seconde source",
    ]
    choose(claims.inspector, "Attribute to…", "Deux sources proches du dossier")
    (link,) = session.project.find(Attribution, content_id=claim.id)
    assert link.source_id == source.id
    choose(claims.inspector, "Act of Deux sources proches du dossier", "denies")
    choose(claims.inspector, "Stance towards Deux sources proches du dossier", "distancing")
    (link,) = session.project.find(Attribution, content_id=claim.id)
    assert (link.act, link.stance) == (AttributionAct.DENIAL, CueStance.DISTANCING)
    press(claims.inspector, "Detach from Deux sources proches du dossier")
    assert session.project.find(Attribution, content_id=claim.id) == []
    for _ in range(4):
        session.undo()
    assert session.project.find(Attribution, content_id=claim.id) == []


def test_cues_are_taken_and_given_back(panel, claim, source, session, mark):
    cue = mark("cue", "a appris")
    attribute(session, [claim], source, cue_ids=())
    claims = panel("claims")
    click_row(claims, 0)
    choose(claims.inspector, "Introduced by…, Deux sources proches du dossier", "“a appris”")
    assert session.project.find(Attribution, content_id=claim.id)[0].cue_ids == (cue.id,)
    press(claims.inspector, "Do not count “a appris” as its introduction")
    assert session.project.find(Attribution, content_id=claim.id)[0].cue_ids == ()


def test_a_source_dropped_on_a_claim_is_its_source(panel, claim, source, session):
    claims = panel("claims")
    drop_on(claims, 0, SOURCE_MIME, [source.id])
    assert [a.source_id for a in session.project.find(Attribution)] == [source.id]
    session.undo()
    assert session.project.find(Attribution) == []


def test_a_source_mention_dragged_from_the_text_works_too(panel, claim, session, mark):
    mention = mark("source", "la seconde source")
    claims = panel("claims")
    drop_on(claims, 0, MARK_MIME, [mention.id])
    assert [a.source_id for a in session.project.find(Attribution)] == [mention.source_id]


def test_a_foreign_drag_is_refused(panel, claim, session, said):
    claims = panel("claims")
    drop_on(claims, 0, "text/plain", ["whatever"])
    assert said == []
    drop_on(claims, 0, MARK_MIME, ["no-such-id"])
    drop_on(claims, 0, MARK_MIME, [claim.id])
    assert said == ["These two cannot be linked."] * 2
    assert session.project.find(Attribution) == []


def test_a_cue_and_a_hedge_dropped_on_a_claim(panel, claim, source, session, mark, said):
    cue, hedge = mark("cue", "a appris"), mark("hedge", "n’interviendra")
    claims = panel("claims")
    drop_on(claims, 0, MARK_MIME, [cue.id])
    assert said, "a cue introduces what has a source"
    attribute(session, [claim], source, cue_ids=())
    drop_on(claims, 0, MARK_MIME, [cue.id, hedge.id])
    assert session.project.find(Attribution)[0].cue_ids == (cue.id,)
    assert session.get(Hedge, hedge.id).claim_id == claim.id


def test_delete_and_the_menu(panel, mark, session, source):
    marks = [mark("quote", QUOTE), mark("quote", REST)]
    quotes = panel("quotes")
    click_row(quotes, 0)
    menu_line(quotes, "Attribute to Deux sources proches du dossier")
    assert [a.content_id for a in session.project.find(Attribution)] == [marks[0].id]
    menu_line(quotes, "Detach from all sources")
    assert session.project.find(Attribution) == []
    menu_line(quotes, "Turn into: claim")
    assert [c.id for c in session.project.find(Claim)] == [marks[0].id]
    assert quotes.count == 1
    session.undo()
    assert quotes.count == 2
    click_row(quotes, 0)
    click_row(quotes, 1, add=True)
    QTest.keyClick(quotes.list, Qt.Key.Key_Delete)
    assert quotes.count == 0
    session.undo()
    assert quotes.count == 2


def test_evidence_is_edited_in_place(panel, claim, session):
    claims = panel("claims")
    click_row(claims, 0)
    press(claims.inspector, "Add evidence")
    write(claims.inspector, "link or file 1", "https://example.org/rapport.pdf")
    write(claims.inspector, "page 1", "12")
    write(claims.inspector, "time in it 1", "04:10")
    write(claims.inspector, "checked by 1", "L. F.")
    (evidence,) = session.get(Claim, claim.id).evidence
    assert (evidence.link, evidence.page, evidence.time, evidence.checker) == (
        "https://example.org/rapport.pdf",
        "12",
        "04:10",
        "L. F.",
    )
    press(claims.inspector, "Drop evidence 1")
    assert session.get(Claim, claim.id).evidence == ()
    session.undo()
    assert len(session.get(Claim, claim.id).evidence) == 1


def test_a_check_is_one_click_away_for_several(panel, mark, session):
    marks = [mark("claim", CLAIM), mark("claim", "Hydrolac est cotée")]
    claims = panel("claims")
    click_row(claims, 0)
    click_row(claims, 1, add=True)
    menu_line(claims, "Check: contradicted")
    assert {session.get(Claim, m.id).status for m in marks} == {VerificationStatus.CONTRADICTED}
    choose(claims.inspector, "Seriousness", "serious allegation")
    assert {session.get(Claim, m.id).seriousness for m in marks} == {Seriousness.SERIOUS}
    assert all("serious" in row for row in rows(claims))


def test_typed_words_survive_a_change_of_selection(panel, mark, session):
    first, second = mark("claim", CLAIM), mark("claim", "Hydrolac est cotée")
    claims = panel("claims")
    click_row(claims, 0)
    box = claims.inspector.form.editors["correction"].box
    box.setFocus()
    box.insertPlainText("«\u00a0août\u00a0», pas juillet")
    claims.desk.select((second.id,), origin="text")
    assert session.get(Claim, first.id).correction == "«\u00a0août\u00a0», pas juillet"
    assert session.get(Claim, second.id).correction == ""


def test_typed_words_survive_the_tab_and_a_change_elsewhere(panel, claim, session, mark):
    claims = panel("claims")
    click_row(claims, 0)
    box = claims.inspector.form.editors["correction"].box
    box.setFocus()
    box.insertPlainText("en cours")
    mark("quote", QUOTE)
    assert box.words == "en cours", "a refresh leaves alone what is being typed"
    claims.hide()
    assert session.get(Claim, claim.id).correction == "en cours"


def test_escape_takes_a_line_back(panel, claim, session):
    claims = panel("claims")
    click_row(claims, 0)
    write_text(claims.inspector, "Correction", "faux")
    box = claims.inspector.form.editors["correction"].box
    box.setFocus()
    box.insertPlainText(" tout à fait")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.words == "faux"
    assert session.get(Claim, claim.id).correction == "faux"


def test_f2_goes_to_the_fields(panel, claim, qtbot):
    claims = panel("claims")
    click_row(claims, 0)
    QTest.keyClick(claims.list, Qt.Key.Key_F2)
    assert claims.inspector.form.editors["kind"].box.hasFocus()


def test_a_record_that_goes_leaves_no_inspector(panel, claim, session):
    claims = panel("claims")
    click_row(claims, 0)
    assert claims.inspector.isVisible()
    delete_marks(session, [claim])
    assert not claims.inspector.isVisible()
    assert claims.list.selected_ids() == []


def test_names_of_controls_are_read_out(panel, claim):
    claims = panel("claims")
    click_row(claims, 0)
    lines = claims.inspector.findChildren(QLineEdit)
    assert all(line.accessibleName() for line in lines)


def test_a_panel_behind_another_tab_catches_up_when_it_is_looked_at(panel, mark, desk, qtbot):
    quotes = panel("quotes")
    quotes.hide()
    made = mark("quote", QUOTE)
    desk.select((made.id,), origin="text")
    assert quotes.count == 0, "nobody looks"
    quotes.show()
    assert quotes.count == 1
    assert quotes.list.selected_ids() == [made.id]
    assert quotes.inspector.isVisible()
    quotes.hide()
    mark("quote", REST)
    qtbot.waitUntil(lambda: quotes.count == 2)


def test_a_large_article_paints_its_text_first(panel, session, desk, qtbot):
    text = "Oui. " * 50_000
    item = imported(text, name="long.txt", headline="Long")
    large = import_texts(session, [(item, text.encode())]).added[0]
    claims = panel("claims")
    desk.open_article(large.id)
    made = add_mark(session, large.id, MarkKind.CLAIM, [Span(0, 3)])
    desk.select((made.id,), origin="text")
    assert claims.count == 0
    assert claims.records() == [made], "whoever asks gets what there is now"
    assert claims.count == 1

"""Mark with one key, on a real project."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model.annotations import Claim, Quote, SourceMention
from annotator.model.vocabulary import MarkKind

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.gui


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (K.Key_Q, MarkKind.QUOTE),
        (K.Key_S, MarkKind.SOURCE),
        (K.Key_C, MarkKind.CLAIM),
        (K.Key_A, MarkKind.ACTOR),
        (K.Key_U, MarkKind.CUE),
        (K.Key_H, MarkKind.HEDGE),
    ],
)
def test_a_key_marks_the_selection(person, key, kind):
    person.open("Hospital")
    span = person.select("knew for nine days")
    person.press(key)
    (mark,) = person.selected()
    assert mark.mark_kind is kind
    assert mark.spans == (span,)
    assert mark.anchor.quotation == "knew for nine days"
    stored = person.desk.session.project.get(type(mark), mark.id)
    assert stored == mark


def test_without_a_selection_the_sentence_is_marked(person):
    person.open("Hospital")
    person.put_caret("The legal limit is 1,000", offset=6)
    person.press(K.Key_C)
    (mark,) = person.selected()
    assert mark.anchor.quotation.startswith("The legal limit is 1,000")
    assert mark.anchor.quotation.rstrip(".").endswith("had 14,200")


def test_the_words_that_interrupt_a_quotation_are_left_out(person):
    person.open("barrage")
    start = person.text.index("«")
    line_end = person.text.index("\n", start)
    person.view.setFocus()
    person.view.set_caret(start + 3)
    person.press(K.Key_Q)
    (mark,) = person.selected()
    assert isinstance(mark, Quote)
    assert all(span.slice(person.text)[0] == "«" for span in mark.spans)
    assert mark.spans[-1].end <= line_end


def test_an_undone_mark_is_gone_and_comes_back(person, window):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (mark,) = person.selected()
    person.press(K.Key_Z, CTRL)
    assert person.desk.session.project.get(Claim, mark.id) is None
    assert mark.id not in person.desk.data.marks
    assert person.selected() == []
    person.press(K.Key_Z, CTRL | SHIFT)
    assert person.desk.session.project.get(Claim, mark.id) == mark
    assert "claim" in window.top.undo.accessibleName()


def test_shift_adds_words_to_the_selected_mark(person):
    person.open("Hospital")
    first = person.select("knew for nine days")
    person.press(K.Key_Q)
    second = person.select("was unsafe")
    person.press(K.Key_Q, SHIFT)
    (mark,) = person.selected()
    assert mark.spans == (first, second)


def test_edges_move_by_words_and_letters(person):
    person.open("Hospital")
    span = person.select("nine days")
    person.press(K.Key_C)
    person.press(K.Key_Right, ALT)
    assert person.selected()[0].anchor.quotation == "nine days that"
    person.press(K.Key_Left, ALT)
    assert person.selected()[0].spans == (span,)
    person.press(K.Key_Left, ALT | SHIFT)
    assert person.selected()[0].anchor.quotation == "for nine days"
    person.press(K.Key_Right, ALT | SHIFT)
    person.press(K.Key_Left, CTRL | ALT)
    assert person.selected()[0].anchor.quotation == "nine day"


def test_split_makes_two(person):
    person.open("Hospital")
    person.select("knew for nine days that")
    person.press(K.Key_C)
    (before,) = person.selected()
    person.view.set_caret(person.span_of("nine days that").start)
    person.desk.select([before.id], origin="keys")
    person.press(K.Key_Slash)
    words = {m.anchor.quotation for m in person.desk.data.claims}
    assert {"knew for", "nine days that"} <= words


def test_delete_takes_the_mark_away(person):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_S)
    (mark,) = person.selected()
    person.press(K.Key_Delete)
    assert mark.id not in person.desk.data.marks
    assert mark.source_id not in person.desk.data.sources


def test_the_kind_is_chosen_by_number(person, window):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_Q)
    person.press(K.Key_K)
    chooser = window.workspace.pane.chooser
    assert chooser.isVisible()
    person.press(K.Key_1)
    assert not chooser.isVisible()
    (mark,) = person.selected()
    assert isinstance(mark, Claim)
    assert person.view.hasFocus()


def test_tab_like_cycling_visits_every_mark_under_the_caret(person):
    person.open("Hospital")
    person.put_caret("asked some of them", offset=3)
    ids = person.view.marks_at(person.view.caret())
    assert len(ids) > 1
    seen = []
    for _ in ids:
        seen.append(person.desk.selection.ids[0])
        person.press(K.Key_M)
    assert set(seen) == set(ids)


def test_marking_while_typing_in_a_field_types(person, window):
    window.workspace.library.search.setFocus()
    marks = len(person.desk.data.marks)
    person.type("qsca")
    assert window.workspace.library.search.text() == "qsca"
    assert len(person.desk.data.marks) == marks


def test_attribute_offers_the_nearest_source_first(person, window):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (claim,) = person.selected()
    person.press(K.Key_L)
    chooser = window.workspace.pane.chooser
    assert chooser.isVisible()
    person.press(K.Key_1)
    (source,) = person.desk.data.sources_of(claim.id)
    mentions = person.desk.data.mentions_of(source.id)
    assert mentions
    person.press(K.Key_L, SHIFT)
    assert person.desk.data.sources_of(claim.id) == []


def test_the_chooser_narrows_by_typing(person, window):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (claim,) = person.selected()
    person.press(K.Key_L)
    person.type("vance")
    person.press(K.Key_Return)
    (source,) = person.desk.data.sources_of(claim.id)
    assert "Vance" in person.desk.data.name_of(source)
    assert not window.workspace.pane.chooser.isVisible()


def test_a_mention_joins_another_source(person):
    person.open("Hospital")
    person.select("work there")
    person.press(K.Key_S)
    (mention,) = person.selected()
    assert isinstance(mention, SourceMention)
    person.press(K.Key_J)
    person.type("vance")
    person.press(K.Key_Return)
    joined = person.desk.data.marks[mention.id]
    assert "Vance" in person.desk.data.name_of(person.desk.data.sources[joined.source_id])


def test_a_source_dropped_on_a_claim_attributes_it(person, window):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (claim,) = person.selected()
    mention = person.desk.data.source_mentions[0]
    person.view.dropped_mark.emit(mention.id, claim.id)
    assert [s.id for s in person.desk.data.sources_of(claim.id)] == [mention.source_id]


def test_furniture_is_greyed_and_comes_back(person):
    person.open("Hospital")
    person.select("Odile Penn")
    before = person.desk.data.article.mask
    person.press(K.Key_F)
    masked = person.desk.data.article.mask
    assert len(masked) == len(before) + 1
    person.view.mask_clicked.emit(next(s for s in masked if s not in before))
    assert person.desk.data.article.mask == before


def test_reviewed_is_ticked_and_unticked(person):
    person.open("Hospital")
    person.view.setFocus()
    was = person.desk.data.article.reviewed
    person.press(K.Key_R)
    assert person.desk.data.article.reviewed is not was
    person.press(K.Key_R)
    assert person.desk.data.article.reviewed is was


def test_a_note_is_written_beside_the_words(person, window):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (claim,) = person.selected()
    person.press(K.Key_N)
    person.type("Ask the lab.")
    person.press(K.Key_Return, CTRL)
    assert [n.text for n in person.desk.data.notes_on(claim.id)] == ["Ask the lab."]
    assert person.view.hasFocus()


def test_whoever_wants_to_be_asked_is_asked_before_deleting(person, window):
    window.settings.set("confirm_delete", value=True)
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (mark,) = person.selected()
    person.press(K.Key_Delete)
    assert window.workspace.pane.chooser.isVisible()
    person.press(K.Key_2)
    assert mark.id in person.desk.data.marks
    person.press(K.Key_Delete)
    person.press(K.Key_1)
    assert mark.id not in person.desk.data.marks


def test_overlapping_marks_are_listed_in_the_menu(person, window):
    person.open("Hospital")
    person.put_caret("asked some of them", offset=3)
    lines = window.controller("navigation").marks_here()
    assert len(lines) > 1
    words, select = lines[1]
    select()
    assert person.selected()[0].anchor.quotation[:10] in words

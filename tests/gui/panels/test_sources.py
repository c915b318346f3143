"""Sources beside the text: groups, members, relations, and the words that give a reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from annotator.app.commands.fields import set_fields
from annotator.app.commands.links import attribute
from annotator.gui.models.listing import MARK_MIME, SOURCE_MIME, ids_of
from annotator.model.annotations import (
    Attribution,
    Note,
    Source,
    SourceMention,
    SourceRelation,
)
from annotator.model.vocabulary import (
    AnonymityReason,
    Identification,
    Proximity,
    SourceRelationKind,
)
from gui.panels.acts import (
    choose,
    click_row,
    drop_on,
    menu_line,
    named,
    press,
    rows,
    write,
    write_text,
)


@pytest.fixture
def pair(mark, session):
    """Make the counted group and the later mention of one of the two."""
    group = session.get(Source, mark("source", "deux sources proches du dossier").source_id)
    second = session.get(Source, mark("source", "la seconde source").source_id)
    return group, second


def fresh(session, source):
    return session.get(Source, source.id)


def test_a_group_with_its_members(panel, pair, session):
    group, second = pair
    sources = panel("sources")
    click_row(sources, 0)
    choose(sources.inspector, "Identification", "unnamed group")
    write(sources.inspector, "People stated", "2")
    assert fresh(session, group).stated_count == 2
    assert "group of 2" in rows(sources)[0]
    press(sources.inspector, "Add a member")
    (member,) = session.project.find(Source, group_id=group.id)
    assert (member.label, member.identification) == ("S1", Identification.UNNAMED_PERSON)
    assert list(sources.model.shown_ids) == [group.id, member.id, second.id]
    assert sources.model.row_of(member.id).level == 1
    write(sources.inspector, "Label of not singled out in the text", "S9")
    assert fresh(session, member).label == "S9"
    assert sources.model.shown_ids[1] == member.id
    press(sources.inspector, "Take not singled out in the text out of the group")
    assert fresh(session, member).group_id is None
    session.undo()
    assert fresh(session, member).group_id == group.id


def test_a_mention_becomes_a_member(panel, pair, session):
    group, second = pair
    set_fields(session, group, identification=Identification.UNNAMED_GROUP, stated_count=2)
    set_fields(session, second, group_id=group.id)
    mention = session.project.find(SourceMention, source_id=group.id)[0]
    sources = panel("sources")
    click_row(sources, 0)
    section = sources.inspector.form.section("places")
    actions = dict(section._actions(mention))
    actions["Make it a member of: Deux sources proches du dossier"]()
    members = session.project.find(Source, group_id=group.id)
    assert {m.label for m in members} == {"", "S1"}
    assert session.get(SourceMention, mention.id).source_id in {m.id for m in members}


def test_a_source_dropped_on_a_group_joins_it(panel, pair, session, said):
    group, second = pair
    set_fields(session, group, identification=Identification.UNNAMED_GROUP)
    sources = panel("sources")
    drop_on(sources, 0, SOURCE_MIME, [second.id])
    assert fresh(session, second).group_id == group.id
    drop_on(sources, 0, SOURCE_MIME, [group.id])
    assert fresh(session, group).group_id is None, "no group is a member of itself"
    assert said == ["These two cannot be linked."]
    click_row(sources, 1)
    menu_line(sources, "Take out of the group")
    assert fresh(session, second).group_id is None


def test_a_claim_dropped_on_a_source_rests_on_it(panel, pair, session, mark):
    claim = mark("claim", "La remise en eau n’interviendra pas avant juillet")
    quote = mark("quote", "«\u00a0Personne ne savait\u00a0»")
    sources = panel("sources")
    drop_on(sources, 1, MARK_MIME, [claim.id, quote.id])
    links = session.project.find(Attribution)
    assert {(a.content_id, a.source_id) for a in links} == {
        (claim.id, pair[1].id),
        (quote.id, pair[1].id),
    }
    assert "2 statements" in rows(sources)[1]
    session.undo()
    assert session.project.find(Attribution) == []


def test_a_mention_and_a_refusal_dropped_on_a_source(panel, pair, session, mark):
    group, second = pair
    mention = session.project.find(SourceMention, source_id=second.id)[0]
    refusal = mark("declined_comment", "n’a pas répondu")
    sources = panel("sources")
    drop_on(sources, 0, MARK_MIME, [refusal.id, mention.id])
    assert session.get(SourceMention, mention.id).source_id == group.id
    assert session.get(type(refusal), refusal.id).source_id == group.id
    assert sources.count == 1, "a source that nothing names any more goes"


def test_dragging_a_row_carries_its_id(panel, pair, mark):
    quote = mark("quote", "«\u00a0Personne ne savait\u00a0»")
    sources, quotes = panel("sources"), panel("quotes")
    mime = sources.model.mimeData([sources.model.index(1)])
    assert ids_of(mime, SOURCE_MIME) == [pair[1].id]
    assert ids_of(mime, MARK_MIME) == [pair[1].id], "the text asks for marks"
    mime = quotes.model.mimeData([quotes.model.index(0)])
    assert ids_of(mime, MARK_MIME) == [quote.id]
    assert not mime.hasFormat(SOURCE_MIME)


def test_merge_and_undo(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 0)
    click_row(sources, 1, add=True)
    menu_line(sources, "Merge into Deux sources proches du dossier")
    assert [s.id for s in session.project.find(Source)] == [pair[0].id]
    assert len(session.project.find(SourceMention, source_id=pair[0].id)) == 2
    assert sources.count == 1
    session.undo()
    assert sources.count == 2


def test_a_mention_is_split_off_and_joined_again(panel, pair, session, mark):
    mark("source", "Irène Castel", source_id=pair[1].id)
    sources = panel("sources")
    click_row(sources, 1)
    section = sources.inspector.form.section("places")
    last = session.project.find(SourceMention, source_id=pair[1].id)[1]
    dict(section._actions(last))["Make it a source of its own"]()
    assert sources.count == 3
    split = session.get(SourceMention, last.id)
    assert split.source_id not in {s.id for s in pair}
    click_row(sources, 2)
    dict(section._actions(split))["It names: La seconde source"]()
    assert session.get(SourceMention, last.id).source_id == pair[1].id
    assert sources.count == 2


def test_relations_change_the_range(panel, pair, session):
    for source in pair:
        set_fields(session, source, identification=Identification.UNNAMED_PERSON)
    sources = panel("sources")
    assert sources._range.text() == "1 to 2 distinct"
    click_row(sources, 1)
    choose(
        sources.inspector,
        "Relate to another source…",
        "Deux sources proches du dossier",
    )
    (relation,) = session.project.find(SourceRelation)
    assert relation.kind is SourceRelationKind.UNKNOWN, "nothing is guessed"
    name = "Relation to Deux sources proches du dossier"
    choose(sources.inspector, name, "independent of")
    assert sources._range.text() == "2 distinct"
    choose(sources.inspector, name, "same person as")
    assert sources._range.text() == "1 distinct"
    choose(sources.inspector, name, "origin of")
    (relation,) = session.project.find(SourceRelation)
    assert (relation.first_id, relation.kind) == (pair[0].id, SourceRelationKind.DERIVED_FROM)
    click_row(sources, 0)
    box = sources.inspector.form.section("relations")._boxes[relation.id]
    assert box.currentText() == "derived from"
    press(sources.inspector, "Forget the relation to La seconde source")
    assert session.project.find(SourceRelation) == []


def test_two_sources_are_related_from_the_menu(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 0)
    click_row(sources, 1, add=True)
    menu_line(sources, "Say: may be the same person as")
    (relation,) = session.project.find(SourceRelation)
    assert relation.kind is SourceRelationKind.MAY_BE_SAME


def test_the_words_of_the_formula_come_from_the_selection(panel, pair, session, desk, at, revealed):
    sources = panel("sources")
    click_row(sources, 1)
    revealed.clear()
    name = "Formula, select the words in the text"
    assert not named(sources.inspector, QAbstractButton, name).isEnabled()
    span = at("sous couvert d’anonymat")
    desk.set_text_selection(span, span.end)
    press(sources.inspector, "Formula, Take “sous couvert d’anonymat”")
    assert fresh(session, pair[1]).formula_spans == (span,)
    press(sources.inspector, "“sous couvert d’anonymat”")
    assert revealed == [span]
    press(sources.inspector, "Drop “sous couvert d’anonymat”")
    assert fresh(session, pair[1]).formula_spans == ()
    session.undo()
    assert fresh(session, pair[1]).formula_spans == (span,)


def test_several_sources_get_a_field_at_once(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 0)
    click_row(sources, 1, add=True)
    choose(sources.inspector, "Proximity", "familiar with the matter")
    choose(sources.inspector, "Reason for anonymity", "not stated")
    for source in pair:
        assert fresh(session, source).proximity is Proximity.FAMILIAR
        assert fresh(session, source).anonymity_reason is AnonymityReason.NOT_STATED
    session.undo()
    assert fresh(session, pair[0]).anonymity_reason is AnonymityReason.UNKNOWN
    assert fresh(session, pair[0]).proximity is Proximity.FAMILIAR


def test_f2_changes_the_label_in_place(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 1)
    QTest.keyClick(sources.list, Qt.Key.Key_F2)
    editor = named(sources.list, QLineEdit, "Rename")
    editor.setText("S2")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(0)
    assert fresh(session, pair[1]).label == "S2"
    assert rows(sources)[1].startswith("S2, “la seconde source”")


def test_selecting_a_mention_in_the_text_selects_its_source(panel, pair, session, desk):
    sources = panel("sources")
    mention = session.project.find(SourceMention, source_id=pair[1].id)[0]
    desk.select((mention.id,), origin="text")
    assert sources.list.selected_ids() == [pair[1].id]


def test_what_is_of_no_use_is_hidden_until_it_has_a_value(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 0)
    form = sources.inspector.form
    assert not form.editors["stated_count"].isVisible()
    choose(sources.inspector, "Identification", "document")
    assert not form.editors["anonymity_reason"].isVisible()
    set_fields(session, fresh(session, pair[0]), anonymity_reason=AnonymityReason.PRIVACY)
    assert form.editors["anonymity_reason"].isVisible()


def test_notes_on_a_source(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 0)
    write_text(sources.inspector, "Write a note", "Rester en coffre\u00a0: pas dans ce fichier")
    (note,) = session.project.find(Note)
    assert note.text == "Rester en coffre\u00a0: pas dans ce fichier"
    assert (note.target_table, note.target_id) == ("source", pair[0].id)
    write_text(sources.inspector, "Note 1", "autre")
    assert session.get(Note, note.id).text == "autre"
    write_text(sources.inspector, "Write a note", "deux")
    assert len(session.project.find(Note)) == 2
    press(sources.inspector, "Delete note 1")
    assert [n.text for n in session.project.find(Note)] == ["deux"]
    click_row(sources, 1)
    assert sources.inspector.form.section("notes")._lines == {}
    session.undo()
    click_row(sources, 0)
    assert len(sources.inspector.form.section("notes")._lines) == 2


def test_delete_takes_the_places_along(panel, pair, session):
    sources = panel("sources")
    click_row(sources, 1)
    QTest.keyClick(sources.list, Qt.Key.Key_Delete)
    assert [s.id for s in session.project.find(Source)] == [pair[0].id]
    assert len(session.project.find(SourceMention)) == 1


def test_orders_keep_members_with_their_group(panel, pair, session, mark):
    group, second = pair
    named_one = session.get(Source, mark("source", "Irène Castel").source_id)
    set_fields(session, group, identification=Identification.UNNAMED_GROUP)
    set_fields(session, second, group_id=group.id, label="S1")
    set_fields(session, named_one, identification=Identification.NAMED_PERSON, label="A")
    claim = mark("claim", "Hydrolac est cotée")
    attribute(session, [claim], fresh(session, named_one))
    sources = panel("sources")
    assert list(sources.model.shown_ids) == [group.id, second.id, named_one.id]
    for order in ("name", "weight"):
        sources.bar.order_changed.emit(order)
        assert list(sources.model.shown_ids) == [named_one.id, group.id, second.id]
    sources.bar.order_changed.emit("identification")
    assert list(sources.model.shown_ids) == [group.id, second.id, named_one.id]


def test_a_link_to_another_source_selects_it_here(panel, pair, session):
    group, second = pair
    set_fields(session, group, identification=Identification.UNNAMED_GROUP)
    set_fields(session, second, group_id=group.id, label="S1")
    sources = panel("sources")
    click_row(sources, 0)
    press(sources.inspector, "“la seconde source”")
    assert sources.list.selected_ids() == [second.id]

"""Actors beside the text: names, merging, splitting, and every mention of a name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annotator.app.commands.actors import add_actor
from annotator.app.commands.marks import add_mark
from annotator.model.annotations import Actor, Mention
from annotator.model.span import Span
from annotator.model.vocabulary import ActorKind, MarkKind
from gui.panels.acts import choose, click_row, menu_line, named, press, rows, write


@pytest.fixture
def hydrolac(mark, session):
    return session.get(Actor, mark("actor", "Hydrolac").actor_id)


def test_rows_say_kind_names_and_count(panel, hydrolac, session):
    actors = panel("actors")
    click_row(actors, 0)
    choose(actors.inspector, "Kind of actor", "organisation")
    write(actors.inspector, "another name", "la société")
    assert rows(actors) == ["Hydrolac, organisation · la société, 1"]
    choose(actors.inspector, "Language of other name 1", "fr")
    (alias,) = session.get(Actor, hydrolac.id).aliases
    assert (alias.name, alias.language) == ("la société", "fr")
    write(actors.inspector, "Other name 1", "la compagnie")
    assert session.get(Actor, hydrolac.id).aliases[0].name == "la compagnie"
    press(actors.inspector, "Drop other name 1")
    assert session.get(Actor, hydrolac.id).aliases == ()
    for _ in range(5):
        session.undo()
    assert session.get(Actor, hydrolac.id).kind is ActorKind.UNKNOWN


def test_a_new_name_keeps_the_old_one(panel, hydrolac, session):
    actors = panel("actors")
    click_row(actors, 0)
    write(actors.inspector, "Name", "Hydrolac SA")
    actor = session.get(Actor, hydrolac.id)
    assert actor.name == "Hydrolac SA"
    assert [a.name for a in actor.aliases] == ["Hydrolac"]
    click_row(actors, 0)
    QTest.keyClick(actors.list, Qt.Key.Key_F2)
    editor = named(actors.list, QLineEdit, "Rename")
    editor.setText("Hydrolac")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(0)
    assert session.get(Actor, hydrolac.id).name == "Hydrolac"


def test_every_mention_is_marked_after_a_look(panel, hydrolac, session, desk, revealed):
    actors = panel("actors")
    click_row(actors, 0)
    press(actors, "Mark every mention…")
    model = actors.preview.model
    assert model.rowCount() == 1
    assert not actors.inspector.isVisible()
    found = model.found_at(model.index(0))
    assert found.words == "Hydrolac"
    assert found.before.endswith("dirige Hydrolac. ")
    assert revealed[-1] == found.span
    assert actors.preview.mark.text() == "Mark 1 mention"
    press(actors.preview, "None")
    assert not actors.preview.mark.isEnabled()
    press(actors.preview, "All")
    actors.preview.mark.click()
    assert len(session.project.find(Mention, actor_id=hydrolac.id)) == 2
    assert not actors.preview.isVisible()
    assert actors.inspector.isVisible()
    session.undo()
    assert len(session.project.find(Mention, actor_id=hydrolac.id)) == 1


def test_the_space_bar_and_a_click_untick(panel, hydrolac):
    actors = panel("actors")
    click_row(actors, 0)
    actors.mark_every()
    view, model = actors.preview.list, actors.preview.model
    place = view.visualRect(model.index(0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.ticked() == []
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert len(model.ticked()) == 1


def test_the_whole_project_is_searched_off_the_window(panel, mark, other, session, qtbot):
    actor = session.get(Actor, mark("actor", "Verne").actor_id)
    actors = panel("actors")
    click_row(actors, 0)
    actors.mark_every()
    choose(actors.preview, "Where to look", "Whole project")
    model = actors.preview.model
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    assert {model.found_at(model.index(n)).article_id for n in range(3)} == {
        actor_article(session, actor),
        other.id,
    }
    model.setData(model.index(0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    actors.preview.mark.click()
    assert len(session.project.find(Mention, actor_id=actor.id)) == 3
    assert session.undo_entry.label == "mark-mentions"


def actor_article(session, actor):
    return session.project.find(Mention, actor_id=actor.id)[0].article_id


def test_cancel_marks_nothing(panel, hydrolac, session):
    actors = panel("actors")
    click_row(actors, 0)
    actors.mark_every()
    press(actors.preview, "Cancel")
    assert len(session.project.find(Mention)) == 1
    assert actors.inspector.isVisible()


def test_merge_keeps_names_and_mentions(panel, mark, session, hydrolac):
    castel = session.get(Actor, mark("actor", "Irène Castel").actor_id)
    actors = panel("actors")
    actors.bar.order_changed.emit("name")
    click_row(actors, 0)
    click_row(actors, 1, add=True)
    menu_line(actors, "Merge into Hydrolac")
    (actor,) = session.project.find(Actor)
    assert actor.id == hydrolac.id
    assert [a.name for a in actor.aliases] == ["Irène Castel"]
    assert len(session.project.find(Mention, actor_id=actor.id)) == 2
    session.undo()
    assert {a.id for a in session.project.find(Actor)} == {hydrolac.id, castel.id}


def test_mentions_across_articles_and_a_split(panel, mark, other, session, desk, revealed):
    actor = session.get(Actor, mark("actor", "Verne").actor_id)
    start = "À Verne, le maire de Verne".rindex("Verne")
    there = add_mark(session, other.id, MarkKind.ACTOR, [Span(start, start + 5)], actor_id=actor.id)
    actors = panel("actors")
    click_row(actors, 0)
    section = actors.inspector.form.section("mentions")
    assert section.model.rowCount() == 2
    assert "Le maire attend" in section.model.row_of(there.id).text
    place = section.list.visualRect(section.model.index_of(there.id)).center()
    QTest.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.article_id == other.id
    assert revealed[-1] == there.spans[0]
    press(actors.inspector, "Make the selected an actor of their own")
    assert session.get(Mention, there.id).actor_id != actor.id
    assert len(session.project.find(Actor)) == 2
    session.undo()
    assert session.get(Mention, there.id).actor_id == actor.id


def test_the_project_switch_lists_all(panel, hydrolac, other, session, desk):
    add_actor(session, "Nordhaven", ActorKind.STATE)
    actors = panel("actors")
    assert actors.count == 1
    actors.scope.click()
    assert sorted(rows(actors)) == [
        "Hydrolac, no kind, no other name yet, 1",
        "Nordhaven, state, 0",
    ]
    desk.open_article(other.id)
    assert actors.count == 2
    actors.scope.click()
    assert actors.count == 0


def test_an_actor_is_added_by_hand(panel, session, desk, at):
    actors = panel("actors")
    span = at("Irène Castel")
    desk.set_text_selection(span, span.end)
    menu_line(actors, "Add an actor")
    assert [a.name for a in session.project.find(Actor)] == ["Irène Castel"]
    assert actors.list.selected_ids() == [session.project.find(Actor)[0].id]


def test_deleting_an_actor_unmarks_its_mentions(panel, hydrolac, session):
    actors = panel("actors")
    click_row(actors, 0)
    menu_line(actors, "Delete with all mentions")
    assert session.project.find(Mention) == []
    session.undo()
    assert len(session.project.find(Mention)) == 1


def test_selecting_a_mention_in_the_text_selects_its_actor(panel, hydrolac, session, desk):
    actors = panel("actors")
    mention = session.project.find(Mention)[0]
    desk.select((mention.id,), origin="text")
    assert actors.list.selected_ids() == [hydrolac.id]

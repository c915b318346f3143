"""Marks whose words are not where they stand are listed until they are placed again."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.annotations import Anchor, Quote
from annotator.model.changes import ChangeSet, insert, update
from annotator.model.span import Span
from annotator.text.anchors import make_anchor
from unit.store.making import TEXT, at, do, new_text, problems, quote


def listed(project):
    return [(one.mark, one.reason) for one in project.unplaced()]


def test_marks_in_their_place_are_not_listed(project, one):
    made = quote(one)
    do(project, "mark", insert(made), insert(Quote("wordless", one.id, (Span(0, 3),))))
    assert listed(project) == []
    assert project.verify_article(one.id) == []
    assert project.verify_article("no such article") == []


def test_a_mark_on_other_words_is_listed_until_it_is_right(project, one):
    made = quote(one)
    moved = replace(made, spans=(Span(0, 18),))
    lost = replace(quote(one), anchor=Anchor("words that are not there", "x", "y"))
    outside = replace(quote(one), spans=(Span(5000, 5018),))
    do(project, "mark", insert(moved), insert(lost), insert(outside))
    assert sorted(listed(project), key=lambda row: row[0].id) == sorted(
        [(moved, "moved"), (lost, "gone"), (outside, "moved")], key=lambda row: row[0].id
    )
    assert {m.id for m in project.verify_article(one.id)} == {moved.id, lost.id, outside.id}
    do(project, "place", update(moved, made))
    assert len(listed(project)) == 2
    project.undo()
    assert len(listed(project)) == 3
    project.undo()
    assert listed(project) == []


def test_a_new_text_is_compared_with_all_marks(project, one):
    made = [quote(one), quote(one, "deux sources")]
    do(project, "mark", *map(insert, made))
    other = new_text("Autre titre.\n" + TEXT.replace("deux sources", "trois personnes"))
    changed = replace(one, text_digest=other.text.digest)
    start, end = at("Personne ne savait", other.text.text)
    placed = replace(
        made[0],
        spans=(Span(start, end),),
        anchor=make_anchor(other.text.text, (Span(start, end),)),
    )
    changes = (update(one, changed), update(made[0], placed))
    project.commit(ChangeSet("reread", changes, texts=(other,)))
    assert [(m, reason) for m, reason in listed(project)] == [(made[1], "gone")]
    assert problems(project) == ["words"]
    project.undo()
    assert listed(project) == []
    assert problems(project) == []


def test_damage_is_listed_when_the_article_is_opened(project, one):
    made = quote(one)
    do(project, "mark", insert(made))
    project._connection.run("UPDATE quote SET spans = '[1,19]'")
    damaged = replace(made, spans=(Span(1, 19),))
    with project.reader() as reader:
        assert reader.verify_article(one.id) == [damaged]
    assert listed(project) == []
    assert project.verify_article(one.id) == [damaged]
    assert listed(project) == [(damaged, "moved")]
    project._connection.run(
        "UPDATE quote SET spans = ?", (f"[{made.spans[0].start},{made.spans[0].end}]",)
    )
    assert project.verify_article(one.id) == []
    assert listed(project) == []

"""Proposals come and go without a step of undo, and never stand in the way of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.changes import ChangeSet, delete, insert, update
from annotator.model.errors import BugError, UserError
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind
from unit.store.making import add_articles, article, do, problems, quote


def suggestion(of, name, **fields):
    return Suggestion(name, of.id, MarkKind.QUOTE, (Span(0, 3),), "rule@1", 0.5, **fields)


def test_fresh_proposals_take_the_place_of_waiting_ones_only(project, one):
    first, second = suggestion(one, "1"), suggestion(one, "2")
    project.put_suggestions(one.id, [first, second])
    decided = replace(first, decision=Decision.REJECTED, decided_at="2031")
    do(project, "reject", update(first, decided))
    third, again = suggestion(one, "3"), replace(first, score=0.9)
    touched = project.put_suggestions(one.id, [again, third])
    assert touched.tables == {"suggestion"}
    assert project.find(Suggestion) == [decided, third]
    assert project.undo_entry.label == "reject"
    assert problems(project) == []


def test_undoing_an_import_takes_the_proposals_with_it(project, one):
    project.put_suggestions(one.id, [suggestion(one, "1")])
    project.undo()
    assert project.find(Suggestion) == []
    assert project.article_count() == 0
    project.redo()
    assert project.article_count() == 1
    assert problems(project) == []


def test_an_accepted_proposal_can_be_undone_and_redone(project, one):
    waiting = suggestion(one, "1")
    project.put_suggestions(one.id, [waiting])
    made = quote(one)
    accepted = replace(waiting, decision=Decision.ACCEPTED, accepted_id=made.id, decided_at="2031")
    do(project, "accept", update(waiting, accepted), insert(made))
    project.undo()
    project.put_suggestions(one.id, [suggestion(one, "2")])  # leaves what a redo needs
    assert {s.id for s in project.find(Suggestion)} == {"1", "2"}
    project.redo()
    assert project.get(Suggestion, "1") == accepted
    assert problems(project) == []


def test_the_number_of_a_deleted_proposal_is_not_given_again(project, one):
    (other,) = add_articles(project, article())
    gone = suggestion(one, "1")
    project.put_suggestions(one.id, [gone])
    do(project, "delete", delete(gone))
    project.put_suggestions(other.id, [suggestion(other, "2")])
    project.undo()
    assert {s.id for s in project.find(Suggestion)} == {"1", "2"}


def test_a_step_on_proposals_that_have_changed_since_is_passed_over(project, one):
    imported = suggestion(one, "1"), suggestion(one, "2")
    made = quote(one)
    do(project, "import", insert(made), *map(insert, imported))
    changed = replace(imported[0], score=0.9)
    project.put_suggestions(one.id, [changed])
    touched = project.undo()
    assert touched.tables == {"quote", "suggestion"}
    assert project.find(Suggestion) == []
    project.redo()
    assert project.find(Suggestion) == [changed]
    do(project, "delete", delete(changed), delete(made))
    project.put_suggestions(one.id, [imported[0]])
    project.undo()
    assert project.find(Suggestion) == [imported[0]]
    assert problems(project) == []


def test_proposals_are_refused_where_nothing_may_be_written(project, one):
    with pytest.raises(BugError, match="broken-reference"):
        project.put_suggestions("nowhere", [suggestion(article(), "1")])
    with project.reader() as reader, pytest.raises(UserError, match="project-read-only"):
        reader.put_suggestions(one.id, [])
    assert project.commit(ChangeSet("nothing", ())).tables == frozenset()

"""Kept audits last until something of their article changes, and never longer."""

from dataclasses import replace

import pytest

from annotator.model.annotations import Actor, Note
from annotator.model.changes import delete, insert, update
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.model.vocabulary import MarkKind
from annotator.store import ArticleQuery
from unit.store.making import add_articles, article, do, mention, problems, quote

STAMP = "audit-1/own-1"


@pytest.fixture
def two(project):
    """Two articles whose audits are kept."""
    made = add_articles(project, article(outlet="A"), article(outlet="B", published="2031-03-14"))
    keep(project, *made)
    return made


def keep(project, *articles):
    project.keep_audits(STAMP, {one.id: f"[{n}]" for n, one in enumerate(articles)})


def test_what_was_kept_comes_back_with_what_a_project_is_sorted_by(project, two):
    found = project.audits(STAMP)

    assert {(row.article_id, row.outlet, row.line) for row in found} == {
        (two[0].id, "A", "[0]"),
        (two[1].id, "B", "[1]"),
    }
    assert {row.published for row in found} == {None, two[1].published}
    assert [row.article_id for row in found] == sorted(one.id for one in two)
    assert found == project.audits(STAMP)
    assert project.audits_missing(STAMP) == []
    assert {row.line for row in project.audits("another")} == {None}
    assert project.audits_missing("another") == [one.id for one in two]


def test_a_change_lets_go_of_its_article_and_of_no_other(project, two):
    note = Note("n", "article", two[0].id, two[0].id, "look here")
    for change in (
        insert(quote(two[0])),
        insert(note),
        update(two[0], replace(two[0], reviewed=True)),
    ):
        keep(project, *two)
        do(project, "step", change)
        assert project.audits_missing(STAMP) == [two[0].id]
        keep(project, *two)
        project.undo()
        assert project.audits_missing(STAMP) == [two[0].id]
        project.redo()


def test_a_proposal_changes_no_audit(project, two):
    project.put_suggestions(
        two[0].id,
        [Suggestion("s", two[0].id, MarkKind.QUOTE, (Span(0, 2),), "rule", 0.5, quotation="Le")],
    )
    assert project.audits_missing(STAMP) == []


def test_an_actor_that_changes_concerns_the_articles_that_mention_it(project, two):
    actor = Actor("actor", "Hydrolac")
    do(project, "mark", insert(actor), insert(mention(two[1], actor)))
    keep(project, *two)

    do(project, "rename", update(actor, replace(actor, name="Hydrolac SA")))

    assert project.audits_missing(STAMP) == [two[1].id]


def test_a_deleted_article_leaves_nothing_behind(project, two):
    do(project, "delete", delete(two[1]))
    again = add_articles(project, article(outlet="C"))

    assert project.audits_missing(STAMP) == [again[0].id]
    project.keep_audits(STAMP, {two[1].id: "[9]"})
    lines = {row.article_id: row.line for row in project.audits(STAMP)}
    assert lines == {two[0].id: "[0]", again[0].id: None}
    assert problems(project) == []


def test_a_rebuild_lets_go_of_all(project, two):
    project.rebuild()
    assert project.audits_missing(STAMP) == [one.id for one in two]


def test_the_library_keeps_to_given_articles(project, two):
    def ids(**query):
        return [row.id for row in project.articles(ArticleQuery(**query)).rows]

    assert ids(article_ids=(two[1].id,)) == [two[1].id]
    assert ids(article_ids=(two[1].id, "nobody"), search="barrage") == [two[1].id]
    assert ids(article_ids=(two[1].id,), search="barrage", order="relevance") == [two[1].id]
    assert ids(article_ids=(two[1].id,), search="barrage", order="headline") == [two[1].id]
    assert ids(article_ids=(two[1].id,), outlet="A") == []
    assert ids(article_ids=()) == []

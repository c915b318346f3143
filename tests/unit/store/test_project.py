"""One action, one transaction: stored whole, undone whole, redone whole."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace

import pytest

from annotator.model.annotations import (
    Actor,
    Attribution,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
    Stamp,
)
from annotator.model.article import Article
from annotator.model.changes import Change, ChangeSet, delete, insert, update
from annotator.model.errors import BugError, UserError
from annotator.model.vocabulary import MarkKind, QuoteKind
from annotator.store import Project
from unit.store.making import (
    TEXT,
    add_articles,
    article,
    at,
    do,
    everything,
    mark,
    mention,
    new_text,
    problems,
    quote,
)


def test_a_new_project_is_empty_and_named(project):
    assert (project.name, project.article_count(), project.history()) == ("Test", 0, [])
    assert project.undo() is None
    assert project.redo() is None
    assert not project.was_interrupted


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_can_read_it(project, one):
    files = list(project.path.parent.glob("p.annotator*"))
    assert len(files) >= 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_closing_leaves_one_file(tmp_path):
    with Project.create(tmp_path / "p.annotator") as project:
        add_articles(project, article())
    assert [file.name for file in tmp_path.iterdir()] == ["p.annotator"]


def test_records_come_back_as_they_were(project, one):
    made = quote(one, kind=QuoteKind.DIRECT, stamp=Stamp("A", "2031", "2031", "human"))
    do(project, "mark", insert(made))
    assert project.get(Quote, made.id) == made
    assert project.get(Quote, "no such id") is None
    assert project.find(Quote, article_id=one.id, kind=QuoteKind.DIRECT) == [made]
    assert project.find(Quote, kind=QuoteKind.MIXED) == []


def test_find_takes_none_and_several_values(project, one):
    first, second = Source("s1", one.id), Source("s2", one.id, group_id="s1")
    do(project, "sources", insert(first), insert(second))
    assert project.find(Source, group_id=None) == [first]
    assert project.find(Source, id=("s2", "s1", "s9")) == [first, second]
    assert project.find(Source, id=()) == []


def test_text_and_original_bytes(project):
    latin = new_text("déjà vu\n", original="déjà vu\r\n".encode("cp1252"))
    big = new_text("x\n" * 3000, original=b"x\r\n" * 3000)
    made = article(latin), article(big), article()
    add_articles(project, *made, texts=(latin, big, new_text()))
    assert project.text(made[0].id) == latin.text
    assert [project.original(a.id) for a in made] == [latin.original, big.original, TEXT.encode()]
    assert project.find_by_original(latin.text.original_digest) == [made[0]]
    assert project.find_by_text(big.text.digest) == [made[1]]
    assert project.find_by_original("nothing") == []


def test_a_text_is_kept_once_and_never_undone(project):
    made = add_articles(project, article(), article())
    project.undo()
    assert project.article_count() == 0
    assert project.text_by_digest(made[0].text_digest) == new_text().text
    with pytest.raises(UserError, match="article-missing"):
        project.text(made[0].id)


def test_a_text_that_is_not_its_digest_is_refused(project):
    good = new_text()
    wrong = replace(good, text=replace(good.text, text="other words"))
    with pytest.raises(BugError, match="wrong-digest"):
        project.commit(ChangeSet("import", (insert(article()),), texts=(wrong,)))
    assert project.article_count() == 0


def test_undo_and_redo_by_name_and_across_a_restart(project, one):
    made = quote(one)
    changed = replace(made, kind=QuoteKind.SCARE)
    project.commit(ChangeSet("mark", (insert(made),), (("kind", "quote"),)))
    do(project, "kind", update(made, changed))
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert again.undo_entry.label == "kind"
        assert again.undo().label == "kind"
        assert again.get(Quote, made.id) == made
        touched = again.undo()
        assert (touched.label, touched.label_values) == ("mark", (("kind", "quote"),))
        assert touched.changes == (Change(made, None),)
        assert touched.articles == {one.id}
        assert again.get(Quote, made.id) is None
        assert again.redo_entry.label == "mark"
    with Project.open(path) as again:
        again.redo()
        assert again.redo().changes == (Change(made, changed),)
        assert again.redo() is None
        assert again.get(Quote, made.id) == changed
        assert problems(again) == []


def test_a_new_action_after_undo_cuts_the_redo_branch_but_keeps_it_in_the_history(project, one):
    first, second = quote(one), quote(one, "deux sources")
    do(project, "first", insert(first))
    project.undo()
    do(project, "second", insert(second))
    assert project.redo() is None
    history = [(e.label, e.undone, e.cut) for e in project.history()]
    assert history == [
        ("second", False, False),
        ("first", True, True),
        ("import", False, False),
    ]
    assert project.last_action.label == "second"
    project.undo()
    assert [e.label for e in project.history() if e.undone and not e.cut] == ["second"]


def test_undo_puts_a_deleted_record_back_in_its_order(project, one):
    made = [quote(one), quote(one, "deux sources"), quote(one, "La remise en eau")]
    do(project, "mark", *map(insert, made))
    do(project, "delete", delete(made[1]))
    assert project.find(Quote) == [made[0], made[2]]
    project.undo()
    assert project.find(Quote) == made


def test_an_action_may_change_a_record_twice_and_in_any_order_of_references(project, one):
    actor = Actor("actor", "Hydrolac")
    made = mention(one, actor)
    later = replace(made, sentence=7)
    do(project, "mark", insert(made), insert(actor), update(made, later))
    before = everything(project)
    assert project.mention_places().sentence.tolist() == [7]
    project.undo()
    assert project.find(Mention) == project.find(Actor) == []
    project.redo()
    assert everything(project) == before
    assert problems(project) == []


def test_deleting_an_article_with_everything_in_it_and_undoing_that(project, one):
    source, said, named = (
        Source("s", one.id),
        quote(one),
        mark(SourceMention, one, at("la seconde"), source_id="s"),
    )
    link = Attribution("l", one.id, said.id, "s", mention_id=named.id)
    note = Note("n", "quote", said.id, one.id, "sic")
    made = (source, said, named, link, note)
    do(project, "mark", *map(insert, made))
    before = everything(project)
    do(project, "delete", *map(delete, reversed(made)), delete(one))
    assert project.article_count() == 0
    assert project.articles().rows == []
    project.undo()
    assert everything(project) == before
    assert project.articles().rows[0].sources == 1
    assert problems(project) == []
    project.redo()
    assert project.find(Quote) == []


@pytest.mark.parametrize("change", [update, lambda before, _: delete(before)])
def test_a_stale_change_is_refused_whole(project, one, change):
    made = quote(one)
    do(project, "mark", insert(made))
    do(project, "kind", update(made, replace(made, kind=QuoteKind.MIXED)))
    other = quote(one, "deux sources")
    stale = change(made, replace(made, kind=QuoteKind.SCARE))
    with pytest.raises(BugError, match="stale-change"):
        do(project, "late", insert(other), stale)
    assert project.find(Quote) == [replace(made, kind=QuoteKind.MIXED)]
    assert project.last_action.label == "kind"


def test_an_id_cannot_be_taken_twice_nor_changed(project, one):
    made = quote(one)
    do(project, "mark", insert(made))
    with pytest.raises(BugError, match="stale-change"):
        do(project, "again", insert(made))
    with pytest.raises(BugError, match="stale-change"):
        do(project, "rename", update(made, replace(made, id="other")))
    with pytest.raises(BugError, match="bad-id"):
        do(project, "odd", insert(replace(quote(one), id="two\nlines")))
    assert project.find(Quote) == [made]
    assert problems(project) == []


def test_a_link_to_nothing_is_refused(project, one):
    for wrong in (mention(one, Actor("nobody", "N")), quote(article()), Source("s", "no article")):
        with pytest.raises(BugError, match="broken-reference"):
            do(project, "mark", insert(wrong))
    with pytest.raises(BugError, match="broken-reference"):
        do(project, "delete", insert(quote(one)), delete(one))
    assert everything(project)["article"] == [one]


def test_marks_come_in_text_order_and_by_kind(project, one):
    outer = quote(one, "Personne ne savait\u00a0», a dit la seconde")
    inner = mark(SourceMention, one, at("la seconde"))
    early = quote(one, "deux sources")
    same = mark(Quote, one, at("Personne ne savait"))
    do(project, "mark", *map(insert, (inner, same, outer, early)))
    assert project.marks(one.id) == [early, outer, same, inner]
    assert project.marks(one.id, {MarkKind.SOURCE}) == [inner]
    assert project.marks("no such article") == []


def test_a_reader_sees_what_is_committed_and_changes_nothing(project, one):
    made = quote(one)
    with project.reader() as reader:
        do(project, "mark", insert(made))
        assert reader.find(Quote) == [made]
        assert reader.read_only
        for act in (reader.undo, reader.redo, reader.rebuild):
            with pytest.raises(UserError, match="project-read-only"):
                act()
        with pytest.raises(UserError, match="project-read-only"):
            do(reader, "mark", delete(made))
        with pytest.raises(UserError, match="project-read-only"):
            reader.set_setting("a", "b")


def test_settings_are_kept_and_no_action(project):
    assert project.setting("zoom", "1") == "1"
    project.set_setting("zoom", "1.2")
    assert project.setting("zoom") == "1.2"
    assert project.undo_entry is None


def test_a_big_action_is_undone_whole(project):
    made = [article() for _ in range(300)]
    add_articles(project, *made)
    changed = [replace(a, reviewed=True) for a in made]
    do(project, "review", *map(update, made, changed))
    project.undo()
    assert project.find(Article) == made
    project.undo()
    assert project.article_count() == 0
    project.redo()
    project.redo()
    assert project.find(Article) == changed
    assert problems(project) == []


def test_mentions_of_an_actor_are_counted(project, one):
    actor, other = Actor("a1", "Hydrolac"), Actor("a2", "Castel")
    made = [mention(one, actor), mention(one, other, "Castel"), mention(one, actor)]
    do(project, "mark", insert(actor), insert(other), *map(insert, made))
    assert project.actor_counts() == {"a1": 2, "a2": 1}
    assert project.mentions_of("a1") == [made[0], made[2]]
    assert project.mentions_of("a1", limit=1) == [made[0]]

"""A check finds every kind of damage and says which; what can be computed is computed again."""

from __future__ import annotations

import pytest

from annotator import i18n
from annotator.model.annotations import Actor, Source
from annotator.model.changes import insert
from unit.store.making import add_articles, article, do, mention, new_text, problems, quote


@pytest.fixture
def marked(project, one):
    """A project with one of everything that a check looks at."""
    actor = Actor("a", "Hydrolac")
    latin = new_text("déjà vu\n", original=b"d\xe9j\xe0 vu\n")
    add_articles(project, article(latin, outlet="B"), texts=(latin,))
    do(project, "mark", insert(quote(one)), insert(actor), insert(mention(one, actor)))
    do(project, "source", insert(Source("s", one.id)))
    project.undo()
    return project


def test_a_good_project(marked):
    seen = []
    report = marked.check(lambda done, total, message_id: seen.append((done, total)))
    assert report.ok
    assert (report.texts, report.articles, report.marks, report.steps) == (2, 2, 2, 4)
    assert seen[-1] == (8, 8)


def test_a_check_can_be_stopped_and_a_reader_can_do_it(marked):
    def stop(done, total, message_id):
        raise KeyboardInterrupt

    with marked.reader() as reader, pytest.raises(KeyboardInterrupt):
        reader.check(stop)
    with marked.reader() as reader:
        assert reader.check().ok


@pytest.mark.parametrize(
    ("damage", "found", "healed"),
    [
        ("UPDATE text SET body = replace(body, 'sav', 's')", {"text", "words", "derived"}, False),
        ("UPDATE text SET original = x'00', packing = 0 WHERE nr = 2", {"original"}, False),
        ("UPDATE text SET original = x'00', packing = 1 WHERE nr = 2", {"text"}, False),
        ("UPDATE quote SET spans = '[1,2]'", {"words", "derived"}, False),
        ("UPDATE quote SET anchor = '[]'", {"wordless"}, False),
        ("UPDATE quote SET kind = 'nonsense'", {"row"}, False),
        ("UPDATE actor SET aliases = '{'", {"row"}, False),
        ("UPDATE mention SET actor_id = 'nobody'", {"reference", "derived"}, False),
        ("UPDATE journal SET changes = 'x' WHERE nr = 2", {"step"}, False),
        ("UPDATE journal SET changes = '[[\"nonsense\",\"id\"]]' WHERE nr = 2", {"step"}, False),
        ("UPDATE shelf SET quotes = 7", {"derived"}, True),
        ("UPDATE shelf SET outlet = 'x'", {"derived"}, True),
        ("DELETE FROM shelf WHERE article = 1", {"derived"}, True),
        ("DELETE FROM span_page", {"derived"}, True),
        ("UPDATE span_page SET kinds = zeroblob(length(kinds))", {"derived"}, True),
        ("DELETE FROM place_page", {"derived"}, True),
        ("INSERT INTO place_page SELECT 99 << 24, places FROM place_page", {"derived"}, True),
        ("INSERT INTO unplaced VALUES ('m', 'quote', 1, 'gone')", {"derived"}, True),
        ("INSERT INTO search (search) VALUES ('delete-all')", {"derived"}, True),
        ("INSERT INTO search (rowid, headline) VALUES (5, 'intruder')", {"derived"}, True),
        ("CREATE TABLE extra (a)", {"part-unknown"}, False),
        ("DROP INDEX quote_article_id", {"part-missing"}, False),
        ("ALTER TABLE note ADD COLUMN extra TEXT", {"part-changed"}, False),
    ],
)  # fmt: skip
def test_damage_is_found(marked, damage, found, healed):
    marked._connection.run("PRAGMA foreign_keys = OFF")
    marked._connection.run(damage)
    report = marked.check()
    assert {problem.message_id for problem in report.problems} == found
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert not any("{" in str(p) or str(p).startswith("store.") for p in report.problems)
    i18n.set_language("en")
    if healed:
        marked.rebuild()
        assert problems(marked) == []


def test_many_problems_of_a_kind_become_a_number(project, one):
    do(project, "mark", *[insert(quote(one)) for _ in range(30)])
    project._connection.run("UPDATE quote SET anchor = '[]'")
    report = project.check()
    assert [p.message_id for p in report.problems] == ["wordless"] * 20 + ["more"]
    assert str(report.problems[-1]).startswith("10 ")

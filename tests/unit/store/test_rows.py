"""No question about records reads a whole table where an index could answer it."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.model.annotations import Actor, Mention, Source
from annotator.model.changes import TABLES, ChangeSet, insert
from annotator.store import Project
from annotator.store.codec import codec_for
from annotator.store.rows import where
from annotator.store.schema import INDEX_STATEMENTS
from annotator.text.canonical import canonicalise
from helpers.strategies import hostile_text
from unit.store.making import (
    add_articles,
    article,
    digest,
    do,
    mention,
    new_text,
    problems,
    quote,
)


def plan(project, table, equals):
    codec = codec_for(table)
    sql, values = where(codec, equals)
    rows = project._connection.rows(f"EXPLAIN QUERY PLAN {codec.select}{sql} ORDER BY nr", values)
    return [row[3] for row in rows]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in TABLES
        for column in codec_for(table).columns
        if column == "id" or f"{table}_{column}" in INDEX_STATEMENTS
        if codec_for(table).scalars >= {column}
    ],
)
def test_indexed_fields_are_found_by_their_index(project, table, column):
    for value in ("x", ("x", "y")):
        steps = plan(project, table, {column: value})
        assert steps[0].startswith(f"SEARCH {table} USING"), steps


def test_the_narrower_index_leads(project, one):
    steps = plan(project, "mention", {"actor_id": "a", "article_id": one.id})
    assert "mention_article_id" in steps[0]


def test_undo_and_redo_ask_an_index(project):
    for state in (0, 1):
        rows = project._connection.rows(
            "EXPLAIN QUERY PLAN SELECT nr FROM journal WHERE state = ? ORDER BY nr LIMIT 1",
            (state,),
        )
        assert "USING" in rows[0][3]


def test_many_values_and_nothing(project, one):
    actors = [Actor(f"a{n}", "A") for n in range(3)]
    do(project, "actors", *map(insert, actors))
    assert project.find(Actor, id=[f"a{n}" for n in range(50_000)]) == actors
    assert project.find(Mention, actor_id=None) == []
    assert project.find(Source, stated_count={0, 1}) == []
    with pytest.raises(ValueError, match="aliases"):
        project.find(Actor, aliases="x")


def test_a_reader_serves_a_worker_thread(project, one):
    actor = Actor("a", "Hydrolac")
    do(project, "mark", insert(actor), insert(mention(one, actor)))
    found = []

    def work(reader):
        with reader:
            found.extend(
                [reader.find(Mention), reader.mention_places().actor_ids, reader.check().ok]
            )

    thread = threading.Thread(target=work, args=(project.reader(),))
    thread.start()
    thread.join()
    assert [len(found[0]), *found[1:]] == [1, ["a"], True]


def test_a_reader_that_closes_last_leaves_a_whole_file(tmp_path):
    project = Project.create(tmp_path / "p.annotator")
    (one,) = add_articles(project, article())
    reader = project.reader()
    assert reader.article_count() == 1
    do(project, "mark", insert(quote(one)))
    project.close()
    logs = [p for p in tmp_path.iterdir() if p.name.endswith("-wal")]
    assert [p.stat().st_size for p in logs] in ([], [0])
    reader.close()
    with Project.open(tmp_path / "p.annotator") as again:
        assert not again.was_interrupted
        assert problems(again) == []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(raw=hostile_text)
def test_any_text_is_kept_as_it_is(project, raw):
    text = new_text(canonicalise(raw).text or "x", raw.encode("utf-8", "surrogatepass"))
    made = article(text, headline=text.text.text[:80], file_name=text.text.text[:20])
    project.commit(ChangeSet("import", (insert(made),), texts=(text,)))
    assert project.text(made.id).text == text.text.text
    assert project.find(type(made), id=made.id) == [made]
    assert digest(project.original(made.id)) == project.text(made.id).original_digest

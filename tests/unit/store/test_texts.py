"""A file of many articles is kept once; its bytes come back for each of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotator.model.changes import ChangeSet, insert
from annotator.model.errors import DataError
from annotator.store import Project
from annotator.store.likeness import KeptLikeness
from annotator.store.salvage import salvage
from unit.store.making import article, new_text

EXPORT = "Document 1\nUn texte.\nDocument 2\nUn autre texte.\n".encode("utf-16")


def packings(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT packing FROM text ORDER BY nr")]


@pytest.fixture
def parts():
    return [new_text(f"Un texte, le {n}e.\n", EXPORT) for n in range(5)]


def test_the_original_of_many_texts_is_kept_once(tmp_path, parts):
    path = tmp_path / "p.annotator"
    articles = [article(text) for text in parts]
    with Project.create(path) as project:
        for some in (slice(0, 3), slice(3, 5)):
            changes = tuple(map(insert, articles[some]))
            project.commit(ChangeSet("import", changes, texts=tuple(parts[some])))
        assert {project.original(a.id) for a in articles} == {EXPORT}
        assert [a.id for a in project.find_by_original(parts[0].text.original_digest)] == [
            a.id for a in articles
        ]
        assert project.check().ok
    assert packings(path)[1:] == [3] * 4


def test_a_text_that_was_there_from_another_file_holds_nothing_for_the_others(tmp_path, parts):
    other = new_text(parts[0].text.text, b"elsewhere")
    with Project.create(tmp_path / "p.annotator") as project:
        project.commit(ChangeSet("import", (insert(article(other)),), texts=(other,)))
        late = [article(text) for text in parts]
        project.commit(ChangeSet("import", tuple(map(insert, late)), texts=tuple(parts)))
        assert project.original(late[0].id) == b"elsewhere"
        assert project.original(late[1].id) == EXPORT
        assert project.original(late[4].id) == EXPORT


def test_where_the_holder_is_lost_the_others_are_still_saved(tmp_path, parts):
    path = tmp_path / "p.annotator"
    articles = [article(text) for text in parts]
    with Project.create(path) as project:
        project.commit(ChangeSet("import", tuple(map(insert, articles)), texts=tuple(parts)))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM text WHERE packing <> 3")
        connection.commit()
    with Project.open(path) as project:
        with pytest.raises(DataError, match="text-damaged"):
            project.original(articles[1].id)
        assert not project.check().ok
    report = salvage(path, tmp_path / "saved.annotator")
    assert report.kept["text"] == 4
    with Project.open(tmp_path / "saved.annotator") as project:
        assert project.check().ok
        assert project.original(articles[1].id) == parts[1].text.text.encode()


def test_what_near_duplicates_are_found_by_goes_with_its_article(tmp_path, parts):
    with Project.create(tmp_path / "p.annotator") as project:
        one, other = (article(text) for text in parts[:2])
        project.commit(ChangeSet("import", (insert(one), insert(other)), texts=tuple(parts[:2])))
        kept = [KeptLikeness(a.id, "of", 3, b"12345678") for a in (one, other)]
        project.keep_likenesses([*kept, KeptLikeness("nobody", "of", 1, b"")])
        assert project.likenesses() == kept
        project.undo()
        assert project.likenesses() == []
        project.keep_likenesses([])
        project.redo()
        assert project.likenesses() == []

"""A second connection writes beside the first: in turns, and each sees what the other stored."""

from __future__ import annotations

import threading

import pytest

from annotator.model.article import Article
from annotator.model.changes import ChangeSet, delete
from annotator.model.errors import UserError
from annotator.store import Project
from unit.store.making import add_articles, article, problems


def test_each_sees_what_the_other_stored(project):
    with project.writer() as writer:
        (mine,) = add_articles(project, article())
        (other,) = add_articles(writer, article())
        assert {one.id for one in project.find(Article)} == {mine.id, other.id}
        assert {one.id for one in writer.find(Article)} == {mine.id, other.id}
        project.undo()
        assert [one.id for one in writer.find(Article)] == [mine.id]
    assert [one.id for one in project.find(Article)] == [mine.id]
    assert not problems(project)


def test_two_threads_write_in_turns(project):
    broken: list[BaseException] = []

    def write(door: Project, name: str) -> None:
        try:
            for number in range(30):
                (made,) = add_articles(door, article(headline=f"{name} {number}"))
                if number % 2:
                    door.commit(ChangeSet("delete-articles", (delete(made),)))
        except BaseException as error:  # noqa: BLE001 - the thread's failure is the test's
            broken.append(error)

    with project.writer() as writer:
        threads = [
            threading.Thread(target=write, args=(door, name))
            for door, name in ((project, "un"), (writer, "deux"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not broken
    assert len(project.find(Article)) == 30
    assert not problems(project)


def test_closing_it_leaves_the_file_locked_for_others(project):
    project.writer().close()
    with pytest.raises(UserError, match="project-in-use"):
        Project.open(project.path)
    add_articles(project, article())


def test_a_project_open_for_reading_has_none(project):
    with project.reader() as reader, pytest.raises(UserError, match="project-read-only"):
        reader.writer()

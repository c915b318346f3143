"""What is no project, or a damaged one, is refused in words and left as it is."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from annotator import i18n
from annotator.model.errors import AnnotatorError, BugError, DataError, UserError
from annotator.store import Project
from annotator.store.lock import lock_path
from annotator.store.schema import VERSION
from unit.store.making import add_articles, article, do, insert, quote


@pytest.fixture
def path(tmp_path):
    """A closed project with an article in it."""
    path = tmp_path / "p.annotator"
    with Project.create(path) as project:
        (one,) = add_articles(project, article())
        do(project, "mark", insert(quote(one)))
    return path


def refused(path, **how):
    """Open a file that must be refused and left byte for byte as it is; return the error."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(AnnotatorError) as caught:
        Project.open(path, **how)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert str(caught.value.values.get("file")) == path.name
    assert "{" not in i18n.explain(caught.value)
    return caught.value


def sql(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "project-empty"),
        (b"S", "project-not-ours"),
        ("Le barrage restera fermé\n".encode() * 200, "project-not-ours"),
        (b"SQLite format 3\x00" + b"\x00" * 5000, "project-damaged"),
        (b"SQLite format 3\x00", "project-damaged"),
    ],
)
def test_other_files(tmp_path, content, message, read_only):
    path = tmp_path / "p.annotator"
    path.write_bytes(content)
    error = refused(path, read_only=read_only)
    assert error.message_id in (message, "project-not-ours")
    assert not lock_path(path).exists()


def test_a_missing_file_and_a_folder(tmp_path):
    assert refused(tmp_path / "none.annotator").message_id == "project-missing"
    (tmp_path / "folder.annotator").mkdir()
    assert refused(tmp_path / "folder.annotator").message_id == "project-unreadable"


def test_another_programs_database(tmp_path, path):
    other = tmp_path / "other.db"
    sql(other, "CREATE TABLE x (a)")
    assert refused(other).message_id == "project-not-ours"
    bare = tmp_path / "bare.db"
    sql(bare, "CREATE TABLE x (a)", "DROP TABLE x")
    assert refused(bare).message_id == "project-empty"


def test_a_newer_file_is_refused_in_words(path):
    sql(path, f"PRAGMA user_version = {VERSION + 1}")
    error = refused(path)
    assert (error.message_id, error.values["version"]) == ("project-newer", VERSION + 1)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON quote BEGIN DELETE FROM article; END",
        "CREATE VIEW v AS SELECT * FROM quote",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
        "CREATE TABLE extra (a)",
        "CREATE INDEX extra ON quote (spans)",
        "DROP INDEX quote_article_id",
        "ALTER TABLE note ADD COLUMN extra TEXT",
    ],
)
def test_unknown_parts_are_refused(path, statement):
    sql(path, statement)
    assert refused(path).message_id == "project-foreign-parts"
    assert refused(path, read_only=True).message_id == "project-foreign-parts"


def test_truncated_files_never_open_silently_wrong(path):
    whole = path.read_bytes()
    for size in random.Random(7).sample(range(1, len(whole)), 60):
        path.write_bytes(whole[:size])
        lock_path(path).touch()  # as after a crash: look at the pages
        error = refused(path)
        assert error.message_id in ("project-damaged", "project-not-ours", "project-foreign-parts")


def test_damaged_pages_are_found_after_a_crash(path):
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 5] = os.urandom(4096 * 2)
    path.write_bytes(content)
    lock_path(path).touch()
    error = refused(path)
    assert isinstance(error, DataError)
    assert lock_path(path).exists()  # the next look is thorough, too


def read_all(path):
    with Project.open(path) as project:
        project.marks(project.articles().rows[0].id)
        project.undo()


def test_damage_met_while_reading_is_told_in_words(path):
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_all(path)
    assert caught.value.message_id in ("project-damaged", "row-unreadable")


def test_a_project_is_not_made_over_a_file(path):
    before = path.read_bytes()
    with pytest.raises(UserError, match="project-exists"):
        Project.create(path)
    assert path.read_bytes() == before


def test_a_project_is_not_made_in_no_folder(tmp_path):
    with pytest.raises(UserError, match="project-not-writable"):
        Project.create(tmp_path / "none" / "p.annotator")


def test_a_second_writer_is_told_at_once_and_may_read(path):
    with Project.open(path) as first:
        assert refused(path).message_id == "project-in-use"
        with Project.open(path, read_only=True) as second:
            do(first, "mark", insert(quote(first.articles().rows[0])))
            assert second.articles().rows[0].quotes == 2
    with Project.open(path) as third:
        assert not third.was_interrupted


def test_a_reader_leaves_no_files_behind(path):
    with Project.open(path, read_only=True) as reader:
        assert reader.article_count() == 1
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    with Project.open(path) as writer:
        Project.open(path, read_only=True).close()
        do(writer, "mark", insert(quote(writer.articles().rows[0])))
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    lock_path(path).touch()  # what a crash left is for the next writer to see
    Project.open(path, read_only=True).close()
    with Project.open(path) as writer:
        assert writer.was_interrupted


def test_the_same_file_by_another_path_has_the_same_lock(path, tmp_path):
    other = tmp_path / "link.annotator"
    other.symlink_to(path)
    with Project.open(path):
        assert refused(other).message_id == "project-in-use"


CHILD = """
import sys
from pathlib import Path
from annotator.store import Project
project = Project.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_another_process_holds_the_file_until_it_dies(path):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with child:
        assert child.stdout.readline() == b"open\n"
        assert refused(path).message_id == "project-in-use"
        with Project.open(path, read_only=True) as reader:
            assert reader.article_count() == 1
        child.kill()
        child.wait()
        with Project.open(path) as project:
            assert project.was_interrupted
            assert project.last_action.label == "mark"
    with Project.open(path) as project:
        assert not project.was_interrupted


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_locked_file_can_be_read(path):
    path.chmod(0o400)
    assert refused(path).message_id == "project-not-writable"
    path.parent.chmod(0o500)
    try:
        with Project.open(path, read_only=True) as project:
            assert project.article_count() == 1
    finally:
        path.parent.chmod(0o700)


def test_a_full_disk_keeps_what_was_there_and_the_callers_records(project, one):
    pages = project._connection.value("PRAGMA page_count")
    project._connection.value(f"PRAGMA max_page_count = {pages}")
    made = [quote(one) for _ in range(500)]
    with pytest.raises(UserError, match="disk-full"):
        do(project, "mark", *map(insert, made))
    assert project.articles().rows[0].quotes == 0
    assert project.last_action.label == "import"
    project._connection.value("PRAGMA max_page_count = 1000000")
    do(project, "mark", *map(insert, made))
    assert project.articles().rows[0].quotes == 500


def test_a_closed_project_says_so(tmp_path):
    project = Project.create(tmp_path / "p.annotator")
    project.close()
    project.close()
    with pytest.raises(BugError, match="store-failed"):
        project.articles()


def test_names_that_need_care(tmp_path):
    path = tmp_path / "à l’œuvre ? 100% #1 & co.annotator"
    with Project.create(path):
        pass
    with Project.open(path) as project, project.reader() as reader:
        assert reader.name == path.stem

"""Backups are whole, verified, private and thinned; a damaged file is never touched."""

from __future__ import annotations

import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotations import Actor, Quote, Source
from annotator.model.changes import delete, insert
from annotator.model.errors import DataError, UserError
from annotator.store import Project, backups_of_file, restore
from annotator.store.backup import BackupInfo, folder_of, thinned
from annotator.store.salvage import salvage
from unit.store.making import (
    add_articles,
    article,
    do,
    everything,
    in_time,
    mention,
    new_text,
    problems,
    quote,
)


def test_a_backup_is_the_project_as_it_was(project, one):
    do(project, "mark", insert(quote(one)))
    before = everything(project)
    path = project.backup(in_time(0))
    do(project, "more", insert(quote(one)))
    assert [info.path for info in project.backups()] == [path]
    assert project.backups()[0].made_at == in_time(0)
    target = project.path.with_name("restored.annotator")
    restore(path, target)
    with Project.open(target) as again:
        assert everything(again) == before
        assert again.project_id == project.project_id
        assert problems(again) == []
        again.undo()
        assert again.find(Quote) == []
    with pytest.raises(UserError, match="project-exists"):
        restore(path, target)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_backups_are_private_single_files_beside_the_project(project, one):
    path = project.backup()
    assert path.parent == folder_of(project.path, project.project_id)
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path.parent.parent, path.parent)] == [
        0o700
    ] * 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_backs_up_too_and_two_in_a_second_are_two(project, one):
    with project.reader() as reader:
        first = reader.backup(in_time(0))
    second = project.backup(in_time(0))
    assert first != second
    assert {info.path for info in project.backups()} == {first, second}


def test_a_backup_is_due_half_an_hour_after_the_last_if_something_changed(project, monkeypatch):
    monkeypatch.setattr("annotator.store.project._now", lambda: in_time(1).isoformat())
    project._connection.run(
        "UPDATE meta SET value = ? WHERE key = 'created_at'", (in_time(0).isoformat(),)
    )
    assert project.backup_if_due(in_time(500)) is None
    (one,) = add_articles(project, article())
    assert project.backup_if_due(in_time(29)) is None
    assert project.backup_if_due(in_time(31)) is not None
    assert project.backup_if_due(in_time(90)) is None
    monkeypatch.setattr("annotator.store.project._now", lambda: in_time(100).isoformat())
    do(project, "mark", insert(quote(one)))
    assert project.backup_if_due(in_time(101)) is not None


def infos(minutes):
    return [BackupInfo(Path(str(m)), in_time(m), 1) for m in sorted(set(minutes), reverse=True)]


@given(st.lists(st.integers(-600_000, 0), max_size=60))
def test_thinning_keeps_the_newest_and_one_of_each_period(minutes):
    found = infos(minutes)
    gone = thinned(found, in_time(0))
    kept = [info for info in found if info not in gone]
    assert kept[:12] == found[:12]
    assert {i.made_at.date() for i in kept if in_time(0) - i.made_at <= timedelta(days=7)} == {
        i.made_at.date() for i in found if in_time(0) - i.made_at <= timedelta(days=7)
    }
    assert len(kept) <= 12 + 8 + 6 + 14
    assert thinned(kept, in_time(0)) == []


def test_old_backups_go_when_a_new_one_is_made(project, one):
    for minute in range(20):
        project.backup(in_time(minute))
    assert [info.made_at for info in project.backups()] == [in_time(m) for m in range(19, 7, -1)]


def test_a_backup_that_does_not_hold_what_it_should_is_not_kept(project, one):
    project._connection.run("UPDATE text SET body = 'other words'")
    with pytest.raises(DataError, match="backup-not-good"):
        project.backup()
    assert list(folder_of(project.path, project.project_id).iterdir()) == []


def test_where_no_backup_can_be_written(project, one):
    (project.path.parent / ".annotator-backups").write_text("a file in the way")
    with pytest.raises(UserError, match="backup-failed"):
        project.backup()
    assert project.article_count() == 1


def test_backups_of_a_file_that_cannot_be_opened(project, one):
    path = project.backup()
    assert [info.path for info in backups_of_file(project.path)] == [path]
    project.close()
    project.path.write_bytes(b"nothing that can be read")
    assert [info.path for info in backups_of_file(project.path)] == [path]
    project.path.unlink()
    assert [info.path for info in backups_of_file(project.path)] == [path]
    assert backups_of_file(project.path.with_name("other.annotator")) == []


# Salvage


def damage(path, keep_pages):
    content = bytearray(path.read_bytes())
    for page in range(keep_pages, len(content) // 4096, 3):
        content[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    path.write_bytes(content)
    return bytes(content)


def test_a_good_file_is_saved_whole(project, one):
    actor = Actor("a", "Hydrolac")
    do(project, "mark", insert(quote(one)), insert(actor), insert(mention(one, actor)))
    before = everything(project)
    target = project.path.with_name("saved.annotator")
    report = salvage(project.path, target)  # still open: its write-ahead log is read, too
    assert (report.incomplete, report.dropped) == ((), 0)
    assert (report.kept["text"], report.kept["quote"]) == (1, 1)
    with Project.open(target) as saved:
        assert everything(saved) == before
        assert problems(saved) == []
        assert saved.history() == []


def test_what_can_be_read_of_a_damaged_file_is_saved(project):
    texts = [new_text(f"Texte {n}\n" + "mot " * 500) for n in range(60)]
    made = add_articles(project, *[article(text) for text in texts], texts=texts)
    do(project, "sources", *[insert(Source(f"s{n}", a.id)) for n, a in enumerate(made)])
    do(project, "delete", delete(project.get(Source, "s3")))
    project.close()
    content = damage(project.path, 110)
    target = project.path.with_name("saved.annotator")
    report = salvage(project.path, target)
    assert project.path.read_bytes() == content
    assert "text" in report.incomplete
    with Project.open(target) as saved:
        kept = everything(saved)
        assert 0 < len(kept["article"]) < 60
        assert all(a in made for a in kept["article"])
        assert {s.article_id for s in kept["source"]} <= {a.id for a in kept["article"]}
        assert problems(saved) == []
    assert sorted(p.name for p in project.path.parent.iterdir()) == [
        "p.annotator", "saved.annotator",
    ]  # fmt: skip


def test_links_to_lost_records_are_mended(project, one):
    actor, source = Actor("a", "Hydrolac"), Source("s", one.id, actor_id="a")
    do(project, "mark", insert(actor), insert(source), insert(mention(one, actor)))
    project._connection.run("PRAGMA foreign_keys = OFF")
    project._connection.run("UPDATE actor SET kind = 'nonsense'")
    project._connection.run(
        "INSERT INTO source_relation VALUES (1, 'r', ?, 's', 'lost', 'unknown', '[]')", (one.id,)
    )
    project.close()
    target = project.path.with_name("saved.annotator")
    report = salvage(project.path, target)
    assert report.dropped == 2
    with Project.open(target) as saved:
        assert saved.get(Source, "s").actor_id is None
        assert everything(saved)["mention"][0].actor_id is None
        assert problems(saved) == []


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + b"\xff" * 9000])
def test_where_nothing_can_be_saved_no_file_is_left(tmp_path, content):
    path, target = tmp_path / "p.annotator", tmp_path / "saved.annotator"
    path.write_bytes(content)
    with pytest.raises((DataError, UserError)):
        salvage(path, target)
    assert [p.name for p in tmp_path.iterdir()] == ["p.annotator"]

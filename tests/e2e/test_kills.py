"""T9: kill -9 at random points of eight operations loses nothing acknowledged and tears nothing."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from threading import Timer

import pytest

from annotator.model.annotations import Actor, Mention, Note, Quote
from annotator.model.article import Article
from annotator.store import Project
from annotator.store.migrations import MIGRATIONS
from annotator.store.schema import VERSION
from unit.store import killed

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

KILLS = 10  # of each operation
OPERATIONS = ("import", "mark", "edit", "delete", "merge", "undo", "backup", "migrate")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A project for each operation, made once and copied for each kill."""
    folder = tmp_path_factory.mktemp("prepared")
    for operation in OPERATIONS:
        with Project.create(folder / f"{operation}.annotator") as project:
            killed.prepare(project, operation)
    return folder


def run_and_kill(operation, path, actions, seconds):
    """Let a child do some actions, kill it a moment later; return the last acknowledged one."""
    child = subprocess.Popen(
        [sys.executable, killed.__file__, operation, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with child:
        assert child.stdout.readline() == b"ready\n", child.stderr.read().decode()
        lines = [child.stdout.readline() for _ in range(actions)]
        timer = Timer(seconds, child.kill)
        timer.start()
        lines += child.stdout.readlines()
        timer.join()
        assert child.wait() != 0, "killed, not ended"
        assert child.stderr.read() == b""
    whole = [line for line in lines if line.endswith(b"\n")]
    return int(whole[-1]) if whole else 0


def actions_found(project, operation, acknowledged):
    """Return how many whole actions the project holds; fail on a torn one."""
    groups = {}

    def note(name, record):
        groups.setdefault(int(name), []).append(record)

    if operation == "import":
        for article in project.find(Article):
            note(article.headline, article.id)
        groups.pop(0)
    elif operation in ("mark", "backup", "undo"):
        for record in (*project.find(Quote), *project.find(Note)):
            note(record.id.split("-")[1], record.id)
        assert {len(group) for group in groups.values()} <= {killed.GROUP + 1}
    if operation in ("import", "mark", "backup"):
        assert {len(group) for group in groups.values()} <= {killed.GROUP, killed.GROUP + 1}
        assert sorted(groups) == list(range(1, len(groups) + 1))
        return len(groups)
    if operation == "undo":
        assert sorted(groups) == list(range(1, len(groups) + 1))
        return killed.STEPS - 1 - len(groups)
    if operation == "edit":
        ends = {quote.spans[0].end for quote in project.find(Quote)}
        assert len(ends) == 1
        return ends.pop() - 12 if project.last_action.label != "marks" else 0
    if operation == "delete":
        left = {quote.id.split("-")[1] for quote in project.find(Quote)}
        assert len(project.find(Quote)) == killed.GROUP * len(left)
        return killed.STEPS - 1 - len(left)
    left = project.find(Actor)
    merged = [m for m in project.find(Mention) if m.actor_id == "actor-0"]
    assert len(merged) == killed.GROUP * (killed.STEPS - len(left))
    return killed.STEPS - len(left)


def look_at(path, operation, acknowledged):
    """Open what a kill left: whole, nothing lost, its history as long as its actions."""
    with Project.open(path) as project:
        assert project.was_interrupted
        found = actions_found(project, operation, acknowledged)
        assert acknowledged <= found <= acknowledged + 1
        report = project.check()
        assert report.ok, [str(problem) for problem in report.problems]
        if operation == "undo":
            assert len([e for e in project.history(1000) if e.undone]) == found
            return
        if found:
            assert project.last_action.label == str(found)
            project.undo()
            assert actions_found(project, operation, acknowledged) == found - 1
        for backup in project.backups():
            with Project.open(backup.path, read_only=True) as kept:
                assert kept.check().ok


def look_at_migrated(path, acknowledged):
    """After a kill in a migration the file is of one version or the other, wholly."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
        recorded = connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0]
        sections = {row[0] for row in connection.execute("SELECT section FROM article")}
    known = len(MIGRATIONS)
    assert version == VERSION + 1 if acknowledged else version in (VERSION, VERSION + 1)
    assert (recorded, "later" in names, sections) == (
        (known + 1, True, {"later"}) if version > VERSION else (known, False, {""})
    )


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_acknowledged_is_lost_and_nothing_is_torn(prepared, tmp_path, operation):
    chance = random.Random(operation)
    for number in range(KILLS):
        path = tmp_path / f"{number}.annotator"
        shutil.copyfile(prepared / f"{operation}.annotator", path)
        if operation == "migrate":
            look_at_migrated(path, run_and_kill(operation, path, 0, chance.uniform(0, 0.4)))
        else:
            moment = chance.randrange(6), chance.uniform(0, 0.02)
            look_at(path, operation, run_and_kill(operation, path, *moment))

"""A full or failing disk, or another program in the way: nothing is torn, and words say so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from annotator.model.annotations import Quote
from annotator.model.changes import insert
from annotator.model.errors import UserError
from annotator.store import Project
from unit.store.making import add_articles, article, do, problems, quote

#: Writes until the file may grow no more, then says what the person would be told, and goes on
#: as soon as there is room again.
CHILD = """
import resource, sys
from pathlib import Path
from annotator.model.errors import UserError
from annotator.store import Project
from unit.store.making import article, do, insert, quote

path = Path(sys.argv[1])
project = Project.open(path)
of = project.find(type(article()))[0]
size = max(p.stat().st_size for p in path.parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(sys.argv[2]), resource.RLIM_INFINITY))
done = 0
try:
    for done in range(2000):
        do(project, f"{done}", *[insert(quote(of)) for _ in range(7)])
except UserError as error:
    print(error.message_id, done, len(project.find(type(quote(of)))), flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
do(project, "again", *[insert(quote(of)) for _ in range(7)])
project.close()
print("closed", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
@pytest.mark.parametrize("room", [0, 50_000, 300_000])
def test_a_disk_that_takes_no_more(tmp_path, room):
    path = tmp_path / "p.annotator"
    with Project.create(path) as project:
        add_articles(project, article())
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(room)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, closed = done.stdout.splitlines()
    message, actions, marks = told.split()
    assert message in ("disk-full", "disk-error")
    assert int(marks) == 7 * int(actions)
    assert closed == "closed"
    with Project.open(path) as project:
        assert not project.was_interrupted
        assert project.last_action.label == "again"
        assert len(project.find(Quote)) == int(marks) + 7
        assert problems(project) == []


def test_another_program_that_writes_to_the_file(project, one):
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="project-in-use"):
            do(project, "mark", insert(quote(one)))
        other.execute("ROLLBACK")
    do(project, "mark", insert(quote(one)))
    assert len(project.find(Quote)) == 1


def test_an_interrupted_action_leaves_nothing(project, one, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.store.commit.refresh", interrupt)
    with pytest.raises(KeyboardInterrupt):
        do(project, "mark", insert(quote(one)))
    monkeypatch.undo()
    assert project.find(Quote) == []
    do(project, "mark", insert(quote(one)))
    assert problems(project) == []

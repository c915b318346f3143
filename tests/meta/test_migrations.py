"""Every version of the project file that ever was can be opened, and each migration is whole."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.changes import TABLE_OF, TABLES
from annotator.model.errors import BugError, DataError, UserError
from annotator.store import Project, identity, migrations, opening, project, schema
from annotator.store.backup import backups_of_file

FOLDER = Path(__file__).parent.parent / "data" / "db"
VERSIONS = range(1, schema.VERSION + 1)


def fixture_records():
    spec = importlib.util.spec_from_file_location("make_fixture", FOLDER / "make_fixture.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.records()


def test_each_version_but_the_first_has_its_migration():
    assert len(migrations.MIGRATIONS) == schema.VERSION - 1
    names = [function.__name__ for function in migrations.MIGRATIONS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_has_a_file_made_by_it(version):
    path = FOLDER / f"v{version:03}.annotator"
    assert path.exists(), "run tests/data/db/make_fixture.py before raising VERSION"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_each_version_opens_whole(version, tmp_path):
    path = tmp_path / "p.annotator"
    shutil.copyfile(FOLDER / f"v{version:03}.annotator", path)
    with Project.open(path) as opened:
        assert [str(problem) for problem in opened.check().problems] == []
        for record in fixture_records():
            assert opened.get(type(record), record.id) == record, TABLE_OF[type(record)]
        assert {table for table, kind in TABLES.items() if opened.find(kind)} == set(TABLES)
        assert opened.text("article").charset == "cp1252"
        assert b"\r\n" in opened.original("article")
        assert [e.label for e in opened.history()] == ["note", "note", "mark", "import"]
        assert opened.redo() is not None
        assert opened.redo() is not None
        while opened.undo() is not None:
            pass
        assert not any(opened.find(kind) for kind in TABLES.values())


# A migration that is not there yet

LATER = "CREATE TABLE later (article TEXT)"


def m002_later(db):
    db["later"].create({"article": str})
    db.execute("DROP TABLE later")
    db.execute(LATER)
    db.execute("INSERT INTO later SELECT id FROM article")


def m002_fails(db):
    m002_later(db)
    db.execute("UPDATE article SET headline = NULL")


@pytest.fixture
def next_version(monkeypatch):
    """Be the program of the next version, whose migration is given."""

    def become(migration):
        for module in (identity, opening, project):
            monkeypatch.setattr(module, "VERSION", schema.VERSION + 1)
        monkeypatch.setattr(opening, "MIGRATIONS", (*migrations.MIGRATIONS, migration))
        monkeypatch.setitem(schema.STATEMENTS, "later", LATER)

    return become


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "p.annotator"
    shutil.copyfile(FOLDER / f"v{schema.VERSION:03}.annotator", path)
    return path


def version_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_an_older_file_is_backed_up_and_brought_up(path, next_version):
    next_version(m002_later)
    with pytest.raises(UserError, match="project-older"):
        Project.open(path, read_only=True)
    with Project.open(path) as opened:
        assert opened._connection.rows("SELECT article FROM later") == [("article",)]
        assert opened.check().ok
    assert version_of(path) == schema.VERSION + 1
    (backup,) = backups_of_file(path)
    assert version_of(backup.path) == schema.VERSION
    with Project.open(path):
        pass
    assert len(backups_of_file(path)) == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(path, next_version):
    next_version(m002_fails)
    before = path.read_bytes()
    with pytest.raises(BugError, match="store-failed"):
        Project.open(path)
    assert path.read_bytes()[:60] == before[:60]
    assert version_of(path) == schema.VERSION
    with closing(sqlite3.connect(path)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert "later" not in names


@pytest.mark.parametrize(
    "part", ["CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM article; END",
             "CREATE VIEW v AS SELECT 1", "CREATE VIRTUAL TABLE v USING fts5(a)"]
)  # fmt: skip
def test_an_older_file_with_code_in_it_is_refused_before_it_is_touched(path, next_version, part):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(part)
        connection.commit()
    next_version(m002_later)
    with pytest.raises(DataError, match="project-foreign-parts"):
        Project.open(path)
    assert version_of(path) == schema.VERSION
    assert backups_of_file(path) == []


def test_opening_a_file_of_this_version_loads_no_migration_tool(path):
    import subprocess

    code = (
        "import sys; from pathlib import Path; from annotator.store import Project\n"
        "Project.open(Path(sys.argv[1])).close()\n"
        "print(sorted({'sqlite_utils', 'numpy'} & set(sys.modules)))"
    )
    env = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, env=env, check=True
    )
    assert done.stdout == "[]\n"

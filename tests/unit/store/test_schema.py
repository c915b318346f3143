"""The file's tables are the records', and nothing else."""

from __future__ import annotations

from annotator.model.changes import TABLES
from annotator.store.codec import codec_for
from annotator.store.opening import foreign_parts
from annotator.store.schema import APPLICATION_ID, VERSION


def test_each_table_has_a_column_a_field(project):
    for table in TABLES:
        rows = project._connection.rows(f"PRAGMA table_info({table})")
        assert [row[1] for row in rows] == ["nr", *codec_for(table).columns], table


def test_a_new_file_has_exactly_the_expected_parts(project):
    assert foreign_parts(project._connection) == []


def test_a_new_file_says_what_it_is(project):
    ask = project._connection.value
    assert ask("PRAGMA application_id") == APPLICATION_ID
    assert ask("PRAGMA user_version") == VERSION
    assert ask("PRAGMA journal_mode") == "wal"


def test_a_writer_is_careful(project):
    ask = project._connection.value
    expected = {
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "secure_delete": 1,
        "temp_store": 2,
    }
    assert {name: ask(f"PRAGMA {name}") for name in expected} == expected

"""Every record survives being a row."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotations import Quote, Stamp
from annotator.model.changes import TABLES
from annotator.model.errors import DataError
from annotator.model.span import Span
from annotator.model.vocabulary import QuoteKind
from annotator.store.codec import codec_for, codec_of
from unit.store.making import record_of


@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_a_row_reads_back_as_the_record(data, table):
    record = data.draw(record_of(TABLES[table]))
    codec = codec_for(table)
    row = codec.encode(record)
    assert {type(value) for value in row} <= {str, int, float, type(None)}
    assert codec.decode(row) == record
    assert codec.encode(codec.decode(row)) == row


@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_sqlite_gives_back_the_same_row(data, table):
    record = data.draw(record_of(TABLES[table]))
    row = codec_for(table).encode(record)
    marks = ", ".join("?" * len(row))
    connection = sqlite3.connect(":memory:")
    assert connection.execute(f"SELECT {marks}", row).fetchone() == tuple(row)
    connection.close()


def test_columns_are_the_fields():
    for table, kind in TABLES.items():
        assert codec_for(table).columns == tuple(f.name for f in dataclasses.fields(kind))


def test_a_nested_record_reads_rows_from_before_a_field_was_added():
    quote = Quote("q", "a", (Span(0, 1),), stamp=Stamp("A"))
    row = codec_of(Quote).encode(quote)
    row[4] = '["A"]'
    assert codec_of(Quote).decode(row) == quote


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (2, "[1]"),
        (2, "[5,5]"),
        (2, "not json"),
        (2, "null"),
        (5, "no such kind"),
        (4, "[1,2,3,4,5]"),
    ],
)
def test_nonsense_is_a_data_error_that_names_the_row(column, value):
    row = codec_of(Quote).encode(Quote("q-1", "a", (Span(0, 1),)))
    row[column] = value
    with pytest.raises(DataError) as caught:
        codec_of(Quote).decode(row)
    assert caught.value.values == {"table": "quote", "id": "q-1"}


def test_comparable_values():
    codec = codec_of(Quote)
    assert codec.encode_value("kind", QuoteKind.DIRECT) == "direct"
    codec.check_comparable("kind")
    for field in ("spans", "no_such_field"):
        with pytest.raises(ValueError, match=field):
            codec.check_comparable(field)

"""What is kept of a row of a table: the row as a file of its own, never the whole table."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook

from annotator.importers import read_bytes

ROWS = [
    ["The mayor said no.\n\n“Never”, he added; twice, in fact.", "A vote", "2031-03-04"],
    ["Le préfet a dit « oui ».\nPuis il est parti.", "Un été à Verne", "2031-03-05"],
    ["=1+1 is what the board wrote, and nobody laughed.", "Sums", ""],
]
COLUMNS = ["Text, with notes", "Headline", "Date"]
MAPPING = {"text": COLUMNS[0], "headline": COLUMNS[1], "published": COLUMNS[2]}


def _delimited(mark):
    cells = [COLUMNS, *ROWS]
    quoted = [[f'"{cell}"' for cell in row] for row in cells]
    return "\n".join(mark.join(row) for row in quoted)


def _workbook():
    book = Workbook()
    for row in [COLUMNS, *ROWS]:
        book.active.append([f"'{c}" if c.startswith("=") else c for c in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _json():
    return json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in ROWS]).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", _delimited(",").encode()),
        ("t.csv", _delimited(";").encode("cp1252")),
        ("t.tsv", _delimited("\t").encode()),
        ("t.xlsx", _workbook()),
        ("t.json", _json()),
    ],
    ids=["commas", "semicolons-cp1252", "tabs", "workbook", "json"],
)
def test_an_article_can_be_read_again_from_its_row(name, data):
    found = read_bytes(data, name, mapping=MAPPING)
    assert len(found) == len(ROWS)
    for article in found:
        assert article.original is not None
        assert len(article.original) < len(data)
        again = read_bytes(article.original, name, charset=article.charset, mapping=MAPPING)
        assert [(a.text, a.headline, dict(a.metadata)) for a in again] == [
            (article.text, article.headline, dict(article.metadata))
        ]


def test_a_row_that_lost_characters_keeps_the_whole_file():
    data = _delimited(",").encode("utf-8") + b'\n"Broken \xff\xfe words in it, here.","X","2031"'
    found = read_bytes(data, "t.csv", mapping=MAPPING, charset="utf-8")
    assert found[-1].original is None

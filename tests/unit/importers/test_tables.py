"""Tables as programs really write them: dialects, titles over the head, JSON turned on its side."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook

from annotator.importers import read_bytes

_ONE = "Le port de Norport restera fermé jusqu’à vendredi, a annoncé lundi le préfet.\nLa suite."
_TWO = "The harbour master said the port stays shut until Friday; nobody was hurt, he told us."
_NUMBER = 1_930_000_000


def _told(data: bytes | str, name: str) -> list[tuple[str, str]]:
    raw = data if isinstance(data, bytes) else data.encode()
    return [(a.headline, a.text) for a in read_bytes(raw, name)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("excel.csv", f'\ufeffsep=;\r\ntitle;body\r\nA;"{_TWO}"\r\n'.encode()),
        ("wide.tsv", f"title\tbody\nA\t{_TWO}\n".encode("utf-16")),
        ("wide.csv", f'title,body\r\nA,"{_TWO}"\r\n'.encode("utf-16-be").join([b"\xfe\xff", b""])),
        ("titled.csv", f'Corpus 2031\n\ntitle;body\nA;"{_TWO}"\n'.encode()),
        ("single.csv", f"title,text\n'A','{_TWO}'\n".encode()),
        ("loose.csv", f"title,text\nA,{_TWO}\n".encode()),
    ],
)
def test_dialects_of_delimited_tables(name, data):
    assert _told(data, name) == [("A", _TWO)]


def test_quotation_marks_behind_a_backslash():
    data = 'title,text\n"A","He said \\"nobody\\" was hurt, and the port is shut.\nMore."\n'
    assert _told(data, "a.csv") == [
        ("A", 'He said "nobody" was hurt, and the port is shut.\nMore.')
    ]
    doubled = 'title,text\n"A","He said ""nobody"" in C:\\\\"\n'
    assert _told(doubled, "a.csv") == [("A", 'He said "nobody" in C:\\\\')]


def test_a_workbook_with_a_title_and_a_sheet_a_year():
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "Corpus de la presse"
    sheet.append(["Titre", "Date", "Texte intégral"])
    sheet.append(["A", "2031-03-03", _ONE])
    more = book.create_sheet("2032")
    more.append(["Titre", "Date", "Texte intégral"])
    more.append(["B", "2032-03-03", _TWO])
    book.create_sheet("notes").append(["nothing", "of use"])
    stream = io.BytesIO()
    book.save(stream)
    assert _told(stream.getvalue(), "a.xlsx") == [("A", _ONE), ("B", _TWO)]


_ROWS = [{"title": "A", "text": _ONE}, {"title": "B", "text": _TWO}]


@pytest.mark.parametrize(
    "data",
    [
        {"columns": ["title", "text"], "index": [0, 1], "data": [["A", _ONE], ["B", _TWO]]},
        {"title": {"0": "A", "1": "B"}, "text": {"0": _ONE, "1": _TWO}},
        {"articles": _ROWS},
        _ROWS,
        [{"title": r["title"], "paragraphs": r["text"].split("\n")} for r in _ROWS],
        [{"title": r["title"], "html": f"<p>{r['text']}</p>".replace("\n", "<br>")} for r in _ROWS],
    ],
)
def test_json_by_rows_and_by_columns(data):
    found = _told(json.dumps(data), "a.json")
    assert [headline for headline, _ in found] == ["A", "B"]
    assert found[1][1] == _TWO
    assert found[0][1].split("; ")[0].startswith(_ONE.split("\n")[0])


def test_json_documents_behind_each_other():
    told = [("A", _ONE), ("B", _TWO)]
    assert _told("\n".join(json.dumps(row, indent=2) for row in _ROWS), "a.json") == told
    assert _told("".join(json.dumps(row) for row in _ROWS), "a.json") == told


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (_NUMBER, "2031-02-27T23:06+00:00"),
        (_NUMBER * 1000, "2031-02-27T23:06+00:00"),
        (f"{_NUMBER}.25", "2031-02-27T23:06+00:00"),
        ({"$date": "2031-03-03T14:05:00Z"}, "2031-03-03T14:05+00:00"),
        ({"$date": {"$numberLong": str(_NUMBER * 1000)}}, "2031-02-27T23:06+00:00"),
        (1_931_030_314, None),
        (99, None),
    ],
)
def test_moments_as_programs_count_them(value, published):
    row = {"title": "AT&amp;T &eacute;met", "text": _TWO, "date": value}
    (article,) = read_bytes(json.dumps([row]).encode(), "a.json")
    assert article.headline == "AT&T émet"
    assert dict(article.metadata).get("published") == published

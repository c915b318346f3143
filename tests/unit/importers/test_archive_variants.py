"""Further layouts of press archives: each gives its articles, dated, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.importers import find_importer, read_bytes
from annotator.importers.kit.quick import read_plain

FOLDER = Path(__file__).resolve().parents[2] / "data" / "archives"
FRENCH = [
    ("Le port de Norport restera fermé", "Jeanne Aubry", "Le Courrier", "2031-03-03"),
    ("La criée déménage au printemps", "Luc Morel", "Le Courrier", "2031-03-04"),
    ("Une digue à quatre millions", "Irène Castel", "La Gazette de Valmor", "2031-03-05"),
]
ENGLISH = [
    ("Harbour to stay closed, board says", "Jane Doe", "The Norport Courier", "2031-03-03"),
    ("Fish market to move in spring", "John Smith", "The Norport Courier", "2031-03-04"),
    ("Four million for a sea wall", "Irene Castle", "The Valmor Gazette", "2031-03-05"),
]
FILES = {
    "lexis-french.txt": ("nexis", FRENCH),
    "lexis-staff.txt": ("nexis", ENGLISH),
    "nexis-printed.txt": ("nexis", ENGLISH),
    "europresse-copied.txt": ("europresse", FRENCH),
    "proquest.txt": ("database", ENGLISH),
    "newsbank.txt": ("database", ENGLISH),
    "../articles/database/export.txt": ("database", ENGLISH),
    "pressreader.txt": ("database", ENGLISH[:1]),
}


def test_a_cover_page_does_not_make_an_export_a_plain_text() -> None:
    data = (FOLDER / "nexis-wrapped.txt").read_bytes()
    assert read_plain(data, "nexis.txt", charset=None, as_format=None) is None


@pytest.mark.parametrize("file", FILES)
def test_each_article_is_whole_and_dated(file: str) -> None:
    form, stories = FILES[file]
    data = (FOLDER / file).read_bytes()
    assert find_importer(data, file).id == form
    assert read_plain(data, file, charset=None, as_format=None) is None
    found = read_bytes(data, file)
    told = [
        (a.headline, a.metadata["authors"], a.metadata["outlet"], a.metadata["published"])
        for a in found
    ]
    assert told == stories
    for article in found:
        assert article.warnings == ()
        shown = article.text
        for span in reversed(article.mask):
            shown = shown[: span.start] + shown[span.end :]
        head, *body = [line for line in shown.split("\n") if line.strip()]
        assert head.removeprefix("Title: ") == article.headline
        assert len(body) == 2
        assert all(len(line) > 100 for line in body)

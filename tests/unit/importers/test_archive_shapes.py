"""Shapes that press archives' exports take; the articles in them are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.importers import find_importer, read_bytes

FOLDER = Path(__file__).resolve().parents[2] / "data" / "archives"


def read(name):
    data = (FOLDER / name).read_bytes()
    return find_importer(data, name).id, read_bytes(data, name)


def shown(article):
    text = article.text
    for span in reversed(article.mask):
        text = text[: span.start] + text[span.end :]
    return [line for line in text.split("\n") if line.strip()]


def test_lines_broken_at_a_width_are_paragraphs_again():
    kind, (first, second) = read("nexis-wrapped.txt")
    assert kind == "nexis"
    assert first.headline == "Port shut again"
    assert dict(first.metadata) == {
        "outlet": "Gazette.com",
        "published": "2031-01-11",
        "authors": "Andrew Roe",
        "section": "FEATURES",
    }
    assert len(shown(first)) == 3
    assert "Etiam lacinia elementum sapien" in first.text
    assert second.headline.endswith("had to break at the width of the page")
    assert second.metadata["outlet"] == "The Mail (London)"


def test_the_newer_europresse_has_authors_below_the_title_and_days_in_numbers():
    kind, (first, second) = read("europresse-numbered.html")
    assert kind == "europresse"
    assert (first.headline, first.metadata["authors"]) == ("Le port ferme", "Jeanne Aubry")
    assert first.metadata["published"] == "2031-03-04"
    assert second.metadata["published"] == "2031-03-05"
    (origin,) = [o for o in second.origins if o.field == "published"]
    assert "20310305" in origin.span.slice(second.text)
    assert shown(second) == [
        "Un phare rouvre",
        "Le phare de Norport rouvre ses portes après dix ans de travaux.",
    ]


@pytest.mark.parametrize(("number", "headline"), [(0, "Port shut"), (1, "A view")])
def test_factivas_classes_name_the_headline(number, headline):
    kind, articles = read("factiva-classes.html")
    assert kind == "factiva"
    article = articles[number]
    assert article.headline == headline
    assert article.metadata["outlet"] == "The Gazette"
    assert shown(article)[0] == headline
    assert not any(line.startswith(("Document", "The Gazette")) for line in shown(article))


def test_factivas_section_is_not_taken_for_the_headline():
    _kind, articles = read("factiva-classes.html")
    assert articles[1].metadata["section"] == "Opinion"
    assert articles[1].metadata["authors"] == "Jane Doe"

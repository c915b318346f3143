from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.canonical import canonicalise
from annotator.text.names import find_all, fold
from helpers.strategies import hostile_text


def found(text: str, *names: str) -> list[str]:
    return [span.slice(text) for span in find_all(text, list(names))]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Les Etats-Unis, ÉTATS-UNIS, E\u0301tats‑Unis.", ["États-Unis"],
         ["Etats-Unis", "ÉTATS-UNIS", "E\u0301tats‑Unis"]),
        ("Orange et une orange", ["Orange"], ["Orange"]),
        ("He told us of the US and U.S. aid", ["US"], ["US"]),
        ("Petit, Anne Petit, Anne Petitjean", ["Petit", "Anne Petit"], ["Petit", "Anne Petit"]),
        ("Grande-Bretagne, Bretagne, pro-Bretagne, Bretagne-Sud, Bretagne-là", ["Bretagne"],
         ["Bretagne", "Bretagne", "Bretagne"]),
        ("Petit’s d’Ankara l'Onu", ["Petit", "Ankara"], ["Petit", "Ankara"]),
        ("la seconde\u00a0source, La seconde source", ["la seconde source"],
         ["la seconde\u00a0source", "La seconde source"]),
        ("Biélorussie Bielorussie BIÉLORUSSIE", ["Biélorussie"],
         ["Biélorussie", "Bielorussie", "BIÉLORUSSIE"]),
        ("a.b axb", ["a.b"], ["a.b"]),
    ],
)  # fmt: skip
def test_where_a_name_stands(text: str, names: list[str], expected: list[str]):
    assert found(text, *names) == expected


def test_parts_of_words_only_when_asked():
    assert find_all("Petitjean", ["Petit"]) == []
    assert len(find_all("Petitjean", ["Petit"], whole_words=False)) == 1
    assert find_all("rien", ["", " "]) == []


def test_fold_makes_spellings_equal():
    assert fold("ÉTATS-UNIS") == fold("E\u0301tats-Unis") == fold("etats-unis")
    assert fold("L’\u00a0Homme  seul") == fold("l' homme seul")


@given(hostile_text, st.lists(st.text(max_size=8), max_size=4))
def test_places_are_ordered_and_fit_a_name(raw: str, names: list[str]):
    text = canonicalise(raw).text
    places = find_all(text, names)
    folded = {fold(canonicalise(name).text) for name in names}
    for left, right in pairwise(places):
        assert left.end <= right.start
    for place in places:
        assert fold(place.slice(text)) in folded

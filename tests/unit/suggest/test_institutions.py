"""Bodies of states that go by a noun and an adjective, and those that French writes small."""

from __future__ import annotations

from functools import cache

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest.engine import Engine


@cache
def _engine() -> Engine:
    return Engine.load()


def _actors(text: str, language: str) -> list[str]:
    return [
        p.spans[0].slice(text)
        for p in _engine().propose(text, language)
        if p.kind is MarkKind.ACTOR
    ]


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("fr", "Le gouvernement éthiopien n'a pas réagi lundi.", ["gouvernement éthiopien"]),
        (
            "fr",
            "Les services de renseignement américains ont averti leurs alliés.",
            ["services de renseignement américains"],
        ),
        ("fr", "Le département d’Etat s'est refusé à tout commentaire.", ["département d’Etat"]),
        (
            "fr",
            "Le ministère algérien des Affaires étrangères a protesté mardi.",
            ["ministère algérien des Affaires étrangères"],
        ),
        ("fr", "Les autorités locales ont évacué le village mardi.", []),
        (
            "en",
            "The Finnish environment ministry did not respond.",
            ["Finnish environment ministry"],
        ),
        ("en", "On Friday Kenyan police arrested three men.", ["Kenyan police"]),
        ("en", "He said Russia's Defence Ministry denied it.", ["Russia's Defence Ministry"]),
        ("en", "A spokeswoman for Glenlough council replied.", ["Glenlough council"]),
        ("en", "Asked about it, US military officials said nothing.", ["US"]),
        ("en", "Local police said nothing, and on Monday police came back.", []),
    ],
)
def test_bodies_of_states(language: str, text: str, actors: list[str]) -> None:
    assert _actors(text, language) == actors


def test_a_body_known_everywhere_is_no_street() -> None:
    text = "Later on Monday Downing Street declined to say whether he knew."
    (found,) = [p for p in _engine().propose(text, "en") if p.kind is MarkKind.ACTOR]
    assert found.fields["kind"] == "organisation"


def test_the_agency_behind_a_headline_is_no_part_of_a_state() -> None:
    text = "L'émissaire a rencontré l'opposante en Biélorussie Reuters • 22/08/2031 à 00:30"
    found = _actors(text, "fr")
    assert "Biélorussie" in found
    assert "Biélorussie Reuters" not in found

"""Names and who they stand for; invented articles."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine
from annotator.suggest.actors import NamePlace, candidates, identify, spellings

ENGINE = Engine.load()


def actors(text: str, language: str) -> list[tuple[str, str]]:
    """Return (words, actor) of every actor mention."""
    return [
        (p.spans[0].slice(text), p.fields["actor"])
        for p in ENGINE.propose(text, language)
        if p.kind == MarkKind.ACTOR
    ]


def test_short_forms_stand_for_the_full_name() -> None:
    lead = "Le barrage sera inspecté par Odile Marchand."
    text = f"{lead}\nMme Marchand est attendue lundi. Marchand viendra seule."
    found = actors(text, "fr")
    assert [who for words, who in found if "Marchand" in words] == ["Odile Marchand"] * 3


def test_two_bearers_of_a_surname_stay_apart() -> None:
    names = [
        NamePlace(w, "person")
        for w in ("Odile Marchand", "Paul Marchand", "Marchand", "Odile Marchand", "Marchand")
    ]
    assert [i.actor for i in identify(names, "fr")] == [
        "Odile Marchand",
        "Paul Marchand",
        "Paul Marchand",
        "Odile Marchand",
        "Odile Marchand",
    ]


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("fr", "Washington cherche une issue.", "États-Unis"),
        ("fr", "Les Etats-Unis ont répondu.", "États-Unis"),
        ("en", "Moscow rejected the offer.", "Russia"),
        ("en", "The U.S. rejected the offer.", "United States"),
        ("fr", "La Biélorussie a fermé sa frontière.", "Biélorussie"),
    ],
)
def test_states_and_capitals_that_act(language: str, text: str, actor: str) -> None:
    assert actor in [who for _, who in actors(text, language)]


def test_a_capital_as_a_place_is_no_state() -> None:
    found = [
        p.fields["kind"]
        for p in ENGINE.propose("Elle se rendra à Moscou lundi.", "fr")
        if p.kind == MarkKind.ACTOR
    ]
    assert found == ["place"]


def test_an_acronym_is_its_organisation() -> None:
    names = [NamePlace("Office du Fleuve Vert", "organisation"), NamePlace("OFV", "organisation")]
    assert [i.actor for i in identify(names, "fr")] == ["Office du Fleuve Vert"] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alexandre Loukachenko", "Lukashenko"),
        ("Vladimir Poutine", "Putin"),
        ("Khrouchtchev", "Khrushchev"),
        ("Zelensky", "Zelenskyy"),
        ("Netanyahou", "Netanyahu"),
        ("Nations unies", "United Nations"),
    ],
)
def test_transliterations_are_candidates(one: str, other: str) -> None:
    assert candidates(one, [other, "Odile Marchand"]) == [other]


def test_spellings_do_not_join_everything() -> None:
    assert not spellings("Marchand") & spellings("Martin")


def test_a_description_is_learnt_beside_the_name() -> None:
    text = (
        "Paul Verdier, le directeur de l'office du barrage, est arrivé à midi.\n"
        "Le directeur de l'office du barrage est reparti le soir."
    )
    assert ("Le directeur de l'office du barrage", "Paul Verdier") in actors(text, "fr")


def test_what_is_counted_is_no_part_of_a_name() -> None:
    text = "La numéro deux partira, a appris l’Agence Méridienne de deux sources informées."
    found = [words for words, _ in actors(text, "fr")]
    assert "Agence Méridienne" in found
    assert "Agence Méridienne de deux" not in found

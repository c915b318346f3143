"""Names of a language pack beside the engine's own, without any pack."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine
from annotator.suggest.pack_names import PackName

TEXT = (
    "AUBRY, 3 mai - La ministre Odile Marchand a rencontré Zqorval, dit un communiqué.\n"
    "Le maire, Jean Dufour, a parlé à la Fédération du grand lac."
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load()


def _names(engine: Engine, text: str, *names: PackName, language: str = "fr"):
    found = engine.propose(text, language, names=names)
    return {p.spans[0].slice(text): p for p in found if p.kind is MarkKind.ACTOR}


def _at(words: str, kind: str) -> PackName:
    return PackName(TEXT.index(words), TEXT.index(words) + len(words), kind)


def test_without_a_pack_nothing_is_another(engine: Engine) -> None:
    assert engine.propose(TEXT, "fr") == engine.propose(TEXT, "fr", names=())


def test_a_name_that_only_the_pack_sees_is_its_own_proposal(engine: Engine) -> None:
    text = "Les essais de vraouste Ankyloxe ont repris."
    place = text.index("Ankyloxe")
    assert "Ankyloxe" not in _names(engine, text)
    found = _names(engine, text, PackName(place, place + 8, "PER"))["Ankyloxe"]
    assert (found.rule, found.fields["kind"]) == ("pack", "person")
    place = text.index("vraouste")
    # A word without a capital is no name, whoever says so.
    assert "vraouste" not in _names(engine, text, PackName(place, place + 8, "PER"))


def test_the_engine_s_own_names_stay_as_they_are(engine: Engine) -> None:
    own = _names(engine, TEXT)
    both = _names(engine, TEXT, _at("Odile", "ORG"), _at("Jean Dufour, a parlé", "LOC"))
    assert {words: p.fields for words, p in own.items()} == {
        words: both[words].fields for words in own
    }


def test_what_both_see_is_surer_and_keeps_its_rule(engine: Engine) -> None:
    own = _names(engine, TEXT)["Jean Dufour"]
    both = _names(engine, TEXT, _at("Jean Dufour", "PER"))["Jean Dufour"]
    assert both.rule == own.rule != "pack"
    assert both.score >= own.score


def test_of_an_organisation_the_pack_may_see_more(engine: Engine) -> None:
    text = "Selon la Fédération Brumeval Zqorvain Ulm, rien ne change."
    own = _names(engine, text)
    whole = PackName(text.index("Fédération"), text.index(","), "ORG")
    found = _names(engine, text, whole)
    assert "Fédération Brumeval Zqorvain Ulm" in found
    assert len(found) <= max(1, len(own))


def test_a_listing_is_no_name(engine: Engine) -> None:
    text = "Renseignements : Zqorval 03 25 80 75 et Brumeval – Sortie."
    listing = PackName(text.index("Zqorval"), text.index(" et"), "ORG")
    dashed = PackName(text.index("Brumeval"), len(text) - 1, "PER")
    found = _names(engine, text, listing, dashed)
    assert all(p.rule != "pack" for p in found.values())


@given(
    st.lists(
        st.builds(
            PackName,
            st.integers(0, 160),
            st.integers(0, 160),
            st.sampled_from(["PER", "ORG", "LOC"]),
        ),
        max_size=8,
    )
)
def test_whatever_a_pack_says_the_proposals_are_sound(names: list[PackName]) -> None:
    engine = _ENGINE
    found = engine.propose(TEXT, "fr", names=names)
    actors = [p for p in found if p.kind is MarkKind.ACTOR]
    assert all(0 <= s.start < s.end <= len(TEXT) for p in found for s in p.spans)
    assert all(0 <= j < len(found) for p in found for _, j in p.links)
    named = sorted(p.spans[0] for p in actors if p.rule != "description")
    assert all(a.end <= b.start for a, b in pairwise(named))
    assert found == engine.propose(TEXT, "fr", names=list(reversed(names)))


_ENGINE = Engine.load(rules_only=True)

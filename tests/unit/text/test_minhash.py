from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.minhash import groups, likeness, near_pairs, signature
from helpers.strategies import hostile_text
from helpers.wire import generate, score


def test_planted_variants_are_found_and_nothing_else():
    texts, story = generate(500, seed=11)
    pairs = near_pairs([signature(text) for text in texts])
    recall, precision = score(groups((one, other) for one, other, _ in pairs), story)
    assert recall >= 0.95
    assert precision >= 0.98


def test_furniture_does_not_count():
    texts, _ = generate(4, seed=3)
    menu = "Accueil Politique Sport Culture Abonnement Newsletter Publicité " * 40
    dirty = menu + texts[0]
    plain = signature(texts[0])
    assert likeness(signature(dirty, [Span(0, len(menu))]), plain).resemblance == 1.0
    assert likeness(signature(dirty), plain).resemblance < 1.0


def test_case_accents_and_white_space_do_not_count():
    one = "Le ministre a été vu à l’été près du port de Norport hier soir vers minuit."
    other = one.upper().replace(" ", "\u00a0").replace("É", "E\u0301")
    assert likeness(signature(one), signature(other)).is_near


@pytest.mark.parametrize("text", ["", " \n", "trop court pour dire", "😀 😀"])
def test_short_texts_are_like_nothing(text: str):
    assert signature(text).size == 0
    assert near_pairs([signature(text)] * 3) == []


def test_only_pairs_with_a_fresh_text_are_given():
    texts, _ = generate(1, seed=5)
    sigs = [signature(texts[0])] * 4
    assert {pair[:2] for pair in near_pairs(sigs, fresh_from=3)} <= {(0, 3), (2, 3)}
    assert groups((a, b) for a, b, _ in near_pairs(sigs)) == [[0, 1, 2, 3]]


@given(st.lists(hostile_text, max_size=6))
def test_any_texts_are_survived(texts: list[str]):
    sigs = [signature(text) for text in texts]
    for one, other, how in near_pairs(sigs):
        assert 0 <= one < other < len(texts)
        assert how == likeness(sigs[one], sigs[other])
    for sig in sigs:
        assert likeness(sig, sig).resemblance in (0.0, 1.0)

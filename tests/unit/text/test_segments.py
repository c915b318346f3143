from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.canonical import canonicalise
from annotator.text.segments import Segments, paragraph_at, paragraphs, sentence_at, sentences
from helpers.strategies import hostile_text

NB = "\u00a0"


def cut(text: str, language: str = "und") -> list[str]:
    return [span.slice(text) for span in sentences(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["M. Durand est venu.", "Il a dit non."],
        ["Mme Petit et le Dr. Roux ont parlé au col. Weiss.", "Rien n’a filtré."],
        ["M. Le Goff est parti.", "Le reste attend."],
        ["The U.S. Senate voted.", "He left the U.S.", "The talks failed."],
        ["It began at 5 p.m. Monday.", "It ended at 6 p.m.", "Police left."],
        ["See No. 5 and Fig. 3.", "He said no.", "No.", "I will not."],
        ["J. K. Marlow and George W. Stone met J.-M. Le Cornu.", "They agreed."],
        ["Acme Inc. Chief Tim Cole left Acme Inc.", "He is gone."],
        ["Il vaut 3.5 euros, p. ex. Paris.", "Le prix monte."],
        ["En 44 av. J.-C. Rome régnait.", "Vers 44 av. J.-C.", "Les Romains…", "Puis rien."],
        ["Il hésite… puis part.", "Fin..."],
        [f"«{NB}Je pars.{NB}»", f"«{NB}Quoi{NB}?{NB}» demande-t-il.", "Oui."],
        ['"I quit."', "He left.", "“Why?” she asked.", "“No!”", "He sat."],
        ["1. Premier point.", "Deuxième."],
        ["Il vit à St. Louis.", "(Jean Petit; version française Anne Roux) Fin."],
        ["Ses ventes baissent.", "iPhone ou rien. d’abord non."],
        ["是的。", "不。", "好"],
        ["Fin.[3] ", "Suite."],
        ["C’est fini.", "😀 Il part."],
        ["Was it?!", "Yes.", "Well, etc.", "That was all."],
    ],
    ids=lambda case: case[0][:24],
)
def test_sentences_of_both_languages(expected: list[str]):
    text = " ".join(expected) if "。" not in expected[0] else "".join(expected)
    assert cut(text) == [line.strip() for line in expected]


def test_a_language_keeps_the_other_ones_conflicts_out():
    assert cut("Tell me. Ann knows.", "en") == ["Tell me.", "Ann knows."]
    assert cut("C’est Me. Petit qui plaide.", "fr") == ["C’est Me. Petit qui plaide."]


def test_a_sentence_never_crosses_a_paragraph():
    assert cut("Sans point\nautre ligne\n \n\tfin.") == ["Sans point", "autre ligne", "fin."]


def test_paragraphs_are_lines_that_are_not_blank():
    text = "\n Un \n\n\u00a0\nDeux\n"
    assert [span.slice(text) for span in paragraphs(text)] == [" Un ", "Deux"]


@given(hostile_text, st.sampled_from(["fr", "en", "und"]))
def test_segments_are_ordered_trimmed_and_lose_no_word(raw: str, language: str):
    text = canonicalise(raw).text
    lines = paragraphs(text)
    found = sentences(text, language)
    assert "".join(found_text.slice(text) for found_text in found).split() or not text.strip()
    assert "".join("".join(s.slice(text).split()) for s in found) == "".join(text.split())
    for span in found:
        words = span.slice(text)
        assert words == words.strip()
        assert "\n" not in words
        assert sum(line.contains(span) for line in lines) == 1
    for left, right in pairwise(found):
        assert left.end <= right.start


@given(hostile_text, st.integers(0, 80))
def test_look_ups_agree_with_the_lists(raw: str, position: int):
    text = canonicalise(raw).text
    segments = Segments(text, "fr")
    if not segments.paragraphs:
        assert segments.paragraph_of(position) == segments.sentence_of(position) == -1
        with pytest.raises(ValueError, match="no paragraph"):
            paragraph_at(text, position)
        return
    paragraph = paragraph_at(text, position)
    assert paragraph in segments.paragraphs
    sentence = sentence_at(text, position, "fr")
    assert sentence in segments.sentences
    assert paragraph.contains(sentence)
    for index, span in enumerate(segments.sentences):
        assert segments.sentence_of(span.start) == segments.sentence_of(span.end - 1) == index
        assert sentence_at(text, span.start, "fr") == span
    for index, span in enumerate(segments.paragraphs):
        assert segments.paragraph_of(span.start) == index


@pytest.mark.parametrize("unit", ["a", ".", ". ", '"', "A. ", " »", ". »", "M. Le ", "é ", "’"])
def test_no_text_makes_it_quadratic(unit: str):
    # A rule that looks back or ahead without a bound would need minutes for one of these.
    text = unit * 200_000
    found = sentences(text)
    assert sum(map(len, found)) <= len(text)

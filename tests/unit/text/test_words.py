from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.canonical import canonicalise
from annotator.text.words import count_unmasked, count_words, snap_to_words, word_at, words
from helpers.strategies import hostile_text, text_and_span


def test_words_of_both_languages():
    text = "L’homme d'Etats-Unis don't U.S. e\u0301te\u0301 1,5 a-t-il aujourd'hui O’Brien"
    assert [span.slice(text) for span in words(text)] == [
        "L’", "homme", "d'", "Etats-Unis", "don't", "U.S.", "e\u0301te\u0301", "1,5", "a-t-il",
        "aujourd'hui", "O’Brien",
    ]  # fmt: skip
    assert count_words(text) == 11


@pytest.mark.parametrize(
    ("text", "picked", "snapped"),
    [
        ("Il a dit non.", "l a di", "Il a dit"),
        ("l’homme parle", "omme", "homme"),
        ("les Etats-Unis ont", "tats", "Etats-Unis"),
        ("« Bonjour »", "« Bonjour »", "« Bonjour »"),
        ("un  mot ", " mot ", "mot"),
        ("e\u0301te\u0301 vu", "e\u0301te", "e\u0301te\u0301"),
        ("oui 👩‍👧 non", "👩", "👩‍👧"),
        ("dit-il, fin.", ", fin.", ", fin."),
        ("U.S. law", "U.", "U.S."),
    ],
)
def test_snapping_widens_to_whole_words(text: str, picked: str, snapped: str):
    start = text.index(picked)
    span = snap_to_words(text, start, start + len(picked))
    assert span is not None
    assert span.slice(text) == snapped


def test_snapping_white_space_gives_nothing():
    assert snap_to_words("a \u00a0\n b", 1, 5) is None
    assert snap_to_words("", 0, 0) is None


def test_word_at_an_edge_is_the_one_that_starts_there():
    assert word_at("un deux", 3) == Span(3, 7)
    assert word_at("un deux", 2) is None


@example(("00000000\u200d:", 9, 10))
@given(text_and_span(hostile_text))
def test_snapping_is_idempotent_and_never_cuts_an_accent(drawn: tuple[str, int, int]):
    raw, start, end = drawn
    text = canonicalise(raw).text
    span = snap_to_words(text, start, end)
    if span is None:
        assert not text[start:end].strip()
        return
    words_picked = span.slice(text)
    assert words_picked == words_picked.strip()
    assert text[start : min(end, len(text))].strip() in words_picked
    assert snap_to_words(text, span.start, span.end) == span
    following = text[span.end : span.end + 1]
    assert not "\u0300" <= following <= "\u036f"


@given(st.text(st.sampled_from("ab é\u00a0\u0085\x1f\n\t\u2028\u202f’")), st.data())
def test_words_are_counted_as_splitting_would(text: str, data: st.DataObject) -> None:
    """The short way counts what stands between white space, in one and in several pieces."""
    assert count_unmasked(text, ()) == len(text.split())
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        pieces = len(text[:start].split()) + len(text[end:].split())
        assert count_unmasked(text, (Span(start, end),)) == pieces

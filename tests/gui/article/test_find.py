"""Find reads as a person types and finds each hit once."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gui.article.find import Hits, find_slices, pattern
from annotator.model.span import Span


def found(text, query, size=1000, **how):
    return [
        s for part in find_slices(text, pattern(query, **how), len(query), size=size) for s in part
    ]


def test_what_a_keyboard_has_stands_for_what_is_printed():
    text = "L’eau «\u00a0monte\u00a0» ; l'Est-Ouest, Est\u2011Ouest"
    assert len(found(text, "l'")) == 2
    assert len(found(text, '" monte "')) == 1
    assert len(found(text, "est-ouest")) == 2
    assert found(text, "EAU", case=True) == []


def test_whole_words():
    assert found("la lame, la", "la", words=True) == [Span(0, 2), Span(9, 11)]


@settings(deadline=None)
@given(
    st.text(alphabet="abA\u0130ß \n", max_size=120),
    st.text(alphabet="ab", min_size=1, max_size=4),
    st.integers(1, 40),
)
def test_slices_find_what_one_search_finds(text, query, size):
    expected = [Span(*m.span()) for m in re.finditer(re.escape(query), text, re.IGNORECASE)]
    assert found(text, query, size=size) == expected


def test_going_round():
    hits = Hits()
    hits.extend([Span(5, 6), Span(10, 11), Span(20, 21)])
    assert hits.go(8, 1) == Span(10, 11)
    assert hits.go(0, 1) == Span(20, 21)
    assert hits.go(0, 1) == Span(5, 6)
    hits.current = -1
    assert hits.go(8, -1) == Span(5, 6)
    assert list(hits.touching(6, 21)) == [1, 2]

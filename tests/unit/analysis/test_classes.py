"""The least number of classes against every way to colour the graph."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import classes


@st.composite
def graphs(draw, max_size=7):
    n = draw(st.integers(0, max_size))
    apart = [0] * n
    for i in range(n):
        for j in range(i):
            if draw(st.booleans()):
                apart[i] |= 1 << j
                apart[j] |= 1 << i
    return apart


def by_trying_all(apart):
    n = len(apart)
    for number in range(n + 1):
        for colours in product(range(number), repeat=n):
            if all(
                colours[i] != colours[j] for i in range(n) for j in range(i) if apart[i] >> j & 1
            ):
                return number
    return n


@given(graphs(max_size=6))
def test_it_is_the_chromatic_number(apart):
    assert classes.fewest_classes(apart) == (by_trying_all(apart), True)


@given(graphs())
def test_the_search_alone_agrees_with_the_reductions(apart):
    everything = (1 << len(apart)) - 1
    if apart:
        assert classes._search(everything, apart) == classes.fewest_classes(apart)


def odd_ring(n):
    return [1 << (i + 1) % n | 1 << (i - 1) % n for i in range(n)]


def test_a_ring_of_odd_length_needs_three():
    assert classes.fewest_classes(odd_ring(9)) == (3, True)


def test_a_search_that_is_given_up_says_so(monkeypatch):
    monkeypatch.setattr(classes, "_STEPS", 2)
    number, exact = classes.fewest_classes(odd_ring(9))
    assert not exact
    assert number <= 3

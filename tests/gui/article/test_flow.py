"""The scroll position hangs on a row: refining heights never moves what is seen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gui.article.flow import Flow
from annotator.gui.article.heights import Heights

SIZES = st.lists(st.integers(1, 90), min_size=1, max_size=60)


def flow_of(exact, estimate=20.0, window=100.0):
    flow = Flow(Heights([estimate] * len(exact)), lambda row: float(exact[row]))
    flow.window = window
    return flow


@settings(deadline=None)
@given(SIZES, st.lists(st.tuples(st.integers(0, 59), st.integers(0, 99)), max_size=20))
def test_heights_sum_as_a_list_would(sizes, changes):
    plain = [float(size) for size in sizes] * 30
    heights = Heights(list(plain))
    for row, height in changes:
        plain[row % len(plain)] = float(height)
        heights.set(row % len(plain), float(height))
    assert heights.total == sum(plain)
    for row in (0, len(plain) // 2, len(plain)):
        assert heights.top(row) == sum(plain[:row])
    for y in (0.0, heights.total / 3, heights.total - 1):
        row, rest = heights.row_at(max(0.0, y))
        assert heights.top(row) + rest == max(0.0, y)


@settings(deadline=None)
@given(SIZES, st.integers(0, 4000), st.lists(st.integers(0, 59), max_size=40))
def test_measuring_rows_never_moves_the_window(sizes, value, measured):
    flow = flow_of(sizes)
    flow.scroll_to(float(value))
    before = flow.visible()
    for row in measured:
        if row < len(sizes):
            flow.measured(row)
    assert flow.visible() == before


@settings(deadline=None)
@given(SIZES, st.lists(st.integers(-300, 300), max_size=12))
def test_scrolling_moves_by_exactly_what_was_asked(sizes, steps):
    flow = flow_of(sizes)
    total = sum(sizes)
    at = 0
    for step in steps:
        flow.scroll_by(float(step))
        at = min(max(0, at + step), max(0, total - 100))
        assert sum(sizes[: flow.row]) + flow.offset == at


@settings(deadline=None)
@given(SIZES, st.integers(0, 6000))
def test_window_is_never_left_empty(sizes, value):
    flow = flow_of(sizes)
    flow.scroll_to(float(value))
    row, y = flow.visible()[-1]
    assert y + sizes[row] >= min(100, sum(sizes))
    assert flow.visible()[0][1] <= 0

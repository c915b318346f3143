"""The index of marks answers as a scan would, after any change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gui.article.marks import MarkIndex
from annotator.model.span import Span
from gui.article.sample import Columns

SPANS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 120), st.integers(0, 7), st.integers(0, 60)),
    max_size=300,
)


def columns(found):
    rows = sorted((start, start + size, kind, f"m{name}") for start, size, kind, name in found)
    return Columns(
        [x[0] for x in rows], [x[1] for x in rows], [x[2] for x in rows], [x[3] for x in rows]
    )


def scan(rows, start, end):
    return [
        i
        for i, (a, b) in enumerate(zip(rows.starts, rows.ends, strict=True))
        if a < end and b > start
    ]


@settings(deadline=None)
@given(SPANS, st.integers(0, 500), st.integers(1, 100))
def test_touching_is_what_a_scan_finds(found, start, size):
    index = MarkIndex(columns(found))
    assert index.touching(start, start + size) == scan(index, start, start + size)


@settings(deadline=None)
@given(SPANS, st.sets(st.integers(0, 60)), st.integers(0, 400), st.integers(0, 500))
def test_index_is_true_after_removing_and_adding(found, gone, at, start):
    index = MarkIndex(columns(found))
    removed = index.remove({f"m{n}" for n in gone})
    assert sorted(removed) == sorted(Span(s, s + n) for s, n, _, name in found if name in gone)
    index.add("new", 1, [Span(at, at + 9), Span(at + 20, at + 21)])
    assert index.starts == sorted(index.starts)
    assert index.touching(start, start + 40) == scan(index, start, start + 40)
    assert index.spans_of("new") == (Span(at, at + 9), Span(at + 20, at + 21))


def test_a_mark_over_everything_does_not_hide_the_others():
    rows = [(0, 5_000_000, 0, 0)] + [(i * 50, 20, 1, i) for i in range(1, 40_000)]
    index = MarkIndex(columns(rows))
    assert len(index.touching(1_000_000, 1_000_100)) == 3


def test_innermost_comes_first():
    index = MarkIndex(columns([(0, 50, 0, 1), (10, 5, 1, 2), (8, 20, 2, 3)]))
    assert index.at(12) == ["m2", "m3", "m1"]
    assert index.at(60) == []

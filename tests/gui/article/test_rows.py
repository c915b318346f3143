"""Rows: every line is there once, whatever is folded, split or put above it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gui.article import rows as r
from annotator.gui.article.rows import LIMIT, Outline, build_rows
from annotator.model.span import Span
from annotator.text.segments import paragraphs

TEXTS = st.text(alphabet=st.sampled_from("ab é😀\u0301\u00a0.\n\n"), max_size=200)


@settings(deadline=None)
@given(TEXTS)
def test_rows_without_outline_are_the_lines(text):
    rows = build_rows(text)
    lines = text.split("\n")
    assert [text[a:b] for a, b in zip(rows.starts, rows.ends, strict=True)] == lines
    assert all(
        rows.starts[rows.row_of(p)] <= p <= rows.ends[rows.row_of(p)] for p in range(len(text))
    )


@settings(deadline=None)
@given(TEXTS)
def test_rows_are_numbered_as_paragraphs(text):
    rows = build_rows(text, Outline(paragraphs=paragraphs(text)))
    numbers = [rows.number(row) for row in range(len(rows)) if rows.number(row)]
    assert numbers == list(range(1, len(paragraphs(text)) + 1))
    assert numbers == [n for row in range(len(rows)) if (n := build_rows(text).number(row))]


@settings(deadline=None)
@given(st.integers(1, 4), st.sampled_from(["word ", "x", "Fin. ", "é😀"]), st.integers(0, 300))
def test_long_lines_are_split_without_losing_a_character(times, unit, more):
    line = (unit * (LIMIT * times // len(unit) + more)).strip()
    text = f"before\n{line}\nafter"
    rows = build_rows(text)
    pieces = range(1, len(rows) - 1)
    assert all(rows.ends[i] - rows.starts[i] <= LIMIT for i in pieces)
    assert "".join(text[rows.starts[i] : rows.ends[i]] for i in pieces) == line
    assert [rows.firsts[i] for i in pieces] == [1] + [0] * (len(pieces) - 1)
    assert rows.number(len(rows) - 1) == 3


def test_split_keeps_accents_joiners_and_flags_with_their_letter():
    for unit in ("e\u0301", "👩\u200d🚒", "🇫🇷"):
        rows = build_rows(unit * LIMIT)
        assert all((end - 0) % len(unit) == 0 for end in rows.ends), unit


def test_furniture_is_folded_by_run_and_unfolded_again():
    text = "menu\n\nlogin\nArticle.\nAlso read: this\nEnd."
    mask = (Span(0, 11), Span(21, 36))
    rows = build_rows(text, Outline(mask=mask))
    assert list(rows.kinds) == [r.FOLD, r.BODY, r.FOLD, r.BODY]
    assert rows.furniture(0) == Span(0, 11)
    assert [rows.number(i) for i in range(4)] == [0, 1, 0, 2]
    assert rows.row_of(7) == 0
    opened = build_rows(text, Outline(mask=mask, unfolded={0}))
    assert list(opened.kinds) == [r.OPEN, r.MASKED, r.EMPTY, r.MASKED, r.BODY, r.FOLD, r.BODY]
    assert opened.furniture(0) == Span(0, 11)
    assert opened.row_of(0) == 1


def test_mask_inside_a_paragraph_folds_nothing():
    rows = build_rows("One (advertisement) two.", Outline(mask=(Span(4, 19),)))
    assert list(rows.kinds) == [r.BODY]


def test_header_stands_before_the_article_or_after_its_headline():
    text = "menu\nTitle\nBody."
    mask = (Span(0, 4),)
    rows = build_rows(text, Outline(mask=mask, has_header=True))
    assert list(rows.kinds) == [r.FOLD, r.HEADER, r.BODY, r.BODY]
    rows = build_rows(text, Outline(mask=mask, has_header=True, headline=Span(5, 10)))
    assert list(rows.kinds) == [r.FOLD, r.HEADLINE, r.HEADER, r.BODY]
    assert rows.row_of(11) == 3
    assert list(build_rows("", Outline(has_header=True)).kinds) == [r.HEADER, r.BLANK]


def test_headings_are_not_numbered():
    rows = build_rows("A\nHeading\nB", Outline(headings=(Span(2, 9),)))
    assert [rows.number(row) for row in range(3)] == [1, 0, 2]

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.importers import read_bytes
from annotator.text.pages import as_printed, page_at
from helpers.articles import seeds_for


def test_a_place_before_the_first_page_is_on_none():
    pages = [(3, "i"), (10, "ii"), (10, "1"), (25, "2")]
    assert [page_at(pages, at) for at in (0, 2, 3, 9, 10, 24, 25, 99)] == [
        "", "", "i", "i", "1", "1", "2", "2",
    ]  # fmt: skip
    assert page_at([], 5) == ""


@given(st.text("ab ", min_size=1, max_size=30), st.sets(st.integers(1, 29)))
def test_joined_words_can_be_divided_again(text, places):
    joins = sorted(at for at in places if at < len(text))
    printed = as_printed(text, joins, 0, len(text))
    assert printed.replace("-\n", "") == text
    assert printed.count("-\n") == len(joins)


def test_the_words_that_a_pdf_divides_are_known():
    found = [text for seed in seeds_for("pdf") for text in read_bytes(seed.data, seed.name)]
    joined = [text for text in found if text.joins]
    assert joined
    for one in joined:
        for at in one.joins:
            assert one.text[at - 1].isalpha()
            assert one.text[at].isalpha()
    assert all(page_at(one.pages, len(one.text) - 1) for one in found if one.pages)

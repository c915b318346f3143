"""Shares of named, by-office and unnamed sources."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.shares import Openness, Shares, article_shares
from annotator.analysis.sourcing import Sourcing
from annotator.model.span import Span
from annotator.model.vocabulary import Identification, SourceRelationKind
from annotator.text.segments import sentences, words
from unit.analysis.builders import (
    claim,
    group,
    named,
    quote,
    records,
    refuses,
    relation,
    says,
    source,
)

TEXT = "Le barrage est fermé. Deux sources le disent. Le maire dément, une source insiste."


def measure(*rows, text=TEXT):
    return article_shares(Sourcing(records(*rows, text=text)), sentences(text, "fr"), words(text))


def test_voices_of_a_group_are_counted_and_the_same_person_once():
    found = measure(
        group("g"),
        named("a"),
        source("a2"),
        relation("a", "a2", SourceRelationKind.SAME),
        source("office", Identification.PERSON_BY_OFFICE),
        source("doc", Identification.DOCUMENT),
        source("me", Identification.JOURNALIST),
    )
    assert found.by_source == Shares(named=1, by_office=1, unnamed=2, other=1)
    assert found.by_source.part(Openness.UNNAMED) == 2 / 5


def test_sentences_and_words_count_once_for_each_kind():
    third = TEXT.index("Le maire")
    found = measure(
        claim("c", 0, 20),
        quote("q", third, third + 16),
        claim("d", third, third + 8),
        claim("e", third + 18, len(TEXT) - 1),
        group("g"),
        named("m"),
        says("c", "g"),
        says("q", "m"),
        says("e", "g"),
    )
    assert found.by_sentence == Shares(named=1, unnamed=2)
    assert found.by_word == Shares(named=3, unnamed=4 + 3)


def test_a_refusal_is_not_an_attributed_sentence():
    found = measure(claim("c", 0, 20), named("m"), refuses("c", "m"))
    assert found.by_sentence.total == found.by_word.total == 0


def test_nothing_has_no_share():
    assert Shares().part(Openness.NAMED) == 0.0


cuts = st.integers(0, len(TEXT) - 1)


@given(st.lists(st.tuples(cuts, cuts), max_size=8))
def test_words_are_those_that_a_mark_touches(edges):
    spans = [Span(min(pair), max(pair) + 1) for pair in edges]
    rows = [claim(f"c{i}", s.start, s.end) for i, s in enumerate(spans)]
    found = measure(*rows, source("s"), *(says(r.id, "s") for r in rows))
    touched = [w for w in words(TEXT) if any(w.overlaps(s) for s in spans)]
    assert found.by_word == Shares(unnamed=len(touched))

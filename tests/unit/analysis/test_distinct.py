"""The range of distinct sources: cases a reader can check, and every case against brute force."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.distinct import distinct_range
from annotator.model.annotations import SourceRelation
from annotator.model.vocabulary import Identification, SourceRelationKind
from unit.analysis.builders import group, named, relation, source

K = SourceRelationKind


def low_high(sources, relations=()):
    found = distinct_range(sources, relations)
    assert found.is_exact
    return found.low, found.high


@pytest.mark.parametrize(
    ("sources", "relations", "expected"),
    [
        ([], [], (0, 0)),
        ([source("a")], [], (1, 1)),
        ([source("a"), source("b")], [], (1, 2)),
        ([source("a"), source("b")], [relation("a", "b", K.INDEPENDENT)], (2, 2)),
        ([source("a"), source("b")], [relation("a", "b", K.SAME)], (1, 1)),
        ([source("a"), source("b")], [relation("a", "b", K.SAME_INSTITUTION)], (1, 2)),
        ([source("a"), source("b")], [relation("a", "b", K.DERIVED_FROM)], (2, 2)),
        ([named("a"), named("b")], [], (2, 2)),
        ([named("a"), source("b")], [], (2, 2)),
        ([named("a"), source("b")], [relation("a", "b")], (1, 2)),
        ([named("a", actor_id="x"), named("b", actor_id="x")], [], (1, 1)),
        ([group("g")], [], (1, 2)),
        ([group("g", 3)], [], (1, 3)),
        ([group("g"), source("m", group_id="g")], [], (1, 2)),
        ([group("g"), source("m", group_id="g"), source("n", group_id="g")], [], (1, 2)),
        (
            [group("g"), source("m", group_id="g"), source("n", group_id="g")],
            [relation("m", "n", K.INDEPENDENT)],
            (2, 2),
        ),
        ([group("g")], [relation("g", "g", K.INDEPENDENT)], (2, 2)),
        ([group("g"), group("h")], [relation("g", "h", K.SAME)], (1, 2)),
        ([group("g"), group("h")], [relation("g", "h", K.INDEPENDENT)], (2, 4)),
        ([group("g"), source("u", Identification.UNKNOWN)], [], (1, 3)),
    ],
)
def test_ranges_a_reader_can_check(sources, relations, expected):
    assert low_high(sources, relations) == expected


def test_the_sample_dispatch_is_two_perhaps_three_once_the_group_is_two_people():
    """Two informed sources; the former official may be the first of them, never the second."""
    sources = [
        group("g"),
        source("s1", group_id="g"),
        source("s2", group_id="g"),
        source("official"),
    ]
    decided = [
        relation("s1", "s2", K.INDEPENDENT),
        relation("official", "s1"),
        relation("official", "s2", K.INDEPENDENT),
    ]
    found = distinct_range(sources, decided)
    assert (found.low, found.high) == (2, 3)
    assert [(r.id, r.source_ids) for r in found.reasons] == [("may_be_same", ("s1", "official"))]


def test_a_reader_is_told_why():
    found = distinct_range([group("g"), source("x"), source("y")], [relation("x", "y")])
    assert {(r.id, r.source_ids) for r in found.reasons} == {
        ("group", ("g",)),
        ("may_be_same", ("x", "y")),
        ("unknown", ("g", "x", "y")),
    }
    for sentence in found.explain(str.upper, lang="fr"):
        assert "analysis." not in sentence


def test_several_has_no_upper_end():
    found = distinct_range([group("g", -1)], [])
    assert (found.low, found.high, found.is_open) == (1, 2, True)
    assert not found.is_certain
    assert [r.id for r in found.reasons] == ["group", "several"]


def test_a_contradiction_is_reported_and_counts_as_one():
    rows = [relation("a", "b", K.SAME), relation("a", "b", K.INDEPENDENT)]
    found = distinct_range([source("a"), source("b")], rows)
    assert (found.low, found.high) == (1, 1)
    assert [r.id for r in found.reasons] == ["contradiction"]


def test_a_group_inside_itself_ends():
    assert low_high([group("g", 2, group_id="h"), group("h", 2, group_id="g")])[0] == 1


def test_only_some_sources_are_counted():
    sources = [named("a"), named("b"), group("g")]
    assert distinct_range(sources, [], among=["a", "gone"]).high == 1


# -- brute force --------------------------------------------------------------------------------

NAMES = "abcdef"


@st.composite
def casts(draw):
    names = NAMES[: draw(st.integers(0, len(NAMES)))]
    known = st.sampled_from([True, False, False])
    sources = [named(n) if draw(known) else source(n) for n in names]
    relations = [
        SourceRelation(f"{a}{b}", "art", a, b, draw(st.sampled_from(K)))
        for a, b in combinations(names, 2)
        if draw(st.integers(0, 2)) == 0
    ]
    return sources, relations


def partitions(names):
    if not names:
        yield []
        return
    first, rest = names[0], names[1:]
    for partition in partitions(rest):
        yield [[first], *partition]
        for index, part in enumerate(partition):
            yield [*partition[:index], [first, *part], *partition[index + 1 :]]


def allowed_sizes(sources, relations, among=None):
    """Sizes of every partition into people that contradicts nothing that is known.

    ``among``: only people who are one of these sources are counted.
    """
    told = {s.id for s in sources if not s.identification.is_anonymous}
    said = {(r.first_id, r.second_id): r.kind for r in relations}
    same = [pair for pair, kind in said.items() if kind is K.SAME]

    def close(names):
        """All that is surely the same as any of the names."""
        while True:
            more = {x for pair in same if set(pair) & names for x in pair} | names
            if more == names:
                return names
            names = more

    blocks = {frozenset(close({s.id})) for s in sources}

    def may_be_one(first, second):
        kinds = [said.get((a, b), said.get((b, a))) for a in first for b in second]
        if K.INDEPENDENT in kinds or K.DERIVED_FROM in kinds:
            return False
        return K.MAY_BE_SAME in kinds or not (first | second) & told

    for partition in partitions(sorted(blocks, key=sorted)):
        if all(may_be_one(a, b) for part in partition for a, b in combinations(part, 2)):
            yield sum(among is None or any(block & among for block in part) for part in partition)


@settings(max_examples=150)
@given(casts())
def test_the_range_is_every_reading_of_the_article(cast):
    sources, relations = cast
    sizes = set(allowed_sizes(sources, relations))
    assert low_high(sources, relations) == (min(sizes), max(sizes))


@settings(max_examples=150)
@given(casts(), st.sets(st.sampled_from(NAMES)))
def test_the_range_behind_a_claim_is_every_reading_of_the_article(cast, behind):
    """What is known of its sources by way of others counts, too."""
    sources, relations = cast
    sizes = set(allowed_sizes(sources, relations, behind))
    found = distinct_range(sources, relations, among=sorted(behind))
    assert found.is_exact
    assert (found.low, found.high) == (min(sizes), max(sizes))


def test_what_is_said_of_the_same_person_elsewhere_counts_for_a_claim():
    sources = [source("a"), source("b"), source("c")]
    rows = [relation("a", "c", K.SAME), relation("b", "c", K.INDEPENDENT)]
    found = distinct_range(sources, rows, among=["a", "b"])
    assert (found.low, found.high) == (2, 2)

"""Co-mentions against a count by hand, and the selections a plot makes of them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import comention
from annotator.analysis.comention import PlaceColumns, Unit

N_ACTORS = 7
rows = st.lists(
    st.tuples(
        st.integers(0, N_ACTORS - 1),
        st.integers(0, 5),
        st.integers(-1, 4),
        st.integers(-1, 9),
    ),
    max_size=120,
)


def places(found, n_actors=N_ACTORS):
    columns = np.array(found, dtype=np.int32).reshape(-1, 4).T
    return PlaceColumns(*columns, [f"a{i}" for i in range(n_actors)])


def by_hand(found, unit):
    together = {}
    for actor, article, paragraph, sentence in found:
        ordinal = {Unit.SENTENCE: sentence, Unit.PARAGRAPH: paragraph, Unit.ARTICLE: 0}[unit]
        if ordinal >= 0:
            together.setdefault((article, ordinal), set()).add(actor)
    pairs = Counter()
    for actors in together.values():
        pairs.update(combinations(sorted(actors), 2))
    return sorted((a, b, n) for (a, b), n in pairs.items())


def triples(counts):
    columns = (counts.first.tolist(), counts.second.tolist(), counts.weight.tolist())
    return list(zip(*columns, strict=True))


@given(rows, st.sampled_from(Unit))
def test_count_is_the_count_by_hand(found, unit):
    counts = comention.count(places(found), unit)
    assert triples(counts) == by_hand(found, unit)
    mentions = Counter(row[0] for row in found)
    assert counts.mentions.tolist() == [mentions[i] for i in range(N_ACTORS)]
    together = {i for row in triples(counts) for i in row[:2]}
    assert set(np.flatnonzero(~counts.isolated).tolist()) == together


@given(rows, st.sampled_from(Unit))
def test_blocks_change_nothing(found, unit):
    whole = comention.count(places(found), unit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comention, "_EVENTS_PER_BLOCK", 3)
        assert triples(comention.count(places(found), unit)) == triples(whole)


@given(rows, st.integers(1, 4))
def test_a_weight_filter_drops_light_pairs_and_no_actor(found, weight):
    counts = comention.count(places(found), Unit.ARTICLE)
    filtered = comention.at_least(counts, weight)
    assert triples(filtered) == [row for row in triples(counts) if row[2] >= weight]
    assert filtered.actor_ids == counts.actor_ids


@given(rows, st.integers(0, N_ACTORS), st.integers(0, 12))
def test_strongest_keeps_the_most_mentioned_and_the_heaviest(found, actors, pairs):
    counts = comention.count(places(found), Unit.PARAGRAPH)
    few = comention.strongest(counts, actors=actors, pairs=pairs)
    assert len(few.actor_ids) == actors
    assert len(few.first) <= pairs
    left_out = [
        m for a, m in zip(counts.actor_ids, counts.mentions, strict=True) if a not in few.actor_ids
    ]
    assert not left_out or actors == 0 or max(left_out) <= few.mentions.min()
    named = {(few.actor_ids[a], few.actor_ids[b]): n for a, b, n in triples(few)}
    all_named = {
        (counts.actor_ids[a], counts.actor_ids[b]): n
        for a, b, n in triples(counts)
        if {counts.actor_ids[a], counts.actor_ids[b]} <= set(few.actor_ids)
    }
    assert named.items() <= all_named.items()
    dropped = [n for pair, n in all_named.items() if pair not in named]
    assert not dropped or not named or max(dropped) <= min(named.values())


def test_isolated_and_unplaced_actors_are_kept():
    found = [(0, 0, 0, 0), (1, 0, 0, 0), (2, 1, 0, -1)]
    counts = comention.count(places(found, 4), Unit.SENTENCE)
    assert triples(counts) == [(0, 1, 1)]
    assert counts.mentions.tolist() == [1, 1, 1, 0]
    assert counts.isolated.tolist() == [False, False, True, True]
    assert comention.mentioned(counts).actor_ids == ("a0", "a1", "a2")


def test_keys_too_sparse_to_count_are_sorted_instead():
    columns = np.array([[0, 1, 0, 2], [0, 0, 9, 9], [0, 0, 0, 0], [5, 5, 10**9, 10**9]])
    counts = comention.count(PlaceColumns(*columns, list("abc")), Unit.SENTENCE)
    assert triples(counts) == [(0, 1, 1), (0, 2, 1)]


def test_a_cancelled_count_stops():
    class StopError(Exception):
        pass

    def check():
        raise StopError

    with pytest.raises(StopError):
        comention.count(places([(0, 0, 0, 0), (1, 0, 0, 0)]), Unit.ARTICLE, check=check)

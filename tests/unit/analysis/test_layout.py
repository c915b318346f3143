"""The picture of a graph: the same for the same counts, and steady when something is added."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import part
from annotator.analysis.comention import CoMentions, Unit
from annotator.analysis.layout import communities, layout


def graph(pairs, n, ids=None):
    rows = sorted((min(a, b), max(a, b), w) for a, b, w in pairs)
    columns = np.array(rows, dtype=np.int32).reshape(-1, 3).T
    mentions = np.bincount(columns[:2].ravel(), minlength=n).astype(np.int64) + 1
    return CoMentions(
        tuple(ids or (f"a{i:04d}" for i in range(n))), mentions, *columns, Unit.ARTICLE
    )


def cliques(number, size, *, bridges=True):
    pairs = []
    for c in range(number):
        base = c * size
        pairs += [(base + i, base + j, 3) for i in range(size) for j in range(i)]
        if bridges and c:
            pairs.append((base, base - size, 1))
    return pairs


def positions(found, place):
    return dict(zip(found.actor_ids, map(tuple, place.tolist()), strict=True))


edges = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 9)), max_size=30)


@settings(max_examples=40)
@given(edges, st.randoms(use_true_random=False))
def test_the_order_of_actors_changes_nothing(drawn, shuffler):
    pairs = {(min(a, b), max(a, b)): w for a, b, w in drawn if a != b}
    found = graph([(a, b, w) for (a, b), w in pairs.items()], 12)
    order = list(range(12))
    shuffler.shuffle(order)
    renamed = graph(
        [(order[a], order[b], w) for (a, b), w in pairs.items()],
        12,
        [found.actor_ids[order.index(i)] for i in range(12)],
    )
    renamed = CoMentions(renamed.actor_ids, found.mentions[[order.index(i) for i in range(12)]],
                         renamed.first, renamed.second, renamed.weight, renamed.unit)  # fmt: skip
    place, again = layout(found), layout(renamed)
    assert np.isfinite(place).all()
    assert positions(found, place) == positions(renamed, again)
    first = dict(zip(found.actor_ids, communities(found).tolist(), strict=True))
    assert first == dict(zip(renamed.actor_ids, communities(renamed).tolist(), strict=True))


def test_one_more_actor_moves_nobody_far():
    found = graph(cliques(4, 8), 33)
    place = layout(found)
    joined = graph([*cliques(4, 8), (32, 3, 2), (32, 4, 2)], 33)
    connected = {k: v for k, v in positions(found, place).items() if k != "a0032"}
    later = layout(joined, start=connected)
    span = np.ptp(place[:32], axis=0).max()
    moved = np.hypot(*(later[:32] - place[:32]).T)
    assert moved.max() < 0.25 * span
    assert np.median(moved) < 0.05 * span
    beside = np.hypot(*(later[:32] - later[32]).T)
    assert {3, 4} <= set(np.argsort(beside)[:12].tolist())


def test_what_was_there_stays_exactly_when_pairs_are_filtered_away():
    found = graph(cliques(3, 6), 18)
    place = layout(found)
    fewer = graph(cliques(3, 6, bridges=False), 18)
    again = layout(fewer, start=positions(found, place))
    assert np.allclose(again, place)


def test_parts_do_not_overlap_and_the_isolated_stand_below():
    found = graph(cliques(5, 4, bridges=False), 27)
    place = layout(found)
    boxes = [(place[i : i + 4].min(0), place[i : i + 4].max(0)) for i in range(0, 20, 4)]
    for number, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:number]:
            assert ((high <= other_low) | (other_high <= low)).any()
    assert place[20:, 1].min() > place[:20, 1].max()
    assert len({tuple(p) for p in place[20:].tolist()}) == 7


def test_only_isolated_actors_make_a_tidy_block():
    place = layout(graph([], 10))
    assert len({tuple(p) for p in place.tolist()}) == 10
    assert len(layout(graph([], 0))) == 0


def test_a_large_part_shows_its_communities_as_islands():
    found = graph(cliques(30, 25), 750)
    place, label = layout(found), communities(found)
    assert part._ISLANDS_FROM <= 750
    centres = np.array([place[label == i].mean(0) for i in range(label.max() + 1)])
    nearest = np.argmin(np.hypot(*(place[:, None] - centres[None]).transpose(2, 0, 1)), axis=1)
    assert (nearest == label).mean() > 0.98


def test_communities_are_numbered_by_size_and_keep_their_numbers():
    pairs = [*cliques(1, 6), *[(a + 6, b + 6, w) for a, b, w in cliques(1, 4)]]
    found = graph(pairs, 11)
    first = communities(found)
    assert first.tolist() == [0] * 6 + [1] * 4 + [-1]
    before = dict(zip(found.actor_ids, [5] * 6 + [2] * 4 + [-1], strict=True))
    assert communities(found, before=before).tolist() == [5] * 6 + [2] * 4 + [-1]


def test_a_cancelled_layout_stops():
    class StopError(Exception):
        pass

    def check():
        raise StopError

    with pytest.raises(StopError):
        layout(graph(cliques(2, 4), 8), check=check)

"""Names never cover each other, nor the actors that count, and stay inside the window."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.comention import CoMentions, PlaceColumns, Unit
from annotator.app.comentions import GraphData, GraphQuery
from annotator.gui.plots.labels import place_names
from annotator.gui.plots.scene import Scene, View

WIDTH, HEIGHT = 400.0, 260.0
VIEW = View(1.0, 0.0, 0.0, WIDTH, HEIGHT)
pytestmark = pytest.mark.gui


def scene_of(places, mentions, pairs=()):
    n = len(places)
    columns = np.array(pairs, dtype=np.int32).reshape(-1, 3).T
    ids = tuple(f"a{i}" for i in range(n))
    counts = CoMentions(ids, np.array(mentions, dtype=np.int64), *columns, Unit.SENTENCE)
    empty = np.zeros(0, dtype=np.int32)
    labels = np.zeros(n, dtype=np.int64)
    return Scene(
        GraphData(
            GraphQuery(),
            PlaceColumns(empty, empty, empty, empty, ids),
            counts,
            counts,
            ids,
            ("",) * n,
            np.array(places, dtype=np.float64).reshape(-1, 2),
            labels,
            labels,
        )
    )


dots = st.lists(
    st.tuples(
        st.floats(0, WIDTH, allow_nan=False),
        st.floats(0, HEIGHT, allow_nan=False),
        st.integers(1, 60),
        st.floats(10, 120),
    ),
    max_size=40,
)


def boxes(scene, placed, sizes):
    px = VIEW.to_px(scene.places)
    return [
        (px[i, 0] + left, px[i, 1] + top, px[i, 0] + left + sizes[i], px[i, 1] + top + 14)
        for i, left, top in placed
    ]


@settings(deadline=None, max_examples=60)
@given(dots)
def test_names_keep_off_each_other_and_off_the_actors(drawn):
    scene = scene_of([d[:2] for d in drawn], [d[2] for d in drawn])
    sizes = [d[3] for d in drawn]
    placed = place_names(scene, VIEW, lambda i: (sizes[i], 14.0))
    found = boxes(scene, placed, sizes)
    for number, (left, top, right, bottom) in enumerate(found):
        assert left >= 0
        assert top >= 0
        # The raster's last cell may stand a little over the edge.
        assert right <= WIDTH + 2
        assert bottom <= HEIGHT + 2
        for other in found[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    px = VIEW.to_px(scene.places)
    reach = scene.radius * VIEW.size * 0.6
    for (left, top, right, bottom), (owner, _, _) in zip(found, placed, strict=True):
        for i, (x, y) in enumerate(px.tolist()):
            near_x, near_y = np.clip(x, left, right), np.clip(y, top, bottom)
            assert i == owner or np.hypot(near_x - x, near_y - y) >= reach[i] - 1e-9


@settings(deadline=None, max_examples=30)
@given(dots)
def test_the_most_mentioned_is_named_first_if_anybody_has_room(drawn):
    alone = [d for d in drawn if 150 < d[0] < 250 and 60 < d[1] < 200][:1]
    if not alone:
        return
    scene = scene_of([alone[0][:2]], [alone[0][2]])
    placed = place_names(scene, VIEW, lambda _: (alone[0][3], 14.0))
    assert [p[0] for p in placed] == [0]


def test_who_is_asked_first_is_placed_first_and_only_asked_ones_are():
    scene = scene_of([(100, 100), (104, 100), (300, 200)], [9, 1, 5])
    first = place_names(scene, VIEW, lambda _: (80.0, 14.0), first=[1])
    assert first[0][0] == 1
    only = place_names(scene, VIEW, lambda _: (80.0, 14.0), only=[2])
    assert [p[0] for p in only] == [2]


def test_a_name_keeps_clear_of_its_own_lines():
    scene = scene_of([(200, 130), (300, 130)], [9, 9], [(0, 1, 3)])
    placed = {i: (left, top) for i, left, top in place_names(scene, VIEW, lambda _: (60.0, 14.0))}
    assert placed[0][0] < 0 < placed[1][0]

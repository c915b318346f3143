"""What both faces show of co-mentions, read from a real project."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.analysis.comention import Unit
from annotator.app.comention_sentences import NAME_ENDS, NAME_STARTS, read_passages
from annotator.app.comentions import GraphQuery, as_graph, read_graph, refilter
from annotator.model.annotations import Actor, Mention


def named(data):
    return dict(zip(data.names, data.shown.actor_ids, strict=True))


def test_counts_are_those_of_the_mentions(demo):
    data = read_graph(demo.project, GraphQuery())
    mentions = demo.project.find(Mention)
    counted = dict(zip(data.shown.actor_ids, data.shown.mentions.tolist(), strict=True))
    for actor_id, number in counted.items():
        assert number == sum(m.actor_id == actor_id for m in mentions)
    names = {a.id: a.name for a in demo.project.find(Actor)}
    assert list(data.names) == [names[i] for i in data.shown.actor_ids]
    assert data.article_count == len({m.article_id for m in mentions})
    assert not data.is_cut


def test_a_new_answer_keeps_places_and_a_filtered_one_is_the_same_as_a_read_one(demo):
    first = read_graph(demo.project, GraphQuery())
    query = GraphQuery(least=2)
    filtered = refilter(demo.project, first, query)
    read = read_graph(demo.project, query, before=first)
    assert np.array_equal(filtered.positions, read.positions)
    assert filtered.shown.weight.tolist() == read.shown.weight.tolist()
    back = refilter(demo.project, filtered, GraphQuery())
    alone = first.shown.isolated
    assert np.array_equal(back.positions[~alone], first.positions[~alone])


def test_isolated_actors_can_be_left_out(demo):
    everybody = read_graph(demo.project, GraphQuery())
    linked = read_graph(demo.project, GraphQuery(with_isolated=False))
    assert len(linked.names) == int((~everybody.shown.isolated).sum())
    assert linked.shown.weight.tolist() == everybody.shown.weight.tolist()


def test_one_article_counts_only_itself(demo):
    article_id = demo.project.find(Mention)[0].article_id
    data = read_graph(demo.project, GraphQuery(article_id=article_id, unit=Unit.ARTICLE))
    assert data.article_count == 1
    assert set(data.shown.weight.tolist()) == {1}


def test_a_cut_graph_says_so(demo):
    data = read_graph(demo.project, GraphQuery(unit=Unit.ARTICLE), most=(5, 3))
    assert len(data.names) == 5
    assert len(data.shown.first) <= 3
    assert data.is_cut


@pytest.mark.parametrize("unit", list(Unit))
def test_the_passages_are_those_that_the_weight_counts(demo, unit):
    data = read_graph(demo.project, GraphQuery(unit=unit))
    ids = data.shown.actor_ids
    for a, b, weight in zip(data.shown.first, data.shown.second, data.shown.weight, strict=True):
        found = read_passages(demo.project, data, ids[a], ids[b])
        assert found.total == weight == len(found.rows)
        for row in found.rows:
            assert row.text.count(NAME_STARTS) == row.text.count(NAME_ENDS) >= 1
            text = demo.project.text(row.article_id).text
            assert row.at.slice(text) in row.text.replace(NAME_STARTS, "").replace(NAME_ENDS, "")


def test_an_actors_passages_are_the_newest_first_and_limited(demo):
    data = read_graph(demo.project, GraphQuery())
    heaviest = int(np.argmax(data.shown.mentions))
    found = read_passages(demo.project, data, data.shown.actor_ids[heaviest])
    dates = [row.published.value if row.published else "" for row in found.rows]
    assert dates == sorted(dates, reverse=True)
    few = read_passages(demo.project, data, data.shown.actor_ids[heaviest], limit=2)
    assert few.rows == found.rows[:2]
    assert few.total == found.total
    assert read_passages(demo.project, data, "nobody").total == 0


def test_the_graph_for_files_is_what_is_shown(demo):
    data = read_graph(demo.project, GraphQuery(least=2, outlet=None))
    graph = as_graph(data)
    assert [n.name for n in graph.nodes] == list(data.names)
    assert [e.weight for e in graph.edges] == data.shown.weight.tolist()
    assert ("least", "2") in graph.filters
    assert all(n.colour.startswith("#") for n in graph.nodes)

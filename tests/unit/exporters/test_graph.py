"""The graph formats, read back by other people's code."""

from __future__ import annotations

import csv
import io
import json

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import graph as g
from annotator.exporters.base import Dossier, Scope
from annotator.model.annotations import Actor

HOSTILE = '<b>Ver&ne</b> "l’Île" \u202f\x00\ud800 =1+1'
GRAPH = g.Graph(
    nodes=(
        g.GraphNode("a", "Irène Castel", "person", 5, 0, 1.5, -2.25, 20.0, "#0b6bb5"),
        g.GraphNode("b", "=HYPERLINK(1)", "organisation", 3, 0, 0.0, 0.0, 9.0, "#0b6bb5"),
        g.GraphNode("c", HOSTILE, "unknown", 1, -1, 3.0, 4.0),
    ),
    edges=(g.GraphEdge("a", "b", 4, 2.5),),
    unit="paragraph",
    articles=12,
    filters=(("outlet", "Gazette & Cie"),),
)


def written(write, graph=GRAPH):
    stream = io.BytesIO()
    write(graph, stream)
    return stream.getvalue()


def on_disk(tmp_path, write, name, graph=GRAPH):
    path = tmp_path / name
    path.write_bytes(written(write, graph))
    return path


def cleaned(name):
    return name.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")


def test_gexf_is_read_by_networkx(tmp_path):
    found = nx.read_gexf(on_disk(tmp_path, g.write_gexf, "g.gexf"))
    assert found.nodes["a"]["label"] == "Irène Castel"
    assert found.nodes["c"]["label"] == cleaned(HOSTILE)
    assert found.nodes["a"]["mentions"] == 5
    assert found.nodes["a"]["viz"]["position"] == {"x": 1.5, "y": 2.25, "z": 0.0}
    assert found.nodes["a"]["viz"]["color"] == {"r": 11, "g": 107, "b": 181, "a": 1.0}
    assert [(a, b, d["weight"]) for a, b, d in found.edges(data=True)] == [("a", "b", 4)]


def test_graphml_is_read_by_networkx_and_igraph(tmp_path):
    path = on_disk(tmp_path, g.write_graphml, "g.graphml")
    found = nx.read_graphml(path)
    assert found.nodes["c"]["name"] == cleaned(HOSTILE)
    assert found.nodes["b"]["mentions"] == 3
    assert found.edges["a", "b"]["weight"] == 4
    assert found.graph["unit"] == "paragraph"
    again = igraph.Graph.Read_GraphML(str(path))
    assert again.vs["name"] == ["Irène Castel", "=HYPERLINK(1)", cleaned(HOSTILE)]
    assert again.es["weight"] == [4]
    assert not again.is_directed()


def test_pajek_is_read_by_networkx_and_igraph(tmp_path):
    path = on_disk(tmp_path, g.write_pajek, "g.net")
    again = igraph.Graph.Read_Pajek(str(path))
    assert (again.vcount(), again.ecount()) == (3, 1)
    assert again.es["weight"] == [4]
    found = nx.read_pajek(path)
    assert len(found) == 3
    assert "Irène Castel" in found


def test_csv_keeps_the_isolated_and_runs_nothing():
    rows = list(csv.reader(io.StringIO(written(g.write_csv).decode("utf-8-sig"))))
    assert rows[1] == ["Irène Castel", "'=HYPERLINK(1)", "4", "5", "3", "paragraph"]
    assert [row[2:] for row in rows[2:]] == [["0", "1", "", "paragraph"]]


def test_json_is_read_by_networkx():
    data = json.loads(written(g.write_json))
    found = nx.node_link_graph(data, edges="edges")
    assert found.nodes["a"]["name"] == "Irène Castel"
    assert found.edges["a", "b"]["weight"] == 4
    assert found.graph == {"unit": "paragraph", "articles": 12, "outlet": "Gazette & Cie"}


@pytest.mark.parametrize("form", g.GRAPH_FORMATS, ids=lambda form: form.id)
def test_every_format_writes_a_dossier_with_and_without_a_graph(form):
    assert form.scope is Scope.GRAPH
    for graph in (GRAPH, None):
        stream = io.BytesIO()
        form.write(Dossier((), graph=graph), stream)
        assert stream.getvalue()


def test_redaction_renames_and_drops():
    kept = {"a": Actor("x", "A."), "b": Actor("y", "B.")}
    found = GRAPH.renamed(kept)
    assert [(n.id, n.name) for n in found.nodes] == [("x", "A."), ("y", "B.")]
    assert [(e.first, e.second, e.weight) for e in found.edges] == [("x", "y", 4)]
    assert GRAPH.renamed({"a": kept["a"]}).edges == ()


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6))
def test_any_name_comes_back(names):
    nodes = tuple(g.GraphNode(f"n{i}", name) for i, name in enumerate(names))
    data = written(g.write_gexf, g.Graph(nodes, ()))
    found = nx.read_gexf(io.BytesIO(data))
    for node in nodes:
        # XML has no place for some characters, and reads line ends as \n in attributes.
        if node.name.isprintable():
            assert found.nodes[node.id]["label"] == cleaned(node.name)
    graphml = nx.read_graphml(io.BytesIO(written(g.write_graphml, g.Graph(nodes, ()))))
    assert len(graphml) == len(nodes)

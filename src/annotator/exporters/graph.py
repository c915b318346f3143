"""The co-mention graph as GEXF, GraphML, Pajek, CSV and JSON.

One graph, five ways to write it. Isolated actors are kept in each. Names are text from outside:
what XML cannot hold becomes U+FFFD, what a spreadsheet would run gets an apostrophe before it.

Source: GEXF 1.3 (gexf.net), GraphML 1.0 (graphml.graphdrawing.org), Pajek's manual (``.net``).
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from annotator.exporters.base import Format, Redaction, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Actor


@dataclass(frozen=True, slots=True)
class GraphNode:
    """Be one actor. ``x`` and ``y`` are where it is drawn (y downwards), ``size`` its diameter."""

    id: str
    name: str
    kind: str = ""
    mentions: int = 0
    community: int = -1
    x: float = 0.0
    y: float = 0.0
    size: float = 1.0
    colour: str = "#808080"


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """Join two actors, ``weight`` units mention both; ``width`` is how wide it is drawn."""

    first: str
    second: str
    weight: int
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Graph:
    """Hold what the plot shows, or what was counted: nodes, edges, and how they were counted.

    ``filters`` say in words of no language what was chosen (``outlet=...``, ``since=...``).
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    unit: str = "sentence"
    articles: int = 0
    filters: tuple[tuple[str, str], ...] = ()

    def renamed(self, actors: Mapping[str, Actor]) -> Graph:
        """Return the graph with the ids and names that ``actors`` gives for its ids.

        An actor without one is dropped with its edges: redaction keeps it inside.
        """
        nodes = tuple(
            replace(node, id=actors[node.id].id, name=actors[node.id].name)
            for node in self.nodes
            if node.id in actors
        )
        edges = tuple(
            replace(edge, first=actors[edge.first].id, second=actors[edge.second].id)
            for edge in self.edges
            if edge.first in actors and edge.second in actors
        )
        return replace(self, nodes=nodes, edges=edges)


# -- text and tables ----------------------------------------------------------------------------

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def _safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a name as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(graph: Graph, stream: BinaryIO) -> None:
    """Write one row a pair, and one with an empty second actor for each isolated one."""
    names = {node.id: node for node in graph.nodes}
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(("actor_a", "actor_b", "co_mentions", "mentions_a", "mentions_b", "unit"))
    paired: set[str] = set()
    for edge in graph.edges:
        a, b = names[edge.first], names[edge.second]
        paired |= {a.id, b.id}
        cells = (_safe_cell(a.name), _safe_cell(b.name), edge.weight, a.mentions, b.mentions)
        rows.writerow((*cells, graph.unit))
    for node in graph.nodes:
        if node.id not in paired:
            rows.writerow((_safe_cell(node.name), "", 0, node.mentions, "", graph.unit))
    text.flush()
    text.detach()


def write_json(graph: Graph, stream: BinaryIO) -> None:
    """Write nodes and links in the node-link form that networkx and D3 read."""
    data = {
        "format": "annotator-graph",
        "version": 1,
        "directed": False,
        "multigraph": False,
        "graph": {"unit": graph.unit, "articles": graph.articles, **dict(graph.filters)},
        "nodes": [
            {
                "id": n.id,
                "name": n.name,
                "kind": n.kind,
                "mentions": n.mentions,
                "community": n.community,
                "x": round(n.x, 3),
                "y": round(n.y, 3),
            }
            for n in graph.nodes
        ],
        "edges": [{"source": e.first, "target": e.second, "weight": e.weight} for e in graph.edges],
    }
    stream.write(json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    stream.write(b"\n")


# -- XML ----------------------------------------------------------------------------------------

#: Everything that XML 1.0 has no place for.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Xml:
    """Write elements with their attributes escaped and what XML cannot hold replaced."""

    def __init__(self, stream: BinaryIO) -> None:
        self._out = XMLGenerator(stream, encoding="utf-8", short_empty_elements=True)
        self._out.startDocument()

    def open(self, name: str, **attributes: object) -> None:
        """Open an element; a trailing underscore of a name is dropped, an inner one a colon."""
        cleaned = {_attribute(k): _NOT_XML.sub("\ufffd", str(v)) for k, v in attributes.items()}
        self._out.startElement(name, AttributesImpl(cleaned))

    def close(self, *names: str) -> None:
        """Close elements."""
        for name in names:
            self._out.endElement(name)

    def empty(self, name: str, **attributes: object) -> None:
        """Write an element without content."""
        self.open(name, **attributes)
        self.close(name)

    def text(self, name: str, content: object, **attributes: object) -> None:
        """Write an element with text in it."""
        self.open(name, **attributes)
        self._out.characters(_NOT_XML.sub("\ufffd", str(content)))
        self.close(name)

    def end(self) -> None:
        """Finish the document."""
        self._out.endDocument()


def _attribute(name: str) -> str:
    return name.removesuffix("_").replace("__", ":").replace("_", ".")


def write_gexf(graph: Graph, stream: BinaryIO) -> None:
    """Write GEXF 1.3 with the colours, sizes and places of the plot (Gephi shows it the same)."""
    xml = _Xml(stream)
    xml.open(
        "gexf",
        xmlns="http://gexf.net/1.3",
        xmlns__viz="http://gexf.net/1.3/viz",
        version="1.3",
    )
    xml.open("meta")
    xml.text("creator", "Annotator")
    xml.text("description", _description(graph))
    xml.close("meta")
    xml.open("graph", defaultedgetype="undirected", mode="static")
    xml.open("attributes", class_="node", mode="static")
    for number, (title, kind) in enumerate(_GEXF_ATTRIBUTES):
        xml.empty("attribute", id=number, title=title, type=kind)
    xml.close("attributes")
    xml.open("nodes", count=len(graph.nodes))
    for node in graph.nodes:
        _gexf_node(xml, node)
    xml.close("nodes")
    xml.open("edges", count=len(graph.edges))
    for number, edge in enumerate(graph.edges):
        xml.open("edge", id=number, source=edge.first, target=edge.second, weight=edge.weight)
        xml.empty("viz:thickness", value=f"{edge.width:.2f}")
        xml.close("edge")
    xml.close("edges", "graph", "gexf")
    xml.end()


_GEXF_ATTRIBUTES = (("mentions", "integer"), ("kind", "string"), ("community", "integer"))


def _gexf_node(xml: _Xml, node: GraphNode) -> None:
    xml.open("node", id=node.id, label=node.name)
    xml.open("attvalues")
    for number, value in enumerate((node.mentions, node.kind, node.community)):
        xml.empty("attvalue", for_=number, value=value)
    xml.close("attvalues")
    red, green, blue = (int(node.colour[i : i + 2], 16) for i in (1, 3, 5))
    xml.empty("viz:color", r=red, g=green, b=blue)
    # GEXF has y upwards.
    xml.empty("viz:position", x=f"{node.x:.3f}", y=f"{-node.y:.3f}", z="0.0")
    xml.empty("viz:size", value=f"{node.size:.2f}")
    xml.close("node")


def write_graphml(graph: Graph, stream: BinaryIO) -> None:
    """Write GraphML 1.0."""
    xml = _Xml(stream)
    xml.open("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for target, name, kind in _GRAPHML_KEYS:
        xml.empty("key", id=_key_id(target, name), for_=target, attr_name=name, attr_type=kind)
    xml.open("graph", id="co-mentions", edgedefault="undirected")
    for name, value in (("unit", graph.unit), ("description", _description(graph))):
        xml.text("data", value, key=_key_id("graph", name))
    for node in graph.nodes:
        xml.open("node", id=node.id)
        for name, value in _graphml_values(node):
            xml.text("data", value, key=_key_id("node", name))
        xml.close("node")
    for number, edge in enumerate(graph.edges):
        xml.open("edge", id=f"e{number}", source=edge.first, target=edge.second)
        xml.text("data", edge.weight, key=_key_id("edge", "weight"))
        xml.close("edge")
    xml.close("graph", "graphml")
    xml.end()


_GRAPHML_KEYS = (
    ("graph", "unit", "string"),
    ("graph", "description", "string"),
    ("node", "name", "string"),
    ("node", "kind", "string"),
    ("node", "mentions", "int"),
    ("node", "community", "int"),
    ("node", "x", "double"),
    ("node", "y", "double"),
    ("edge", "weight", "int"),
)


def _key_id(target: str, name: str) -> str:
    return f"{target}-{name}"


def _graphml_values(node: GraphNode) -> Iterable[tuple[str, object]]:
    return (
        ("name", node.name),
        ("kind", node.kind),
        ("mentions", node.mentions),
        ("community", node.community),
        ("x", f"{node.x:.3f}"),
        ("y", f"{node.y:.3f}"),
    )


def _description(graph: Graph) -> str:
    """Say how it was counted, in a form a program can take apart."""
    facts = (("unit", graph.unit), ("articles", str(graph.articles)), *graph.filters)
    return "; ".join(f"{name}={value}" for name, value in facts)


# -- Pajek --------------------------------------------------------------------------------------


def write_pajek(graph: Graph, stream: BinaryIO) -> None:
    """Write Pajek's ``.net``: vertices with their places in [0, 1], then weighted edges."""
    number = {node.id: i for i, node in enumerate(graph.nodes, 1)}
    lines = [f"*Vertices {len(graph.nodes)}"]
    left, top, side = _frame(graph.nodes)
    for node in graph.nodes:
        # A Pajek label stands in double quotes and cannot hold one, nor a line end.
        label = _NOT_XML.sub("\ufffd", re.sub(r"\s", " ", node.name)).replace('"', "\u201d")
        x, y = (node.x - left) / side, (node.y - top) / side
        lines.append(f'{number[node.id]} "{label}" {x:.4f} {y:.4f} 0.5000')
    lines.append("*Edges")
    lines += [f"{number[e.first]} {number[e.second]} {e.weight}" for e in graph.edges]
    stream.write(("\r\n".join(lines) + "\r\n").encode("utf-8", "replace"))


def _frame(nodes: tuple[GraphNode, ...]) -> tuple[float, float, float]:
    """Return the left, top and longer side of the square around all nodes."""
    if not nodes:
        return 0.0, 0.0, 1.0
    xs, ys = [n.x for n in nodes], [n.y for n in nodes]
    side = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    return min(xs), min(ys), side


# -- the table ----------------------------------------------------------------------------------


def _writer(write: Callable[[Graph, BinaryIO], None]) -> Callable[[Dossier, BinaryIO], None]:
    def write_dossier(dossier: Dossier, stream: BinaryIO) -> None:
        graph = dossier.graph if dossier.graph is not None else Graph((), ())
        if not isinstance(graph, Graph):
            message = "the dossier's graph is not a Graph"
            raise TypeError(message)
        write(graph, stream)

    return write_dossier


def _format(
    format_id: str,
    suffix: str,
    media_type: str,
    write: Callable[[Graph, BinaryIO], None],
    *losses: str,
) -> Format:
    return Format(
        format_id,
        suffix,
        media_type,
        Scope.GRAPH,
        _writer(write),
        level=Redaction.INTERNAL,
        losses=losses,
    )


GRAPH_FORMATS: tuple[Format, ...] = (
    _format("gexf", ".gexf", "application/gexf+xml", write_gexf),
    _format("graphml", ".graphml", "application/graphml+xml", write_graphml, "graph.looks"),
    _format(
        "pajek", ".net", "text/plain", write_pajek, "graph.looks", "graph.fields", "graph.quotes"
    ),
    _format("graph-csv", ".csv", "text/csv", write_csv, "graph.looks", "graph.fields"),
    _format("graph-json", ".json", "application/json", write_json, "graph.looks"),
)
"""What ``EXPORTERS`` takes in: one format a way of writing."""

"""Read, count and lay out the co-mentions of an article or a project; the same for both faces."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator import resources
from annotator.analysis.comention import (
    CoMentions,
    at_least,
    count,
    strongest,
)
from annotator.app.graph_query import GraphQuery
from annotator.exporters.graph import Graph, GraphEdge, GraphNode
from annotator.model.annotations import Actor

__all__ = [
    "GraphData",
    "GraphQuery",
    "as_graph",
    "coloured",
    "hue_colour",
    "read_graph",
    "refilter",
]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from annotator.store import PlaceArrays, Project

#: What is drawn at most: more is neither readable nor quick.
MAX_ACTORS = 5_000
MAX_PAIRS = 25_000
#: Colours of a theme's series that are not grey.
HUES = 7
#: A colour whose parts differ by less is a grey.
_GREY_BELOW = 24
#: Actors asked for in one query.
_BATCH = 900


@dataclass(frozen=True, slots=True, eq=False)
class GraphData:
    """Hold everything a plot, a matrix, a table or a file shows of one query.

    ``counts`` are of all actors; ``shown`` is the part that is drawn, and ``names``, ``kinds``,
    ``positions`` (n, 2), ``communities`` (n,) and ``hues`` (n,) belong to it. ``hues`` are places
    in a series of colours (-1: none). ``homes`` keeps where actors stood, also of those that a
    filter hides for the moment.
    """

    query: GraphQuery
    places: PlaceArrays
    counts: CoMentions
    shown: CoMentions
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    positions: npt.NDArray[np.float64]
    communities: npt.NDArray[np.int64]
    hues: npt.NDArray[np.int64]
    homes: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    @property
    def article_count(self) -> int:
        """Return in how many articles anybody is mentioned."""
        return len(self.places.article_ids)

    @property
    def is_cut(self) -> bool:
        """Say whether more was counted than is drawn."""
        kept = at_least(self.counts, self.query.least)
        return len(self.shown.first) < len(kept.first)

    @property
    def heaviest(self) -> int:
        """Return the weight of the heaviest pair."""
        return int(self.counts.weight.max()) if len(self.counts.weight) else 0


def read_graph(
    project: Project,
    query: GraphQuery,
    *,
    before: GraphData | None = None,
    homes: Mapping[str, tuple[float, float]] | None = None,
    check: Callable[[], None] | None = None,
    most: tuple[int, int] = (MAX_ACTORS, MAX_PAIRS),
) -> GraphData:
    """Read, count and lay out.

    Args:
        project: any open project; only read. Thread: any, if it is a reader of its own.
        query: what is wanted.
        before: what was shown before: actors keep their places and colours.
        homes: where actors stood before, if there is no ``before``.
        check: called now and then; whatever it raises stops the work.
        most: actors and pairs drawn at most.
    """
    places = project.mention_places(query.places())
    if check is not None:
        check()
    counts = count(places, query.unit, check=check)
    return _drawn(project, query, places, counts, before, homes, check, most)


def refilter(
    project: Project,
    data: GraphData,
    query: GraphQuery,
    *,
    check: Callable[[], None] | None = None,
    most: tuple[int, int] = (MAX_ACTORS, MAX_PAIRS),
) -> GraphData:
    """Answer a question that differs in unit or weight only, without reading the mentions again."""
    counts = data.counts
    if query.unit != data.query.unit:
        counts = count(data.places, query.unit, check=check)
    return _drawn(project, query, data.places, counts, data, None, check, most)


def _drawn(
    project: Project,
    query: GraphQuery,
    places: PlaceArrays,
    counts: CoMentions,
    before: GraphData | None,
    homes: Mapping[str, tuple[float, float]] | None,
    check: Callable[[], None] | None,
    most: tuple[int, int],
) -> GraphData:
    """Choose what is drawn, name it and place it."""
    from annotator.analysis.communities import hues
    from annotator.analysis.layout import communities, layout

    shown = strongest(at_least(counts, query.least), actors=most[0], pairs=most[1])
    if not query.with_isolated:
        shown = _without_isolated(shown)
    actors = _actors(project, shown.actor_ids)
    homes = dict(homes or {}) if before is None else dict(before.homes)
    labels_before = (
        None
        if before is None
        else dict(zip(before.shown.actor_ids, before.communities.tolist(), strict=True))
    )
    labels = communities(shown, before=labels_before)
    positions = layout(shown, start=homes, check=check)
    alone = shown.isolated
    for number, actor_id in enumerate(shown.actor_ids):
        if not alone[number]:
            homes[actor_id] = (float(positions[number, 0]), float(positions[number, 1]))
    return GraphData(
        query,
        places,
        counts,
        shown,
        tuple(actors[i].name if i in actors else i for i in shown.actor_ids),
        tuple(actors[i].kind.value if i in actors else "" for i in shown.actor_ids),
        positions,
        labels,
        hues(labels, shown, HUES),
        homes,
    )


def _without_isolated(found: CoMentions) -> CoMentions:
    """Return only the actors that share something; the pairs stay."""
    import numpy as np

    keep = np.flatnonzero(~found.isolated)
    number = np.full(len(found.actor_ids), -1, dtype=np.int32)
    number[keep] = np.arange(len(keep), dtype=np.int32)
    return replace(
        found,
        actor_ids=tuple(found.actor_ids[int(i)] for i in keep),
        mentions=found.mentions[keep],
        first=number[found.first],
        second=number[found.second],
    )


def _actors(project: Project, ids: Sequence[str]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for start in range(0, len(ids), _BATCH):
        batch = tuple(ids[start : start + _BATCH])
        found.update((actor.id, actor) for actor in project.find(Actor, id=batch))
    return found


def as_graph(
    data: GraphData,
    *,
    colours: Sequence[str] | None = None,
    positions: npt.NDArray[np.float64] | None = None,
) -> Graph:
    """Return what is shown as a graph to write to a file.

    Args:
        data: what is shown.
        colours: one ``#rrggbb`` an actor; by default those of the light theme.
        positions: (n, 2) where the actors really stand, if somebody moved them.
    """
    from annotator.analysis.picture import radii, widths

    shown = data.shown
    colours = colours or _light_colours(data.hues.tolist())
    places = (data.positions if positions is None else positions).tolist()
    size = radii(shown.mentions).tolist()
    nodes = tuple(
        GraphNode(
            actor_id,
            data.names[i],
            data.kinds[i],
            int(shown.mentions[i]),
            int(data.communities[i]),
            *places[i],
            size=2 * size[i],
            colour=colours[i],
        )
        for i, actor_id in enumerate(shown.actor_ids)
    )
    wide = widths(shown.weight).tolist()
    edges = tuple(
        GraphEdge(shown.actor_ids[int(a)], shown.actor_ids[int(b)], int(weight), wide[i])
        for i, (a, b, weight) in enumerate(
            zip(shown.first, shown.second, shown.weight, strict=True)
        )
    )
    return Graph(nodes, edges, data.query.unit.value, data.article_count, data.query.filters())


def _light_colours(hues: Sequence[int]) -> list[str]:
    theme = json.loads(resources.read_text("themes", "light.json"))
    series = coloured(theme["series"])
    return [hue_colour(hue, series, theme["masked"]) for hue in hues]


def coloured(series: Sequence[str]) -> list[str]:
    """Return a theme's series without its greys: grey is for who belongs to no community."""

    def chroma(colour: str) -> int:
        parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        return max(parts) - min(parts)

    return [colour for colour in series if chroma(colour) >= _GREY_BELOW]


def hue_colour(hue: int, series: Sequence[str], none: str) -> str:
    """Return the colour at a place of the series; -1 is who belongs to no community."""
    return series[hue % len(series)] if hue >= 0 else none

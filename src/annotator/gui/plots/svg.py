"""The plot as SVG, from the same numbers as the screen: text stays text, lines stay lines.

Written by hand: pyqtgraph's exporter misplaces what is drawn in px.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from annotator.gui.plots.painting import in_sight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.gui.plots.labels import Placed
    from annotator.gui.plots.painting import NamePainter
    from annotator.gui.plots.scene import PlotColours, Scene, View

#: Everything that XML 1.0 has no place for.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_RIM_PX = 1.5


def escaped(text: str) -> str:
    """Return text as it stands in an SVG."""
    clean = _NOT_XML.sub("\ufffd", text)
    return re.sub(r'[&<>"]', lambda found: _ESCAPES[found.group()], clean)


def plot_as_svg(
    scene: Scene,
    view: View,
    colours: PlotColours,
    names: NamePainter,
    placed: Iterable[Placed],
    *,
    caption: str,
    families: Iterable[str],
    size_px: int,
) -> str:
    """Return the picture in a view.

    Args:
        scene: the graph.
        view: how it is looked at.
        colours: the colours of the theme.
        names: cuts long names as the screen does.
        placed: the names that are shown, and where.
        caption: how it was counted, at the bottom.
        families: font families, the best first.
        size_px: size of the names.
    """
    width, height = round(view.width), round(view.height)
    fonts = ", ".join(f"'{escaped(family)}'" for family in families)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escaped(caption)}</title>",
        f'<rect width="{width}" height="{height}" fill="{colours.paper.name()}"/>',
        *_pairs(scene, view, colours),
        *_actors(scene, view, colours),
        f'<g font-family="{fonts}, sans-serif" font-size="{size_px}" fill="{colours.ink.name()}"'
        f' stroke="{colours.paper.name()}" stroke-width="3" stroke-linejoin="round"'
        ' paint-order="stroke">',
        *_names(scene, view, names, placed),
        "</g>",
        f'<text x="12" y="{height - 10}" font-family="{fonts}, sans-serif" font-size="{size_px}"'
        f' fill="{colours.second.name()}">{escaped(caption)}</text>',
        "</svg>",
    ]
    return "\n".join(out) + "\n"


def _pairs(scene: Scene, view: View, colours: PlotColours) -> list[str]:
    """Return the lines, a group for each class of width."""
    lines = scene.lines(view, slice(None))
    seen = in_sight(lines, view)
    out: list[str] = []
    classes = zip(scene.class_width.tolist(), scene.class_ink.tolist(), strict=True)
    for number, (width, ink) in enumerate(classes):
        chosen = np.flatnonzero(seen & (scene.width_class == number))
        if len(chosen) == 0:
            continue
        path = "".join(
            f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for x1, y1, x2, y2 in lines[chosen].tolist()
        )
        colour = colours.line(ink).name()
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2f}"/>')
    return out


def _actors(scene: Scene, view: View, colours: PlotColours) -> list[str]:
    px = view.to_px(scene.places).tolist()
    rim = _RIM_PX * view.size
    out = [f'<g stroke="{colours.paper.name()}" stroke-width="{rim:.2f}">']
    for number in np.argsort(scene.radius, kind="stable").tolist():
        x, y = px[number]
        radius = float(scene.radius[number]) * view.size
        if not (-radius < x < view.width + radius and -radius < y < view.height + radius):
            continue
        words = f"{scene.names[number]} ({int(scene.mentions[number])})"
        out.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius + rim / 2:.2f}"'
            f' fill="{colours.hue(int(scene.hues[number])).name()}">'
            f"<title>{escaped(words)}</title></circle>"
        )
    return [*out, "</g>"]


def _names(scene: Scene, view: View, names: NamePainter, placed: Iterable[Placed]) -> list[str]:
    px = view.to_px(scene.places)
    out: list[str] = []
    for number, left, top in placed:
        x = float(px[number, 0]) + left
        y = float(px[number, 1]) + top + names.ascent
        words = escaped(names.words(scene.names[number]))
        out.append(f'<text x="{x:.1f}" y="{y:.1f}">{words}</text>')
    return out

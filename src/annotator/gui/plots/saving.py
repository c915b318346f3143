"""Write what is drawn to a file: pictures, drawings, and the graph for other programs."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from annotator.app.comentions import as_graph
from annotator.app.handing_out import write_shown
from annotator.exporters.base import Dossier
from annotator.exporters.graph import GRAPH_FORMATS
from annotator.gui.fonts import interface_font, small
from annotator.gui.plots.painting import LinePainter, NamePainter, NodePainter, pens_of
from annotator.gui.plots.svg import plot_as_svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from annotator.app.comentions import GraphData
    from annotator.app.handing_out import Shown
    from annotator.gui.plots.labels import Placed
    from annotator.gui.plots.matrix import Matrix
    from annotator.gui.plots.scene import PlotColours, Scene, View
    from annotator.gui.theme import Theme
    from annotator.model.annotations import Actor

_CAPTION_PX = 30


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold the plot as it is seen now."""

    scene: Scene
    view: View
    colours: PlotColours
    placed: tuple[Placed, ...]
    caption: str


def picture(drawn: Drawn, ratio: float) -> QImage:
    """Return the plot as an image; ``ratio`` image px a px."""
    view = drawn.view
    image = _blank(view.width, view.height, drawn.colours, ratio)
    painter = _painter(image)
    scene, everybody = drawn.scene, np.arange(len(drawn.scene))
    pens = pens_of(scene, drawn.colours)
    LinePainter().pairs(painter, scene, view, pens, np.arange(len(scene.first)))
    NodePainter(drawn.colours).draw(painter, scene, view, everybody, ratio=ratio)
    names = NamePainter(drawn.colours, small(interface_font()))
    names.draw(painter, scene, view, drawn.placed, ratio=ratio)
    _write_caption(painter, drawn.caption, drawn.colours, view.height)
    painter.end()
    return image


def matrix_picture(matrix: Matrix, caption: str, ratio: float) -> QImage:
    """Return the whole matrix as an image."""
    width, height = matrix.whole_size()
    image = _blank(width, height + _CAPTION_PX, matrix.colours, ratio)
    painter = _painter(image)
    matrix.paint_matrix(painter, QRect(0, 0, width, height))
    _write_caption(painter, caption, matrix.colours, height + _CAPTION_PX)
    painter.end()
    return image


def _blank(width: float, height: float, colours: PlotColours, ratio: float) -> QImage:
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(colours.paper)
    return image


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    return painter


def _write_caption(painter: QPainter, caption: str, colours: PlotColours, height: float) -> None:
    painter.setFont(small(interface_font()))
    painter.setPen(colours.second)
    painter.drawText(QPointF(12, height - 10), caption)


def drawing(drawn: Drawn) -> str:
    """Return the plot as SVG."""
    font = small(interface_font())
    return plot_as_svg(
        drawn.scene,
        drawn.view,
        drawn.colours,
        NamePainter(drawn.colours, font),
        drawn.placed,
        caption=drawn.caption,
        families=font.families(),
        size_px=font.pixelSize(),
    )


def png_bytes(image: QImage) -> bytes:
    """Return an image as PNG without anything about who made it."""
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(array.data())


@dataclass(frozen=True, slots=True)
class Way:
    """Be one line of the export menu: ``plots.export.<id>``, the file's ending, what fills it.

    ``fill`` gets the actors that may be shown, by the id that they have in the project.
    """

    id: str
    suffix: str
    fill: Callable[[Mapping[str, Actor]], bytes]

    def write(self, path: Path, shown: Shown) -> None:
        """Write the file whole or not at all.

        Raises:
            UserError: if it cannot be written, or would hold what must stay inside.
        """
        write_shown(self.fill(shown.actors), path, shown)


def _names(data: GraphData, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Return what each drawn actor is called outside; one who must not be named has no name."""
    known = zip(data.shown.actor_ids, data.names, strict=True)
    return tuple(_called(actors.get(i), name) for i, name in known)


def _called(actor: Actor | None, name: str) -> str:
    """Return an actor's name; the plot's own choice among the names that may be shown."""
    if actor is None:
        return ""
    return name if name in (actor.name, *(a.name for a in actor.aliases)) else actor.name


def _shown(drawn: Drawn, actors: Mapping[str, Actor]) -> Drawn:
    scene = copy(drawn.scene)
    scene.names = _names(scene.data, actors)
    return replace(drawn, scene=scene)


def plot_ways(drawn: Drawn) -> list[Way]:
    """Return what the plot can be written as."""
    return [
        Way("picture", ".png", lambda actors: png_bytes(picture(_shown(drawn, actors), 1))),
        Way("picture2", ".png", lambda actors: png_bytes(picture(_shown(drawn, actors), 2))),
        Way("svg", ".svg", lambda actors: drawing(_shown(drawn, actors)).encode("utf-8")),
    ]


def matrix_ways(data: GraphData, theme: Theme, caption: str) -> list[Way]:
    """Return what the matrix can be written as."""

    def fill(actors: Mapping[str, Actor], ratio: int) -> bytes:
        from annotator.gui.plots.matrix import Matrix

        matrix = Matrix(theme)
        matrix.show_data(replace(data, names=_names(data, actors)))
        try:
            return png_bytes(matrix_picture(matrix, caption, ratio))
        finally:
            matrix.deleteLater()

    return [
        Way("picture", ".png", lambda actors: fill(actors, 1)),
        Way("picture2", ".png", lambda actors: fill(actors, 2)),
    ]


def graph_ways(data: GraphData, colours: PlotColours, scene: Scene) -> Iterable[Way]:
    """Return the formats for other programs, with the places and colours of the plot."""
    hues = [colours.hue(hue).name() for hue in data.hues.tolist()]
    for form in GRAPH_FORMATS:

        def fill(
            actors: Mapping[str, Actor], write: Callable[[Dossier, BinaryIO], None] = form.write
        ) -> bytes:
            stream = BytesIO()
            graph = as_graph(data, colours=hues, positions=scene.places)
            write(Dossier((), graph=graph.renamed(actors)), stream)
            return stream.getvalue()

        yield Way(form.id, form.suffix, fill)

"""Where a person put actors: kept in the project, so that they are there again tomorrow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.plots.scene import Scene

_KEY = "plot.pins"
_MOST = 500


class Pins:
    """Keep the places of actors that were dragged. In a read-only project nothing is kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, actor_id: str, x: float, y: float) -> None:
        """Keep where an actor was put; of very many the oldest is let go."""
        project = self._desk.session.project
        if project.read_only:
            return
        pins = self.places()
        pins.pop(actor_id, None)
        pins[actor_id] = (round(x, 3), round(y, 3))
        project.set_setting(_KEY, json.dumps(dict(list(pins.items())[-_MOST:])))

    def forget(self) -> None:
        """Let go of all of them."""
        if not self._desk.session.project.read_only:
            self._desk.session.project.set_setting(_KEY, "")

    def places(self) -> dict[str, tuple[float, float]]:
        """Return the place of each actor that was put somewhere."""
        try:
            found = json.loads(self._desk.session.project.setting(_KEY) or "{}")
        except ValueError:
            return {}
        rows = cast("dict[object, object]", found) if isinstance(found, dict) else {}
        return {str(i): place for i, at in rows.items() if (place := _place(at)) is not None}

    def apply(self, scene: Scene) -> None:
        """Put the actors of a graph where they were put by hand."""
        for actor_id, (x, y) in self.places().items():
            if actor_id in scene.number:
                scene.move(scene.number[actor_id], x, y)


def _place(at: object) -> tuple[float, float] | None:
    if not isinstance(at, list):
        return None
    numbers = [n for n in cast("list[object]", at) if isinstance(n, int | float)]
    return (float(numbers[0]), float(numbers[1])) if len(numbers) == 2 else None

"""Fonts that ship with the program, registered only when a face is asked for.

Source Serif 4 and Source Sans 3 by Adobe, SIL Open Font License 1.1; the licence files lie beside
the fonts under ``resources/fonts``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase

from annotator import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

SERIF = "Source Serif 4"
DISPLAY = "Source Serif 4 Display"
SANS = "Source Sans 3"

_FACES = {
    "serif": ("source-serif-4", "SourceSerif4-Regular.ttf"),
    "serif-italic": ("source-serif-4", "SourceSerif4-It.ttf"),
    "serif-semibold": ("source-serif-4", "SourceSerif4-Semibold.ttf"),
    "serif-bold": ("source-serif-4", "SourceSerif4-Bold.ttf"),
    "display-bold": ("source-serif-4", "SourceSerif4Display-Bold.ttf"),
    "sans": ("source-sans-3", "SourceSans3-Regular.ttf"),
    "sans-italic": ("source-sans-3", "SourceSans3-It.ttf"),
    "sans-semibold": ("source-sans-3", "SourceSans3-Semibold.ttf"),
}
#: What the first paint of an article needs; about 1 ms for all of them together.
FIRST_PAINT = ("serif", "display-bold", "sans", "sans-semibold")
ALL = tuple(_FACES)

_loaded: set[str] = set()


def load(faces: Iterable[str] = FIRST_PAINT) -> None:
    """Register faces with Qt, each once in the life of the program.

    Raises:
        KeyError: if a face is not one of ``ALL``.
    """
    for face in faces:
        folder, name = _FACES[face]
        if face not in _loaded:
            QFontDatabase.addApplicationFont(str(resources.path("fonts", folder, name)))
            _loaded.add(face)

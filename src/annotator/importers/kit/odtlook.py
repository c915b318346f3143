"""Whether words of an OpenDocument text are shown: by their styles, and what lies behind them.

Source: OASIS OpenDocument 1.3, part 3: 16 (styles), 20.191 fo:color, 20.196 fo:font-size,
text:display, 19.473 text:section.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.importers.kit.unseen import TINY, WHITE, Colour, alike, colour, points
from annotator.importers.kit.xmls import attribute, find_all, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHAIN = 20
#: Boxes bring a background of their own, which nobody needs to work out.
_BOXES = frozenset(("text-box", "custom-shape", "frame"))
_UNKNOWN: Colour = (-2_000, -2_000, -2_000)


@dataclass(frozen=True, slots=True)
class Look:
    """Hold how words look, with all that they take from what is around them."""

    hidden: bool = False
    ink: Colour | None = None
    points: float | None = None
    behind: Colour = WHITE

    def is_hidden(self) -> bool:
        """Say whether a reader would not see words of this look."""
        tiny = self.points is not None and self.points <= TINY
        return self.hidden or tiny or alike(self.ink, self.behind)


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    hidden: bool | None
    ink: Colour | None
    points: float | None
    behind: Colour | None


class Looks:
    """Know the styles and the paper of a document.

    Args:
        content: the root of ``content.xml``, or of a flat document.
        styles: the root of ``styles.xml``, if there is one.
    """

    def __init__(self, content: _Element, styles: _Element | None) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        paper: Colour = WHITE
        for root in (content, styles):
            if root is None:
                continue
            for style in find_all(root, "**", "style"):
                key = (attribute(style, "family"), attribute(style, "name"))
                self._styles[key] = _read(style)
            for page in find_all(root, "**", "page-layout-properties"):
                paper = colour(attribute(page, "background-color")) or paper
        self.plain = Look(behind=paper)

    def of(self, element: _Element, around: Look) -> Look:
        """Return the look inside an element, given the one around it."""
        kind = local(element)
        hides = kind == "hidden-text" or (
            kind == "section" and attribute(element, "display") == "none"
        )
        if hides or any(local(child) == "hidden-paragraph" for child in element):
            return replace(around, hidden=True)
        if kind in _BOXES:
            return replace(around, behind=_UNKNOWN)
        return self._styled(attribute(element, "style-name"), around)

    def _styled(self, name: str, around: Look) -> Look:
        """Return a look changed by a style and those that it is based on, the nearest first."""
        hidden = ink = size = behind = None
        for _ in range(_CHAIN):
            style = self._find(name)
            if style is None:
                break
            hidden = style.hidden if hidden is None else hidden
            ink = style.ink if ink is None else ink
            size = style.points if size is None else size
            behind = style.behind if behind is None else behind
            name = style.parent
        return Look(
            around.hidden if hidden is None else hidden or around.hidden,
            around.ink if ink is None else ink,
            around.points if size is None else size,
            around.behind if behind is None else behind,
        )

    def _find(self, name: str) -> _Style | None:
        if not name:
            return None
        families = ("text", "paragraph", "table-cell", "table-row", "table", "section", "")
        found = (self._styles.get((family, name)) for family in families)
        return next((style for style in found if style is not None), None)


def _read(style: _Element) -> _Style:
    hidden = ink = size = behind = None
    for properties in style:
        kind = local(properties)
        shade = colour(attribute(properties, "background-color"))
        behind = behind if shade is None else shade
        if kind == "text-properties":
            shown = attribute(properties, "display")
            hidden = shown == "none" if shown else hidden
            automatic = attribute(properties, "use-window-font-color") == "true"
            ink = None if automatic else colour(attribute(properties, "color"))
            size = points(attribute(properties, "font-size"))
    return _Style(attribute(style, "parent-style-name"), hidden, ink, size, behind)

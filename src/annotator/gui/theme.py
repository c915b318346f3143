"""Colours and line styles as data: a theme is one JSON file of tokens.

Chrome takes its colours from the palette and one small style sheet made here; annotation colours
are data and always come with a line style, so that colour is never the only sign.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from annotator import resources
from annotator.model.vocabulary import Identification, MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.app.settings import Settings

LINES = ("solid", "dashed", "dotted", "thin", "none")
NAMED = "source.named"
UNNAMED = "source.unnamed"
PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """Say how a mark looks: ``wash`` is alpha in [0, 1], ``width`` the line's width in px."""

    colour: QColor
    wash: float
    line: str
    width: float

    @property
    def wash_colour(self) -> QColor:
        """Return the colour laid under the words."""
        wash = QColor(self.colour)
        wash.setAlphaF(self.wash)
        return wash


@dataclass(frozen=True, slots=True)
class Theme:
    """Hold the tokens of one theme; ``series`` colours communities and legends in order."""

    name: str
    paper: QColor
    panel: QColor
    line: QColor
    ink: QColor
    ink2: QColor
    accent: QColor
    selected: QColor
    hover: QColor
    masked: QColor
    hit: QColor
    danger: QColor
    marks: Mapping[str, MarkStyle] = field(repr=False)
    series: tuple[QColor, ...] = field(repr=False)

    @property
    def is_dark(self) -> bool:
        """Say whether ink is lighter than paper."""
        return self.ink.lightness() > self.paper.lightness()

    def mark_style(self, key: MarkKind | str) -> MarkStyle:
        """Return the style of a kind of mark, ``source.named``, ``source.unnamed`` or ``proposal``.

        A source that nobody has described yet is shown as unnamed: that is the one to look at.
        """
        name = str(key)
        return self.marks[UNNAMED if name == MarkKind.SOURCE else name]

    def source_style_key(self, identification: Identification) -> str:
        """Return the style key of a source mention, given how far its source is identified."""
        unnamed = identification.is_anonymous or identification is Identification.UNKNOWN
        return UNNAMED if unnamed else NAMED

    def palette(self) -> QPalette:
        """Return the palette of the whole program (Fusion reads its roles)."""
        role = QPalette.ColorRole
        palette = QPalette(self.ink, self.panel)
        for name, colour in (
            (role.Window, self.panel),
            (role.Base, self.paper),
            (role.AlternateBase, self.hover),
            (role.Button, self.paper),
            (role.Text, self.ink),
            (role.WindowText, self.ink),
            (role.ButtonText, self.ink),
            (role.BrightText, self.ink),
            (role.Highlight, self.selected),
            (role.HighlightedText, self.ink),
            (role.PlaceholderText, self.ink2),
            (role.Link, self.accent),
            (role.LinkVisited, self.accent),
            (role.Accent, self.accent),
            (role.ToolTipBase, self.paper),
            (role.ToolTipText, self.ink),
            (role.Mid, self.line),
            (role.Midlight, self.line),
            (role.Dark, self.line),
            (role.Shadow, self.line),
            (role.Light, self.paper),
        ):
            palette.setColor(name, colour)
        for name in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, self.masked)
        return palette

    def style_sheet(self) -> str:
        """Return the one style sheet: ``chrome.qss`` with the tokens filled in."""
        sheet = resources.read_text("themes", "chrome.qss")
        icons = resources.path("icons", "dark" if self.is_dark else "light")
        sheet = sheet.replace("@icons;", icons.as_posix())
        for token in _COLOURS:
            sheet = sheet.replace(f"@{token};", f"{getattr(self, token).name()};")
        return sheet


_COLOURS = (
    "paper",
    "panel",
    "line",
    "ink",
    "ink2",
    "accent",
    "selected",
    "hover",
    "masked",
    "hit",
    "danger",
)


def load_theme(name: str) -> Theme:
    """Read a theme (``light`` or ``dark``) from ``resources/themes``."""
    tokens = cast("dict[str, object]", json.loads(resources.read_text("themes", f"{name}.json")))
    marks = {
        key: MarkStyle(
            QColor(str(style["colour"])),
            float(str(style["wash"])),
            str(style["line"]),
            float(str(style["width"])),
        )
        for key, style in cast("dict[str, dict[str, object]]", tokens["marks"]).items()
    }
    series = tuple(QColor(value) for value in cast("list[str]", tokens["series"]))
    colours = {token: QColor(str(tokens[token])) for token in _COLOURS}
    return Theme(name=str(tokens["name"]), marks=marks, series=series, **colours)


def wanted_theme(settings: Settings) -> Theme:
    """Return the theme of the settings; ``system`` follows the system."""
    name = settings.text("theme")
    if name == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    return load_theme(name)

"""How the article view looks: colours, line styles and type. Plain data, no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from annotator.gui.article import fonts
from annotator.gui.theme import PROPOSAL, UNNAMED, MarkStyle
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.gui.theme import Theme

#: Marks that colour the words themselves.
TEXT_KINDS = frozenset({"cue"})
#: Marks without a bar in the margin: there are too many of them, and they are short.
BARLESS = frozenset({"cue", "actor"})
#: What Qt scales a face by so that all faces look equally large: x-height over size.
_ASPECT = 0.5


@dataclass(frozen=True, slots=True)
class ViewColours:
    """Hold every colour of the view that is not a mark's."""

    paper: QColor
    ink: QColor
    ink2: QColor
    line: QColor
    accent: QColor
    selection: QColor
    masked: QColor
    hit: QColor
    hit_current: QColor
    drop: QColor

    @classmethod
    def from_theme(cls, theme: Theme) -> ViewColours:
        """Take the colours from a theme."""
        dark = theme.is_dark
        return cls(
            paper=theme.paper,
            ink=theme.ink,
            ink2=theme.ink2,
            line=theme.line,
            accent=theme.accent,
            selection=with_alpha(theme.accent, 0.34 if dark else 0.22),
            masked=theme.masked,
            hit=with_alpha(theme.hit, 0.30 if dark else 0.45),
            hit_current=with_alpha(theme.hit, 0.62 if dark else 0.95),
            drop=with_alpha(theme.accent, 0.20 if dark else 0.14),
        )


def with_alpha(colour: QColor, alpha: float) -> QColor:
    """Return a colour with another opacity in [0, 1]."""
    out = QColor(colour)
    out.setAlphaF(min(1.0, max(0.0, alpha)))
    return out


class StyleTable:
    """Find the style of a mark by its kind, or by the key the desk gave it.

    Args:
        styles: by ``MarkKind`` value, ``source.named``, ``source.unnamed`` and ``proposal``.
    """

    def __init__(self, styles: Mapping[str, MarkStyle]) -> None:
        self._styles = dict(styles)
        self._styles.setdefault(MarkKind.SOURCE.value, self._styles[UNNAMED])
        self._keys = tuple(kind.value for kind in MarkKind)
        self.overrides: dict[str, str] = {}

    def key(self, mark_id: str, kind: int) -> str:
        """Return the style key of a mark."""
        return self.overrides.get(mark_id) or self._keys[kind]

    def style(self, key: str) -> MarkStyle:
        """Return the style of a key; an unknown key is shown as a proposal."""
        return self._styles.get(key) or self._styles[PROPOSAL]

    def proposed(self, key: str) -> MarkStyle:
        """Return how a proposal of a kind looks: its colour, a thin dashed line, no wash."""
        base = self._styles[PROPOSAL]
        return replace(base, colour=self.style(key).colour)


@dataclass(frozen=True, slots=True)
class Typography:
    """Say how text is set. Sizes are px at zoom 1; ``measure`` is characters a line."""

    family: str = fonts.SERIF
    size: float = 17.0
    leading: float = 1.62
    measure: int = 66
    zoom: float = 1.0


class Type:
    """Hold the fonts and the metrics that follow from a typography.

    Args:
        typography: what the person chose.
        dpi: dots an inch of the widget, logical (fonts are sized in points, so that fractions
            of a pixel count).
    """

    def __init__(self, typography: Typography, dpi: float) -> None:
        fonts.load()
        self.typography = typography
        self._dpi = dpi
        size = typography.size * typography.zoom
        serif = typography.family == fonts.SERIF
        self.body = self.font(typography.family, self._optical(typography.family, size))
        display = fonts.DISPLAY if serif else typography.family
        self.headline = self.font(display, size * 1.66, QFont.Weight.Bold)
        self.heading = self.font(typography.family, size * 1.12, QFont.Weight.DemiBold)
        if serif:
            # One more file, but only for a text that has headings.
            fonts.load(("serif-semibold",))
        self.small = self.font(fonts.SANS, 12.5 * typography.zoom)
        self.small_strong = self.font(fonts.SANS, 12.5 * typography.zoom, QFont.Weight.DemiBold)
        self.tiny = self.font(fonts.SANS, 11.5 * typography.zoom)
        self.pitch = float(round(size * typography.leading))
        self.gap = float(round(size * 0.76))
        metrics = QFontMetricsF(self.body)
        sample = "Le ministère de l’Énergie n’a pas répondu dans l’immédiat à une demande. "
        self.character = metrics.horizontalAdvance(sample) / len(sample)
        self.measure = float(round(self.character * typography.measure))
        self.ascent = metrics.ascent()
        self.descent = metrics.descent()
        self.x_height = metrics.xHeight()
        self.em = metrics.xHeight() / 0.475

    @property
    def zoom(self) -> float:
        """Return the zoom."""
        return self.typography.zoom

    def font(self, family: str, px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Make a font of a size in px that is spaced the same at every scale."""
        out = QFont(family)
        out.setPointSizeF(px * 72 / self._dpi)
        out.setWeight(weight)
        out.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return out

    def _optical(self, family: str, px: float) -> float:
        """Return the size at which a family looks as large as the others do."""
        metrics = QFontMetricsF(self.font(family, 100.0))
        aspect = metrics.xHeight() / 100.0
        return px * _ASPECT / aspect if 0.3 < aspect < 0.8 else px

"""The fonts of everything around the text."""

from __future__ import annotations

from PySide6.QtGui import QFont

from annotator.gui.article import fonts as shipped

#: Source Sans is small on its body: 14 px of it read like 13 px of most others.
SIZE_PX = 14
SMALL_PX = 12
_FALLBACKS = ("Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")


def interface_font() -> QFont:
    """Return the font of the chrome, registering its two faces."""
    shipped.load(("sans", "sans-semibold"))
    font = QFont()
    font.setFamilies([shipped.SANS, *_FALLBACKS])
    font.setPixelSize(SIZE_PX)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def small(font: QFont, size_px: int = SMALL_PX) -> QFont:
    """Return a smaller copy of a font, for second lines."""
    copy = QFont(font)
    copy.setPixelSize(size_px)
    copy.setWeight(QFont.Weight.Normal)
    return copy


def bold(font: QFont) -> QFont:
    """Return a semi-bold copy of a font."""
    copy = QFont(font)
    copy.setWeight(QFont.Weight.DemiBold)
    return copy

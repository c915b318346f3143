"""Bring words from outside to Qt as plain text only: its rich text can open files and pages."""

from __future__ import annotations

import html

from PySide6.QtGui import QFont


def tip(words: str) -> str:
    """Return a tooltip that shows words as they are (and wraps them)."""
    lines = html.escape(words).replace("\n", "<br>")
    return f"<qt>{lines}</qt>" if words else ""


def caption(words: str) -> str:
    """Return words for a button or a menu, where ``&`` would mean an access key."""
    return words.replace("&", "&&")


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """Return a font in another size and weight, whichever unit its size is given in."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        made.setPointSizeF(max(1.0, font.pointSizeF() * factor))
    if weight is not None:
        made.setWeight(weight)
    return made

"""How close two mentions must stand. A module of its own: the window asks before numpy is there."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """How close two mentions must stand to count as together."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    ARTICLE = "article"

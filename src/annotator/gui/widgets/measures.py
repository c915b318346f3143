"""Distances that every panel shares, in px."""

from __future__ import annotations

#: From the edge of a panel to its words.
SIDE = 14
#: The column of names in the inspector.
LABEL_WIDTH = 112

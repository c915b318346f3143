"""Short names for sources: S1, S2, ..."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.app.view_models import ArticleData

_LABEL = re.compile(r"S(\d{1,6})")


def next_label(data: ArticleData) -> str:
    """Return the first of S1, S2, ... that comes after all that are taken."""
    matches = (_LABEL.fullmatch(source.label) for source in data.sources.values())
    taken = [int(match[1]) for match in matches if match is not None]
    return f"S{max(taken, default=0) + 1}"

"""Proposals: text in, suggested quotes, sources, cues, claims and actors out. No store, no Qt.

``Engine.load()`` once, then ``engine.propose(text, language)``. Nothing heavy is imported before
``load``. ``SUGGESTERS`` names every rule and model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.suggest.base import Proposal, Suggester
from annotator.suggest.table import BY_ID, SUGGESTERS

if TYPE_CHECKING:
    from annotator.suggest.engine import Engine

__all__ = ["BY_ID", "SUGGESTERS", "Engine", "Proposal", "Suggester"]


def __getattr__(name: str) -> Any:
    """Import the engine on first use."""
    if name == "Engine":
        from annotator.suggest.engine import Engine

        return Engine
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)

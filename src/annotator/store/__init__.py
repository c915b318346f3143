"""The project file. The only room that speaks SQL."""

from __future__ import annotations

from annotator.store.journal import HistoryEntry
from annotator.store.project import Project
from annotator.store.queries import (
    ArticlePage,
    ArticleQuery,
    ArticleRow,
    Order,
    PlaceArrays,
    PlaceQuery,
    SpanRows,
    Unplaced,
)

__all__ = [
    "ArticlePage",
    "ArticleQuery",
    "ArticleRow",
    "HistoryEntry",
    "Order",
    "PlaceArrays",
    "PlaceQuery",
    "Project",
    "SpanRows",
    "Unplaced",
]

"""The project file. The only room that speaks SQL."""

from __future__ import annotations

from annotator.store.backup import BackupInfo, backups_of_file, restore
from annotator.store.check import CheckReport, Problem
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
    "BackupInfo",
    "CheckReport",
    "HistoryEntry",
    "Order",
    "PlaceArrays",
    "PlaceQuery",
    "Problem",
    "Project",
    "SpanRows",
    "Unplaced",
    "backups_of_file",
    "restore",
]

"""The project file. The only room that speaks SQL."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from annotator.store.backup import BackupInfo, backups_of_file, restore
    from annotator.store.check import CheckReport, Problem

__all__ = [
    "SUFFIX",
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

#: What a project file's name ends in.
SUFFIX = ".annotator"

#: What no start needs, and where it is: loaded when it is first asked for.
_LATER = {
    "BackupInfo": "backup",
    "backups_of_file": "backup",
    "restore": "backup",
    "CheckReport": "check",
    "Problem": "check",
}


def __getattr__(name: str) -> Any:
    """Load a name of a module that the first paint does not wait for."""
    if name in _LATER:
        return getattr(import_module(f"annotator.store.{_LATER[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)

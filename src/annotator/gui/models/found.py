"""The places where an actor's name stands unmarked, each with a tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal

from annotator.gui.models.listing import ROW_ROLE
from annotator.gui.models.rows import Row, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from annotator.app.commands.actors import FoundMention

    Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """Show found places with ticks; ``ticked_changed(int)`` tells how many are ticked."""

    ticked_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[FoundMention] = []
        self._ticks: list[bool] = []
        #: Whether rows name their article (not when all are of one).
        self.names_articles = False

    def set_found(self, found: Sequence[FoundMention]) -> None:
        """Show other places, all ticked."""
        self.beginResetModel()
        self._found = list(found)
        self._ticks = [True] * len(self._found)
        self.endResetModel()
        self.ticked_changed.emit(len(self._found))

    def ticked(self) -> list[FoundMention]:
        """Return the ticked places."""
        return [f for f, is_on in zip(self._found, self._ticks, strict=True) if is_on]

    def tick_all(self, *, on: bool) -> None:
        """Tick all or none."""
        self._ticks = [on] * len(self._found)
        if self._found:
            self.dataChanged.emit(self.index(0), self.index(len(self._found) - 1))
        self.ticked_changed.emit(len(self._found) if on else 0)

    def found_at(self, index: Index) -> FoundMention:
        """Return the place of a row."""
        return self._found[index.row()]

    # -- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many places there are."""
        return 0 if parent.isValid() else len(self._found)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that rows have a tick."""
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words with those around them, or the tick."""
        if not index.isValid():
            return None
        found = self._found[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._ticks[index.row()] else Qt.CheckState.Unchecked
        if role == ROW_ROLE:
            headline = one_line(found.headline) if self.names_articles else ""
            return Row(str(index.row()), one_line(found.words), detail=headline)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one_line(f"{found.before}{found.words}{found.after}")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a place."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._ticks[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        self.ticked_changed.emit(sum(self._ticks))
        return True

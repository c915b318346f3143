"""A plain table of words: columns with titles, rows of cells, some of them ticked or coloured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from annotator.gui.parts import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cells:
    """Be one row. ``ticked`` is ``None`` where there is nothing to tick."""

    words: tuple[str, ...]
    payload: object = None
    ticked: bool | None = None
    colour: QColor | None = None


class CellsModel(QAbstractTableModel):
    """Show rows; ``ticks_changed()`` when the person ticks one."""

    ticks_changed = Signal()

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._rows: list[Cells] = []
        self._ticks: list[bool | None] = []

    def show_rows(self, rows: Sequence[Cells]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._ticks = [row.ticked for row in rows]
        self.endResetModel()

    def change_row(self, number: int, row: Cells) -> None:
        """Show another row in the place of one; its tick stays."""
        self._rows[number] = row
        last = self.index(number, len(self._titles) - 1)
        self.dataChanged.emit(self.index(number, 0), last)

    def row_at(self, number: int) -> Cells:
        """Return a row."""
        return self._rows[number]

    def ticked(self) -> list[Cells]:
        """Return the rows that are ticked."""
        return [row for row, tick in zip(self._rows, self._ticks, strict=True) if tick]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, its tick or its colour."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return escaped(row.words[index.column()])
        if index.column() == 0:
            tick = self._ticks[index.row()]
            if role == Qt.ItemDataRole.CheckStateRole and tick is not None:
                return Qt.CheckState.Checked if tick else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.ForegroundRole:
                return row.colour
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first cell be ticked where there is something to tick."""
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self._ticks[index.row()] is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._ticks[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True

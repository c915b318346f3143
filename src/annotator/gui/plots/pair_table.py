"""The numbers of the plot as a table: one row a pair, and one for each actor on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from annotator.gui.widgets.padded import Padded
from annotator.i18n import tr
from annotator.text.names import fold

if TYPE_CHECKING:
    from annotator.app.comentions import GraphData

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ("first", "second", "weight", "mentions.first", "mentions.second")
_NUMBERS = 2
_ROW_PX = 26
#: Leaves room for the sign of the order after a title that is set to the right.
_ROOM = "\u2003"


class PairModel(QAbstractTableModel):
    """Show the pairs, sorted by any column. Rows are numbers of pairs; -1-n is actor n alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._data: GraphData | None = None
        self._rows = np.zeros(0, dtype=np.int64)
        self._column, self._order = 2, Qt.SortOrder.DescendingOrder

    def show_data(self, data: GraphData) -> None:
        """Show the pairs of another graph in the same order."""
        self.beginResetModel()
        self._data = data
        alone = np.flatnonzero(data.shown.isolated)
        self._rows = np.concatenate([np.arange(len(data.shown.first)), -1 - alone])
        self._sort()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of pairs and actors on their own."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title, set as its cells are."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            title = tr(f"plots.table.{_COLUMNS[section]}")
            return title + _ROOM if section >= _NUMBERS else title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, or how they are set."""
        if not index.isValid() or self._data is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(int(self._rows[index.row()]), index.column())
        return None

    def _cell(self, number: int, column: int) -> str:
        assert self._data is not None
        shown, names = self._data.shown, self._data.names
        first, second = self.ends(number)
        if column == 0:
            return names[first]
        if column == 1:
            return names[second] if second >= 0 else ""
        if column == 2:
            return str(int(shown.weight[number])) if number >= 0 else "0"
        side = first if column == 3 else second
        return str(int(shown.mentions[side])) if side >= 0 else ""

    def ends(self, number: int) -> tuple[int, int]:
        """Return the two actors of a row's number; the second is -1 for one alone."""
        assert self._data is not None
        if number < 0:
            return -1 - number, -1
        return int(self._data.shown.first[number]), int(self._data.shown.second[number])

    def number_at(self, index: Index) -> int:
        """Return the number behind a row."""
        return int(self._rows[index.row()])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        if self._data is None or len(self._rows) == 0:
            return
        keys = self._keys()
        down = self._order is Qt.SortOrder.DescendingOrder
        order = np.lexsort((np.sort(self._rows), -keys if down else keys))
        self._rows = np.sort(self._rows)[order]

    def _keys(self) -> np.ndarray:
        """Return what each row (in rising number) sorts by in the chosen column."""
        assert self._data is not None
        shown, numbers = self._data.shown, np.sort(self._rows)
        pair = np.maximum(numbers, 0)
        is_pair = numbers >= 0
        first = np.where(is_pair, shown.first[pair] if len(shown.first) else 0, -1 - numbers)
        second = np.where(is_pair, shown.second[pair] if len(shown.second) else 0, -1)
        if self._column == 2:
            return np.where(is_pair, shown.weight[pair] if len(shown.weight) else 0, 0)
        side = second if self._column in (1, 4) else first
        if self._column > _NUMBERS:
            return np.where(side >= 0, shown.mentions[side], 0)
        rank = np.empty(len(shown.actor_ids), dtype=np.int64)
        names = [fold(name) for name in self._data.names]
        rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return np.where(side >= 0, rank[side], -1)


class PairTable(QTableView):
    """Show the table; ``chosen(int first, int second)`` tells a row, -1 for no second."""

    chosen = Signal(int, int)
    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs = PairModel(self)
        self.setModel(self.pairs)
        self.setAccessibleName(tr("plots.table"))
        self.setItemDelegate(Padded(self))
        self.setSortingEnabled(True)
        self.sortByColumn(2, Qt.SortOrder.DescendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(0)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.activated.connect(self._on_activated)

    def show_data(self, data: GraphData) -> None:
        """Show another graph."""
        self.pairs.show_data(data)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(*self.pairs.ends(self.pairs.number_at(index)))

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(*self.pairs.ends(self.pairs.number_at(index)))

"""The table behind the bars: every line, sorted by any column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.gui.models.rows import capital
from annotator.gui.widgets.padded import Padded

if TYPE_CHECKING:
    from annotator.gui.dashboard.sections import Line, Section

Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 26
#: Leaves room for the sign of the order after a title that is set to the right.
_ROOM = "\u2003"
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class LineModel(QAbstractTableModel):
    """Show the lines of a section."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._section: Section | None = None
        self.lines: list[Line] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def show_section(self, section: Section) -> None:
        """Show another section, or the same one after a change in the order it had."""
        self.beginResetModel()
        if self._section is None or self._section.id != section.id:
            self._sorted = None
        self._section = section
        self.lines = list(section.lines)
        self._sort()
        self.endResetModel()

    @property
    def section_id(self) -> str:
        """Return which section is shown."""
        return self._section.id if self._section is not None else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() or self._section is None else len(self._section.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title, set as its cells are."""
        if orientation is not Qt.Orientation.Horizontal or self._section is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(section):
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        title = self._section.columns[section]
        if section == 0:
            title = capital(title)
        return title + _ROOM if self._is_number(section) else title

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, or how they are set."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(index.column()):
            return _RIGHT
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.lines[index.row()].cells[index.column()].split())
        return None

    def _is_number(self, column: int) -> bool:
        return bool(self.lines) and not isinstance(self.lines[0].sorts[column], str)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._sorted = (column, order)
        self.layoutAboutToBeChanged.emit()
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        if self._sorted is not None and self._sorted[0] < self.columnCount():
            column, order = self._sorted
            down = order is Qt.SortOrder.DescendingOrder
            self.lines.sort(key=lambda line: line.sorts[column], reverse=down)


class LineTable(QTableView):
    """Show the table; ``chosen(Line)`` on Enter or a double click."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        room = self.horizontalHeader().fontMetrics().horizontalAdvance(_ROOM)
        self.setItemDelegate(Padded(self, after_numbers=room))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorShown(True)
        header.setResizeContentsPrecision(50)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.lines.sort)
        self.activated.connect(self._on_activated)

    def show_section(self, section: Section) -> None:
        """Show a section's lines."""
        header = self.horizontalHeader()
        if section.id != self.lines.section_id:
            self._forget_order()
        self.lines.show_section(section)
        self.setAccessibleName(section.title)
        for column in range(self.lines.columnCount()):
            header.setSectionResizeMode(
                column,
                QHeaderView.ResizeMode.Stretch
                if column == 0
                else QHeaderView.ResizeMode.ResizeToContents,
            )

    def _forget_order(self) -> None:
        """Show the lines in the order they come in."""
        header = self.horizontalHeader()
        header.blockSignals(True)  # noqa: FBT003 - Qt's signature
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.blockSignals(False)  # noqa: FBT003

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.lines.lines[index.row()])

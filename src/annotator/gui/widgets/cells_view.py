"""The look of a plain table of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from annotator.gui.models.cells import Cells, CellsModel
from annotator.gui.widgets.padded import Padded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_ROW_PX = 26


class CellsView(QTableView):
    """Show a ``CellsModel``; the last column takes what is left. ``opened(Cells)``: a row's Enter.

    Args:
        titles: of the columns.
        widths: of all columns but the last, in px.
        name: what a screen reader says.
    """

    opened = Signal(object)

    def __init__(
        self, titles: Sequence[str], widths: Sequence[int], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cells = CellsModel(titles, self)
        self.setModel(self.cells)
        self.setItemDelegate(Padded(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, width in enumerate(widths):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)
        self.activated.connect(self._on_activated)

    def show_rows(self, rows: Sequence[Cells]) -> None:
        """Show other rows."""
        self.cells.show_rows(rows)

    def chosen(self) -> Cells | None:
        """Return the row that is selected."""
        index = self.currentIndex()
        return self.cells.row_at(index.row()) if index.isValid() else None

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.cells.row_at(index.row()))

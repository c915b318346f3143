"""Which column of a table holds what: shown with its first rows, chosen, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QWidget

from annotator.gui.models.cells import Cells
from annotator.gui.models.rows import one_line
from annotator.gui.parts import Sheet, flat_button, hairline, plain_label, row
from annotator.gui.widgets.cells_view import CellsView
from annotator.i18n import has, tr
from annotator.importers.mapping import FIELDS

if TYPE_CHECKING:
    from annotator.importers.mapping import TablePreview

_SIDE_PX = 340
_COLUMN_PX = 180
_LONGEST = 120


class ColumnsSheet(Sheet):
    """Show a table and ask which column is which. ``chosen(dict)``: field -> column."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, name: str, preview: TablePreview) -> None:
        super().__init__(parent, size=QSize(1160, 640))
        self.setAccessibleName(tr("window.columns"))
        self._preview = preview
        self.boxes: dict[str, QComboBox] = {}
        titles = [one_line(column) for column in preview.columns]
        widths = [_COLUMN_PX] * (len(titles) - 1)
        self.table = CellsView(titles, widths, tr("window.columns_rows"), self)
        self.table.show_rows([self._cells(cells) for cells in preview.rows])
        self.read = QPushButton(tr("window.columns_read"))
        self.read.setProperty("role", "default")
        self.read.clicked.connect(self._on_read)
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("window.columns"), role="title")
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 4), spacing=8))
        told = plain_label(tr("window.columns_of", file=name), role="second")
        self.column.addLayout(row(told, None, margins=(24, 0, 24, 12), spacing=8))
        self.column.addWidget(hairline())
        middle = (self._form(), hairline(vertical=True), self.table)
        self.column.addLayout(row(*middle, margins=(0, 0, 8, 0), spacing=0), 1)
        self.column.addWidget(hairline())
        self.column.addLayout(row(None, self.read, margins=(24, 10, 24, 12), spacing=8))
        self._update()

    def _cells(self, cells: tuple[str, ...]) -> Cells:
        count = len(self._preview.columns)
        words = [one_line(cell)[:_LONGEST] for cell in cells[:count]]
        return Cells((*words, *[""] * (count - len(words))))

    def _form(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_SIDE_PX)
        form = QFormLayout(side)
        form.setContentsMargins(24, 14, 16, 14)
        form.setVerticalSpacing(6)
        for field in FIELDS:
            key = f"panels.field.{field}"
            words = tr(key) if has(key) else tr("window.columns_text")
            box = QComboBox()
            box.setAccessibleName(words)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.addItem("—", "")
            for column in self._preview.columns:
                box.addItem(one_line(column), column)
            box.setCurrentIndex(max(0, box.findData(self._preview.mapping.get(field, ""))))
            box.currentIndexChanged.connect(self._update)
            self.boxes[field] = box
            form.addRow(plain_label(words, role="second"), box)
        return side

    def mapping(self) -> dict[str, str]:
        """Return what is chosen: field -> column."""
        chosen = {field: str(box.currentData() or "") for field, box in self.boxes.items()}
        return {field: column for field, column in chosen.items() if column}

    def _update(self) -> None:
        self.read.setEnabled("text" in self.mapping())

    def _on_read(self) -> None:
        self.chosen.emit(self.mapping())

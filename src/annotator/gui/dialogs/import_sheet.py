"""What became of each file of an import: a list to read, save, and try again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton

from annotator.app.import_results import Became, ResultRow, result_rows, results_csv
from annotator.gui.dialogs import ask
from annotator.gui.models.cells import Cells
from annotator.gui.parts import Sheet, flat_button, hairline, plain_label, row
from annotator.gui.turns import Turns
from annotator.gui.widgets.cells_view import CellsView
from annotator.i18n import explain, tr
from annotator.model.errors import AnnotatorError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from annotator.app.duplicates import Copy
    from annotator.app.jobs import JobContext
    from annotator.app.workflows import ImportReport
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle

_COLUMNS = ("became", "file", "headline", "why")
_WIDTHS = (120, 230, 250)
#: Room for so many lines of a reason.
_TOLD_LINES = 2


class ImportSheet(Sheet):
    """Show the rows of an import.

    ``retry_asked()``: read the refused files again; ``compare_asked()``: look at what is alike;
    ``article_asked(str)``: open an article.
    """

    retry_asked = Signal()
    compare_asked = Signal()
    article_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, *, summary: str) -> None:
        super().__init__(parent, size=QSize(1080, 640))
        self._desk = desk
        self._rows: tuple[ResultRow, ...] = ()
        self._cells: tuple[Cells, ...] = ()
        self._job: JobHandle | None = None
        self.setAccessibleName(tr("window.import_results"))
        titles = [tr(f"window.result.{column}") for column in _COLUMNS]
        self.table = CellsView(titles, _WIDTHS, tr("window.import_results"), self)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self._summary = plain_label(summary, role="second")
        # The reasons are sentences, longer than their column: the chosen one is told in full.
        self.told = plain_label(role="second")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(_TOLD_LINES * self.told.fontMetrics().lineSpacing())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("window.result.became"))
        self.kinds.currentIndexChanged.connect(self._narrow)
        self.kinds.hide()
        self.retry = self._button("window.import_retry", self.retry_asked.emit)
        self.compare = self._button("window.import_compare", self.compare_asked.emit)
        self.save = self._button("window.import_save_list", self._ask_and_save)
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("window.import_results"), role="title")
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 4), spacing=8))
        self.column.addLayout(
            row(self._summary, None, self.kinds, margins=(24, 0, 24, 12), spacing=8)
        )
        self.column.addWidget(hairline())
        self.column.addLayout(row(self.table, margins=(16, 8, 16, 8), spacing=0), 1)
        self.column.addWidget(hairline())
        self.column.addLayout(row(self.told, margins=(24, 10, 24, 10), spacing=0))
        self.column.addWidget(hairline())
        buttons = (self.compare, self.retry, None, self.save)
        self.column.addLayout(row(*buttons, margins=(24, 10, 24, 12), spacing=8))

    def _button(self, text_id: str, do: object) -> QPushButton:
        button = QPushButton(tr(text_id))
        button.setProperty("role", "plain")
        button.clicked.connect(do)
        return button

    def show_report(self, report: ImportReport, groups: Sequence[Sequence[Copy]]) -> None:
        """List what became of everything; the rows are made in a job, there may be thousands."""
        theme = self._desk.theme
        colours = {
            Became.REFUSED: theme.danger,
            Became.NEAR: theme.accent,
            Became.DUPLICATE: theme.ink2,
        }

        def work(_ctx: JobContext) -> tuple[tuple[ResultRow, ...], tuple[Cells, ...]]:
            rows = tuple(result_rows(report, groups))
            return rows, tuple(_cells(one, colours) for one in rows)

        self.retry.setVisible(bool(report.refused))
        self.compare.setVisible(bool(groups))

        def begin() -> None:
            self._job = self._desk.jobs.start(work, lambda made: self._show(*made))

        # After the sheet is painted, which goes slowly beside a job.
        Turns([begin], self)

    def _show(self, rows: tuple[ResultRow, ...], cells: tuple[Cells, ...]) -> None:
        self._job = None
        self._rows, self._cells = rows, cells
        self._offer_kinds()
        self._narrow()

    def _offer_kinds(self) -> None:
        """Offer to list one kind of result alone, where there are several."""
        found = Counter(one.became for one in self._rows)
        self.kinds.blockSignals(True)  # noqa: FBT003
        self.kinds.clear()
        self.kinds.addItem(f"{tr('window.import_all')} ({len(self._rows)})", None)
        for kind in Became:
            if found[kind]:
                self.kinds.addItem(f"{tr(f'window.became.{kind}')} ({found[kind]})", kind)
        self.kinds.blockSignals(False)  # noqa: FBT003
        self.kinds.setVisible(len(found) > 1)

    def _narrow(self) -> None:
        """List what is asked for."""
        kind = self.kinds.currentData()
        shown = [
            cells
            for one, cells in zip(self._rows, self._cells, strict=True)
            if kind is None or one.became == kind
        ]
        self.table.show_rows(shown)
        self.table.selectRow(0)

    def discard(self) -> None:
        """Let go of the rows that are still being made, too."""
        if self._job is not None:
            self._job.cancel()
        super().discard()

    def _on_chosen(self) -> None:
        cells = self.table.chosen()
        one = cells.payload if cells is not None else None
        self.told.setText(one.why if isinstance(one, ResultRow) else "")

    def _on_opened(self, cells: Cells) -> None:
        one = cells.payload
        if isinstance(one, ResultRow) and one.article_id:
            self.article_asked.emit(one.article_id)

    def _ask_and_save(self) -> None:
        name = f"{tr('window.import_list_name')}.csv"
        path = ask.file_to_write(self, name, tr("window.import_list_kind"), ".csv")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the list as CSV and say where it is."""
        rows = self._rows

        def work(_ctx: JobContext) -> str:
            from annotator.exporters.atomic import write_atomically

            def write(stream: BinaryIO) -> None:
                stream.write(results_csv(rows))

            write_atomically(path, write)
            return path.name

        self._desk.jobs.start(
            work,
            lambda name: self._desk.say(tr("window.written", file=name)),
            failed=self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AnnotatorError):
            self._summary.setText(explain(error))
        else:
            self._desk.jobs.broke.emit(error)


def _cells(one: ResultRow, colours: Mapping[Became, QColor]) -> Cells:
    words = (tr(f"window.became.{one.became}"), one.file, one.headline, one.why)
    plain = tuple(" ".join(part.split()) for part in words)
    return Cells(plain, one, colour=colours.get(one.became))

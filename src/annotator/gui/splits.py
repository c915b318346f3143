"""A file that holds several articles in no known layout: shown how it would be cut, then read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from annotator.gui.dialogs import ask
from annotator.gui.looking import look_into
from annotator.gui.models.cells import Cells
from annotator.gui.models.rows import one_line
from annotator.gui.parts import Sheet, flat_button, hairline, plain_label, row
from annotator.gui.widgets.cells_view import CellsView
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from annotator.gui.shell import Shell
    from annotator.importers.splitter import Preview

_NUMBER_PX = 60


class SplitSheet(Sheet):
    """Show the first words of each piece of a file, and by what it would be cut."""

    def __init__(self, parent: QWidget, name: str, preview: Preview) -> None:
        super().__init__(parent, size=QSize(760, 600))
        self.setAccessibleName(tr("window.split"))
        titles = ("", tr("window.split_begins"))
        self.table = CellsView(titles, (_NUMBER_PX,), tr("window.split"), self)
        self.table.show_rows(
            [Cells((str(n), one_line(words))) for n, words in enumerate(preview.pieces, 1)]
        )
        count = len(preview.pieces)
        self.read = QPushButton(tr("window.split_read", count=count))
        self.read.setProperty("role", "default")
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("window.split"), role="title")
        told = plain_label(f"{name} · {tr(f'window.split_rule_{preview.rule}')}", role="second")
        told.setWordWrap(True)
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 4), spacing=8))
        self.column.addLayout(row(told, margins=(24, 0, 24, 12), spacing=8))
        self.column.addWidget(hairline())
        self.column.addLayout(row(self.table, margins=(16, 8, 16, 8), spacing=0), 1)
        self.column.addWidget(hairline())
        self.column.addLayout(row(None, self.read, margins=(24, 10, 24, 12), spacing=8))


class Splits:
    """Let the person look before a file is cut.

    Args:
        shell: the window.
        take: called with the file when the person agrees.
    """

    def __init__(self, shell: Shell, take: Callable[[Path], object]) -> None:
        self._shell = shell
        self._take = take
        self._sheet: SplitSheet | None = None

    def choose(self, path: Path | None = None) -> None:
        """Show how a file would be cut, and ask for the file first unless it is given."""
        if self._shell.desk is None:
            return
        file = path or ask.work_to_bring(
            self._shell.widget, "actions.do.articles.split", tr("window.all_files"), ("*",)
        )
        if file is None:
            return
        look_into(
            self._shell,
            lambda worker: worker.preview_cuts(file, file.name),
            lambda preview: self._show(file, preview),
        )

    def _show(self, path: Path, preview: Preview) -> None:
        self._close()
        self._sheet = sheet = SplitSheet(self._shell.widget, path.name, preview)
        sheet.read.clicked.connect(lambda: self._on_read(path))
        sheet.closed.connect(self._close)
        sheet.open_card(sheet.read)

    def _on_read(self, path: Path) -> None:
        self._close()
        self._take(path)

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.discard()

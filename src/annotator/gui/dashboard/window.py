"""The dashboard window: a tab a question, the bars to look at, the table behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dashboard.bars import MOST, Bars, Legend
from annotator.gui.dashboard.loader import BoardLoader
from annotator.gui.dashboard.sections import MEASURES, SECTIONS, headline, section, title
from annotator.gui.dashboard.table import LineTable
from annotator.gui.parts import flat_button, hairline, plain_label, row
from annotator.gui.widgets.plain import tip
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QShowEvent
    from PySide6.QtWidgets import QToolButton

    from annotator.app.board import Board
    from annotator.gui.dashboard.sections import Line, Section
    from annotator.gui.desk import Desk
    from annotator.gui.theme import Theme

_SIZE = (1120, 760)
_MEASURE = "dashboard_measure"
_ONCE = "dashboard_once"


class Dashboard(QWidget):
    """Show who carries the project's articles, live.

    ``articles_chosen(ids, words)`` when a bar or a row is to open its articles; ``shown(Board)``
    after each count.
    """

    articles_chosen = Signal(object, str)
    shown = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.desk = desk
        self.board: Board | None = None
        # Made when they are looked at, kept until the next count.
        self._sections: dict[str, Section] = {}
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("dashboard.window", project=desk.session.project.name))
        self.resize(*_SIZE)
        self.loader = BoardLoader(desk, self)
        self.loader.once = desk.settings.state(_ONCE, "") == "yes"
        self._build()
        self.loader.loaded.connect(self._on_loaded)
        self.loader.counting.connect(self._on_counting)
        desk.theme_changed.connect(self._on_theme)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.line = plain_label(role="second")
        self.line.setWordWrap(True)
        self.line.setContentsMargins(18, 0, 18, 8)
        heading = plain_label(tr("dashboard.title"), role="title")
        self.measures = self._measure_buttons()
        self.once = flat_button(tr("dashboard.once"), role="second")
        self.once.setCheckable(True)
        self.once.setChecked(self.loader.once)
        self.once.setToolTip(tip(tr("dashboard.once.tip")))
        self.once.clicked.connect(lambda checked: self.count_once(once=checked))
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(tr("dashboard.title"))
        for section_id in SECTIONS:
            self.tabs.addTab(title(section_id))
        self.tabs.currentChanged.connect(self._show_tab)
        self.words = plain_label(tr("dashboard.counting"), role="second")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.legend = Legend(self.desk.theme)
        self.bars = Bars(self.desk.theme)
        self.table = LineTable()
        for view in (self.bars, self.table):
            view.chosen.connect(self._choose)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.bars)
        # What the table says begins under the first tab.
        below = QWidget()
        below.setLayout(row(self.table, margins=(8, 0, 0, 0), spacing=0))
        self.splitter.addWidget(below)
        self.splitter.setSizes([420, 240])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self.stack.addWidget(self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(
            row(
                heading,
                None,
                self.once,
                *self.measures.values(),
                margins=(18, 14, 14, 2),
                spacing=2,
            )
        )
        column.addWidget(self.line)
        column.addLayout(row(self.tabs, None, margins=(10, 0, 10, 0), spacing=0))
        column.addWidget(hairline())
        column.addWidget(self.legend)
        column.addWidget(self.stack, 1)

    def _measure_buttons(self) -> dict[str, QToolButton]:
        """Make the three buttons that say by what is counted."""
        group = QButtonGroup(self)
        chosen = self.desk.settings.state(_MEASURE, "sentence")
        found: dict[str, QToolButton] = {}
        for measure in MEASURES:
            button = flat_button(tr(f"panels.audit.by.{measure}"), role="second")
            button.setCheckable(True)
            button.setChecked(measure == chosen)
            button.clicked.connect(lambda _checked=False, m=measure: self.choose_measure(m))
            group.addButton(button)
            found[measure] = button
        if chosen not in found:
            found["sentence"].setChecked(True)
        return found

    # -- what is shown ------------------------------------------------------------------------

    @property
    def measure(self) -> str:
        """Return by what is counted."""
        return next(m for m, button in self.measures.items() if button.isChecked())

    def choose_measure(self, measure: str) -> None:
        """Count by source, by sentence or by word."""
        self.measures[measure].setChecked(True)
        self.desk.settings.set_state(_MEASURE, measure)
        if self.board is not None:
            self._show_board()

    def count_once(self, *, once: bool) -> None:
        """Count each story once, or each article."""
        self.once.setChecked(once)
        self.desk.settings.set_state(_ONCE, "yes" if once else "")
        self.loader.once = once
        self.loader.ask()

    def section(self) -> Section | None:
        """Return the section in front."""
        if self.board is None:
            return None
        section_id = SECTIONS[max(0, self.tabs.currentIndex())]
        if section_id not in self._sections:
            self._sections[section_id] = section(section_id, self.board, self.measure)
        return self._sections[section_id]

    def show_section(self, section_id: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(SECTIONS.index(section_id))

    def _on_counting(self, done: int, total: int) -> None:
        self.words.setText(tr("dashboard.counting.some", done=done, total=total))

    def _on_loaded(self, board: Board) -> None:
        self.board = board
        self._show_board()
        self.shown.emit(board)

    def _show_board(self) -> None:
        assert self.board is not None, "called when there is a board"
        self._sections.clear()
        self.line.setText(headline(self.board, self.measure))
        self._show_tab()

    def _show_tab(self) -> None:
        shown = self.section()
        if shown is None:
            return
        if not shown.lines:
            self.legend.show_section(None)
            self.words.setText(tr(f"dashboard.empty.{shown.id}"))
            self.stack.setCurrentWidget(self.words)
            return
        for view in (self.bars, self.table):
            view.show_section(shown)
        self.bars.setVisible(bool(shown.bars))
        more = len(shown.bars) - MOST
        self.legend.show_section(shown, tr("dashboard.some_bars", count=MOST) if more > 0 else "")
        self.stack.setCurrentWidget(self.splitter)

    def _choose(self, line: Line) -> None:
        """Open what a bar or a row stands for."""
        shown = self.section()
        if shown is None or not line.article_ids:
            return
        if line.claim:
            self.desk.open_article(line.article_ids[0])
            data = self.desk.data
            mark = data.marks.get(line.claim) if data is not None else None
            self.desk.select([line.claim], origin="plot")
            if mark is not None:
                self.desk.reveal(mark.spans[0])
            return
        words = tr("dashboard.kept", tab=shown.title, words=" ".join(line.label.split()))
        self.articles_chosen.emit(line.article_ids, words)

    # -- the window ---------------------------------------------------------------------------

    def _on_theme(self, theme: Theme) -> None:
        self.bars.set_theme(theme)
        self.legend.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Count what changed since the window was last seen."""
        super().showEvent(event)
        self.loader.follows = True
        self.loader.ask()
        self.tabs.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Count nothing that nobody sees."""
        self.loader.follows = False
        self.loader.stop()
        super().closeEvent(event)

"""The column on the right: one tab a panel, and the small plot docked under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from annotator.gui.fonts import bold
from annotator.gui.parts import flat_button, hairline, plain_label, row
from annotator.i18n import tr
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from annotator.gui.desk import Desk, Selection
    from annotator.gui.panels import PanelSpec
    from annotator.gui.panels.base import Panel

PLOT_HEIGHT_PX = 262
#: The panel in which proposals wait.
_PROPOSALS = "review"
#: Selections that bring the fields to the front; a panel's own never change the tab.
_FOLLOWED = frozenset({"text", "keys", "history", "palette", "plot"})


@dataclass(slots=True)
class _Tab:
    """Hold a panel's row of the table, and the panel once it was needed."""

    spec: PanelSpec
    panel: Panel | None = None

    @property
    def title(self) -> str:
        name = tr(self.spec.title_id)
        count = self.panel.count if self.panel is not None else 0
        return f"{name} {count}" if count > 0 else name


class _Tabs(QTabBar):
    """Make room for the chosen tab's heavier letters, so that no title is cut."""

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        metrics = self.fontMetrics()
        heavy = type(metrics)(bold(self.font()))
        more = heavy.horizontalAdvance(self.tabText(index)) - metrics.horizontalAdvance(
            self.tabText(index)
        )
        return QSize(size.width() + max(0, more), size.height())


class PanelColumn(QWidget):
    """Hold the panels of the table; each is built when it is first looked at or idle time comes.

    ``filled()`` once every panel and the plot are there.
    """

    filled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "panel")
        self.setMinimumWidth(280)
        self._tabs: list[_Tab] = []
        self.bar = _Tabs()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setAccessibleName(tr("window.panels"))
        self.stack = QStackedWidget()
        self.plot: QWidget | None = None
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.stack)
        self._plot_room = QWidget()
        self._plot_column = QVBoxLayout(self._plot_room)
        self._plot_column.setContentsMargins(0, 0, 0, 0)
        self.splitter.addWidget(self._plot_room)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([10_000, PLOT_HEIGHT_PX])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._more = flat_button("⋯", name=tr("window.more_panels"), role="second")
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._list_folded)
        column.addLayout(row(self.bar, None, self._more, margins=(7, 0, 4, 0), spacing=0))
        column.addWidget(hairline())
        column.addWidget(self.splitter, 1)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._build_next)
        self.bar.currentChanged.connect(self._on_tab)
        desk.selection_changed.connect(self._on_selection)

    # -- building -----------------------------------------------------------------------------

    def fill(self) -> None:
        """Read the table and build the panels, one each time the program idles.

        Called after the first paint: the panels and the plot bring the heavy imports.
        """
        from annotator.gui.panels import PANELS

        self.bar.blockSignals(True)  # noqa: FBT003
        for spec in sorted(PANELS, key=lambda spec: spec.order):
            tab = _Tab(spec)
            self._tabs.append(tab)
            self.stack.addWidget(plain_label())
            self.bar.addTab(tab.title)
        self.bar.blockSignals(False)  # noqa: FBT003
        wanted = self._desk.settings.state("panel", "sources")
        self.show_panel(wanted if wanted in self.ids() else self.ids()[0])
        self._idle.start()

    def stop(self) -> None:
        """Build nothing any more: the project is being closed."""
        self._idle.stop()

    def _build_next(self) -> None:
        """Build one more panel, the one in front first, then the plot."""
        order = [self.bar.currentIndex(), *range(len(self._tabs))]
        missing = [number for number in order if self._tabs[number].panel is None]
        # The timer stands still meanwhile: a panel that fails must not fail again and again.
        self._idle.stop()
        if missing:
            self._panel(missing[0])
            self._idle.start()
        else:
            self._build_plot()
            self.filled.emit()

    def _build_plot(self) -> None:
        from annotator.gui.plots import make_docked_plot

        self.plot = plot = make_docked_plot(self._desk)
        self._plot_column.addWidget(plot)

    def _panel(self, number: int) -> Panel:
        tab = self._tabs[number]
        if tab.panel is None:
            panel = tab.panel = tab.spec.make(self._desk)
            placeholder = self.stack.widget(number)
            if placeholder is not None:
                self.stack.removeWidget(placeholder)
                placeholder.deleteLater()
            self.stack.insertWidget(number, panel)
            panel.count_changed.connect(lambda _count, number=number: self._title(number))
            self._title(number)
        return tab.panel

    def _title(self, number: int) -> None:
        self.bar.setTabText(number, self._tabs[number].title)
        self._fold_tabs()

    # -- tabs that do not fit -----------------------------------------------------------------

    def _fold_tabs(self) -> None:
        """Fold the last tabs into the menu where the column is narrow; never the one in front."""
        current = self.bar.currentIndex()
        sizes = [self.bar.tabSizeHint(number).width() for number in range(self.bar.count())]
        room = self.width() - 12
        if sum(sizes) > room:
            room -= self._more.sizeHint().width() + (sizes[current] if current >= 0 else 0)
        shown = 0
        for number, size in enumerate(sizes):
            shown += 0 if number == current else size
            is_shown = number == current or shown <= room
            if self.bar.isTabVisible(number) != is_shown:
                # Told what it knows, Qt forgets that it has tabs to lay out.
                self.bar.setTabVisible(number, is_shown)
        self._more.setVisible(any(not self.bar.isTabVisible(n) for n in range(len(sizes))))
        self.bar.updateGeometry()

    def _list_folded(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for number, tab in enumerate(self._tabs):
            if not self.bar.isTabVisible(number):
                line = menu.addAction(tab.title.replace("&", "&&"))
                line.triggered.connect(
                    lambda _checked=False, number=number: self.show_panel(self.ids()[number])
                )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold tabs."""
        super().resizeEvent(event)
        self._fold_tabs()

    # -- showing ------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Return the panels' ids in order."""
        return [tab.spec.id for tab in self._tabs]

    def show_panel(self, panel_id: str) -> None:
        """Bring a panel to the front."""
        number = self.ids().index(panel_id)
        self._panel(number)
        self.bar.setCurrentIndex(number)
        self.stack.setCurrentIndex(number)

    def step(self, by: int) -> None:
        """Bring the next or previous panel to the front."""
        if self._tabs:
            self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._tabs))

    def current(self) -> Panel | None:
        """Return the panel in front."""
        number = self.bar.currentIndex()
        return self._tabs[number].panel if 0 <= number < len(self._tabs) else None

    def main_focus(self) -> QWidget:
        """Return what gets the keyboard when the column does."""
        panel = self.current()
        return self.bar if panel is None else getattr(panel, "list", panel)

    def focus_inspector(self) -> None:
        """Give the keyboard to the first field of what is selected."""
        panel = self.current()
        if panel is not None:
            panel.focus_inspector()

    def show_plot(self, *, visible: bool) -> None:
        """Show or hide the docked plot."""
        self._plot_room.setVisible(visible)

    def is_plot_shown(self) -> bool:
        """Say whether the docked plot is shown."""
        return not self._plot_room.isHidden()

    def take_plot(self) -> QWidget | None:
        """Lend the plot to somebody who shows it large."""
        return self.plot

    def give_plot_back(self) -> None:
        """Put the plot back under the panels."""
        if self.plot is not None:
            self._plot_column.addWidget(self.plot)

    def _on_tab(self, number: int) -> None:
        if 0 <= number < len(self._tabs):
            self._panel(number)
            self.stack.setCurrentIndex(number)
            self._fold_tabs()
            self._desk.settings.set_state("panel", self._tabs[number].spec.id)

    def _on_selection(self, selection: Selection) -> None:
        """Bring the fields of what was selected elsewhere to the front."""
        if not selection or selection.origin not in _FOLLOWED or not self._tabs:
            return
        wanted = self._panel_for(selection.ids[0])
        if wanted in self.ids():
            self.show_panel(wanted)

    def _panel_for(self, record_id: str) -> str:
        """Return the panel that has a record's fields; "" if none has."""
        data = self._desk.data
        if data is None:
            return ""
        if record_id in data.suggestions:
            return _PROPOSALS
        mark = data.marks.get(record_id)
        kind = mark.mark_kind if mark is not None else None
        if record_id in data.sources:
            kind = MarkKind.SOURCE
        elif record_id in data.actors:
            kind = MarkKind.ACTOR
        return next((tab.spec.id for tab in self._tabs if kind in tab.spec.kinds), "")

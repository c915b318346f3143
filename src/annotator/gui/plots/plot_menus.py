"""The two menus of the plot: what else it can do, and what it can be written as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from annotator.gui.parts import flat_button
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.gui.plots.plot import CoMentionPlot


class PlotMenus:
    """Hold the buttons and fill their menus when they open."""

    def __init__(self, plot: CoMentionPlot) -> None:
        self._plot = plot
        self.more_button = flat_button("⋯", name=tr("plots.menu"), role="second")
        self.export_button = flat_button(tr("plots.export"))
        self.export_button.hide()
        self.more = self._menu(self.more_button)
        self.exports = self._menu(self.export_button)
        self.more.aboutToShow.connect(self._fill_more)
        self.exports.aboutToShow.connect(lambda: self._fill_exports(self.exports))

    def _menu(self, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        menu.setAccessibleName(button.accessibleName())
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        return menu

    def _fill_more(self) -> None:
        plot = self._plot
        self.more.clear()
        if not plot.is_large:
            self._add_choices("scope", ("project", "article"))
            self._add_choices("unit", ("sentence", "paragraph", "article"))
        if plot.canvas is not None:
            self.more.addAction(tr("plots.fit")).triggered.connect(plot.canvas.fit)
        self.more.addAction(tr("plots.again")).triggered.connect(plot.lay_out_anew)
        if not plot.is_large:
            self.more.addSeparator()
            self._fill_exports(self.more.addMenu(tr("plots.export")))

    def _add_choices(self, name: str, values: tuple[str, ...]) -> None:
        filters = self._plot.filter_row()
        box = getattr(filters, name)
        group = QActionGroup(self.more)
        for value in values:
            action = self.more.addAction(tr(f"plots.{name}.{value}"))
            action.setCheckable(True)
            action.setChecked(box.currentData() == value)
            group.addAction(action)
            action.triggered.connect(lambda _=False, v=value: filters.choose(**{name: v}))
        self.more.addSeparator()

    def _fill_exports(self, menu: QMenu) -> None:
        menu.clear()
        plot = self._plot
        for way in plot.ways():
            action = menu.addAction(tr(f"plots.export.{way.id}"))
            action.triggered.connect(lambda _=False, way=way: plot.export(way))
        menu.setEnabled(not menu.isEmpty())

"""The co-mentions in the window: small under the panels, large on the whole of it.

The form follows the room: in a narrow or low place only a caption, the graph and a menu; in a large
one the filters, the matrix, the table and the exports too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.parts import ElidedLabel, flat_button, hairline, plain_label, row
from annotator.gui.plots.loader import GraphLoader
from annotator.gui.plots.passage_list import PassagePane
from annotator.gui.plots.pins import Pins
from annotator.gui.plots.plot_menus import PlotMenus
from annotator.gui.plots.told_line import ToldLine
from annotator.i18n import explain, tr
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from annotator.app.comention_sentences import Passage
    from annotator.app.comentions import GraphData, GraphQuery
    from annotator.app.handing_out import Shown
    from annotator.app.jobs import JobContext
    from annotator.gui.desk import Desk, Selection
    from annotator.gui.plots.canvas import Canvas
    from annotator.gui.plots.filter_row import FilterRow
    from annotator.gui.plots.matrix import Matrix
    from annotator.gui.plots.pair_table import PairTable
    from annotator.gui.plots.saving import Way
    from annotator.gui.plots.scene import Scene
    from annotator.gui.theme import Theme
    from annotator.model.changes import Touched

VIEWS = ("graph", "matrix", "table")
#: Below this room the form is the small one.
_LARGE_PX = (640, 400)


class CoMentionPlot(QWidget):
    """Show who is mentioned with whom. ``shown(GraphData)`` after each new answer."""

    shown = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.data: GraphData | None = None
        self.scene: Scene | None = None
        self.canvas: Canvas | None = None
        self.matrix: Matrix | None = None
        self.table: PairTable | None = None
        self.filters: FilterRow | None = None
        self.is_large = False
        self._is_asked = False
        self._chosen = (-1, -1)
        self._opens_when_read = False
        self.caption_words = ""
        self.loader = GraphLoader(desk, self)
        self.pins = Pins(desk)
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("plots.title"))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.caption = ElidedLabel(role="caption")
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.menus = PlotMenus(self)
        self.size_button = flat_button("⤢", name=tr("plots.enlarge"), role="second")
        self.size_button.setToolTip(tr("plots.enlarge"))
        self.view_buttons = {view: self._view_button(view) for view in VIEWS}
        self.header = QWidget()
        line = row(
            self.caption,
            *self.view_buttons.values(),
            self.menus.export_button,
            self.menus.more_button,
            self.size_button,
            margins=(14, 4, 6, 2),
            spacing=2,
        )
        line.setStretchFactor(self.caption, 1)
        self.header.setLayout(line)
        self.room = QVBoxLayout()
        self.words = plain_label(role="second")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMargin(24)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self.passages = PassagePane(self.desk.theme)
        self.passages.hide()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.passages)
        self.splitter.setStretchFactor(0, 1)
        self.told = ToldLine(self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self.room)
        column.addWidget(self.splitter, 1)

    def _view_button(self, view: str) -> QToolButton:
        button = flat_button(tr(f"plots.view.{view}"))
        button.setCheckable(True)
        button.setChecked(view == VIEWS[0])
        button.clicked.connect(lambda: self.show_view(view))
        return button

    def _connect(self) -> None:
        desk = self.desk
        desk.touched.connect(self._on_touched)
        desk.article_opened.connect(self._on_article)
        desk.selection_changed.connect(self._on_selection)
        desk.theme_changed.connect(self.set_theme)
        self.loader.began.connect(self._on_began)
        self.loader.loaded.connect(self._on_loaded)
        self.loader.failed.connect(lambda: self._say(tr("plots.failed")))
        self.passages.opened.connect(self._open_passage)
        self.passages.closed.connect(self._close_passages)
        self.size_button.clicked.connect(self._change_size)

    # -- asking -------------------------------------------------------------------------------

    def query(self) -> GraphQuery:
        """Return what is asked for now."""
        return self.filter_row().query(self.desk.article_id)

    def filter_row(self) -> FilterRow:
        """Return the row of choices, made when it is first needed."""
        if self.filters is None:
            from annotator.gui.plots.filter_row import FilterRow

            self.filters = FilterRow(self)
            self.filters.setVisible(self.is_large)
            unit = self.desk.settings.text("graph_unit")
            self.filters.unit.setCurrentIndex(max(0, self.filters.unit.findData(unit)))
            self.filters.changed.connect(self.ask)
            self.room.addWidget(self.filters)
            self.room.addWidget(hairline())
        return self.filters

    def ask(self, *, soon: bool = False) -> None:
        """Count again with the present choices, if anybody can see it."""
        self._is_asked = True
        if not self.isVisible():
            return
        self._is_asked = False
        query = self.query()
        if query.article_id == "":
            self._say(tr("plots.empty.article"))
            return
        self.loader.ask(query, soon=soon)

    def showEvent(self, event: QShowEvent) -> None:
        """Count when the plot comes into sight and something has changed meanwhile."""
        super().showEvent(event)
        if self._is_asked or self.data is None:
            self.ask()

    def _on_touched(self, touched: Touched) -> None:
        if self.loader.concerns(touched):
            self.ask(soon=True)
        if "article" in touched.tables and self.filters is not None and self.is_large:
            self.filters.offer_outlets(self.desk.session.project.outlets())

    def _on_article(self, _article_id: str) -> None:
        if self.filters is not None and self.filters.scope.currentData() == "article":
            self.ask()

    def _on_began(self) -> None:
        if self.data is None:
            self._say(tr("plots.working"))

    # -- showing ------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        """Say in words what stands where the graph would be."""
        self.words.setText(words)
        self.stack.setCurrentWidget(self.words)
        self.told.hide()

    def _on_loaded(self, scene: Scene) -> None:
        data = scene.data
        is_other = self.data is None or self.data.query != data.query
        self.pins.apply(scene)
        self.scene, self.data = scene, data
        self.filter_row().offer_weights(data.heaviest)
        self._say_caption()
        if len(data.shown.actor_ids) == 0:
            is_filtered = bool(data.query.filters()) or data.query.article_id is not None
            self._say(tr("plots.empty.filter" if is_filtered else "plots.empty.mentions"))
        else:
            self.show_view(self.view())
        if is_other:
            self._close_passages()
        self._on_selection(self.desk.selection)
        self.shown.emit(data)

    def _say_caption(self) -> None:
        assert self.data is not None
        query = self.data.query
        scope = tr("plots.articles", count=self.data.article_count)
        if query.article_id is not None:
            scope = tr("plots.scope.article")
        parts = [tr("plots.title").upper(), tr(f"plots.unit.{query.unit}")]
        if query.article_id is not None or self.data.article_count:
            parts.append(scope)
        if query.outlet is not None:
            parts.append(query.outlet)
        parts += [value for value in (query.since, query.until) if value is not None]
        if query.least > 1:
            parts.append(tr("plots.least.words", count=query.least))
        self.caption_words = " · ".join(parts)
        self.caption.setText(self.caption_words)
        cut = tr(
            "plots.cut", actors=len(self.data.shown.actor_ids), pairs=len(self.data.shown.first)
        )
        self.caption.setToolTip(cut if self.data.is_cut else "")

    def view(self) -> str:
        """Return which view is chosen; the small form shows the graph."""
        if not self.is_large:
            return VIEWS[0]
        return next(view for view, button in self.view_buttons.items() if button.isChecked())

    def show_view(self, view: str) -> None:
        """Show the graph, the matrix or the table of the present answer."""
        for name, button in self.view_buttons.items():
            button.setChecked(name == view)
        if self.data is None or len(self.data.shown.actor_ids) == 0:
            return
        self.told.hide()
        {"graph": self._show_graph, "matrix": self._show_matrix, "table": self._show_table}[view]()

    def _show_graph(self) -> None:
        assert self.scene is not None
        if self.canvas is None:
            from annotator.gui.plots.canvas import Canvas

            self.canvas = Canvas(self.scene, self.desk.theme)
            self.canvas.node_chosen.connect(lambda node: self._choose(node, -1))
            self.canvas.pair_chosen.connect(self._on_pair)
            self.canvas.nothing_chosen.connect(self._close_passages)
            self.canvas.opened.connect(self._on_opened)
            self.canvas.told.connect(self._tell)
            self.canvas.node_moved.connect(self.pins.keep)
            self.stack.addWidget(self.canvas)
        elif self.canvas.scene_data is not self.scene:
            self.canvas.show_scene(self.scene)
        self.stack.setCurrentWidget(self.canvas)

    def _show_matrix(self) -> None:
        assert self.data is not None
        if self.matrix is None:
            from annotator.gui.plots.matrix import Matrix

            self.matrix = Matrix(self.desk.theme)
            self.matrix.chosen.connect(self._choose)
            self.matrix.opened.connect(self._choose_and_open)
            self.matrix.told.connect(self._tell)
            self.stack.addWidget(self.matrix)
        self.matrix.show_data(self.data)
        self.stack.setCurrentWidget(self.matrix)

    def _show_table(self) -> None:
        assert self.data is not None
        if self.table is None:
            from annotator.gui.plots.pair_table import PairTable

            self.table = PairTable()
            self.table.chosen.connect(self._choose)
            self.table.opened.connect(self._choose_and_open)
            self.stack.addWidget(self.table)
        self.table.show_data(self.data)
        self.stack.setCurrentWidget(self.table)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.passages.set_theme(theme)
        for part in (self.canvas, self.matrix):
            if part is not None:
                part.set_theme(theme)

    def _tell(self, words: str) -> None:
        """Say at the bottom what the pointer or the keyboard is on."""
        self.told.show_words(words, self.desk.theme.paper)

    # -- the size -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the form that the room has space for."""
        super().resizeEvent(event)
        size = event.size()
        self.set_large(large=size.width() >= _LARGE_PX[0] and size.height() >= _LARGE_PX[1])

    def set_large(self, *, large: bool) -> None:
        """Show filters and views, or only the graph."""
        if large == self.is_large and self.filters is not None:
            return
        self.is_large = large
        filters = self.filter_row()
        filters.setVisible(large)
        for button in self.view_buttons.values():
            button.setVisible(large)
        self.menus.export_button.setVisible(large)
        name = "plots.reduce" if large else "plots.enlarge"
        self.size_button.setText("×" if large else "⤢")
        self.size_button.setAccessibleName(tr(name))
        self.size_button.setToolTip(tr(name))
        if large:
            filters.offer_outlets(self.desk.session.project.outlets())
        self.show_view(self.view())

    def _change_size(self) -> None:
        action = self.window().findChild(QAction, "view.plot.large")
        if action is not None:
            action.trigger()

    # -- choosing and reading -----------------------------------------------------------------

    def _on_selection(self, selection: Selection) -> None:
        """Show as chosen which actor was selected elsewhere."""
        if self.canvas is None or selection.origin == "plot":
            return
        numbers = [self.canvas.scene_data.number.get(i, -1) for i in selection.ids]
        chosen = next((n for n in numbers if n >= 0), -1)
        if chosen != self.canvas.chosen and (chosen >= 0 or self.canvas.chosen_pair < 0):
            self.canvas.show_chosen(chosen)

    def _on_pair(self, pair: int) -> None:
        assert self.canvas is not None
        scene = self.canvas.scene_data
        self._choose(int(scene.first[pair]), int(scene.second[pair]))

    def _on_opened(self, is_node: bool, number: int) -> None:  # noqa: FBT001 - a signal's argument
        if is_node:
            self._choose_and_open(number, -1)
        elif self.canvas is not None:
            scene = self.canvas.scene_data
            self._choose_and_open(int(scene.first[number]), int(scene.second[number]))

    def _choose_and_open(self, first: int, second: int) -> None:
        """Read the sentences and open the article at the first of them."""
        is_read = (first, second) == self._chosen and self.passages.model.rows
        if is_read:
            self._open_passage(self.passages.model.rows[0])
        else:
            self._opens_when_read = True
            self._choose(first, second)

    def _choose(self, first: int, second: int) -> None:
        """Read the sentences of an actor or a pair under the plot."""
        if self.data is None:
            return
        if (first, second) != self._chosen or self.passages.isHidden():
            self._chosen = (first, second)
            names = self.data.names
            title = names[first]
            if second >= 0:
                title = tr("plots.sentences.pair", first=names[first], second=names[second])
            self.passages.begin(title)
            self._show_passages()
            self.loader.read_passages(self.data, first, second, self._on_passages)
        if second < 0:
            self.desk.select((self.data.shown.actor_ids[first],), origin="plot")

    def _show_passages(self) -> None:
        if self.passages.isHidden():
            height = self.splitter.height()
            self.passages.show()
            below = max(96, round(height * (0.34 if self.is_large else 0.5)))
            self.splitter.setSizes([height - below, below])

    def _on_passages(self, found: object) -> None:
        from annotator.app.comention_sentences import Passages

        if isinstance(found, Passages):
            self.passages.show_passages(found)
            if self._opens_when_read and found.rows:
                self._open_passage(found.rows[0])
        self._opens_when_read = False

    def _close_passages(self) -> None:
        self._chosen = (-1, -1)
        self.passages.hide()
        if self.canvas is not None and (self.canvas.chosen >= 0 or self.canvas.chosen_pair >= 0):
            self.canvas.show_chosen(-1)

    def _open_passage(self, passage: Passage) -> None:
        if self.is_large:
            self._change_size()
        self.desk.open_article(passage.article_id, at=passage.at)

    # -- places that a person chose -----------------------------------------------------------

    def lay_out_anew(self) -> None:
        """Forget where everybody stood and was put."""
        self.pins.forget()
        self.loader.forget_places()
        if self.canvas is not None:
            self.canvas.is_moved_by_hand = False
        self.ask()

    # -- export -------------------------------------------------------------------------------

    def ways(self) -> list[Way]:
        """Return what the present view can be written as."""
        if self.data is None or self.canvas is None or len(self.data.shown.actor_ids) == 0:
            return []
        from annotator.gui.plots import saving

        found: list[Way] = []
        if self.view() == "graph":
            found += saving.plot_ways(self.canvas.drawn(self.caption_words))
        elif self.view() == "matrix" and self.matrix is not None:
            found += saving.matrix_ways(self.data, self.desk.theme, self.caption_words)
        found += saving.graph_ways(self.data, self.canvas.colours, self.canvas.scene_data)
        return found

    def export(self, way: Way) -> None:
        """Ask where a file goes; a job finds out who may be named, then it is written."""
        from annotator.exporters.base import Redaction
        from annotator.gui.dialogs import ask

        kind = tr(f"plots.export.{way.id}").rstrip("…")
        path = ask.file_to_write(self, f"co-mentions{way.suffix}", kind, way.suffix)
        if path is None:
            return
        level = Redaction(self.desk.settings.text("redaction"))
        open_reader = self.desk.session.project.reader

        def find_out(_context: JobContext) -> Shown:
            from annotator.app.handing_out import may_show

            with open_reader() as project:
                return may_show(project, level)

        self.desk.jobs.start(
            find_out, lambda shown: self._write(way, path, shown), title=tr("plots.export.title")
        )

    def _write(self, way: Way, path: Path, shown: Shown) -> None:
        try:
            way.write(path, shown)
        except UserError as error:
            self.desk.say(explain(error))
            return
        level = tr(f"plots.export.level.{shown.level}")
        self.desk.say(tr("plots.export.done", file=path.name, level=level))

"""The widgets of one open project: library, article, panels; and what the keys do with them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from annotator.gui.article_pane import ArticlePane
from annotator.gui.keeper import Keeper
from annotator.gui.library import Library
from annotator.gui.panel_column import PanelColumn
from annotator.gui.proposals import Proposals
from annotator.gui.standing import Standing
from annotator.gui.verifier import Verifier
from annotator.model.annotations import Mark
from annotator.model.article import Article

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from annotator.gui.actions import Situation
    from annotator.gui.desk import Desk
    from annotator.gui.history import History
    from annotator.gui.linking import Linking
    from annotator.gui.marking import Marking
    from annotator.gui.reviewing import Reviewing
    from annotator.model.span import Span

LIBRARY_PX, PANELS_PX = 224, 372
#: Below these widths the panels fold first, then the library; the text never does.
_NARROW_PX, _SLIM_PX = 1080, 720


class Workspace(QWidget):
    """Lay out the three columns and hold the project's controllers.

    ``situation_changed()`` when other actions make sense now.
    """

    situation_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.standing = Standing(desk)
        self.keeper = Keeper(desk)
        self.library = Library(desk)
        self.proposals = desk.proposals = Proposals(desk)
        self.verifier = Verifier(desk)
        self.pane = ArticlePane(desk, self.standing, self.proposals)
        self.panels = PanelColumn(desk)
        self._wants_library = True
        self._wants_panels = True
        self._plot_large = False
        self.columns = self._make_columns()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.columns)
        self._connect()

    # -- controllers, made with the first key -------------------------------------------------

    @cached_property
    def marking(self) -> Marking:
        """Return what the marking keys do."""
        from annotator.gui.marking import Marking

        return Marking(self.desk, self.pane, self.reviewing)

    @cached_property
    def reviewing(self) -> Reviewing:
        """Return what the keys do with the proposal in focus."""
        from annotator.gui.reviewing import Reviewing

        return Reviewing(self)

    @cached_property
    def linking(self) -> Linking:
        """Return what the linking keys do."""
        from annotator.gui.linking import Linking

        return Linking(self.desk, self.pane, self.marking, self.reviewing)

    @cached_property
    def history(self) -> History:
        """Return undo and redo."""
        from annotator.gui.history import History

        return History(self.desk)

    # -- building -----------------------------------------------------------------------------

    def _make_columns(self) -> QSplitter:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        for widget, stretch in ((self.library, 0), (self.pane, 1), (self.panels, 0)):
            columns.addWidget(widget)
            columns.setStretchFactor(columns.count() - 1, stretch)
        self.pane.setMinimumWidth(360)
        sizes = self.desk.settings.state("columns", f"{LIBRARY_PX},{PANELS_PX}").split(",")
        library, panels = (int(size) if size.isdigit() else PANELS_PX for size in sizes[:2])
        columns.setSizes([library, 10_000, panels])
        columns.splitterMoved.connect(self._remember_columns)
        return columns

    def _remember_columns(self) -> None:
        library, _text, panels = self.columns.sizes()
        if library and panels:
            self.desk.settings.set_state("columns", f"{library},{panels}")

    def _connect(self) -> None:
        view = self.pane.view
        view.edge_dragged.connect(self._on_edge_dragged)
        view.mask_clicked.connect(self._on_mask_clicked)
        view.dropped_mark.connect(self._on_dropped)
        view.mark_double_clicked.connect(self._on_double_clicked)
        view.zoom_changed.connect(self._remember_zoom)
        self.desk.reveal_asked.connect(self._on_reveal)
        self.proposals.changed.connect(self._on_proposed)
        for signal in (
            self.desk.article_opened,
            self.desk.selection_changed,
            self.desk.touched,
        ):
            signal.connect(self._on_changed)

    def _on_reveal(self) -> None:
        """Make room for the text that is to be seen."""
        self.enlarge_plot(large=False)

    def _on_proposed(self) -> None:
        """Have somebody there who shows which proposal is in focus: made when there is one."""
        self.reviewing.follow()

    def _on_edge_dragged(self, mark_id: str, fragment: int, edge: str, to: int) -> None:
        self.marking.drag_edge(mark_id, fragment, edge, to)

    def _on_mask_clicked(self, span: Span) -> None:
        self.marking.unmask(span)

    def _on_dropped(self, dragged: str, onto: str) -> None:
        self.linking.drop(dragged, onto)

    def _on_changed(self) -> None:
        self.situation_changed.emit()

    def _on_double_clicked(self, ids: list[str]) -> None:
        self.desk.select(ids[:1], origin="text")
        self.panels.focus_inspector()

    def _remember_zoom(self, zoom: float) -> None:
        self.desk.settings.set_state("zoom", str(zoom))

    # -- what makes sense ---------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what is open and selected."""
        from annotator.gui.actions import Situation

        session, data = self.desk.session, None
        if self.desk.article_id and self.desk.selection:
            data = self.desk.data
        chosen = [data.marks.get(i) for i in self.desk.selection.ids] if data is not None else []
        review = self.reviewing.review if "reviewing" in self.__dict__ else None
        return Situation(
            project=True,
            writable=not session.project.read_only,
            article=bool(self.desk.article_id),
            kinds=frozenset(mark.mark_kind for mark in chosen if isinstance(mark, Mark)),
            proposed=frozenset(one.kind for one in review.chosen()) if review else frozenset(),
            reviewing=review is not None and review.is_on,
            edging=review is not None and review.is_edging,
            can_undo=session.undo_entry is not None,
            can_redo=session.redo_entry is not None,
        )

    def is_reviewed(self) -> bool:
        """Say whether the open article is ticked as reviewed."""
        article = self.desk.session.project.get(Article, self.desk.article_id)
        return article is not None and article.reviewed

    # -- panes --------------------------------------------------------------------------------

    def show_library(self, *, visible: bool) -> None:
        """Show or hide the library."""
        self._wants_library = visible
        self.library.setVisible(visible)
        self.situation_changed.emit()

    def show_panels(self, *, visible: bool) -> None:
        """Show or hide the panels."""
        self._wants_panels = visible
        self.panels.setVisible(visible)
        self.situation_changed.emit()

    def show_plot(self, *, visible: bool) -> None:
        """Show or hide the docked plot."""
        if visible and self.panels.isHidden():
            self.show_panels(visible=True)
        self.panels.show_plot(visible=visible)
        self.situation_changed.emit()

    def is_plot_large(self) -> bool:
        """Say whether the plot has the whole window."""
        return self._plot_large

    def enlarge_plot(self, *, large: bool) -> None:
        """Give the plot the whole window, or put it back under the panels."""
        plot = self.panels.plot
        if plot is None or large == self._plot_large:
            return
        self._plot_large = large
        if large:
            self._stack.addWidget(plot)
            self._stack.setCurrentWidget(plot)
            plot.setFocus()
        else:
            self.panels.give_plot_back()
            self._stack.setCurrentWidget(self.columns)
            self.pane.view.setFocus()
        plot.show()
        self.situation_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the panels, then the library, where the window gets narrow."""
        super().resizeEvent(event)
        self.panels.setVisible(self._wants_panels and self.width() >= _NARROW_PX)
        self.library.setVisible(self._wants_library and self.width() >= _SLIM_PX)

    def close(self) -> bool:
        """Let go of the project."""
        self.panels.stop()
        self.keeper.stop()
        self.desk.close()
        return super().close()

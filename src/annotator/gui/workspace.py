"""The widgets of one open project: library, article, panels; and what the keys do with them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from annotator.gui.article_pane import ArticlePane
from annotator.model.annotations import Mark
from annotator.model.article import Article

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from annotator.gui.actions import Situation
    from annotator.gui.desk import Desk
    from annotator.gui.history import History
    from annotator.gui.keeper import Keeper
    from annotator.gui.library import Library
    from annotator.gui.linking import Linking
    from annotator.gui.marking import Marking
    from annotator.gui.panel_column import PanelColumn
    from annotator.gui.proposals import Proposals
    from annotator.gui.reviewing import Reviewing
    from annotator.gui.standing import Standing
    from annotator.gui.verifier import Verifier
    from annotator.model.span import Span

LIBRARY_PX, PANELS_PX = 224, 372
#: Where the columns stand in the splitter.
_LEFT, _MIDDLE, _RIGHT = range(3)
#: Below these widths the panels fold first, then the library; the text never does.
_NARROW_PX, _SLIM_PX = 1080, 720


class Workspace(QWidget):
    """Lay out the three columns and hold the project's controllers.

    The text is there for the first paint; ``wake`` puts the columns beside it, in the room that is
    kept for them, and starts what computes. ``situation_changed()`` when other actions make sense
    now.
    """

    situation_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.pane = ArticlePane(desk)
        self._keeper: Keeper | None = None
        self._verifier: Verifier | None = None
        self._wants_library = True
        self._wants_panels = True
        self._plot_large = False
        self.columns = self._make_columns()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.columns)
        self._connect()

    # -- what the first paint does not wait for -----------------------------------------------

    def wake(self) -> None:
        """Build the columns and start what computes; a second call does nothing."""
        if self._keeper is not None:
            return
        from annotator.gui.keeper import Keeper
        from annotator.gui.verifier import Verifier

        self._keeper, self._verifier = Keeper(self.desk), Verifier(self.desk)
        self.pane.follow(self.standing, self.proposals)
        self.proposals.changed.connect(self._on_proposed)
        self._put(_LEFT, self.library)
        self._put(_RIGHT, self.panels)

    @cached_property
    def library(self) -> Library:
        """Return the list of articles on the left."""
        from annotator.gui.library import Library

        return Library(self.desk)

    @cached_property
    def panels(self) -> PanelColumn:
        """Return the panels on the right."""
        from annotator.gui.panel_column import PanelColumn

        return PanelColumn(self.desk)

    @cached_property
    def standing(self) -> Standing:
        """Return the figures of the open article."""
        from annotator.gui.standing import Standing

        return Standing(self.desk)

    @cached_property
    def proposals(self) -> Proposals:
        """Return what is proposed for the open article."""
        from annotator.gui.proposals import Proposals

        proposals = self.desk.proposals = Proposals(self.desk)
        return proposals

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
        self._sides = {_LEFT: _room_for_column(), _RIGHT: _room_for_column()}
        for widget in (self._sides[_LEFT], self.pane, self._sides[_RIGHT]):
            columns.addWidget(widget)
        columns.setStretchFactor(_MIDDLE, 1)
        self.pane.setMinimumWidth(360)
        sizes = self.desk.settings.state("columns", f"{LIBRARY_PX},{PANELS_PX}").split(",")
        library, panels = (int(size) if size.isdigit() else PANELS_PX for size in sizes[:2])
        columns.setSizes([library, 10_000, panels])
        columns.splitterMoved.connect(self._remember_columns)
        return columns

    def _put(self, place: int, column: QWidget) -> None:
        """Put a column where room was kept for it, as wide and as visible as that is."""
        self.columns.replaceWidget(place, column)
        self._sides[place].deleteLater()
        self._sides[place] = column

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
        self._sides[_LEFT].setVisible(visible)
        self.situation_changed.emit()

    def show_panels(self, *, visible: bool) -> None:
        """Show or hide the panels."""
        self._wants_panels = visible
        self._sides[_RIGHT].setVisible(visible)
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
        self._sides[_RIGHT].setVisible(self._wants_panels and self.width() >= _NARROW_PX)
        self._sides[_LEFT].setVisible(self._wants_library and self.width() >= _SLIM_PX)

    def close(self) -> bool:
        """Let go of the project."""
        if self._keeper is not None:
            self._keeper.stop()
        if "panels" in self.__dict__:
            self.panels.stop()
        self.desk.close()
        return super().close()


def _room_for_column() -> QWidget:
    """Make what keeps the room of a column until it is there."""
    room = QWidget()
    room.setProperty("role", "panel")
    room.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return room

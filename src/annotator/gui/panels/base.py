"""What every panel can do, and the usual panel: a list with the inspector under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from annotator import i18n
from annotator.gui.models.listing import MARK_MIME, ListingModel
from annotator.gui.widgets.dropping import dragged_records, link_dropped
from annotator.gui.widgets.filter_bar import FilterBar
from annotator.gui.widgets.inspector import Inspector
from annotator.gui.widgets.links import calling
from annotator.gui.widgets.list_view import ListView
from annotator.gui.widgets.plain import caption
from annotator.gui.widgets.section import FROM_INSPECTOR
from annotator.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QHideEvent, QShowEvent

    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk, Selection
    from annotator.gui.models.lister import Lister
    from annotator.gui.theme import Theme
    from annotator.model.changes import Touched

    MenuLine = tuple[str, Callable[[], object]] | None

#: The list gets at most this part of the height while something is selected.
_LIST_PART = 0.5
_LEAST_PX = 96
#: A panel behind another tab follows a moment later, and so does one of a large article.
_HIDDEN_MS, _LARGE_MS = 80, 30
#: Characters from which on reading an article's records may take longer than a frame.
_LARGE = 200_000


class Panel(QWidget):
    """Answer one question about the open article.

    A panel hears of everything from the desk by itself. ``count_changed(int)`` is for the tab's
    title; ``count`` has the same number at any time.
    """

    panel_id: ClassVar[str] = ""
    count_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.count = -1
        self.setProperty("role", "panel")
        self.setAccessibleName(i18n.tr(f"panels.title.{self.panel_id}"))
        self._is_large = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.catch_up)

    def attach(self) -> None:
        """Listen to the desk and show what is open; called at the end of a panel's ``__init__``."""
        desk = self.desk
        desk.article_opened.connect(self._on_opened)
        desk.data_read.connect(self.follow)
        desk.touched.connect(self.refresh)
        desk.selection_changed.connect(self.on_selection)
        desk.theme_changed.connect(self.on_theme)
        # Nothing is left to read once the project is closed.
        desk.destroyed.connect(self._later.stop)
        self._measure(desk.article_id)
        self.set_article(desk.data)
        self.on_selection(desk.selection)

    def _on_opened(self, article_id: str) -> None:
        self.flush()
        self._measure(article_id)
        self.follow()

    def _measure(self, article_id: str) -> None:
        """Remember whether reading the open article's records may take a while."""
        article = self.desk.session.project.get(Article, article_id) if article_id else None
        self._is_large = article is not None and article.length > _LARGE

    def follow(self) -> None:
        """Show what there is now: at once, or after the text where reading it takes a while."""
        if not self.isVisible():
            self._later.start(_HIDDEN_MS)
        elif self._is_large:
            self._later.start(_LARGE_MS)
        else:
            self.catch_up()

    def catch_up(self) -> None:
        """Show what there is now."""
        self._later.stop()
        data = self.desk.data
        if not self.desk.is_reading:
            self.set_article(data)

    def set_article(self, data: ArticleData | None) -> None:
        """Show another article (``None``: none is open)."""
        raise NotImplementedError

    def refresh(self, touched: Touched) -> None:
        """Show what a change did, if it concerns this panel."""
        raise NotImplementedError

    def on_selection(self, selection: Selection) -> None:
        """Follow what was selected elsewhere."""

    def on_theme(self, theme: Theme) -> None:
        """Paint in other colours."""

    def flush(self) -> None:
        """Commit what is typed and not committed yet."""

    def take_focus(self) -> None:
        """Put the keyboard where work in this panel begins."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_inspector(self) -> None:
        """Put the keyboard where the selected thing is edited."""
        self.take_focus()

    def set_count(self, count: int) -> None:
        """Tell how many things there are, if the number is another."""
        if count != self.count:
            self.count = count
            self.count_changed.emit(count)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened behind another tab."""
        super().showEvent(event)
        if self._later.isActive():
            self.catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when another tab comes to the front."""
        self.flush()
        super().hideEvent(event)


class ListPanel(Panel):
    """Show a list, and under it the inspector of what is selected.

    A subclass says what is listed, which lines the context menu has, and what Delete and a
    rename mean.
    """

    #: How many lines the title of a row may take.
    lines: ClassVar[int] = 1
    #: Whether a row's title can be edited in place; else F2 goes to the inspector.
    can_rename: ClassVar[bool] = False
    #: The mime type that a dragged row travels as.
    mime_type: ClassVar[str] = MARK_MIME

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lister = self.make_lister()
        self.model = ListingModel(self.lister, self)
        self.model.mime_type = self.mime_type
        if self.can_rename:
            self.model.title_of = self.title_of
        self.bar = FilterBar(self.lister.orders, self)
        self.list = ListView(self.model, desk.theme, self, lines=self.lines)
        self.list.setAccessibleName(i18n.tr(f"panels.title.{self.panel_id}"))
        self.inspector = Inspector(desk)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.inspector)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.splitter, 1)
        self._is_split_by_hand = False
        self._fit_later = QTimer(self)
        self._fit_later.setSingleShot(True)
        self._fit_later.setInterval(0)
        self._fit_later.timeout.connect(self._fit)
        self._connect()

    def _connect(self) -> None:
        self.bar.filter_changed.connect(self._on_filter)
        self.bar.order_changed.connect(self._on_order)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.open_row)
        self.list.hovered.connect(self._on_hovered)
        self.list.menu_asked.connect(self._show_menu)
        self.list.delete_asked.connect(self._on_delete)
        self.list.rename_asked.connect(self._on_rename)
        self.model.renamed.connect(self.rename)
        self.model.dropped.connect(self._on_dropped)
        self.splitter.splitterMoved.connect(self._on_split)

    # -- what a subclass says -----------------------------------------------------------------

    def make_lister(self) -> Lister:
        """Make what lists this panel's records."""
        raise NotImplementedError

    def empty_words(self) -> str:
        """Return what stands where the rows would be."""
        return i18n.tr(f"panels.empty.{self.panel_id}")

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Return the lines of the context menu; ``None`` is a hairline."""
        del records
        return ()

    def delete_records(self, records: list[Any]) -> None:
        """Delete the selected records."""

    def title_of(self, record_id: str) -> str:
        """Return the words that are edited in place."""
        del record_id
        return ""

    def rename(self, record_id: str, words: str) -> None:
        """Store the words that were edited in place."""

    def inspected(self, record: Any) -> Any:
        """Return the record that the inspector shows for a row's record."""
        return record

    def several_words(self, count: int) -> str:
        """Return what is said above the fields of several selected records."""
        return i18n.tr("panels.several", count=count)

    # -- the article and its changes ----------------------------------------------------------

    def set_article(self, data: ArticleData | None) -> None:
        """List an article; what is still there stays selected."""
        selected = self.list.selected_ids()
        self.model.load(data)
        self.list.select_ids(selected)
        self._after_load()

    def refresh(self, touched: Touched) -> None:
        """List what changed; a change elsewhere costs nothing."""
        if self.lister.concerns(touched) or "note" in touched.tables:
            self.follow()
        elif "suggestion" in touched.tables:
            self._say_empty()

    def catch_up(self) -> None:
        """List what there is now, and select what was selected meanwhile."""
        super().catch_up()
        self._follow_selection(self.desk.selection)

    def _after_load(self) -> None:
        self.set_count(self.model.total)
        self._say_empty()
        self.bar.setVisible(self.model.total > 1 or bool(self.model.filter_words))
        self._inspect()

    def _say_empty(self) -> None:
        if self.desk.data is None:
            words = nothing_open(self.desk)
        elif self.model.total:
            words = i18n.tr("panels.empty.filter", words=self.model.filter_words)
        else:
            words = f"{self.empty_words()}{self._waiting_words()}"
        self.list.set_empty_words(words)

    def _waiting_words(self) -> str:
        """Say how to come to the proposals where they are all there is."""
        proposals, data = self.desk.proposals, self.desk.data
        if proposals is None or data is None or data.marks:
            return ""
        count = len(proposals.waiting())
        return f"\n\n{i18n.tr('panels.empty.proposed', count=count)}" if count else ""

    def records(self) -> list[Any]:
        """Return the records of the selected rows, as they are now."""
        if self._later.isActive():
            self.catch_up()
        found = (self.lister.record(i) for i in self.list.selected_ids())
        return [record for record in found if record is not None]

    def _inspect(self) -> None:
        """Show the fields of what is selected, now or when the panel is looked at."""
        if self.isVisible():
            self.show_inspector()

    def show_inspector(self) -> None:
        """Show the fields of what is selected."""
        records = [self.inspected(record) for record in self.records()]
        records = [record for record in records if record is not None]
        self.inspector.show_records(records, self.several_words(len(records)))
        self.inspector.setVisible(bool(records) and self.inspector.form is not None)
        self._fit_later.start()

    def flush(self) -> None:
        """Commit what is typed in the inspector."""
        self.inspector.flush()

    # -- selecting ----------------------------------------------------------------------------

    def _on_chosen(self, ids: list[str]) -> None:
        """Select in the text what the person selected in the list, and bring it into view."""
        self.flush()
        self.desk.select(ids, origin=self.panel_id)
        self.show_inspector()
        span = self.lister.span(ids[0]) if len(ids) == 1 else None
        if span is not None:
            self.desk.reveal(span)

    def on_selection(self, selection: Selection) -> None:
        """Select in the list what was selected in the text or in another panel."""
        if selection.origin != self.panel_id:
            self.flush()
        if not self._later.isActive():
            self._follow_selection(selection)

    def _follow_selection(self, selection: Selection) -> None:
        if selection.origin == self.panel_id:
            return
        rows = self.lister.rows_for(selection.ids)
        if not rows and selection.origin == FROM_INSPECTOR:
            # Another panel lists what the link leads to; what led there stays in view.
            return
        self.list.select_ids(rows)
        self._inspect()

    def open_row(self, record_id: str) -> None:
        """Go to where a row leads (double click, Enter)."""
        span = self.lister.span(record_id)
        if span is not None:
            self.desk.reveal(span)

    def _on_hovered(self, record_id: str) -> None:
        self.desk.hover((record_id,) if record_id else ())

    def take_focus(self) -> None:
        """Put the keyboard into the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_inspector(self) -> None:
        """Put the keyboard into the first field of what is selected."""
        if self.inspector.form is not None and self.inspector.isVisible():
            self.inspector.form.take_focus()
        else:
            self.take_focus()

    # -- keys, menu, drops --------------------------------------------------------------------

    def _on_delete(self) -> None:
        if records := self.records():
            self.delete_records(records)

    def _on_rename(self) -> None:
        ids = self.list.selected_ids()
        if self.can_rename and len(ids) == 1:
            self.list.begin_rename(ids[0])
        else:
            self.focus_inspector()

    def _show_menu(self, at: QPoint) -> None:
        lines = self.menu_lines(self.records())
        if not lines:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(i18n.tr(f"panels.title.{self.panel_id}"))
        for line in lines:
            if line is None:
                menu.addSeparator()
            else:
                words, act = line
                menu.addAction(caption(words)).triggered.connect(calling(act))
        menu.popup(at)

    def _on_dropped(self, mime: QMimeData, onto_id: str) -> None:
        """Link what was dropped on a row to the row's record."""
        data, onto = self.desk.data, self.lister.record(onto_id)
        records = dragged_records(data, mime) if data is not None else []
        if onto is not None and not link_dropped(self.desk, records, onto):
            self.desk.say(i18n.tr("panels.cannot_link"))

    # -- looks --------------------------------------------------------------------------------

    def on_theme(self, theme: Theme) -> None:
        """Paint the rows in other colours."""
        self.list.set_theme(theme)
        self._inspect()

    def _on_filter(self, words: str) -> None:
        selected = self.list.selected_ids()
        self.model.set_filter(words)
        self.list.select_ids(selected)
        self._say_empty()
        self._fit_later.start()

    def _on_order(self, order: str) -> None:
        selected = self.list.selected_ids()
        self.model.set_order(order)
        self.list.select_ids(selected)

    def _on_split(self) -> None:
        self._is_split_by_hand = True

    def _fit(self) -> None:
        """Give the list the height of its rows, up to half, and the rest to the inspector."""
        if self._is_split_by_hand or self.inspector.isHidden():
            return
        height = self.splitter.height()
        wanted = max(_LEAST_PX, self.list.content_height())
        top = min(wanted, round(height * _LIST_PART))
        self.splitter.setSizes([top, height - top])

    def showEvent(self, event: QShowEvent) -> None:
        """Show the fields of what was selected meanwhile, and share the height anew."""
        super().showEvent(event)
        self.show_inspector()
        self._fit_later.start()

    def event(self, event: QEvent) -> bool:
        """Share the height anew when it changed."""
        if event.type() == QEvent.Type.Resize:
            self._fit_later.start()
        return super().event(event)


def nothing_open(desk: Desk) -> str:
    """Say what to do where no article is open: choose one, or bring the first one in."""
    has_some = desk.session.project.article_count() > 0
    return i18n.tr("panels.empty.no_article" if has_some else "panels.empty.no_articles")

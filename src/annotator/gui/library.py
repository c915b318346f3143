"""The library on the left: the project's articles, newest first, searched and filtered."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.gui.library_delegate import LibraryDelegate
from annotator.gui.library_model import ID_ROLE, LibraryModel
from annotator.gui.parts import ElidedLabel, escaped, flat_button, plain_label, row
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from annotator.gui.desk import Desk
    from annotator.gui.library_filters import LibraryFilters
    from annotator.model.changes import Touched
    from annotator.store import ArticleQuery

#: Searching waits for a pause in typing, refreshing for a pause in marking.
_TYPING_MS = 150
_REFRESH_MS = 200
#: The rows are measured again after a pause in dragging the column's edge.
_LAY_OUT_MS = 40
#: Of so many articles at once the list takes notice in a turn of its own, after everybody else.
_AT_ONCE, _SOON_MS = 20, 1
#: Rows read when articles come in above: what is seen and a few more. The least height of a row.
_MORE, _ROW_PX = 6, 52
#: More rows than these are not read and laid out again for the sake of articles that come in.
_MANY = 120


class _Place(NamedTuple):
    """Remember what is seen and selected in the list, by ids: ``top`` lies ``above`` px cut off."""

    top: str
    above: int
    current: str
    selected: tuple[str, ...]
    shows_open: bool


class _Rows(QListView):
    """Lay the rows out anew where they get wider or narrower, not taller, as when a notice comes.

    Qt's own way (``ResizeMode.Adjust``) does the opposite in a list that flows down.
    """

    def __init__(self) -> None:
        super().__init__()
        self._width = 0
        self._later = QTimer(self, singleShot=True, interval=_LAY_OUT_MS)
        self._later.timeout.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the rows measured again once the width is settled."""
        super().resizeEvent(event)
        if event.size().width() != self._width:
            self._width = event.size().width()
            self._later.start()


class Library(QWidget):
    """List the articles; the current row is the open article.

    ``context_asked(QPoint)`` wants the window's menu for the selected articles.
    """

    context_asked = Signal(QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "panel")
        self.setMinimumWidth(180)
        self.model = LibraryModel(desk.session.project.articles)
        self._delegate = LibraryDelegate(desk.theme)
        self._delegate.open_id = desk.article_id
        self.search = self._make_search()
        self.list = self._make_list()
        self._count = plain_label(role="small")
        self._toggle = flat_button(tr("window.filter"), role="second")
        self._toggle.setCheckable(True)
        self._only: tuple[str, ...] | None = None
        self._empty = plain_label(role="second")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 8, 16, 8)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self._typing = self._timer(_TYPING_MS, self._ask)
        self._refreshing = self._timer(_REFRESH_MS, self._reread)
        self._soon = self._timer(_SOON_MS, self._take_in)
        # Articles whose marks changed since their rows were read.
        self._stale: set[str] = set()
        # Articles came in above, and the rows stay as they are: somebody reads them.
        self._is_behind = False
        self._place: _Place | None = None
        self._connect()
        self._ask()

    # -- building -----------------------------------------------------------------------------

    def _make_search(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(tr("window.search_articles"))
        field.setAccessibleName(tr("window.search_articles"))
        return field

    @cached_property
    def filters(self) -> LibraryFilters:
        """Return the filters, made when they are first asked for."""
        from annotator.gui.library_filters import LibraryFilters

        filters = LibraryFilters()
        self._column.insertWidget(2, filters)
        filters.changed.connect(self._ask)
        self._offer_filters(filters)
        return filters

    @cached_property
    def _kept_line(self) -> QWidget:
        """Return the line that says which articles are kept to, and its way back."""
        line = QWidget()
        self._kept_words = ElidedLabel(role="small")
        everything = flat_button("×", name=tr("window.all_articles"), role="second")
        everything.clicked.connect(lambda: self.show_only(None))
        line.setLayout(row(self._kept_words, None, everything, margins=(14, 0, 6, 4), spacing=4))
        self._column.insertWidget(2, line)
        return line

    def show_only(self, article_ids: Sequence[str] | None, words: str = "") -> None:
        """Keep to some articles, whatever is searched for; ``None`` shows all again.

        Args:
            article_ids: which articles.
            words: what they have in common, for the line above them.
        """
        self._only = None if article_ids is None else tuple(article_ids)
        line = self._kept_line
        self._kept_words.setText(words)
        self._kept_words.setToolTip(escaped(words))
        line.setVisible(self._only is not None)
        self._ask()

    def _show_filters(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.filters.setVisible(shown)

    def _make_list(self) -> QListView:
        view = _Rows()
        view.setAccessibleName(tr("window.library"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setModel(self.model)
        view.setItemDelegate(self._delegate)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        return view

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        caption = plain_label(tr("window.library").upper(), role="caption")
        column.addLayout(
            row(caption, None, self._count, self._toggle, margins=(14, 8, 6, 4), spacing=4)
        )
        column.addLayout(row(self.search, margins=(10, 0, 10, 8), spacing=0))
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)

    def _timer(self, after_ms: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        return timer

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._search_now)
        self._toggle.toggled.connect(self._show_filters)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.customContextMenuRequested.connect(
            lambda at: self.context_asked.emit(self.list.viewport().mapToGlobal(at))
        )
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.model.modelReset.connect(self._on_reset)
        self._desk.article_opened.connect(self._on_article_opened)
        self._desk.touched.connect(self._on_touched)
        self._desk.theme_changed.connect(self._on_theme)

    # -- asking -------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask the project for what the search and the filters say."""
        self._typing.stop()
        self.model.set_query(self._query())
        self.list.scrollToTop()

    def _query(self) -> ArticleQuery:
        from annotator.store import ArticleQuery

        words = self.search.text().strip()
        if "filters" in self.__dict__:
            return replace(self.filters.query(words), article_ids=self._only)
        return ArticleQuery(search=words, article_ids=self._only)

    def _on_typed(self) -> None:
        # Not before: the sign in the button is drawn from a file.
        self.search.setClearButtonEnabled(True)
        self._typing.start()

    def _search_now(self) -> None:
        """Search at once and go to the first hit."""
        self._ask()
        if self.model.rowCount():
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(0))

    def search_for(self, words: str) -> None:
        """Show the articles that hold the words."""
        self.search.setText(words)
        self._ask()

    def selected_ids(self) -> list[str]:
        """Return the selected articles in the order of the list (the open one if none is)."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        ids = [self.model.index(number).data(ID_ROLE) for number in rows]
        return ids or [self._desk.article_id] * bool(self._desk.article_id)

    def step(self, by: int) -> None:
        """Open the next or the previous article of the list."""
        place = self.model.place_of(self._desk.article_id)
        if place + by >= self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        target = self.model.row_at(max(0, place + by))
        if target is not None:
            self._desk.open_article(target.id)

    # -- following ----------------------------------------------------------------------------

    def _on_current(self, current: QModelIndex) -> None:
        article_id = current.data(ID_ROLE)
        if article_id and article_id != self._desk.article_id:
            self._desk.open_article(article_id)

    def _on_article_opened(self, article_id: str) -> None:
        self._delegate.open_id = article_id
        if self._is_behind and self.model.place_of(article_id) < 0:
            self._refresh(self._seen())
        self._follow_open()
        self.list.viewport().update()

    def _on_reset(self) -> None:
        self._is_behind = False
        place, self._place = self._place, None
        if place is not None and place.current == self._desk.article_id:
            self._go_back_to(place)
        else:
            self._follow_open()
        self._say_count()

    def _follow_open(self) -> None:
        """Make the open article the current row without opening anything."""
        if not self._desk.article_id and not self.list.currentIndex().isValid():
            return
        place = self.model.place_of(self._desk.article_id)
        self._select([place] if place >= 0 else [])
        if place >= 0:
            self.list.scrollTo(self.model.index(place))
        self.list.viewport().update()

    def _select(self, numbers: Sequence[int]) -> None:
        """Select rows and nothing else, the first of them as the current one; opens nothing."""
        selection = self.list.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003
        selection.clear()
        for number in reversed(numbers):
            selection.setCurrentIndex(
                self.model.index(number), QItemSelectionModel.SelectionFlag.Select
            )
        selection.blockSignals(False)  # noqa: FBT003

    def _place_now(self) -> _Place:
        """Return what is seen and selected."""
        top = self.list.indexAt(QPoint(1, 1))
        current = self.list.currentIndex()
        selected = tuple(index.data(ID_ROLE) for index in self.list.selectedIndexes())
        is_scrolled = bool(self.list.verticalScrollBar().value())
        rect = self.list.visualRect(current)
        return _Place(
            top.data(ID_ROLE) if is_scrolled and top.isValid() else "",
            self.list.visualRect(top).top(),
            current.data(ID_ROLE) if current.isValid() else "",
            selected,
            current.isValid() and self.list.viewport().rect().intersects(rect),
        )

    def _go_back_to(self, place: _Place) -> None:
        """Show and select after a reset what was seen and selected before it."""
        ids = [place.current, *(one for one in place.selected if one != place.current)]
        numbers = [self.model.place_of(one) for one in ids]
        self._select([number for number in numbers if number >= 0])
        top, current = self.model.place_of(place.top), self.model.place_of(place.current)
        if top >= 0:
            self.list.scrollTo(self.model.index(top), QAbstractItemView.ScrollHint.PositionAtTop)
            bar = self.list.verticalScrollBar()
            bar.setValue(bar.value() - place.above)
        elif place.shows_open and current >= 0:
            self.list.scrollTo(self.model.index(current))

    def _on_touched(self, touched: Touched) -> None:
        if "article" not in touched.tables:
            self._stale |= touched.articles
            if self._stale:
                self._refreshing.start()
            return
        if len(touched.articles) > _AT_ONCE and _only_adds(touched):
            self._soon.start()
        else:
            self._refresh()
        if "filters" in self.__dict__:
            self._offer_filters(self.filters)

    def _reread(self) -> None:
        """Read the rows of the articles whose marks changed."""
        stale, self._stale = self._stale, set()
        self.model.reread(stale)

    def _refresh(self, rows: int | None = None) -> None:
        self._refreshing.stop()
        self._soon.stop()
        self._stale.clear()
        self._place = self._place_now()
        self.model.refresh(rows)
        self._place = None
        # There may be more of them behind those that are looked at, which stay as they are.
        self._say_count()

    def _seen(self) -> int:
        """Return how many rows are seen, and a few more."""
        return self.list.viewport().height() // _ROW_PX + _MORE

    def _take_in(self) -> None:
        """Show what came in: above the rows that somebody reads, or later where those are many."""
        if not self.list.verticalScrollBar().value():
            self._refresh(self._seen())
            return
        before = self.model.total
        self.model.recount()
        rows = self.model.rowCount() + max(0, self.model.total - before)
        if rows <= _MANY:
            self._refresh(rows)
        else:
            self._is_behind = True
            self._say_count()

    def _on_scrolled(self, value: int) -> None:
        """Show what came in meanwhile once somebody is at the top again."""
        if self._is_behind and not value:
            self._is_behind = False
            self._soon.start()

    def _offer_filters(self, filters: LibraryFilters) -> None:
        project = self._desk.session.project
        filters.offer(project.outlets(), project.languages())

    def _say_count(self) -> None:
        total = self.model.total
        more = "+" if self.model.is_capped else ""
        self._count.setText(f"{total}{more}")
        self._empty.setVisible(total == 0)
        self.list.setVisible(total > 0)
        narrowed = bool(self.search.text().strip()) or self._only is not None
        if "filters" in self.__dict__:
            narrowed = narrowed or self.filters.is_narrowing
        self._empty.setText(tr("window.nothing_found" if narrowed else "window.no_articles"))

    def _on_theme(self, theme: object) -> None:
        self._delegate.set_theme(theme)  # type: ignore[arg-type]
        self.list.viewport().update()


def _only_adds(touched: Touched) -> bool:
    return all(change.before is None for change in touched.changes)

"""The list of a panel: rows, an empty state in words, keys, and drags that link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from annotator.gui.parts import plain_label
from annotator.gui.widgets.measures import SIDE
from annotator.gui.widgets.row_delegate import RowDelegate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from annotator.gui.models.listing import ListingModel
    from annotator.gui.theme import Theme

#: From so many rows on all rows get one height, which Qt then asks for once and not for each row.
_UNIFORM_FROM = 400


class ListView(QListView):
    """Show a ``ListingModel``.

    ``chosen(ids)`` tells what the person selected (not what ``select_ids`` did), ``opened(id)`` a
    double click or Enter, ``hovered(id)`` where the pointer is (""), ``menu_asked(QPoint)``.
    """

    chosen = Signal(list)
    opened = Signal(str)
    hovered = Signal(str)
    menu_asked = Signal(QPoint)
    delete_asked = Signal()
    rename_asked = Signal()

    def __init__(
        self, model: ListingModel, theme: Theme, parent: QWidget | None = None, *, lines: int = 1
    ) -> None:
        super().__init__(parent)
        self.listing = model
        self._is_told = False
        self.rows = RowDelegate(theme, self, lines=lines)
        self.setItemDelegate(self.rows)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._set_up_drags()
        self._empty = plain_label(role="second", parent=self.viewport())
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._connect()
        self._count_rows()

    def _set_up_drags(self) -> None:
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.LinkAction)
        # Drops go onto rows, never between them.
        self.setDragDropOverwriteMode(True)

    def _connect(self) -> None:
        model = self.listing
        model.rowsInserted.connect(self._count_rows)
        model.rowsRemoved.connect(self._count_rows)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.entered.connect(lambda index: self.hovered.emit(model.id_at(index)))
        self.viewportEntered.connect(lambda: self.hovered.emit(""))
        self.activated.connect(lambda index: self.opened.emit(model.id_at(index)))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at))
        )
        for keys, signal in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self.delete_asked),
            (QKeySequence(Qt.Key.Key_F2), self.rename_asked),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(signal)

    # -- what is selected ---------------------------------------------------------------------

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected rows in view order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        shown = self.listing.shown_ids
        return [shown[row] for row in rows]

    def select_ids(self, ids: Iterable[str]) -> None:
        """Select rows without telling, and bring the first into view."""
        indexes = [
            i for i in (self.listing.index_of(record_id) for record_id in ids) if i.isValid()
        ]
        if [index.row() for index in indexes] == sorted(
            index.row() for index in self.selectionModel().selectedIndexes()
        ):
            return
        selection = QItemSelection()
        for index in indexes:
            selection.select(index, index)
        self._is_told = True
        try:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(selection, flags)
            if indexes:
                no_change = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(indexes[0], no_change)
                self.scrollTo(indexes[0])
        finally:
            self._is_told = False

    def _on_selection(self) -> None:
        if not self._is_told:
            self.chosen.emit(self.selected_ids())

    def begin_rename(self, record_id: str) -> None:
        """Open the line in which a row is renamed."""
        index = self.listing.index_of(record_id)
        if index.isValid():
            self.scrollTo(index)
            self.edit(index)

    # -- looks --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.rows.theme = theme
        self.rows.forget()
        self.viewport().update()

    def set_empty_words(self, words: str) -> None:
        """Say what stands where the rows would be; also read out by screen readers."""
        self._empty.setText(words)
        self._place_empty()

    def empty_words(self) -> str:
        """Return what stands where the rows would be."""
        return self._empty.text()

    def content_height(self) -> int:
        """Return how high the list would be with all rows in view, in px."""
        last = self.listing.rowCount() - 1
        if last < 0:
            return self._empty.heightForWidth(max(60, self.viewport().width() - 2 * SIDE)) + 48
        rect = self.visualRect(self.listing.index(last))
        return rect.bottom() + 1 + self.verticalOffset()

    def sizeHint(self) -> QSize:
        """Return a modest size: the splitter decides."""
        return QSize(240, 160)

    def _count_rows(self) -> None:
        count = self.listing.rowCount()
        self._empty.setVisible(count == 0)
        is_uniform = count >= _UNIFORM_FROM
        if is_uniform != self.rows.is_uniform:
            self.rows.is_uniform = is_uniform
            self.setUniformItemSizes(is_uniform)

    def _place_empty(self) -> None:
        width = max(60, self.viewport().width() - 2 * SIDE)
        height = self._empty.heightForWidth(width)
        self._empty.setGeometry(SIDE, 24, width, max(height, 20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state in place, and lay rows out anew where their titles wrap."""
        super().resizeEvent(event)
        self._place_empty()
        if self.rows.lines > 1 and event.size().width() != event.oldSize().width():
            # Qt would wait for a tenth of a second, with rows over each other meanwhile.
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font is another."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.rows.forget()
            self.scheduleDelayedItemsLayout()

    def leaveEvent(self, event: QEvent) -> None:
        """Lift nothing any more when the pointer leaves."""
        super().leaveEvent(event)
        self.hovered.emit("")

"""The item model behind every list of the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, Qt, Signal

from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from annotator.app.view_models import ArticleData
    from annotator.gui.models.lister import Lister
    from annotator.gui.models.rows import Row

    Index = QModelIndex | QPersistentModelIndex

ID_ROLE = int(Qt.ItemDataRole.UserRole)
ROW_ROLE = ID_ROLE + 1
#: Ids of records, one a line, UTF-8.
MARK_MIME = "application/x-annotator-mark"
SOURCE_MIME = "application/x-annotator-source"


def ids_of(mime: QMimeData, kind: str) -> list[str]:
    """Return the ids that a drag carries."""
    if not mime.hasFormat(kind):
        return []
    return [i for i in bytes(mime.data(kind).data()).decode("utf-8", "replace").split("\n") if i]


class ListingModel(QAbstractListModel):
    """Show a lister's rows, filtered and sorted, and change only the rows that changed.

    Rows are made when the view asks for them, so a list of ten thousand costs what is visible.
    ``dropped(mime, row id)`` is a drag that ended on a row (or on none: ""); ``renamed(id,
    words)`` an edit in place.
    """

    dropped = Signal(object, str)
    renamed = Signal(str, str)

    def __init__(self, lister: Lister, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lister = lister
        self.order = lister.orders[0]
        self.filter_words = ""
        #: Which mime type a dragged row travels as, and how its id is edited ("" for not at all).
        self.mime_type = MARK_MIME
        self.title_of: Callable[[str], str] | None = None
        self._all: list[str] = []
        self._shown: list[str] = []
        self._place: dict[str, int] = {}
        self._rows: dict[str, Row] = {}

    # -- what is shown ------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Return how many rows there are without the filter."""
        return len(self._all)

    @property
    def shown_ids(self) -> Sequence[str]:
        """Return the ids of the rows in view order."""
        return self._shown

    def load(self, data: ArticleData | None) -> None:
        """Take an article, or the same one after a change."""
        self.lister.load(data)
        self._rows.clear()
        self._all = self.lister.ids(self.order)
        self._show()

    def set_order(self, order: str) -> None:
        """Sort otherwise."""
        if order != self.order:
            self.order = order
            self._all = self.lister.ids(order)
            self._show()

    def set_filter(self, words: str) -> None:
        """Show only rows in which each of the words occurs, accents and case aside."""
        if words != self.filter_words:
            self.filter_words = words
            self._show()

    def _show(self) -> None:
        wanted = fold(self.filter_words).split()
        shown = [i for i in self._all if self._matches(i, wanted)] if wanted else self._all
        self._splice(list(shown))
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def _matches(self, record_id: str, wanted: list[str]) -> bool:
        text = fold(self.row_of(record_id).text)
        return all(word in text for word in wanted)

    def _splice(self, new: list[str]) -> None:
        """Replace the stretch that differs: one removal and one insertion at most."""
        old = self._shown
        first = 0
        while first < min(len(old), len(new)) and old[first] == new[first]:
            first += 1
        last = 0
        while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
            last += 1
        gone, come = len(old) - last - first, len(new) - last - first
        if gone:
            self.beginRemoveRows(QModelIndex(), first, first + gone - 1)
            self._shown = old[:first] + old[first + gone :]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), first, first + come - 1)
            self._shown = new
            self.endInsertRows()
        if gone or come:
            self._place = {record_id: at for at, record_id in enumerate(self._shown)}

    # -- rows ---------------------------------------------------------------------------------

    def row_of(self, record_id: str) -> Row:
        """Return what the row of a record says."""
        row = self._rows.get(record_id)
        if row is None:
            row = self._rows[record_id] = self.lister.row(record_id)
        return row

    def refresh_row(self, record_id: str) -> None:
        """Ask again what the row of a record says."""
        index = self.index_of(record_id)
        if index.isValid():
            self._rows.pop(record_id, None)
            self.dataChanged.emit(index, index)

    def id_at(self, index: Index) -> str:
        """Return the id of a row ("" for no row)."""
        return self._shown[index.row()] if index.isValid() else ""

    def index_of(self, record_id: str) -> QModelIndex:
        """Return where a record is shown (an invalid index: nowhere)."""
        at = self._place.get(record_id)
        return QModelIndex() if at is None else self.index(at)

    # -- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, its id, or its words."""
        if not index.isValid():
            return None
        record_id = self._shown[index.row()]
        if role == ID_ROLE:
            return record_id
        if role == ROW_ROLE:
            return self.row_of(record_id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.row_of(record_id).text
        if role == Qt.ItemDataRole.EditRole and self.title_of is not None:
            return self.title_of(record_id)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass an edit in place on; the change comes back through the session."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.title_of is None:
            return False
        words = str(value).strip()
        if words != self.title_of(self.id_at(index)):
            self.renamed.emit(self.id_at(index), words)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that rows are dragged and dropped on, and edited if the panel can rename."""
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
            flags |= Qt.ItemFlag.ItemNeverHasChildren
            if self.title_of is not None:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def supportedDragActions(self) -> Qt.DropAction:
        """Say that a drag makes a link and moves nothing."""
        return Qt.DropAction.LinkAction | Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        """Say the same of drops."""
        return Qt.DropAction.LinkAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped on a row."""
        return [MARK_MIME, SOURCE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the ids of the dragged rows."""
        mime = QMimeData()
        ids = "\n".join(self.id_at(index) for index in indexes).encode()
        # The text takes marks and sources under one type.
        for kind in {self.mime_type, MARK_MIME}:
            mime.setData(kind, ids)
        return mime

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Say whether a drag means something on a row."""
        del action, row, column
        return parent.isValid() and (data.hasFormat(MARK_MIME) or data.hasFormat(SOURCE_MIME))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell the panel; the model itself changes only when the session says so."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.dropped.emit(data, self.id_at(parent))
        return True

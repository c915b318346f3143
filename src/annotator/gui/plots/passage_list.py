"""The sentences under the plot: where it says so, what it says, the names in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dates import short_date
from annotator.gui.fonts import small
from annotator.gui.parts import ElidedLabel, flat_button, hairline, plain_label, row
from annotator.gui.typeset import Block, without_hits
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from annotator.app.comention_sentences import Passage, Passages
    from annotator.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PASSAGE_ROLE = int(Qt.ItemDataRole.UserRole)
_SIDE, _ABOVE, _BELOW, _GAP = 14, 7, 8, 2
_LEADING, _SMALL_LEADING = 18, 16
_LINES = 4
_KEPT = 400


def place_words(passage: Passage) -> str:
    """Return where a passage stands: headline, outlet, date."""
    parts = (passage.headline, passage.outlet, short_date(passage.published))
    return " · ".join(part for part in parts if part)


class PassageModel(QAbstractListModel):
    """Hold the passages of one actor or pair."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Passage, ...] = ()

    def show_rows(self, rows: tuple[Passage, ...]) -> None:
        """Show other passages."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many passages there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the passage, or its words."""
        if not index.isValid():
            return None
        passage = self.rows[index.row()]
        if role == PASSAGE_ROLE:
            return passage
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{place_words(passage)}. {without_hits(passage.text)}"
        return None


class PassageDelegate(QStyledItemDelegate):
    """Paint a passage: place in second ink, then up to four lines of words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._blocks: dict[tuple[str, int, str], Block] = {}

    def _width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        room = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        return max(80, room - 2 * _SIDE)

    def _block(self, passage: Passage, option: QStyleOptionViewItem) -> Block:
        width = self._width(option)
        key = (passage.text, width, option.font.toString())
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) > _KEPT:
                self._blocks.clear()
            block = self._blocks[key] = Block(passage.text, option.font, width, _LINES)
        return block

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that a passage needs."""
        passage: Passage | None = index.data(PASSAGE_ROLE)
        if passage is None:
            return QSize(0, 0)
        lines = self._block(passage, option).line_count
        height = _ABOVE + _SMALL_LEADING + _GAP + lines * _LEADING + _BELOW
        return QSize(self._width(option) + 2 * _SIDE, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a passage."""
        passage: Passage | None = index.data(PASSAGE_ROLE)
        if passage is None:
            return
        painter.save()
        state = QStyle.StateFlag
        if option.state & state.State_Selected:
            painter.fillRect(option.rect, self.theme.selected)
        elif option.state & state.State_MouseOver:
            painter.fillRect(option.rect, self.theme.hover)
        at = QPointF(option.rect.left() + _SIDE, option.rect.top() + _ABOVE)
        font = small(option.font)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.ink2)
        words = metrics.elidedText(
            place_words(passage), Qt.TextElideMode.ElideRight, self._width(option)
        )
        painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), words)
        painter.setPen(self.theme.ink)
        at.setY(at.y() + _SMALL_LEADING + _GAP)
        self._block(passage, option).draw(painter, at, _LEADING)
        painter.restore()


class _List(QListView):
    """Lay the rows out anew when the width changes: words wrap."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class PassagePane(QWidget):
    """Show the passages with what they are of above them.

    ``opened(Passage)`` a double click or Enter, ``closed()`` when the person has read enough.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.title = ElidedLabel(role="strong")
        self.count = plain_label(role="small")
        self.close_button = flat_button("×", name=tr("plots.sentences.close"), role="second")
        self.close_button.clicked.connect(self.closed)
        self.model = PassageModel(self)
        self.list = _List(self)
        self.delegate = PassageDelegate(theme, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setAccessibleName(tr("plots.sentences"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(self._on_activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addLayout(
            row(self.title, self.count, None, self.close_button, margins=(14, 3, 6, 1), spacing=8)
        )
        column.addWidget(self.list, 1)

    def begin(self, title: str) -> None:
        """Say what is being read."""
        self.title.setText(title)
        self.count.setText(tr("plots.sentences.reading"))
        self.model.show_rows(())

    def show_passages(self, found: Passages) -> None:
        """Show what was read."""
        self.model.show_rows(found.rows)
        if not found.rows:
            words = tr("plots.sentences.none")
        elif len(found.rows) < found.total:
            words = tr("plots.sentences.capped", shown=len(found.rows), total=found.total)
        else:
            words = tr("plots.sentences.count", count=found.total)
        self.count.setText(words)
        if found.rows:
            self.list.setCurrentIndex(self.model.index(0))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.delegate.theme = theme
        self.list.viewport().update()

    def _on_activated(self, index: QModelIndex) -> None:
        passage: Passage | None = index.data(PASSAGE_ROLE)
        if passage is not None:
            self.opened.emit(passage)

"""Paint an article in the library: headline, outlet and date, counts, and what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.fonts import bold, small
from annotator.gui.library_model import ROW_ROLE, byline, mark_count
from annotator.gui.typeset import Block

if TYPE_CHECKING:
    from annotator.gui.theme import Theme
    from annotator.store import ArticleRow

Index = QModelIndex | QPersistentModelIndex

_LEFT, _RIGHT, _TOP, _BOTTOM = 17, 14, 8, 8
_BAR = 3
_LEADING, _SMALL_LEADING = 18, 16
_GAP = 2
_SMALL_PX = 12
#: Headlines laid out and kept; a little more than what a tall window shows.
_KEPT = 400
#: Heights kept: the list is laid out anew with each page that is scrolled to.
_KEPT_HEIGHTS = 20_000


class LibraryDelegate(QStyledItemDelegate):
    """Paint rows with the theme's tokens; the open article is told by a bar and weight too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.open_id = ""
        self._blocks: dict[tuple[object, ...], Block] = {}
        self._heights: dict[tuple[str, str, int], int] = {}

    def set_theme(self, theme: Theme) -> None:
        """Paint with other colours from now on."""
        self.theme = theme

    def _block(self, text: str, option: QStyleOptionViewItem, *, kind: str, lines: int) -> Block:
        width = self._width(option)
        key = (text, width, kind)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) > _KEPT:
                self._blocks.clear()
            font = {
                "headline": lambda: option.font,
                "open": lambda: bold(option.font),
                "small": lambda: small(option.font, _SMALL_PX),
            }[kind]()
            block = self._blocks[key] = Block(text, font, width, lines)
        return block

    def _width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        room = view.viewport().width() if view is not None else option.rect.width()  # type: ignore[attr-defined]
        return max(60, room - _LEFT - _RIGHT)

    def _headline(self, row: ArticleRow, option: QStyleOptionViewItem) -> Block:
        kind = "open" if row.id == self.open_id else "headline"
        return self._block(row.headline, option, kind=kind, lines=2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that a row needs."""
        row: ArticleRow | None = index.data(ROW_ROLE)
        if row is None:
            return QSize(0, 0)
        width = self._width(option)
        key = (row.headline, row.snippet, width)
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) > _KEPT_HEIGHTS:
                self._heights.clear()
            height = self._heights[key] = self._height(row, option)
        return QSize(width + _LEFT + _RIGHT, height)

    def _height(self, row: ArticleRow, option: QStyleOptionViewItem) -> int:
        # Measured as if open, so that no row changes its height when it is opened.
        lines = self._block(row.headline, option, kind="open", lines=2).line_count
        height = _TOP + lines * _LEADING + _GAP + _SMALL_LEADING + _BOTTOM
        if row.snippet:
            snippet = self._block(row.snippet, option, kind="small", lines=3)
            height += _GAP + snippet.line_count * _SMALL_LEADING
        return height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: ArticleRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        rect = QRectF(option.rect)
        self._ground(painter, option, rect, is_open=row.id == self.open_id)
        painter.setPen(self.theme.ink)
        headline = self._headline(row, option)
        at = QPointF(rect.left() + _LEFT, rect.top() + _TOP)
        headline.draw(painter, at, _LEADING)
        at.setY(at.y() + headline.height(_LEADING) + _GAP)
        self._second_line(painter, option, row, at)
        if row.snippet:
            at.setY(at.y() + _SMALL_LEADING + _GAP)
            painter.setPen(self.theme.ink2)
            self._block(row.snippet, option, kind="small", lines=3).draw(
                painter, at, _SMALL_LEADING
            )
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, *, is_open: bool
    ) -> None:
        state = QStyle.StateFlag
        if is_open or option.state & state.State_Selected:
            painter.fillRect(rect, self.theme.selected)
        elif option.state & state.State_MouseOver:
            painter.fillRect(rect, self.theme.hover)
        if is_open:
            bar = QRectF(rect.left(), rect.top(), _BAR, rect.height())
            painter.fillRect(bar, self.theme.accent)
        if option.state & state.State_HasFocus and option.state & state.State_KeyboardFocusChange:
            painter.setPen(self.theme.accent)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))

    def _second_line(
        self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow, at: QPointF
    ) -> None:
        """Paint outlet and date on the left, the number of marks and the tick on the right."""
        font = small(option.font, _SMALL_PX)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.ink2)
        base = at.y() + (_SMALL_LEADING - metrics.height()) / 2 + metrics.ascent()
        width = self._width(option)
        count = mark_count(row)
        right = " ".join(w for w in (str(count) if count else "", "✓" if row.reviewed else "") if w)
        taken = metrics.horizontalAdvance(right)
        painter.drawText(QPointF(at.x() + width - taken, base), right)
        left = metrics.elidedText(
            byline(row), Qt.TextElideMode.ElideRight, width - taken - (8 if right else 0)
        )
        painter.drawText(QPointF(at.x(), base), left)

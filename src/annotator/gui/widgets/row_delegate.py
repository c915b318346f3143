"""Paint the rows of every list: swatch, bold title, second line, chips in a thin frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyledItemDelegate, QWidget

from annotator import i18n
from annotator.gui.models.listing import ROW_ROLE
from annotator.gui.widgets.measures import SIDE
from annotator.gui.widgets.plain import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from annotator.gui.models.rows import Chip, Row
    from annotator.gui.theme import Theme

ABOVE = 8
GAP = 8
SWATCH = 9
INDENT = 20
_CHIP_SIDE = 7
_DANGER = "danger"
#: What follows a title is shown from this room on, px, if it does not fit whole.
_LEAST_TAIL = 96
#: Titles in words of the article are shown on so many lines at most.
LINES = 2


@dataclass(frozen=True, slots=True)
class Fonts:
    """Hold the fonts of a list and what they measure."""

    title: QFont
    plain: QFont
    detail: QFont
    chip: QFont

    @classmethod
    def of(cls, font: QFont) -> Fonts:
        """Make the fonts of a list from the interface font."""
        return cls(
            scaled(font, 1, QFont.Weight.DemiBold),
            scaled(font, 1, QFont.Weight.Normal),
            scaled(font, 12 / 13, QFont.Weight.Normal),
            scaled(font, 11 / 13, QFont.Weight.Normal),
        )

    @property
    def line(self) -> int:
        """Return the height of a line of the title in px."""
        return QFontMetrics(self.title).height() + 1

    @property
    def small_line(self) -> int:
        """Return the height of the second line in px."""
        return QFontMetrics(self.detail).height() + 1


class RowDelegate(QStyledItemDelegate):
    """Paint ``Row``s; ``lines`` is how many lines a title may take."""

    def __init__(self, theme: Theme, parent: QWidget, *, lines: int = 1) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines = lines
        self.is_uniform = False
        self._fonts: Fonts | None = None

    def forget(self) -> None:
        """Measure again: the font or the theme is another."""
        self._fonts = None

    def fonts(self, option: QStyleOptionViewItem) -> Fonts:
        """Return the fonts of the list."""
        if self._fonts is None:
            self._fonts = Fonts.of(_font(option))
        return self._fonts

    # -- measuring ----------------------------------------------------------------------------

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a row's height; the list gives it its own width."""
        fonts = self.fonts(option)
        lines = self.lines
        row: Row | None = None if self.is_uniform else index.data(ROW_ROLE)
        if row is not None and lines > 1:
            lines = self._lines_of(row, fonts, _width(option))
        detail = fonts.small_line if row is None or row.detail else 0
        return QSize(0, 2 * ABOVE + lines * fonts.line + detail + 1)

    def _lines_of(self, row: Row, fonts: Fonts, width: int) -> int:
        room = width - _left(row) - SIDE - self._chips_width(row.chips, fonts)
        words = f"{row.title} {row.tail}" if row.tail else row.title
        font = fonts.title if row.strong else fonts.plain
        return 1 if QFontMetrics(font).horizontalAdvance(words) <= room else self.lines

    def _chips_width(self, chips: tuple[Chip, ...], fonts: Fonts) -> int:
        measure = QFontMetrics(fonts.chip)
        return sum(measure.horizontalAdvance(c.text) + 2 * _CHIP_SIDE + GAP for c in chips)

    # -- painting -----------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row: Row = index.data(ROW_ROLE)
        fonts = self.fonts(option)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        self._paint_ground(painter, option, rect)
        top = rect.top() + ABOVE
        first = QRect(rect.left() + _left(row), top, 0, fonts.line)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        frame = self.theme.masked if is_selected else self.theme.line
        first.setRight(self._paint_chips(painter, row, fonts, rect.right() - SIDE, first, frame))
        self._paint_swatch(painter, row, rect, first)
        height = rect.height() - 2 * ABOVE - (fonts.small_line if row.detail else 0) - 1
        self._paint_title(painter, row, fonts, first, max(1, height // fonts.line))
        if row.detail:
            line = QRect(
                first.left(), rect.bottom() - ABOVE - fonts.small_line, 0, fonts.small_line
            )
            line.setRight(rect.right() - SIDE)
            painter.setFont(fonts.detail)
            painter.setPen(self.theme.ink2)
            words = QFontMetrics(fonts.detail).elidedText(
                row.detail, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.selected)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self.theme.line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self.theme.accent)

    def _paint_swatch(self, painter: QPainter, row: Row, rect: QRect, first: QRect) -> None:
        if not row.style:
            return
        style = self.theme.mark_style(row.style)
        left = rect.left() + SIDE + row.level * INDENT
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = first.center().y() + 0.5
        if row.swatch == "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faded(style.colour, dim=row.dim))
            painter.drawEllipse(QRectF(left, middle - SWATCH / 2, SWATCH, SWATCH))
        else:
            box = QRectF(left, middle - 6, SWATCH + 1, 12)
            painter.fillRect(box, style.wash_colour)
            pen = QPen(_faded(style.colour, dim=row.dim), max(1.0, style.width))
            pen.setStyle(_PEN.get(style.line, Qt.PenStyle.SolidLine))
            if style.line == "dashed":
                pen.setDashPattern([2, 1])
            painter.setPen(pen)
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_chips(
        self, painter: QPainter, row: Row, fonts: Fonts, right: int, first: QRect, frame: QColor
    ) -> int:
        """Paint the chips from the right edge inwards; returns where the title has to end."""
        measure = QFontMetrics(fonts.chip)
        painter.setFont(fonts.chip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chip in reversed(row.chips):
            width = measure.horizontalAdvance(chip.text) + 2 * _CHIP_SIDE
            height = measure.height() + 2
            box = QRectF(
                right - width + 0.5, first.center().y() - height / 2 + 1, width - 1, height
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._tone(chip, frame), 1))
            painter.drawRoundedRect(box, 8, 8)
            painter.setPen(self._tone(chip, self.theme.ink2))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), chip.text)
            right -= width + GAP
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        return right

    def _tone(self, chip: Chip, quiet: QColor) -> QColor:
        if not chip.tone:
            return quiet
        if chip.tone == _DANGER:
            return self.theme.danger
        return self.theme.mark_style(chip.tone).colour

    def _paint_title(
        self, painter: QPainter, row: Row, fonts: Fonts, first: QRect, lines: int
    ) -> None:
        painter.setPen(self.theme.masked if row.dim else self.theme.ink)
        font = fonts.title if row.strong else fonts.plain
        if lines > 1:
            self._paint_wrapped(painter, row, font, first, lines)
            return
        measure, plain = QFontMetrics(font), QFontMetrics(fonts.plain)
        words = measure.elidedText(row.title, Qt.TextElideMode.ElideMiddle, first.width())
        painter.setFont(font)
        painter.drawText(first, int(Qt.AlignmentFlag.AlignVCenter), words)
        rest = first.adjusted(measure.horizontalAdvance(words) + 4, 0, 0, 0)
        # A few letters of what follows the title say nothing: all of it, or enough to be read.
        if row.tail and rest.width() >= min(plain.horizontalAdvance(row.tail), _LEAST_TAIL):
            painter.setFont(fonts.plain)
            # A tail that breaks off anyway is cut at its end.
            mode = Qt.TextElideMode.ElideMiddle
            if row.tail.endswith("…"):
                mode = Qt.TextElideMode.ElideRight
            words = plain.elidedText(row.tail, mode, rest.width())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_wrapped(
        self, painter: QPainter, row: Row, font: QFont, first: QRect, lines: int
    ) -> None:
        words = f"{row.title} {row.tail}" if row.tail else row.title
        layout = QTextLayout(words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        painter.setFont(font)
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(first.width())
            where = first.translated(0, number * first.height())
            start = line.textStart()
            shown = words[start : start + line.textLength()]
            if number == lines - 1 and start + line.textLength() < len(words):
                shown = QFontMetrics(font).elidedText(
                    words[start:], Qt.TextElideMode.ElideMiddle, first.width()
                )
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), shown.strip())
        layout.endLayout()

    # -- renaming in place --------------------------------------------------------------------

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Make the line in which a row is renamed."""
        del option, index
        editor = QLineEdit(parent)
        editor.setAccessibleName(i18n.tr("panels.rename"))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Put the name that can be changed into the line."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Hand the new name over."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Lay the line over the title."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row: Row = index.data(ROW_ROLE)
        height = editor.sizeHint().height()
        top = rect.top() + ABOVE + (self.fonts(option).line - height) // 2
        editor.setGeometry(
            rect.left() + _left(row) - 4,
            max(rect.top() + 1, top),
            rect.width() - _left(row) - SIDE + 4,
            height,
        )


_PEN = {
    "dashed": Qt.PenStyle.CustomDashLine,
    "dotted": Qt.PenStyle.DotLine,
}


def _left(row: Row) -> int:
    """Return where a row's words begin, from its left edge, in px."""
    return SIDE + row.level * INDENT + (SWATCH + 7 if row.style else 0)


def _font(option: QStyleOptionViewItem) -> QFont:
    font = getattr(option, "font", None)
    return QFont(font) if font is not None else QApplication.font()


def _width(option: QStyleOptionViewItem) -> int:
    """Return the width of the list that an option belongs to, in px.

    Room for the scroll bar is always left: heights must not change when it comes or goes.
    """
    widget = getattr(option, "widget", None)
    return 0 if widget is None else widget.width() - widget.verticalScrollBar().sizeHint().width()


def _faded(colour: QColor, *, dim: bool) -> QColor:
    if not dim:
        return colour
    faded = QColor(colour)
    faded.setAlphaF(0.45)
    return faded

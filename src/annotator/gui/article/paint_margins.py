"""The two margins: numbers, bars and symbols on the left, words on the right."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainterPath, QPen

from annotator.gui.article.columns import Columns
from annotator.gui.article.styles import with_alpha

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor, QPainter

    from annotator.gui.article.mark_rows import Bar, RowMarks
    from annotator.gui.article.paint_marks import Emphasis
    from annotator.gui.article.styles import StyleTable, Type, ViewColours
    from annotator.gui.article.text_row import TextRow

_BAR = 4.0
_SYMBOL = 7.0
_NOTE_LINES = 4
_INDENT = 12.0
_AFTER_HEAD = " · "


def draw_number(
    painter: QPainter, place: tuple[float, float], number: int, kind: Type, colours: ViewColours
) -> None:
    """Draw a paragraph number that ends at ``place``, on the baseline of the first line."""
    painter.setFont(kind.tiny)
    painter.setPen(colours.masked)
    words = str(number)
    width = QFontMetricsF(kind.tiny).horizontalAdvance(words)
    painter.drawText(QPointF(place[0] - width, place[1]), words)


def bar_boxes(marks: RowMarks, text: TextRow, page: Columns, y: float) -> list[tuple[Bar, QRectF]]:
    """Return where the bars of a row stand; lanes that do not fit share the last one."""
    out: list[tuple[Bar, QRectF]] = []
    for bar in marks.bars:
        x = page.bars + min(bar.lane, page.lanes - 1) * Columns.LANE
        first, last = text.lines[bar.first], text.lines[bar.last]
        top, bottom = y + first.top + 4, y + last.top + last.height - 4
        out.append((bar, QRectF(x, top, _BAR, bottom - top)))
    return out


def draw_bars(painter: QPainter, boxes: Iterable[tuple[Bar, QRectF]], emphasis: Emphasis) -> None:
    """Draw bars, each under the symbol of its kind."""
    painter.setRenderHint(painter.RenderHint.Antialiasing, on=True)
    for bar, box in boxes:
        level = emphasis.level(bar.mark_id)
        strength = 0.45 if bar.proposed or level < 0 else 1.0
        colour = with_alpha(bar.style.colour, strength)
        top = box.top()
        if bar.begins:
            middle = QPointF(box.center().x(), top + _SYMBOL / 2)
            _draw_symbol(painter, middle, bar.key, colour)
            top += _SYMBOL + 2
        wide = _BAR + 1.0 if level > 0 else _BAR
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        left = box.center().x() - wide / 2
        painter.drawRoundedRect(QRectF(left, top, wide, max(3.0, box.bottom() - top)), 2, 2)
    painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)


def _draw_symbol(painter: QPainter, middle: QPointF, key: str, colour: QColor) -> None:
    """Draw the symbol of a kind: a shape, so that colour is not needed to tell kinds apart."""
    x, y, half = middle.x(), middle.y(), _SYMBOL / 2
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    if key == "quote":
        for left in (x - half, x + 0.6):
            painter.drawPath(_comma(left, y - half + 0.6))
    elif key == "claim":
        painter.drawPath(_polygon((x, y - half), (x + half, y), (x, y + half), (x - half, y)))
    elif key == "source.named":
        painter.drawEllipse(middle, half - 0.3, half - 0.3)
    elif key in ("source", "source.unnamed"):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.7))
        painter.drawEllipse(middle, half - 0.9, half - 0.9)
    elif key == "hedge":
        painter.drawPath(_polygon((x - half, y + half), (x + half, y + half), (x, y - half)))
    elif key == "declined_comment":
        painter.setPen(QPen(colour, 1.6))
        painter.drawLine(QPointF(x - 2.6, y - 2.6), QPointF(x + 2.6, y + 2.6))
        painter.drawLine(QPointF(x - 2.6, y + 2.6), QPointF(x + 2.6, y - 2.6))
    elif key == "could_not_verify":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPath(_polygon((x, y - half), (x + half, y), (x, y + half), (x - half, y)))
    else:
        painter.drawRect(QRectF(x - half + 0.5, y - half + 0.5, 2 * half - 1, 2 * half - 1))


def _comma(x: float, y: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(x, y, 3.0, 3.0))
    path.moveTo(x + 3.0, y + 1.4)
    path.cubicTo(x + 3.0, y + 3.6, x + 2.0, y + 5.2, x + 0.4, y + 5.8)
    path.lineTo(x + 0.2, y + 5.2)
    path.cubicTo(x + 1.3, y + 4.6, x + 1.7, y + 3.6, x + 1.5, y + 2.6)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    path.closeSubpath()
    return path


@dataclass(slots=True)
class Notes:
    """Hold the words of the right margin, sorted by the position they belong to.

    The first line of a note is its head: up to the first " · " in the colour of ``key`` with a
    dot, or plain where the key is empty; lines after a line break are plain.
    """

    positions: list[int] = field(default_factory=list[int])
    words: list[str] = field(default_factory=list[str])
    keys: list[str] = field(default_factory=list[str])

    @classmethod
    def of(cls, notes: Iterable[tuple[int, str, str]]) -> Notes:
        """Sort notes ``(position, words, style key)``."""
        ordered = sorted(notes, key=lambda note: note[0])
        return cls([n[0] for n in ordered], [n[1] for n in ordered], [n[2] for n in ordered])

    def between(self, start: int, end: int) -> range:
        """Return the notes from position ``start`` up to ``end``, both included."""
        return range(bisect_left(self.positions, start), bisect_left(self.positions, end + 1))


@dataclass(slots=True)
class PlacedNote:
    """Hold a note where it is drawn: ``lines`` are ``(strong words, plain words)``.

    The first ``head_lines`` of them stand beside the dot, indented.
    """

    index: int
    box: QRectF
    lines: list[tuple[str, str]]
    head_lines: int


def place_note(
    notes: Notes, index: int, kind: Type, left: float, top: float, width: float
) -> PlacedNote:
    """Wrap a note in the margin; what takes more than four lines is cut short."""
    head, *others = notes.words[index].split("\n")
    lead, dot, rest = head.partition(_AFTER_HEAD) if notes.keys[index] else ("", "", head)
    strong = [(word, True) for word in lead.split()]
    plain = [(word, False) for word in (dot + rest).split()]
    indent = _INDENT * kind.zoom if lead else 0.0
    lines = _wrapped(strong + plain, kind, width - indent)
    head_lines = len(lines) if lead else 0
    for other in others:
        lines += _wrapped([(word, False) for word in other.split()], kind, width)
    if len(lines) > _NOTE_LINES:
        lines = lines[:_NOTE_LINES]
        lines[-1] = (lines[-1][0], lines[-1][1].rstrip(" .,;") + "…")
    box = QRectF(left, top, width, len(lines) * _note_step(kind))
    return PlacedNote(index, box, lines, head_lines)


def _note_step(kind: Type) -> float:
    return float(round(16.0 * kind.zoom))


def _wrapped(words: list[tuple[str, bool]], kind: Type, width: float) -> list[tuple[str, str]]:
    """Break words (strong ones first) into lines; a word that is too long is cut short."""
    metrics = {True: QFontMetricsF(kind.small_strong), False: QFontMetricsF(kind.tiny)}
    space = metrics[False].horizontalAdvance(" ")
    out: list[tuple[str, str]] = []
    line: dict[bool, list[str]] = {True: [], False: []}
    used = 0.0
    for word, is_strong in words:
        long = metrics[is_strong].horizontalAdvance(word)
        if used and used + space + long > width:
            out.append((" ".join(line[True]), " ".join(line[False])))
            line, used = {True: [], False: []}, 0.0
        shown = metrics[is_strong].elidedText(word, Qt.TextElideMode.ElideRight, width)
        line[is_strong].append(shown)
        used += (space if used else 0.0) + min(long, width)
    return [*out, (" ".join(line[True]), " ".join(line[False]))] if used else out


def draw_note(
    painter: QPainter,
    note: PlacedNote,
    notes: Notes,
    kind: Type,
    styles: StyleTable,
    colours: ViewColours,
) -> None:
    """Draw a note."""
    key = notes.keys[note.index]
    colour = styles.style(key).colour if key else colours.ink2
    strong = QFontMetricsF(kind.small_strong)
    y = note.box.top() + strong.ascent()
    if note.head_lines:
        _draw_dot(painter, QPointF(note.box.left(), y - strong.xHeight() / 2), kind, colour)
    for number, (lead, rest) in enumerate(note.lines):
        x = note.box.left() + (_INDENT * kind.zoom if number < note.head_lines else 0.0)
        if lead:
            painter.setPen(colour)
            painter.setFont(kind.small_strong)
            painter.drawText(QPointF(x, round(y)), lead)
            x += strong.horizontalAdvance(lead + " ")
        painter.setPen(colours.ink2)
        painter.setFont(kind.tiny)
        painter.drawText(QPointF(x, round(y)), rest)
        y += _note_step(kind)


def _draw_dot(painter: QPainter, left: QPointF, kind: Type, colour: QColor) -> None:
    radius = 3.4 * kind.zoom
    painter.setRenderHint(painter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(left.x() + radius, left.y()), radius, radius)
    painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)

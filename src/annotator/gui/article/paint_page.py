"""Draw what is in the window, row by row, back to front."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPen

from annotator.gui.article import rows as r
from annotator.gui.article.header import FoldBlock
from annotator.gui.article.paint_margins import (
    Notes,
    PlacedNote,
    bar_boxes,
    draw_bars,
    draw_note,
    draw_number,
    place_note,
)
from annotator.gui.article.paint_marks import MarkPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from annotator.gui.article.find import Hits
    from annotator.gui.article.mark_layer import MarkLayer
    from annotator.gui.article.mark_rows import Bar
    from annotator.gui.article.sheet import Sheet
    from annotator.gui.article.styles import ViewColours
    from annotator.gui.article.text_row import TextRow
    from annotator.model.span import Span, Spans

#: Characters without a shape that can change what a reader sees, and what they are called.
_CONTROL_NAMES = {
    "\u00ad": "SHY",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u2060": "WJ",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}
_CONTROLS = re.compile("[" + "".join(_CONTROL_NAMES) + "]")
#: Notes are pushed down by longer ones above; so far above the window it is looked for those.
_NOTE_REACH = 12
_HANDLE = 4.0
_REACH = 7.0


@dataclass(slots=True)
class PageState:
    """Hold what the page shows besides words and marks."""

    caret: int = 0
    selection: Span | None = None
    focused: bool = False
    hovered_chip: int = -1
    drop_position: int | None = None
    show_controls: bool = False
    notes: Notes = field(default_factory=Notes)
    evidence: Spans = ()


class PagePainter:
    """Draw the page.

    Args:
        sheet: the article as it is set.
        layer: its marks.
        hits: what was found.
        state: caret, selection and so on.
        colours: the colours.
        dpr: device pixels a px.
    """

    def __init__(
        self,
        sheet: Sheet,
        layer: MarkLayer,
        hits: Hits,
        state: PageState,
        colours: ViewColours,
        dpr: float,
    ) -> None:
        self._sheet = sheet
        self._layer = layer
        self._hits = hits
        self._state = state
        self._colours = colours
        self._marks = MarkPainter(sheet.type, dpr)
        self.kind = sheet.type
        self.dpr = dpr

    def paint(self, painter: QPainter, clip: QRectF) -> None:
        """Draw the part of the window inside ``clip``."""
        painter.fillRect(clip, self._colours.paper)
        page = self._sheet.columns
        visible = self._sheet.visible()
        for row, y in visible:
            if y < clip.bottom() and y + self._sheet.flow.heights[row] > clip.top():
                self._row(painter, row, y, clip)
        if page.notes_width and clip.right() > page.notes:
            for note in self.placed_notes(visible):
                if note.box.intersects(clip):
                    draw_note(
                        painter,
                        note,
                        self._state.notes,
                        self.kind,
                        self._layer.styles,
                        self._colours,
                    )
        self._handles(painter)
        self._caret(painter)

    # -- one row ---------------------------------------------------------------------------

    def _row(self, painter: QPainter, row: int, y: float, clip: QRectF) -> None:
        sheet, page = self._sheet, self._sheet.columns
        text = sheet.text_row(row)
        top = y + sheet.before(row)
        if text is None:
            block = sheet.block(row)
            if isinstance(block, FoldBlock):
                hovered = self._state.hovered_chip == row
                block.draw(painter, page.text, top, self._colours, hovered=hovered)
            else:
                block.draw(painter, page.text, top, self._colours)
            return
        marks = self._layer.of(text)
        emphasis = self._layer.emphasis
        if clip.left() < page.text:
            self._left_margin(painter, row, text, top)
        if clip.right() <= page.text:
            return
        place = (page.text, top)
        self._marks.washes(painter, place, text, marks, emphasis)
        for span in self._state.evidence:
            self._box(painter, row, text, top, (span.start, span.end), self._colours.hit)
        if len(self._hits):
            self._draw_hits(painter, row, text, top)
        self._draw_selection(painter, text, top)
        self._marks.lines(painter, place, text, marks, emphasis)
        masked = sheet.rows.kinds[row] == r.MASKED
        painter.setPen(self._colours.masked if masked else self._colours.ink)
        text.draw(painter, page.text, top, clip)
        if self._state.show_controls:
            self._controls(painter, row, text, top)

    def _left_margin(self, painter: QPainter, row: int, text: TextRow, top: float) -> None:
        page = self._sheet.columns
        number = self._sheet.rows.number(row)
        if number and page.number_right:
            baseline = top + text.lines[0].baseline
            place = (page.number_right, baseline)
            draw_number(painter, place, number, self.kind, self._colours)
        boxes = self.bars(text, top)
        if boxes:
            draw_bars(painter, boxes, self._layer.emphasis)

    def bars(self, text: TextRow, top: float) -> list[tuple[Bar, QRectF]]:
        """Return the bars of a row whose words begin at ``top``."""
        return bar_boxes(self._layer.of(text), text, self._sheet.columns, top)

    def _draw_hits(self, painter: QPainter, row: int, text: TextRow, top: float) -> None:
        for index in self._hits.touching(text.start, text.end):
            current = index == self._hits.current
            colour = self._colours.hit_current if current else self._colours.hit
            hit = self._hits.starts[index], self._hits.ends[index]
            self._box(painter, row, text, top, hit, colour)

    def _box(
        self,
        painter: QPainter,
        row: int,
        text: TextRow,
        top: float,
        words: tuple[int, int],
        colour: QColor,
    ) -> None:
        """Lay a colour behind words, as far as they stand in a row."""
        start, end = max(words[0], text.start), min(words[1], text.end)
        if start >= end:
            return
        x = self._sheet.columns.text
        for line, left, right in text.stretches(start, end):
            upper, lower = self._sheet.extent(row, text, line)
            box = QRectF(x + left - 1, top + upper, right - left + 2, lower - upper)
            painter.fillRect(box, colour)

    def _draw_selection(self, painter: QPainter, text: TextRow, top: float) -> None:
        selection = self._state.selection
        if selection is None or selection.start >= text.end or selection.end <= text.start:
            return
        x = self._sheet.columns.text
        start, end = max(selection.start, text.start), min(selection.end, text.end)
        for index, left, right in text.stretches(start, end):
            line = text.lines[index]
            box = QRectF(x + left, top + line.top, right - left, line.height)
            painter.fillRect(box, self._colours.selection)

    def _controls(self, painter: QPainter, row: int, text: TextRow, top: float) -> None:
        """Show characters that have no shape as a thin stroke with their name."""
        sheet = self._sheet
        words = sheet.text[text.start : text.end]
        colour = self._colours.accent
        for match in _CONTROLS.finditer(words):
            line, x = text.caret(text.start + match.start())
            upper, lower = sheet.extent(row, text, line)
            left = sheet.columns.text + x
            painter.setPen(QPen(colour, 1.0))
            painter.drawLine(QPointF(left, top + upper - 2), QPointF(left, top + lower))
            font = self.kind.font(self.kind.tiny.family(), 8.0 * self.kind.zoom)
            painter.setFont(font)
            painter.drawText(QPointF(left + 1.5, top + upper + 3), _CONTROL_NAMES[match.group()])

    # -- over the rows ---------------------------------------------------------------------

    def placed_notes(self, visible: list[tuple[int, float]]) -> list[PlacedNote]:
        """Return the notes of the rows in view, each at its line or below the note before it."""
        sheet, notes = self._sheet, self._state.notes
        page = sheet.columns
        if not visible or not notes.positions or not page.notes_width:
            return []
        row, y = visible[0]
        for _ in range(min(_NOTE_REACH, row)):
            row -= 1
            y -= sheet.flow.measured(row)
        out: list[PlacedNote] = []
        free = float("-inf")
        last = visible[-1][0]
        while row <= last:
            top = y + sheet.before(row)
            text = sheet.text_row(row)
            if text is not None:
                for index in notes.between(text.start, text.end):
                    line = text.lines[text.caret(notes.positions[index])[0]]
                    at = top + line.baseline - QFontMetricsF(self.kind.small_strong).ascent()
                    at = float(round(max(at, free)))
                    note = place_note(notes, index, self.kind, page.notes, at, page.notes_width)
                    free = note.box.bottom() + 4
                    out.append(note)
            y += sheet.flow.heights[row]
            row += 1
        return [
            note for note in out if note.box.bottom() > 0 and note.box.top() < sheet.flow.window
        ]

    def _caret(self, painter: QPainter) -> None:
        state = self._state
        if not self._sheet.text:
            return
        box = self._sheet.caret_rect(state.caret)
        if -box.height() < box.top() < self._sheet.flow.window:
            colour = self._colours.ink if state.focused else self._colours.masked
            wide = 2.0 if state.focused else 1.0
            painter.fillRect(
                QRectF(
                    round(box.left() * self.dpr) / self.dpr - wide / 2,
                    box.top(),
                    wide,
                    box.height(),
                ),
                colour,
            )
        if state.drop_position is not None:
            box = self._sheet.caret_rect(state.drop_position)
            painter.fillRect(
                QRectF(box.left() - 1, box.top(), 2.0, box.height()), self._colours.accent
            )

    def _handles(self, painter: QPainter) -> None:
        """Draw the grips at the edges of the selected mark."""
        grips = self.grips()
        if not grips:
            return
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=True)
        for grip in grips:
            key = self._layer.style_key(grip.mark_id)
            colour = self._layer.styles.style(key).colour
            painter.fillRect(QRectF(grip.x - 0.75, grip.top, 1.5, grip.bottom - grip.top), colour)
            painter.setPen(QPen(self._colours.paper, 1.5))
            painter.setBrush(colour)
            middle = grip.top if grip.edge == "start" else grip.bottom
            painter.drawEllipse(QPointF(grip.x, middle), _HANDLE, _HANDLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)

    def grips(self) -> list[Grip]:
        """Return the grips in view: two a fragment, when exactly one mark is selected."""
        selected = self._layer.emphasis.selected
        if len(selected) != 1:
            return []
        (mark_id,) = selected
        out: list[Grip] = []
        for fragment, span in enumerate(self._layer.spans_of(mark_id)):
            for edge, at in (("start", span.start), ("end", span.end - 1)):
                box = next(iter(self._sheet.span_rects(at, at + 1)), None)
                if box is not None:
                    leading = self._sheet.caret_rect(at).left() <= box.center().x()
                    x = box.left() if leading == (edge == "start") else box.right()
                    out.append(Grip(mark_id, fragment, edge, x, box.top(), box.bottom()))
        return out


@dataclass(frozen=True, slots=True)
class Grip:
    """Hold one edge of a fragment that can be dragged, and where it stands."""

    mark_id: str
    fragment: int
    edge: str
    x: float
    top: float
    bottom: float

    def is_near(self, point: QPointF) -> bool:
        """Say whether a point takes hold of the knob; the edge itself is left to selecting."""
        knob = self.top if self.edge == "start" else self.bottom
        return abs(point.x() - self.x) <= _REACH and abs(point.y() - knob) <= _REACH

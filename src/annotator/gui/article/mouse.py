"""What the pointer does in the article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotator.gui.article import rows as r
from annotator.gui.article.header import FoldBlock
from annotator.model.span import Span

if TYPE_CHECKING:
    from annotator.gui.article.paint_page import Grip
    from annotator.gui.article.view import ArticleView

_HOLD_MS = 400
_SCROLL_MS = 30
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class _Doing(Enum):
    NOTHING = 0
    SELECTING = 1
    EDGE = 2
    MARK = 3
    FOLD = 4


@dataclass(frozen=True, slots=True)
class Target:
    """Say what is under the pointer."""

    marks: tuple[str, ...] = ()
    on_bar: bool = False
    grip: Grip | None = None
    fold_row: int = -1
    on_chip: bool = False
    note: int = -1


class Mouse(QObject):
    """Turn pointer events into selections, clicks, drags of marks and drags of edges.

    A mark is dragged by its bar in the margin, with Ctrl held, or after holding still on its
    words; anything else that starts on words selects them, so that marks inside marks can be made.

    Args:
        view: the article view.
    """

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._doing = _Doing.NOTHING
        self._pressed = QPointF()
        self._point = QPointF()
        self._target = Target()
        self._moved = False
        self._origin = Span(0, 1)
        self._by = "character"
        self._clicks = 0
        self._edge_position = -1
        self._hold = QTimer(self, singleShot=True, interval=_HOLD_MS)
        self._hold.timeout.connect(self._on_held)
        self._again = QTimer(self, singleShot=True)
        self._scroll = QTimer(self, interval=_SCROLL_MS)
        self._scroll.timeout.connect(self._on_scroll)

    # -- what is where ---------------------------------------------------------------------

    def target(self, point: QPointF) -> Target:
        """Return what is under a point of the viewport."""
        view = self._view
        sheet = view.sheet
        for grip in view.painter().grips():
            if grip.is_near(point):
                return Target((grip.mark_id,), grip=grip)
        row, top = sheet.row_at(point.y())
        kind = sheet.rows.kinds[row]
        if kind in (r.FOLD, r.OPEN):
            return self._fold_target(row, top, point)
        if kind not in r.TEXTLESS and point.x() < sheet.columns.text:
            text = sheet.text_row(row)
            bars = view.painter().bars(text, top + sheet.before(row)) if text else []
            near = [b.mark_id for b, box in bars if box.adjusted(-3, -4, 3, 4).contains(point)]
            return Target(tuple(near), on_bar=bool(near))
        if sheet.columns.notes_width and point.x() >= sheet.columns.notes:
            for note in view.painter().placed_notes(sheet.visible()):
                if note.box.contains(point):
                    return Target(note=note.index)
            return Target()
        position = sheet.character_at(point.x(), point.y())
        return Target(tuple(view.layer.at(position)) if position is not None else ())

    def _fold_target(self, row: int, top: float, point: QPointF) -> Target:
        sheet = self._view.sheet
        block = sheet.block(row)
        inside = point - QPointF(sheet.columns.text, top + sheet.before(row))
        if not isinstance(block, FoldBlock) or not -6 <= inside.y() <= block.height + 6:
            return Target()
        if not 0 <= inside.x() <= block.chip.right() + 4:
            return Target()
        return Target(fold_row=row, on_chip=block.chip.contains(inside))

    # -- events ----------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin whatever the pointer is on."""
        point = event.position()
        self._pressed = self._point = point
        self._moved = False
        target = self._target = self.target(point)
        if target.grip is not None:
            self._doing = _Doing.EDGE
            self._edge_position = -1
        elif target.fold_row >= 0 or target.note >= 0:
            self._doing = _Doing.FOLD
        elif target.on_bar or (target.marks and event.modifiers() & _CONTROL):
            self._doing = _Doing.MARK
        else:
            self._begin_selecting(event, point)

    def _begin_selecting(self, event: QMouseEvent, point: QPointF) -> None:
        view = self._view
        self._doing = _Doing.SELECTING
        quick = self._again.isActive() and self._is_near(point, view.last_click)
        view.last_click = point
        self._clicks = self._clicks + 1 if quick else 1
        position = view.sheet.position_at(point.x(), point.y())
        if self._clicks > 2:
            self._again.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
            self._select_unit(position, "sentence" if self._clicks == 3 else "paragraph")
        elif event.modifiers() & _SHIFT:
            view.move_caret(position, extend=True)
            anchor = view.caret_model.anchor
            self._origin = Span(anchor, anchor + 1)
            self._by = "character"
        else:
            self._origin = Span(position, position + 1)
            self._by = "character"
            view.move_caret(position)
            if self._target.marks:
                self._hold.start()

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word under the pointer; a third and fourth click take more."""
        point = event.position()
        self._point = self._pressed = point
        self._moved = False
        view = self._view
        target = self._target = self.target(point)
        if target.grip is not None or target.fold_row >= 0 or target.note >= 0:
            self._doing = _Doing.NOTHING
            return
        self._clicks = 2
        view.last_click = point
        self._again.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        if not target.on_bar:
            self._doing = _Doing.SELECTING
            at = view.sheet.character_at(point.x(), point.y())
            position = view.sheet.position_at(point.x(), point.y()) if at is None else at
            self._select_unit(position, "word")
        if target.marks:
            view.mark_double_clicked.emit(list(target.marks))

    def _select_unit(self, position: int, by: str) -> None:
        caret = self._view.caret_model
        self._by = by
        span = getattr(caret, by)(position)
        self._hold.stop()
        if span is not None:
            self._origin = span
            self._view.select(span)

    def move(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or show what is under the pointer."""
        point = event.position()
        self._point = point
        if not event.buttons() & Qt.MouseButton.LeftButton or self._doing is _Doing.NOTHING:
            self.hover(point)
            return
        if not self._moved and self._is_near(point, self._pressed):
            return
        self._moved = True
        self._hold.stop()
        if self._doing is _Doing.MARK:
            self._doing = _Doing.NOTHING
            self._view.drag_mark(self._target.marks[0])
        elif self._doing in (_Doing.SELECTING, _Doing.EDGE):
            self._follow(event.modifiers())
            self._keep_scrolling(point)

    def release(self, event: QMouseEvent) -> None:
        """End what was begun; without a move it was a click."""
        self._hold.stop()
        self._scroll.stop()
        doing, self._doing = self._doing, _Doing.NOTHING
        view, target = self._view, self._target
        if doing is _Doing.EDGE:
            view.set_drop_position(None)
            if self._moved and target.grip is not None and self._edge_position >= 0:
                grip = target.grip
                view.edge_dragged.emit(grip.mark_id, grip.fragment, grip.edge, self._edge_position)
        elif doing is _Doing.FOLD and not self._moved:
            self._click_fold_or_note(target)
        elif doing is _Doing.MARK:
            view.mark_clicked.emit(list(target.marks))
        elif doing is _Doing.SELECTING and not self._moved and self._clicks == 1:
            self._again.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
            if not event.modifiers() & _SHIFT:
                view.mark_clicked.emit(list(target.marks))

    def _click_fold_or_note(self, target: Target) -> None:
        view = self._view
        if target.note >= 0:
            view.note_clicked.emit(view.state.notes.positions[target.note])
        elif target.on_chip:
            view.mask_clicked.emit(view.sheet.rows.furniture(target.fold_row))
        else:
            view.toggle_furniture(view.sheet.rows.furniture(target.fold_row))

    def hover(self, point: QPointF) -> None:
        """Tell what is under the pointer and show the right one."""
        view = self._view
        target = self.target(point)
        view.set_hovered_marks(target.marks)
        view.set_hovered_chip(target.fold_row if target.on_chip else -1)
        if target.grip is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif target.on_bar:
            shape = Qt.CursorShape.OpenHandCursor
        elif target.fold_row >= 0 or target.note >= 0:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            page = view.sheet.columns
            inside = page.text - 6 <= point.x() <= page.text_right + 6
            shape = Qt.CursorShape.IBeamCursor if inside else Qt.CursorShape.ArrowCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)

    def stop(self) -> None:
        """Forget what was begun (the text has changed)."""
        self._hold.stop()
        self._scroll.stop()
        self._again.stop()
        self._doing = _Doing.NOTHING
        self._target = Target()

    # -- selecting -------------------------------------------------------------------------

    def _is_near(self, a: QPointF, b: QPointF) -> bool:
        return (a - b).manhattanLength() < QGuiApplication.styleHints().startDragDistance()

    def _follow(self, modifiers: Qt.KeyboardModifier) -> None:
        """Carry the selection or the edge to the pointer."""
        view = self._view
        position = view.sheet.position_at(self._point.x(), self._point.y())
        snap = view.snaps_to_words and not modifiers & _ALT
        if self._doing is _Doing.EDGE:
            self._edge_position = self._snapped_edge(position) if snap else position
            view.set_drop_position(self._edge_position)
            return
        start, end = self._origin.start, self._origin.end
        if self._by == "character":
            end = start
        elif (unit := getattr(view.caret_model, self._by)(position)) is not None:
            position = unit.start if unit.start < start else max(unit.end, end)
        low, high = min(start, position), max(end, position)
        if snap and low < high and (span := view.caret_model.snapped(low, high)) is not None:
            low, high = span.start, span.end
        if position < start:
            low, high = high, low
        view.select_range(low, high)

    def _snapped_edge(self, position: int) -> int:
        """Return the edge of a word nearest to a position inside it."""
        word = self._view.caret_model.word(position)
        if word is None or not word.start < position < word.end:
            return position
        nearer_start = position - word.start <= word.end - position
        return word.start if nearer_start else word.end

    def _keep_scrolling(self, point: QPointF) -> None:
        outside = not 0 <= point.y() <= self._view.viewport().height()
        if outside and not self._scroll.isActive():
            self._scroll.start()
        elif not outside:
            self._scroll.stop()

    def _on_scroll(self) -> None:
        height = self._view.viewport().height()
        beyond = self._point.y() - height if self._point.y() > height else self._point.y()
        self._view.scroll_px(beyond * 0.5)
        self._follow(QGuiApplication.keyboardModifiers())

    def _on_held(self) -> None:
        if self._doing is _Doing.SELECTING and not self._moved and self._target.marks:
            self._doing = _Doing.MARK
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

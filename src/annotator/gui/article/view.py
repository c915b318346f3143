"""The article view: a reading column with marks, margins, a caret and its own gestures.

It lays out only what is in the window, hangs its scroll position on a paragraph, paints marks from
sorted columns and never reads text back from Qt. All positions of its interface are code points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QGuiApplication,
    QKeySequence,
    QNativeGestureEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from annotator.gui.article.caret import Caret
from annotator.gui.article.keys import apply_move, find_move
from annotator.gui.article.marked import MarkedSurface
from annotator.gui.article.mouse import Mouse
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
    )
    from PySide6.QtWidgets import QWidget

    from annotator.gui.theme import Theme
    from annotator.model.span import Span


class ArticleView(MarkedSurface):
    """Show an article and let a person read, select and mark in it.

    Signals, positions in code points (more of them in the base classes):
        ``caret_moved(position)``; ``selection_changed(Span | None)``;
        ``mark_clicked(ids)`` innermost first, empty for a click beside all marks;
        ``mark_double_clicked(ids)``;
        ``edge_dragged(mark_id, fragment, "start" | "end", position)``;
        ``context_menu(global point, position)``; ``mask_clicked(Span)`` of a run of furniture;
        ``note_clicked(position)``; ``mark_drag_started(mark_id)``;
        ``dropped_mark(from_id, onto_id)``; ``files_dropped(paths)``;
        ``hits_changed(current, total)`` while a search goes on.
    """

    caret_moved = Signal(int)
    selection_changed = Signal(object)
    mark_clicked = Signal(list)
    mark_double_clicked = Signal(list)
    edge_dragged = Signal(str, int, str, int)
    context_menu = Signal(QPoint, int)
    mask_clicked = Signal(object)
    note_clicked = Signal(int)
    mark_drag_started = Signal(str)
    dropped_mark = Signal(str, str)
    files_dropped = Signal(list)
    hits_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent, theme=theme)
        if QAccessible.isActive():
            self.answer_screen_readers()
        self.caret_model = Caret(self.sheet)
        self.snaps_to_words = True
        self.last_click = QPointF(-100.0, -100.0)
        self._mouse = Mouse(self)
        self.article_shown.connect(self._on_article)
        self.finder.changed.connect(self._on_found)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.viewport().setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(tr("article.view.name"))

    def answer_screen_readers(self) -> None:
        """Be a text to them; once they listen, before the view is shown, else after its paint."""
        from annotator.gui.article import accessible

        accessible.install()

    def _on_article(self) -> None:
        self._mouse.stop()
        self.caret_model.language = self.language
        self.caret_model.place(self.first_position())
        self.state.caret, self.state.selection = self.caret_model.position, None
        if QAccessible.isActive():
            from annotator.gui.article import accessible

            accessible.tell_text(self)

    # -- caret and selection ---------------------------------------------------------------

    def caret(self) -> int:
        """Return the caret's position."""
        return self.caret_model.position

    def selection(self) -> Span | None:
        """Return what is selected."""
        return self.caret_model.selection

    def set_caret(self, position: int) -> None:
        """Put the caret somewhere and bring it into view."""
        self.move_caret(position)
        self.bring_caret()

    def select(self, span: Span) -> None:
        """Select a span."""
        self.select_range(span.start, span.end)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.move_caret(self.caret_model.position)

    def select_range(self, start: int, end: int) -> None:
        """Select with the caret at ``end``, which may lie before ``start``."""
        self.caret_model.select(start, end)
        self.show_caret()

    def move_caret(self, position: int, *, extend: bool = False) -> None:
        """Put the caret somewhere, without scrolling."""
        self.caret_model.place(position, extend=extend)
        self.show_caret()

    def show_caret(self) -> None:
        """Draw the caret and the selection as they are now and tell what changed."""
        state, model = self.state, self.caret_model
        old_caret, old = state.caret, state.selection
        new = model.selection
        state.caret, state.selection = model.position, new
        places = [self.sheet.caret_rect(p) for p in {old_caret, state.caret}]
        if old != new:
            places += [self.sheet.caret_rect(p) for p in _edges_that_moved(old, new)]
            pitch = self.sheet.type.pitch
            top, bottom = min(p.top() for p in places), max(p.bottom() for p in places)
            self.update_band(max(top, -pitch) - pitch, min(bottom, self.height()) + pitch)
        else:
            for place in places:
                self.viewport().update(place.adjusted(-3, -2, 4, 2).toAlignedRect())
        if old_caret != state.caret:
            self.caret_moved.emit(state.caret)
        if old != new:
            self.selection_changed.emit(new)
        if QAccessible.isActive() and (old_caret != state.caret or old != new):
            from annotator.gui.article import accessible

            accessible.tell_caret(self)

    def bring_caret(self) -> None:
        """Scroll as little as it takes to see the caret."""
        self.sheet.bring(self.caret_model.position)
        self.refresh_all()

    def scroll_to(self, span: Span) -> None:
        """Bring words into view: not at all where they are, else to the upper third."""
        self.unfold_at(span)
        self.sheet.bring(span.start, centre=True)
        self.refresh_all()

    def copy(self) -> None:
        """Put the selected words on the clipboard, as plain text only."""
        span = self.selection()
        if span is not None:
            QGuiApplication.clipboard().setText(span.slice(self.text))

    # -- find ------------------------------------------------------------------------------

    def find_text(self, query: str, *, case: bool = False, words: bool = False) -> None:
        """Show all hits of a query (an empty one clears); the caret and the scroll stay."""
        self.finder.search(self.text, query, case=case, words=words)
        self._on_found(-1, len(self.finder.hits))

    def find_next(self, step: int = 1) -> Span | None:
        """Go to the next (1) or previous (-1) hit, first seen from the caret; it is selected."""
        span = self.finder.go(self.caret_model.anchor, step)
        if span is not None:
            self.scroll_to(span)
            self.select(span)
        return span

    def set_hits(self, spans: Sequence[Span], current: int = -1) -> None:
        """Show hits that a search elsewhere found."""
        self.finder.set_hits(spans, current)

    def _on_found(self, current: int, total: int) -> None:
        self.refresh_all(ticks=True)
        self.hits_changed.emit(current, total)

    # -- events ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; any other key is the window's."""
        move = find_move(event)
        if move is not None:
            apply_move(self.caret_model, len(self.text), move)
            self.show_caret()
            self.bring_caret()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_range(0, len(self.text))
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.selection() is not None:
            self.clear_selection()
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand the press to the gestures."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hand the move to the gestures."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hand the release to the gestures."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Hand the double click to the gestures."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell where a menu is wanted: at the pointer, or at the caret by key."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.bring_caret()
            corner = self.rect_of(self.caret()).bottomLeft()
            self.context_menu.emit(self.viewport().mapToGlobal(corner), self.caret())
        else:
            point = event.pos()
            at = self.sheet.character_at(point.x(), point.y())
            position = self.position_at(point) if at is None else at
            selection = self.selection()
            if selection is None or not selection.start <= position <= selection.end:
                self.move_caret(position)
            self.context_menu.emit(event.globalPos(), position)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom with two fingers; let go of marks when the pointer leaves."""
        if event.type() == QEvent.Type.NativeGesture:
            gesture = event
            assert isinstance(gesture, QNativeGestureEvent)
            if gesture.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom * (1.0 + gesture.value()))
                return True
        elif event.type() == QEvent.Type.Gesture:
            assert isinstance(event, QGestureEvent)
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.set_zoom(self.zoom * pinch.scaleFactor())
                return True
        elif event.type() == QEvent.Type.Leave:
            self.set_hovered_marks(())
            self.set_hovered_chip(-1)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret as ours."""
        super().focusInEvent(event)
        self.viewport().update(self.rect_of(self.caret()).adjusted(-3, -2, 4, 2))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the caret as waiting."""
        super().focusOutEvent(event)
        self.viewport().update(self.rect_of(self.caret()).adjusted(-3, -2, 4, 2))

    def set_hovered_chip(self, row: int) -> None:
        """Light the chip of folded furniture under the pointer (-1: none)."""
        if row != self.state.hovered_chip:
            self.state.hovered_chip = row
            self.viewport().update()

    def set_drop_position(self, position: int | None) -> None:
        """Show where a dragged edge would land."""
        if position != self.state.drop_position:
            self.state.drop_position = position
            self.viewport().update()

    # -- drag and drop ---------------------------------------------------------------------

    def drag_mark(self, mark_id: str) -> None:
        """Let the person carry a mark to another mark or to a panel."""
        words = " ".join(span.slice(self.text) for span in self.layer.spans_of(mark_id))
        style = self.layer.styles.style(self.layer.style_key(mark_id))
        from annotator.gui.article import dragging

        drag = dragging.drag_of(self, mark_id, words, style, self.sheet.type, self.colours)
        self.mark_drag_started.emit(mark_id)
        drag.exec(Qt.DropAction.LinkAction | Qt.DropAction.CopyAction, Qt.DropAction.LinkAction)
        self._set_drop_target("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take marks and files."""
        from annotator.gui.article import dragging

        data = event.mimeData()
        if dragging.dragged_mark(data) or dragging.dropped_files(data):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light the mark that a dragged one would be dropped on."""
        from annotator.gui.article import dragging

        mark_id = dragging.dragged_mark(event.mimeData())
        if not mark_id:
            event.acceptProposedAction()
            return
        onto = self._drop_target_at(event.position(), mark_id)
        self._set_drop_target(onto)
        event.setAccepted(bool(onto))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Light nothing."""
        self._set_drop_target("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        from annotator.gui.article import dragging

        mark_id = dragging.dragged_mark(event.mimeData())
        files = dragging.dropped_files(event.mimeData())
        onto = self._drop_target_at(event.position(), mark_id) if mark_id else ""
        self._set_drop_target("")
        if onto:
            event.acceptProposedAction()
            self.dropped_mark.emit(mark_id, onto)
        elif files and not mark_id:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def _drop_target_at(self, point: QPointF, mark_id: str) -> str:
        marks = self._mouse.target(point).marks
        return next((name for name in marks if name != mark_id), "")

    def _set_drop_target(self, mark_id: str) -> None:
        if mark_id != self.layer.emphasis.drop_target:
            self.layer.emphasis.drop_target = mark_id
            self.viewport().update()


def _edges_that_moved(old: Span | None, new: Span | None) -> set[int]:
    """Return the positions between which a changed selection must be drawn again."""
    before = {old.start, old.end} if old else set[int]()
    after = {new.start, new.end} if new else set[int]()
    return before ^ after if before and after else before | after

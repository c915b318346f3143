"""The scrolling surface under the article view: it holds what is shown, draws it and scrolls it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.gui.article.finder import Finder
from annotator.gui.article.idler import Idler
from annotator.gui.article.mark_layer import MarkLayer
from annotator.gui.article.paint_marks import line_extent
from annotator.gui.article.paint_page import PagePainter, PageState
from annotator.gui.article.scrollbar import MarkedScrollBar
from annotator.gui.article.sheet import Sheet
from annotator.gui.article.styles import StyleTable, Typography, ViewColours
from annotator.gui.theme import load_theme
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent

    from annotator.gui.article.mark_rows import RowMarks
    from annotator.gui.article.text_row import TextRow
    from annotator.gui.theme import Theme
    from annotator.model.span import Span

_ZOOM = (0.5, 3.0)
_ZOOM_STEP = 1.1
_NOTCH = 120.0
#: More changed spans than this are not looked at one by one.
_MANY = 400


class Surface(QAbstractScrollArea):
    """Show a sheet with its marks, keep the scroll bar true and repaint as little as will do.

    Signals: ``zoom_changed(factor)``.
    """

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        # Our own: for one that Qt made PySide looks through every kind of widget it knows (8 ms).
        self._port = QWidget()
        self.setViewport(self._port)
        theme = theme or load_theme("light")
        self.colours = ViewColours.from_theme(theme)
        self.layer = MarkLayer(StyleTable(theme.marks), theme.masked)
        self.sheet = Sheet(Typography(), float(self.logicalDpiY()))
        self.state = PageState()
        self.finder = Finder(self)
        self._painter: PagePainter | None = None
        self._is_syncing = False
        self._place = (0, 0.0)
        self.bar = MarkedScrollBar(self.colours)
        self.bar.setAccessibleName(tr("article.bar.name"))
        self.setVerticalScrollBar(self.bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.idler = Idler(self)
        self._dress()

    # -- looks -----------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take colours and line styles from a theme."""
        overrides = self.layer.styles.overrides
        self.colours = ViewColours.from_theme(theme)
        self.layer.styles = StyleTable(theme.marks)
        self.layer.styles.overrides = overrides
        self.layer.masked_colour = theme.masked
        self._dress()
        self.sheet.forget_marks()
        self.refresh_all(ticks=True)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self.colours.paper)
        palette.setColor(QPalette.ColorRole.Window, self.colours.paper)
        self.setPalette(palette)
        self.bar.set_colours(self.colours)
        self._painter = None

    @property
    def typography(self) -> Typography:
        """Return how the text is set."""
        return self.sheet.type.typography

    def set_typography(
        self,
        *,
        family: str | None = None,
        size: float | None = None,
        leading: float | None = None,
        measure: int | None = None,
        zoom: float | None = None,
    ) -> None:
        """Set the text in another way; what is not given stays. The top line stays the top line."""
        now = self.typography
        new = replace(
            now,
            family=family or now.family,
            size=size or now.size,
            leading=leading or now.leading,
            measure=measure or now.measure,
            zoom=min(_ZOOM[1], max(_ZOOM[0], zoom or now.zoom)),
        )
        if new != now:
            self.sheet.set_typography(new)
            self._painter = None
            self.refresh_all(ticks=True)
            if new.zoom != now.zoom:
                self.zoom_changed.emit(new.zoom)

    @property
    def zoom(self) -> float:
        """Return the zoom (1: as set)."""
        return self.typography.zoom

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a factor between 0.5 and 3."""
        self.set_typography(zoom=zoom)

    def zoom_by(self, steps: float) -> None:
        """Zoom in (or out, below zero) by steps of a tenth."""
        self.set_zoom(round(self.zoom * _ZOOM_STEP**steps, 4))

    def set_show_controls(self, show: bool) -> None:  # noqa: FBT001 - a setting's setter
        """Show characters without a shape (direction controls, zero-width ones) by name."""
        self.state.show_controls = show
        self.viewport().update()

    # -- drawing ---------------------------------------------------------------------------

    def painter(self) -> PagePainter:
        """Return what draws the page."""
        dpr = self.devicePixelRatioF()
        known = self._painter
        if known is None or known.dpr != dpr or known.kind is not self.sheet.type:
            known = PagePainter(
                self.sheet, self.layer, self.finder.hits, self.state, self.colours, dpr
            )
            self._painter = known
        return known

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what the event asks for."""
        self.state.focused = self.hasFocus()
        painter = QPainter(self.viewport())
        self.painter().paint(painter, QRectF(event.rect()))
        painter.end()
        self.sync_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the column to the window; the top line stays the top line."""
        super().resizeEvent(event)
        size = self.viewport().size()
        self.sheet.resize(size.width(), size.height())
        self.refresh_all(ticks=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what was left for idle moments."""
        super().showEvent(event)
        self.idler.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing run for a view that nobody sees."""
        super().hideEvent(event)
        self.idler.rest()

    def refresh_all(self, *, ticks: bool = False) -> None:
        """Draw everything again; ``ticks``: the overview too."""
        self.sync_bar()
        self.viewport().update()
        self.idler.wake(ticks=ticks)

    def refresh_marks(self, spans: Iterable[Span]) -> None:
        """Place the marks of the rows that spans stand in again and repaint the lines concerned."""
        wanted = list(spans)
        if len(wanted) > _MANY:
            self.sheet.forget_marks()
            self.viewport().update()
            return
        shown = dict(self.sheet.visible())
        for row, text in list(self.sheet.laid_out()):
            touched = _touched_lines(text, wanted)
            if touched is None:
                continue
            before, text.marks = text.marks, None
            if row not in shown:
                continue
            if before is None or _has_moved(before, self.layer.of(text)):
                touched = (0, len(text.lines) - 1)
            self._update_lines(text, shown[row] + self.sheet.before(row), touched)

    def repaint_spans(self, spans: Iterable[Span]) -> None:
        """Repaint the lines that spans stand on."""
        wanted = list(spans)
        for row, top in self.sheet.visible():
            text = self.sheet.text_row(row)
            touched = _touched_lines(text, wanted) if text else None
            if text is not None and touched is not None:
                self._update_lines(text, top + self.sheet.before(row), touched)

    def _update_lines(self, text: TextRow, top: float, touched: tuple[int, int]) -> None:
        first, last = touched
        upper = line_extent(text.lines[first], self.sheet.type)[0]
        lower = line_extent(text.lines[last], self.sheet.type)[1]
        self.update_band(top + upper, top + lower)

    def update_band(self, top: float, bottom: float) -> None:
        """Repaint the page between two heights, without the right margin."""
        page = self.sheet.columns
        self.viewport().update(
            QRect(0, int(top) - 1, int(page.text_right) + 6, int(bottom - top) + 3)
        )

    # -- scrolling -------------------------------------------------------------------------

    def sync_bar(self) -> None:
        """Make the scroll bar say where we are, without being moved by it.

        Its signals are for those who follow the words: nobody is told when only the number has
        changed because heights above were filled in.
        """
        flow = self.sheet.flow
        place = (flow.row, flow.offset)
        self._is_syncing = True
        was_silent = self.bar.blockSignals(place == self._place)
        self._place = place
        self.bar.setPageStep(max(1, int(flow.window - self.sheet.type.pitch)))
        self.bar.setSingleStep(int(self.sheet.type.pitch))
        self.bar.setRange(0, round(flow.maximum))
        self.bar.setValue(round(flow.value))
        self.bar.blockSignals(was_silent)
        self._is_syncing = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        if not self._is_syncing:
            self.sheet.flow.scroll_to(float(self.bar.value()))
            self.refresh_all()

    def scroll_px(self, change: float) -> None:
        """Scroll by px (down when positive)."""
        self.sheet.flow.scroll_by(float(round(change)))
        self.refresh_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / _NOTCH)
            event.accept()
        elif not event.pixelDelta().isNull():
            self.scroll_px(-event.pixelDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    # -- places ----------------------------------------------------------------------------

    def position_at(self, point: QPoint) -> int:
        """Return the caret position nearest to a point of the viewport."""
        return self.sheet.position_at(point.x(), point.y())

    def rect_of(self, position: int) -> QRect:
        """Return where the caret stands before a position, in the viewport."""
        return self.sheet.caret_rect(position).toRect()

    def rects_of(self, span: Span) -> list[QRect]:
        """Return where the words of a span stand, as far as they are in view."""
        return [rect.toRect() for rect in self.sheet.span_rects(span.start, span.end)]


def _touched_lines(text: TextRow, spans: list[Span]) -> tuple[int, int] | None:
    """Return the first and last line of a row that some spans stand on, if they touch it."""
    lines = [
        text.line_of(text.to_utf16(at))
        for span in spans
        if span.start < text.end and text.start < span.end
        for at in (span.start, span.end - 1)
    ]
    return (min(lines), max(lines)) if lines else None


def _has_moved(before: RowMarks, after: RowMarks) -> bool:
    """Say whether marks that stay have got another slot or lane."""
    if before.slots != after.slots:
        return True
    slots = {(p.mark_id, p.start): p.slot for p in before.pieces}
    lanes = {bar.mark_id: bar.lane for bar in before.bars}
    return any(slots.get((p.mark_id, p.start), p.slot) != p.slot for p in after.pieces) or any(
        lanes.get(bar.mark_id, bar.lane) != bar.lane for bar in after.bars
    )

"""What a screen reader is told: words, caret, selection and the mark under the caret.

Qt counts UTF-16 units here; the map between the two counts is built the first time it is asked
for, and for most texts both counts are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
    QAccessibleTextUpdateEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget

from annotator.i18n import has, term, tr
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.text.offsets import OffsetMap

if TYPE_CHECKING:
    from annotator.gui.article.view import ArticleView

_MOST_NAMED = 3
_MOST_SAID = 120


class ArticleText(QAccessibleTextInterface):
    """Answer for the words of one view, in UTF-16 positions."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view
        self._text = ""
        self._offsets = OffsetMap("")

    def _map(self) -> OffsetMap:
        if self._view.text is not self._text:
            self._text = self._view.text
            self._offsets = OffsetMap(self._text)
        return self._offsets

    def _position(self, offset: int) -> int:
        offsets = self._map()
        return offsets.to_code_point(min(max(0, offset), offsets.length_utf16), snap=True)

    def _span(self, start: int, end: int) -> Span | None:
        low, high = sorted((self._position(start), self._position(end)))
        return Span(low, high) if low < high else None

    def to_utf16(self, position: int) -> int:
        """Return a position as Qt counts."""
        return self._map().to_utf16(position)

    def text(self, startOffset: int, endOffset: int, /) -> str:  # noqa: N803 - Qt's names
        """Return the words between two offsets."""
        end = self._map().length_utf16 if endOffset < 0 else endOffset
        span = self._span(startOffset, end)
        return span.slice(self._view.text) if span else ""

    def characterCount(self) -> int:
        """Return how long the text is."""
        return self._map().length_utf16

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        return self.to_utf16(self._view.caret())

    def setCursorPosition(self, position: int, /) -> None:
        """Put the caret somewhere."""
        self._view.set_caret(self._position(position))

    def selectionCount(self) -> int:
        """Return 1 if something is selected."""
        return 0 if self._view.selection() is None else 1

    def selection(self, selectionIndex: int, /) -> tuple[int, int]:  # noqa: N803
        """Return the selected stretch, ``(0, 0)`` for none."""
        span = self._view.selection()
        if span is None or selectionIndex:
            return 0, 0
        return self.to_utf16(span.start), self.to_utf16(span.end)

    def addSelection(self, startOffset: int, endOffset: int, /) -> None:  # noqa: N803
        """Select a stretch."""
        self.setSelection(0, startOffset, endOffset)

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int, /) -> None:  # noqa: N803
        """Select a stretch."""
        span = self._span(startOffset, endOffset)
        if span is not None:
            self._view.select(span)

    def removeSelection(self, selectionIndex: int, /) -> None:  # noqa: N803
        """Select nothing."""
        self._view.clear_selection()

    def scrollToSubstring(self, startIndex: int, endIndex: int, /) -> None:  # noqa: N803
        """Bring a stretch into view."""
        span = self._span(startIndex, endIndex)
        if span is not None:
            self._view.scroll_to(span)

    def offsetAtPoint(self, point: QPoint, /) -> int:
        """Return the offset at a point of the screen."""
        local = self._view.viewport().mapFromGlobal(point)
        return self.to_utf16(self._view.position_at(local))

    def characterRect(self, offset: int, /) -> QRect:
        """Return where a character is on the screen."""
        at = self._position(offset)
        rects = self._view.rects_of(Span(at, at + 1)) if at < len(self._view.text) else []
        rect = rects[0] if rects else self._view.rect_of(at)
        return rect.translated(self._view.viewport().mapToGlobal(QPoint(0, 0)))

    def attributes(self, offset: int, /) -> tuple[str, int, int]:
        """Return ``mark:NAMES;`` for the marks at an offset, and how far they reach unchanged."""
        at = self._position(offset)
        names = mark_names(self._view, at)
        spans = [s for name in self._view.marks_at(at) for s in self._view.layer.spans_of(name)]
        here = [span for span in spans if span.start <= at < span.end]
        low = max((span.start for span in here), default=0)
        high = min((span.end for span in here), default=len(self._view.text))
        return (
            f"mark:{names};" if names else "",
            self.to_utf16(low),
            self.to_utf16(max(high, low)),
        )


def mark_names(view: ArticleView, position: int) -> str:
    """Return the kinds of the marks at a position in words, innermost first."""
    keys = [view.layer.style_key(mark_id) for mark_id in view.marks_at(position)[:_MOST_NAMED]]
    return ", ".join(_name(key) for key in keys)


def _name(key: str) -> str:
    special = f"article.mark.{key}"
    return tr(special) if has(special) else term(MarkKind(key.partition(".")[0]))


class ArticleAccessible(QAccessibleWidget):
    """Answer for the view as a widget: a read-only document."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.Document, view.accessibleName())
        self._view = view
        self.words = ArticleText(view)

    def interface_cast(self, kind: QAccessible.InterfaceType, /) -> int:
        """Offer the text interface (the stub calls a C++ pointer an ``int``)."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return cast("int", self.words)
        return super().interface_cast(kind)

    def state(self) -> QAccessible.State:
        """Return the widget's state: read only, on several lines, text that can be selected."""
        state = super().state()
        state.readOnly = True
        state.multiLine = True
        state.selectableText = True
        return state

    def text(self, kind: QAccessible.Text, /) -> str:
        """Return the name; as description, the marks under the caret."""
        if kind == QAccessible.Text.Description:
            return mark_names(self._view, self._view.caret())
        return super().text(kind)


class _Factory:
    """Keep what was made for each view: Qt holds no reference to Python objects."""

    def __init__(self) -> None:
        self.is_installed = False
        self.made: dict[int, ArticleAccessible] = {}

    def make(self, class_name: str, widget: QObject | None) -> QAccessibleInterface | None:
        """Make the interface of an article view; of anything else Qt knows better."""
        from annotator.gui.article.view import ArticleView

        if not isinstance(widget, ArticleView):
            return None
        key = id(widget)
        known = self.made.get(key)
        if known is None:
            known = self.made[key] = ArticleAccessible(widget)
            widget.destroyed.connect(lambda: self.made.pop(key, None))
        return known


_factory = _Factory()


def install() -> None:
    """Tell Qt who answers for article views (once)."""
    if not _factory.is_installed:
        _factory.is_installed = True
        QAccessible.installFactory(_factory.make)


def tell_text(view: QAbstractScrollArea) -> None:
    """Tell a screen reader that another text is shown."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleTextUpdateEvent(view, 0, "", ""))


def tell_caret(view: ArticleView) -> None:
    """Tell a screen reader about the caret, the selection and the marks the caret comes to."""
    if not QAccessible.isActive():
        return
    answers = _factory.made.get(id(view))
    offsets = answers.words if answers else ArticleText(view)
    QAccessible.updateAccessibility(
        QAccessibleTextCursorEvent(view, offsets.to_utf16(view.caret()))
    )
    span = view.selection()
    if span is not None:
        event = QAccessibleTextSelectionEvent(
            view, offsets.to_utf16(span.start), offsets.to_utf16(span.end)
        )
        QAccessible.updateAccessibility(event)
        # WORKAROUND(PySide6 6.11): Qt cannot ask Python for the selected stretch, only be told.
        _announce(view, tr("article.selected", words=_shortened(span.slice(view.text))))
    names = mark_names(view, view.caret())
    if names:
        _announce(view, names)


def _announce(view: ArticleView, sentence: str) -> None:
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, sentence))


def _shortened(words: str) -> str:
    return words if len(words) <= _MOST_SAID else f"{words[: _MOST_SAID - 1]}…"

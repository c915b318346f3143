"""Find in the article: ordinary texts at once, endless ones while nothing else waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.gui.article.find import Hits, find_slices, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.span import Span


class Finder(QObject):
    """Hold what was searched and found.

    ``changed(current, total)`` follows every change; ``current`` is -1 until a hit is gone to.
    """

    changed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits = Hits()
        self._slices: Iterator[list[Span]] | None = None
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def is_searching(self) -> bool:
        """Say whether a part of the text is still to be searched."""
        return self._next.isActive()

    def search(self, text: str, query: str, *, case: bool = False, words: bool = False) -> None:
        """Find all hits of a query; texts of ordinary length are done at once."""
        self.clear()
        wanted = pattern(query, case=case, words=words)
        if wanted is None:
            return
        self._slices = find_slices(text, wanted, len(query))
        self._go_on()
        if self._slices is not None:
            self._next.start()

    def set_hits(self, spans: Sequence[Span], current: int = -1) -> None:
        """Show hits that somebody else found, in text order."""
        self.clear()
        self.hits.extend(list(spans))
        self.hits.current = current if 0 <= current < len(spans) else -1
        self.changed.emit(self.hits.current, len(self.hits))

    def clear(self) -> None:
        """Forget the search."""
        self._next.stop()
        self._slices = None
        had_hits = len(self.hits) > 0
        self.hits.clear()
        if had_hits:
            self.changed.emit(-1, 0)

    def go(self, position: int, step: int) -> Span | None:
        """Make the next (1) or previous (-1) hit the current one, first seen from a position."""
        span = self.hits.go(position, step)
        if span is not None:
            self.changed.emit(self.hits.current, len(self.hits))
        return span

    def _go_on(self) -> None:
        found = next(self._slices, None) if self._slices is not None else None
        if found is None:
            self._slices = None
            self._next.stop()
            return
        self.hits.extend(found)
        if found or len(self.hits) == 0:
            self.changed.emit(self.hits.current, len(self.hits))

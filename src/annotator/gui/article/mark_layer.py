"""All marks of the open article: kept ones and proposals, how they look and which stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.article.mark_rows import Layer, RowMarks, marks_of_row
from annotator.gui.article.marks import MarkIndex
from annotator.gui.article.paint_marks import Emphasis
from annotator.gui.article.styles import TEXT_KINDS, StyleTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor

    from annotator.gui.article.text_row import TextRow
    from annotator.model.span import Span


class MarkLayer:
    """Answer what marks stand where.

    Args:
        styles: how kinds of marks look.
        masked: the colour of furniture inside a paragraph.
    """

    def __init__(self, styles: StyleTable, masked: QColor) -> None:
        self.styles = styles
        self.masked_colour = masked
        self.mask: tuple[Span, ...] = ()
        self.emphasis = Emphasis()
        self.kept = MarkIndex()
        self.proposals = MarkIndex()

    def of(self, text: TextRow) -> RowMarks:
        """Return the marks of a row, placed (and remembered until the row's marks change)."""
        if text.marks is None:
            layers = (Layer(self.kept), Layer(self.proposals, proposed=True))
            used = tuple(layer for layer in layers if len(layer.index))
            text.marks = marks_of_row(text, used, self.styles)
            text.set_colours(self._colours(text.start, text.end))
        return text.marks

    def at(self, position: int) -> list[str]:
        """Return the ids over a character, innermost first, kept marks before proposals."""
        return [*self.kept.at(position), *self.proposals.at(position)]

    def spans_of(self, mark_id: str) -> tuple[Span, ...]:
        """Return the spans of a mark or a proposal."""
        return self.kept.spans_of(mark_id) or self.proposals.spans_of(mark_id)

    def style_key(self, mark_id: str) -> str:
        """Return the style key of a mark or a proposal (empty: unknown mark)."""
        for index in (self.kept, self.proposals):
            kind = index.kind_of(mark_id)
            if kind is not None:
                return self.styles.key(mark_id, kind)
        return ""

    def _colours(self, start: int, end: int) -> list[tuple[int, int, QColor]]:
        """Return the stretches of ``[start, end)`` whose words are coloured themselves."""
        found: list[tuple[int, int, QColor]] = []
        index = self.kept
        for i in index.touching(start, end) if len(index) else ():
            key = self.styles.key(index.mark_ids[i], index.kinds[i])
            if key in TEXT_KINDS:
                found.append((index.starts[i], index.ends[i], self.styles.style(key).colour))
        found += [
            (span.start, span.end, self.masked_colour)
            for span in self.mask
            if span.start < end and start < span.end
        ]
        return found

    def spans_of_all(self, mark_ids: Iterable[str]) -> list[Span]:
        """Return the spans of several marks."""
        wanted = set(mark_ids)
        if not wanted:
            return []
        return [*self.kept.spans_of_all(wanted), *self.proposals.spans_of_all(wanted)]

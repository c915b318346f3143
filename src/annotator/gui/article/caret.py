"""The caret and the selection, and how they move. Positions only; nothing is drawn here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from annotator.gui.article.sheet import Sheet

#: Around a position, so much of an endless line is looked at for a sentence.
_REACH = 4_000


class Caret:
    """Hold the caret and the other end of the selection.

    Args:
        sheet: where text stands (for lines and pages).
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.position = 0
        self.anchor = 0
        self.language = "und"
        self._goal: float | None = None

    @property
    def selection(self) -> Span | None:
        """Return what is selected."""
        if self.anchor == self.position:
            return None
        return Span(min(self.anchor, self.position), max(self.anchor, self.position))

    def place(self, position: int, *, extend: bool = False) -> None:
        """Put the caret at a position, with ``extend`` keeping the other end of the selection."""
        self.position = min(max(0, position), len(self._sheet.text))
        if not extend:
            self.anchor = self.position
        self._goal = None

    def select(self, start: int, end: int) -> None:
        """Select from ``start`` to ``end``; the caret stands at ``end`` (which may come first)."""
        self.place(start)
        self.place(end, extend=True)

    # -- moves -----------------------------------------------------------------------------

    def step(self, step: int, *, extend: bool = False, words_only: bool = False) -> None:
        """Move one character (or word) on or back; a plain step leaves a selection at its edge."""
        selection = self.selection
        if selection is not None and not extend and not words_only:
            self.place(selection.end if step > 0 else selection.start)
            return
        move = self._word if words_only else self._character
        self.place(move(self.position, step), extend=extend)

    def turned(self, step: int) -> int:
        """Return a step to the right (1) or left (-1) as a step in reading order."""
        row = self._sheet.text_row(self._sheet.rows.row_of(self.position))
        return -step if row is not None and row.rtl else step

    def _character(self, position: int, step: int) -> int:
        row = self._sheet.rows.row_of(position)
        text = self._sheet.text_row(row)
        found = text.step(position, step) if text else None
        while found is None or found == position:
            row += step
            if not 0 <= row < len(self._sheet.rows):
                return position
            text = self._sheet.text_row(row)
            if text is None:
                continue
            found = text.start if step > 0 else text.end
            if found == position:
                found = text.step(position, step)
        return found

    def _word(self, position: int, step: int) -> int:
        """Return the start of the next or of this (or the previous) word."""
        from annotator.text.words import words

        sheet = self._sheet
        row = sheet.rows.row_of(position)
        while 0 <= row < len(sheet.rows):
            text = sheet.text_row(row)
            if text is not None:
                starts = [text.start + s.start for s in words(sheet.text[text.start : text.end])]
                if step > 0:
                    at = bisect_right(starts, position)
                    if at < len(starts):
                        return starts[at]
                    if position < text.end:
                        return text.end
                else:
                    at = bisect_left(starts, position) - 1
                    if at >= 0:
                        return starts[at]
                    if position > text.start:
                        return text.start
            row += step
        return position

    def line(self, step: int, *, extend: bool = False) -> None:
        """Move a line down (1) or up (-1), keeping the column."""
        goal = self._goal_x()
        to = self._sheet.line_step(self.position, goal, step)
        if to is None:
            to = len(self._sheet.text) if step > 0 else 0
        self.place(to, extend=extend)
        self._goal = goal

    def page(self, step: int, *, extend: bool = False) -> None:
        """Move a window's height down or up, keeping the column and the caret's place in it."""
        sheet = self._sheet
        goal = self._goal_x()
        box = sheet.caret_rect(self.position)
        # Who has scrolled away from the caret goes on from what is on the screen.
        seen = 0 <= box.center().y() < sheet.flow.window
        y = box.center().y() if seen else sheet.type.pitch
        before = sheet.flow.row, sheet.flow.offset
        height = max(sheet.type.pitch, sheet.flow.window - 2 * sheet.type.pitch)
        sheet.flow.scroll_by(step * height)
        if (sheet.flow.row, sheet.flow.offset) == before:
            self.place(len(sheet.text) if step > 0 else 0, extend=extend)
        else:
            self.place(sheet.position_at(sheet.columns.text + goal, y), extend=extend)
        self._goal = goal

    def _goal_x(self) -> float:
        if self._goal is None:
            rect = self._sheet.caret_rect(self.position)
            self._goal = rect.left() - self._sheet.columns.text
        return self._goal

    def line_edge(self, step: int, *, extend: bool = False) -> None:
        """Move to the end (1) or the start (-1) of the line."""
        first, last = self._sheet.line_range(self.position)
        self.place(last if step > 0 else first, extend=extend)

    def paragraph_edge(self, step: int, *, extend: bool = False) -> None:
        """Move to the start of the next paragraph, or of this one (then of the one before)."""
        rows = self._sheet.rows
        row = rows.first_of(rows.row_of(self.position))
        if step < 0 and self.position > rows.starts[row]:
            self.place(rows.starts[row], extend=extend)
            return
        row += step
        while 0 <= row < len(rows):
            text = self._sheet.text_row(row) if rows.firsts[row] else None
            if text is not None and text.end > text.start:
                self.place(text.start, extend=extend)
                return
            row += step
        self.place(len(self._sheet.text) if step > 0 else 0, extend=extend)

    # -- words, sentences, paragraphs ------------------------------------------------------

    def word(self, position: int) -> Span | None:
        """Return the word at or just before a position."""
        from annotator.text.words import word_at

        text = self._sheet.text
        return word_at(text, position) or (word_at(text, position - 1) if position else None)

    def sentence(self, position: int) -> Span | None:
        """Return the sentence at a position."""
        from annotator.text.segments import sentence_at

        low, high = self._around(position)
        words_here = self._sheet.text[low:high]
        if not words_here.strip():
            return None
        found = sentence_at(words_here, position - low, self.language)
        return Span(found.start + low, found.end + low)

    def paragraph(self, position: int) -> Span | None:
        """Return the paragraph at a position."""
        from annotator.text.segments import paragraph_at

        text = self._sheet.text
        row = self._sheet.rows.row_of(position)
        if self._sheet.rows.starts[row] == self._sheet.rows.ends[row]:
            return None
        return paragraph_at(text, position)

    def _around(self, position: int) -> tuple[int, int]:
        """Return the paragraph at a position, cut where it is endless."""
        text = self._sheet.text
        low = text.rfind("\n", max(0, position - _REACH), position) + 1
        high = text.find("\n", position, position + _REACH)
        return (
            low or max(0, position - _REACH),
            high if high >= 0 else min(len(text), position + _REACH),
        )

    def snapped(self, start: int, end: int) -> Span | None:
        """Return a selection widened to whole words (nothing: it holds only white space)."""
        from annotator.text.segments import snap_to_words

        return snap_to_words(self._sheet.text, start, end)

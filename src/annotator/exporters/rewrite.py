"""Put other words into a text and carry every position over."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from annotator.model.span import Span, Spans, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence


class Rewriting:
    """Replace stretches of a text by other words.

    Args:
        text: the text as it was.
        replacements: ``(span, words)``; a span that overlaps an earlier one is cut back to what
            is left of it, or left out.
    """

    def __init__(self, text: str, replacements: Sequence[tuple[Span, str]]) -> None:
        parts: list[str] = []
        self._cuts: list[tuple[int, int, int, int]] = []
        at = 0
        length = 0
        for span, words in sorted(replacements, key=lambda r: (r[0].start, -r[0].end)):
            if span.end <= at:
                continue
            start = max(span.start, at)
            kept = text[at:start]
            joins = start > span.start
            put = "" if joins else words
            parts += (kept, put)
            length += len(kept)
            self._cuts.append((start, span.end, length, length + len(put)))
            length += len(put)
            at = span.end
        parts.append(text[at:])
        self._starts = [cut[0] for cut in self._cuts]
        self.text = "".join(parts)

    def _move(self, position: int, *, to_end: bool) -> int:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        _start, end, new_start, new_end = self._cuts[index]
        if position >= end:
            return position - end + new_end
        if position == self._cuts[index][0]:
            return new_start
        return new_end if to_end else new_start

    def span(self, span: Span) -> Span | None:
        """Return where a span is now; ``None`` if nothing of it is left."""
        start = self._move(span.start, to_end=False)
        end = self._move(span.end, to_end=True)
        return Span(start, end) if start < end else None

    def position(self, position: int) -> int:
        """Return where a place is now; inside replaced words, their beginning."""
        return self._move(position, to_end=False)

    def is_gone(self, span: Span) -> bool:
        """Say whether nothing of a span is left: it lies wholly inside replaced words."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and span.end <= self._cuts[index][1]

    def spans(self, spans: Spans) -> Spans:
        """Return where spans are now, those that met joined."""
        return normalise(moved for s in spans if (moved := self.span(s)) is not None)

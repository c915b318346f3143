"""Half-open stretches of an article's canonical text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """Hold ``[start, end)`` in Unicode code points of the canonical text.

    Raises:
        ValueError: if the span is empty, reversed or starts before the text.
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if start < 0 or end <= start:
            message = f"not a span: [{start}, {end})"
            raise ValueError(message)
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether every character of ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def slice(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the span moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)


#: The slots themselves: what the dataclass would write to make a frozen span costs twice as much,
#: and nothing is made as often.
_set_start, _set_end = cast("Any", Span).start.__set__, cast("Any", Span).end.__set__

Spans = tuple[Span, ...]


def normalise(spans: Iterable[Span]) -> Spans:
    """Sort spans and join those that touch or overlap."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            if span.end > out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def subtract(spans: Iterable[Span], hole: Span) -> Spans:
    """Cut ``hole`` out of the spans."""
    out: list[Span] = []
    for span in spans:
        if not span.overlaps(hole):
            out.append(span)
            continue
        if span.start < hole.start:
            out.append(Span(span.start, hole.start))
        if hole.end < span.end:
            out.append(Span(hole.end, span.end))
    return tuple(out)


def hull(spans: Spans) -> Span:
    """Return the smallest single span that holds all of them."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def covered(spans: Spans, inside: Span) -> int:
    """Count the code points of ``inside`` that the (normalised) spans cover."""
    return sum(max(0, min(s.end, inside.end) - max(s.start, inside.start)) for s in spans)

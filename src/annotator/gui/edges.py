"""Where an edge of a mark or of a proposal goes, by key and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.span import Span, normalise
from annotator.text.words import words

if TYPE_CHECKING:
    from annotator.model.span import Spans

#: Words are looked for so many characters around an edge.
_REACH = 400


def stepped(text: str, spans: Spans, how: str) -> tuple[int, str, int]:
    """Return which fragment, which edge of it, and where it goes by one step.

    Args:
        text: the canonical text.
        spans: the spans of the mark; its start is the first one's, its end the last one's.
        how: edge, unit and way, as ``end.word.forward`` or ``start.letter.back``.
    """
    edge, unit, way = how.split(".")
    fragment = 0 if edge == "start" else len(spans) - 1
    span = spans[fragment]
    at = span.start if edge == "start" else span.end
    is_forward = way == "forward"
    if unit == "letter":
        to = min(at + 1, len(text)) if is_forward else max(at - 1, 0)
    else:
        to = _word_stop(text, at, edge, forward=is_forward)
    return fragment, edge, to


def _word_stop(text: str, at: int, edge: str, *, forward: bool) -> int:
    """Return the next word boundary: a start for the start of a mark, an end for its end."""
    low = max(0, at - _REACH)
    found = [span.shifted(low) for span in words(text[low : at + _REACH])]
    stops = [span.start if edge == "start" else span.end for span in found]
    if forward:
        return next((stop for stop in stops if stop > at), at)
    return next((stop for stop in reversed(stops) if stop < at), at)


def put(text: str, spans: Spans, fragment: int, edge: str, to: int) -> Spans | None:
    """Return the spans with an edge of a fragment at ``to``; ``None`` if it cannot be there."""
    if fragment >= len(spans):
        return None
    span = spans[fragment]
    start, end = (to, span.end) if edge == "start" else (span.start, to)
    if not 0 <= start < end <= len(text):
        return None
    return normalise((*spans[:fragment], Span(start, end), *spans[fragment + 1 :]))

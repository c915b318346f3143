"""Anchors: find a mark by its words and what stood around them.

The idea is that of the W3C Web Annotation TextQuoteSelector: the exact words with a prefix and a
suffix.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from annotator.model.annotations import Anchor
from annotator.model.span import Span, Spans, hull
from annotator.text.alignment import Mapping, align, shared_ends
from annotator.text.likeness import Likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Characters kept on each side.
CONTEXT = 32
#: Stands between the pieces of a discontinuous mark.
SEPARATOR = " […] "
#: A short quotation is only believed elsewhere if this much of its surroundings is there too.
_MIN_CONTEXT = 8
_LONG_ENOUGH = 24
_CANDIDATE_LIMIT = 2_000
_SIMILAR = 0.6
#: A few words between the same surroundings are believed to be the same with so many letter pairs.
_KIN = 0.4
#: So much is looked at on each side of a few words, the wider first; the least is asked of both.
_REACHES = (24, 12)
#: How far apart two pieces of one mark may stand.
_APART = 600


@dataclass(frozen=True, slots=True)
class Placement:
    """Say where an anchor was found and how.

    ``how`` is ``exact`` (the words with their surroundings), ``moved`` (the words, among other
    surroundings) or ``changed`` (the surroundings, with other words between them).
    """

    spans: Spans
    how: str


def make_anchor(text: str, spans: Spans) -> Anchor:
    """Make the anchor of a mark.

    Raises:
        ValueError: if a span reaches beyond the text, or there is none.
    """
    if not spans or max(span.end for span in spans) > len(text):
        message = "the spans do not lie in the text"
        raise ValueError(message)
    whole = hull(spans)
    return Anchor(
        SEPARATOR.join(span.slice(text) for span in spans),
        text[max(0, whole.start - CONTEXT) : whole.start],
        text[whole.end : whole.end + CONTEXT],
    )


def verify(text: str, spans: Spans, anchor: Anchor) -> bool:
    """Say whether the words and surroundings of an anchor are where its spans say."""
    if not spans or max(span.end for span in spans) > len(text):
        return False
    whole = hull(spans)
    words = SEPARATOR.join(span.slice(text) for span in spans)
    return (
        words == anchor.quotation
        and text.endswith(anchor.prefix, 0, whole.start)
        and text.startswith(anchor.suffix, whole.end)
    )


def place(
    text: str, anchor: Anchor, *, near: int | None = None, pieces: tuple[int, ...] = ()
) -> Placement | None:
    """Find where an anchor belongs in a text.

    Args:
        text: the canonical text to search.
        anchor: the words and what stood around them.
        near: where the mark is expected; decides between equally good places.
        pieces: the lengths of the mark's spans; without them the quotation is split at the
            separator.

    Returns:
        The place, or ``None`` when nothing is convincing or two places are equally good.
    """
    parts = _split(anchor.quotation, pieces)
    if not parts or not all(parts):
        return None
    best = _best(text, anchor, _occurrences(text, parts), near)
    if best is not None:
        return best
    return _changed(text, anchor, near) if len(parts) == 1 else None


@dataclass(frozen=True, slots=True)
class Carried:
    """Say what became of a mark in a new version of its text.

    ``how`` is ``exact`` (the same words in the same place of the story), ``moved`` (the same words
    elsewhere), ``changed`` (other words between the same surroundings), ``moved-changed`` (nearly
    the same words elsewhere) or ``lost``; then there are no spans.
    """

    spans: Spans
    how: str


def carry(old: str, new: str, marks: Sequence[Spans]) -> list[Carried]:
    """Carry marks over to a new version of a text.

    Args:
        old: the canonical text that the marks lie in.
        new: the new canonical text.
        marks: the spans of each mark.

    Returns:
        One result a mark, in order. An edit outside a mark leaves it on the same words.
    """
    mapping = Mapping(align(old, new))
    likeness = Likeness(new)
    head, tail = shared_ends(old, new)
    found: list[Carried] = []
    for spans in marks:
        whole = hull(spans)
        # One edit, wherever it is, leaves what stands before or behind it on the same words.
        if whole.end <= head:
            found.append(Carried(spans, "exact"))
        elif whole.start >= len(old) - tail:
            shift = len(new) - len(old)
            found.append(Carried(tuple(span.shifted(shift) for span in spans), "exact"))
        else:
            found.append(_carry_one(old, new, spans, mapping, likeness))
    return found


def _carry_one(old: str, new: str, spans: Spans, mapping: Mapping, likeness: Likeness) -> Carried:
    mapped = [mapping.span(span) for span in spans]
    moved = tuple(span for span in mapped if span is not None)
    if len(moved) == len(spans) and _ordered(moved):
        same = all(a.slice(old) == b.slice(new) for a, b in zip(spans, moved, strict=True))
        if same:
            return Carried(moved, "exact")
    anchor = make_anchor(old, spans)
    near = mapping.near(spans[0].start)
    found = place(new, anchor, near=near, pieces=tuple(len(span) for span in spans))
    if found is not None and found.how != "changed":
        return Carried(found.spans, "moved")
    if len(moved) == len(spans) and _ordered(moved) and _alike(old, spans, new, moved):
        return Carried(moved, "changed")
    if len(spans) == 1 and (only := _only_place(old, new, spans[0])) is not None:
        return Carried((only,), "moved")
    if found is None:
        placed = _rewritten(anchor, [span.slice(old) for span in spans], likeness)
    else:
        placed = found.spans
    if not placed and len(spans) == 1:
        between = _between(old, new, spans[0])
        placed = () if between is None else (between,)
    if not placed:
        return Carried((), "lost")
    stayed = mapping.encloses(hull(spans), hull(placed))
    return Carried(placed, "changed" if stayed else "moved-changed")


def _only_place(old: str, new: str, span: Span) -> Span | None:
    """Return where words stand that each version has once, such as a name, whatever is around."""
    words = span.slice(old)
    if len(words) < _MIN_CONTEXT or " " not in words:
        return None
    at = new.find(words)
    if at < 0 or old.count(words) != 1 or new.count(words) != 1:
        return None
    beside = new[max(0, at - 1) : at] + new[at + len(words) : at + len(words) + 1]
    return None if any(c.isalnum() for c in beside) else Span(at, at + len(words))


def _between(old: str, new: str, span: Span) -> Span | None:
    """Return what stands where a few words stood: between the same surroundings of the same line.

    "six mois" may have become "huit mois". There must be one such place in each version, and a word
    or most letters must have stayed: words that were replaced by quite others are lost.
    """
    words = span.slice(old)
    if len(words) > _LONG_ENOUGH + _MIN_CONTEXT or "\n" in words:
        return None
    line = old.rfind("\n", 0, span.start) + 1
    end = old.find("\n", span.end)
    end = len(old) if end < 0 else end
    for reach in _REACHES:
        before = old[max(line, span.start - reach) : span.start]
        after = old[span.end : min(end, span.end + reach)]
        if len(before) + len(after) < _REACHES[-1]:
            return None
        form = re.compile(
            f"{re.escape(before) if before else '^'}([^\n]{{1,{2 * len(words) + 16}}}?)"
            f"{re.escape(after) if after else '$'}",
            re.MULTILINE,
        )
        if len(list(islice(form.finditer(old), 2))) != 1:
            continue
        found = list(islice(form.finditer(new), 2))
        if len(found) == 1 and _is_kin(words, found[0][1]):
            return _trimmed(new, Span(*found[0].span(1)))
    return None


def _is_kin(one: str, other: str) -> bool:
    """Say whether few words are about the same thing still, by a word or most of their letters."""
    if len(other.split()) > len(one.split()) + 2:
        return False
    shared = {word.casefold() for word in one.split()} & {w.casefold() for w in other.split()}
    return any(len(word) > 3 for word in shared) or _similarity(one, other) >= _KIN


def _trimmed(text: str, span: Span) -> Span | None:
    words = span.slice(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    return Span(start, end) if start < end else None


def _rewritten(anchor: Anchor, pieces: Sequence[str], likeness: Likeness) -> Spans:
    """Find nearly the same words elsewhere, every piece behind the one before."""
    found: list[Span] = []
    for number, piece in enumerate(pieces):
        before = anchor.prefix if number == 0 else ""
        after = anchor.suffix if number == len(pieces) - 1 else ""
        span = likeness.find(piece, before, after)
        if span is None or (found and not 0 <= span.start - found[-1].end <= _APART):
            return ()
        found.append(span)
    return tuple(found)


def _ordered(spans: Spans) -> bool:
    return all(left.end <= right.start for left, right in pairwise(spans))


def _alike(old: str, spans: Spans, new: str, moved: Spans) -> bool:
    """Say whether a stretch whose ends survived is still about the same words."""
    one = "".join(span.slice(old) for span in spans)
    other = "".join(span.slice(new) for span in moved)
    return len(other) <= 3 * len(one) + 200 and _similarity(one, other) >= _SIMILAR / 2


def _split(quotation: str, pieces: tuple[int, ...]) -> list[str]:
    if sum(pieces) + len(SEPARATOR) * (len(pieces) - 1) != len(quotation):
        return quotation.split(SEPARATOR)
    found: list[str] = []
    at = 0
    for length in pieces:
        found.append(quotation[at : at + length])
        at += length + len(SEPARATOR)
    return found


def _occurrences(text: str, parts: list[str]) -> list[Spans]:
    """Find the places where the parts follow each other."""
    found: list[Spans] = []
    at = text.find(parts[0])
    while at >= 0 and len(found) < _CANDIDATE_LIMIT:
        spans = [Span(at, at + len(parts[0]))]
        for part in parts[1:]:
            reach = spans[-1].end + _APART + 2 * len(part)
            after = text.find(part, spans[-1].end, reach)
            if after < 0:
                break
            spans.append(Span(after, after + len(part)))
        if len(spans) == len(parts):
            found.append(tuple(spans))
        at = text.find(parts[0], at + 1)
    return found


def _context(text: str, spans: Spans, anchor: Anchor) -> int:
    """Count the characters of the surroundings that fit, outwards from the words."""
    whole = hull(spans)
    before = text[max(0, whole.start - len(anchor.prefix)) : whole.start]
    after = text[whole.end : whole.end + len(anchor.suffix)]
    return _shared(before[::-1], anchor.prefix[::-1]) + _shared(after, anchor.suffix)


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _best(text: str, anchor: Anchor, candidates: list[Spans], near: int | None) -> Placement | None:
    """Choose among places that have the words."""
    scored = [(_context(text, spans, anchor), spans) for spans in candidates]
    if not scored:
        return None
    top = max(score for score, _ in scored)
    equal = [spans for score, spans in scored if score == top]
    full = len(anchor.prefix) + len(anchor.suffix)
    convincing = top >= min(_MIN_CONTEXT, full) or len(anchor.quotation) >= _LONG_ENOUGH
    if not convincing or (len(equal) > 1 and near is None):
        return None
    spans = equal[0] if near is None else min(equal, key=lambda s: abs(s[0].start - near))
    return Placement(spans, "exact" if top == full else "moved")


def _changed(text: str, anchor: Anchor, near: int | None) -> Placement | None:
    """Find the surroundings with similar words between them."""
    length = len(anchor.quotation)
    if min(len(anchor.prefix), len(anchor.suffix)) < _MIN_CONTEXT:
        return None
    found: list[Span] = []
    at = text.find(anchor.prefix)
    while at >= 0 and len(found) < _CANDIDATE_LIMIT:
        start = at + len(anchor.prefix)
        end = text.find(anchor.suffix, start, start + 2 * length + 64 + len(anchor.suffix))
        if end > start and _similarity(text[start:end], anchor.quotation) >= _SIMILAR:
            found.append(Span(start, end))
        at = text.find(anchor.prefix, at + 1)
    if not found or (len(found) > 1 and near is None):
        return None
    span = found[0] if near is None else min(found, key=lambda s: abs(s.start - near))
    return Placement((span,), "changed")


def _similarity(one: str, other: str) -> float:
    """Return the Dice coefficient of the letter pairs, in [0, 1]."""
    pairs, others = (Counter(map("".join, pairwise(s))) for s in (one, other))
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else float(one == other)

"""From a text to the rows that are shown, by position only: no Qt, no measuring.

A row is a line of the text, a piece of an overlong line (split for display only), a run of page
furniture folded to one line, or the details above the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from annotator.model.span import Span, normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

#: Kinds of rows. ``EMPTY`` is a blank line after words, ``BLANK`` any other one; ``FOLD`` is
#: a run of furniture folded to one line, ``OPEN`` the line above an unfolded one.
BODY, EMPTY, BLANK, HEADING, HEADLINE, MASKED, FOLD, OPEN, HEADER = range(9)
#: Rows that show no text of their own.
TEXTLESS = frozenset({FOLD, OPEN, HEADER})
#: A longer line is laid out in pieces, so that no layout is ever slow.
LIMIT = 5_000
#: How far back from the limit a good place to split is looked for.
_REACH = 800
_SENTENCE_END = re.compile(r"[.!?…][»”\"’)\]]*\s+")
_CLINGING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u200d"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff"
    "\U000e0020-\U000e007f]"
)


@dataclass(slots=True)
class Rows:
    """Hold the rows as columns.

    ``starts`` and ``ends`` are code points (ends without the line end); ``kinds`` are the numbers
    above; ``firsts`` says 1 where a row begins its line of the text.
    """

    starts: list[int]
    ends: list[int]
    kinds: bytearray
    firsts: bytearray
    paragraphs: Sequence[Span] | None = None
    _numbers: list[int] = field(default_factory=list[int])

    def __len__(self) -> int:
        return len(self.starts)

    def row_of(self, position: int) -> int:
        """Return the row that shows a position (at a split: the later piece)."""
        return max(0, bisect_right(self.starts, position) - 1)

    def first_of(self, row: int) -> int:
        """Return the first row of the line that a row belongs to."""
        while row > 0 and not self.firsts[row]:
            row -= 1
        return row

    def is_last(self, row: int) -> bool:
        """Say whether a row ends its line of the text."""
        return row + 1 >= len(self.starts) or bool(self.firsts[row + 1])

    def number(self, row: int) -> int:
        """Return the paragraph number to show beside a row (0: none).

        By default the paragraphs of the article itself are counted from 1; where a list of
        paragraphs was given, their ordinals are.
        """
        if self.kinds[row] != BODY or not self.firsts[row]:
            return 0
        if self.paragraphs is not None:
            at = bisect_right(self.paragraphs, self.starts[row], key=lambda span: span.start)
            return at if at and self.paragraphs[at - 1].end > self.starts[row] else 0
        if not self._numbers:
            counts = (
                1 if kind == BODY and first else 0
                for kind, first in zip(self.kinds, self.firsts, strict=True)
            )
            self._numbers = list(accumulate(counts))
        return self._numbers[row]

    def of(self, span: Span) -> range:
        """Return the rows that show some of a span."""
        return range(self.row_of(span.start), self.row_of(span.end - 1) + 1)

    def hides(self, row: int) -> bool:
        """Say whether a row stands for words that it does not show."""
        return self.kinds[row] == FOLD

    def furniture(self, row: int) -> Span:
        """Return the run of furniture that a ``FOLD`` or ``OPEN`` row stands for."""
        last = row
        if self.kinds[row] == OPEN:
            for at in range(row + 1, len(self.kinds)):
                if self.kinds[at] == MASKED:
                    last = at
                elif self.kinds[at] not in (EMPTY, BLANK):
                    break
        return Span(self.starts[row], self.ends[last])


@dataclass(frozen=True, slots=True)
class Outline:
    """Say what the lines of a text are, as the importer and the person know it."""

    mask: Iterable[Span] = ()
    headings: Iterable[Span] = ()
    headline: Span | None = None
    has_header: bool = False
    unfolded: Collection[int] = ()
    paragraphs: Sequence[Span] | None = None


_Patch = tuple[int, int, list[tuple[int, int, int, int]]]


def build_rows(text: str, outline: Outline | None = None) -> Rows:
    """Cut a text into rows. Linear, and quick where nothing special is in it."""
    outline = outline or Outline()
    ends = [match.start() for match in re.finditer("\n", text)]
    starts = [0]
    starts.extend(end + 1 for end in ends)
    ends.append(len(text))
    kinds = bytearray(len(starts))
    _mark_blank(text, starts, ends, kinds)
    _mark_headings(outline, starts, kinds)
    runs = _mark_masked(text, outline, starts, ends, kinds)
    patches = _folds(runs, outline.unfolded, starts, ends)
    folded = {line for low, high, _ in patches for line in range(low, high)}
    for line, pieces in _half_masked(text, outline, starts, ends, kinds):
        patches.append((line, line + 1, pieces))
    for line in [i for i, start in enumerate(starts) if ends[i] - start > LIMIT]:
        if line not in folded:
            patches.append((line, line + 1, _pieces(text, starts[line], ends[line], kinds[line])))
    if outline.has_header:
        at = _header_line(kinds, folded)
        place = starts[at] if at < len(starts) else len(text)
        patches.append((at, at, [(place, place, HEADER, 1)]))
    rows = Rows(starts, ends, kinds, bytearray(b"\1") * len(starts), outline.paragraphs)
    return _patched(rows, sorted(patches, key=lambda patch: patch[:2])) if patches else rows


def _mark_blank(text: str, starts: list[int], ends: list[int], kinds: bytearray) -> None:
    previous = -1
    for line, start in enumerate(starts):
        end = ends[line]
        if start == end or (text[start].isspace() and text[start:end].isspace()):
            kinds[line] = BLANK if previous == line - 1 else EMPTY
            previous = line


def _mark_headings(outline: Outline, starts: list[int], kinds: bytearray) -> None:
    for span in outline.headings:
        for line in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            if kinds[line] == BODY:
                kinds[line] = HEADING
    if outline.headline is not None:
        line = bisect_right(starts, outline.headline.start) - 1
        if kinds[line] in (BODY, HEADING):
            kinds[line] = HEADLINE


def _mark_masked(
    text: str, outline: Outline, starts: list[int], ends: list[int], kinds: bytearray
) -> list[tuple[int, int]]:
    """Mark the lines that the mask covers whole and return them as runs (first, after last)."""
    runs: list[tuple[int, int]] = []
    for span in normalise(outline.mask):
        line = max(0, bisect_right(starts, span.start) - 1)
        while line < len(starts) and starts[line] < span.end:
            words = text[starts[line] : ends[line]].strip()
            if words and kinds[line] not in (EMPTY, BLANK):
                at = text.index(words, starts[line])
                if span.start <= at and at + len(words) <= span.end:
                    kinds[line] = MASKED
                    _extend_run(runs, line, kinds)
            line += 1
    return runs


def _extend_run(runs: list[tuple[int, int]], line: int, kinds: bytearray) -> None:
    if runs and all(kinds[i] in (EMPTY, BLANK) for i in range(runs[-1][1], line)):
        runs[-1] = (runs[-1][0], line + 1)
    else:
        runs.append((line, line + 1))


def _folds(
    runs: list[tuple[int, int]], unfolded: Collection[int], starts: list[int], ends: list[int]
) -> list[_Patch]:
    return [
        (low, low, [(starts[low], starts[low], OPEN, 1)])
        if starts[low] in unfolded
        else (low, high, [(starts[low], ends[high - 1], FOLD, 1)])
        for low, high in runs
    ]


def _half_masked(
    text: str, outline: Outline, starts: list[int], ends: list[int], kinds: bytearray
) -> Iterator[tuple[int, list[tuple[int, int, int, int]]]]:
    """Cut lines that begin or end with furniture: copied pages run it into the headline."""
    for line, cuts in _cuts(outline.mask, starts, ends, kinds).items():
        start, end = starts[line], ends[line]
        before, after = start, end
        for span in cuts:
            if not text[start : span.start].strip():
                before = max(before, min(span.end, end))
            elif not text[span.end : end].strip():
                after = min(after, max(span.start, start))
        before = end - len(text[before:end].lstrip()) if before > start else start
        pieces: list[tuple[int, int, int, int]] = []
        if before > start:
            pieces += _folded(start, before, outline.unfolded)
        pieces.append((before, after, kinds[line], 1))
        if after < end:
            pieces += _folded(after, end, outline.unfolded)
        if len(pieces) > 1:
            yield line, pieces


def _cuts(
    mask: Iterable[Span], starts: list[int], ends: list[int], kinds: bytearray
) -> dict[int, list[Span]]:
    """Return the mask's spans by the line in which they start or end, whole lines left out."""
    found: dict[int, list[Span]] = {}
    for span in normalise(mask):
        for place in {span.start, span.end - 1}:
            line = max(0, bisect_right(starts, place) - 1)
            if kinds[line] in (BODY, HEADING, HEADLINE) and ends[line] - starts[line] <= LIMIT:
                known = found.setdefault(line, [])
                if span not in known:
                    known.append(span)
    return found


def _folded(start: int, end: int, unfolded: Collection[int]) -> list[tuple[int, int, int, int]]:
    if start in unfolded:
        return [(start, start, OPEN, 1), (start, end, MASKED, 1)]
    return [(start, end, FOLD, 1)]


def _header_line(kinds: bytearray, folded: set[int]) -> int:
    """Return the line before which the details stand: the article's own first one."""
    for line, kind in enumerate(kinds):
        if kind == HEADLINE:
            return line + 1
        if kind not in (EMPTY, BLANK, MASKED) and line not in folded:
            return kinds.index(HEADLINE, line) + 1 if HEADLINE in kinds[line : line + 12] else line
    return len(kinds) - 1 if kinds else 0


def _pieces(text: str, start: int, end: int, kind: int) -> list[tuple[int, int, int, int]]:
    """Split an overlong line, at the end of a sentence or a word where there is one near."""
    out: list[tuple[int, int, int, int]] = []
    at, first = start, 1
    while end - at > LIMIT:
        cut = _cut(text, at)
        out.append((at, cut, kind, first))
        at, first = cut, 0
    out.append((at, end, kind, first))
    return out


def _cut(text: str, at: int) -> int:
    low, high = at + LIMIT - _REACH, at + LIMIT
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, high)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", low, high)
    if space >= 0:
        return space + 1
    while high > low and _clings(text, high):
        high -= 1
    return high if high > low else at + LIMIT


def _clings(text: str, at: int) -> bool:
    """Say whether the character at ``at`` belongs to the one before it."""
    return text[at - 1] == "\u200d" or _CLINGING.match(text[at]) is not None


def _patched(rows: Rows, patches: list[_Patch]) -> Rows:
    """Replace lines by the rows of the patches (sorted, not overlapping)."""
    starts: list[int] = []
    ends: list[int] = []
    kinds, firsts = bytearray(), bytearray()
    at = 0
    for low, high, new in patches:
        starts += rows.starts[at:low] + [row[0] for row in new]
        ends += rows.ends[at:low] + [row[1] for row in new]
        kinds += rows.kinds[at:low] + bytes(row[2] for row in new)
        firsts += rows.firsts[at:low] + bytes(row[3] for row in new)
        at = high
    return Rows(
        starts + rows.starts[at:],
        ends + rows.ends[at:],
        kinds + rows.kinds[at:],
        firsts + rows.firsts[at:],
        rows.paragraphs,
    )

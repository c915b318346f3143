"""From the lines of all pages to paragraphs: joined over line ends, columns and pages.

Running heads and page numbers are set apart; a word divided at a line end is joined, and where
that happened is remembered, so that it can be undone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from annotator.importers.kit.pdflayout import Line, body_size, is_stamp
from annotator.importers.kit.unseen import canonical_marked, is_marked
from annotator.importers.kit.writer import LineWriter
from annotator.model.span import Span
from annotator.text.canonical import canonicalise

_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_BULLET = re.compile(r"^(?:[•◦▪▫■●❑➢✓–—-]|\(?\d{1,2}[.)]|[a-z]\))\s")
_ENDS = (".", "!", "?", "…", "»", "”", '"', ":", ";", ")")
#: Words after a hyphen that is part of French grammar: "dit-il", "celui-ci", "a-t-elle".
_KEPT_AFTER = frozenset(
    "il elle on ils elles je tu nous vous ce ci là t y en même mêmes moi toi lui leur".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Running heads stand in this share of a page at its top and bottom.
_MARGIN = 0.13


@dataclass(slots=True)
class PdfPageLines:
    """Hold the lines of one page in reading order."""

    label: str
    height: float
    lines: list[Line] = field(default_factory=list[Line])


@dataclass(slots=True)
class PdfText:
    """Hold the text of a file; ``joins`` are the positions where a divided word was joined."""

    writer: LineWriter = field(default_factory=LineWriter)
    joins: list[int] = field(default_factory=list[int])
    pages: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


def write_pages(pages: list[PdfPageLines]) -> PdfText:
    """Write the paragraphs of all pages."""
    assembly = _Assembly(pages)
    for page in pages:
        assembly.page(page)
    return assembly.end()


def _running(pages: list[PdfPageLines]) -> set[int]:
    """Return the ids of lines that are running heads, feet or page numbers.

    A line in the margin is one if the same words (whatever the numbers in them) stand in the
    margin of another page at about the same height, or if it is nothing but a number.
    """
    seen: Counter[tuple[str, int]] = Counter()
    places: list[tuple[int, tuple[str, int], bool]] = []
    pitch = _pitch(pages)
    for page in pages:
        for line in _margins(page, pitch):
            words = _DIGITS.sub("#", line.text.strip().lower())
            key = (words, round(line.middle / 12))
            alone = not words.strip("# /-–—.|p") or is_stamp(line.text)
            places.append((id(line), key, alone))
            for shift in (-1, 0, 1):
                seen[(words, key[1] + shift)] += 1
    return {place for place, key, number in places if number or seen[key] >= 2}


def _margins(page: PdfPageLines, pitch: float) -> list[Line]:
    """Return the lines of the margins: the outermost ones, with a gap between them and the text."""
    found: list[Line] = []
    ordered = sorted(page.lines, key=lambda line: line.middle)
    for lines, sign in ((ordered, 1), (ordered[::-1], -1)):
        block: list[Line] = []
        for line in lines:
            inside = line.bottom < _MARGIN * page.height
            if sign < 0:
                inside = line.top > (1 - _MARGIN) * page.height
            if block and sign * (line.middle - block[-1].middle) > 1.6 * pitch:
                found += block
                block = []
            if not inside:
                break
            block.append(line)
    return found


class _Assembly:
    """Join lines to paragraphs."""

    def __init__(self, pages: list[PdfPageLines]) -> None:
        self._size = body_size([page.lines for page in pages])
        self._running = _running(pages)
        self._pitch = _pitch(pages)
        words = (_WORD.findall(line.text.lower()) for page in pages for line in page.lines)
        self._vocabulary = Counter(word for line in words for word in line)
        self._levels = _levels(pages, self._size)
        self._text = PdfText()
        self._paragraph: list[str] = []
        self._length = 0
        self._heading = 0
        self._joins: list[int] = []
        self._hidden: list[Span] = []
        self._pages: list[tuple[int, str]] = []
        self._waiting: list[str] = []
        self._last: Line | None = None
        self._turned = False

    def page(self, page: PdfPageLines) -> None:
        """Add the lines of a page."""
        heads = [line for line in page.lines if id(line) in self._running]
        self._waiting += [line.text for line in heads]
        first = True
        for line in page.lines:
            if id(line) in self._running:
                continue
            if first:
                self._turned = True
                if self._begins(line):
                    self._close()
                self._pages.append((self._length, page.label))
                first = False
            self._line(line)

    def end(self) -> PdfText:
        """Return the text."""
        self._close()
        return self._text

    def _line(self, line: Line) -> None:
        if self._paragraph and self._begins(line):
            pending, self._pages = _split_pages(self._pages, self._length)
            self._close()
            self._pages = [(0, label) for _, label in pending]
        self._turned = False
        self._append(line)
        self._last = line

    def _begins(self, line: Line) -> bool:
        """Say whether a line begins a paragraph."""
        last = self._last
        if last is None or not self._paragraph:
            return bool(self._paragraph)
        level = self._level(line)
        if level != self._heading or abs(line.size - last.size) > 0.12 * last.size:
            return True
        if _BULLET.match(line.text) or "\t" in line.text or "\t" in last.text:
            return True
        ended = last.text.rstrip().endswith(_ENDS)
        if self._turned or line.top < last.top - last.size:
            # A new column or page: only a finished paragraph ends there.
            return ended and (_is_short(last) or not line.text[:1].islower())
        if line.middle - last.middle > 1.35 * self._pitch_of(last):
            return True
        indented = line.left - line.column[0] > 0.8 * line.size
        return (indented and last.left - last.column[0] <= 0.8 * last.size and not level) or (
            ended and _is_short(last)
        )

    def _pitch_of(self, line: Line) -> float:
        return max(self._pitch, line.size * 1.15)

    def _level(self, line: Line) -> int:
        return self._levels.get(round(line.size, 1), 0)

    def _append(self, line: Line) -> None:
        """Add a line to the paragraph; a word divided at the line end is joined."""
        words, hidden = line.text.strip(), ()
        if is_marked(words):
            words, hidden = canonical_marked(words)
        else:
            words = canonicalise(words).text
        if not self._paragraph:
            self._paragraph, self._heading = [words], self._level(line)
            self._length, self._hidden = len(words), list(hidden)
            return
        before = self._paragraph[-1]
        if before.endswith("-") and len(before) > 1 and before[-2].isalpha():
            if words[:1].isalpha() and self._is_divided(before, words):
                self._paragraph[-1] = before[:-1]
                self._length -= 1
                self._joins.append(self._length)
                self._shift_pages(-1)
                self._hidden = [Span(s.start, min(s.end, self._length)) for s in self._hidden]
        else:
            words = " " + words
            self._shift_pages(1)
            hidden = tuple(Span(s.start + 1, s.end + 1) for s in hidden)
        self._hidden += [Span(self._length + s.start, self._length + s.end) for s in hidden]
        self._paragraph.append(words)
        self._length += len(words)

    def _shift_pages(self, by: int) -> None:
        """Move a page that begins at the end of the text so far along with it."""
        if self._pages and self._pages[-1][0] == self._length - min(by, 0):
            self._pages[-1] = (self._length + max(by, 0), self._pages[-1][1])

    def _is_divided(self, before: str, after: str) -> bool:
        """Say whether a hyphen at a line end only divides a word."""
        left = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*-$", before)
        right = re.match(r"[^\W\d_]+", after)
        if left is None or right is None or not right.group()[0].islower():
            return False
        head, tail = left.group()[:-1].lower(), right.group().lower()
        if self._vocabulary[head + tail]:
            return True
        if self._vocabulary[f"{head}-{tail}"] or tail in _KEPT_AFTER or "-" in head:
            return False
        return not _is_compound(head, tail)

    def _close(self) -> None:
        """Write the paragraph, then the running heads that came by meanwhile."""
        if self._paragraph:
            span = self._text.writer.line("".join(self._paragraph), heading=self._heading)
            if span is not None:
                self._text.joins += [span.start + at for at in self._joins]
                self._text.pages += [(span.start + at, label) for at, label in self._pages]
                self._pages = []
                for part in _with_gaps(self._hidden):
                    self._text.writer.hide(part, span)
        self._hidden = []
        self._paragraph, self._joins, self._length, self._heading = [], [], 0, 0
        for words in self._waiting:
            self._text.writer.line(words, masked=True)
        self._waiting = []


def _with_gaps(hidden: list[Span]) -> list[Span]:
    """Join hidden parts with the space between two lines of them."""
    out: list[Span] = []
    for part in hidden:
        if out and part.start - out[-1].end <= 1:
            part = Span(out.pop().start, part.end)  # noqa: PLW2901 - it grows
        out.append(part)
    return out


def _split_pages(
    pages: list[tuple[int, str]], length: int
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Part the pages that begin behind the paragraph from those that begin inside it."""
    return [p for p in pages if p[0] >= length], [p for p in pages if p[0] < length]


def _is_compound(head: str, tail: str) -> bool:
    """Say whether two parts are words of their own that make none when joined."""
    from simplemma import is_known

    languages = ("fr", "en")
    if is_known(head + tail, lang=languages):
        return False
    return is_known(head, lang=languages) and is_known(tail, lang=languages)


def _is_short(line: Line) -> bool:
    """Say whether a line ends well before the edge of its column."""
    width = line.column[1] - line.column[0]
    return line.right < line.column[1] - 0.1 * width


def _pitch(pages: list[PdfPageLines]) -> float:
    """Return the usual distance of two lines of a paragraph."""
    steps = [
        below.middle - above.middle
        for page in pages
        for above, below in zip(page.lines, page.lines[1:], strict=False)
        if 0 < below.middle - above.middle < 3 * above.size and abs(above.size - below.size) < 0.5
    ]
    # The lower quartile: in a file of short paragraphs most steps are those between paragraphs.
    return sorted(steps)[len(steps) // 4] if steps else 12.0


def _levels(pages: list[PdfPageLines], size: float) -> dict[float, int]:
    """Return the heading level of each font size that is clearly larger than the body's."""
    lengths: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.size > 1.14 * size:
                lengths[round(line.size, 1)] += len(line.text)
    sizes = sorted((s for s, length in lengths.items() if length < 4_000), reverse=True)
    return {s: min(index + 1, 6) for index, s in enumerate(sizes[:6])}

"""Reading order of a page: lines, columns, and what spans them.

Columns are found as gutters: vertical strips that (nearly) no line crosses, with enough lines on
both sides. Lines that do cross a gutter (headlines, wide pictures' captions) cut the page into
bands, and every band is read column by column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.importers.kit.pdfchars import Run

#: A column has at least so many lines, of so many characters.
_COLUMN_LINES = 4
_COLUMN_CHARS = 14
#: Share of all lines that may cross a gutter.
_CROSSING = 0.2
#: A gap wider than this, in sizes of the font, parts two cells of a table; justified text has less.
_CELL_GAP = 4.0
_TABLE = 22.0
_STEP = 2.0
#: A page is at most so many steps wide; a poster of 10 m has 14,000.
_MOST_STEPS = 20_000
_GUTTER = 6.0
#: Headlines are so much larger than the text.
_LARGE = 1.14
#: "3/3/2031, 2:05 PM" or an address at an end of the line, "2 of 7".
_STAMP = re.compile(
    r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:h]\d\d(?: ?[AP]M)?(?:$|\s)"
    r"|(?:^|\s)\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:h]\d\d(?: ?[AP]M)?$"
    r"|^(?:https?|file)://\S+(?:$|\s)|(?:^|\s)(?:https?|file)://\S+$"
    r"|^\d{1,4} (?:of|sur) \d{1,4}$"
)


@dataclass(slots=True)
class Line:
    """Hold one line of a column, with the edges of that column."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    place: int = 0

    @property
    def middle(self) -> float:
        """Return the height of the middle of the line."""
        return (self.top + self.bottom) / 2


def page_lines(runs: Sequence[Run]) -> tuple[list[Line], int]:
    """Put the upright runs of a page into reading order.

    Returns:
        The lines, and how many columns the page has at most.
    """
    lines = [Line(r.text, r.left, r.top, r.right, r.bottom, r.size) for r in runs if r.upright]
    ordered, columns = _order(lines, depth=0)
    return ordered, columns


def _order(lines: list[Line], *, depth: int) -> tuple[list[Line], int]:
    gutters = _gutters(lines)
    if gutters:
        return _by_bands(lines, gutters), len(gutters) + 1
    if depth < 2:
        split = _split_height(lines)
        if split is not None:
            above = [line for line in lines if line.middle < split]
            below = [line for line in lines if line.middle >= split]
            first, one = _order(above, depth=depth + 1)
            second, two = _order(below, depth=depth + 1)
            return first + second, max(one, two)
    return _column(lines), 1


def _gutters(lines: list[Line]) -> list[tuple[float, float]]:
    """Find the strips between columns, from left to right."""
    wide = [line for line in lines if len(line.text) >= _COLUMN_CHARS]
    if len(wide) < 2 * _COLUMN_LINES:
        return []
    low, high = min(line.left for line in wide), max(line.right for line in wide)
    # A damaged file can put words miles beside the page.
    step_width = max(_STEP, (high - low) / _MOST_STEPS)
    steps = int((high - low) / step_width) + 1
    crossing = [0] * (steps + 2)
    for line in wide:
        crossing[max(0, int((line.left - low) / step_width))] += 1
        crossing[min(steps + 1, int((line.right - low) / step_width) + 1)] -= 1
    found: list[tuple[float, float]] = []
    count, start = 0, -1
    limit = int(_CROSSING * len(wide))
    for step in range(steps + 1):
        count += crossing[step]
        if count <= limit:
            start = step if start < 0 else start
        elif start >= 0:
            strip = (low + start * step_width, low + step * step_width)
            if start > 0 and _parts(wide, strip):
                found.append(strip)
            start = -1
    return found


def _parts(lines: list[Line], strip: tuple[float, float]) -> bool:
    """Say whether a strip parts two columns that stand beside each other."""
    if strip[1] - strip[0] < _GUTTER:
        return False
    left = [line for line in lines if line.right <= strip[0] + _STEP]
    right = [line for line in lines if line.left >= strip[1] - _STEP]
    if min(len(left), len(right)) < _COLUMN_LINES:
        return False
    top = max(min(x.top for x in left), min(x.top for x in right))
    bottom = min(max(x.bottom for x in left), max(x.bottom for x in right))
    beside = [sum(1 for x in side if top <= x.middle <= bottom) for side in (left, right)]
    return min(beside) >= _COLUMN_LINES - 1


def _split_height(lines: list[Line]) -> float | None:
    """Find the height under which (or over which) the page has columns, if only a part has."""
    ordered = sorted(lines, key=lambda line: line.middle)
    for index in range(1, len(ordered)):
        if ordered[index].top - ordered[index - 1].bottom <= 0:
            continue
        if _gutters(ordered[index:]) and index < len(ordered) - 2 * _COLUMN_LINES:
            return (ordered[index - 1].middle + ordered[index].middle) / 2
    return None


def _by_bands(lines: list[Line], gutters: list[tuple[float, float]]) -> list[Line]:
    """Read between spanning lines column by column, and the spanning lines where they stand."""
    stamps = [line.middle for line in lines if is_stamp(line.text)]
    wide = {
        id(line)
        for line in lines
        if any(_crosses(line, gutter) for gutter in gutters)
        or any(abs(line.middle - stamp) < line.size for stamp in stamps)
    }
    rest = [line for line in lines if id(line) not in wide]
    wide |= {id(line) for line in _head(rest, gutters)}
    spanning = [line for line in lines if id(line) in wide]
    rest = [line for line in lines if id(line) not in wide]
    ordered: list[Line] = []
    for band in _groups(spanning):
        above = [line for line in rest if line.middle < band[0].middle]
        rest = [line for line in rest if line.middle >= band[0].middle]
        ordered += _columns(above, gutters)
        ordered += _column(band)
    return ordered + _columns(rest, gutters)


def _head(lines: list[Line], gutters: list[tuple[float, float]]) -> list[Line]:
    """Return a headline in the middle of a page, and what stands with it over all columns.

    It is so short that it crosses no gutter; columns that begin lower than others have none.
    """
    if not lines:
        return []
    edges = [(gutter[0] + gutter[1]) / 2 for gutter in gutters]
    column = {id(x): sum(edge < (x.left + x.right) / 2 for edge in edges) for x in lines}
    first = min(lines, key=lambda x: x.top)
    others = [x.top for x in lines if column[id(x)] != column[id(first)]]
    if not others:
        return []
    over = [x for x in lines if x.bottom <= min(others)]
    usual = median(x.size for x in lines)
    return over if any(x.size > _LARGE * usual for x in over) else []


def is_stamp(words: str) -> bool:
    """Say whether a line is what browsers print around a page: the time, the address."""
    return _STAMP.search(words.strip()) is not None


def _crosses(line: Line, gutter: tuple[float, float]) -> bool:
    middle = (gutter[0] + gutter[1]) / 2
    return line.left < middle - 1 and line.right > middle + 1


def _groups(spanning: list[Line]) -> list[list[Line]]:
    """Group spanning lines that follow each other without anything in between."""
    groups: list[list[Line]] = []
    for line in sorted(spanning, key=lambda x: x.middle):
        if groups and line.top - groups[-1][-1].bottom < 1.2 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _columns(lines: list[Line], gutters: list[tuple[float, float]]) -> list[Line]:
    ordered: list[Line] = []
    middles = [(gutter[0] + gutter[1]) / 2 for gutter in gutters]
    edges = [float("-inf"), *middles, float("inf")]
    for left, right in pairwise(edges):
        ordered += _column([x for x in lines if left <= (x.left + x.right) / 2 < right])
    return ordered


def _column(lines: list[Line]) -> list[Line]:
    """Read one column from top to bottom; runs of one height are one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (x.middle, x.left)):
        if rows and abs(line.middle - rows[-1][0].middle) < 0.4 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    width = max((x.right for x in lines), default=0) - min((x.left for x in lines), default=0)
    joined = [_join_row(sorted(row, key=lambda x: x.left), width) for row in rows]
    if joined:
        left = _edge([line.left for line in joined], low=True)
        right = _edge([line.right for line in joined], low=False)
        for line in joined:
            line.column = (left, right)
    return joined


def _edge(values: list[float], *, low: bool) -> float:
    """Return the edge that lines keep to: the outermost that a few of them share."""
    ordered = sorted(values, reverse=not low)
    return ordered[min(len(ordered) // 10, len(ordered) - 1)]


def _join_row(row: list[Line], width: float) -> Line:
    first = row[0]
    words = first.text
    for left, right in pairwise(row):
        # In a narrow column it is only the spaces of a justified line.
        wide = right.left - left.right > _CELL_GAP * left.size and width > _TABLE * left.size
        words += ("\t" if wide else " ") + right.text
    return Line(
        words,
        first.left,
        min(x.top for x in row),
        max(x.right for x in row),
        max(x.bottom for x in row),
        max(row, key=lambda x: len(x.text)).size,
    )


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the font size that most of the text has."""
    sizes = [
        round(line.size, 1) for page in pages for line in page for _ in range(len(line.text) // 8)
    ]
    return median(sizes) if sizes else 10.0

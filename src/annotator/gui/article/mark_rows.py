"""The marks of one row of text: where each piece stands, which line slot and which bar it gets.

Slots keep overlapping marks apart: the innermost has its line nearest the words, what encloses it
goes below. Bars in the margin get lanes in the same spirit.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.gui.article.styles import BARLESS

if TYPE_CHECKING:
    from annotator.gui.article.marks import MarkIndex
    from annotator.gui.article.styles import StyleTable
    from annotator.gui.article.text_row import TextRow
    from annotator.gui.theme import MarkStyle

#: More lines than this below one line of words cannot be told apart; the rest share the last.
SLOTS = 6


@dataclass(slots=True)
class Piece:
    """Hold what a row shows of one span of a mark.

    ``start`` and ``end`` are the whole span's (code points); ``stretches`` are
    ``(line, left, right)`` in the row.
    """

    mark_id: str
    key: str
    style: MarkStyle
    start: int
    end: int
    slot: int
    stretches: list[tuple[int, float, float]]
    proposed: bool


@dataclass(slots=True)
class Bar:
    """Hold a bar of the margin: the mark, its lane and the lines from ``first`` to ``last``."""

    mark_id: str
    key: str
    style: MarkStyle
    lane: int
    first: int
    last: int
    begins: bool
    proposed: bool


@dataclass(slots=True)
class RowMarks:
    """Hold the pieces and bars of a row; ``slots`` is how many line slots are in use."""

    pieces: list[Piece]
    bars: list[Bar]
    slots: int


@dataclass(frozen=True, slots=True)
class Layer:
    """Join an index with how its marks look; proposals are drawn in their own way."""

    index: MarkIndex
    proposed: bool = False


def marks_of_row(row: TextRow, layers: tuple[Layer, ...], styles: StyleTable) -> RowMarks:
    """Place the marks of all layers in a row."""
    pieces: list[Piece] = []
    for layer in layers:
        index = layer.index
        for i in index.touching(row.start, row.end):
            key = styles.key(index.mark_ids[i], index.kinds[i])
            style = styles.proposed(key) if layer.proposed else styles.style(key)
            start, end = index.starts[i], index.ends[i]
            stretches = row.stretches(max(start, row.start), min(end, row.end))
            pieces.append(
                Piece(index.mark_ids[i], key, style, start, end, 0, stretches, layer.proposed)
            )
    return RowMarks(pieces, _bars(pieces, row), _assign_slots(pieces))


def _assign_slots(pieces: list[Piece]) -> int:
    """Give each piece with a line the first slot that is free along it; return how many."""
    slots: list[list[tuple[int, int]]] = []
    lined = [piece for piece in pieces if piece.style.line != "none"]
    for piece in sorted(lined, key=lambda p: (p.end - p.start, p.start)):
        free = (n for n, taken in enumerate(slots) if _is_free(taken, piece.start, piece.end))
        piece.slot = next(free, min(len(slots), SLOTS - 1))
        if piece.slot == len(slots):
            slots.append([])
        insort(slots[piece.slot], (piece.start, piece.end))
    return len(slots)


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (start, end))
    if at < len(taken) and taken[at][0] < end:
        return False
    return at == 0 or taken[at - 1][1] <= start


def _bars(pieces: list[Piece], row: TextRow) -> list[Bar]:
    """Make one bar a mark, over the lines it stands on, in the first lane that is free there."""
    bars: dict[str, Bar] = {}
    for piece in pieces:
        if piece.key in BARLESS or not piece.stretches:
            continue
        first, last = piece.stretches[0][0], piece.stretches[-1][0]
        known = bars.get(piece.mark_id)
        if known is not None:
            known.first, known.last = min(known.first, first), max(known.last, last)
            continue
        begins = piece.start >= row.start
        bars[piece.mark_id] = Bar(
            piece.mark_id, piece.key, piece.style, 0, first, last, begins, piece.proposed
        )
    busy_to: list[int] = []
    for bar in sorted(bars.values(), key=lambda b: (b.first, -b.last)):
        free = (lane for lane, last in enumerate(busy_to) if last < bar.first)
        bar.lane = next(free, len(busy_to))
        if bar.lane == len(busy_to):
            busy_to.append(-1)
        busy_to[bar.lane] = bar.last
    return list(bars.values())

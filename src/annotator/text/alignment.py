"""Aligning two versions of a text word by word: for diffs, and for carrying marks over.

Runs of words that occur once in both versions are pinned in order (the longest increasing
sequence of them), extended to both sides, and what is left between two pins is aligned the same
way with shorter runs. The cost grows as n log n, whatever the texts.

Source: the idea is Bram Cohen's patience diff.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from annotator.model.span import Span

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
#: Lengths of the runs of tokens that are looked for, the surest first.
_RUNS = (12, 5, 2, 1)


@dataclass(frozen=True, slots=True)
class Block:
    """Say that ``length`` characters at ``old`` and at ``new`` are the same."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one piece of a diff: ``same``, ``removed``, ``added`` or ``replaced``.

    A side that has no words there is ``None``.
    """

    kind: str
    old: Span | None
    new: Span | None


def shared_ends(old: str, new: str) -> tuple[int, int]:
    """Return how long the common beginning and the common end of two texts are.

    They may overlap: of "00" and "0" both are 1.
    """
    return _common_prefix(old, new), _common_suffix(old, new, 0)


def align(old: str, new: str) -> list[Block]:
    """Return the stretches that both texts share, in order, as long as they can be."""
    head = _common_prefix(old, new)
    tail = _common_suffix(old, new, head)
    blocks: list[Block] = []
    if head:
        blocks.append(Block(0, 0, head))
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new:
        blocks += _align_middle(middle_old, middle_new, head)
    if tail:
        blocks.append(Block(len(old) - tail, len(new) - tail, tail))
    return _merge(blocks)


def diff(old: str, new: str) -> list[Difference]:
    """Return the word-level differences of two texts, covering both completely."""
    found: list[Difference] = []
    at_old = at_new = 0
    for block in [*align(old, new), Block(len(old), len(new), 0)]:
        removed = Span(at_old, block.old) if at_old < block.old else None
        added = Span(at_new, block.new) if at_new < block.new else None
        if removed is not None and added is not None:
            found.append(Difference("replaced", removed, added))
        elif removed is not None or added is not None:
            found.append(Difference("removed" if removed else "added", removed, added))
        at_old, at_new = block.old + block.length, block.new + block.length
        if block.length:
            same = Span(block.old, at_old), Span(block.new, at_new)
            found.append(Difference("same", *same))
    return found


class Mapping:
    """Map positions of the old text to the new one, where they survive."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._starts = [block.old for block in blocks]

    def position(self, position: int) -> int | None:
        """Return where the character at an old position is now."""
        block = self._block(position)
        return None if block is None else block.new + position - block.old

    def span(self, span: Span) -> Span | None:
        """Return where a stretch is now if both its ends survive."""
        start, last = self.position(span.start), self.position(span.end - 1)
        return None if start is None or last is None or last < start else Span(start, last + 1)

    def near(self, position: int) -> int:
        """Return about where an old position is now."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        block = self._blocks[index]
        return block.new + min(position - block.old, block.length)

    def encloses(self, old: Span, new: Span) -> bool:
        """Say whether a stretch stands between what stood around it before."""
        before = bisect_right(self._starts, old.start) - 1
        after = bisect_left(self._starts, old.end)
        low = self.near(old.start) if before >= 0 else 0
        high = self._blocks[after].new if after < len(self._blocks) else new.end
        return low <= new.start and new.end <= high

    def _block(self, position: int) -> Block | None:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        block = self._blocks[index]
        return block if position < block.old + block.length else None


def _common_prefix(one: str, other: str) -> int:
    """Return the length of the common beginning, by halving (slices compare fast)."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(one: str, other: str, taken: int) -> int:
    """Return the length of the common end, without what the beginning took."""
    low, high = 0, min(len(one), len(other)) - taken
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _align_middle(old: str, new: str, offset: int) -> list[Block]:
    old_tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(old)]
    new_tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(new)]
    one, other = [t for t, _ in old_tokens], [t for t, _ in new_tokens]
    pairs: list[tuple[int, int]] = []
    stack = [(0, len(one), 0, len(other), 0)]
    while stack:
        old_low, old_high, new_low, new_high, run = stack.pop()
        if old_low >= old_high or new_low >= new_high or run >= len(_RUNS):
            continue
        pins = _pins(one, other, (old_low, old_high), (new_low, new_high), _RUNS[run])
        edges_old, edges_new = old_low, new_low
        for pin_old, pin_new, length in pins:
            pairs += [(pin_old + k, pin_new + k) for k in range(length)]
            stack.append((edges_old, pin_old, edges_new, pin_new, run + 1))
            edges_old, edges_new = pin_old + length, pin_new + length
        stack.append((edges_old, old_high, edges_new, new_high, run + 1))
    return [
        Block(offset + old_tokens[i][1], offset + new_tokens[j][1], len(one[i]))
        for i, j in sorted(pairs)
    ]


def _pins(
    one: list[str],
    other: list[str],
    old: tuple[int, int],
    new: tuple[int, int],
    run: int,
) -> list[tuple[int, int, int]]:
    """Find runs of tokens that occur once on both sides, in order; extend them to both sides."""
    old_places = _once(one, *old, run)
    new_places = _once(other, *new, run)
    shared = [(at, new_places[key]) for key, at in old_places.items() if key in new_places]
    pins: list[tuple[int, int, int]] = []
    for at_old, at_new in _increasing(sorted(shared)):
        low_old, low_new = old[0], new[0]
        if pins:
            low_old, low_new = pins[-1][0] + pins[-1][2], pins[-1][1] + pins[-1][2]
            if at_old < low_old or at_new < low_new:
                continue
        start_old, start_new = at_old, at_new
        while start_old > low_old and start_new > low_new:
            if one[start_old - 1] != other[start_new - 1]:
                break
            start_old, start_new = start_old - 1, start_new - 1
        end_old, end_new = at_old + run, at_new + run
        while end_old < old[1] and end_new < new[1] and one[end_old] == other[end_new]:
            end_old, end_new = end_old + 1, end_new + 1
        pins.append((start_old, start_new, end_old - start_old))
    return pins


def _once(tokens: list[str], low: int, high: int, run: int) -> dict[tuple[str, ...], int]:
    """Return the places of the runs that occur exactly once; a run of blanks counts for nothing."""
    places: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for at in range(low, high - run + 1):
        key = tuple(tokens[at : at + run])
        if key in places:
            twice.add(key)
        else:
            places[key] = at
    return {
        key: at
        for key, at in places.items()
        if key not in twice and any(not token.isspace() for token in key)
    }


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest sequence that increases on both sides."""
    tops: list[int] = []
    top_index: list[int] = []
    before: list[int] = []
    for index, (_old, new) in enumerate(pairs):
        at = bisect_left(tops, new)
        before.append(top_index[at - 1] if at else -1)
        if at == len(tops):
            tops.append(new)
            top_index.append(index)
        else:
            tops[at] = new
            top_index[at] = index
    chain: list[tuple[int, int]] = []
    index = top_index[-1] if top_index else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _merge(blocks: list[Block]) -> list[Block]:
    """Join blocks that touch on both sides."""
    out: list[Block] = []
    for block in blocks:
        if out:
            last = out[-1]
            if last.old + last.length == block.old and last.new + last.length == block.new:
                out[-1] = Block(last.old, last.new, last.length + block.length)
                continue
        out.append(block)
    return out

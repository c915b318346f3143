"""Sort things into as few classes as possible when some pairs must stay apart.

That is the chromatic number of the graph of pairs that must differ. It is found exactly: parts
that cannot touch are solved apart, a vertex that another one can stand in for is dropped, and only
what then remains is searched. Graphs of sources fall apart almost wholly in the first two steps.
Vertex sets are bit masks: bit i of a mask is vertex i.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Search steps after which the proven lower bound is taken; no article comes near.
_STEPS = 200_000


class _SpentError(Exception):
    """Say that the search used up its steps."""


def fewest_classes(apart: Sequence[int]) -> tuple[int, bool]:
    """Return the least number of classes and whether it is exact (else it is a lower bound).

    Args:
        apart: for each vertex the mask of vertices that it must not share a class with;
            symmetric, without loops.
    """
    return _solve((1 << len(apart)) - 1, apart)


def _solve(mask: int, apart: Sequence[int]) -> tuple[int, bool]:
    mask = _without_dominated(mask, apart)
    if mask & (mask - 1) == 0:
        return (1 if mask else 0), True
    parts = _parts(mask, apart, complement=False)
    if len(parts) > 1:
        solved = [_solve(part, apart) for part in parts]
        return max(n for n, _ in solved), all(exact for _, exact in solved)
    parts = _parts(mask, apart, complement=True)
    if len(parts) > 1:
        solved = [_solve(part, apart) for part in parts]
        return sum(n for n, _ in solved), all(exact for _, exact in solved)
    return _search(mask, apart)


def _bits(mask: int) -> Iterator[int]:
    """Yield the vertices of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _parts(mask: int, apart: Sequence[int], *, complement: bool) -> list[int]:
    """Return the connected parts of the graph, or of its complement."""
    parts: list[int] = []
    left = mask
    while left:
        part = front = left & -left
        while front:
            vertex = (front & -front).bit_length() - 1
            front &= front - 1
            near = (mask & ~apart[vertex]) if complement else apart[vertex]
            new = near & left & ~part
            part |= new
            front |= new
        parts.append(part)
        left &= ~part
    return parts


def _without_dominated(mask: int, apart: Sequence[int]) -> int:
    """Drop each vertex that can always join the class of another one."""
    changed = True
    while changed:
        changed = False
        for vertex in _bits(mask):
            mine = apart[vertex] & mask
            others = mask & ~apart[vertex] & ~(1 << vertex)
            if any(mine & ~apart[other] == 0 for other in _bits(others)):
                mask &= ~(1 << vertex)
                changed = True
    return mask


def _search(mask: int, apart: Sequence[int]) -> tuple[int, bool]:
    """Try one number of classes after the other, from the size of a clique."""
    steps = [_STEPS]
    number = _clique(mask, apart)
    try:
        while not _fits(mask, apart, [], number, steps):
            number += 1
    except _SpentError:
        return number, False
    return number, True


def _clique(mask: int, apart: Sequence[int]) -> int:
    """Return the size of a clique found greedily: a lower bound."""
    size = 0
    while mask:
        best = max(_bits(mask), key=lambda v: (apart[v] & mask).bit_count())
        mask &= apart[best]
        size += 1
    return size


def _fits(
    mask: int, apart: Sequence[int], classes: list[int], number: int, steps: list[int]
) -> bool:
    """Say whether the vertices left fit into ``number`` classes, the hardest one placed first."""
    if not mask:
        return True
    steps[0] -= 1
    if steps[0] < 0:
        raise _SpentError

    def hardness(vertex: int) -> tuple[int, int]:
        closed = sum(1 for members in classes if members & apart[vertex])
        return closed, (apart[vertex] & mask).bit_count()

    vertex = max(_bits(mask), key=hardness)
    rest = mask & ~(1 << vertex)
    for index, members in enumerate(classes):
        if members & apart[vertex] == 0:
            classes[index] = members | 1 << vertex
            if _fits(rest, apart, classes, number, steps):
                return True
            classes[index] = members
    if len(classes) < number:
        classes.append(1 << vertex)
        if _fits(rest, apart, classes, number, steps):
            return True
        classes.pop()
    return False

"""The marks of one article as sorted columns, asked for by a stretch of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Protocol

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_SHIFT = 7
_CHUNK = 1 << _SHIFT
_FEW = 32
#: Up to so many marks are looked for one by one.
_FEW_IDS = 4


class SpanColumns(Protocol):
    """Be one row for every span of every mark: columns of equal length, sorted by start.

    ``kinds`` are indices in ``tuple(MarkKind)``. A discontinuous mark has several rows.
    """

    @property
    def starts(self) -> Sequence[int]:
        """Return where the spans start (code points)."""
        ...

    @property
    def ends(self) -> Sequence[int]:
        """Return where the spans end."""
        ...

    @property
    def kinds(self) -> Sequence[int]:
        """Return what the marks are."""
        ...

    @property
    def mark_ids(self) -> Sequence[str]:
        """Return which marks the spans belong to."""
        ...


class MarkIndex:
    """Find the spans that touch a stretch of text in O(log n + answer + n / 4,096).

    Args:
        rows: sorted columns, or nothing.
    """

    def __init__(self, rows: SpanColumns | None = None) -> None:
        self.starts: list[int] = list(rows.starts) if rows else []
        self.ends: list[int] = list(rows.ends) if rows else []
        self.kinds: list[int] = list(rows.kinds) if rows else []
        self.mark_ids: list[str] = list(rows.mark_ids) if rows else []
        self._spans_of: dict[str, tuple[Span, ...]] = {}
        self._tops: list[int] = []
        self._tops_of_tops: list[int] = []
        self._sum_up(0)

    def __len__(self) -> int:
        return len(self.starts)

    def _sum_up(self, first: int) -> None:
        """Compute the greatest end of each chunk of 128 rows, from the chunk of ``first`` on.

        A running maximum would be spoilt by one mark over the whole article; this is not.
        """
        del self._tops[first >> _SHIFT :]
        ends = self.ends
        low = (first >> _SHIFT) << _SHIFT
        tops = self._tops
        tops += [max(ends[i : i + _CHUNK]) for i in range(low, len(ends), _CHUNK)]
        self._tops_of_tops = [max(tops[i : i + _FEW]) for i in range(0, len(tops), _FEW)]
        self._spans_of.clear()

    def touching(self, start: int, end: int) -> list[int]:
        """Return the rows of the spans that share a character with ``[start, end)``, in order."""
        high = bisect_left(self.starts, end)
        if not high:
            return []
        ends, tops = self.ends, self._tops
        last = ((high - 1) >> _SHIFT) + 1
        found: list[int] = []
        for few, highest in enumerate(self._tops_of_tops[: (last - 1) // _FEW + 1]):
            if highest <= start:
                continue
            for chunk in range(few * _FEW, min((few + 1) * _FEW, last)):
                if tops[chunk] > start:
                    low = chunk << _SHIFT
                    found += [i for i in range(low, min(low + _CHUNK, high)) if ends[i] > start]
        return found

    def at(self, position: int) -> list[str]:
        """Return the ids of the marks over a character, innermost (shortest) first."""
        rows = self.touching(position, position + 1)
        rows.sort(key=lambda i: (self.ends[i] - self.starts[i], self.starts[i]))
        return list(dict.fromkeys(self.mark_ids[i] for i in rows))

    def spans_of(self, mark_id: str) -> tuple[Span, ...]:
        """Return the spans of a mark in text order (none: it is not here)."""
        known = self._spans_of.get(mark_id)
        if known is None:
            rows = [i for i, name in enumerate(self.mark_ids) if name == mark_id]
            known = tuple(Span(self.starts[i], self.ends[i]) for i in rows)
            self._spans_of[mark_id] = known
        return known

    def spans_of_all(self, mark_ids: Collection[str]) -> list[Span]:
        """Return the spans of several marks, in text order, in one pass."""
        rows = [i for i, name in enumerate(self.mark_ids) if name in mark_ids]
        return [Span(self.starts[i], self.ends[i]) for i in rows]

    def kind_of(self, mark_id: str) -> int | None:
        """Return the kind of a mark."""
        return self.kinds[self.mark_ids.index(mark_id)] if mark_id in self.mark_ids else None

    def add(self, mark_id: str, kind: int, spans: Collection[Span]) -> None:
        """Add the spans of a mark."""
        first = len(self.starts)
        for span in spans:
            at = bisect_right(self.starts, span.start)
            self.starts.insert(at, span.start)
            self.ends.insert(at, span.end)
            self.kinds.insert(at, kind)
            self.mark_ids.insert(at, mark_id)
            first = min(first, at)
        self._sum_up(first)

    def _rows_of(self, mark_ids: set[str]) -> list[int]:
        """Return the rows of some marks, in order; of a few marks without a step of Python each."""
        if len(mark_ids) > _FEW_IDS:
            return [i for i, name in enumerate(self.mark_ids) if name in mark_ids]
        rows: list[int] = []
        for name in mark_ids:
            for _ in range(self.mark_ids.count(name)):
                after = rows[-1] + 1 if rows and self.mark_ids[rows[-1]] == name else 0
                rows.append(self.mark_ids.index(name, after))
        return sorted(rows)

    def remove(self, mark_ids: Collection[str]) -> list[Span]:
        """Take marks out and return the spans that they had."""
        rows = self._rows_of(set(mark_ids))
        spans = [Span(self.starts[i], self.ends[i]) for i in rows]
        for row in reversed(rows):
            for column in (self.starts, self.ends, self.kinds, self.mark_ids):
                del column[row]
        if rows:
            self._sum_up(rows[0])
        return spans

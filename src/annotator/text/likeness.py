"""Where nearly the same words stand: for marks that were moved and rewritten at once.

Words of the quotation vote for the place where it would begin; the best places are compared word
by word. Two places that are about equally good are none: nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
#: Fewer words are only believed elsewhere if they are the same (``anchors.place``).
_FEWEST = 3
#: Fewer words than this must be more alike, and have words of their surroundings near.
_FEW = 8
_ALIKE, _FEW_ALIKE = 0.6, 0.75
#: The best place must be better than the next one by this much.
_CLEAR = 0.1
#: What a surrounding that came along adds.
_CONTEXT = 0.15
#: Words so frequent say nothing about the place.
_FREQUENT = 200
_PLACES = 5
#: Votes this close belong to one place, in words.
_BUCKET = 4
#: Words around a place where its old surroundings are looked for.
_AROUND = 8


class Likeness:
    """Search one text; its words are only indexed when something is looked for.

    Args:
        text: the canonical text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: list[str] = []
        self._spans: list[Span] = []
        self._places: dict[str, list[int]] = {}

    def find(self, quotation: str, prefix: str, suffix: str) -> Span | None:
        """Return where nearly the same words stand, if one place is clearly the best.

        Args:
            quotation: the words.
            prefix: what stood before them.
            suffix: what stood behind them.
        """
        wanted = _words(quotation)
        if len(wanted) < _FEWEST:
            return None
        self._index()
        around = set(_words(prefix)) | set(_words(suffix))
        scored: dict[tuple[int, int], float] = {}
        for start in self._candidates(wanted):
            place = self._fit(wanted, start)
            if place is not None:
                first, last, alike = place
                score = alike + self._support(around, first, last)
                scored[first, last] = max(score, scored.get((first, last), 0.0))
        return self._clear_best(scored, few=len(wanted) < _FEW)

    def _index(self) -> None:
        if self._words:
            return
        places: defaultdict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self._text):
            word = match.group().casefold()
            places[word].append(len(self._words))
            self._words.append(word)
            self._spans.append(Span(*match.span()))
        self._places = places

    def _candidates(self, wanted: Sequence[str]) -> list[int]:
        """Return the word numbers at which the words may begin, the likeliest first."""
        votes: Counter[int] = Counter()
        for number, word in enumerate(wanted):
            places = self._places.get(word, [])
            if len(places) > _FREQUENT:
                continue
            # A vote counts for the bucket and the next, or a word put in would split it.
            buckets = {(place - number) // _BUCKET for place in places}
            votes.update(buckets | {bucket + 1 for bucket in buckets})
        return [bucket * _BUCKET for bucket, _count in votes.most_common(_PLACES * 2)]

    def _fit(self, wanted: Sequence[str], start: int) -> tuple[int, int, float] | None:
        """Return the first and the last word of the best stretch there, and how alike it is."""
        low = max(0, start - _BUCKET)
        high = min(len(self._words), start + len(wanted) + len(wanted) // 2 + 2 * _BUCKET)
        window = self._words[low:high]
        matcher = SequenceMatcher(None, wanted, window, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            return None
        first, last = blocks[0].b, blocks[-1].b + blocks[-1].size - 1
        matched = sum(block.size for block in blocks)
        missing_before = blocks[0].a
        missing_behind = len(wanted) - blocks[-1].a - blocks[-1].size
        first = self._reach(low + first, -missing_before)
        last = self._reach(low + last, missing_behind)
        return first, last, 2 * matched / (len(wanted) + last - first + 1)

    def _reach(self, at: int, count: int) -> int:
        """Take in so many words more as stand in the same sentence: they replace missing ones."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            following = at + step
            if not 0 <= following < len(self._spans):
                break
            one, other = sorted((self._spans[at], self._spans[following]))
            if any(char in '\n.!?:;«»“”"' for char in self._text[one.end : other.start]):
                break
            at = following
        return at

    def _support(self, around: set[str], first: int, last: int) -> float:
        near = {
            *self._words[max(0, first - _AROUND) : first],
            *self._words[last + 1 : last + 1 + _AROUND],
        }
        return _CONTEXT * len(around & near) / len(around) if around else 0.0

    def _clear_best(self, scored: dict[tuple[int, int], float], *, few: bool) -> Span | None:
        ranked = sorted(scored.items(), key=lambda item: -item[1])
        if not ranked:
            return None
        (first, last), best = ranked[0]
        others = [score for (a, b), score in ranked[1:] if b < first or a > last]
        enough = _FEW_ALIKE + _CONTEXT / 2 if few else _ALIKE
        if best < enough or (others and others[0] > best - _CLEAR):
            return None
        return Span(self._spans[first].start, self._spans[last].end)


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]

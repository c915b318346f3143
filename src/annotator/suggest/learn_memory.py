"""Remember the words a person marked here again and again: names, cues, who speaks unnamed.

A phrase is kept as a keyed digest of its words, with how often it stands marked and unmarked in
articles that were read through. Where the engine misses one, the memory proposes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.suggest.base import Proposal
from annotator.suggest.learn_features import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.span import Spans

#: What a phrase can be; quotes and claims are sentences of their own and are never remembered.
KINDS: tuple[MarkKind, ...] = (
    MarkKind.ACTOR,
    MarkKind.SOURCE,
    MarkKind.CUE,
    MarkKind.HEDGE,
    MarkKind.DECLINED,
    MarkKind.UNVERIFIED,
)
RULE = "memory"
_LONGEST = 8
#: A phrase is remembered from this many marks on, if this share of its places is marked.
_LEAST_MARKS, _LEAST_SHARE = 2, 0.7
_WORD = re.compile(r"\w+(?:[-‐‑]\w+)*|[^\w\s]")

Marked = tuple[MarkKind, "Spans", str]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the words of one text: as they are compared, and where they stand."""

    low: tuple[str, ...]
    raw: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """Cut a text into words."""
        found = list(_WORD.finditer(text))
        raw = tuple(m.group().replace("’", "'") for m in found)
        return cls(
            tuple(w.casefold() for w in raw),
            raw,
            tuple(m.start() for m in found),
            tuple(m.end() for m in found),
        )

    def phrase(self, kind: MarkKind, first: int, stop: int) -> str:
        """Return the words of a phrase; a name is itself only with its capitals."""
        return " ".join((self.raw if kind is MarkKind.ACTOR else self.low)[first:stop])


@dataclass(frozen=True, slots=True)
class Memory:
    """Hold what is remembered: by kind, digest of the phrase -> what the source was."""

    phrases: Mapping[MarkKind, Mapping[str, str]] = field(
        default_factory=dict[MarkKind, Mapping[str, str]]
    )
    firsts: frozenset[str] = frozenset()
    longest: int = 0

    @property
    def size(self) -> int:
        """Return how many phrases there are."""
        return sum(map(len, self.phrases.values()))

    def propose(
        self,
        text: str,
        salt: str,
        taken: Mapping[MarkKind, Sequence[Span]],
        shares: Mapping[MarkKind, float],
    ) -> list[Proposal]:
        """Propose remembered phrases where nothing of their kind is proposed.

        Args:
            text: the article's text.
            salt: the key of the digests.
            taken: where proposals of each kind stand already.
            shares: kinds that may be proposed, with how often that was right.
        """
        if not any(self.phrases.get(kind) for kind in shares):
            return []
        words = Words.of(text)
        out: list[Proposal] = []
        for kind, share in shares.items():
            known = self.phrases.get(kind, {})
            used = list(taken.get(kind, ()))
            for first, stop, found in self._places(words, kind, known, salt):
                span = Span(words.starts[first], words.ends[stop - 1])
                if any(span.overlaps(other) for other in used):
                    continue
                used.append(span)
                fields = {"identification": found} if found else {}
                out.append(Proposal(kind, (span,), RULE, share, (span,), fields))
        return out

    def _places(
        self, words: Words, kind: MarkKind, known: Mapping[str, str], salt: str
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the places of known phrases, longest first at each word, none twice."""
        begins = {w: digest(salt, w) in self.firsts for w in set(words.low)}
        at = 0
        while known and at < len(words.low):
            step = 1
            longest = at + self.longest if begins[words.low[at]] else 0
            for stop in range(min(len(words.low), longest), at, -1):
                found = known.get(digest(salt, words.phrase(kind, at, stop)))
                if found is not None:
                    yield at, stop, found
                    step = stop - at
                    break
            at += step


@dataclass(slots=True)
class _Seen:
    marked: int = 0
    other: int = 0
    size: int = 0
    identification: str = ""

    @property
    def is_worth_it(self) -> bool:
        """Say whether the phrase stands marked often enough, and seldom unmarked."""
        share = (self.marked + 0.5) / (self.marked + self.other + 1)
        return self.marked >= _LEAST_MARKS and share >= _LEAST_SHARE

    def add(self, more: _Seen) -> None:
        """Add what was seen in another article."""
        self.marked += more.marked
        self.other += more.other
        self.size = max(self.size, more.size)
        self.identification = more.identification or self.identification


_Tally = dict[tuple[MarkKind, str], _Seen]


@dataclass(frozen=True, slots=True)
class Text:
    """Hold what there is to remember from in one article.

    Args:
        text: canonical text.
        marks: what stands marked: kind, spans, identification of a source.
        refused: places where a proposal of the memory was turned down.
        is_done: it was read through; else words without a mark tell nothing.
    """

    text: str
    marks: Sequence[Marked] = ()
    refused: Sequence[tuple[MarkKind, Span]] = ()
    is_done: bool = False


class Phrases:
    """Count the marked phrases of articles once, to make memories of any of these articles."""

    def __init__(self, articles: Sequence[Text]) -> None:
        rows = [(Words.of(a.text), a) for a in articles]
        self._tallies = [_marked(words, article) for words, article in rows]
        total: Counter[tuple[MarkKind, str]] = Counter()
        for tally in self._tallies:
            total.update({key: one.marked for key, one in tally.items()})
        known = {key for key, marked in total.items() if marked >= _LEAST_MARKS}
        begins: dict[tuple[MarkKind, str], int] = {}
        for kind, phrase in known:
            words = phrase.split()
            key = kind, words[0]
            begins[key] = max(begins.get(key, 0), len(words))
        for (words, article), tally in zip(rows, self._tallies, strict=True):
            for kind in KINDS:
                _count_others(tally, words, kind, article, known, begins)

    def memory(self, chosen: Iterable[int], salt: str) -> Memory:
        """Return what is worth proposing, by the articles at these places in the list."""
        total: _Tally = defaultdict(_Seen)
        for number in chosen:
            for key, one in self._tallies[number].items():
                total[key].add(one)
        kept: dict[MarkKind, dict[str, str]] = {}
        firsts: set[str] = set()
        longest = 0
        for (kind, phrase), one in sorted(total.items()):
            if one.is_worth_it:
                kept.setdefault(kind, {})[digest(salt, phrase)] = one.identification
                firsts.add(digest(salt, phrase.split()[0].casefold()))
                longest = max(longest, one.size)
        return Memory(kept, frozenset(firsts), longest)


def _marked(words: Words, article: Text) -> _Tally:
    """Count the phrases that stand marked, of whole words only."""
    out: _Tally = defaultdict(_Seen)
    for kind, spans, identification in article.marks:
        if kind not in KINDS or len(spans) != 1:
            continue
        first = bisect_left(words.starts, spans[0].start)
        stop = bisect_right(words.ends, spans[0].end)
        if 0 < stop - first <= _LONGEST:
            phrase = words.phrase(kind, first, stop)
            out[kind, phrase].add(_Seen(1, 0, stop - first, identification))
    return out


def _count_others(
    tally: _Tally,
    words: Words,
    kind: MarkKind,
    article: Text,
    known: set[tuple[MarkKind, str]],
    begins: Mapping[tuple[MarkKind, str], int],
) -> None:
    """Count the places of known phrases that no mark of the kind touches.

    In an article that was not read through only refused places count.
    """
    dark = {
        i for k, spans, _ in article.marks if k is kind for s in spans for i in range(*_ends(s))
    }
    refused = {i for k, s in article.refused if k is kind for i in range(*_ends(s))}
    begin = words.raw if kind is MarkKind.ACTOR else words.low
    for at, start in enumerate(words.starts):
        longest = begins.get((kind, begin[at]), 0)
        if not longest or start in dark or not (article.is_done or start in refused):
            continue
        for stop in range(at + 1, min(len(begin), at + longest) + 1):
            key = kind, words.phrase(kind, at, stop)
            if key in known and words.ends[stop - 1] - 1 not in dark:
                tally[key].add(_Seen(0, 1, stop - at))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end

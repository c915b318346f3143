"""How much of an article rests on named sources, on people by office, on unnamed ones.

Three measures, each sorted into the same four kinds:

- **by source**: voices (a group of two is two), those that are surely one counted once, as the
  best identified of them; the journalist and whoever only declined to comment are left out.
- **by sentence**: sentences that hold attributed words. A sentence with words of both a named and
  an unnamed source counts once for each; a sentence is never counted twice for one kind.
- **by word**: words of attributed quotes and claims. A word under several marks of one kind of
  source counts once for that kind.

Refusals to comment are not attributed words. Source: a house measure after
PEJ 2005 (transparency = fully identified sources) and 50:50 (each contributor once an item).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.model.span import normalise
from annotator.model.vocabulary import Identification

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.analysis.sourcing import Content, Sourcing
    from annotator.model.annotations import Source
    from annotator.model.span import Span


class Openness(StrEnum):
    """How far a reader can tell who a source is; ``OTHER``: documents, media and the rest."""

    NAMED = "named"
    BY_OFFICE = "by_office"
    UNNAMED = "unnamed"
    OTHER = "other"


_OPENNESS = {
    Identification.NAMED_PERSON: Openness.NAMED,
    Identification.NAMED_ORGANISATION: Openness.NAMED,
    Identification.PERSON_BY_OFFICE: Openness.BY_OFFICE,
    Identification.UNNAMED_PERSON: Openness.UNNAMED,
    Identification.UNNAMED_GROUP: Openness.UNNAMED,
    Identification.UNKNOWN: Openness.UNNAMED,
}


def openness(source: Source) -> Openness:
    """Return the kind that a source counts for; nobody described it yet: unnamed."""
    return _OPENNESS.get(source.identification, Openness.OTHER)


@dataclass(frozen=True, slots=True)
class Shares:
    """Count sources, sentences or words by the kind of source behind them."""

    named: int = 0
    by_office: int = 0
    unnamed: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """Return the sum of the four."""
        return self.named + self.by_office + self.unnamed + self.other

    def part(self, kind: Openness) -> float:
        """Return the share of one kind, in [0, 1]; 0 where there is nothing to share."""
        return getattr(self, kind.value) / self.total if self.total else 0.0

    def __add__(self, other: Shares) -> Shares:
        return Shares(
            self.named + other.named,
            self.by_office + other.by_office,
            self.unnamed + other.unnamed,
            self.other + other.other,
        )


@dataclass(frozen=True, slots=True)
class ArticleShares:
    """Hold the three measures of one article, or their sums over several."""

    by_source: Shares = Shares()
    by_sentence: Shares = Shares()
    by_word: Shares = Shares()

    def __add__(self, other: ArticleShares) -> ArticleShares:
        return ArticleShares(
            self.by_source + other.by_source,
            self.by_sentence + other.by_sentence,
            self.by_word + other.by_word,
        )


def article_shares(
    sourcing: Sourcing, sentences: Sequence[Span], words: Sequence[Span]
) -> ArticleShares:
    """Measure one article.

    Args:
        sourcing: the article's sourcing.
        sentences: its sentences in text order.
        words: its words in text order.
    """
    spoken = _spans_by_kind(sourcing)
    sentence_counts = {kind: _touched(spans, sentences) for kind, spans in spoken.items()}
    word_counts = {kind: _touched(spans, words) for kind, spans in spoken.items()}
    return ArticleShares(
        shares_by_source(sourcing), _as_shares(sentence_counts), _as_shares(word_counts)
    )


def shares_by_source(sourcing: Sourcing) -> Shares:
    """Count the voices of an article by kind."""
    order = list(Openness)
    best: dict[object, Openness] = {}
    graph = sourcing.graph
    for voice in graph.voices_of(sourcing.speaking):
        root, kind = graph.root(voice), openness(graph.by_id[voice[0]])
        best[root] = min(best.get(root, kind), kind, key=order.index)
    counts: dict[Openness, int] = defaultdict(int)
    for kind in best.values():
        counts[kind] += 1
    return _as_shares(counts)


def kinds_behind(sourcing: Sourcing, content: Content) -> set[Openness]:
    """Return the kinds of source that a content is attributed to (refusals left out)."""
    basis = sourcing.basis(content.id)
    return {openness(sourcing.graph.by_id[i]) for i in (*basis.supporters, *basis.deniers)}


def _spans_by_kind(sourcing: Sourcing) -> dict[Openness, list[Span]]:
    found: dict[Openness, list[Span]] = defaultdict(list)
    for content in sourcing.contents:
        for kind in kinds_behind(sourcing, content):
            found[kind].extend(content.spans)
    return found


def _touched(spans: Iterable[Span], units: Sequence[Span]) -> int:
    """Count the units that share a character with any span."""
    starts = [unit.start for unit in units]
    ends = [unit.end for unit in units]
    count = done = 0
    for span in normalise(spans):
        first = max(bisect_right(ends, span.start), done)
        done = max(done, bisect_left(starts, span.end))
        count += max(0, done - first)
    return count


def _as_shares(counts: dict[Openness, int]) -> Shares:
    return Shares(**{kind.value: number for kind, number in counts.items()})

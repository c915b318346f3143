"""Learn from a person's decisions: which proposals are right here, and which words are missed.

Everything is measured on decisions that were held out, whole articles at a time; what does not
help there does not speak. Same decisions in, same result out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import blake2b
from math import exp, log1p
from random import Random
from typing import TYPE_CHECKING

from annotator.suggest import learn_fit
from annotator.suggest.learn_features import features, log_odds
from annotator.suggest.learn_memory import KINDS, Memory, Phrases, Text
from annotator.suggest.learned import Gain, Learned, engine_digest, places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.model.span import Span, Spans
    from annotator.model.vocabulary import MarkKind
    from annotator.suggest.base import Proposal
    from annotator.suggest.learn_memory import Marked

#: Nothing is learned from fewer decisions, articles, or decisions of the rarer outcome.
LEAST_DECISIONS, LEAST_ARTICLES, LEAST_OF_EACH = 40, 4, 8
#: Where there are more, whole articles are left out, an even draw.
MOST_DECISIONS = 6000
_FOLDS = 5
_DRAWS = 400
#: The share of right proposals that the two orders are compared at.
KEPT = 0.9
#: A kind is proposed out of memory once it was right this often on unseen articles.
_LEAST_ADDED, _LEAST_SHARE = 5, 0.6


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold one article: what the engine proposes for it and what a person made of that.

    Args:
        article_id: decides only which articles are held out together.
        text: canonical text.
        language: ``fr`` or ``en``.
        proposals: the engine's own, with nothing learned applied.
        verdicts: right, wrong or (``None``) not decided, one a proposal.
        marks: what stands in the article: kind, spans, identification of a source.
        refused: places where a proposal of the memory was turned down.
        mask: page furniture, where nothing is proposed.
        is_done: nothing waits: words without a mark are known to deserve none.
    """

    article_id: str
    text: str
    language: str
    proposals: tuple[Proposal, ...]
    verdicts: tuple[bool | None, ...]
    marks: tuple[Marked, ...] = ()
    refused: tuple[tuple[MarkKind, Span], ...] = ()
    mask: Spans = ()
    is_done: bool = False

    @property
    def missed(self) -> int:
        """Return how many marks there are that no proposal of their kind touches."""
        taken = places(self.proposals)
        return sum(
            not any(a.overlaps(b) for a in spans for b in taken.get(kind, ()))
            for kind, spans, _ in self.marks
        )


@dataclass(frozen=True, slots=True)
class _Case:
    group: int
    row: dict[str, float]
    right: bool


def learn(
    articles: Sequence[Judged],
    salt: str,
    check: Callable[[], None] = lambda: None,
    *,
    seen: int = 0,
) -> Learned:
    """Learn from articles, in whatever order they come.

    Args:
        articles: those in which something was decided or marked.
        salt: what the digests of words are keyed with.
        check: called between steps; may raise to stop.
        seen: how many decisions the project has; kept, to know when to learn again.
    """
    articles = sorted(articles, key=lambda a: _order(a.article_id))
    cases = _cases(articles, salt)
    found = Learned(
        len(cases),
        len({c.group for c in cases}),
        sum(a.missed for a in articles),
        seen=seen,
        engine=engine_digest(),
    )
    right = sum(c.right for c in cases)
    if (
        found.decisions < LEAST_DECISIONS
        or found.articles < LEAST_ARTICLES
        or min(right, len(cases) - right) < LEAST_OF_EACH
    ):
        return found
    phrases = _phrases(articles)
    gain, added = _held_out(articles, cases, phrases, salt, check)
    check()
    return replace(
        found,
        gain=gain,
        is_on=gain.is_positive,
        weights=_fit(cases),
        memory=phrases.memory(range(len(articles)), salt),
        shares=_shares(added),
    )


def _order(article_id: str) -> bytes:
    return blake2b(article_id.encode(), digest_size=8).digest()


def _cases(articles: Sequence[Judged], salt: str) -> list[_Case]:
    out: list[_Case] = []
    for group, article in enumerate(articles):
        if all(v is None for v in article.verdicts):
            continue
        rows = features(article.proposals, article.text, article.language, salt)
        out += [
            _Case(group, row, verdict)
            for row, verdict in zip(rows, article.verdicts, strict=True)
            if verdict is not None
        ]
    return out


def _fit(cases: Sequence[_Case]) -> dict[str, float]:
    chosen = cases[:MOST_DECISIONS]
    return learn_fit.fit([c.row for c in chosen], [c.right for c in chosen])


def _phrases(articles: Sequence[Judged]) -> Phrases:
    return Phrases([Text(a.text, a.marks, a.refused, a.is_done) for a in articles])


Added = dict["MarkKind", list[int]]


def _held_out(
    articles: Sequence[Judged],
    cases: Sequence[_Case],
    phrases: Phrases,
    salt: str,
    check: Callable[[], None],
) -> tuple[Gain, Added]:
    """Learn on four fifths of the articles and look at the fifth, five times."""
    folds = min(_FOLDS, len(articles))
    before: list[float] = []
    after: list[float] = []
    tested: list[_Case] = []
    added: Added = defaultdict(lambda: [0, 0])
    for fold in range(folds):
        check()
        train = [c for c in cases if c.group % folds != fold]
        weights = _fit(train) if train else {}
        test = [c for c in cases if c.group % folds == fold]
        tested += test
        before += [learn_fit.probability({"odds": c.row["odds"]}, {}) for c in test]
        after += [learn_fit.probability(c.row, weights) for c in test]
        check()
        memory = phrases.memory((i for i in range(len(articles)) if i % folds != fold), salt)
        for article in (a for i, a in enumerate(articles) if i % folds == fold and a.is_done):
            _count_added(added, memory, article, salt)
    total = [sum(v[i] for v in added.values()) for i in (0, 1)]
    return _gain(tested, before, after, total), added


def _count_added(added: Added, memory: Memory, article: Judged, salt: str) -> None:
    """Count what a memory adds to an article that it has not seen, and what of that is marked."""
    every: dict[MarkKind, float] = dict.fromkeys(KINDS, 1.0)
    taken = places(article.proposals)
    for kind in KINDS:
        taken.setdefault(kind, []).extend(article.mask)
    for one in memory.propose(article.text, salt, taken, every):
        count = added[one.kind]
        count[0] += 1
        count[1] += any(
            kind is one.kind and _same(one.spans[0], spans) for kind, spans, _ in article.marks
        )


def _same(span: Span, spans: Sequence[Span]) -> bool:
    """Say whether they share four fifths of the longer."""
    shared = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in spans)
    return shared >= 0.8 * max(len(span), sum(map(len, spans)))


def _shares(added: Added) -> dict[MarkKind, float]:
    """Return the kinds that the memory may propose, with how often it is right (held to a half)."""
    shares = {kind: (right + 1) / (n + 2) for kind, (n, right) in added.items()}
    return {
        kind: round(shares[kind], 4)
        for kind in KINDS
        if kind in shares and added[kind][0] >= _LEAST_ADDED and shares[kind] >= _LEAST_SHARE
    }


def _gain(
    tested: Sequence[_Case], before: Sequence[float], after: Sequence[float], added: Sequence[int]
) -> Gain:
    right = [c.right for c in tested]
    losses = [[_loss(s, r) for s, r in zip(p, right, strict=True)] for p in (before, after)]
    squares = [[(s - r) ** 2 for s, r in zip(p, right, strict=True)] for p in (before, after)]
    better: dict[int, float] = defaultdict(float)
    for case, a, b in zip(tested, *losses, strict=True):
        better[case.group] += a - b
    return Gain(
        precision_before=precision_at(KEPT, before, right),
        precision_after=precision_at(KEPT, after, right),
        loss_before=round(sum(losses[0]) / len(tested), 5),
        loss_after=round(sum(losses[1]) / len(tested), 5),
        brier_before=round(sum(squares[0]) / len(tested), 5),
        brier_after=round(sum(squares[1]) / len(tested), 5),
        sureness=_sureness(list(better.values())),
        added=added[0],
        added_right=added[1],
    )


def precision_at(kept: float, scores: Sequence[float], right: Sequence[bool]) -> float:
    """Return the share right among the first proposals that hold ``kept`` of the right ones.

    Proposals of one score stand or fall together, so that no order is made up between them.
    """
    wanted = kept * sum(right)
    by_score: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for score, good in zip(scores, right, strict=True):
        by_score[round(score, 4)][0] += 1
        by_score[round(score, 4)][1] += good
    shown = good = 0
    for score in sorted(by_score, reverse=True):
        shown += by_score[score][0]
        good += by_score[score][1]
        if good >= wanted:
            break
    return round(good / shown, 4) if shown else 0.0


def _loss(score: float, right: bool) -> float:  # noqa: FBT001 - what it is compared with
    odds = log_odds(score)
    return log1p(exp(-odds if right else odds))


def _sureness(better: Sequence[float]) -> float:
    """Return the share of draws of articles, with replacement, in which the loss fell."""
    rng = Random(0)
    draws = (sum(rng.choices(better, k=len(better))) > 0 for _ in range(_DRAWS))
    return round(sum(draws) / _DRAWS, 4)

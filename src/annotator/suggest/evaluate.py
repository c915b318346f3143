"""Measure the engine on a gold file: figures with confidence, per rule, calibration."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest.corpus import read_articles, suggest_article
from annotator.suggest.scoring import ArticleScore, Count, score

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.suggest.engine import Engine

TYPES = (
    "content",
    "source",
    "cue",
    "actor",
    "declined_comment",
    "hedge",
    "claim",
    "could_not_verify",
)
_DRAWS = 300
_BINS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one measure: precision, recall and F1 in [0, 1], 95 % interval of F1, counts."""

    measure: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    right: int
    gold: int
    found: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Hold how often proposals of one rule and type were right, with a 95 % interval."""

    rule: str
    precision: float
    found: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BinRow:
    """Hold one bin of the reliability diagram: mean score against share right."""

    low: float
    mean_score: float
    share_right: float
    found: int


@dataclass(frozen=True, slots=True)
class Table:
    """Hold the evaluation; ``refused`` counts articles with marks for which nothing came out."""

    articles: int
    refused: int
    rows: tuple[Row, ...]
    rules: tuple[RuleRow, ...]
    reliability: tuple[BinRow, ...]


def evaluate(gold_path: Path, engine: Engine, *, seed: int = 0) -> Table:
    """Compare the engine's proposals with a gold file.

    Types that the gold file does not mark are left out. Intervals: bootstrap over articles.

    Raises:
        UserError: if the file cannot be read.
    """
    scores: list[ArticleScore] = []
    marked: set[str] = set()
    refused = 0
    for article in read_articles(gold_path):
        marked.update(s["type"] for s in article.get("spans", ()))
        found = suggest_article(
            engine, {k: v for k, v in article.items() if k in ("id", "lang", "text")}
        )
        refused += bool(article.get("spans")) and not found["spans"]
        scores.append(score(article, found, TYPES))
    rows = [
        _row(name, scores, seed)
        for name in _measures(scores)
        if name in marked
        or (name.startswith(("content", "source of")) and "content" in marked)
        or (name == "unnamed source" and "source" in marked)
    ]
    judged = [[j for j in s.judged if j[0].rsplit(".", 1)[-1] in marked] for s in scores]
    flat = [j for article in judged for j in article]
    return Table(len(scores), refused, tuple(rows), _rules(judged, seed), _reliability(flat))


def _measures(scores: Sequence[ArticleScore]) -> list[str]:
    return list(dict.fromkeys(name for s in scores for name in s.counts))


def _total(scores: Sequence[ArticleScore], name: str) -> Count:
    total = Count()
    for s in scores:
        if name in s.counts:
            total.add(s.counts[name])
    return total


def _row(name: str, scores: Sequence[ArticleScore], seed: int) -> Row:
    rng = random.Random(seed)
    total = _total(scores, name)
    totals = (_total(rng.choices(scores, k=len(scores)), name) for _ in range(_DRAWS))
    low, high = _interval([t.f1 for t in totals if t.gold or t.found] or [total.f1])
    return Row(
        name,
        total.precision,
        total.recall,
        total.f1,
        low,
        high,
        total.right,
        total.gold,
        total.found,
    )


def _interval(draws: list[float]) -> tuple[float, float]:
    """Return what 95 % of the draws lie between."""
    draws.sort()
    return draws[int(0.025 * len(draws))], draws[min(len(draws) - 1, int(0.975 * len(draws)))]


def _rules(articles: Sequence[Sequence[tuple[str, float, bool]]], seed: int) -> tuple[RuleRow, ...]:
    """Return each rule's precision; the interval is a bootstrap over articles, as for measures."""
    counts = [_count_rules(article) for article in articles]
    out: list[RuleRow] = []
    for rule in sorted({rule for count in counts for rule in count}):
        per_article = [count.get(rule, (0, 0)) for count in counts]
        right, found = (sum(c[k] for c in per_article) for k in (0, 1))
        rng = random.Random(seed)
        shares: list[float] = []
        for _ in range(_DRAWS):
            drawn = rng.choices(per_article, k=len(per_article))
            proposed = sum(c[1] for c in drawn)
            if proposed:
                shares.append(sum(c[0] for c in drawn) / proposed)
        low, high = _interval(shares or [right / found])
        out.append(RuleRow(rule, right / found, found, low, high))
    return tuple(out)


def _count_rules(judged: Sequence[tuple[str, float, bool]]) -> dict[str, tuple[int, int]]:
    """Return rule -> (right, found) of one article."""
    counts: dict[str, tuple[int, int]] = {}
    for rule, _, right in judged:
        before = counts.get(rule, (0, 0))
        counts[rule] = (before[0] + right, before[1] + 1)
    return counts


def _reliability(judged: Sequence[tuple[str, float, bool]]) -> tuple[BinRow, ...]:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for _, value, right in judged:
        bins.setdefault(min(_BINS - 1, int(value * _BINS)), []).append((value, right))
    return tuple(
        BinRow(
            number / _BINS,
            sum(v for v, _ in items) / len(items),
            sum(r for _, r in items) / len(items),
            len(items),
        )
        for number, items in sorted(bins.items())
    )

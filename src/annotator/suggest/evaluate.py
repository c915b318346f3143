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
    """Hold how often proposals of one rule and type were right."""

    rule: str
    precision: float
    found: int


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
        if name in marked or (name.startswith(("content", "source of")) and "content" in marked)
    ]
    judged = [j for s in scores for j in s.judged if j[0].rsplit(".", 1)[-1] in marked]
    return Table(len(scores), refused, tuple(rows), _rules(judged), _reliability(judged))


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
    draws = sorted(t.f1 for t in totals if t.gold or t.found) or [total.f1]
    low, high = draws[int(0.025 * len(draws))], draws[min(len(draws) - 1, int(0.975 * len(draws)))]
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


def _rules(judged: Sequence[tuple[str, float, bool]]) -> tuple[RuleRow, ...]:
    counts: dict[str, list[int]] = {}
    for rule, _, right in judged:
        count = counts.setdefault(rule, [0, 0])
        count[0] += right
        count[1] += 1
    return tuple(
        RuleRow(rule, right / found, found) for rule, (right, found) in sorted(counts.items())
    )


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

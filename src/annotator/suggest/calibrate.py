"""Turn raw surety into a probability of being right, by rule and kind of mark.

``training/calibrate.py`` fits the table on texts that no model saw
(``resources/models/scores.json``).
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

from annotator import resources

if TYPE_CHECKING:
    from annotator.model.vocabulary import MarkKind


@cache
def table() -> dict[str, tuple[float, float]]:
    """Return ``rule.kind[.language]`` -> slope and shift over the log-odds of surety."""
    path = resources.path("models", "scores.json")
    if not path.is_file():
        return {}
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {key: (float(slope), float(shift)) for key, (slope, shift) in raw["curves"].items()}


@cache
def _curve(rule: str, kind: MarkKind, language: str) -> tuple[float, float] | None:
    curves = table()
    return curves.get(f"{rule}.{kind.value}.{language}") or curves.get(f"{rule}.{kind.value}")


def score(rule: str, kind: MarkKind, sure: float, language: str) -> float:
    """Return the probability that a proposal of this rule and kind is right."""
    curve = _curve(rule, kind, language)
    if curve is None:
        return round(sure, 4)
    odds = log(min(max(sure, 1e-4), 1 - 1e-4) / (1 - min(max(sure, 1e-4), 1 - 1e-4)))
    return round(1 / (1 + exp(-(curve[0] * odds + curve[1]))), 4)

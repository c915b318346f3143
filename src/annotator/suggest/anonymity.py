"""Find the words that withhold a name, and the reason given for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotator.model.span import Span
from annotator.suggest import lexicon


@cache
def _anonymity(language: str) -> tuple[list[tuple[str, re.Pattern[str]]], list[re.Pattern[str]]]:
    raw: dict[str, Any] = lexicon.load(language, "phrases")
    reasons = [(k, re.compile(rf"(?<!\w)(?:{p})", re.I)) for k, p in raw["reasons"]]
    return reasons, [re.compile(rf"(?<!\w)(?:{p})", re.I) for p in raw["formulas"]]


@dataclass(frozen=True, slots=True)
class Anonymity:
    """Hold the reason that a sentence gives for anonymity, its words, and the formula."""

    reason: str = "not_stated"
    reason_span: Span | None = None
    formula_span: Span | None = None

    @property
    def span(self) -> Span | None:
        """Return the words to show: the reason's, else the formula's."""
        return self.reason_span or self.formula_span


def anonymity(text: str, start: int, end: int, language: str) -> Anonymity:
    """Look for a formula of anonymity and its reason between ``start`` and ``end``."""
    reasons, formulas = _anonymity(language)
    formula = next((m for p in formulas if (m := p.search(text, start, end))), None)
    found = next(((k, m) for k, p in reasons if (m := p.search(text, start, end))), None)
    # "ongoing talks" alone is no reason: it needs a formula beside it, or to be one of the plain
    # ones.
    if (
        found
        and not formula
        and found[0] not in ("not_authorised", "fear_retaliation", "physical_safety")
    ):
        found = None
    formula_span = Span(*formula.span()) if formula and formula.end() > formula.start() else None
    if found is None:
        return Anonymity(formula_span=formula_span)
    return Anonymity(found[0], Span(*found[1].span()), formula_span)

"""Find the words that withhold a name, and the reason given for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotator.model.span import Span
from annotator.suggest import lexicon

_PLAIN = frozenset(("not_authorised", "fear_retaliation", "physical_safety"))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Hold one language's patterns.

    Without ``trigger`` in a sentence, in lower case, the others are not tried.
    """

    trigger: re.Pattern[str]
    formulas: tuple[re.Pattern[str], ...]
    reasons: tuple[tuple[str, re.Pattern[str]], ...]
    because: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _patterns(language: str) -> _Patterns:
    raw: dict[str, Any] = lexicon.load(language, "phrases")
    return _Patterns(
        re.compile(raw["formulas_trigger"][0]),
        tuple(re.compile(rf"(?<!\w)(?:{p})", re.I) for p in raw["formulas"]),
        tuple((k, re.compile(rf"(?<!\w)(?:{p})", re.I)) for k, p in raw["reasons"]),
        re.compile(raw["because"][0], re.I),
        tuple((k, re.compile(rf"(?<!\w)(?:{p})", re.I)) for k, p in raw["because_kinds"]),
    )


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
    patterns = _patterns(language)
    if not patterns.trigger.search(text[start:end].lower()):
        return Anonymity()
    formula = next((m for p in patterns.formulas if (m := p.search(text, start, end))), None)
    formula_span = Span(*formula.span()) if formula and formula.end() > formula.start() else None
    found = next(((k, m) for k, p in patterns.reasons if (m := p.search(text, start, end))), None)
    # "ongoing talks" alone is no reason: it needs a formula beside it, or to be a plain one.
    if found and (formula or found[0] in _PLAIN):
        return Anonymity(found[0], Span(*found[1].span()), formula_span)
    if formula_span is None:
        return Anonymity()
    return _because(text, formula_span, end, patterns)


def _because(text: str, formula: Span, end: int, patterns: _Patterns) -> Anonymity:
    """Take the clause that says why, right behind the formula, for the reason."""
    match = patterns.because.match(text, formula.end, end)
    if match is None:
        return Anonymity(formula_span=formula)
    words = match.group().lstrip(" ,")
    span = Span(match.end() - len(words), match.end())
    kind = next((k for k, p in patterns.kinds if p.search(text, span.start, span.end)), "other")
    return Anonymity(kind, span, formula)

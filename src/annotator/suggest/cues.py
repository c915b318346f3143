"""Say what a cue does: the act (statement, denial, belief, ...) and how it colours the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set

if TYPE_CHECKING:
    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_ACTS = {
    "SAY": "statement",
    "CLAIM": "statement",
    "ADMIT": "statement",
    "BELIEVE": "belief",
    "PROMISE": "intention",
    "ASK": "decree",
    "ACCORD": "statement",
    "SNOUN": "statement",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("shared", "cues")[name], re.I)


_HEDGED = word_set("aurait auraient serait seraient reportedly allegedly apparently")


@dataclass(frozen=True, slots=True)
class CueKind:
    """Hold the act and the stance, as values of the vocabulary."""

    act: str
    stance: str


NOTHING = CueKind("unknown", "unknown")


def describe(tokens: Tokens, cue: TokenSpan, language: str) -> CueKind:
    """Return act and stance of a cue from its words and the auxiliary before it."""
    words = tokens.low[max(0, cue.first - 2) : cue.stop]
    act, stance = "unknown", "neutral"
    for i in range(cue.first, cue.stop):
        word = tokens.words[i]
        act = _act(word, word_class(word, word.lower().replace("’", "'"), language), act)
        if _pattern("distancing").match(word):
            stance = "distancing"
        elif _pattern("endorsing").match(word):
            stance = "endorsing"
    if _HEDGED.intersection(words):
        stance = "hedged"
    return CueKind(act, stance)


def _act(word: str, kind: str, known: str) -> str:
    for act in ("denial", "refusal", "evidence"):
        if _pattern(act).match(word):
            return act
    return _ACTS.get(kind, known) if known == "unknown" else known

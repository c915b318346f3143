"""Find speakers that no verb shows: the label of a transcript, the signature under a quotation.

"WALLACE: Do you see those two as equivalent?" and « "J'ai eu peur." — Anne Martin »: who speaks is
written beside what is said, and the tagger takes it for part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest.extents import without
from annotator.suggest.lexicon import word_set
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, DASHES, OPENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE = 0.6
_LONGEST_LABEL, _LONGEST_SIGNATURE, _FEWEST_SAID = 4, 6, 3
_PARTICLES = word_set("de du des d' la le van von der den al bin ben el y e da dos . -")


def with_signatures(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int
) -> list[TokenSpan]:
    """Return the spans of the tokens ``first`` to ``stop`` with such speakers as sources."""
    out = list(spans)
    for found in (_label(tokens, out, first, stop), *_signatures(tokens, out, first, stop)):
        if found is not None:
            out = [x for s in out for x in without(s, found)] + [found]
    return sorted(out, key=lambda s: s.first)


def _label(tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int) -> TokenSpan | None:
    """Return the capitals before a colon at the head of a paragraph that is content."""
    if first:
        return None
    begin = 1 if stop and tokens.state[0] == OPENS else 0
    colon = begin
    while colon < min(stop, begin + _LONGEST_LABEL) and tokens.words[colon] != ":":
        colon += 1
    words = tokens.words[begin:colon]
    if colon >= stop - _FEWEST_SAID or tokens.words[colon : colon + 1] != [":"] or not words:
        return None
    if not all(w.isupper() or w in (".", "-") for w in words) or len(words[-1]) < 2:
        return None
    content = next((s for s in spans if s.kind == "C"), None)
    known = any(s.kind == "S" and s.first <= colon for s in spans)
    if known or content is None or content.first > colon or content.stop <= colon + 1:
        return None
    return TokenSpan("S", begin, colon, _SURE)


def _signatures(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int
) -> list[TokenSpan]:
    """Return the names that stand alone behind a closing mark and a dash."""
    out: list[TokenSpan] = []
    for i in range(max(first, 1), stop - 1):
        if tokens.words[i] not in DASHES or tokens.state[i - 1] != CLOSES:
            continue
        end = i + 1
        while end < stop and end - i <= _LONGEST_SIGNATURE and _of_name(tokens.words[end]):
            end += 1
        whole = end == stop == len(tokens) or (
            end < stop and (tokens.state[end] == OPENS or tokens.words[end] in (",", "("))
        )
        while end > i + 1 and not tokens.words[end - 1][0].isalnum():
            end -= 1
        found = TokenSpan("S", i + 1, end, _SURE)
        taken = any(s.kind == "S" and s.first < end and i < s.stop for s in spans)
        said = any(s.kind == "C" and s.first < i and s.stop >= i - 1 for s in spans)
        if whole and said and not taken and end > i + 1 and tokens.words[i + 1][0].isupper():
            out.append(found)
    return out


def _of_name(word: str) -> bool:
    return word[0].isupper() or word.lower() in _PARTICLES

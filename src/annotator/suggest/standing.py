"""Find who speaks an English quotation that stands by itself, with no verb of speech.

'He laughed when a reporter read him the statement. "They sent us a box of gaskets."': the person
whom the sentence before begins with. The French conventions are in ``floating``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set
from annotator.suggest.places import PERSON
from annotator.suggest.speakers import clause_edges
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.link import Attribution
    from annotator.suggest.places import NameFind
    from annotator.suggest.tokens import Tokens

_SURE, _FEWEST_WORDS = 0.6, 4
_PERSONAL = word_set("he she")
_LINKS = word_set("but and so then still yet")


def with_speakers(
    tokens: Tokens,
    attributions: Sequence[Attribution],
    sources: Sequence[TokenSpan],
    names: Sequence[NameFind],
) -> list[Attribution]:
    """Return a paragraph's attributions, those of whole quotations without a speaker given one.

    Args:
        tokens: the paragraph's.
        attributions: what was linked there.
        sources: all source mentions there.
        names: the names there.
    """
    persons = [n for n in names if n.kind == PERSON]
    return [
        replace(a, source=_before(tokens, a.content[0], sources, persons))
        if a.cue is None and a.source is None and _alone(tokens, a)
        else a
        for a in attributions
    ]


def _alone(tokens: Tokens, attribution: Attribution) -> bool:
    """Say whether a quotation is a sentence of its own behind another one."""
    part = attribution.content[0]
    if not part.first or len(attribution.content) > 1 or tokens.state[part.first] != OPENS:
        return False
    begins = tokens.sentence[part.first - 1] != tokens.sentence[part.first]
    return begins and part.stop - part.first > _FEWEST_WORDS


def _before(
    tokens: Tokens,
    part: TokenSpan,
    sources: Sequence[TokenSpan],
    persons: Sequence[NameFind],
) -> TokenSpan | None:
    """Return the person whom the sentence before a quotation begins with."""
    last = part.first - 1
    first, _ = clause_edges(tokens, last)
    asks = tokens.words[last] == "?"
    if asks or any(tokens.state[i] != OUTSIDE for i in range(first, last)):
        return None
    while first < last and tokens.words[first].lower() in _LINKS:
        first += 1
    known = next((s for s in sources if s.first <= first < s.stop), None)
    name = next((n for n in persons if n.first == first), None)
    if name is not None:
        return known or TokenSpan("S", name.first, name.stop, _SURE)
    alone = tokens.words[first].lower() in _PERSONAL
    return TokenSpan("S", first, first + 1, _SURE) if alone else None

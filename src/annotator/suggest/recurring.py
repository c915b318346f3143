"""Find the later short forms of an unnamed source: "the official", « cette source ».

The tagger finds who speaks; somebody who was quoted once and then nods, refuses or is told of is
the same informant, and counts for how often an article leans on that person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.mention import DEFINITE
from annotator.suggest.source_kind import ORDINALS
from annotator.suggest.source_words import singular
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.suggest.sources import Description
    from annotator.suggest.tokens import Tokens

_BETWEEN = word_set("same même first second third première seconde deuxième troisième")
_COMPLEMENT = word_set("of for from de du des d' à au")
_NAMED = ("named_person", "named_organisation", "person_by_office")
_SURE = 0.55


def first_uses(mentions: Sequence[tuple[Description, Sequence[str]]]) -> dict[str, int]:
    """Return the nouns of unnamed sources that nobody with a name shares: noun -> first mention.

    Args:
        mentions: all mentions of an article in text order, with their words in lower case.
    """
    named = {w for what, words in mentions if what.identification in _NAMED for w in words}
    out: dict[str, int] = {}
    for number, (what, _) in enumerate(mentions):
        new = what.is_anonymous and what.shape == "full" and what.head not in ("", "on")
        if new and what.head not in named:
            out.setdefault(what.head, number)
    return out


def short_forms(
    tokens: Tokens, known: Sequence[TokenSpan], after: Mapping[str, int], language: str
) -> Iterator[TokenSpan]:
    """Yield "the N" of a paragraph that no mention covers.

    Args:
        tokens: the paragraph.
        known: its mentions.
        after: the nouns that are looked for, in the singular, and the first token that counts.
        language: ``en`` or ``fr``.
    """
    low = tokens.low
    for i in range(1, len(low)):
        begins = after.get(singular(low[i], language))
        if begins is None or i < begins or tokens.state[i] == INSIDE:
            continue
        first = i - 1
        while first and (low[first] in _BETWEEN or low[first] in ORDINALS):
            first -= 1
        if low[first] not in DEFINITE or _goes_on(tokens, low, i + 1, language):
            continue
        if not any(s.first <= i and first < s.stop for s in known):
            yield TokenSpan("S", first, i + 1, _SURE)


def _goes_on(tokens: Tokens, low: Sequence[str], i: int, language: str) -> bool:
    """Say whether the noun has a complement or a name behind it: then it is somebody else."""
    if i >= len(low):
        return False
    adjective = language == "fr" and word_class(tokens.words[i], low[i], language) in ("NAT", "x")
    return low[i] in _COMPLEMENT or tokens.words[i][0].isupper() or adjective

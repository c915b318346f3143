"""Leave out English attributions that the network made of ordinary verbs.

It was trained on a corpus that marks very much ("the ministry has cracked down on smuggling"), and
on other papers it takes plain deeds for speech. What is reported in a clause, or behind a verb of
speech or belief, stays; the object of any other verb stays only where the network is sure. In texts
told in the first person ("I want it", "Voters see the parties as a sham") objects never count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.vocabulary import MarkKind
from annotator.suggest import calibrate, lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.speakers import class_of
from annotator.suggest.tokens import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.link import Attribution
    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_SURE = 0.55
_OPENS_CLAUSE = word_set(
    "i we they he she it you there this that these those how what why if whether where when who "
    "which"
)
_LINKS = word_set("and but so well")
_OPENS_OBJECT = word_set("to of for about")
_FINITE = word_set(
    "is are was were am has have had will would can could may might must should does did do cannot "
    "'s 're 'll 've 'd 'm"
)


def without_doubtful(
    tokens: Tokens, attributions: Sequence[Attribution], language: str, *, personal: bool
) -> list[Attribution]:
    """Return the attributions that may stand.

    Args:
        tokens: the paragraph's.
        attributions: what the network found there.
        language: only ``en`` is looked at.
        personal: the text is told in the first person.
    """
    if language != "en":
        return list(attributions)
    return [a for a in attributions if _stands(tokens, a, personal=personal)]


def _stands(tokens: Tokens, attribution: Attribution, *, personal: bool) -> bool:
    if any(_says(tokens, part) for part in attribution.content):
        return True
    if personal:
        return False
    cue = attribution.cue
    if cue is None or any(
        w.lower() in lexicon.cue_words() for w in tokens.words[cue.first : cue.stop]
    ):
        return True
    return calibrate.score("tagger", MarkKind.QUOTE, attribution.sure, "en") >= _SURE


def _says(tokens: Tokens, part: TokenSpan) -> bool:
    """Say whether a piece of content is a quotation or a clause, not the object of a verb."""
    low = [w.lower().replace("’", "'") for w in tokens.words[part.first : part.stop]]
    if any(tokens.state[i] != OUTSIDE for i in range(part.first, part.stop)):
        return True
    if part.first and class_of(tokens, part.first - 1, "en") == "THAT":
        return True
    head = low[1] if low[0] in _LINKS and len(low) > 1 else low[0]
    if len(low) > 1 and head in _OPENS_CLAUSE:
        return True
    if head in _OPENS_OBJECT:
        return False
    return any(w in _FINITE or w.endswith("n't") for w in low)

"""Leave out English attributions that the network made of ordinary verbs.

It was trained on a corpus that marks very much ("the ministry has cracked down on smuggling"), and
on other papers it takes plain deeds for speech. What is reported in a clause, or behind a verb of
speech or belief, stays; the object of any other verb stays only where the network is sure. In texts
told in the first person ("I want it", "Voters see the parties as a sham") objects never count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.speakers import class_of
from annotator.suggest.tokens import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.link import Attribution
    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

# Raw surety (``Attribution.sure``), set on PolNeAR's development part and GUM by folds.
_SURE, _SURE_ALONE, _SURE_IN_TALK = 0.276, 0.329, 0.457
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
    told = [a for a in attributions if not _no_statement(tokens, a)]
    if language != "en":
        return told
    return [a for a in told if _stands(tokens, a, personal=personal)]


_UNTOLD = (
    ["not", "to", "be"],
    ["to", "remain", "anonymous"],
    ["to", "speak", "anonymously"],
    ["anonymity"],
    ["à", "ne", "pas", "être"],
    ["ne", "pas", "être"],
    ["l'", "anonymat"],
)
_NAMING = word_set(
    "named identified quoted anonymous anonymously anonymity anonymat nommé nommée nommés nommées "
    "cité citée cités citées identifié identifiée identifiés identifiées"
)


def _no_statement(tokens: Tokens, attribution: Attribution) -> bool:
    """Say whether nothing is stated: no word, a title, a name withheld, a question put."""
    cue, source, part = attribution.cue, attribution.source, attribution.content[0]
    if not any(tokens.words[i][0].isalnum() for p in attribution.content for i in _range(p)):
        return True
    if cue is not None and tokens.words[cue.stop - 1].lower() in _TITLED:
        return True
    low = tokens.low[part.first : part.first + 6]
    if any(low[: len(words)] == words for words in _UNTOLD) and not _NAMING.isdisjoint(low):
        return True
    if cue is None or source is None or tokens.words[cue.first] not in _QUESTIONED:
        return False
    # "Asked whether it leaks, the warden replied": not the warden's words.
    heads = cue.first == 0 or tokens.sentence[cue.first - 1] != tokens.sentence[cue.first]
    return heads and source.first >= part.stop and tokens.words[source.first - 1] == ","


def _range(part: TokenSpan) -> range:
    return range(part.first, part.stop)


_TITLED = word_set("titled entitled intitulé intitulée intitulés intitulées nicknamed christened")
_QUESTIONED = ("Asked", "Pressed", "Questioned", "Interrogé", "Interrogée", "Interrogés")


def idle(
    tokens: Tokens, loose: Sequence[TokenSpan], attributions: Sequence[Attribution]
) -> list[TokenSpan]:
    """Return the unused sources of a byline or a heading ("Ruth Oakley, Staff Writer")."""
    short = len(tokens) <= _LONGEST_BYLINE and not _ENDS.intersection(tokens.words)
    return list(loose) if short and not attributions else []


_LONGEST_BYLINE = 14
_ENDS = word_set('. ! ? … ... : » ” "')


def _stands(tokens: Tokens, attribution: Attribution, *, personal: bool) -> bool:
    if attribution.source is None and not any(_quoted(tokens, p) for p in attribution.content):
        # "It is hard to imagine", "was nominated for": plain words that nobody says.
        return attribution.sure >= _SURE_ALONE
    if any(_says(tokens, part) for part in attribution.content):
        return True
    cue = attribution.cue
    reports = cue is None or any(
        w.lower() in lexicon.cue_words() for w in tokens.words[cue.first : cue.stop]
    )
    if reports and not personal:
        return True
    sure = attribution.sure
    return reports and sure >= _SURE_IN_TALK if personal else sure >= _SURE


def _quoted(tokens: Tokens, part: TokenSpan) -> bool:
    return any(tokens.state[i] != OUTSIDE for i in range(part.first, part.stop))


def _says(tokens: Tokens, part: TokenSpan) -> bool:
    """Say whether a piece of content is a quotation or a clause, not the object of a verb."""
    low = tokens.low[part.first : part.stop]
    if _quoted(tokens, part):
        return True
    if part.first and class_of(tokens, part.first - 1, "en") == "THAT":
        return True
    head = low[1] if low[0] in _LINKS and len(low) > 1 else low[0]
    if len(low) > 1 and head in _OPENS_CLAUSE:
        return True
    if head in _OPENS_OBJECT:
        return False
    return any(w in _FINITE or w.endswith("n't") for w in low)

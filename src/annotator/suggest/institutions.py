"""Find bodies of a state that go by a noun and an adjective, most of it in small letters.

« le gouvernement éthiopien », « les services de renseignement américains », "Kenyan police", "the
Finnish environment ministry"; and those whose names French writes small (« département d'Etat »).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.kinds import words as listed
from annotator.suggest.lexicon import word_set
from annotator.suggest.places import ORGANISATION, NameFind, by_first_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

#: Behind a body's noun it only says whose people or things these are: "US military officials".
_OWNED = word_set(
    "official officials officer officers source sources spokesman spokeswoman spokesperson "
    "minister ministers chief chiefs leader leaders commander commanders lawyer lawyers adviser "
    "advisers aide aides member members employee employees worker workers soldier soldiers "
    "troops post posts base bases car cars station stations building headquarters policy "
    "policies statement report reports data figures website custody spending budget funding "
    "debt bonds bond aid contract contracts action operation operations figure veteran veterans "
    "captain general council head"
)
_STATES = word_set("us u.s. uk u.k. eu e.u.")
_SURE, _MIDDLE = 0.6, 3
_Forms = dict[str, list[tuple[str, ...]]]


@cache
def _forms(name: str) -> _Forms:
    """Return one list of forms of several words by their first token."""
    return by_first_word(lexicon.load("shared", "names")[name].split("|"))


def find(tokens: Tokens, low: Sequence[str], language: str) -> list[NameFind]:
    """Return the bodies of a paragraph."""
    if language == "fr":
        return [*_french(low), *_small(low)]
    return _english(tokens, low)


def _french(low: Sequence[str]) -> list[NameFind]:
    nouns = listed("state_bodies_fr")
    if nouns.isdisjoint(low):
        return []
    demonyms = lexicon.demonyms("fr")
    out: list[NameFind] = []
    for i, word in enumerate(low):
        if word in nouns:
            k = i + 1 + _matched(low, i + 1, _forms("state_between_fr"))
            if k < len(low) and low[k] in demonyms:
                out.append(NameFind(ORGANISATION, i, k + 1, _SURE))
    return out


def _small(low: Sequence[str]) -> list[NameFind]:
    forms = _forms("lower_fr")
    if forms.keys().isdisjoint(low):
        return []
    return [
        NameFind(ORGANISATION, i, i + length, _SURE)
        for i in range(len(low))
        if (length := _matched(low, i, forms))
    ]


def _matched(low: Sequence[str], i: int, forms: _Forms) -> int:
    """Return how many words the longest form has that stands at a place; 0 if none does."""
    for form in forms.get(low[i], ()) if i < len(low) else ():
        if tuple(low[i : i + len(form)]) == form:
            return len(form)
    return 0


def _english(tokens: Tokens, low: Sequence[str]) -> list[NameFind]:
    bodies, towns = listed("state_bodies_en"), listed("town_bodies_en")
    if bodies.isdisjoint(low) and towns.isdisjoint(low):
        return []
    out: list[NameFind] = []
    for i, word in enumerate(tokens.words):
        if not word[0].isupper():
            continue
        stop = _of_state(low, i) or _of_town(tokens, low, i)
        if stop and (stop == len(low) or low[stop] not in _OWNED):
            out.append(NameFind(ORGANISATION, i, stop, _SURE))
    return out


def _of_state(low: Sequence[str], i: int) -> int:
    """Return where "Finnish environment ministry" or "Finland's foreign ministry" ends, or 0."""
    k = i + 1
    if low[i] not in lexicon.demonyms("en") and low[i] not in _STATES:
        k = next((i + n for n in (1, 2, 3) if tuple(low[i : i + n]) in _states()), 0)
        if not k or low[k : k + 1] != ["'s"]:
            return 0
        k += 1
    bodies, between = listed("state_bodies_en"), listed("state_between_en")
    most = k + _MIDDLE
    # A word that may be a body itself ("military") is one unless another one follows.
    while k + 1 < min(len(low), most) and low[k] in between and low[k + 1] in bodies | between:
        k += 1
    return k + 1 if k < len(low) and low[k] in bodies else 0


def _of_town(tokens: Tokens, low: Sequence[str], i: int) -> int:
    """Return where "Glenlough council" or "Essex police" ends, or 0."""
    if i == 0 or tokens.sentence[i - 1] != tokens.sentence[i] or low[i] in lexicon.classes("en"):
        return 0
    k = i + 1
    towns = listed("town_bodies_en")
    return k + 1 if k < len(low) and low[k] in towns and tokens.words[k].islower() else 0


@cache
def _states() -> frozenset[tuple[str, ...]]:
    from annotator.suggest.tokens import tokenise

    states = lexicon.load("shared", "states").values()
    return frozenset(
        tuple(word.lower() for word in tokenise(name).words)
        for state in states
        for name in state["en"]
    )

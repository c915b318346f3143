"""Find nominal descriptions of named persons ("the secretary of state", « le numéro deux du ... »).

A description is learnt where it stands beside a name (« le président X », "X, the minister of Y,")
and recognised again alone. One that opens an article without a name is given to the first person
who
then appears without any description: a guess, and scored as one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest.features import word_class
from annotator.suggest.lexicon import demonyms, word_set
from annotator.suggest.places import PERSON
from annotator.suggest.source_words import words_of
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.suggest.tokens import Tokens

_DEFINITE = word_set("the le la l' l’ son sa leur his her its their")
_LINKS = word_set("of for de du des d' d’ à au aux la le les l' l’ the and et")
_STOPPERS = word_set("AUX THAT WH PRON REFL NEG TIME CONJ SAY CLAIM ADMIT BELIEVE KNOW ASK PROMISE")
_LONGEST, _APART, _REMEMBERED, _TELLING = 9, 8, 100, 3
ADJECTIVE = (
    "al",
    "ale",
    "el",
    "elle",
    "ique",
    "aire",
    "ien",
    "ienne",
    "aine",
    "ain",
    "if",
    "ive",
    "eux",
    "euse",
    "général",
    "adjoint",
    "adjointe",
    "délégué",
    "déléguée",
    "sortant",
    "sortante",
    "suprême",
    "éral",
    "érale",
)
_COUNTED = word_set("un deux trois quatre cinq")
_EMPTY = word_set(
    "the le la l' l’ les de du des d' d’ of and et à au aux his her its their son sa leur"
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """Hold a name found in a paragraph and its actor."""

    first: int
    stop: int
    kind: str
    actor: str
    cluster: str


@dataclass(frozen=True, slots=True)
class Described:
    """Hold a description that stands for a person."""

    paragraph: int
    first: int
    stop: int
    actor: str
    cluster: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    paragraph: int
    first: int
    stop: int
    words: frozenset[str]
    head: str
    number: int


def find(
    paragraphs: Sequence[tuple[Tokens, Sequence[KnownName]]], language: str
) -> list[Described]:
    """Return the descriptions of an article that stand alone for a person."""
    learnt: list[tuple[_Phrase, KnownName]] = []
    loose: list[_Phrase] = []
    plain: list[tuple[int, int, KnownName]] = []
    out: list[Described] = []
    for number, (tokens, known) in enumerate(paragraphs):
        persons = [k for k in known if k.kind == PERSON]
        found = list(_phrases(tokens, number, language))
        learnt += _titles(tokens, number, persons, language)
        owners = {p: _beside(tokens, p, persons) for p in found}
        bare = {k.first for k in persons} - {k.first for k in owners.values() if k}
        plain += [(number, k.first, k) for k in persons if k.first in bare]
        for phrase in found:
            owner = owners[phrase]
            if owner is not None:
                learnt.append((phrase, owner))
                continue
            same = _recall(phrase, learnt)
            if same is not None:
                out.append(
                    Described(number, phrase.first, phrase.stop, same.actor, same.cluster, 0.65)
                )
            else:
                loose.append(phrase)
    named = {k.actor for _, k in learnt}
    # Only one that says much is worth a guess: « le numéro deux du département d'Etat ».
    full = [phrase for phrase in loose[:1] if len(phrase.words) >= _TELLING]
    out += _forward(full, [p for p in plain if p[2].actor not in named])
    return out


def _titles(
    tokens: Tokens, number: int, persons: Sequence[KnownName], language: str
) -> Iterator[tuple[_Phrase, KnownName]]:
    """Yield the office that stands right before a name without an article ("Judge Ann Alder")."""
    office = words_of(language).office
    for known in persons:
        at = known.first - 1 if tokens.words[known.first].lower() not in office else known.first
        word = tokens.words[at].lower() if at >= 0 else ""
        if word in office:
            yield _Phrase(number, at, at + 1, frozenset((fold(word),)), word, at), known


def _phrases(tokens: Tokens, number: int, language: str) -> Iterator[_Phrase]:
    """Yield definite noun phrases whose head is an office."""
    office = words_of(language).office
    words = tokens.words
    low = [w.lower().replace("’", "'") for w in words]
    if office.isdisjoint(low):
        return
    i = 0
    while i < len(low):
        if low[i] not in office:
            i += 1
            continue
        first = i
        while (
            first
            and i - first < 3
            and low[first - 1] not in _DEFINITE
            and words[first - 1][0].isalpha()
            and word_class(words[first - 1], low[first - 1], language)
            not in _STOPPERS | {"PREP", "DET", "TO"}
        ):
            first -= 1
        if not first or low[first - 1] not in _DEFINITE:
            i += 1
            continue
        stop = _extend(tokens, low, i + 1, language)
        content = frozenset(fold(w) for w in low[first:stop] if w not in _EMPTY)
        yield _Phrase(number, first - 1, stop, content, low[i], i)
        i = stop


def _extend(tokens: Tokens, low: Sequence[str], i: int, language: str) -> int:
    """Return where the phrase ends: complements with "of"/"de" and adjectives belong to it."""
    start = i
    while i < len(low) and i - start < _LONGEST:
        word = tokens.words[i]
        if not word[0].isalnum() or word_class(word, low[i], language) in _STOPPERS - {"CONJ"}:
            break
        if low[i] in ("and", "et", "ou", "or") or (
            low[i] not in _LINKS and word_class(word, low[i], language) == "PREP"
        ):
            break
        if language == "fr" and not _linked(low, i) and not _fits_french(word, low[i]):
            break
        if (
            language == "en"
            and low[i] not in _LINKS
            and low[i - 1] not in _LINKS
            and not word[0].isupper()
        ):
            break
        i += 1
    while i > start and low[i - 1] in _LINKS:
        i -= 1
    return i


def _linked(low: Sequence[str], i: int) -> bool:
    return low[i] in _LINKS or low[i - 1] in _LINKS


def _fits_french(word: str, low: str) -> bool:
    """Say whether a word without a link before it may still belong to a French noun phrase."""
    return word.islower() and (low in demonyms("fr") or low in _COUNTED or low.endswith(ADJECTIVE))


def _beside(tokens: Tokens, phrase: _Phrase, persons: Sequence[KnownName]) -> KnownName | None:
    """Return the person named right before or after a phrase (with a comma at most between)."""
    low = max(0, bisect_left(persons, phrase.first, key=lambda k: k.first) - 1)
    for known in persons[low : bisect_left(persons, phrase.stop + 3, key=lambda k: k.first)]:
        gap = known.first - phrase.stop
        if 0 <= gap <= 2 and all(
            w in (",", "M.", "Mme", "Mr", "Mrs", "Ms")
            for w in tokens.words[phrase.stop : known.first]
        ):
            return known
        gap = phrase.first - known.stop
        if 0 < gap <= 2 and tokens.words[known.stop] in (",", "(", "–", "—"):
            return known
        if phrase.first <= known.first < phrase.stop:
            return known
    return None


def _recall(phrase: _Phrase, learnt: Sequence[tuple[_Phrase, KnownName]]) -> KnownName | None:
    """Return whose description this is: same office, and one's words all in the other's."""
    for known, owner in reversed(learnt[-_REMEMBERED:]):
        if known.head == phrase.head and (
            phrase.words <= known.words or known.words <= phrase.words
        ):
            return owner
    return None


def _forward(
    loose: Sequence[_Phrase], plain: Sequence[tuple[int, int, KnownName]]
) -> Iterator[Described]:
    """Yield a guess for a description that comes before any name: the next person without one."""
    for phrase in loose:
        for paragraph, first, known in plain:
            near = paragraph - phrase.paragraph in (0, 1)
            apart = paragraph > phrase.paragraph or first - phrase.stop > _APART
            if near and apart:
                yield Described(
                    phrase.paragraph, phrase.first, phrase.stop, known.actor, known.cluster, 0.4
                )
                break

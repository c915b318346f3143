"""Find unnamed sources by their own words, whatever the tagger made of them.

« deux sources informées », "a person familiar with the talks", « un responsable s'exprimant sous
couvert
d'anonymat »: the noun "source", or a noun for a person beside a formula of anonymity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.anonymity import anonymity
from annotator.suggest.extents import met_until
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.phrases import sentence_ranges
from annotator.suggest.source_words import known, words_of
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import INSIDE, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SOURCE = word_set("source sources")
_NEVER = word_set("code codes open energy light income d'énergie d'eau de'eau revenus inspiration")
_DETERMINERS = word_set(
    "a an one two three four five six several some many multiple another other the these his her "
    "its un une des "
    "deux trois quatre cinq plusieurs certaines certains quelques d'autres la cette ces ce le l' "
    "les autre "
    "seconde première deuxième troisième nombreuses diverses différentes"
)
_FAMILIAR = word_set(
    "familiar close with briefed informed aware proche proches informé informée informés informées"
)
_TELLING = _FAMILIAR | word_set(
    "diplomatique diplomatiques gouvernementale gouvernementales judiciaire judiciaires policière "
    "policières "
    "concordantes militaire militaires sécuritaire ministérielle parlementaire syndicale "
    "syndicales hospitalière "
    "anonyme anonymes unnamed anonymous informed"
)
_INSIDE_EN = word_set(
    "familiar with close to briefed on in the of at inside within near informed about aware a an "
    "his her its their and from"
)
_INSIDE_FR = word_set(
    "proche proches du de des d' la le l' les au aux sein fait informée informées informé "
    "informés dans et à "
    "ayant connaissance bien"
)
_STOPS = word_set(
    "AUX THAT WH PRON REFL NEG SAY CLAIM ADMIT BELIEVE KNOW ASK PROMISE SEEM TIME ACCORD"
)
_BEFORE_BARE = word_set("de selon par d'après to from auprès")
_EVERYBODY = word_set("everyone everybody people those tous toutes ceux celles")
_KNOWS = word_set(
    "familiar briefed close informed aware proche proches informé informée informés informées"
)
_KNOWS_OF = word_set("with on to about of du de des d'")
_CLAUSES = word_set("who that which qui que dont has have had is are was were but mais")
_OF_ANOTHER = word_set("de d' of to for")
_LONGEST = 12
_SURE = 0.6


def find(text: str, tokens: Tokens, language: str) -> list[TokenSpan]:
    """Return noun phrases of unnamed sources in a paragraph, in order."""
    low = tokens.low
    out: list[TokenSpan] = []
    if _SOURCE.intersection(low):
        out.extend(_source_phrases(tokens, low, language))
    out.extend(_met(tokens, low))
    out.extend(_in_the_know(tokens, low, language))
    for first, stop in sentence_ranges(tokens):
        out.extend(_beside_formula(text, tokens, low, (first, stop), language))
    out.sort()
    return [s for i, s in enumerate(out) if not i or s.first >= out[i - 1].stop]


def _met(tokens: Tokens, low: Sequence[str]) -> Iterator[TokenSpan]:
    """Yield people whom the reporter says to have met: "everyone I interviewed"."""
    for i, word in enumerate(low):
        if word not in _EVERYBODY or tokens.state[i] == INSIDE:
            continue
        stop = met_until(tokens, i + 1)
        if stop:
            yield TokenSpan("S", i, stop, _SURE)


def _in_the_know(tokens: Tokens, low: Sequence[str], language: str) -> Iterator[TokenSpan]:
    """Yield "people briefed on the talks", « un élu au fait du dossier »."""
    words = words_of(language)
    for i, word in enumerate(low[:-2]):
        knows = low[i + 1] in _KNOWS and low[i + 2] in _KNOWS_OF
        knows = knows or (low[i + 1] == "with" and "knowledge" in low[i + 2 : i + 5])
        knows = knows or (low[i + 1] == "au" and low[i + 2] in ("fait", "courant"))
        if not knows or tokens.state[i] == INSIDE or word in _SOURCE:
            continue
        if word not in words.people and not known(word, words.person, language):
            continue
        first = _noun_start(tokens, low, i, language)
        if first == i and language == "fr":
            continue
        yield TokenSpan("S", first, _phrase_stop(tokens, low, i + 3, language), _SURE)


def _phrase_stop(tokens: Tokens, low: Sequence[str], i: int, language: str) -> int:
    """Return where "the talks" or « du dossier » ends: at a mark, a verb or another clause."""
    begin = i
    while i < len(low) and i - begin < _LONGEST:
        kind = word_class(tokens.words[i], low[i], language)
        if not tokens.words[i][0].isalnum() or kind in _STOPS or low[i] in _CLAUSES:
            break
        i += 1
    return i


def _source_phrases(tokens: Tokens, low: Sequence[str], language: str) -> Iterator[TokenSpan]:
    for i, word in enumerate(low):
        if word not in _SOURCE or tokens.state[i] == INSIDE:
            continue
        after = low[i + 1] if i + 1 < len(low) else ""
        before = low[i - 1] if i else ""
        if after in _NEVER or before in _NEVER or tokens.words[i].isupper():
            continue
        first = _start(tokens, low, i, language)
        # « une source d'inspiration » is none: it is a person after a determiner or « de source ...
        # ».
        bare = first == i and before not in _BEFORE_BARE
        if bare and not (word == "sources" and language == "en"):
            continue
        stop = _stop(tokens, low, i + 1, language)
        if _speaks(tokens, low, first, stop, language):
            yield TokenSpan("S", first, stop, _SURE)


def _speaks(tokens: Tokens, low: Sequence[str], first: int, stop: int, language: str) -> bool:
    """Say whether the phrase tells something: introduced as a source, or a subject that speaks."""
    if _TELLING.intersection(low[first:stop]):
        return True
    before = low[first - 1] if first else ""
    if before in ("selon", "d'après", "auprès") or low[max(0, first - 2) : first] == [
        "according",
        "to",
    ]:
        return True
    told = low[max(0, first - 6) : first]
    if before in ("de", "d'", "par", "by", "from") and any(
        w in ("appris", "learned", "confirmé", "told", "indiqué") for w in told
    ):
        return True
    after = stop + 1 if stop < len(low) and low[stop] in ("who", "qui", ",") else stop
    return any(
        word_class(tokens.words[k], low[k], language) in lexicon.REPORTING
        for k in range(after, min(after + 3, len(low)))
    )


def _start(tokens: Tokens, low: Sequence[str], i: int, language: str) -> int:
    first = i
    while first and i - first < 5:
        word = low[first - 1]
        if word in _DETERMINERS:
            return first - 1 if not (first > 1 and low[first - 2] in _DETERMINERS) else first - 2
        kind = word_class(tokens.words[first - 1], word, language)
        if not word[0].isalnum() or kind in _STOPS or kind in ("PREP", "TO", "CONJ"):
            break
        first -= 1
    return first if language == "en" else i


def _stop(tokens: Tokens, low: Sequence[str], i: int, language: str) -> int:
    """Return where the phrase ends: its adjectives and « proche de ... » belong to it."""
    begin = i
    inside = _INSIDE_EN if language == "en" else _INSIDE_FR
    close = False
    while i < len(low) and i - begin < _LONGEST:
        word, shown = low[i], tokens.words[i]
        kind = word_class(shown, word, language)
        if not shown[0].isalnum() or (kind in _STOPS and word not in _TELLING):
            break
        close = close or word in _FAMILIAR
        if word in inside and not (
            close or word in ("au", "aux", "sein", "bien", "at", "inside", "within", "in", "dans")
        ):
            break
        if language == "en" and not close and word not in inside:
            break
        if kind in ("CONJ", "PREP", "TO") and word not in inside:
            break
        i += 1
    while i > begin and low[i - 1] in _TRAILING:
        i -= 1
    return i


_TRAILING = word_set(
    "of to with on in the a an at about de du des d' la le l' les au aux à et and dans sein"
)


def _beside_formula(
    text: str, tokens: Tokens, low: Sequence[str], sentence: tuple[int, int], language: str
) -> Iterator[TokenSpan]:
    """Yield the nearest noun phrase for a person before a formula of anonymity."""
    first, stop = sentence
    begin, end = tokens.starts[first], tokens.ends[stop - 1]
    formula = anonymity(text, begin, end, language).formula_span
    if formula is None:
        return
    person = words_of(language).person
    for i in range(stop - 1, first - 1, -1):
        if tokens.starts[i] >= formula.start or tokens.state[i] == INSIDE:
            continue
        if not known(low[i], person, language):
            continue
        start = _noun_start(tokens, low, i, language)
        of_another = start > first + 1 and low[start - 1] in _OF_ANOTHER
        if of_another and known(low[start - 2], person, language):
            continue  # « un proche de la maire, sous couvert d'anonymat »: that is not the mayor
        if start < i and low[start] in _DETERMINERS:
            yield TokenSpan("S", start, _noun_stop(tokens, low, i + 1, language), _SURE)
            return


def _noun_start(tokens: Tokens, low: Sequence[str], i: int, language: str) -> int:
    first = i
    while first and i - first < 6 and low[first][0].isalnum():
        first -= 1
        if low[first] in _DETERMINERS:
            return first
        if word_class(tokens.words[first], low[first], language) in _STOPS:
            return i
    return i


def _noun_stop(tokens: Tokens, low: Sequence[str], i: int, language: str) -> int:
    if language == "en":
        return i
    demonyms = lexicon.demonyms(language)
    while (
        i < len(low)
        and (
            low[i] in demonyms
            or low[i].endswith(("aire", "ique", "ien", "ienne", "al", "ale", "ain"))
        )
        and low[i].isalpha()
    ):
        i += 1
    return i

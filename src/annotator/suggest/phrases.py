"""Find set phrases in a paragraph: declined comment, could not verify, hedges.

The patterns are data (``resources/lexicons/{en,fr}/phrases.json``). The French conditional of
hearsay (« aurait été touché ») is found by form: it hedges outside quotations, where no "si" makes
it a condition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from annotator.model.span import Span
from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.tokens import INSIDE, OUTSIDE, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DECLINED, UNVERIFIED, HEDGE, CONDITIONAL = "declined", "unverified", "hedge", "conditional"
_CONDITIONAL = word_set("aurait auraient serait seraient")
_PARTICIPLE = re.compile(
    r"\w+(?:é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|ert|erte|erts|ertes|aint|eint|oint)$"
)
_ADVERBS = word_set(
    "ainsi également aussi déjà alors même notamment été eu bien encore toujours pas plus jamais "
    "donc en y n' ne "
    "d'ailleurs depuis fait"
)
# Not every -rait is a conditional: « titrait », « ouvrait », « tirait » are not.
_ENDINGS = ("rait", "raient")
_FORM = re.compile(
    r"(?:(?<!r)erait|(?<!t)(?<!v)irait|drait|urait|pourrait|[cd]evrait|[mt]ettrait|battrait|vivrait|"
    r"suivrait|(?<!r)eraient|(?<!t)(?<!v)iraient|draient|uraient|pourraient|[cd]evraient|"
    r"[mt]ettraient|battraient|vivraient|suivraient)$"
)
_AFTER_IF = word_set(
    "il ils elle elles on le la les l' un une nous vous cela tel rien tout aucun aucune ce cette "
    "ces"
)
_WISHES = word_set("pu dû bien temps souhaitable bon dommage mieux préférable voulu aimé fallu")
_NEVER_CONDITIONAL = word_set(
    "faudrait vaudrait voudrait souhaiterait aimerait dirait trait portrait retrait attrait "
    "extrait "
    "distrait abstrait soustrait contrait verrait disparait paraît parait"
)
_PERFECT, _SIMPLE = 0.7, 0.45
SURE = 0.5
_LONG_SENTENCE = 40
_CLAUSE_BREAK = frozenset((";",))
_JOINING = word_set("and but while et mais tandis alors when quand although")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one find: which family, the line or words to mark, the words that fired, surety."""

    family: str
    span: Span
    evidence: Span
    score: float


@cache
def _patterns(language: str, family: str) -> re.Pattern[str]:
    raw: dict[str, Any] = lexicon.load(language, "phrases")
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{p})" for p in raw[family]) + r")(?!\w)", re.I)


@cache
def _trigger(language: str, family: str) -> re.Pattern[str]:
    """Return a cheap pattern without which the dear ones need not be tried.

    It is for lower-case text: without the flag for any case ``re`` looks for its first letters, and
    is six times faster.
    """
    return re.compile(lexicon.load(language, "phrases")[f"{family}_trigger"][0])


@cache
def _hedges(language: str) -> re.Pattern[str]:
    """Return the pattern of hedges for lower-case text."""
    raw: dict[str, Any] = lexicon.load(language, "phrases")
    return re.compile(r"\b(?:" + "|".join(f"(?:{p})" for p in raw[HEDGE]) + r")(?!\w)")


def lowered(text: str) -> str:
    """Return the text in lower case where no place in it shifts by that, else the text."""
    low = text.lower()
    return low if len(low) == len(text) else text


def sentence_ranges(tokens: Tokens) -> list[tuple[int, int]]:
    """Return (first token, one past the last) of every sentence."""
    out: list[tuple[int, int]] = []
    start = 0
    n = len(tokens)
    for i in range(1, n + 1):
        if i == n or tokens.sentence[i] != tokens.sentence[start]:
            out.append((start, i))
            start = i
    return out


def find(text: str, tokens: Tokens, language: str) -> list[Phrase]:
    """Return the phrases of a paragraph whose tokens count from the start of ``text``."""
    out: list[Phrase] = []
    low = lowered(text)
    for first, stop in sentence_ranges(tokens):
        begin, end = tokens.starts[first], tokens.ends[stop - 1]
        for family in (DECLINED, UNVERIFIED):
            if _trigger(language, family).search(low, begin, end):
                out.extend(_lines(text, tokens, (first, stop), family, language))
        if language == "fr":
            out.extend(_conditionals(tokens, first, stop))
    for match in _hedges(language).finditer(low):
        if match.end() > match.start() and _outside(tokens, match.start()):
            span = Span(*match.span())
            out.append(Phrase(HEDGE, span, span, 0.6))
    return out


def _outside(tokens: Tokens, position: int) -> bool:
    """Say whether a character stands outside quotation marks."""
    from bisect import bisect_right

    at = bisect_right(tokens.starts, position) - 1
    return at < 0 or tokens.state[at] != INSIDE


def _lines(
    text: str, tokens: Tokens, sentence: tuple[int, int], family: str, language: str
) -> Iterator[Phrase]:
    first, stop = sentence
    begin, end = tokens.starts[first], tokens.ends[stop - 1]
    match = _patterns(language, family).search(text, begin, end)
    if match is None or match.end() - match.start() < 4 or not _outside(tokens, match.start()):
        return
    low, high = _clause(tokens, first, stop, match.start(), match.end())
    while high > low + 1 and tokens.words[high - 1] in ".,;:":
        high -= 1
    yield Phrase(family, Span(tokens.starts[low], tokens.ends[high - 1]), Span(*match.span()), 0.8)


def _clause(tokens: Tokens, first: int, stop: int, begin: int, end: int) -> tuple[int, int]:
    """Return the clause of a long sentence that holds the match, else the sentence."""
    if stop - first <= _LONG_SENTENCE:
        return first, stop
    low, high = first, stop
    for i in range(first, stop):
        word = tokens.words[i].lower()
        comma = i > first and tokens.words[i - 1] == "," and word in _JOINING
        if (tokens.words[i] in _CLAUSE_BREAK or comma) and tokens.state[i] == OUTSIDE:
            if tokens.starts[i] < begin:
                low = i + 1
            elif tokens.starts[i] > end:
                high = i
                break
    return (low, high) if low < high else (first, stop)


def is_conditional(words: Sequence[str]) -> bool:
    """Say whether words in lower case hold a conditional of hearsay (« aurait été touché »)."""
    return any(_FORM.search(w) and w not in _NEVER_CONDITIONAL for w in words)


def _conditionals(tokens: Tokens, first: int, stop: int) -> Iterator[Phrase]:
    """Yield the conditionals of a sentence; a perfect (« aurait été ») is the surer."""
    words = tokens.low[first:stop]
    forms = [i for i, w in enumerate(words) if w.endswith(_ENDINGS) and _FORM.search(w)]
    if not forms or _condition(words):
        return
    for i in forms:
        at = first + i
        if tokens.state[at] != OUTSIDE or words[i] in _NEVER_CONDITIONAL or _set_phrase(words, i):
            continue
        last, perfect = _participle(tokens, at, stop)
        span = Span(tokens.starts[at], tokens.ends[at])
        whole = Span(tokens.starts[at], tokens.ends[last])
        yield Phrase(CONDITIONAL, span, whole, _PERFECT if perfect else _SIMPLE)


def _condition(words: Sequence[str]) -> bool:
    """Say whether a "si" makes the sentence a condition."""
    return any(
        w in ("si", "s'", "s’") and i + 1 < len(words) and words[i + 1] in _AFTER_IF
        for i, w in enumerate(words)
    )


def _set_phrase(words: Sequence[str], i: int) -> bool:
    """Say whether « serait souhaitable », « aurait pu », « il faudrait » : no hearsay."""
    after = [w for w in words[i + 1 : i + 4] if w not in _ADVERBS]
    return bool(after) and after[0] in _WISHES


def _participle(tokens: Tokens, at: int, stop: int) -> tuple[int, bool]:
    """Return the last token of the verb group and whether it is a perfect or a passive."""
    last = at
    if tokens.words[at].lower() not in _CONDITIONAL:
        return at, False
    for j in range(at + 1, min(at + 5, stop)):
        lowered = tokens.words[j].lower()
        if lowered not in _ADVERBS and not _PARTICIPLE.match(lowered):
            break
        if _PARTICIPLE.match(lowered) or lowered in ("été", "eu", "fait"):
            last = j
    return last, last > at


_ASKED = re.compile(r"(?:sollicit|contact|interrog|joint|relanc|rappel)", re.I)
_NOT = frozenset(("n'", "n’", "ne"))
_ASKED_AFTER = frozenset(("auprès", "from", "by", "part", "chez"))


def asked(tokens: Tokens, phrase: Phrase, language: str) -> tuple[int, int] | None:
    """Return the tokens that name who did not comment, ``None`` where no name is near."""
    from bisect import bisect_left

    from annotator.suggest import rules
    from annotator.suggest.speakers import Classes

    first = bisect_left(tokens.starts, phrase.span.start)
    stop = bisect_left(tokens.starts, phrase.span.end)
    head = bisect_left(tokens.starts, phrase.evidence.start)
    if _ASKED.match(tokens.words[head]):
        # « Contactée par nos soins, la mairie n'a pas répondu »: who is behind, before the verb.
        negated = (i for i in range(head, stop) if tokens.words[i].lower() in _NOT)
        head = next(negated, head)
    for i in range(first, stop):
        low = tokens.words[i].lower()
        if low in _ASKED_AFTER and i + 1 < stop:
            start = i + 1
            while start < stop and tokens.words[start].lower() in ("de", "du", "d'", "d’", "des"):
                start += 1
            end = start
            while end < stop and tokens.words[end] not in (",", ";", ".", ":") and end - start < 10:
                end += 1
            if end > start:
                return start, end
    subject = rules.subject_before(tokens, Classes(tokens, language), first, stop, head, language)
    return (subject.first, subject.stop) if subject else None

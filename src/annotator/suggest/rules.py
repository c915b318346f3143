"""Find content, cues and sources by rule alone: the engine that works without a model.

Surface rules over word classes, after the families of quotation patterns of the Gender Gap Tracker
(Asr et al. 2021): floating quotations, "X said that ...", inversions, "according to", dialogue
after dashes. Everything is per paragraph and linear in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from annotator.suggest import dialogue
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.phrases import sentence_ranges
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, OPENS, OUTSIDE, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_SURE = 0.55
_INVERTED = ("-t-", "-il", "-elle", "-on", "-ils", "-elles", "-je", "-nous", "-vous")
_BREAKS = frozenset(",;:.!?…—–()") | {"...", "--"}
_BOUNDARY = word_set("CONJ WH THAT")
_SKIP_LEFT = word_set("AUX NEG REFL")
_SPOKEN = word_set("SAY CLAIM ADMIT BELIEVE ASK KNOW")
_PLAIN_SAY = word_set(
    "said says told tells wrote writes added adds believes thinks believed thought hopes"
)
_MIN_QUOTATION = 4


class Kinds(Protocol):
    """Give the word class of a token by its place: a list, or worked out when asked."""

    def __getitem__(self, place: int, /) -> str: ...


class _Sentence:
    """Hold one sentence while rules look at it; indices are those of the paragraph."""

    def __init__(self, tokens: Tokens, kinds: Kinds, first: int, stop: int, language: str) -> None:
        self.tokens, self.kinds, self.first, self.stop, self.language = (
            tokens,
            kinds,
            first,
            stop,
            language,
        )
        self.words = tokens.words
        self.end = stop
        while self.end > first + 1 and self.words[self.end - 1] in _BREAKS:
            self.end -= 1

    def outside(self, i: int) -> bool:
        return self.tokens.state[i] == OUTSIDE

    def cues(self) -> list[int]:
        """Return the places of verbs of speech and of "according to"."""
        out: list[int] = []
        for i in range(self.first, self.stop):
            kind = self.kinds[i]
            if not self.outside(i) or (kind not in _SPOKEN and kind != "ACCORD"):
                continue
            before = self.kinds[i - 1] if i > self.first else ""
            # « deux sources informées » : a participle beside its noun is no cue.
            if before == "ANON" and self.words[i].lower().endswith(("é", "ée", "és", "ées")):
                continue
            if kind != "ACCORD" and before in ("DET", "POSS", "PREP", "TO", "QUANT", "NUM"):
                continue
            out.append(i)
        return out

    def next_break(self, i: int) -> int:
        """Return the place of the next mark of punctuation outside quotations, or the end."""
        while (
            i < self.end and self.words[i] not in _BREAKS and self.tokens.state[i] not in (OPENS,)
        ):
            i += 1
        return i

    def previous_break(self, i: int) -> int:
        """Return one past the previous mark before ``i``."""
        while (
            i > self.first
            and self.words[i - 1] not in _BREAKS
            and self.tokens.state[i - 1] not in (CLOSES,)
        ):
            i -= 1
        return i


def tag(tokens: Tokens, language: str) -> list[TokenSpan]:
    """Return spans of content (C), cues (Q) and sources (S) in one paragraph."""
    if tokens.dashed:
        return dialogue.speech(tokens, language)
    kinds = [word_class(w, w.lower().replace("’", "'"), language) for w in tokens.words]
    spans: list[TokenSpan] = []
    regions = dialogue.quotations(tokens)
    for first, stop in sentence_ranges(tokens):
        sentence = _Sentence(tokens, kinds, first, stop, language)
        for cue in sentence.cues():
            found = (
                _accord(sentence, cue) if kinds[cue] == "ACCORD" else _verb(sentence, cue, regions)
            )
            if found and not any(_overlap(a, b) for a in found for b in spans):
                spans.extend(found)
                break
    spans.extend(_floating(tokens, regions, spans))
    return sorted(spans, key=lambda s: s.first)


def _overlap(a: TokenSpan, b: TokenSpan) -> bool:
    return a.first < b.stop and b.first < a.stop


def _floating(
    tokens: Tokens, regions: Sequence[tuple[int, int]], spans: Sequence[TokenSpan]
) -> list[TokenSpan]:
    """Return quotations of some length that nothing else has claimed."""
    out = [TokenSpan("C", a, b, 0.5) for a, b in regions if b - a >= _MIN_QUOTATION]
    return [s for s in out if not any(_overlap(s, other) for other in spans)]


def _accord(s: _Sentence, cue: int) -> list[TokenSpan]:
    start = cue + 1
    if s.language == "en" and start < s.end and s.words[start].lower() == "to":
        start += 1
    end = s.next_break(start)
    if start >= end:
        return []
    out = [TokenSpan("Q", cue, start, _SURE), TokenSpan("S", start, end, _SURE)]
    before = s.previous_break(cue)
    if cue - s.first > 4 and before == cue:
        out.append(TokenSpan("C", s.first, _strip_left(s, cue), _SURE))
    elif end + 1 < s.end:
        out.append(TokenSpan("C", end + 1, s.end, _SURE))
    elif cue - s.first > 3:
        out.append(TokenSpan("C", s.first, _strip_left(s, cue), _SURE))
    return out if len(out) == 3 else []


def _strip_left(s: _Sentence, i: int) -> int:
    while i > s.first + 1 and s.words[i - 1] in _BREAKS:
        i -= 1
    return i


def _group_start(s: _Sentence, cue: int) -> int:
    """Return where the verb group of a cue begins ("n'a pas dit")."""
    i = cue
    while i > s.first and (
        s.kinds[i - 1] in _SKIP_LEFT
        or s.words[i - 1].lower().startswith(_INVERTED)
        or s.words[i - 1].lower()
        in ("l'", "l’", "en", "y", "également", "ainsi", "also", "later", "notamment")
    ):
        i -= 1
    return i


def _verb(s: _Sentence, cue: int, regions: Sequence[tuple[int, int]]) -> list[TokenSpan]:
    group = _group_start(s, cue)
    inverted = _inversion(s, group, cue)
    if inverted is not None:
        return inverted
    content = _content_right(s, cue, regions)
    subject = _subject_left(s, group)
    if content is None and subject is not None and group > s.first:
        before = s.previous_break(subject.first)
        if (
            before == subject.first
            and before - s.first > 3
            and s.words[before - 1] in (",", "”", '"', "»")
        ):
            content = [TokenSpan("C", s.first, _strip_left(s, before), _SURE)]
    if content is None or subject is None:
        return []
    return [*content, TokenSpan("Q", cue, cue + 1, _SURE), subject]


def _inversion(s: _Sentence, group: int, cue: int) -> list[TokenSpan] | None:
    """Match ", a déclaré X" and ", said X": content stands before."""
    if group <= s.first or not (
        s.words[group - 1] in (",", "?", "!", "…", "...") or s.tokens.state[group - 1] == CLOSES
    ):
        return None
    start = cue + 1
    clitic = next(
        (i for i in range(group, min(cue + 2, s.end)) if s.words[i].lower().startswith(_INVERTED)),
        -1,
    )
    if clitic >= 0:
        source = TokenSpan("S", clitic, clitic + 1, _SURE)
        after = max(cue + 1, clitic + 1)
    else:
        while start < s.end and s.kinds[start] in ("TIME", "PREP") and s.kinds[start] != "DET":
            start += 1
        end = s.next_break(start)
        if start >= end or s.kinds[start] in ("THAT", "TO", "AUX", "CONJ"):
            return None
        source = TokenSpan("S", start, end, _SURE)
        after = end
    left = s.first
    stop = _strip_left(s, group)
    if stop - left < 2:
        return None
    out = [TokenSpan("C", left, stop, _SURE), TokenSpan("Q", cue, cue + 1, _SURE), source]
    following = s.next_break(after)
    if following < s.end and s.words[following] == "," and s.end - following > 4:
        out.append(TokenSpan("C", following + 1, s.end, _SURE))
    return out


def _content_right(
    s: _Sentence, cue: int, regions: Sequence[tuple[int, int]]
) -> list[TokenSpan] | None:
    i = cue + 1
    limit = min(cue + 9, s.end)
    while i < limit:
        kind, word = s.kinds[i], s.words[i].lower().replace("’", "'")
        if kind == "THAT" or (kind == "WH" and i == cue + 1):
            return [TokenSpan("C", i + (kind == "THAT"), s.end, _SURE)] if i + 2 < s.end else None
        if word == ":" or s.tokens.state[i] == OPENS:
            quoted = [r for r in regions if i <= r[0] < s.stop + 1]
            if quoted:
                return [TokenSpan("C", a, b, _SURE) for a, b in quoted]
            return [TokenSpan("C", i + 1, s.end, _SURE)] if i + 2 < s.end else None
        if i == cue + 1 and _open_clause(s, cue, i):
            return [TokenSpan("C", i, s.end, _SURE)]
        if word in (";", ".", "!", "?"):
            return None
        i += 1
    return None


def _open_clause(s: _Sentence, cue: int, i: int) -> bool:
    """Say whether content follows without a "that": "he said it rained", « dit avoir vu »."""
    word = s.words[i].lower().replace("’", "'")
    if s.language == "en":
        return (
            s.words[cue].lower() in _PLAIN_SAY
            and (s.kinds[i] in ("DET", "PRON", "POSS", "NUM", "QUANT") or s.words[i][0].isupper())
            and s.end - i > 3
        )
    return word in ("avoir", "être", "ne", "vouloir", "pouvoir", "n'avoir") and s.end - i > 2


def _subject_left(s: _Sentence, group: int) -> TokenSpan | None:
    """Return the noun phrase or pronoun before the verb group."""
    if group <= s.first:
        return None
    last = group - 1
    if s.kinds[last] == "PRON" or s.words[last].lower() in ("qui", "who"):
        return TokenSpan("S", last, group, _SURE)
    if s.words[last] == ",":
        # An apposition: "X, minister of Y, said".
        start = (
            s.previous_break(s.previous_break(last) - 1)
            if s.previous_break(last) > s.first
            else s.first
        )
        return (
            TokenSpan("S", _noun_start(s, start, last), last, _SURE) if last - start > 1 else None
        )
    start = _noun_start(s, s.previous_break(group), group)
    return TokenSpan("S", start, group, _SURE) if start < group else None


def subject_before(
    tokens: Tokens, kinds: Kinds, first: int, stop: int, verb: int, language: str
) -> TokenSpan | None:
    """Return the subject before the verb at ``verb`` in the clause ``first`` to ``stop``."""
    clause = _Sentence(tokens, kinds, first, stop, language)
    return _subject_left(clause, _group_start(clause, min(max(verb, first), stop - 1)))


def _noun_start(s: _Sentence, start: int, stop: int) -> int:
    """Leave conjunctions and adverbs at the front out of a noun phrase."""
    for i in range(stop - 1, start - 1, -1):
        if (
            s.kinds[i] in _BOUNDARY
            and i + 1 < stop
            and s.words[i].lower() not in ("et", "and", "que", "qu'")
        ):
            return i + 1
    while start < stop - 1 and s.kinds[start] in ("CONJ", "TIME", "PREP"):
        start += 1
    return start

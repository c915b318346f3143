"""Find the French incise by its form: « ... », calcule la première. Its verbs are an open class.

« coupe Me Sol », « balaie l'intéressé », « cingle une élue » report as well as « dit » does: what
stands behind a closed quotation and a comma, one verb and a person, says who spoke. And where an
incise parts a quotation, what follows between the same marks is said too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.source_kind import ORDINALS
from annotator.suggest.speakers import class_of, noun_phrase, speaks
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE, _FEWEST, _LONGEST_SHORT = 0.6, 2, 8
_NO_VERB = lexicon.REPORTING | word_set(
    "PREP TO CONJ DET POSS AUX NEG THAT WH NUM QUANT TIME PRON ACCORD ANON TITLE ORGN REFL"
)
_ENDS = ("e", "it", "d", "nd", "aît", "ait", "a", "ent", "ient", "t")
_NO_ENDS = ("ment", "té", "ée", "ante", "ique", "ale", "ive", "euse", "ière", "isme", "ion")
_NO_WORDS = word_set(
    "comme puis même entre contre outre malgré lettre titre mot phrase slogan formule une cette "
    "telle elle voire surtout tout fait dont sauf hormis excepté"
)
_BEHIND = frozenset((".", ",", ";", ":", "…", "...", "!", "?", "—", "–", "("))


def with_incises(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int
) -> list[TokenSpan]:
    """Return the spans with incises found by form, and both halves of what they part."""
    if CLOSES not in tokens.state[first:stop]:
        return list(spans)
    out = list(spans)
    for content in [s for s in spans if s.kind == "C"]:
        inner = range(content.first + 1, content.stop)
        close = next((i for i in inner if tokens.state[i] == CLOSES), content.stop - 1)
        said = content._replace(stop=close + 1)
        found = _incise(tokens, said, [s for s in out if s is not content])
        if not found:
            continue
        end = max(s.stop for s in found)
        out = [s for s in out if s is not content and not _taken(s, found)] + [said, *found]
        again = next((i for i in range(end, content.stop) if tokens.state[i] == OPENS), -1)
        if again >= 0:
            out.append(content._replace(first=again))
    out += _short_ones(tokens, out, first, stop)
    return _with_rests(tokens, sorted(out, key=lambda s: s.first))


def _short_ones(
    tokens: Tokens, spans: Sequence[TokenSpan], begin: int, end: int
) -> list[TokenSpan]:
    """Return quotations of a word or two that begin a sentence, with their incises: « Jamais »."""
    out: list[TokenSpan] = []
    opened = [i for i in range(begin, end) if tokens.state[i] == OPENS]
    for first in opened:
        if first and tokens.sentence[first - 1] == tokens.sentence[first]:
            continue
        near = range(first + 1, min(len(tokens), first + _LONGEST_SHORT))
        close = next((i for i in near if tokens.state[i] != INSIDE), first)
        content = TokenSpan("C", first, close + 1, _SURE)
        free = all(s.stop <= first or s.first > close for s in spans)
        if free and tokens.state[close] == CLOSES:
            found = _incise(tokens, content, spans)
            out += [content, *found] if found else []
    return out


def _taken(span: TokenSpan, found: Sequence[TokenSpan]) -> bool:
    """Say whether a source is one that swallowed the verb of an incise."""
    return span.kind == "S" and any(s.first < span.stop and span.first < s.stop for s in found)


def _incise(tokens: Tokens, content: TokenSpan, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return cue and source of an incise right behind a closed quotation, nothing where none is."""
    comma = content.stop
    if comma < len(tokens) and tokens.state[comma] == CLOSES:
        comma += 1
    if comma + 2 >= len(tokens) or tokens.state[comma - 1] != CLOSES:
        return []
    verb = comma + 1 if tokens.words[comma] == "," else -1
    if verb < 0 and tokens.words[comma - 2] in ("?", "!", "…", "..."):
        verb = comma
    if verb < 0 or not _may_be_verb(tokens, verb):
        return []
    speaker = noun_phrase(tokens, verb + 1, "fr")
    if speaker is None or not _somebody(tokens, speaker):
        return []
    ended = speaker.stop >= len(tokens) or tokens.words[speaker.stop] in _BEHIND
    relative = speaker.stop < len(tokens) and tokens.words[speaker.stop].lower() == "qui"
    if not (ended or relative):
        return []
    near = [s for s in spans if s.first < speaker.stop and verb < s.stop]
    if any(s.kind != "S" for s in near):
        return []
    known = next((s for s in near if s.first >= verb and s.stop >= speaker.stop), speaker)
    cue = TokenSpan("Q", verb, verb + 1, _SURE)
    return [cue, known._replace(first=max(known.first, verb + 1))]


def _may_be_verb(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if not word.isalpha() or word != word.lower() or word in _NO_WORDS:
        return False
    if class_of(tokens, i, "fr") in _NO_VERB - lexicon.REPORTING:
        return False
    return word.endswith(_ENDS) and not word.endswith(_NO_ENDS)


def _somebody(tokens: Tokens, phrase: TokenSpan) -> bool:
    """Say whether a phrase is a person: « la première » too."""
    low = [w.lower() for w in tokens.words[phrase.first : phrase.stop]]
    ordinal = len(low) == 2 and low[0] in ("le", "la", "l'", "l’") and low[1] in ORDINALS
    return ordinal or speaks(tokens, phrase, "fr")


def _with_rests(tokens: Tokens, spans: list[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with what an incise leaves uncovered up to the closing mark."""
    out = list(spans)
    for content in spans:
        if content.kind != "C" or tokens.state[content.first] != OPENS:
            continue
        close = content.first + 1
        while close < len(tokens) and tokens.state[close] == INSIDE:
            close += 1
        if close >= len(tokens) or tokens.state[close] != CLOSES or content.stop > close - _FEWEST:
            continue
        inside = [s for s in spans if content.stop <= s.first < close]
        last = max((s.stop for s in inside), default=0)
        cued = any(s.kind == "Q" for s in inside) and not any(s.kind == "C" for s in inside)
        stop = next((i for i in range(last, close) if tokens.words[i] in (".", "!", "?")), close)
        words = sum(w[0].isalnum() for w in tokens.words[stop + 1 : close])
        if cued and last and words >= _FEWEST:
            out.append(TokenSpan("C", stop + 1, close + 1, _SURE))
    return sorted(out, key=lambda s: s.first)

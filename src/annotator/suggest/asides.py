"""Cut asides out of a quotation, and give what stands beside one to it.

« Chez nous, explique un enseignant, tout est en ligne »: the tagger now and then takes the aside
for part of what is said, or misses the half that no quotation mark shows. What stands here is
grammar, the same in every paper: a verb of speech behind a comma with its subject after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.suggest import french_silence, lexicon
from annotator.suggest.mention import Mention
from annotator.suggest.speakers import (
    BEFORE_ASIDE,
    SURE,
    adverbial,
    class_of,
    clause_edges,
    finite,
    noun_phrase,
    speaks,
)
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, OPENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_REACH, _FEWEST = 4, 3
_RELATIVE = (["qui"], ["dont"], ["who"], ["whose"])
_MARKS = frozenset('"”»')


class _Aside(NamedTuple):
    """Hold the tokens of « , explique un enseignant, »; ``resumes``: where content goes on."""

    comma: int
    first: int
    stop: int
    speaker: TokenSpan
    resumes: int


def with_asides(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans with asides cut out of the content that swallowed them."""
    found: list[_Aside] = []
    done = 0
    for content in spans:
        if content.kind != "C":
            continue
        begin = content.first - _REACH if language == "fr" else content.first + 2
        for i in range(max(begin, done), min(content.stop + _REACH, len(tokens))):
            aside = _aside_at(tokens, i, language) if i >= done else None
            if aside is None or not _closes(tokens, spans, aside.comma):
                continue
            if _wrong(spans, aside):
                found.append(aside)
            done = aside.resumes
    return _cut(tokens, spans, found, language) if found else list(spans)


def _closes(tokens: Tokens, spans: Sequence[TokenSpan], comma: int) -> bool:
    """Say whether something said ends at a comma: content, or a quotation mark."""
    if tokens.words[comma - 1] in _MARKS:
        return True
    return any(s.kind == "C" and s.first < comma and s.stop >= comma - 1 for s in spans)


def _wrong(spans: Sequence[TokenSpan], aside: _Aside) -> bool:
    """Say whether the spans have content where the aside is, or no cue there."""
    touching = [s.kind for s in spans if s.first < aside.speaker.stop and aside.first < s.stop]
    return "C" in touching or "Q" not in touching


def _describes(tokens: Tokens, i: int, language: str) -> bool:
    """Say whether what follows tells of the speaker (« , 91 ans, ancienne géomètre ») alone."""
    words = tokens.words[i : i + 2]
    if len(words) == 2 and words[0].isdigit() and words[1] in ("ans", "years"):
        return True
    phrase = TokenSpan("S", i, min(i + 2, len(tokens)), 1.0)
    return bool(words) and Mention(tokens, phrase, (), language).head()[1] == "person"


def _cut(
    tokens: Tokens, spans: Sequence[TokenSpan], asides: Sequence[_Aside], language: str
) -> list[TokenSpan]:
    out = list(spans)
    for aside in (_known(a, spans) for a in asides):
        out = [p for s in out for p in _beside(tokens, s, aside, language) if _has_words(tokens, p)]
        out += [TokenSpan("Q", aside.first, aside.stop, SURE), aside.speaker]
    return sorted(out, key=lambda s: s.first)


def _beside(tokens: Tokens, span: TokenSpan, aside: _Aside, language: str) -> list[TokenSpan]:
    """Return what is left of a span beside an aside."""
    end = max(aside.speaker.stop, aside.stop)
    if span.kind != "C":
        return [] if span.first < end and aside.first < span.stop else [span]
    resumes = max(aside.resumes, end)
    rest = span._replace(first=resumes)
    if span.first <= aside.comma < span.stop:
        told = _describes(tokens, resumes, language)
        return [span._replace(stop=aside.comma), *([] if told else [rest])]
    if aside.comma < span.first < resumes:
        of_speaker = tokens.words[resumes : resumes + 1] in _RELATIVE
        return [] if of_speaker or _describes(tokens, resumes, language) else [rest]
    return [span]


def _known(aside: _Aside, spans: Sequence[TokenSpan]) -> _Aside:
    """Return the aside with the speaker that the tagger found there, if it did."""
    speaker = aside.speaker
    same = [s for s in spans if s.kind == "S" and s.first < speaker.stop and speaker.first < s.stop]
    fits = len(same) == 1 and same[0].first >= aside.stop
    return aside._replace(speaker=same[0]) if fits else aside


def _has_words(tokens: Tokens, span: TokenSpan) -> bool:
    words = sum(w[0].isalnum() for w in tokens.words[span.first : max(span.first, span.stop)])
    quoted = words and tokens.state[span.first] == OPENS  # « Ça, sourit-elle, ... », « Écoutez. »
    return words > (1 if span.kind == "C" and not quoted else 0)


def _aside_at(tokens: Tokens, verb: int, language: str) -> _Aside | None:
    """Return the aside whose verb stands at a token."""
    if not finite(tokens, verb, language):
        return None
    first = verb
    while first > 0 and class_of(tokens, first - 1, language) in ("AUX", "REFL", "NEG"):
        first -= 1
    if first > 0 and tokens.words[first - 1].lower() == "comme":
        first -= 1
    comma = first - 1
    if comma < 1 or tokens.words[comma] not in BEFORE_ASIDE:
        return None
    stop = verb + 1
    while stop < len(tokens) and class_of(tokens, stop, language) in lexicon.REPORTING:
        stop += 1  # « fait remarquer »
    speaker = noun_phrase(tokens, stop, language)
    if speaker is None:
        return None
    clitic = tokens.words[speaker.first].startswith("-")
    if not (clitic or _ends_phrase(tokens, speaker.stop)):
        return None
    if not speaks(tokens, speaker, language):
        return None
    resumes = speaker.stop
    while resumes < len(tokens) and not tokens.words[resumes][0].isalnum():
        resumes += 1
    return _Aside(comma, first, stop, speaker, resumes)


def _ends_phrase(tokens: Tokens, i: int) -> bool:
    """Say whether a phrase may end before a token: at a mark, or where « qui » goes on."""
    if i >= len(tokens):
        return True
    word = tokens.words[i]
    if not word[0].isalnum() or word.lower() in ("qui", "who") or tokens.state[i] == CLOSES:
        return True
    return adverbial(tokens, i)


def completed(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans with the whole clause before each French aside as content."""
    if language != "fr":
        return list(spans)
    out = list(spans)
    for cue in [s for s in spans if s.kind == "Q"]:
        verb = next((i for i in range(cue.first, cue.stop) if finite(tokens, i, language)), -1)
        aside = _aside_at(tokens, verb, language) if verb >= 0 else None
        if aside is not None:
            out = _left(tokens, out, aside)
    return sorted(out, key=lambda s: s.first)


def _left(tokens: Tokens, spans: list[TokenSpan], aside: _Aside) -> list[TokenSpan]:
    begin, earliest = aside.comma, clause_edges(tokens, aside.comma)[0]
    while begin > earliest and tokens.sentence[begin - 1] == tokens.sentence[aside.comma]:
        opens = tokens.state[begin - 1] == OPENS and tokens.words[begin][0].isupper()
        if opens and not french_silence.is_label(tokens, begin - 1):
            break
        begin -= 1
    touching = [
        s for s in spans if s.kind == "C" and s.stop >= aside.comma - 1 and s.first < aside.comma
    ]
    known = touching[-1] if touching else None
    first = known.first if known else aside.comma
    if any(s is not known and s.first < first and begin < s.stop for s in spans):
        return spans
    if known is None:
        piece = TokenSpan("C", begin, aside.comma, SURE)
        return [*spans, piece] if first - begin >= _FEWEST else spans
    word = next((w for w in tokens.words[first : known.stop] if w[0].isalnum()), "X")
    if first <= begin or not word[0].islower():
        return spans
    return [s._replace(first=begin) if s is known else s for s in spans]

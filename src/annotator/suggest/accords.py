"""Attributions of a set form that the tagger misses or parts wrongly.

A sentence that opens with "According to the report," or « Selon lui, », "reported, citing two
officials, that", "was quoted as saying", "Documents seen by the Guardian show".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.extents import without
from annotator.suggest.lexicon import word_set
from annotator.suggest.source_words import singular
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE = 0.55
_FRENCH = word_set("selon d'après")
#: With what an aside behind a name begins: "According to Ann Oak, a nurse, the ward was full".
_ASIDE = word_set("a an the who whose which un une le la l' qui dont")
_FEWEST, _LONGEST_SOURCE, _LONGEST_ASIDE = 2, 16, 12
_STOPS = frozenset(".!?…;:")
#: What parts a report from what goes on meanwhile.
_MEANWHILE = word_set("as while amid tandis")
_MEANWHILE_THAT = (["alors", "que"], ["alors", "qu'"], ["tandis", "que"], ["tandis", "qu'"],
                   ["moment", "où"])  # fmt: skip
_ENDS = _STOPS | {","}
_CITES = word_set("cite cites cited citent citait citaient")
_SEEN = word_set("seen reviewed obtained examined viewed consulted")
_WAS = word_set("was were is are been")
_DETERMINERS = word_set("the a an his her their its this these those some several many")


def with_accords(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int, language: str
) -> list[TokenSpan]:
    """Return the spans of the tokens ``first`` to ``stop`` with what set forms say."""
    out = list(spans)
    low = tokens.low
    forms = _FRENCH if language == "fr" else ("according",)
    for i in range(first, stop):
        if low[i] not in forms or tokens.state[i] != OUTSIDE:
            continue
        if i == first or tokens.sentence[i - 1] != tokens.sentence[i] or low[i - 1] == ":":
            told = _accord(tokens, out, i, stop, language)
            if told:
                out = [s for s in out if s.stop <= i or s.first >= told[-1].stop] + told
    if language == "en":
        out = _first_reports(tokens, out, first, stop)
        out = _quoted_as_saying(tokens, out, first, stop)
        out = [_document(tokens, s) if s.kind == "S" else s for s in out]
    return sorted(out, key=lambda s: s.first)


def _accord(
    tokens: Tokens, spans: Sequence[TokenSpan], i: int, stop: int, language: str
) -> list[TokenSpan]:
    """Read "According to X, Y." where nothing was found that X says."""
    end = i
    while end < stop and tokens.sentence[end] == tokens.sentence[i]:
        end += 1
    if any(s.kind == "C" and s.first < end and i < s.stop for s in spans):
        return []
    start = i + (2 if language == "en" and tokens.low[i + 1 : i + 2] == ["to"] else 1)
    comma = _comma(tokens, start, min(end, start + _LONGEST_SOURCE))
    if comma and tokens.low[comma + 1 : comma + 2] and tokens.low[comma + 1] in _ASIDE:
        comma = _comma(tokens, comma + 1, min(end, comma + _LONGEST_ASIDE)) or comma
    while end > start and tokens.words[end - 1] in _STOPS:
        end -= 1
    if not comma or comma == start or end - comma - 1 < _FEWEST:
        return []
    return [
        TokenSpan("Q", i, start, _SURE),
        TokenSpan("S", start, comma, _SURE),
        TokenSpan("C", comma + 1, end, _SURE),
    ]


def _comma(tokens: Tokens, start: int, stop: int) -> int:
    """Return the place of the first comma outside quotations, 0 if a stop comes first."""
    for i in range(start, stop):
        if tokens.words[i] in _STOPS or tokens.state[i] == OPENS:
            return 0
        if tokens.words[i] == ",":
            return i
    return 0


def with_cited(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int, language: str
) -> list[TokenSpan]:
    """Return the spans with whom an outlet cites as a source of its own.

    In "reported, citing two officials, that the army would go" they are no part of what is told.
    """
    low = tokens.low
    out = list(spans)
    for i in range(first, stop):
        after_relative = i > first and low[i - 1] in ("which", "qui") and low[i] in _CITES
        if low[i] not in ("citing", "citant") and not after_relative:
            continue
        end = i + 1
        while end < min(stop, i + _LONGEST_SOURCE) and tokens.words[end] not in _ENDS:
            end += 1
        if not _names_people(low[i + 1 : end], language):
            continue
        begin = i - 1 if after_relative else i
        begin -= begin > first and low[begin - 1] == ","
        behind = end + (tokens.words[end : end + 1] == [","])
        behind += low[behind : behind + 1] in (["that"], ["que"], ["qu'"])
        aside = TokenSpan("S", begin, behind, 0.0)
        out = [x for s in out for x in _without(s, aside)]
        out.append(TokenSpan("S", i + 1, end, _SURE))
    return out


def _without(span: TokenSpan, aside: TokenSpan) -> list[TokenSpan]:
    if span.kind == "Q":
        return [] if aside.first <= span.first < aside.stop else [span]
    return without(span, aside)


def _names_people(words: Sequence[str], language: str) -> bool:
    """Say whether somebody is cited: "citing security reasons" names nobody."""
    people = _people(language)
    return any(word in people or singular(word, language) in people for word in words)


@cache
def _people(language: str) -> frozenset[str]:
    lists = lexicon.load(language, "sources")
    return word_set(f"{lists['person']} {lists['people']}")


def _first_reports(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int
) -> list[TokenSpan]:
    """Leave out "first reported by Politico": it says who had the news, and nothing of it."""
    low = tokens.low
    out = list(spans)
    for i in range(first, stop - 3):
        if low[i : i + 3] != ["first", "reported", "by"]:
            continue
        same = [s for s in out if tokens.sentence[s.first] == tokens.sentence[i]]
        if all(i <= s.first < i + 3 for s in same if s.kind == "Q"):
            out = [s for s in out if s not in same]
    return out


def _quoted_as_saying(
    tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int
) -> list[TokenSpan]:
    """Read "X was quoted as saying by Y that Z": X says Z."""
    low = tokens.low
    out = list(spans)
    for i in range(first + 1, stop - 3):
        if low[i] not in _WAS or low[i + 1] != "quoted" or "as" not in low[i + 2 : i + 9]:
            continue
        saying = low.index("as", i + 2)
        if low[saying + 1 : saying + 2] not in (["saying"], ["telling"]):
            continue
        begin = i
        while begin > first and tokens.sentence[begin - 1] == tokens.sentence[i]:
            begin -= 1
        end = i
        while end < stop and tokens.sentence[end] == tokens.sentence[i]:
            end += 1
        that = next((k for k in range(saying + 2, end) if low[k] == "that"), saying + 1)
        while end > that and tokens.words[end - 1] in _STOPS:
            end -= 1
        subject = next((k + 1 for k in range(i - 1, begin - 1, -1) if low[k] == ","), begin)
        if end - that <= _FEWEST or subject >= i:
            continue
        told = [
            TokenSpan("S", subject, i, _SURE),
            TokenSpan("Q", i, saying + 2, _SURE),
            TokenSpan("C", that + 1, end, _SURE),
        ]
        out = [s for s in out if s.stop <= begin or s.first >= end] + told
    return out


def _document(tokens: Tokens, source: TokenSpan) -> TokenSpan:
    """Widen "the Guardian" of "Documents seen by the Guardian show" to the documents."""
    low = tokens.low
    i = source.first - 1
    if i < 2 or low[i] != "by" or low[i - 1] not in _SEEN:
        return source
    begin = i - 2
    while begin and low[begin - 1].isalpha() and tokens.sentence[begin - 1] == tokens.sentence[i]:
        if low[begin] in _DETERMINERS or i - begin > 5:
            break
        begin -= 1
    opens = begin == 0 or tokens.sentence[begin - 1] != tokens.sentence[i]
    return source._replace(first=begin) if opens or low[begin] in _DETERMINERS else source


def without_context(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without what the reporter adds behind an attribution.

    « Le ministre démissionne, a appris l'agence de deux sources, alors que la crise dure »: they
    said nothing of the crisis.
    """
    out: list[TokenSpan] = []
    sentence, seen = -1, ""
    for span in sorted(spans, key=lambda s: s.first):
        if tokens.sentence[span.first] != sentence:
            sentence, seen = tokens.sentence[span.first], ""
        # First what is said, then who says it, then this.
        if span.kind == "C" and seen in ("CQ", "CS") and _adds(tokens, span):
            continue
        seen = "C" if span.kind == "C" else f"{seen[:1]}{span.kind}" if seen else ""
        out.append(span)
    return out


def _adds(tokens: Tokens, span: TokenSpan) -> bool:
    """Say whether words outside quotation marks begin behind a comma with « alors que », "as"."""
    if any(tokens.state[span.first : span.stop]):
        return False
    # The tagger may leave the conjunction out.
    for comma in range(span.first - 1, max(-1, span.first - 5), -1):
        if tokens.words[comma] == ",":
            lead = tokens.low[comma + 1 : comma + 5]
            return lead[0] in _MEANWHILE or any(
                lead[k : k + 2] in _MEANWHILE_THAT for k in range(3)
            )
    return False


def closed(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Cut a quotation where its sentence and its marks end: '"Not once." Her husband nods'."""
    if span.kind != "C" or tokens.state[span.first] != OPENS:
        return span
    for k in range(span.first + 1, span.stop - 1):
        if tokens.state[k] != CLOSES:
            continue
        ends = tokens.words[k - 1] in (".", "!", "?", "…")
        if ends and tokens.state[k + 1] == OUTSIDE and tokens.words[k + 1][0].isupper():
            return span._replace(stop=k + 1)
        return span
    return span

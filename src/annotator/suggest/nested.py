"""Find quotations inside quotations: « "Il m'a dit : 'Partez'", raconte une voisine ».

The network marks the outer one, which is its speaker's word. Whom that speaker quotes in turn is
told by surface rules, where a verb and its subject stand beside the inner marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import link, rules
from annotator.suggest.tokens import CLOSES, OPENING, OPENS, OUTSIDE, STRAIGHT, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_MARKS = OPENING | STRAIGHT | {"‘", "'"}
_LONGEST, _SENTENCE, _LONGEST_SPEAKER = 400, 5, 5
_PAST = ("ed", "said", "told", "wrote", "went", "replied")


def inner(
    text: str, tokens: Tokens, attributions: Sequence[link.Attribution], language: str
) -> list[link.Attribution]:
    """Return whom a paragraph's quotations quote in turn.

    Args:
        text: the paragraph; its tokens count from its start.
        tokens: the paragraph's.
        attributions: what was found there.
        language: ``en`` or ``fr``.
    """
    out: list[link.Attribution] = []
    for attribution in attributions:
        for part in attribution.content:
            first, stop = _between_marks(tokens, part)
            if any(w in _MARKS for w in tokens.words[first:stop]) and stop - first < _LONGEST:
                out += _told_in(text, tokens, first, stop, language)
    return out


def _between_marks(tokens: Tokens, part: TokenSpan) -> tuple[int, int]:
    """Return the tokens of a quotation without its own marks, none where it has none."""
    first, stop = part.first, part.stop
    if OUTSIDE in (tokens.state[first], tokens.state[stop - 1]):
        return first, first
    first += tokens.state[first] == OPENS
    while stop > first and (tokens.state[stop - 1] == CLOSES or tokens.words[stop - 1] == ","):
        stop -= 1
    return first, stop


def _told_in(
    text: str, tokens: Tokens, first: int, stop: int, language: str
) -> list[link.Attribution]:
    if first >= stop:
        return []
    start, end = tokens.starts[first], tokens.ends[stop - 1]
    within = tokenise(text[start:end], start)
    found = link.link(within, rules.tag(within, language), across=language == "en")
    return [
        link.Attribution(
            tuple(_placed(p, within, tokens, first) for p in a.content),
            _placed(a.cue, within, tokens, first),
            _placed(a.source, within, tokens, first),
        )
        for a in found.attributions
        if a.cue is not None and a.source is not None and _quoted(within, a, language)
    ]


def _quoted(within: Tokens, attribution: link.Attribution, language: str) -> bool:
    """Say whether content stands between marks; in English as a sentence, not a word set off."""
    part, cue, source = attribution.content[0], attribution.cue, attribution.source
    whole = part.stop - part.first >= _SENTENCE and within.words[part.first][0].isupper()
    # "People say, 'Never mind'", "I think, 'Well'": what nobody said on any day.
    told = cue is not None and within.words[cue.stop - 1].lower().endswith(_PAST)
    told = told and source is not None and source.stop - source.first <= _LONGEST_SPEAKER
    if language == "en" and not (whole and told):
        return False
    return all(
        within.state[i] != OUTSIDE for p in attribution.content for i in range(p.first, p.stop)
    )


def _placed(span: TokenSpan, within: Tokens, tokens: Tokens, first: int) -> TokenSpan:
    """Return a span of the words inside as one of the paragraph."""
    begin, end = within.starts[span.first], within.ends[span.stop - 1]
    at = first
    while at < len(tokens) - 1 and tokens.ends[at] <= begin:
        at += 1
    stop = at + 1
    while stop < len(tokens) and tokens.starts[stop] < end:
        stop += 1
    return span._replace(first=at, stop=stop)

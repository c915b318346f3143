"""Set right what the tagger found in a paragraph, by grammar: asides, edges, « on », set phrases.

A long paragraph is looked at in blocks of whole sentences, so that the work stays linear in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import (
    accords,
    asides,
    cue_edges,
    extents,
    french_speech,
    incises,
    lexicon,
    signatures,
    speakers,
    tails,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_BLOCK = 400
_SPEECH = lexicon.REPORTING | {"ACCORD"}


def repaired(
    text: str, tokens: Tokens, spans: Sequence[TokenSpan], language: str
) -> list[TokenSpan]:
    """Return the spans of a paragraph (in text order) set right."""
    if not spans and _silent(tokens, language):
        return []
    out: list[TokenSpan] = []
    for first, stop, part in _blocks(tokens, spans):
        found = tails.without_events(tokens, part, language)
        found = tails.trimmed(tokens, found, language)
        if language == "fr":
            found = french_speech.told_apart(tokens, found)
        found = cue_edges.cues_without_nouns(tokens, found, language)
        found = cue_edges.cues_without_subjects(tokens, found, language)
        found = cue_edges.without_addressees(tokens, found, language)
        found = cue_edges.without_figures(tokens, found, language)
        found = cue_edges.whole_clauses(tokens, found, language)
        found = asides.with_asides(tokens, found, language)
        found = asides.completed(tokens, found, language)
        found = extents.impersonal(tokens, found, language, first, stop)
        found = extents.with_clauses(text, tokens, found, language)
        for speaker in speakers.by_set_phrase(tokens, found, language, first, stop):
            found = [x for s in found for x in extents.without(s, speaker)] + [speaker]
        if language == "fr":
            found = french_speech.completed(tokens, found, first, stop)
            found = incises.with_incises(tokens, found, first, stop)
        found = accords.with_accords(tokens, found, first, stop, language)
        found = signatures.with_signatures(tokens, found, first, stop)
        found = cue_edges.parted(tokens, tails.extended(tokens, found, language), language)
        found = accords.with_cited(tokens, found, first, stop, language)
        found = cue_edges.whole_cues(tokens, found, language)
        found = cue_edges.whole_quotations(tokens, cue_edges.without_dateline(tokens, found))
        found = accords.without_context(tokens, found)
        out += [accords.closed(tokens, span) for span in found]
    return sorted(out, key=lambda s: s.first)


def _silent(tokens: Tokens, language: str) -> bool:
    """Say whether a paragraph has no quotation mark and no verb of speech: a third of news has."""
    if tokens.dashed or any(tokens.state):
        return False
    return all(speakers.class_of(tokens, i, language) not in _SPEECH for i in range(len(tokens)))


def _blocks(
    tokens: Tokens, spans: Sequence[TokenSpan]
) -> Iterator[tuple[int, int, list[TokenSpan]]]:
    """Yield (first token, one past the last, spans inside); no span crosses a border."""
    n = len(tokens)
    begin = at = 0
    while begin < n:
        stop = reach = begin
        low = at
        while stop < n:
            while at < len(spans) and spans[at].first <= stop:
                reach = max(reach, spans[at].stop)
                at += 1
            stop += 1
            edge = stop < n and tokens.sentence[stop] != tokens.sentence[stop - 1]
            if edge and stop - begin >= _BLOCK and reach <= stop:
                break
        yield begin, stop, list(spans[low:at])
        begin = stop

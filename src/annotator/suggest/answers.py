"""Say who speaks in the answers of an interview, and in quotations that go on after a paragraph.

A label says it, or the name that headline and lead bring in first; "I" in an answer is that person,
and "he" is somebody else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.suggest.interview import ANSWER
from annotator.suggest.lexicon import word_set
from annotator.suggest.placed import Mention, Readings, placed
from annotator.suggest.places import PERSON
from annotator.suggest.sources import Description
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.suggest.naming import Named

Place = tuple[int, TokenSpan]
"""A paragraph's number and where a mention stands in it."""
_SURE = 0.6
_ME = word_set("je j' j’ i moi")


def with_answerer(
    readings: Readings, mentions: Sequence[Mention], named: Sequence[Named], bases: Sequence[int]
) -> tuple[list[Mention], dict[int, Place]]:
    """Return the mentions with who answers among them, and where the speaker of each answer stands.

    Args:
        readings: the paragraphs.
        mentions: the source mentions in text order.
        named: the article's names.
        bases: the number of each paragraph's first sentence.
    """
    if not any(reading.turn.role for _, reading in readings):
        return list(mentions), {}
    out = list(mentions)
    speakers: dict[int, Mention] = {}
    labels: dict[str, Mention] = {}
    at_first = _answerer(readings, mentions, named, bases)
    for number, (_, reading) in enumerate(readings):
        turn = reading.turn
        if turn.role != ANSWER:
            continue
        here = next((m for m in mentions if m.paragraph == number and not m.at.first), None)
        if turn.label and here is not None:
            labels[turn.name] = here
        speaker = labels.get(turn.name, at_first)
        if speaker is not None:
            speakers[number] = speaker
            if speaker not in out:
                out.append(speaker)
    out = [_of_turn(m, speakers.get(m.paragraph)) for m in out]
    out.sort(key=lambda m: m.span.start)
    return out, {number: (m.paragraph, m.at) for number, m in speakers.items()}


def _of_turn(mention: Mention, speaker: Mention | None) -> Mention:
    """Return a mention in an answer: "I" as the speaker, "he" as anybody else."""
    if speaker is None or mention is speaker or not speaker.what.name:
        return mention
    if len(mention.words) == 1 and mention.words[0] in _ME:
        return replace(mention, what=replace(speaker.what, shape="full"))
    return replace(mention, other_than=speaker.what.name)


def _answerer(
    readings: Readings, mentions: Sequence[Mention], named: Sequence[Named], bases: Sequence[int]
) -> Mention | None:
    """Return the mention of the person whom headline and lead name first, made where none is."""
    begin = next((i for i, (_, reading) in enumerate(readings) if reading.turn.role), 0)
    for n in named:
        if n.paragraph >= begin:
            break
        if n.find.kind != PERSON or n.find.code:
            continue  # (bylines name nobody: ``furniture``)
        known = next((m for m in mentions if m.span.start <= n.span.start < m.span.end), None)
        at = TokenSpan("S", n.find.first, n.find.stop, _SURE)
        what = Description("named_person", name=n.who.actor)
        return known or placed(readings, bases, n.paragraph, at, what)
    return None


def carried_on(readings: Readings, speakers: Mapping[int, Place]) -> dict[int, Place]:
    """Return where the speaker stands of quotations that the paragraph before left open.

    « "On nous a menti. » and below it « "Et cela continue." »: the second is the first one's.
    """
    out = dict(speakers)
    last: Place | None = None
    for number, (_, reading) in enumerate(readings):
        first = next(iter(reading.attributions), None)
        heads = first is not None and first.source is None and first.content[0].first <= 1
        if reading.tokens.carried and last is not None and heads:
            out.setdefault(number, last)
        said = [a for a in reading.attributions if a.source is not None]
        if said and said[-1].source is not None:
            last = (number, said[-1].source)
        elif not reading.tokens.carried:
            last = None
    return out

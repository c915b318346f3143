"""Gather the source mentions of an article from its paragraphs, with where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.suggest import recurring
from annotator.suggest.phrases import DECLINED
from annotator.suggest.places import ORGANISATION, PERSON
from annotator.suggest.read import Reading
from annotator.suggest.sources import describe
from annotator.suggest.tokens import INSIDE

if TYPE_CHECKING:
    from annotator.model.span import Span
    from annotator.suggest.sources import Description
    from annotator.suggest.tagger import TokenSpan

Readings = Sequence[tuple[int, Reading]]
"""Where each paragraph starts, and what it says by itself."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold one source mention.

    ``paragraph`` and ``at`` say where in the readings; ``span`` where in the text; ``words`` are
    its words in lower case, ``what`` says what they tell, ``withheld`` that the sentence says the
    name is not given, ``other_than`` who it cannot be, ``in_person`` that it says "I", ``inner``
    that it stands in a quotation.
    """

    paragraph: int
    at: TokenSpan
    span: Span
    sentence: int
    words: tuple[str, ...]
    what: Description
    withheld: bool
    other_than: str = ""
    in_person: bool = False
    inner: bool = False


def bodies(readings: Readings) -> frozenset[str]:
    """Return the words that organisations' names begin with ("Orbis" of "Orbis Group").

    Alone they mean the company, though its founder bears the name.
    """
    return frozenset(
        reading.tokens.words[n.first]
        for _, reading in readings
        for n in reading.names
        if n.kind == ORGANISATION
    )


def surnames(readings: Readings) -> frozenset[str]:
    """Return the last words of the persons' names of several words."""
    last = (
        reading.tokens.words[n.stop - 1]
        for _, reading in readings
        for n in reading.names
        if n.kind == PERSON and n.stop - n.first > 1
    )
    return frozenset(
        w for w in last if len(w) > 1 and w[0].isupper() and w.replace("-", "").isalpha()
    )


def mentions(readings: Readings, bases: Sequence[int], language: str) -> list[Mention]:
    """Return all source mentions in text order, later short forms of unnamed sources among them.

    Args:
        readings: the paragraphs.
        bases: the number of each paragraph's first sentence.
        language: ``en`` or ``fr``.
    """
    companies = bodies(readings)
    persons = surnames(readings) - companies
    found = [
        placed(readings, bases, number, at, _settled(reading.described[at], companies, persons))
        for number, (_, reading) in enumerate(readings)
        for at in reading.sources
    ]
    return sorted([*found, *_short_forms(readings, bases, found, language)], key=_begins)


def _settled(what: Description, companies: frozenset[str], persons: frozenset[str]) -> Description:
    """Return the description of a lone name as what the article's longer names make it.

    "Orbis" of "Orbis Group" is a company, "Oakley" of "Ruth Oakley" a person.
    """
    if what.identification == "named_person" and what.name in companies and not what.head:
        return replace(what, identification="named_organisation")
    if what.identification == "named_organisation" and what.name in persons:
        return replace(what, identification="named_person")
    return what


def says_nothing(reading: Reading, at: TokenSpan) -> bool:
    """Say whether nothing is reported of a mention here, nor that it kept silent."""
    if at in reading.telling:
        return False
    span = reading.span(at.first, at.stop)
    asked = (p.span for p in reading.phrases if p.family == DECLINED)
    return not any(s.start < span.end and span.start < s.end for s in asked)


def is_told_beside(reading: Reading, at: TokenSpan) -> bool:
    """Say whether something is reported in a mention's sentence, by whomever."""
    return reading.tokens.sentence[at.first] in reading.told


def _begins(mention: Mention) -> int:
    return mention.span.start


def placed(
    readings: Readings, bases: Sequence[int], number: int, at: TokenSpan, what: Description
) -> Mention:
    """Return the mention at some tokens of a paragraph."""
    start, reading = readings[number]
    formula = reading.anonymous.get(at)
    return Mention(
        number,
        at,
        reading.span(at.first, at.stop).shifted(start),
        bases[number] + reading.tokens.sentence[at.first],
        tuple(w.lower() for w in reading.tokens.words[at.first : at.stop]),
        what,
        formula is not None and formula.formula_span is not None,
        in_person=at in reading.in_person,
        inner=reading.tokens.state[at.first] == INSIDE,
    )


def _short_forms(
    readings: Readings, bases: Sequence[int], found: Sequence[Mention], language: str
) -> list[Mention]:
    first = recurring.first_uses([(m.what, m.words) for m in found])
    if not first:
        return []
    begins = {head: found[number] for head, number in first.items()}
    out: list[Mention] = []
    for number in range(min(m.paragraph for m in begins.values()), len(readings)):
        reading = readings[number][1]
        after = {
            head: m.at.stop if m.paragraph == number else 0
            for head, m in begins.items()
            if m.paragraph <= number
        }
        for at in recurring.short_forms(reading.tokens, reading.sources, after, language):
            what = describe(reading.tokens, at, (), language)
            out.append(placed(readings, bases, number, at, what))
    return out

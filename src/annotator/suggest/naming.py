"""Give every name of an article its actor: names found, later short forms, descriptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.suggest import actors, descriptions, kinds
from annotator.suggest import bodies as nouns
from annotator.suggest.placed import Readings, bodies, surnames
from annotator.suggest.places import ORGANISATION, PERSON, NameFind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.span import Span


_LOUD = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Hold one name of the article: its paragraph, where it stands there and in the text, who."""

    paragraph: int
    find: NameFind
    span: Span
    who: actors.Identified
    rule: str


def names(readings: Readings, language: str) -> list[Named]:
    """Return all names with their actors: found ones, then later short forms and descriptions."""
    finds: list[tuple[int, int, NameFind, str]] = []
    known = surnames(readings)
    companies = bodies(readings)
    for number, (start, reading) in enumerate(readings):
        words = reading.tokens.words
        for n in reading.names:
            lone = n.stop - n.first == 1 and words[n.first] in known
            lone = lone and (n.kind == PERSON or words[n.first] not in companies)
            kind = (
                replace(n, kind=PERSON, code="") if lone and n.kind != PERSON and not n.code else n
            )
            rule = "states" if n.code else "short_name" if lone else n.rule or "names"
            finds.append((number, start, kind, rule))
        covered = {i for n in reading.names for i in range(n.first, n.stop)}
        for i, word in enumerate(words):
            # « BELMONT » in a heading is Belmont.
            same = word.title() if word.isupper() and len(word) > _LOUD else word
            if same in known and i not in covered and same not in companies:
                finds.append((number, start, NameFind(PERSON, i, i + 1, 0.7), "short_name"))
    finds.sort(key=lambda f: (f[0], f[2].first))
    spans = [readings[p][1].span(n.first, n.stop) for p, _, n, _ in finds]
    who = actors.identify(
        [
            actors.NamePlace(s.slice(readings[f[0]][1].text), f[2].kind, f[2].code)
            for f, s in zip(finds, spans, strict=True)
        ],
        language,
        _short_forms(readings),
    )
    out = [
        Named(f[0], f[2], s.shifted(f[1]), w, f[3])
        for f, s, w in zip(finds, spans, who, strict=True)
    ]
    return [*out, *_described(readings, out, language)]


def _short_forms(readings: Readings) -> dict[str, str]:
    """Return short form -> full form of what the article abbreviates in brackets itself."""
    out: dict[str, str] = {}
    for _, reading in readings:
        for n in reading.names:
            if kinds.bracketed(reading.tokens, n):
                short = reading.tokens.words[n.stop + 1]
                out.setdefault(short, reading.span(n.first, n.stop).slice(reading.text))
    return out


def _described(readings: Readings, named: Sequence[Named], language: str) -> list[Named]:
    """Return nominal descriptions (« le numéro deux du département d'Etat ») as their person."""
    by_paragraph: dict[int, list[descriptions.KnownName]] = {}
    for n in named:
        known = descriptions.KnownName(
            n.find.first, n.find.stop, n.find.kind, n.who.actor, n.who.cluster
        )
        by_paragraph.setdefault(n.paragraph, []).append(known)
    paragraphs = [
        (reading.tokens, by_paragraph.get(i, [])) for i, (_, reading) in enumerate(readings)
    ]
    found = [
        *((PERSON, d) for d in descriptions.find(paragraphs, language)),
        *((ORGANISATION, d) for d in nouns.find(paragraphs, language)),
    ]
    out: list[Named] = []
    for kind, d in found:
        start, reading = readings[d.paragraph]
        find = NameFind(kind, d.first, d.stop, d.sure)
        who = actors.Identified(d.actor, kind, d.cluster)
        out.append(
            Named(
                d.paragraph, find, reading.span(d.first, d.stop).shifted(start), who, "description"
            )
        )
    return out

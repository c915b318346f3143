"""Say whom a pronoun means, and « la même source »: the nearest fitting informant before.

"It" and « il », « elle » may be bodies and documents, "they" the documents of the sentence before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import gender as genders
from annotator.suggest.cast import REACH, Cast, Informant, NamedPlace, SourceMention, clash
from annotator.suggest.lexicon import word_set
from annotator.suggest.sources import Description

if TYPE_CHECKING:
    from collections.abc import Sequence

PERSONS = frozenset(("named_person", "person_by_office", "unnamed_person"))
GROUPS = frozenset(("unnamed_group", "named_organisation", "other"))
_DOCUMENTS = frozenset(("document",))
_THINGS = frozenset(("named_organisation", "document", "media_report", "vote_or_poll"))
_SAME_SOURCE = ("même", "source")
_IT = ("it",)
_SOON = 2  # sentences that "it" may look back
_FRENCH_IT = word_set("il elle -il -elle -t-il -t-elle")
_CONCERNED = word_set("intéressé intéressée")
_LATTER = word_set("dernier dernière derniers dernières")


def meant(cast: Cast, mention: SourceMention, firms: Sequence[NamedPlace]) -> Informant | None:
    """Return whom a pronoun or « la même source » means, ``None`` for any other mention.

    Args:
        cast: who was met so far.
        mention: the mention.
        firms: the places of companies' names in text order.
    """
    if mention.what.shape in ("pronoun", "relative", "plural_pronoun"):
        return _pronoun(cast, mention)
    if mention.words == _IT:
        return _body(cast, mention, firms)
    if mention.words[-2:] == _SAME_SOURCE:
        return _same_source(cast, mention)
    return None


def _pronoun(cast: Cast, mention: SourceMention) -> Informant:
    gender = genders.of_words(mention.words)
    plural = mention.what.shape == "plural_pronoun"
    relative = mention.what.shape == "relative"
    if not _CONCERNED.isdisjoint(mention.words):
        return _concerned(cast, mention, gender)
    name = cast.name_before(mention, 0 if relative else REACH, gender)
    found = cast.latest(mention, GROUPS if plural else PERSONS, gender)
    if not _LATTER.isdisjoint(mention.words):  # « cette dernière » stands close by
        name = name if name and mention.sentence - name.sentence <= 1 else None
        found = found if found and mention.sentence - found.sentence <= 1 else None
        if name is None and found is None:
            return cast.new(mention, mention.what)
    if name is not None and not plural and (found is None or name.span.end > found.end):
        same = cast.by_name(name.name)
        other = same and clash(gender, same.gender)
        if not other and (found is None or name.sentence > found.sentence or relative):
            named = Description("named_person", name=name.name)
            return cast.touch(same, mention) if same else cast.new(mention, named)
    if plural:
        found = _papers(cast, mention, found) or cast.latest(mention, PERSONS, "")
    if not plural:
        found = _thing(cast, mention, gender, found)
    if found is None and gender and (hero := cast.hero(mention, gender)):
        found = cast.by_name(hero)
        if found is None:
            return cast.new(mention, Description("named_person", name=hero))
    return cast.touch(found, mention) if found else cast.new(mention, mention.what)


def _papers(cast: Cast, mention: SourceMention, people: Informant | None) -> Informant | None:
    """Return the documents of the sentence before where "they", « ils » may mean them."""
    papers = cast.latest(mention, _DOCUMENTS, "")
    if papers is None or mention.sentence - papers.sentence > 1 or mention.in_person:
        return people
    return papers if papers.many and (people is None or people.end < papers.end) else people


def _concerned(cast: Cast, mention: SourceMention, gender: str) -> Informant:
    """Resolve « l'intéressé »: whom others spoke of by name, not who spoke."""
    name = cast.spoken_of(mention, gender)
    if name is None:
        return cast.new(mention, mention.what)
    same = cast.by_name(name.name)
    if same is not None:
        return cast.touch(same, mention)
    return cast.new(mention, Description("named_person", name=name.name))


def _thing(
    cast: Cast, mention: SourceMention, gender: str, person: Informant | None
) -> Informant | None:
    """Return the body or document of the sentence before where « il », « elle » may mean it."""
    if mention.words[0] not in _FRENCH_IT or mention.in_person:
        return person
    thing = cast.latest(mention, _THINGS, gender)
    if thing is None or mention.sentence - thing.sentence > 1 or thing.gender != gender:
        return person
    return thing if person is None or person.end < thing.end else person


def _body(cast: Cast, mention: SourceMention, firms: Sequence[NamedPlace]) -> Informant | None:
    """Resolve "it": the body or document that spoke, or the company named, just before."""
    thing = cast.latest(mention, _THINGS, "")
    if thing is not None and mention.sentence - thing.sentence > _SOON:
        thing = None
    before = [f for f in firms if f.span.end <= mention.span.start]
    named = before[-1] if before and mention.sentence - before[-1].sentence <= 1 else None
    if named is not None and (thing is None or named.span.end > thing.end):
        thing = cast.by_name(named.name, person=False)
        if thing is None:
            known = Description("named_organisation", name=named.name, affiliation="corporate")
            return cast.new(mention, known)
    return cast.touch(thing, mention) if thing else None


def _same_source(cast: Cast, mention: SourceMention) -> Informant | None:
    """Resolve « de même source »: the source told last."""
    for informant in reversed(cast.met[-20:]):
        if mention.sentence - informant.sentence > REACH:
            break
        if informant.what.head == "source":
            return cast.touch(informant, mention)
    return None

"""Join the source mentions of an article that speak of the same informant.

Names by surname, pronouns and short forms ("the official", « cette source ») by the nearest fitting
mention before, ordinals (« la seconde source ») as members of a counted group. A wire's lead ("A
former chairman says ...") and the bare name after it are one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.suggest import definites, pronouns, trades
from annotator.suggest import gender as genders
from annotator.suggest.cast import (
    NEAR,
    Cast,
    Informant,
    NamedPlace,
    Resolved,
    SourceMention,
    clash,
)
from annotator.suggest.lexicon import word_set
from annotator.suggest.pronouns import GROUPS, PERSONS
from annotator.suggest.source_kind import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.sources import Description

_LEAD = 2  # sentences of headline and lead, and from a description there to the bare name
_BARE = ((), (",",), (",", "who"), (",", "qui"))
_THE = word_set("the le la l' l’ ce cet cette")
_THIS = word_set("ce cet cette")
_A = word_set("a an un une")
_PUBLIC = word_set(
    "préfet préfète maire ministre procureur procureure président présidente gouverneur recteur "
    "rectrice ambassadeur ambassadrice roi reine pape mayor minister president governor prosecutor"
)
_PEOPLE = word_set(
    "homme femme garçon fille jeune mère père fils frère sœur man woman boy girl mother father"
)
# Of whom they are a relative the text says, and not who spoke last: « le mari ».
_KIN = word_set(
    "mari épouse époux père mère fils frère sœur soeur oncle tante cousin cousine compagne "
    "compagnon veuf veuve neveu nièce husband wife father mother son daughter brother sister"
)
_FAR = 3  # sentences from where a noun without a name gives way to a name just before
_COUNTED = word_set("two three four five six seven deux trois quatre cinq six sept")


def join(
    mentions: Sequence[SourceMention],
    names: Sequence[NamedPlace],
    firms: Sequence[NamedPlace] = (),
) -> list[Resolved]:
    """Return for every mention (in text order) its cluster and what is known of the informant.

    Args:
        mentions: the source mentions.
        names: where persons are named.
        firms: where companies are named.
    """
    cast = Cast(names)
    out: list[Resolved] = []
    for number, mention in enumerate(mentions):
        made = cast.made
        informant = _reference(cast, mention, firms) or _newcomer(cast, mentions, number, names)
        if mention.inner and cast.made > made:
            cast.set_back(informant)
        what = _inherit(mention.what, informant.what)
        out.append(Resolved(informant.key, what, informant.group))
    return out


def _reference(cast: Cast, mention: SourceMention, firms: Sequence[NamedPlace]) -> Informant | None:
    """Return whom a pronoun, a name or a short form means, ``None`` for a mention in full."""
    what = mention.what
    pointed = pronouns.meant(cast, mention, firms)
    if pointed is not None:
        return pointed
    again = definites.told_before(cast, mention, firms)
    if again is not None:
        return again
    if what.name:
        return _named(cast, mention)
    if what.shape == "member":
        return _member(cast, mention)
    if what.shape == "definite":
        return _short_form(cast, mention)
    return _on(cast, mention) if what.head == "on" else None


def _newcomer(
    cast: Cast,
    mentions: Sequence[SourceMention],
    number: int,
    names: Sequence[NamedPlace],
) -> Informant:
    """Return who comes in with a mention in full: a member of a group, or somebody told below."""
    mention = mentions[number]
    what = mention.what
    group = cast.group(mention) if one_of(mention.words) else None
    if group is not None:
        return cast.new(mention, what, group.key)
    before = _told_before(cast, mention)
    if before is not None:
        return cast.touch(before, mention)
    named = _named_next(mentions, number, names)
    return cast.new(mention, replace(what, **named) if named else what)


def _named(cast: Cast, mention: SourceMention) -> Informant:
    """Return who bears the name, known under the longer form of it from now on."""
    what = mention.what
    body = what.identification == "named_organisation"
    told = genders.of_name(what.name) or genders.of_words(mention.words)
    found = cast.by_name(what.name, person=not body, gender=told) or cast.by_office(what, told)
    if found is None:
        return cast.new(mention, what)
    if len(what.name) > len(found.what.name):
        found.what = replace(found.what, name=what.name)
    return cast.touch(found, mention)


def _told_before(cast: Cast, mention: SourceMention) -> Informant | None:
    """Return the counted group of a headline or lead that the next lines tell of again."""
    what = mention.what
    if what.identification != "unnamed_group" or not what.count.isdigit() or not what.head:
        return None
    if mention.sentence > _LEAD + 1:
        return None
    same = (
        i
        for i in cast.met
        if (i.what.identification, i.what.head, i.what.count)
        == (what.identification, what.head, what.count)
        and i.sentence < mention.sentence
    )
    return next(same, None)


def _named_next(
    mentions: Sequence[SourceMention], number: int, names: Sequence[NamedPlace]
) -> dict[str, str]:
    """Return the name of a person whom a headline or lead describes and the next lines name.

    "A former chairman says ... said Ann Oak": a full name that comes in without a title of its own
    was introduced before.
    """
    mention = mentions[number]
    head = mention.what.head
    headline = mention.words[-1] == head and mention.words[0] not in _THE
    unnamed = mention.what.identification == "unnamed_person" and not mention.withheld
    if mention.sentence == 0 and mention.words[0] in _THE and unnamed | _by_office(mention):
        return _called_below(mentions[number + 1 : number + 5], head)
    if not unnamed or mention.sentence > _LEAD or not (headline or mention.words[0] in _A):
        return {}
    for following in mentions[number + 1 : number + 5]:
        what = following.what
        apart = following.sentence - mention.sentence
        if apart > _LEAD:
            break
        if headline and what.head == head:
            return _named_next(mentions, mentions.index(following), names)
        name = what.name.lower().split()
        if what.identification != "named_person" or apart < 1 or len(name) < 2:
            continue
        behind = following.words[len(name) : len(name) + 2]
        bare = list(following.words[: len(name)]) == name and behind in _BARE
        before = any(
            n.span.end <= following.span.start and n.name.lower().endswith(name[-1]) for n in names
        )
        return {"identification": "named_person", "name": what.name} if bare and not before else {}
    return {}


def _by_office(mention: SourceMention) -> bool:
    return mention.what.identification == "person_by_office"


def _called_below(following: Sequence[SourceMention], head: str) -> dict[str, str]:
    """Return the name of « l'ex-directeur technique » of a headline, whom the lead calls so."""
    for mention in following:
        what = mention.what
        if mention.sentence <= _LEAD and what.head == head != "" and what.name:
            return {"identification": "named_person", "name": what.name}
    return {}


def _on(cast: Cast, mention: SourceMention) -> Informant:
    """Join « on » and the place where it speaks."""
    last = cast.met[-1] if cast.met else None
    if last is not None and last.what.head == "on" and last.sentence == mention.sentence:
        return cast.touch(last, mention)
    return cast.new(mention, mention.what)


def _member(cast: Cast, mention: SourceMention) -> Informant:
    """Resolve « l'un d'eux », "another": a member of the latest group told before."""
    group = cast.group(mention)
    what = mention.what
    near = group is not None and mention.sentence - group.sentence <= 1
    if not near and len(mention.words) == 1:
        what = replace(what, identification="unknown")
    return cast.new(mention, what, group.key if group else "")


def _inherit(what: Description, known: Description) -> Description:
    """Fill what a short mention leaves open with what the cluster knows."""
    if what is known:
        return what
    open_ = what.identification == "unknown" or what.shape == "definite" or bool(known.name)
    return replace(
        what,
        identification=known.identification if open_ else what.identification,
        # "The company" has a noun for its name as long as no other is known.
        name=_fuller(what, known),
        affiliation=known.affiliation if what.affiliation == "unknown" else what.affiliation,
        proximity=known.proximity if what.proximity == "unknown" else what.proximity,
        role=known.role if what.role == "unknown" else what.role,
        status=known.status if what.status in ("unknown", "current") else what.status,
    )


def _fuller(what: Description, known: Description) -> str:
    """Return a person's whole name where a mention has the surname alone."""
    if what.name.lower() == what.head or not what.name:
        return known.name
    person = known.identification != "named_organisation"
    return known.name if person and known.name.endswith(f" {what.name}") else what.name


def _short_form(cast: Cast, mention: SourceMention) -> Informant:
    """Resolve "the official", « cette source », « la seconde source »."""
    what = mention.what
    gender = genders.of_words(mention.words)
    for informant in reversed(cast.met[-60:]):
        if informant.what.head != what.head or not what.head:
            continue
        if clash(gender, informant.gender):
            continue  # « la première ministre », « le ministre »
        apart = mention.sentence - informant.sentence
        if apart > _FAR and not informant.what.name and cast.name_before(mention, 1, gender):
            continue  # the lawyer of a witness, and then one with a name
        several = what.identification in ("unnamed_group", "other")
        if not what.ordinal and several != (informant.what.identification in GROUPS):
            continue  # "the traders", "another trader"
        if what.ordinal and informant.what.identification in GROUPS:
            member = informant.members.get(what.ordinal)
            if member is None:
                alone = replace(
                    informant.what, identification="unnamed_person", count="", shape="definite"
                )
                member = cast.new(mention, alone, informant.key)
                informant.members[what.ordinal] = member
                return member
            return cast.touch(member, mention)
        if not what.ordinal:
            return cast.touch(informant, mention)
    return _by_trade(cast, mention)


def _public(mention: SourceMention) -> bool:
    """Say whether a mention is an office that somebody holds in any case: « le préfet »."""
    return mention.what.head in _PUBLIC


def _is_other(mention: SourceMention, informant: Informant, *, office: bool) -> bool:
    """Say whether a named informant does something else than a short form tells."""
    if trades.clash(trades.of_words(mention.words), informant.trades):
        return True
    return office and (_has_trade(informant) or _public(mention))


def _has_trade(informant: Informant) -> bool:
    """Say whether somebody is known by a noun too, and not by a name alone."""
    return informant.what.head not in ("", *informant.what.name.lower().split())


def _by_trade(cast: Cast, mention: SourceMention) -> Informant:
    """Resolve "the woman", « la chercheuse », which nobody was called before: who spoke last."""
    what = mention.what
    if what.identification == "unnamed_group" and _COUNTED.intersection(mention.words[1:2]):
        # "The two presidents", and no such group told before: people the story has by name.
        return cast.new(mention, replace(what, identification="other"))
    office = what.identification == "person_by_office"
    short = office or what.identification == "unnamed_person"
    pointing = mention.words[0] in _THIS
    relative = what.head in _KIN and not pointing
    if not short or what.ordinal or relative or mention.words[0] not in _THE:
        return cast.new(mention, what)
    gender = genders.of_words(mention.words)
    # « Le maire » is somebody by himself; who was named just before, and nothing else told, is he.
    near = 1 if office else NEAR
    found = cast.latest(mention, PERSONS, gender)
    if office and found is not None and (_has_trade(found) or _public(mention)):
        found = None
    if found is not None and found.what.head == "source" and what.head in _PEOPLE:
        found = None  # « le jeune homme » is no « source judiciaire »
    name = cast.name_before(mention, near, gender)
    if name is not None and name.sentence == mention.sentence:
        name = None  # "Ash believed, the barrister said": whom this sentence tells of
    if found is not None and mention.sentence - found.sentence > near:
        found = None
    if name is not None and (found is None or name.span.end > found.end):
        same = cast.by_name(name.name)
        other = same is not None and _is_other(mention, same, office=office)
        if other or (same is None and " " not in name.name):
            return cast.new(mention, what)
        if same is None:
            return cast.new(mention, replace(what, identification="named_person", name=name.name))
        found = same
    return cast.touch(found, mention) if found else cast.new(mention, what)

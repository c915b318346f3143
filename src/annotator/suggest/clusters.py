"""Join the source mentions of an article that speak of the same informant.

Names by surname, pronouns and short forms ("the official", « cette source ») by the nearest fitting
mention before, ordinals (« la seconde source ») as members of a counted group. A wire's lead ("A
former chairman says ...") and the bare name after it are one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.suggest import gender as genders
from annotator.suggest.lexicon import word_set
from annotator.suggest.source_kind import ORDINALS, one_of
from annotator.suggest.sources import Description
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.span import Span

_PERSONS = frozenset(("named_person", "person_by_office", "unnamed_person"))
_GROUPS = frozenset(("unnamed_group", "named_organisation", "other"))
_THINGS = frozenset(("named_organisation", "document", "media_report", "vote_or_poll"))
_REACH = 6  # sentences that a pronoun may look back
_NEAR = 4  # sentences that "the woman" may look back
_NAMES = 12  # names that are looked at for one that fits
_LEAD = 2  # sentences of headline and lead, and from a description there to the bare name
_FRENCH_IT = word_set("il elle -il -elle -t-il -t-elle")
_BARE = ((), (",",), (",", "who"), (",", "qui"))
_THE = word_set("the le la l' l’ ce cet cette")
_A = word_set("a an un une")
_COUNTED = word_set("two three four five six seven deux trois quatre cinq six sept")


@dataclass(frozen=True, slots=True)
class SourceMention:
    """Hold one mention: where it is, its words in lower case and their description.

    ``withheld``: the sentence says that the name is not given. ``other_than``: the name of whom a
    pronoun does not mean.
    """

    span: Span
    sentence: int
    words: tuple[str, ...]
    what: Description
    withheld: bool = False
    other_than: str = ""

    def may_be(self, name: str) -> bool:
        """Say whether a pronoun can stand for somebody of that name."""
        return not self.other_than or fold(name).split()[-1:] != fold(self.other_than).split()[-1:]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Hold a person's name in the text that a pronoun may stand for.

    ``quoted``: it stands in a quotation. "It was Ash who refused", he said: that is hardly Ash.
    """

    span: Span
    sentence: int
    name: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """Say which cluster a mention belongs to, what is known of it, and the group it is part of."""

    cluster: str
    what: Description
    group: str = ""


@dataclass(slots=True)
class _Informant:
    key: str
    what: Description
    sentence: int
    end: int
    gender: str = ""
    group: str = ""
    members: dict[int, _Informant] = field(default_factory=dict[int, "_Informant"])


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


class _Cast:
    """Keep the informants met so far, the latest last."""

    def __init__(self, names: Sequence[NamedPlace]) -> None:
        self.met: list[_Informant] = []
        self.names = [n for n in names if not n.quoted] or names
        self.made = 0
        self._name_at = 0

    def new(self, mention: SourceMention, what: Description, group: str = "") -> _Informant:
        self.made += 1
        informant = _Informant(
            f"source-{self.made}",
            what,
            mention.sentence,
            mention.span.end,
            genders.of_name(what.name) or genders.of_words(mention.words),
            group,
        )
        self.met.append(informant)
        return informant

    def touch(self, informant: _Informant, mention: SourceMention) -> _Informant:
        informant.sentence, informant.end = mention.sentence, mention.span.end
        informant.gender = informant.gender or genders.of_words(mention.words)
        self.met.remove(informant)
        self.met.append(informant)
        return informant

    def by_name(self, name: str, *, person: bool = True, gender: str = "") -> _Informant | None:
        """Return the latest informant whose name fits, a person or a body.

        « Mme Sol » is not Paul Sol: a first name and what stands before a surname may clash.
        """
        wanted = fold(name).split()
        for informant in reversed(self.met[-200:]):
            known = fold(informant.what.name).split()
            body = informant.what.identification == "named_organisation"
            clash = person and _clash(gender, informant.gender)
            if not known or not wanted or body == person or (clash and known != wanted):
                continue
            if known == wanted or (known[-1] == wanted[-1] and 1 in (len(known), len(wanted))):
                return informant
        firsts = {i.key: i for i in self.met[-200:] if fold(i.what.name).split()[:1] == wanted}
        return next(iter(firsts.values())) if person and len(firsts) == 1 else None

    def latest(
        self, mention: SourceMention, kinds: frozenset[str], gender: str
    ) -> _Informant | None:
        """Return the nearest informant before that a pronoun may stand for."""
        for informant in reversed(self.met[-40:]):
            if mention.sentence - informant.sentence > _REACH:
                break
            clash = _clash(gender, informant.gender)
            meant = mention.may_be(informant.what.name)
            open_ = gender and not informant.gender and not informant.what.name
            if open_ and mention.sentence - informant.sentence > _NEAR - 1:
                continue  # "a doctor" of long ago is a poor "she"
            if informant.what.identification in kinds and not clash and meant:
                return informant
        return None

    def group(self, mention: SourceMention) -> _Informant | None:
        """Return the group before that a "third" can be of: of so many, or of no number."""
        least = max((ORDINALS.get(w, 0) for w in mention.words), default=0)
        for informant in reversed(self.met[-40:]):
            what = informant.what
            if mention.sentence - informant.sentence > _REACH:
                break
            many = not what.count.isdigit() or int(what.count) >= least
            whole = not informant.group  # "two of them" are part of the group that is meant
            if what.identification in ("unnamed_group", "other") and many and whole:
                return informant
        return None

    def name_before(
        self, mention: SourceMention, reach: int, gender: str = ""
    ) -> NamedPlace | None:
        """Return the last fitting name that ends before the mention, ``reach`` sentences back."""
        while (
            self._name_at < len(self.names)
            and self.names[self._name_at].span.end <= mention.span.start
        ):
            self._name_at += 1
        for last in reversed(self.names[max(0, self._name_at - _NAMES) : self._name_at]):
            if mention.sentence - last.sentence > reach:
                break
            if not _clash(genders.of_name(last.name), gender):
                return last if mention.may_be(last.name) else None
        return None

    def hero(self, mention: SourceMention, gender: str) -> str:
        """Return whom the text so far is about, of this gender: named twice as often as others."""
        told = Counter(
            n.name for n in self.names[: self._name_at] if genders.of_name(n.name) == gender
        ).most_common(2)
        often = told[0][1] if told else 0
        alone = len(told) == 1 or (len(told) > 1 and often >= 2 * told[1][1])
        return told[0][0] if alone and mention.may_be(told[0][0]) else ""


def join(mentions: Sequence[SourceMention], names: Sequence[NamedPlace]) -> list[Resolved]:
    """Return for every mention (in text order) its cluster and what is known of the informant."""
    cast = _Cast(names)
    out: list[Resolved] = []
    for number, mention in enumerate(mentions):
        what = mention.what
        if what.shape in ("pronoun", "relative", "plural_pronoun"):
            informant = _pronoun(cast, mention)
        elif what.name:
            body = what.identification == "named_organisation"
            told = genders.of_name(what.name) or genders.of_words(mention.words)
            found = cast.by_name(what.name, person=not body, gender=told)
            informant = cast.touch(found, mention) if found else cast.new(mention, what)
            if found and len(what.name) > len(found.what.name):
                found.what = replace(found.what, name=what.name)
        elif what.shape == "member":
            informant = _member(cast, mention)
        elif what.shape == "definite":
            informant = _short_form(cast, mention)
        elif what.head == "on":
            informant = _on(cast, mention)
        elif one_of(mention.words) and (group := cast.group(mention)):
            informant = cast.new(mention, what, group.key)
        elif (before := _told_before(cast, mention)) is not None:
            informant = cast.touch(before, mention)
        else:
            named = _named_next(mentions, number, names)
            informant = cast.new(mention, replace(what, **named) if named else what)
        out.append(Resolved(informant.key, _inherit(what, informant.what), informant.group))
    return out


def _told_before(cast: _Cast, mention: SourceMention) -> _Informant | None:
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


def _on(cast: _Cast, mention: SourceMention) -> _Informant:
    """Join « on » and the place where it speaks."""
    last = cast.met[-1] if cast.met else None
    if last is not None and last.what.head == "on" and last.sentence == mention.sentence:
        return cast.touch(last, mention)
    return cast.new(mention, mention.what)


def _member(cast: _Cast, mention: SourceMention) -> _Informant:
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
        name=what.name or known.name,
        affiliation=known.affiliation if what.affiliation == "unknown" else what.affiliation,
        proximity=known.proximity if what.proximity == "unknown" else what.proximity,
        role=known.role if what.role == "unknown" else what.role,
        status=known.status if what.status in ("unknown", "current") else what.status,
    )


def _pronoun(cast: _Cast, mention: SourceMention) -> _Informant:
    gender = genders.of_words(mention.words)
    plural = mention.what.shape == "plural_pronoun"
    relative = mention.what.shape == "relative"
    name = cast.name_before(mention, 0 if relative else _REACH, gender)
    found = cast.latest(mention, _GROUPS if plural else _PERSONS, gender)
    if name is not None and not plural and (found is None or name.span.end > found.end):
        same = cast.by_name(name.name)
        clash = same and _clash(gender, same.gender)
        if not clash and (found is None or name.sentence > found.sentence or relative):
            named = Description("named_person", name=name.name)
            return cast.touch(same, mention) if same else cast.new(mention, named)
    if found is None and plural:
        found = cast.latest(mention, _PERSONS, "")
    if not plural:
        found = _thing(cast, mention, gender, found)
    if found is None and gender and (hero := cast.hero(mention, gender)):
        found = cast.by_name(hero)
        if found is None:
            return cast.new(mention, Description("named_person", name=hero))
    return cast.touch(found, mention) if found else cast.new(mention, mention.what)


def _thing(
    cast: _Cast, mention: SourceMention, gender: str, person: _Informant | None
) -> _Informant | None:
    """Return the body or document of the sentence before where « il », « elle » may mean it."""
    if mention.words[0] not in _FRENCH_IT:
        return person
    thing = cast.latest(mention, _THINGS, gender)
    if thing is None or mention.sentence - thing.sentence > 1 or thing.gender != gender:
        return person
    return thing if person is None or person.end < thing.end else person


def _short_form(cast: _Cast, mention: SourceMention) -> _Informant:
    """Resolve "the official", « cette source », « la seconde source »."""
    what = mention.what
    gender = genders.of_words(mention.words)
    for informant in reversed(cast.met[-60:]):
        if informant.what.head != what.head or not what.head:
            continue
        if _clash(gender, informant.gender):
            continue  # « la première ministre », « le ministre »
        if what.ordinal and informant.what.identification in _GROUPS:
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


def _has_trade(informant: _Informant) -> bool:
    """Say whether somebody is known by a noun too, and not by a name alone."""
    return informant.what.head not in ("", *informant.what.name.lower().split())


def _by_trade(cast: _Cast, mention: SourceMention) -> _Informant:
    """Resolve "the woman", « la chercheuse », which nobody was called before: who spoke last."""
    what = mention.what
    if what.identification == "unnamed_group" and _COUNTED.intersection(mention.words[1:2]):
        # "The two presidents", and no such group told before: people the story has by name.
        return cast.new(mention, replace(what, identification="other"))
    office = what.identification == "person_by_office"
    short = office or what.identification == "unnamed_person"
    if not short or what.ordinal or mention.words[0] not in _THE:
        return cast.new(mention, what)
    gender = genders.of_words(mention.words)
    # « Le maire » is somebody by himself; who was named just before, and nothing else told, is he.
    near = 1 if office else _NEAR
    found = cast.latest(mention, _PERSONS, gender)
    if office and found is not None and _has_trade(found):
        found = None
    name = cast.name_before(mention, near, gender)
    if name is not None and name.sentence == mention.sentence:
        name = None  # "Ash believed, the barrister said": whom this sentence tells of
    if found is not None and mention.sentence - found.sentence > near:
        found = None
    if name is not None and (found is None or name.span.end > found.end):
        same = cast.by_name(name.name)
        other = same is not None and office and _has_trade(same)
        if other or (same is None and " " not in name.name):
            return cast.new(mention, what)
        if same is None:
            return cast.new(mention, replace(what, identification="named_person", name=name.name))
        found = same
    return cast.touch(found, mention) if found else cast.new(mention, what)

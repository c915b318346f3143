"""Keep the informants of an article: whom a name, a pronoun or a short form may mean.

``clusters`` walks through the mentions and asks here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.suggest import gender as genders
from annotator.suggest import trades
from annotator.suggest.source_kind import ORDINALS
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.span import Span
    from annotator.suggest.sources import Description

REACH = 6  # sentences that a pronoun may look back
NEAR = 4  # sentences that "the woman" may look back
_NAMES = 12  # names that are looked at for one that fits


@dataclass(frozen=True, slots=True)
class SourceMention:
    """Hold one mention: where it is, its words in lower case and their description.

    ``withheld``: the sentence says that the name is not given. ``other_than``: the name of whom a
    pronoun does not mean. ``in_person``: it says "I", as no body and no document does. ``inner``:
    it stands in a quotation.
    """

    span: Span
    sentence: int
    words: tuple[str, ...]
    what: Description
    withheld: bool = False
    other_than: str = ""
    in_person: bool = False
    inner: bool = False

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


@dataclass(slots=True, eq=False)
class Informant:
    """Hold one informant: what is known, where it was last spoken of, the group it is part of.

    ``many``: the noun was a plural ("documents").
    """

    key: str
    what: Description
    sentence: int
    end: int
    gender: str = ""
    group: str = ""
    trades: frozenset[str] = frozenset()
    many: bool = False
    members: dict[int, Informant] = field(default_factory=dict[int, "Informant"])


def clash(one: str, other: str) -> bool:
    """Say whether two genders are known and differ."""
    return bool(one and other and one != other)


class Cast:
    """Keep the informants met so far, the latest last."""

    def __init__(self, names: Sequence[NamedPlace]) -> None:
        self.met: list[Informant] = []
        self.all_names = sorted(names, key=lambda n: n.span)
        self.names = [n for n in self.all_names if not n.quoted] or self.all_names
        self.made = 0
        self._name_at = 0

    def new(self, mention: SourceMention, what: Description, group: str = "") -> Informant:
        """Return somebody who was not met before."""
        self.made += 1
        informant = Informant(
            f"source-{self.made}",
            what,
            mention.sentence,
            mention.span.end,
            genders.of_name(what.name) or genders.of_words(mention.words),
            group,
            trades.of_words(mention.words),
            f"{what.head}s" in mention.words,
        )
        self.met.append(informant)
        return informant

    def set_back(self, informant: Informant) -> None:
        """Make somebody met only in a quotation the last whom a pronoun outside may mean."""
        self.met.remove(informant)
        self.met.insert(0, informant)

    def touch(self, informant: Informant, mention: SourceMention) -> Informant:
        """Note that an informant is spoken of again."""
        informant.sentence, informant.end = mention.sentence, mention.span.end
        informant.trades |= trades.of_words(mention.words)
        informant.gender = informant.gender or genders.of_words(mention.words)
        # From the end: who is spoken of again was mostly spoken of just now.
        at = next(i for i in range(len(self.met) - 1, -1, -1) if self.met[i] is informant)
        self.met.append(self.met.pop(at))
        return informant

    def by_name(self, name: str, *, person: bool = True, gender: str = "") -> Informant | None:
        """Return the latest informant whose name fits, a person or a body.

        « Mme Sol » is not Paul Sol: a first name and what stands before a surname may clash.
        """
        wanted = fold(name).split()
        for informant in reversed(self.met[-200:]):
            known = fold(informant.what.name).split()
            body = informant.what.identification == "named_organisation"
            other = person and clash(gender, informant.gender)
            if not known or not wanted or body == person or (other and known != wanted):
                continue
            if known == wanted or (known[-1] == wanted[-1] and 1 in (len(known), len(wanted))):
                return informant
        firsts = {i.key: i for i in self.met[-200:] if fold(i.what.name).split()[:1] == wanted}
        return next(iter(firsts.values())) if person and len(firsts) == 1 else None

    def by_office(self, what: Description, gender: str) -> Informant | None:
        """Return whom only an office named so far, where a name for it comes in now.

        « la procureure », and below « la procureure, Anne Sol ».
        """
        if what.identification != "named_person" or what.head in ("", *what.name.lower().split()):
            return None
        same = [
            i
            for i in self.met[-200:]
            if (i.what.identification, i.what.shape, i.what.head)
            == ("person_by_office", "definite", what.head)
            and not clash(gender, i.gender)
        ]
        if len(same) != 1:
            return None
        same[0].what = replace(same[0].what, identification="named_person", name=what.name)
        return same[0]

    def latest(
        self, mention: SourceMention, kinds: frozenset[str], gender: str
    ) -> Informant | None:
        """Return the nearest informant before that a pronoun or a short form may stand for."""
        work = trades.of_words(mention.words)
        for informant in reversed(self.met[-40:]):
            if mention.sentence - informant.sentence > REACH:
                break
            other = clash(gender, informant.gender)
            meant = mention.may_be(informant.what.name)
            open_ = gender and not informant.gender and not informant.what.name
            if open_ and mention.sentence - informant.sentence > NEAR - 1:
                continue  # "a doctor" of long ago is a poor "she"
            other = other or trades.clash(work, informant.trades)
            if informant.what.identification in kinds and not other and meant:
                return informant
        return None

    def group(self, mention: SourceMention) -> Informant | None:
        """Return the group before that a "third" can be of: of so many, or of no number."""
        least = max((ORDINALS.get(w, 0) for w in mention.words), default=0)
        for informant in reversed(self.met[-40:]):
            what = informant.what
            if mention.sentence - informant.sentence > REACH:
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
            if not clash(genders.of_name(last.name), gender):
                return last if mention.may_be(last.name) else None
        return None

    def spoken_of(self, mention: SourceMention, gender: str) -> NamedPlace | None:
        """Return whom others last spoke of by name: not who spoke last."""
        last = fold(self.met[-1].what.name).split()[-1:] if self.met else []
        before = [n for n in self.all_names if n.span.end <= mention.span.start]
        for name in reversed(before[-_NAMES:]):
            if mention.sentence - name.sentence > REACH:
                break
            spoke = fold(name.name).split()[-1:] == last
            if not spoke and not clash(genders.of_name(name.name), gender):
                return name
        return None

    def hero(self, mention: SourceMention, gender: str) -> str:
        """Return whom the text so far is about, of this gender: named twice as often as others."""
        told = Counter(
            n.name for n in self.names[: self._name_at] if genders.of_name(n.name) == gender
        ).most_common(2)
        often = told[0][1] if told else 0
        alone = len(told) == 1 or (len(told) > 1 and often >= 2 * told[1][1])
        return told[0][0] if alone and mention.may_be(told[0][0]) else ""

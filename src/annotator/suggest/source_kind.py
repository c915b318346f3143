"""Decide who a mention that is no pronoun names: a person, a group, an office, a document.

Source of the values: USC source annotation form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import demonyms, word_set
from annotator.suggest.mention import DEFINITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.mention import Mention
    from annotator.suggest.tagger import TokenSpan

_POSSESSIVE = word_set("his her their its my our your whose sa son ses leur leurs mon ma notre nos")
_PLURAL_DETERMINERS = word_set(
    "some several many few two three four five six seven eight nine ten other both various "
    "numerous most those des plusieurs certains certaines quelques deux trois quatre cinq six sept "
    "huit neuf dix ses leurs divers diverses d'autres nombreux nombreuses"
)
_ONE_OF = frozenset(("one", "un", "une", "l'un", "l'une"))
_ONE = frozenset(("one", "a", "an", "another", "un", "une"))
_GROUP_OF = word_set("group number couple handful dozen panel team groupe poignée dizaine")
_COUNTED = word_set(
    "two three four five six seven eight several deux trois quatre cinq sept huit plusieurs"
)
_SOME_OF = _COUNTED | word_set("six neuf dix certains certaines quelques-uns quelques-unes")
_THOSE = word_set("ceux celles celui celle")
_FEW = word_set("beaucoup nombre plupart")
# Trades that are companies where a noun follows: « l'assureur de la commune ».
_COMPANIES = word_set(
    "assureur fabricant exploitant bailleur promoteur fournisseur importateur transporteur "
    "armateur hébergeur équipementier concessionnaire"
)
_NARROWING = ("és", "ées", "dus", "dues", "tis", "ties", "sis", "mis", "lus", "rits")
_MET = word_set(
    "interviewed interrogés interrogées rencontrés rencontrées contactés contactées familiar "
    "briefed cités spoke joints jointes involved impliqués impliquées reached contacted met "
    "anonymat anonymity nommés nommées named identified"
)
_OFFICE_PAIR = word_set("ministre secrétaire minister secretary président president")
_PLACED = word_set("of at from de du des d' on")
_EVERYBODY = word_set("everyone everybody all many several tous toutes plusieurs")
# Endings of nouns that are nobody: "an inquiry", « une décision ».
_THINGS = {
    "en": ("tion", "sion", "ment", "ity", "ness", "ance", "ence", "ism", "ship", "ry", "ing"),
    "fr": ("tion", "sion", "ment", "ité", "ance", "ence", "isme", "ure", "age", "phie"),
}
_THEM = word_set("eux elles them deux trois quatre two three four")
_PLURAL_DEFINITE = word_set("les ces these those")
_PLACES = word_set("countries nations states cities pays villes")
_OWNER = frozenset(("'s", "'"))
# An agency is of the press, an « enquête » of opinion only where it says so.
_AGENCIES = word_set("agence agences agency agencies")
_OF_NEWS = word_set("presse news press wire afp reuters information")
_OF_OPINION = word_set("opinion sondage ifop ipsos insee elabe bva baromètre consommateurs ménages")
# Addresses that speak for who sits there.
_SEATS = frozenset(
    ("downing street", "number 10", "capitol hill", "wall street", "scotland yard", "quai d'orsay")
)
_ENDS_NAME = word_set(", who which that")
_LONGEST_NAME = 3
_PER_CENT = ("%", "percent", "cent")
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "other": 2,
    "another": 0,
    "latter": 2,
    "former": 1,
    "premier": 1,
    "première": 1,
    "seconde": 2,
    "deuxième": 2,
    "troisième": 3,
    "autre": 2,
    "quatrième": 4,
    "cinquième": 5,
}


_SINGULAR_ORDINAL = word_set(
    "first second third fourth fifth other latter former premier première second seconde deuxième "
    "troisième quatrième cinquième autre dernier dernière last"
)
_SUPERLATIVE = word_set("plus most")
_MEMBER_OF = word_set("of d' de des parmi")
_AMONG = frozenset(("entre",))


@dataclass(frozen=True, slots=True)
class Kind:
    """Hold the identification, the shape of the words, the head's place and its list."""

    identification: str
    shape: str = "full"
    place: int = -1
    listed: str = ""


def kind(mention: Mention) -> Kind:
    """Return whom the mention names."""
    low = mention.low
    if low[:2] in (["nos", "informations"], ["our", "reporting"], ["our", "information"]):
        return Kind("journalist")
    place, listed = mention.head()
    if _is_paper(mention, place, listed):
        return Kind("document", "full", place, "document")
    if listed == "person" and _is_body(mention):
        return Kind("named_organisation", "full", place, "organisation")
    among = _among(mention, place, listed)
    if among is not None:
        return among
    if any(w in _PER_CENT for w in low[:4]):
        return Kind("other")
    if len(low) > 3 and low[1] in _GROUP_OF and low[2] in ("of", "de", "d'", "des"):
        return Kind("unnamed_group", "full", 1, "persons")
    person = mention.person_name(place)
    if listed in ("person", "persons", "people"):
        return _person(mention, place, listed, person)
    if person is not None and (listed in ("", "organisation") or person.first <= place):
        return Kind("named_person", "full", place, listed)
    if listed:
        return _thing(mention, place, listed)
    seat = " ".join(low[:2]) in _SEATS
    found = "named_organisation" if seat else _bare(mention, place)
    short = found == "unnamed_person" and low[0] in DEFINITE
    end = mention.core() - 1
    return Kind(found, "definite" if short else "full", end if short else place, listed)


def _is_paper(mention: Mention, place: int, listed: str) -> bool:
    """Say whether a body's name is only part of a document's: "the Department for Trade paper"."""
    if mention.language != "en" or listed != "organisation":
        return False
    end = next((i for i, w in enumerate(mention.low) if w in _ENDS_NAME), len(mention.low))
    last = end - 1
    noun = place < last and mention.raw[last].islower() and mention.raw[last - 1][0].isupper()
    return noun and mention.kind_of(mention.low[last]) == "document"


def _is_body(mention: Mention) -> bool:
    """Say whether initials name what a plain noun tells of: "China's state planner, the NDRC"."""
    low, raw = mention.low, mention.raw
    places = (i for i in range(1, len(low) - 1) if low[i - 1] == "," and low[i] in DEFINITE)
    initials = (raw[i + 1] for i in places)
    return any(w.isupper() and len(w) > 1 for w in initials)


def _among(mention: Mention, place: int, listed: str) -> Kind | None:
    """Return what « l'un d'eux », « deux de ses collègues » is, ``None`` for anything else."""
    low = mention.low
    if low[0] in _THOSE:
        one = low[0] in ("celui", "celle")
        return Kind("unnamed_person" if one else "unnamed_group", "full", place, "")
    if _member_named(mention):
        return Kind("named_person", "full", place, listed)
    if _member(mention):
        return Kind("unnamed_person", "member")
    if one_of(low):
        return Kind("unnamed_person", "full", place, listed)
    of_them = _THEM | _AMONG | DEFINITE
    if len(low) > 2 and low[0] in _SOME_OF and low[1] in _MEMBER_OF and low[2] in of_them:
        return Kind("unnamed_group", "member")
    of = _part_of(mention)
    return Kind("unnamed_group", "full", of, "persons") if of else None


def one_of(low: Sequence[str]) -> bool:
    """Say whether words begin "one of the", « l'un des »."""
    if low[0] == "l'":
        low = low[1:]
    return len(low) > 2 and low[0] in _ONE_OF and low[1] in _MEMBER_OF


def _member(mention: Mention) -> bool:
    """Say whether a mention is one of a group told before: « l'un d'eux », "a second"."""
    low = mention.low[: mention.core()]
    rest = mention.low[len(low) :]
    if rest and rest[0] in _MEMBER_OF and not _THEM.intersection(rest[1:3]):
        return False
    if low[0] in ("l'", "l") and low[1:2] in (["un"], ["une"]):
        return len(low) == 2
    if low in (["un"], ["une"], ["one"], ["another"]):
        return low[0] in ("another", "one") or bool(rest and rest[0] in _MEMBER_OF)
    if len(low) == 2 and low[1] in _SINGULAR_ORDINAL:
        return low[0] in DEFINITE | _ONE
    return len(low) == 3 and low[0] in ("le", "la", "the") and low[1] in _SUPERLATIVE


def _member_named(mention: Mention) -> bool:
    """Say whether one of a group is named at once: « l'un d'eux, Paul Sol », "one of them, Ann"."""
    low = mention.low
    if "," not in low or not (one_of(low) or _member(mention)):
        return False
    person = mention.person_name()
    comma = low.index(",")
    return person is not None and person.first > comma


def _part_of(mention: Mention) -> int:
    """Return where the noun of « deux de ses collègues », « trois des accusés » is, 0 if none is.

    So many of a group stay unnamed, whatever name stands behind them.
    """
    low = mention.low
    if mention.language != "fr" or len(low) < 3 or low[0] not in _SOME_OF | _FEW:
        return 0
    if low[1] not in ("de", "d'", "des", "parmi"):
        return 0
    near = range(2, min(len(low), 7))
    nouns = (i for i in near if mention.kind_of(low[i]) in ("persons", "people", "generic"))
    of = low[2] in _POSSESSIVE | _PLURAL_DEFINITE or low[1] in ("des", "parmi")
    return next(nouns, 0) if of else 0


def _person(mention: Mention, place: int, listed: str, person: TokenSpan | None) -> Kind:
    low = mention.low
    before = low[:place]
    if _names_itself(mention, place, listed, person):
        return Kind("named_person", "full", place, listed)
    if listed != "person":
        generic = low[place] in mention.words.generic and not _narrowed(mention, place)
        short = len(low) <= place + 1 and bool(before) and before[0] in DEFINITE
        identification = "other" if generic else "unnamed_group"
        return Kind(identification, "definite" if short else "full", place, listed)
    ordinal = any(w in ORDINALS and w != "former" for w in before)
    ordinal = ordinal and low[place] not in _OFFICE_PAIR
    if before and before[0] in DEFINITE and not ordinal:
        return _definite_person(mention, place, listed)
    if ordinal and before[0] in DEFINITE | {"un", "une", "l'"}:
        return Kind("unnamed_person", "definite", place, listed)
    owned = bool(before) and (before[0] in _POSSESSIVE or not _OWNER.isdisjoint(before))
    if owned and low[place] in mention.words.office:
        return Kind("person_by_office", "full", place, listed)
    bare = not before or (len(before) == 1 and before[0] in ("premier", "première"))
    if bare and low[place] in mention.words.office and (mention.language == "fr" or not place):
        return Kind("person_by_office", "full", place, listed)
    return Kind("unnamed_person", "full", place, listed)


def _names_itself(mention: Mention, place: int, listed: str, person: TokenSpan | None) -> bool:
    """Say whether a name stands in the mention as the person's own, found as a name or not."""
    low, raw = mention.low, mention.raw
    if person is not None and mention.language == "en" and low[0] in _ONE:
        return person.stop > place  # "one longtime Orbis engineer" is not named
    if person is not None:
        led = person.first == 0 and low[person.stop : person.stop + 1] in (["and"], ["et"])
        return led or not (listed == "persons" and person.first < place)
    if listed != "person":
        return False
    after = raw[place + 1 : place + 2]
    ranked = bool(after) and after[0][0].isupper() and after[0][1:].islower()
    if ranked and mention.name_at(place + 1) is None:
        return low[place + 1] not in demonyms(mention.language) and place + 2 == len(raw)
    # « B. G. Desmukh, un ancien secrétaire »: capitals up to the comma before the noun.
    comma = low.index(",") if "," in low[:place] else 0
    return comma > 1 and all(w[0].isupper() and w.lower() not in DEFINITE for w in raw[:comma])


def _definite_person(mention: Mention, place: int, listed: str) -> Kind:
    low, office = mention.low, mention.words.office
    if low[place] in _COMPANIES and low[place + 1 : place + 2] in (["de"], ["du"], ["des"], ["d'"]):
        return Kind("named_organisation", "full", place, "organisation")
    if low[place] in office or any(w in office for w in low[: mention.core()]):
        shape = "full" if len(low) > place + 1 or place > 1 else "definite"
        return Kind("person_by_office", shape, place, listed)
    return Kind("unnamed_person", "definite", place, listed)


def _narrowed(mention: Mention, place: int) -> bool:
    """Say whether a plain plural is narrowed to people the reporter could have met."""
    low = mention.low
    if low[place] in _PLACES:
        return False
    counted = any(w in _COUNTED or w.isdigit() for w in low[:place])
    # "the experts of the Council" are people one can find, "experts" are not.
    placed = place + 2 < len(low) and low[place + 1] in _PLACED
    owned = bool(low) and low[0] in _POSSESSIVE
    # « Les experts mandatés par la juge »: those, and no others.
    chosen = low[0] in _PLURAL_DEFINITE and low[place + 1 : place + 2]
    narrowed = bool(chosen) and chosen[0].endswith(_NARROWING) and mention.language == "fr"
    return counted or placed or owned or narrowed or bool(_MET.intersection(low))


def _thing(mention: Mention, place: int, listed: str) -> Kind:
    low = mention.low
    if listed == "organisation":
        plural = low[place].endswith("s")
        bare = place == mention.core() - 1 and mention.raw[place].islower()
        told = bare and len(low) > place + 1 and low[place + 1] in ("that", "which", "who")
        joined = bare and any(mention.kind_of(w) == "persons" for w in low[:place])
        counted = not _COUNTED.isdisjoint(low[:place])
        loose = (
            plural
            and low[place] not in _PLACES
            and (low[0] in _PLURAL_DETERMINERS or counted or told or joined)
        )
        return Kind("unnamed_group" if loose else "named_organisation", "full", place, listed)
    if listed == "generic":
        found = "unnamed_group" if _narrowed(mention, place) else "other"
        return Kind(found, "full", place, listed)
    if low[place] in _AGENCIES and _OF_NEWS.isdisjoint(low):
        return Kind("named_organisation", "full", place, listed)
    if low[place] == "enquête" and _OF_OPINION.isdisjoint(low):
        return Kind("document", "full", place, listed)
    values = {"document": "document", "poll": "vote_or_poll", "media": "media_report"}
    return Kind(values[listed], "full", place, listed)


def _bare(mention: Mention, place: int) -> str:
    """Return the kind of a mention without a noun that is listed."""
    low = mention.low
    if low[0] in _EVERYBODY:
        return "unnamed_group" if _MET.intersection(low) or len(low) > 2 else "other"
    end = mention.core()
    name = mention.name_at(place) if place >= 0 else None
    name = name or next((n for n in mention.names if n.first < end), None)
    if name is None and _plain_plural(mention, end):
        return "unnamed_group"
    if name is None or (low[0] in _ONE and mention.raw[end - 1].islower()):
        unlisted = _unlisted(mention, end)
        if unlisted:
            return unlisted
    lone = 0 < end <= _LONGEST_NAME and all(
        w[0].isupper() and w.isalpha() for w in mention.raw[:end]
    )
    if name is None and lone and end < len(low):
        return "named_person"  # "Ash, of Upper Cawdle": the town behind it is not who speaks
    name = name or (mention.names[0] if mention.names else None)
    if name is not None:
        return "named_person" if name.kind == "PER" else "named_organisation"
    if any(ch.isdigit() for w in low for ch in w):
        return "other"
    capital = [
        w for w, x in zip(mention.raw, low, strict=True) if w[0].isupper() and x not in DEFINITE
    ]
    if not capital:
        return "unknown"
    if len(capital) == 1 and 1 < len(capital[0]) <= 6:
        return "named_organisation"
    return "named_person" if len(mention.raw) <= 3 else "unknown"


def _plain_plural(mention: Mention, end: int) -> bool:
    """Say whether the mention is an English plural without a determiner ("insurers")."""
    word = mention.low[end - 1]
    capital = any(w[0].isupper() for w in mention.raw[1:])
    plain = mention.raw[end - 1].islower() or (mention.opens and end == 1 and not capital)
    return (
        mention.language == "en"
        and plain
        and word.isalpha()
        and len(word) > 4
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and mention.low[0] not in DEFINITE | _POSSESSIVE | _ONE
    )


def _unlisted(mention: Mention, end: int) -> str:
    """Return what a noun phrase is by its determiner, where no list has its noun.

    Who is quoted as "a florist" or « trois affréteurs » is a person, or several.
    """
    low = mention.low
    noun = end > 1 and mention.raw[end - 1].islower() and low[end - 1][0].isalpha()
    if not noun:
        # "One Republican", « un Iranien »: by party or people.
        singular = end == 2 and low[0] in _ONE and _plural_listed(mention, low[1])
        return "unnamed_person" if singular else ""
    if low[0] in _ONE:
        thing = low[end - 1].endswith(_THINGS[mention.language])
        return "other" if thing and not mention.trade(low[end - 1]) else "unnamed_person"
    if low[0] in DEFINITE and mention.trade(low[end - 1]):
        return "unnamed_person"
    plural = low[end - 1].endswith(("s", "x")) or low[1].endswith(("s", "x"))
    if plural and (low[0] in _PLURAL_DETERMINERS or low[0] in _PLURAL_DEFINITE):
        return "unnamed_group"
    return ""


def _plural_listed(mention: Mention, word: str) -> bool:
    return f"{word}s" in mention.words.generic or word in demonyms(mention.language)

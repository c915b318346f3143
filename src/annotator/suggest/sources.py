"""Say what kind of source a mention names, from the words of the mention and of its sentence.

Works on one mention at a time; ``clusters`` then joins mentions and hands what it knows of an
informant on to pronouns and short forms. Source of the values: USC source annotation form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set
from annotator.suggest.source_words import known, singular, words_of
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SINGULAR_PRONOUNS = word_set(
    "he she him her his hers himself herself il elle lui -il -elle -t-il -t-elle celui-ci celle-ci "
    "celui celle l'intéressé l'intéressée"
)
_PLURAL_PRONOUNS = word_set(
    "they them their these those ils elles eux -ils -elles -t-ils ceux-ci ceux celles-ci"
)
_RELATIVES = word_set("who which whom whose that qui lequel laquelle dont")
_THING_PRONOUNS = word_set("it this which cela ceci ça")
_SPEAKERS = word_set("i we you us me my our je j' nous vous -je -nous -vous moi")
_INDEFINITE = word_set("a an one another some un une certain certaine quelque")
_DEFINITE = word_set("the that this la le l' ce cet cette les these those ces")
_POSSESSIVE = word_set("his her their its my our your sa son ses leur leurs mon ma notre nos")
_PLURAL_DETERMINERS = word_set(
    "some several many few two three four five six seven eight nine ten other both all various "
    "numerous "
    "most these those des les plusieurs certains certaines quelques deux trois quatre cinq six "
    "sept huit "
    "neuf dix ces ses leurs divers diverses d'autres nombreux nombreuses"
)
_STOP_EN = word_set(
    "of for in at on from with to by who that which whose near inside within under , ( – — ; : "
    "about"
)
_STOP_FR = word_set(
    "de du des d' à au aux en dans pour chez sur par qui dont , ( – — ; : que qu' entre auprès"
)
_ONE_OF = frozenset(("one", "un", "une", "l'un", "l'une"))
_COMPLEMENT = word_set("of to for with by from de d' du des à au par avec pour chez entre between")
_GROUP_OF = word_set("group number couple handful dozen panel team groupe poignée dizaine")
_VOICE_OF = word_set("à au aux chez dans du")
_ON = word_set("on -on -t-on l'on")
_COUNTED = word_set(
    "two three four five six seven eight several deux trois quatre cinq sept huit plusieurs"
)
_TOLD = word_set(
    "interviewed interrogés interrogées rencontrés rencontrées contactés contactées familiar "
    "briefed "
    "cités spoke joints"
)
_OFFICE_PAIR = word_set("ministre secrétaire minister secretary président president")
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
}


@dataclass(frozen=True, slots=True)
class Description:
    """Hold what the words of one mention say.

    ``shape`` is ``pronoun``, ``plural_pronoun``, ``relative``, ``thing``, ``speaker``, ``definite``
    (a short form that needs an antecedent) or ``full``. ``head`` is the noun that carries it (lower
    case, singular) and ``name`` the proper name inside, if any.
    """

    identification: str
    shape: str = "full"
    head: str = ""
    name: str = ""
    count: str = ""
    ordinal: int = 0
    affiliation: str = "unknown"
    proximity: str = "unknown"
    role: str = "unknown"
    status: str = "unknown"

    @property
    def is_anonymous(self) -> bool:
        """Say whether no reader could tell who it is."""
        return self.identification in ("unnamed_person", "unnamed_group")


class _Mention:
    """Hold one mention's words while its kind is worked out."""

    def __init__(
        self, tokens: Tokens, span: TokenSpan, names: Sequence[TokenSpan], language: str
    ) -> None:
        self.language = language
        self.words = words_of(language)
        self.first, self.stop = span.first, span.stop
        self.raw = tokens.words[span.first : span.stop]
        self.low = [w.lower().replace("’", "'") for w in self.raw]
        self.names = [
            TokenSpan(
                n.kind, max(0, n.first - span.first), min(n.stop, span.stop) - span.first, n.sure
            )
            for n in names
            if n.first < span.stop and span.first < n.stop
        ]
        self.begins = (
            span.first == 0 or tokens.sentence[span.first - 1] != tokens.sentence[span.first]
        )
        self._trim()

    def _trim(self) -> None:
        """Leave out a leading preposition or mark and a trailing possessive."""
        lead = {
            "of",
            "from",
            "to",
            "by",
            "in",
            "at",
            "for",
            "de",
            "d'",
            "à",
            "au",
            "par",
            "chez",
            "dans",
            ",",
            "(",
            '"',
            "“",
            "«",
            "according",
            "selon",
            "d'après",
            "both",
            "even",
            "même",
            "also",
            "but",
        }
        at = 0
        while at < len(self.low) - 1 and self.low[at] in lead:
            at += 1
        end = len(self.low)
        while end > at + 1 and self.low[end - 1] in ("'s", "'", ",", ")", '"', "”"):
            end -= 1
        self.raw, self.low = self.raw[at:end], self.low[at:end]
        self.names = [
            TokenSpan(n.kind, max(0, n.first - at), min(n.stop, end) - at, n.sure)
            for n in self.names
            if n.first < end and n.stop > at
        ]

    def core(self) -> int:
        """Return where the part before complements and appositions ends."""
        stop = _STOP_EN if self.language == "en" else _STOP_FR
        for i in range(1, len(self.low)):
            if self.low[i] in stop:
                return i
        return len(self.low)

    def kind_of(self, word: str) -> str:
        """Return which list a noun is in: person, persons, people, organisation, document, ..."""
        w, language = self.words, self.language
        if word in w.people:
            return "people"
        if known(word, w.person, language):
            plural = word not in w.person or (
                word.endswith("s") and singular(word, language) in w.person
            )
            return "persons" if plural else "person"
        for name in ("poll", "document", "media", "organisation"):
            if known(word, getattr(w, name), language):
                return name
        return "generic" if word in w.generic else ""

    def head(self) -> tuple[int, str]:
        """Return the place and list of the head noun, ``(-1, "")`` where there is none."""
        end = self.core()
        if self.language == "fr":
            return self._french_head(end)
        last = end - 1
        if self.name_at(last) is not None or self.kind_of(self.low[last]):
            return last, self.kind_of(self.low[last])
        # "Several people Republicans have tried to talk to": the noun stands further left.
        found = next((i for i in range(last) if self.kind_of(self.low[i])), -1)
        return (found, self.kind_of(self.low[found])) if found >= 0 else (-1, "")

    def _french_head(self, end: int) -> tuple[int, str]:
        for i in range(end):
            if self.low[i] == "porte" and self.low[i + 1 : i + 3] == ["-", "parole"]:
                return i, "person"
            if self.name_at(i) is not None and (i == 0 or self.raw[i][0].isupper()):
                return i, ""
            found = self.kind_of(self.low[i])
            if found and self.low[i] not in _DEFINITE | _INDEFINITE:
                return i, found
        return -1, ""

    def name_at(self, place: int) -> TokenSpan | None:
        """Return the name that covers a token."""
        return next((n for n in self.names if n.first <= place < n.stop), None)

    def person_name(self, head: int = -1) -> TokenSpan | None:
        """Return the first person's name that is not a complement ("lawyers for X", "X's aide")."""
        for name in self.names:
            possessive = name.stop < len(self.low) and self.low[name.stop] in ("'s", "'")
            if name.kind == "PER" and not possessive and not self._behind(name, head):
                return name
        return None

    def _behind(self, name: TokenSpan, head: int) -> bool:
        """Say whether a preposition, and no comma after it, stands between head and name."""
        for i in range(name.first - 1, max(head, -1), -1):
            if self.low[i] in (",", "(", "–", "—", ":"):
                return False
            if self.low[i] in _COMPLEMENT:
                return True
        return False


def describe(
    tokens: Tokens, span: TokenSpan, names: Sequence[TokenSpan], language: str
) -> Description:
    """Return what one source mention says of its source."""
    mention = _Mention(tokens, span, names, language)
    low = mention.low
    shape = _pronoun_shape(mention)
    if shape:
        found = "other" if shape == "speaker" else "unknown"
        return Description(found, shape=shape, head=low[-1])
    if language == "fr" and (low[-1] in _ON or low[0] in _ON or _institution_voice(tokens, span)):
        return Description("unnamed_group", head="on", affiliation=_affiliation(mention))
    return _complete(mention, *_kind(mention))


def _pronoun_shape(mention: _Mention) -> str:
    low = mention.low
    word = low[0]
    if len(low) == 1 or (
        len(low) == 2 and low[1] in ("himself", "herself", "-même", "themselves", "also")
    ):
        for listed, shape in (
            (_SINGULAR_PRONOUNS, "pronoun"),
            (_PLURAL_PRONOUNS, "plural_pronoun"),
            (_RELATIVES, "relative"),
            (_THING_PRONOUNS, "thing"),
            (_SPEAKERS, "speaker"),
        ):
            if word in listed:
                return shape
    if (
        len(low) == 2
        and low[0] in ("ce", "l'", "the")
        and low[1] in ("dernier", "dernière", "intéressé", "intéressée", "latter")
    ):
        return "pronoun"
    return ""


def _institution_voice(tokens: Tokens, span: TokenSpan) -> bool:
    """Say whether the mention is a place that speaks (« indique-t-on au ministère »)."""
    return tokens.words[span.first].lower().replace("’", "'") in _VOICE_OF


def _kind(mention: _Mention) -> tuple[str, str, int, str]:
    """Return identification, shape, place of the head and its list."""
    low = mention.low
    if low[0] in _ONE_OF and len(low) > 2 and low[1] in ("of", "des", "de", "d'"):
        return "unnamed_person", "full", *mention.head()
    if any(w in ("%", "percent", "cent") for w in low[:4]):
        return "other", "full", -1, ""
    if len(low) > 3 and low[1] in _GROUP_OF and low[2] in ("of", "de", "d'", "des"):
        return "unnamed_group", "full", 1, "persons"
    place, listed = mention.head()
    person = mention.person_name(place)
    if listed in ("person", "persons", "people"):
        return _person_kind(mention, place, listed, person)
    if person is not None and (listed in ("", "organisation") or person.first <= place):
        return "named_person", "full", place, listed
    if listed:
        return _thing_kind(mention, place, listed)
    return _name_kind(mention, place), "full", place, listed


def _person_kind(
    mention: _Mention, place: int, listed: str, person: TokenSpan | None
) -> tuple[str, str, int, str]:
    low = mention.low
    before = low[:place]
    if person is not None and not (listed == "persons" and person.first < place):
        return "named_person", "full", place, listed
    if listed != "person":
        generic = low[place] in mention.words.generic and not _narrowed(mention, place)
        short = len(low) <= place + 1 and bool(before) and before[0] in _DEFINITE
        return (
            "other" if generic else "unnamed_group",
            "definite" if short else "full",
            place,
            listed,
        )
    ordinal = any(w in ORDINALS for w in before) and low[place] not in _OFFICE_PAIR
    if before and before[0] in _DEFINITE and not ordinal:
        office = low[place] in mention.words.office or any(
            w in mention.words.office for w in low[: mention.core()]
        )
        if office:
            return (
                "person_by_office",
                "full" if len(low) > place + 1 or place > 1 else "definite",
                place,
                listed,
            )
        return "unnamed_person", "definite", place, listed
    if ordinal and before[0] in _DEFINITE | {"un", "une", "l'"}:
        return "unnamed_person", "definite", place, listed
    bare = not before or (len(before) == 1 and before[0] in ("premier", "première"))
    if bare and low[place] in mention.words.office and mention.language == "fr":
        return "person_by_office", "full", place, listed
    return "unnamed_person", "full", place, listed


def _narrowed(mention: _Mention, place: int) -> bool:
    """Say whether a plain plural is narrowed to people the reporter could have met."""
    low = mention.low
    counted = any(w in _COUNTED or w.isdigit() for w in low[:place])
    # "the experts of the Council" are people one can find, "experts" are not.
    placed = place + 2 < len(low) and low[place + 1] in (
        "of",
        "at",
        "from",
        "de",
        "du",
        "des",
        "d'",
        "on",
    )
    owned = bool(low) and low[0] in _POSSESSIVE
    return counted or placed or owned or bool(_TOLD.intersection(low))


def _thing_kind(mention: _Mention, place: int, listed: str) -> tuple[str, str, int, str]:
    low = mention.low
    if listed == "organisation":
        loose = low[0] in _PLURAL_DETERMINERS - {"the", "les", "these", "ces", "all"} and low[
            place
        ].endswith("s")
        return "unnamed_group" if loose else "named_organisation", "full", place, listed
    if listed == "generic":
        return "unnamed_group" if _narrowed(mention, place) else "other", "full", place, listed
    values = {"document": "document", "poll": "vote_or_poll", "media": "media_report"}
    return values[listed], "full", place, listed


def _name_kind(mention: _Mention, place: int) -> str:
    """Return the kind of a bare name."""
    if mention.low[0] in (
        "everyone",
        "everybody",
        "all",
        "many",
        "several",
        "tous",
        "toutes",
        "plusieurs",
    ):
        return (
            "unnamed_group" if _TOLD.intersection(mention.low) or len(mention.low) > 2 else "other"
        )
    if (
        mention.low[0] in ("un", "une", "another")
        and len(mention.low) == 2
        and mention.low[1] in ("autre", "one")
    ):
        return "unnamed_person"
    name = mention.name_at(place) if place >= 0 else None
    name = name or (mention.names[0] if mention.names else None)
    if name is not None:
        return "named_person" if name.kind == "PER" else "named_organisation"
    if any(ch.isdigit() for w in mention.low for ch in w) or "%" in mention.low:
        return "other"
    capital = [w for w in mention.raw if w[0].isupper() and w.lower() not in _DEFINITE]
    if not capital:
        return "unknown"
    if len(capital) == 1 and capital[0].isupper() and 1 < len(capital[0]) <= 6:
        return "named_organisation"
    return "named_person" if len(mention.raw) <= 3 else "unknown"


def _complete(
    mention: _Mention, identification: str, shape: str, place: int, listed: str
) -> Description:
    low = mention.low
    text = " ".join(low)
    name = mention.person_name() if identification == "named_person" else None
    if name is None and mention.names and identification in ("named_person", "named_organisation"):
        name = mention.names[0]
    words = mention.raw[name.first : name.stop] if name else []
    if not words and identification in ("named_person", "named_organisation"):
        words = [w for w in mention.raw if w[0].isupper()]
    count = _count(mention, place) if identification == "unnamed_group" else ""
    ordinal = next((ORDINALS[w] for w in low[: max(place, 0)] if w in ORDINALS), 0)
    near = next((k for k, p in mention.words.proximity if p.search(text)), "unknown")
    if mention.words.former.search(text):
        status = "former"
    else:
        status = "current" if listed in ("person", "persons") else "unknown"
    head = singular(low[place], mention.language) if place >= 0 else ""
    return Description(
        identification,
        shape,
        head,
        " ".join(words),
        count,
        ordinal if shape == "definite" else 0,
        _affiliation(mention),
        near,
        _role(head, mention),
        status,
    )


def _count(mention: _Mention, place: int) -> str:
    head = " ".join(mention.low[: place + 1]) if place >= 0 else " ".join(mention.low[:3])
    for words, value in mention.words.counts:
        if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", head):
            return value
    digits = re.search(r"(?<!\w)(\d{1,3})(?!\w)", head)
    return digits[1] if digits else "several"


def _affiliation(mention: _Mention) -> str:
    best, most = "unknown", 0
    for name, listed in mention.words.affiliation:
        hits = sum(w in listed for w in mention.low)
        if hits > most:
            best, most = name, hits
    return best


def _role(head: str, mention: _Mention) -> str:
    if head in (
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "porte-parole",
        "representative",
        "représentant",
        "représentante",
        "lawyer",
        "attorney",
        "avocat",
        "avocate",
        "délégué",
        "déléguée",
    ):
        return "representative"
    if head in (
        "analyst",
        "expert",
        "experte",
        "professor",
        "professeur",
        "economist",
        "researcher",
        "scientist",
        "historian",
        "observer",
        "analyste",
        "économiste",
        "chercheur",
        "chercheuse",
        "historien",
        "spécialiste",
        "scientist",
        "observateur",
    ):
        return "informational"
    if head in mention.words.office:
        return "decision_maker"
    return (
        "participant"
        if head in ("witness", "témoin", "participant", "participante", "negotiator", "négociateur")
        else "unknown"
    )

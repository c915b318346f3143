"""Say what the words of one source mention tell of its source.

Works on one mention at a time; ``clusters`` then joins mentions and hands what it knows of an
informant on to pronouns and short forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.mention import Mention
from annotator.suggest.source_kind import ORDINALS, Kind, kind
from annotator.suggest.source_words import singular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_VOICE_OF = word_set("à au aux chez dans du")
_ENDS_NAME = word_set(", ( who which qui dont que")
_PLAIN = word_set("DET PREP CONJ PRON NEG QUANT NUM TIME TO THAT WH POSS")
_ALSO_PLAIN = word_set("who un us ue")  # "who" is the WHO in capitals only
_ON = word_set("on -on -t-on l'on")
_NAMED = ("named_person", "named_organisation")
# Ranks that fire brigades, police and ships have too.
_RANKS = word_set("commandant colonel capitaine lieutenant général officier officiers captain")
# « Le directeur général », "the attorney general": an office, and no rank.
_GENERAL = frozenset(("général", "general"))
_OFFICES = word_set(
    "directeur secrétaire procureur avocat consul inspecteur contrôleur commissaire délégué "
    "secretary attorney director manager solicitor consul inspector auditor postmaster surgeon"
)
_CIVIL = word_set("pompier pompiers sapeur sapeurs sdis police navire cargo ferry paquebot")


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


def describe(
    tokens: Tokens, span: TokenSpan, names: Sequence[TokenSpan], language: str
) -> Description:
    """Return what one source mention says of its source."""
    mention = Mention(tokens, span, names, language)
    low = mention.low
    shape = mention.pronoun()
    if shape:
        found = "other" if shape == "speaker" else "unknown"
        return Description(found, shape=shape, head=low[-1])
    if language == "fr" and (low[-1] in _ON or low[0] in _ON or _institution_voice(tokens, span)):
        return Description("unnamed_group", head="on", affiliation=_affiliation(mention))
    return _complete(mention, kind(mention))


def _institution_voice(tokens: Tokens, span: TokenSpan) -> bool:
    """Say whether the mention is a place that speaks (« indique-t-on au ministère »)."""
    first = tokens.words[span.first]
    return first == "A" or first.lower().replace("’", "'") in _VOICE_OF


def _complete(mention: Mention, found: Kind) -> Description:
    low, place, identification = mention.low, found.place, found.identification
    name = mention.person_name() if identification == "named_person" else None
    if name is None and mention.names and identification in _NAMED:
        lone = mention.names[0].first >= mention.core() and mention.raw[0][0].isupper()
        # "The union at Orbis's pit" is not called Orbis.
        own = (n for n in mention.names if place < 0 or not mention.behind(n, place))
        name = None if lone and identification == "named_person" else next(own, None)
    words = mention.raw[name.first : name.stop] if name else []
    if not words and identification == "named_organisation" and place >= 0 and low[place].isalpha():
        # « le département d'Etat américain » is not called "Etat".
        end = next((i for i, w in enumerate(low) if w in _ENDS_NAME and i > place), len(low))
        words = mention.raw[place:end] if mention.raw[place].islower() else []
    if not words and identification in _NAMED:
        listed = lexicon.classes(mention.language)
        core = mention.raw[: mention.core()]
        words = [w for w in core if w[0].isupper() and listed.get(w.lower()) not in _PLAIN]
    before = low[: max(place, 0)]
    # "the former official" is no first of two; "the former" alone is.
    ordinal = next((ORDINALS[w] for w in before if w in ORDINALS and w != "former"), 0)
    text = " ".join(low)
    if mention.words.former.search(text):
        status = "former"
    else:
        status = "current" if found.listed in ("person", "persons") else "unknown"
    head = singular(low[place].removeprefix("ex-"), mention.language) if place >= 0 else ""
    return Description(
        identification,
        found.shape,
        head,
        " ".join(words),
        _count(mention, place) if identification == "unnamed_group" else "",
        ordinal if found.shape == "definite" else 0,
        _affiliation(mention),
        next((k for k, p in mention.words.proximity if p.search(text)), "unknown"),
        _role(head, mention),
        status,
    )


def _count(mention: Mention, place: int) -> str:
    head = " ".join(mention.low[: place + 1]) if place >= 0 else " ".join(mention.low[:3])
    for words, value in mention.words.counts:
        if words in head and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", head):
            return value
    digits = re.search(r"(?<![\w.,])(\d{1,3})(?![\w.,\s]*\d)(?!\w)", head)
    return digits[1] if digits else "several"


def _affiliation(mention: Mention) -> str:
    """Return the affiliation that most of the words speak for, the first of several."""
    told = [w for w, raw in zip(mention.low, mention.raw, strict=True) if _speaks(w, raw, mention)]
    best, most = "unknown", 0
    for name, listed in mention.words.affiliation:
        if listed.isdisjoint(told):
            continue
        hits = sum(w in listed for w in told)
        # "The union's president" is the union's: offices are held everywhere.
        if hits > most or (hits == most and best == "government"):
            best, most = name, hits
    return best


def _speaks(word: str, raw: str, mention: Mention) -> bool:
    """Say whether a word may tell an affiliation here."""
    plain = word in _ALSO_PLAIN and not raw.isupper()
    chief = word == "officer" and "chief" in mention.low
    civil = word in _RANKS and not _CIVIL.isdisjoint(mention.low)
    office = word in _GENERAL and not _OFFICES.isdisjoint(mention.low)
    return not (plain or chief or civil or office)


def _role(head: str, mention: Mention) -> str:
    role = dict(mention.words.role)
    for name in ("representative", "informational"):
        if head in role[name]:
            return name
    if head in mention.words.office:
        return "decision_maker"
    return "participant" if head in role["participant"] else "unknown"

"""Find places and organisations by lists and by the nouns that begin their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotator import resources
from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PERSON, ORGANISATION, STATE, PLACE = "person", "organisation", "state", "place"
_LOCATIVE = word_set(
    "à en dans de d' du vers depuis près sur l' la le in at from near of outside around toward "
    "towards across"
)
_SURELY_LOCATIVE = word_set("à in at from near vers outside en")
_FACILITY = word_set(
    "musée château rue avenue boulevard place quai pont gare aéroport cathédrale église abbaye "
    "basilique "
    "stade square porte tour palais parc forêt mont monts lac île îles vallée plateau golfe "
    "détroit cap "
    "glacier rivière fleuve baie plage hameau quartier"
)
_HEADS = word_set(
    "direction ligue fonds fédération confédération comité conseil commission banque office club "
    "union cour "
    "agence ministère institut société centre parti mouvement association fondation organisation "
    "observatoire chambre syndicat collectif front rassemblement alliance haut-commissariat "
    "secours "
    "croix-rouge médecins université école académie caisse groupe groupement coopérative chaîne "
    "bureau autorité haute-autorité inspection préfecture tribunal parquet assemblée sénat "
    "parlement "
    "armée garde police gendarmerie direction-générale centrale compagnie consortium cabinet "
    "département ordre brigade pôle coordination coalition maison régie mutuelle cellule"
)
# These begin a name without a capital too (« ministère grec des Affaires étrangères »).
_PLAIN_HEADS = word_set(
    "ministère université préfecture parquet tribunal cour mairie ambassade hôpital groupe "
    "institut "
    "éditions gendarmerie secrétariat commissariat chu consulat"
)
_LINKS = word_set("de du des d' pour la le les l' et aux à sur en")
_ADJECTIVE = (
    "étrangère",
    "étrangères",
    "al",
    "ale",
    "aux",
    "ales",
    "el",
    "elle",
    "ique",
    "iques",
    "aire",
    "aires",
    "ien",
    "ienne",
    "ienne",
    "aine",
    "ain",
    "ais",
    "aise",
    "ois",
    "oise",
    "if",
    "ive",
    "ifs",
    "ives",
    "ante",
    "antes",
    "ente",
    "entes",
    "eux",
    "euse",
    "unies",
    "unis",
    "rouge",
    "public",
    "publique",
    "éen",
    "éenne",
)
_NOT_IN_NAMES = word_set("AUX PRON TIME THAT WH NEG SAY CLAIM ADMIT BELIEVE ASK PROMISE")
_COUNTS = word_set("un une deux trois quatre cinq six sept huit neuf dix plusieurs")
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class NameFind:
    """Hold one name: kind, first token, one past the last, surety; ``code`` for a state.

    ``rule`` is what found it where that is not the engine itself.
    """

    kind: str
    first: int
    stop: int
    sure: float
    code: str = ""
    capital: bool = False
    rule: str = ""


@cache
def _places() -> dict[str, list[tuple[str, ...]]]:
    """Return first token -> names as tokens, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in resources.read_text("lexicons", "shared", "places.txt").splitlines():
        words = tuple(w.lower().replace("’", "'") for w in tokenise(name).words)
        table.setdefault(words[0], []).append(words)
    for names in table.values():
        names.sort(key=len, reverse=True)
    return table


def find(tokens: Tokens, low: Sequence[str], language: str) -> list[NameFind]:
    """Return listed places, and a name after a preposition of place or a noun for one."""
    table = _places()
    out: list[NameFind] = []
    for i, word in enumerate(low):
        if not tokens.words[i][0].isupper():
            continue
        before = low[i - 1] if i else ""
        for words in table.get(word, ()):
            if (
                tuple(low[i : i + len(words)]) != words
                or not tokens.words[i + len(words) - 1][0].isupper()
            ):
                continue
            if len(words) > 1 or before in _LOCATIVE or _dateline(tokens, i):
                out.append(NameFind(PLACE, i, i + len(words), 0.75 if len(words) > 1 else 0.6))
            break
        if language == "fr":
            out.extend(_french(tokens, low, i, before))
    return out


def _french(tokens: Tokens, low: Sequence[str], i: int, before: str) -> Iterator[NameFind]:
    word = tokens.words[i]
    unknown = low[i] not in lexicon.classes("fr") and word.replace("-", "").isalpha()
    if (
        before == "à"
        and unknown
        and len(word) > 2
        and lexicon.name_classes().get(low[i]) != "FIRST"
    ):
        yield NameFind(PLACE, i, i + 1, 0.5)
    elif _dateline(tokens, i) and word.isupper() and len(word) > 3:
        yield NameFind(PLACE, i, i + 1, 0.6)
    elif low[i] in _FACILITY:
        stop = _after_links(tokens, low, i + 1)
        if stop > i + 1:
            yield NameFind(PLACE, i, stop, 0.6)


def _dateline(tokens: Tokens, i: int) -> bool:
    """Say whether a place in capitals opens a paragraph or an entry ("AUBRY – ...")."""
    if i + 1 >= len(tokens) or tokens.words[i + 1] not in ("–", "—", "(", "-"):
        return False
    opens = i == 0 or tokens.words[i - 1] in (".", ":", "•") or tokens.words[i - 1].isdigit()
    return opens and tokens.words[i].isupper()


def _after_links(tokens: Tokens, low: Sequence[str], i: int) -> int:
    """Return where "de la Liberté" ends: small words, then capitalised ones."""
    stop = i
    while stop < len(low) and low[stop] in _LINKS and stop - i < 3:
        stop += 1
    first = stop
    while stop < len(low) and tokens.words[stop][0].isupper() and stop - first < 4:
        stop += 1
    return stop if stop > first else i


def organisations(tokens: Tokens, low: Sequence[str]) -> list[NameFind]:
    """Return French names that begin with a capitalised noun ("Ligue des droits de l'Homme")."""
    out: list[NameFind] = []
    i = 0
    while i < len(low):
        capital = tokens.words[i][0].isupper() and not tokens.words[i].isupper()
        if (low[i] in _HEADS and capital) or low[i] in _PLAIN_HEADS:
            stop = _complements(tokens, low, i + 1)
            opens = i == 0 or tokens.sentence[i - 1] != tokens.sentence[i]
            named = _has_capital(tokens, i + 1, stop)
            if stop > i + 1 and (named or (capital and not opens)):
                out.append(NameFind(ORGANISATION, i, stop, 0.65))
                i = stop
                continue
            if capital and not opens and low[i - 1] in _THE:
                out.append(NameFind(ORGANISATION, i, i + 1, 0.5))
        i += 1
    return out


_BODIES = word_set(
    "department ministry institute university council commission committee agency authority office "
    "board bureau union federation association foundation society party front alliance league "
    "court tribunal police museum hospital forum executive service centre center programme "
    "brigades academy college campaign coalition network trust fund bank administration"
)
_INSIDE = word_set("of for and the on to de")


def english_bodies(tokens: Tokens, low: Sequence[str]) -> list[NameFind]:
    """Return English names of bodies: "Department of Transport", "Health and Safety Executive".

    Capitalised words, with small ones between them, that hold a noun for a body.
    """
    n = len(low)
    if _BODIES.isdisjoint(low):
        return []
    capital = [w[0].isupper() and w[0].isalpha() for w in tokens.words]
    # A headline with capitals throughout says nothing by them.
    if sum(capital) * 2 > n:
        return []
    out: list[NameFind] = []
    i = 0
    while i < n:
        if not capital[i] or low[i] in _INSIDE:
            i += 1
            continue
        stop = _run(low, capital, i)
        i = _after_owner(low, i, stop)
        nouns = [k for k in range(i, stop) if low[k] in _BODIES]
        opens = i == 0 or tokens.sentence[i - 1] != tokens.sentence[i]
        if nouns and stop - i > 1 and _is_body(low, i, stop, nouns):
            out.append(NameFind(ORGANISATION, i, stop, 0.55 if opens else 0.7))
        i = stop
    return out


_FORMS = word_set(
    "ltd limited inc corp corporation plc llc sa sas sarl gmbh ag nv bv asa holdings holding group "
    "groupe industries partners capital motors airlines pharma technologies cie co "
    "united rovers wanderers fc afc rfc"
)


def companies(tokens: Tokens, low: Sequence[str]) -> list[NameFind]:
    """Return capitalised words that end in a company's form ("Orvane Holdings Ltd")."""
    out: list[NameFind] = []
    if _FORMS.isdisjoint(low):
        return out
    for i, word in enumerate(low):
        last = i + 1 == len(low) or not tokens.words[i + 1][0].isupper()
        if word not in _FORMS or not tokens.words[i][0].isupper() or not last:
            continue
        first = i
        while first and (
            (tokens.words[first - 1][0].isupper() and i - first < _LONGEST)
            or (low[first - 1] == "&" and first > 1)
        ):
            first -= 1
        while first < i and (low[first] in _LINKS or low[first] in _ARTICLES):
            first += 1
        if first < i and any(w not in _FORMS for w in low[first:i]):
            out.append(NameFind(ORGANISATION, first, i + 1, 0.75))
    return out


_ARTICLES = word_set("the a an un une &")


def by_first_word(names: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return first token -> the names that begin with it, as tokens, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(tokenise(name).words)
        table.setdefault(words[0], []).append(words)
    for same in table.values():
        same.sort(key=len, reverse=True)
    return table


@cache
def _known() -> dict[str, list[tuple[str, ...]]]:
    """Return the bodies known everywhere by their first token."""
    return by_first_word(lexicon.load("shared", "names")["known"].split("|"))


def known_bodies(tokens: Tokens, low: Sequence[str]) -> list[NameFind]:
    """Return bodies known everywhere ("United Nations", « Cedeao »); "WHO" is not "Who"."""
    table = _known()
    out: list[NameFind] = []
    if table.keys().isdisjoint(low):
        return out
    for i, word in enumerate(low):
        if word not in table or not tokens.words[i][0].isupper():
            continue
        for name in table[word]:
            short = len(name) == 1 and len(word) <= _ACRONYM
            shouted = not short or tokens.words[i].isupper() or len(word) > _SMALL_ACRONYM
            if tuple(low[i : i + len(name)]) == name and shouted:
                out.append(NameFind(ORGANISATION, i, i + len(name), 0.8))
                break
    return out


_ACRONYM, _SMALL_ACRONYM = 6, 3
_THE = word_set("la le l' the")


def _after_owner(low: Sequence[str], first: int, stop: int) -> int:
    """Return where a body's name begins behind somebody who is of it ("Ann Alder of the Forum")."""
    for k in range(stop - 2, first, -1):
        if low[k] in ("of", "for", "to") and _BODIES.isdisjoint(low[first:k]):
            return k + 2 if low[k + 1] == "the" else k + 1
    return first


def _run(low: Sequence[str], capital: Sequence[bool], i: int) -> int:
    """Return where capitalised words with small ones between them end."""
    stop = i + 1
    while stop < len(low):
        if capital[stop]:
            stop += 1
            continue
        ahead = stop
        while ahead < len(low) and low[ahead] in _INSIDE and ahead - stop < 2:
            ahead += 1
        if ahead == stop or ahead >= len(low) or not capital[ahead]:
            break
        stop = ahead + 1
    return stop


def _is_body(low: Sequence[str], first: int, stop: int, nouns: Sequence[int]) -> bool:
    """Say whether a run is one body's name: its noun ends it, or stands before "of" or "for"."""
    joined = [k for k in range(first, stop) if low[k] in ("and", "on", "to", "the")]
    if nouns[-1] == stop - 1:
        # "the Senate and the Health Department" are two.
        return not any(low[k] in ("and",) and low[k + 1] == "the" for k in joined)
    return any(low[k + 1] in ("of", "for") for k in nouns if k + 1 < stop) and nouns[0] - first < 3


def _has_capital(tokens: Tokens, first: int, stop: int) -> bool:
    return any(w[0].isupper() for w in tokens.words[first:stop])


def _complements(tokens: Tokens, low: Sequence[str], i: int) -> int:
    """Return where adjectives and complements of a name end."""
    start = end = i
    linked = False
    while i < len(low) and i - start < _LONGEST:
        word = tokens.words[i]
        if low[i] in _LINKS:
            linked = True
        elif word[0].isupper() or low[i].endswith(_ADJECTIVE) or (linked and word.isalpha()):
            kind = lexicon.classes("fr").get(low[i], "")
            if kind in _NOT_IN_NAMES or not word[0].isalpha():
                break
            # « a appris l'Agence de deux sources »: what is counted is no part of the name.
            if low[i] in _COUNTS:
                break
            # « de cibler les entreprises »: a verb ends the name.
            if linked and word.islower() and low[i].endswith(("er", "ir", "oir", "re")):
                break
            linked = False
            end = i + 1
        else:
            break
        i += 1
    return end

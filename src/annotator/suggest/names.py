"""Find names of persons, organisations, states and places in a paragraph's tokens.

The tagger's names are completed by lists (states, capitals), civil titles and acronyms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import furniture, institutions, kinds, lexicon, places
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.places import ORGANISATION, PERSON, PLACE, STATE, NameFind
from annotator.suggest.tokens import Tokens, shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.suggest.tagger import TokenSpan

_KINDS = {"PER": PERSON, "ORG": ORGANISATION, "LOC": PLACE}
_CIVIL = word_set("m. mm. mme mmes mlle me mr mr. mrs mrs. ms ms. dr dr. sen. rep. gov. gen. prof.")
_PARTICLES = word_set(
    "de du des d' la le van von der den di da el al bin ben ibn of the and et & l'"
)
_NOBLE = word_set("de du d' van von der den di da el al ben bin ibn le la")
_PLACE_BEFORE = word_set("à in at from near vers dans en jusqu'à outside around toward towards")
_PARTIES = word_set(
    "par by avec with entre between contre against selon pour for que qu' comme like même and et"
)
_POLITICAL = word_set(
    "position positions soutien réponse refus accusations accusation politique menaces menace "
    "alliés allié demande demandes proposition propositions relations gouvernement régime "
    "autorités "
    "pouvoir part décision silence engagement engagements intentions exigences feu aval appui côté "
    "support response refusal allegations policy threats ally allies demands proposal government "
    "regime authorities decision pressure influence accord envoyé représentant émissaire "
    "comportement égide entremise insu bombes initiative représailles colère"
)
_ADDRESSED = word_set(
    "reproche reproché demande demandé demandera demander transmis transmise répond répondu "
    "signifié imputé impute rappelé rappelle enjoint"
)
_LEFT = word_set(
    "quitté quitter quitte gagné rejoint rejoindre revu visité visiter left leave reached visited "
    "visit greater downtown central"
)
_NO_VERB = word_set("PREP CONJ DET POSS TIME THAT WH NUM TO")
_NOT_ACRONYMS = word_set(
    "I A II III IV VI VII VIII IX XI XX OK TV AM PM CEO PDG DVD BD SMS GPS ADN"
)
_NOT_NAMES = word_set("état etat état-major monsieur madame")
_UNSURE, _SURE_ANYWHERE = 0.35, 0.9
Common = Callable[[str], bool]


@cache
def _states(language: str) -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Return first token -> [(tokens, code, is a capital)], longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    seen: set[str] = set()
    for code, state in lexicon.load("shared", "states").items():
        for field, capital in ((language, False), (f"capital_{language}", True)):
            for name in state[field]:
                _add(table, seen, name, code, capital)
    for entries in table.values():
        entries.sort(key=lambda e: -len(e[0]))
    return table


def _add(
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]],
    seen: set[str],
    name: str,
    code: str,
    capital: bool,  # noqa: FBT001 (a private helper)
) -> None:
    from annotator.suggest.tokens import tokenise

    key = name.lower()
    # A name that is a state and a capital ("Luxembourg") is the state.
    if key in seen:
        return
    seen.add(key)
    words = tuple(w.lower().replace("’", "'") for w in tokenise(name).words)
    if words:
        table.setdefault(words[0], []).append((words, code, capital))


# Letters behind a person's name that are no surname: "Sarah Vine KC".
_BEHIND_A_NAME = frozenset(
    ("KC", "QC", "MP", "MEP", "MSP", "MBE", "OBE", "CBE", "PhD", "MD", "Jr", "Jr.")
)
_NEVER = word_set("i i'm i've i'll")


def find(
    tokens: Tokens, tagged: Sequence[TokenSpan], language: str, *, common: Common | None = None
) -> list[NameFind]:
    """Return the names of a paragraph in order, none overlapping.

    Args:
        tokens: the paragraph.
        tagged: what the tagger takes for names.
        language: ``en`` or ``fr``.
        common: says whether a lower-case word is an ordinary one, so that the first word of a
            sentence is not taken for a name.
    """
    low = tokens.low
    found = [*_listed(tokens, low, language), *cleaned(tokens, tagged, common=common)]
    found += [*_titled(tokens, low), *_given(tokens, low, language), *_acronyms(tokens)]
    found += places.find(tokens, low, language)
    found += places.companies(tokens, low)
    known = places.known_bodies(tokens, low)
    found = [n for n in found if not _is_glued(n, found, known)] + known
    found += institutions.find(tokens, low, language)
    if language == "fr":
        found += places.organisations(tokens, low)
    else:
        found += places.english_bodies(tokens, low)
    found = [n for n in found if n.stop - n.first > 1 or low[n.first] not in _NEVER]
    out: list[NameFind] = []
    taken = [False] * len(low)
    # Longer names win ("Bank of England" over "England"), then the surer.
    for name in sorted(found, key=lambda n: (-(n.stop - n.first), not n.code, -n.sure)):
        if not any(taken[name.first : name.stop]):
            out.append(name)
            for i in range(name.first, name.stop):
                taken[i] = True
    out.sort(key=lambda n: n.first)
    united = [kinds.judged(tokens, low, n, language) for n in _united(tokens, out)]
    return [n for n in united if not kinds.is_no_actor(tokens, low, n)]


def _is_glued(find: NameFind, states: Sequence[NameFind], known: Sequence[NameFind]) -> bool:
    """Say whether a name is a state's and the agency's behind it ("... en Biélorussie Reuters")."""
    ends = {n.first for n in known if n.stop == find.stop and n.first > find.first}
    return any(n.code and n.first == find.first and n.stop in ends for n in states)


def _united(tokens: Tokens, names: Sequence[NameFind]) -> list[NameFind]:
    """Join pieces of one name that stand side by side ("Mao" + "Zedong")."""
    out: list[NameFind] = []
    for name in names:
        last = out[-1] if out else None
        single = name.stop - name.first == 1 and not name.code
        beside = last is not None and last.stop == name.first and not last.code
        if (
            last is not None
            and beside
            and single
            and last.stop - last.first == 1
            and tokens.words[name.first][0].isupper()
        ):
            surer = max((last, name), key=lambda n: n.sure)
            kind = PERSON if PERSON in (last.kind, name.kind) else surer.kind
            out[-1] = NameFind(kind, last.first, name.stop, surer.sure)
        else:
            out.append(name)
    return out


def cleaned(
    tokens: Tokens, tagged: Sequence[TokenSpan], *, common: Common | None = None
) -> list[NameFind]:
    """Return what was tagged as a name without titles and marks around it, as far as it is one."""
    low = tokens.low
    out: list[NameFind] = []
    for span in tagged:
        first, stop = span.first, span.stop
        while first < stop and _leads(tokens, low, first, span):
            first += 1
        while stop > first and (
            low[stop - 1] in ("'s", "'")
            or not tokens.words[stop - 1][0].isalnum()
            or (stop - first > 1 and tokens.words[stop - 1] in _BEHIND_A_NAME)
        ):
            stop -= 1
        capital = any(w[0].isupper() or w[0].isdigit() for w in tokens.words[first:stop])
        nothing = stop - first == 1 and (
            low[first] in _NOT_NAMES or _opens_sentence(tokens, low, first, span.sure, common)
        )
        if stop > first and span.sure >= _UNSURE and capital and not nothing:
            out.append(NameFind(_KINDS[span.kind], first, stop, span.sure))
    return out


def _leads(tokens: Tokens, low: Sequence[str], i: int, span: TokenSpan) -> bool:
    """Say whether a word is no part of the name it was tagged with: a title, an article, a mark."""
    word = tokens.words[i]
    # "Van den Broeck", "Da Silva" and "Ben Ali" begin with theirs.
    noble = span.kind == "PER" and word[0].isupper() and low[i] in _NOBLE and span.stop - i > 1
    return low[i] in _CIVIL or (low[i] in _PARTICLES and not noble) or not word[0].isalnum()


def _opens_sentence(
    tokens: Tokens, low: Sequence[str], i: int, sure: float, common: Common | None
) -> bool:
    """Say whether a lone "name" is an ordinary word that only begins a sentence."""
    begins = (
        i == 0
        or tokens.sentence[i - 1] != tokens.sentence[i]
        or not tokens.words[i - 1][0].isalnum()
    )
    known = lexicon.name_classes().get(low[i])
    return (
        begins and sure < _SURE_ANYWHERE and known is None and common is not None and common(low[i])
    )


def _listed(tokens: Tokens, low: Sequence[str], language: str) -> list[NameFind]:
    table = _states(language)
    out: list[NameFind] = []
    for i, word in enumerate(low):
        if word not in table or not tokens.words[i][0].isupper():
            continue
        for words, code, capital in table[word]:
            if tuple(low[i : i + len(words)]) == words:
                # "US" is not "us", "EU" is no word.
                if len(words) == 1 and len(word) <= 3 and not tokens.words[i].isupper():
                    continue
                as_place = capital and not _acts(tokens, low, i, i + len(words), language)
                kind = PLACE if as_place else STATE
                out.append(NameFind(kind, i, i + len(words), 0.85, code, capital))
                break
    return out


def _acts(tokens: Tokens, low: Sequence[str], first: int, stop: int, language: str) -> bool:
    """Say whether a capital stands for its state: it does something or something is done with it.

    « Moscou a répondu », "talks between Tokyo and Seoul", « la réponse de Berlin »; not
    « à Paris », « la Bourse de Paris », "the streets of Cairo".
    """
    before = low[first - 1] if first else ""
    second = low[first - 2] if first > 1 else ""
    after = low[stop] if stop < len(low) else "."
    if first == 0 and furniture.dateline(tokens):
        return False
    if before == "à" and second in _ADDRESSED:
        return True
    if before in _PLACE_BEFORE:
        return False
    if before in ("de", "d'", "of"):
        return second in _POLITICAL
    if before in _PARTIES or after in ("'s", "'", "et", "and", "ni", ","):
        return True
    if before and before[0].isalpha() and tokens.sentence[first - 1] == tokens.sentence[first]:
        kind = word_class(tokens.words[first - 1], before, language)
        return kind not in _NO_VERB and before not in _LEFT
    kind = word_class(tokens.words[stop], after, language) if stop < len(low) else ""
    return after[0].isalpha() and kind not in _NO_VERB


def _titled(tokens: Tokens, low: Sequence[str]) -> list[NameFind]:
    out: list[NameFind] = []
    for i, word in enumerate(low[:-1]):
        if word not in _CIVIL:
            continue
        stop = i + 1
        while stop < len(low) and (
            shape(tokens.words[stop]) in ("Xx", "X", "XX")
            or (
                stop > i + 1
                and low[stop] in ("de", "d'", "du", "van", "von", "la", "le")
                and stop + 1 < len(low)
                and tokens.words[stop + 1][0].isupper()
            )
        ):
            stop += 1
        if stop > i + 1:
            out.append(NameFind(PERSON, i + 1, stop, 0.8))
    return out


def _given(tokens: Tokens, low: Sequence[str], language: str) -> list[NameFind]:
    """Return a known first name with the capitalised words after it."""
    first_names, classes = lexicon.name_classes(), lexicon.classes(language)
    out: list[NameFind] = []
    i = 0
    while i + 1 < len(low):
        known = first_names.get(low[i]) == "FIRST" and tokens.words[i][0].isupper()
        if not known or low[i] in classes:
            i += 1
            continue
        stop = _surname(tokens, low, i + 1, classes)
        if stop > i + 1:
            out.append(NameFind(PERSON, i, stop, 0.7))
        i = stop
    return out


def _surname(tokens: Tokens, low: Sequence[str], i: int, classes: Mapping[str, str]) -> int:
    """Return where a surname that begins at ``i`` ends."""
    stop = i
    while stop < len(low):
        word = tokens.words[stop]
        particle = (
            low[stop] in _NOBLE and stop + 1 < len(low) and tokens.words[stop + 1][0].isupper()
        )
        initial = len(word) == 1 and word.isupper()
        name = shape(word) in ("Xx", "xX") and low[stop] not in classes and word[0].isupper()
        if not (particle or initial or name) or stop - i > 4:
            break
        # "J." keeps its point.
        stop += 1
        if initial and stop + 1 < len(low) and tokens.words[stop] == ".":
            stop += 1
    return stop


def _acronyms(tokens: Tokens) -> list[NameFind]:
    capitals = [i for i, w in enumerate(tokens.words) if len(w) > 1 and w.isupper() and w.isalpha()]
    # A line all in capitals is a headline, not a row of acronyms.
    if len(capitals) * 2 > len(tokens):
        return []
    return [
        NameFind(ORGANISATION, i, i + 1, 0.5)
        for i in capitals
        if 2 <= len(tokens.words[i]) <= 6 and tokens.words[i] not in _NOT_ACRONYMS
    ]

"""Give every name of an article its actor: one canonical name, whatever the form or language.

Persons by surname, organisations by name or acronym, states by code. ``spellings`` makes names that
were transliterated differently comparable (Loukachenko = Lukashenko), for candidates across
articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.places import ORGANISATION, PERSON, PLACE, STATE
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SMALL = word_set("de du des d la le les l the of and et a an")


@dataclass(frozen=True, slots=True)
class NamePlace:
    """Hold one name in an article: its words, kind and state code, in text order."""

    words: str
    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Identified:
    """Say who a name stands for."""

    actor: str
    kind: str
    cluster: str


class _Persons:
    """Group persons' names of one article by surname."""

    def __init__(self, names: Iterable[str]) -> None:
        full: dict[str, list[str]] = {}
        for name in map(untitled, names):
            parts = name.split()
            key = fold(parts[-1])
            if len(parts) > 1 and name not in full.setdefault(key, []):
                full[key].append(name)
        self._full = full
        self._firsts: dict[str, list[str]] = {}
        for fulls in full.values():
            for name in fulls:
                self._firsts.setdefault(fold(name.split()[0]), []).append(name)

    def canonical(self, shown: str, recent: Mapping[str, str]) -> str:
        """Return the fullest form; of two bearers of a surname the one named last."""
        name = untitled(shown)
        parts = name.split()
        key = fold(parts[-1])
        known = self._full.get(key, [])
        if len(parts) > 1:
            same = [k for k in known if _compatible(k.split(), parts)]
            return max(same, key=len, default=name)
        if key in recent:
            return recent[key]
        if known:
            return (
                max(known, key=len) if len({fold(k.split()[0]) for k in known}) == 1 else known[0]
            )
        given = self._firsts.get(key, [])
        return given[0] if len({fold(g) for g in given}) == 1 else name


_TITLES = word_set(
    "m. mm. mme mr mr. mrs mrs. ms ms. dr dr. me prof prof. professor professeur sir lord lady "
    "dame judge justice cheikh sheikh cllr gen. gov. sen. rep. pr captain colonel général general"
)


def untitled(name: str) -> str:
    """Return a person's name without a title before it, as far as something is left."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in _TITLES:
        parts = parts[1:]
    return " ".join(parts)


def _compatible(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether two names of one surname may be one person's: same first name, or its tail."""
    first, second = fold(a[0]).rstrip("."), fold(b[0]).rstrip(".")
    tail = [fold(w) for w in a[-len(b) :]] == [fold(w) for w in b]
    short = 1 in (len(first), len(second)) and first[0] == second[0]
    return first == second or short or (tail and len(b) < len(a))


def identify(
    names: Sequence[NamePlace], language: str, short: Mapping[str, str] | None = None
) -> list[Identified]:
    """Return for every name its actor, given all names of the article in text order.

    Args:
        names: all names.
        language: ``en`` or ``fr``.
        short: short form -> full form, where the article gives one in brackets behind the other.
    """
    persons = _Persons(n.words for n in names if n.kind == PERSON)
    organisations = _organisations(names, short or {})
    recent: dict[str, str] = {}
    clusters: dict[tuple[str, str], str] = {}
    out: list[Identified] = []
    for name in names:
        kind = name.kind
        if name.code and kind in (STATE, PLACE):
            actor, kind = _state(name, language)
        elif kind == PERSON:
            actor = persons.canonical(name.words, recent)
            recent[fold(untitled(name.words).split()[-1])] = actor
        elif kind == ORGANISATION:
            actor = organisations.get(_plain(name.words), name.words)
        else:
            actor = name.words
        key = (kind, fold(actor))
        cluster = clusters.setdefault(key, f"actor-{len(clusters) + 1}")
        out.append(Identified(actor, kind, cluster))
    return out


def _state(name: NamePlace, language: str) -> tuple[str, str]:
    """A capital that acts stands for its state; one that is a place stays a town."""
    if name.kind == PLACE:
        return name.words, PLACE
    return lexicon.load("shared", "states")[name.code]["fr" if language == "fr" else "en"][0], STATE


def _plain(words: str) -> str:
    """Return an organisation's name for comparing: no small words, no legal form behind it."""
    parts = [w for w in fold(words).replace("'", " ").split() if w not in _SMALL]
    while len(parts) > 1 and parts[-1].rstrip(".") in _LEGAL:
        parts.pop()
    return " ".join(parts)


_PARTS = 12
_LEGAL = word_set("ltd limited inc corp corporation plc llc llp sa sas sarl gmbh ag nv bv asa co")


def _organisations(names: Sequence[NamePlace], short: Mapping[str, str]) -> dict[str, str]:
    """Return plain name -> canonical name.

    A short form goes to the name that gave it in brackets; an acronym to the name whose initials it
    has; a part of a name ("Front") to the one name that holds it.
    """
    longest: dict[str, str] = {}
    for name in names:
        if name.kind == ORGANISATION:
            longest.setdefault(_plain(name.words), name.words)
    given = {_plain(k): _plain(v) for k, v in short.items()}
    initials = _initials(longest.values())
    holders = _holders(longest)
    out: dict[str, str] = {}
    for plain, words in longest.items():
        held = holders.get(plain, [])
        full = longest.get(given[plain]) if plain in given else None
        if full is not None:
            out[plain] = full
        elif words.isupper() and words.replace(".", "") in initials:
            out[plain] = initials[words.replace(".", "")]
        else:
            out[plain] = longest[held[0]] if len(held) == 1 else words
    known = _same_everywhere(out)
    return {plain: known.get(actor, out.get(_plain(actor), actor)) for plain, actor in out.items()}


def _same_everywhere(named: Mapping[str, str]) -> dict[str, str]:
    """Return actor -> the longest name that the article has for one known by several (ONU)."""
    groups: dict[str, list[str]] = {}
    for plain, actor in named.items():
        alias = _aliases().get(plain) or _aliases().get(fold(actor))
        if alias:
            groups.setdefault(alias, []).append(actor)
    return {actor: max(same, key=len) for same in groups.values() for actor in same}


def _initials(names: Iterable[str]) -> dict[str, str]:
    """Return the initials of names of several words -> name."""
    out: dict[str, str] = {}
    for words in names:
        parts = [p for p in re.split(r"[\s'’-]+", words) if p and fold(p) not in _SMALL]
        if len(parts) > 1:
            out.setdefault("".join(p[0] for p in parts).upper(), words)
    return out


def _holders(names: Iterable[str]) -> dict[str, list[str]]:
    """Return every stretch of words inside a plain name -> the names that hold it."""
    out: dict[str, list[str]] = {}
    for plain in names:
        parts = plain.split()[:_PARTS]
        for part in {" ".join(parts[a:b]) for a, b in combinations(range(len(parts) + 1), 2)}:
            if part != plain:
                out.setdefault(part, []).append(plain)
    return out


@cache
def spellings(name: str) -> frozenset[str]:
    """Return keys by which the same name in another transliteration is found.

    French and English write foreign sounds differently (ch/sh, tch/ch, ou/u, -ine/-in); each name
    is
    read both ways, and two names are candidates for one actor if they share a key.
    """
    plain = fold(name).replace("-", " ").replace("'", "")
    words = plain.split()
    alias = _aliases().get(plain) or _aliases().get(words[-1] if words else "")
    out = {_read(plain, french=french) for french in (True, False)}
    if alias:
        out |= {_read(alias, french=french) for french in (True, False)}
    return frozenset(out)


_FRENCH_SOUNDS = (("tch", "C"), ("sch", "S"), ("ch", "S"), ("dj", "J"), ("gu", "g"))
_ENGLISH_SOUNDS = (("tch", "C"), ("ch", "C"), ("sch", "S"), ("sh", "S"), ("dj", "J"), ("j", "J"))
_SHARED_SOUNDS = (
    ("ou", "u"),
    ("oo", "u"),
    ("eï", "ei"),
    ("ey", "ei"),
    ("ay", "ai"),
    ("w", "v"),
    ("y", "i"),
    ("kh", "h"),
    ("ck", "k"),
    ("q", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    ("c", "k"),
    ("tz", "ts"),
    ("z", "s"),
)


def _read(plain: str, *, french: bool) -> str:
    return " ".join(
        _sounds(word, _FRENCH_SOUNDS if french else _ENGLISH_SOUNDS) for word in plain.split()
    )


def _sounds(word: str, letters: Sequence[tuple[str, str]]) -> str:
    out = word
    for old, new in (*letters, *_SHARED_SOUNDS):
        out = out.replace(old, new)
    out = re.sub(r"(.)\1+", r"\1", out)
    out = re.sub(r"(?<=[a-z])e$", "", out)
    return re.sub(r"of$", "ov", out)


@cache
def _aliases() -> dict[str, str]:
    """Return plain surname -> plain surname in the other spelling, for irregular pairs."""
    table: dict[str, str] = {}
    for row in lexicon.load("shared", "aliases"):
        for name in row[1:]:
            table[fold(name)] = fold(row[0])
    return table


def candidates(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that may be the same actor, surnames alone included."""
    keys = spellings(name)
    last = {k.rsplit(" ", 1)[-1] for k in keys}
    out = []
    for other in known:
        theirs = spellings(other)
        short = " " not in fold(other) or " " not in fold(name)
        if keys & theirs or (short and last & {k.rsplit(" ", 1)[-1] for k in theirs}):
            out.append(other)
    return out

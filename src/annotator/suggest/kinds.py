"""Settle what a name is (person, organisation, place) by its form, its neighbours, the article.

The tagger judges a name where it stands and is often of two minds in one article. Here every
mention gives its evidence (« le groupe Velnor », "Velnor shares", "Velnor, 52,"), the mentions of
one name are put together, and the sum says what all of them are. Names known by then are looked for
where the tagger saw none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from annotator.suggest import furniture, lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.places import ORGANISATION, PERSON, PLACE, NameFind
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.suggest.read import Reading
    from annotator.suggest.tokens import Tokens

_KINDS = (PERSON, ORGANISATION, PLACE)
_TITLES = word_set(
    "m. mm. mme mmes mlle me mr mr. mrs mrs. ms ms. dr dr. sen. rep. gov. gen. prof. prof maître "
    "docteur professeur sir lord lady dame baroness baron judge justice captain sergeant sgt "
    "inspector constable colonel general général colonel capitaine lieutenant commandant cheikh "
    "sheikh imam père sœur abbé monseigneur mgr cardinal pope pape king queen roi reine prince "
    "princess princesse councillor cllr senator congressman congresswoman ambassador"
)
_OF = word_set("de d' of for in at chez du")
# A club is called by the last word of its name alone.
_CLUBS = word_set("united rovers wanderers rangers athletic albion hotspur patriots")
_MEDIA = word_set("radio tv télé télévision television agence")
_PLURAL_VERBS = word_set("have are were play win lose lead")
_STRONG, _FAIR, _SLIGHT = 3.0, 2.0, 1.0
# What a name must have to speak for it that only its capital shows.
_ENOUGH = 2.0
_ACRONYM = 6
# Names that begin with one word and are looked for: a text of nothing but names stays linear.
_MOST = 50
# Letters and hyphens, and no Roman number of a century or a king (« VIe »).
_LETTERS = re.compile(r"(?![ivx]+e?$)[^\W\d_]+(?:-[^\W\d_]+)*")
Weights = list[float]


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of ``resources/lexicons/shared/names.json`` as a set."""
    return word_set(lexicon.load("shared", "names")[name])


@cache
def _no_actors() -> frozenset[str]:
    return frozenset(lexicon.load("shared", "names")["not_actors"].split("|"))


@cache
def _everywhere() -> frozenset[str]:
    """Return the bodies known everywhere: "Downing Street" is no street."""
    return frozenset(lexicon.load("shared", "names")["known"].split("|"))


def is_no_actor(tokens: Tokens, low: Sequence[str], find: NameFind) -> bool:
    """Say whether a "name" is an index, a unit, a feast or a label, and never an actor."""
    shown = " ".join(low[find.first : find.stop])
    following = " ".join(low[find.first : find.stop + 1])
    return (
        shown in _no_actors()
        or following in _no_actors()
        or (not find.code and all(w in words("never") for w in low[find.first : find.stop]))
    )


def evidence(tokens: Tokens, low: Sequence[str], find: NameFind, language: str) -> Weights:
    """Return how much speaks for person, organisation and place in one mention."""
    out = [0.0, 0.0, 0.0]
    out[_KINDS.index(find.kind)] += find.sure
    _by_form(low, find, out)
    _by_list(tokens, low, find, out)
    _by_neighbours(low, find, language, out)
    return out


def _by_form(low: Sequence[str], find: NameFind, out: Weights) -> None:
    last = low[find.stop - 1]
    several = find.stop - find.first > 1
    if several and " ".join(low[find.first : find.stop]) in _everywhere():
        out[1] += _STRONG
        return
    first_name = lexicon.name_classes().get(low[find.first]) == "FIRST"
    if several and first_name and last not in words("company") - words("place"):
        out[0] += _FAIR
    elif several and last in words("place"):
        out[2] += _STRONG
    elif several and _is_body(low[find.first : find.stop]):
        out[1] += _STRONG
    elif several and first_name and last in words("company"):
        out[1] += _SLIGHT


def _by_list(tokens: Tokens, low: Sequence[str], find: NameFind, out: Weights) -> None:
    """Count what is known of a single word: a town, an acronym."""
    if find.stop - find.first > 1:
        return
    if lexicon.name_classes().get(low[find.first]) == "CITY":
        out[2] += _SLIGHT
    word = tokens.words[find.first]
    if word.isupper() and 1 < len(word) <= _ACRONYM:
        out[1] += _FAIR if len(word) < _ACRONYM - 1 else _SLIGHT / 2


def _is_body(name: Sequence[str]) -> bool:
    last = name[-1] in words("company") or name[-1] in words("body")
    return last or "&" in name or name[0] in _MEDIA


def _by_neighbours(low: Sequence[str], find: NameFind, language: str, out: Weights) -> None:
    before = low[find.first - 1] if find.first else ""
    second = low[find.first - 2] if find.first > 1 else ""
    if before in _TITLES:
        out[0] += _STRONG
    elif (
        before in words("before_fr" if language == "fr" else "before_en")
        or before in words("at_org")
        or (before in _OF and second in words("of_org"))
    ):
        out[1] += _FAIR
    elif before in _OF and second in words("of_place"):
        out[2] += _FAIR
    elif before in words("in_place"):
        out[2] += _SLIGHT
    after = [*low[find.stop : find.stop + 3], "", "", ""]
    if after[0] == ",":
        _by_aside(after[1], after[2], out)
    elif language == "en":
        owned = after[1] if after[0] in ("'s", "'") else after[0]
        if owned in words("behind_en"):
            out[1] += _FAIR
        elif after[0] in _PLURAL_VERBS and before != "and":
            out[1] += _SLIGHT


def _by_aside(first: str, second: str, out: Weights) -> None:
    """Count what stands behind a name and a comma: an age, "who", "which"."""
    if first.isdigit() and len(first) == 2 and second in (",", "ans"):
        out[0] += _STRONG
    elif first in ("who", "whose"):
        out[0] += _FAIR
    elif first == "which":
        out[1] += _SLIGHT
        out[2] += _SLIGHT / 2


def judged(tokens: Tokens, low: Sequence[str], find: NameFind, language: str) -> NameFind:
    """Return a find with the kind that its own form and neighbours speak for."""
    if find.code:
        return find
    return _with_kind(find, evidence(tokens, low, find, language))


def _with_kind(find: NameFind, weights: Sequence[float]) -> NameFind:
    best = max(range(3), key=lambda k: (weights[k], _KINDS[k] == find.kind))
    kind = _KINDS[best]
    return find if kind == find.kind else replace(find, kind=kind)


def settled(readings: Sequence[tuple[int, Reading]], language: str) -> list[tuple[int, Reading]]:
    """Return readings whose names are of one kind throughout, with names that had been missed.

    Names in a dateline or a byline count as evidence and are left out then.
    """
    lows = [r.tokens.low for _, r in readings]
    found = [
        [*reading.names, *_in_brackets(reading.tokens, reading.names)] for _, reading in readings
    ]
    votes: dict[str, Weights] = {}
    for low, names, (_, reading) in zip(lows, found, readings, strict=True):
        guessed = candidates(reading.tokens, low, names, language)
        for find in (*names, *guessed):
            if not find.code:
                total = votes.setdefault(_form(low, find), [0.0, 0.0, 0.0])
                for k, weight in enumerate(evidence(reading.tokens, low, find, language)):
                    total[k] += weight
    sure = {_form(low, n) for low, names in zip(lows, found, strict=True) for n in names}
    votes = {form: w for form, w in votes.items() if form in sure or max(w) >= _ENOUGH}
    _share(votes)
    known = _known(votes, language)
    out: list[tuple[int, Reading]] = []
    for low, names, (start, reading) in zip(lows, found, readings, strict=True):
        told = [n if n.code else _with_kind(n, votes[_form(low, n)]) for n in names]
        told += _missed(reading.tokens, low, told, known)
        shown = furniture.outside(reading.tokens, reading.text, told)
        out.append((start, replace(reading, names=sorted(shown, key=lambda n: n.first))))
    return out


def _in_brackets(tokens: Tokens, names: Sequence[NameFind]) -> list[NameFind]:
    """Return short forms in brackets behind an organisation's name that are no find yet."""
    firsts = {n.first for n in names}
    return [
        NameFind(ORGANISATION, n.stop + 1, n.stop + 2, 0.8)
        for n in names
        if bracketed(tokens, n) and n.stop + 1 not in firsts
    ]


def bracketed(tokens: Tokens, find: NameFind) -> bool:
    """Say whether one word in brackets, its short form, stands behind an organisation's name."""
    behind = tokens.words[find.stop : find.stop + 3]
    return (
        find.kind == ORGANISATION
        and find.stop - find.first > 1
        and len(behind) == 3
        and behind[0] == "("
        and behind[2] == ")"
        and behind[1][0].isupper()
        and len(behind[1]) > 1
    )


def candidates(
    tokens: Tokens, low: Sequence[str], names: Sequence[NameFind], language: str
) -> list[NameFind]:
    """Return runs of capitalised words inside sentences that nobody took for names.

    They are worth nothing by themselves: only what stands around them can make names of them.
    """
    taken = {i for n in names for i in range(n.first, n.stop)}
    capitals = [i for i, w in enumerate(tokens.words) if w[0].isupper()]
    if len(capitals) * 2 > sum(w[0].isalpha() for w in tokens.words):
        return []
    out: list[NameFind] = []
    last = -1
    for i in capitals:
        if i < last or i in taken or not _is_inside(tokens, i) or not _is_own(low[i], language):
            continue
        last = i + 1
        while last < len(low) and last not in taken and tokens.words[last][0].isupper():
            last += 1
        out.append(NameFind(ORGANISATION, i, last, 0.0))
    return out


def _is_inside(tokens: Tokens, i: int) -> bool:
    """Say whether a word stands within a sentence, so that its capital means something."""
    return (
        i > 0
        and tokens.sentence[i] == tokens.sentence[i - 1]
        and tokens.words[i - 1][0].isalnum()
        and not tokens.words[i - 1].isdigit()
        and not tokens.words[i].isupper()
    )


def _form(low: Sequence[str], find: NameFind) -> str:
    return fold(" ".join(low[find.first : find.stop]))


def _share(votes: dict[str, Weights]) -> None:
    """Let a company's full name speak for its short one, and a person's for the surname."""
    lone = {form for form in votes if " " not in form}
    for form in [f for f in votes if " " in f]:
        parts = form.split()
        kind = max(range(3), key=votes[form].__getitem__)
        if kind == 0 and parts[-1] in lone:
            votes[parts[-1]][0] += _STRONG
        elif kind == 1:
            formed = parts[-1] in words("company") or parts[-1] in _CLUBS
            for short in {parts[0] if formed else "", parts[-1] if parts[-1] in _CLUBS else ""}:
                if short in lone:
                    votes[short][1] += _STRONG + 1


def _known(
    votes: dict[str, Weights], language: str
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return first word -> (words, kind) of the names to look for elsewhere, longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    surnames = {form.split()[-1] for form, w in votes.items() if max(w) == w[0]}
    for form, weights in votes.items():
        parts = form.split()
        kind = _KINDS[max(range(3), key=weights.__getitem__)]
        enough = _ENOUGH if kind == PERSON else _SLIGHT
        if len(parts) > 1 or (max(weights) >= enough and _is_own(parts[0], language)):
            out.setdefault(parts[0], []).append((tuple(parts), kind))
        if kind == ORGANISATION and len(parts) > 1 and parts[-1] in _CLUBS:
            out.setdefault(parts[-1], []).append(((parts[-1],), kind))
        short = parts[0]
        formed = parts[-1] in words("company") or parts[-1] in _CLUBS
        company = kind == ORGANISATION and len(parts) > 1 and formed
        if company and _is_own(short, language) and short not in surnames and short not in votes:
            out.setdefault(short, []).append(((short,), kind))
    for entries in out.values():
        entries.sort(key=lambda e: -len(e[0]))
        del entries[_MOST:]
    return out


@lru_cache(100_000)
def _is_own(word: str, language: str) -> bool:
    """Say whether a word is nothing but a name, so that somebody may go by it alone."""
    listed = (
        word in lexicon.classes(language)
        or word in lexicon.name_classes()
        or word in lexicon.demonyms(language)
        or any(word in words(n) for n in ("company", "body", "place", "before_en", "before_fr"))
        or word in words("of_place")
        or word in words("never")
        or word in _no_actors()
        or word in _TITLES
    )
    return len(word) > 2 and _LETTERS.fullmatch(word) is not None and not listed


def _missed(
    tokens: Tokens,
    low: Sequence[str],
    names: Sequence[NameFind],
    known: dict[str, list[tuple[tuple[str, ...], str]]],
) -> Iterator[NameFind]:
    taken = {i for n in names for i in range(n.first, n.stop)}
    for i, word in enumerate(tokens.words):
        if i in taken or not word[0].isupper():
            continue
        for parts, kind in known.get(fold(low[i]), ()):
            stop = i + len(parts)
            here = tuple(fold(w) for w in low[i:stop])
            free = taken.isdisjoint(range(i, stop))
            if here == parts and free and tokens.words[stop - 1][0].isupper():
                yield NameFind(kind, i, stop, 0.7, rule="short_name")
                taken.update(range(i, stop))
                break

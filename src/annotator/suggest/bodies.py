"""Find nouns that stand for an organisation named before ("the company", « le syndicat »).

A noun fits an organisation if its own name begins or ends with it (« Fondation Aubrac »), if a noun
of that sort stood beside the name (« le syndicat SUD »), or, for companies, if it has a company's
form ("Orbis Group"). Of two that fit neither is proposed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.descriptions import ADJECTIVE, Described, KnownName
from annotator.suggest.kinds import words as listed
from annotator.suggest.lexicon import word_set
from annotator.suggest.places import ORGANISATION
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.suggest.tokens import Tokens

_DEFINITE = word_set("the le la l' cette ce cet")
_OF = word_set("of for de d' du des")
_COMPANY = "company", "entreprise"
_SURE, _FAR, _KEPT = 0.55, 4, 8
Owner = tuple[str, str]


@cache
def _sorts(language: str) -> dict[str, str]:
    """Return noun -> sort of organisation, by language."""
    table = lexicon.load("shared", "names")[f"head_{language}"]
    return {
        noun: sort
        for entry in table.split()
        for sort, _, nouns in (entry.partition("="),)
        for noun in nouns.split(",")
    }


def find(
    paragraphs: Sequence[tuple[Tokens, Sequence[KnownName]]], language: str
) -> list[Described]:
    """Return the nouns of an article that stand alone for an organisation named before."""
    sorts = _sorts(language)
    recent: dict[str, dict[Owner, int]] = {}
    fits: dict[str, set[str]] = {}
    out: list[Described] = []
    for number, (tokens, known) in enumerate(paragraphs):
        # Most paragraphs name no body and have no noun for one.
        low = tokens.low
        if not any(k.kind == ORGANISATION for k in known) and sorts.keys().isdisjoint(low):
            continue
        names = {k.first: k for k in known if k.kind == ORGANISATION}
        inside = {i for k in known for i in range(k.first, k.stop)}
        for i, word in enumerate(low):
            if i in names:
                k = names[i]
                mine = fits.setdefault(k.cluster, set())
                mine |= set(_sorts_of(low, k, sorts))
                for sort in mine:
                    _remember(recent.setdefault(sort, {}), (k.actor, k.cluster), number)
            elif word in sorts and i not in inside and _is_alone(tokens, low, i, inside):
                near = recent.get(sorts[word], {})
                owners = [o for o, at in near.items() if number - at <= _FAR]
                if len(owners) == 1:
                    out.append(Described(number, i - 1, i + 1, *owners[0], _SURE))
    return out


def _remember(owners: dict[Owner, int], owner: Owner, number: int) -> None:
    """Put an owner last; only a few are kept, since of two that fit neither is proposed."""
    owners.pop(owner, None)
    owners[owner] = number
    if len(owners) > _KEPT:
        del owners[next(iter(owners))]


def _sorts_of(low: Sequence[str], known: KnownName, sorts: dict[str, str]) -> Iterator[str]:
    """Yield the sorts that a name shows here: in itself, in the noun before it or behind it."""
    name = low[known.first : known.stop]
    before = low[known.first - 1] if known.first else ""
    for word in (
        name[0],
        name[-1],
        before,
        *fold(known.actor).split()[:1],
        fold(known.actor).split()[-1],
    ):
        if word in sorts:
            yield sorts[word]
    company = name[-1] in listed("company") and len(name) > 1
    traded = low[known.stop] if known.stop < len(low) else ""
    if (
        company
        or traded in ("shares", "stock", "employees")
        or before in ("titre", "action", "chez")
    ):
        yield from (sort for sort in _COMPANY if sort in sorts.values())
    if before in listed("before_en") | listed("before_fr") and before not in sorts:
        yield from (sort for sort in _COMPANY if sort in sorts.values())


def _is_alone(tokens: Tokens, low: Sequence[str], i: int, names: set[int]) -> bool:
    """Say whether a noun has an article before it and nothing behind it that says which one."""
    if not i or low[i - 1] not in _DEFINITE or tokens.words[i][0].isupper():
        return False
    after = low[i + 1] if i + 1 < len(low) else "."
    if after in _OF or (after[0].isalpha() and low[i].isalpha() and after.endswith(ADJECTIVE)):
        return False
    return i + 1 not in names and not (i + 1 < len(low) and tokens.words[i + 1][0].isupper())

"""The word lists by which a source mention is understood (``resources/lexicons/{en,fr}``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotator.suggest import lexicon


@dataclass(frozen=True, slots=True)
class Words:
    """Hold one language's word lists for sources, as sets."""

    person: frozenset[str]
    people: frozenset[str]
    office: frozenset[str]
    organisation: frozenset[str]
    document: frozenset[str]
    poll: frozenset[str]
    media: frozenset[str]
    generic: frozenset[str]
    affiliation: tuple[tuple[str, frozenset[str]], ...]
    role: tuple[tuple[str, frozenset[str]], ...]
    proximity: tuple[tuple[str, re.Pattern[str]], ...]
    counts: tuple[tuple[str, str], ...]
    former: re.Pattern[str]


@cache
def words_of(language: str) -> Words:
    """Return the lists of a language (read once)."""
    raw: dict[str, Any] = lexicon.load(language, "sources")
    phrases: dict[str, Any] = lexicon.load(language, "phrases")
    sets = {
        key: frozenset(raw[key].split())
        for key in (
            "person",
            "people",
            "office",
            "organisation",
            "document",
            "poll",
            "media",
            "generic",
        )
    }
    affiliation = tuple((k, frozenset(w.split())) for k, w in raw["affiliation"].items())
    role = tuple((k, frozenset(w.split())) for k, w in raw["role"].items())
    proximity = tuple((k, re.compile(rf"\b(?:{p})", re.I)) for k, p in phrases["proximity"])
    counts = tuple(sorted(phrases["counts"].items(), key=lambda x: -len(x[0])))
    return Words(
        **sets,
        affiliation=affiliation,
        role=role,
        proximity=proximity,
        counts=counts,
        former=re.compile(phrases["former"], re.I),
    )


def singular(word: str, language: str) -> str:
    """Return a rough singular, enough to compare nouns of one list."""
    if language == "en":
        for plural, one in (
            ("women", "woman"),
            ("men", "man"),
            ("ies", "y"),
            ("sses", "ss"),
            ("ches", "ch"),
            ("children", "child"),
        ):
            if word.endswith(plural):
                return word[: -len(plural)] + one
        return (
            word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
        )
    if word.endswith("aux") and len(word) > 4:
        return word[:-2] + "l"
    return word[:-1] if word.endswith(("s", "x")) and len(word) > 3 else word


def known(word: str, listed: frozenset[str], language: str) -> bool:
    """Say whether a noun or its singular is listed."""
    return word in listed or singular(word, language) in listed

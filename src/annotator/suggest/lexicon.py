"""Word classes and lists, read from ``resources/lexicons`` on first use."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from annotator import resources

LANGUAGES = ("en", "fr")


def word_list(words: str) -> tuple[str, ...]:
    """Return words written in one string, in order."""
    return tuple(words.split())


def word_set(words: str) -> frozenset[str]:
    """Return words written in one string as a set."""
    return frozenset(words.split())


CLASS_NAMES = word_list(
    "SAY CLAIM ADMIT BELIEVE KNOW ASK PROMISE SEEM ACCORD SNOUN THAT WH TO NEG PRON POSS REFL DET "
    "AUX "
    "CONJ PREP TITLE ANON ORGN DOC TIME NUM QUANT NAT FIRST CITY STATE"
)
REPORTING = word_set("SAY CLAIM ADMIT BELIEVE KNOW ASK PROMISE")


@cache
def classes(language: str) -> dict[str, str]:
    """Return form -> class; an unknown language gets the English table."""
    return load(language if language in LANGUAGES else "en", "classes")


@cache
def load(language: str, name: str) -> Any:
    """Return one JSON lexicon of a language (``shared`` for both)."""
    text = resources.read_text("lexicons", language, f"{name}.json")
    return json.loads(text)


@cache
def name_classes() -> dict[str, str]:
    """Return lower-case word -> STATE, FIRST or CITY: names that are known in one word."""
    table = {word.lower(): "CITY" for word in _lines("places.txt")}
    table.update(dict.fromkeys(_lines("first_names.txt"), "FIRST"))
    for state in load("shared", "states").values():
        for field in ("en", "fr", "capital_en", "capital_fr"):
            table.update((name.lower(), "STATE") for name in state[field] if " " not in name)
    return table


@cache
def demonyms(language: str) -> dict[str, str]:
    """Return lower-case demonym -> code of the state."""
    field = f"demonyms_{language if language in LANGUAGES else 'en'}"
    return {
        word.lower(): code
        for code, state in load("shared", "states").items()
        for word in state[field]
    }


@cache
def cue_words() -> frozenset[str]:
    """Return the English words, lower case, that mostly report where they stand."""
    return frozenset(_lines("cue_words.txt", "en"))


def _lines(name: str, language: str = "shared") -> list[str]:
    return resources.read_text("lexicons", language, name).splitlines()


def guess_language(text: str) -> str:
    """Return ``fr`` or ``en`` by counting function words in the first 20,000 characters."""
    words = text[:20_000].lower().replace("’", "'").replace("'", " ").split()
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    return "fr" if french > english else "en"


_FRENCH = word_set(
    "le la les l d de des du et est une un en que qui dans pour pas au aux ce cette il elle se "
    "sur plus "
    "par avec sont été a à ses sa leur nous vous mais où"
)
_ENGLISH = word_set(
    "the of and to in is that was for it with as his on be at by had not are but from or have an "
    "they "
    "which you were her she there would their we him been has"
)

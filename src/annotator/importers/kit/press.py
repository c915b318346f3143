"""Word lists of the trade: agencies, months, slugs (``resources/text/press.json``)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from annotator import resources


@dataclass(frozen=True, slots=True)
class Press:
    """Hold the lists: ``agencies`` and ``months`` map each spelling to what it means.

    ``zones`` (letters) and ``clocks`` (words, in small letters) map to an offset or to a zone's
    name in the time zone database.
    ``kickers`` are rubrics that stand over a headline and nowhere else, folded to small letters.
    ``outlets`` are names of well-known papers and stations, as they write them.
    """

    agencies: dict[str, str]
    months: dict[str, int]
    zones: dict[str, str]
    clocks: dict[str, str]
    agency_pattern: str
    month_pattern: str
    zone_pattern: str
    slug: re.Pattern[str]
    kickers: frozenset[str]
    outlets: frozenset[str]


@cache
def press() -> Press:
    """Return the lists."""
    raw = json.loads(resources.read_text("text", "press.json"))
    agencies = {name: agency for agency, names in raw["agencies"].items() for name in names}
    months = {name: int(number) for number, names in raw["months"].items() for name in names}
    slugs = "|".join(raw["slugs"])
    return Press(
        agencies,
        months,
        raw["zones"],
        {words: clock for clock, names in raw["clocks"].items() for words in names},
        _alternatives(agencies),
        _alternatives(months),
        f"(?:GMT|UTC|(?-i:{_alternatives(raw['zones'])}))",
        re.compile(rf"(?<![\w-])(?:{slugs})(?:[ \u00a0]?[-–—:/|][ \u00a0]?)(?=[\wÀ-Ý«“\"])"),
        frozenset(word.casefold() for word in raw["kickers"]),
        frozenset(raw["outlets"]),
    )


def _alternatives(words: dict[str, object] | dict[str, str] | dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"

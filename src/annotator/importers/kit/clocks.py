"""Clocks that a text names in words: "(heure de Paris)", "London time", "ET".

Which offset they showed on a day is looked up in the time zone database; where there is none, or
the hour came twice that night, the offset stays unknown.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from annotator.importers.kit.press import press

#: So far behind a time the words that say whose it is may reach.
_REACH = 48
_HINTS = ("heure", "Heure", "time", "Time", "temps")
_GAP = "[ \u00a0\u202f]"


def offset_of(clock: str, local: str) -> str:
    """Return the offset of a clock, "+01:00", at a local time; empty if it is not certain.

    Args:
        clock: an offset, which stays what it is, or the database's name of a zone.
        local: a date with its time, ISO 8601.
    """
    if "/" not in clock:
        return clock
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(clock)
    except (ZoneInfoNotFoundError, OSError):
        return ""
    moment = datetime.fromisoformat(local)
    early, late = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return early.isoformat()[-6:] if early.utcoffset() == late.utcoffset() else ""


def clock_named(words: str) -> str:
    """Return the clock that words such as "Paris time" mean, empty if they are not known."""
    return press().clocks.get(" ".join(words.casefold().replace("’", "'").split()), "")


def clock_after(text: str, at: int) -> tuple[str, int]:
    """Return the clock named right behind a time, and where its words end; ("", at) if none is."""
    tail = text[at : at + _REACH]
    if not any(hint in tail for hint in _HINTS):
        return "", at
    match = _after().match(text, at)
    if match is None:
        return "", at
    return clock_named(match["fr"] or match["en"]), match.end()


@cache
def _after() -> re.Pattern[str]:
    places = sorted(press().clocks, key=len, reverse=True)
    known = "|".join(re.escape(p).replace(r"\ ", _GAP).replace("'", "['’]") for p in places)
    french = (
        rf"(?:à{_GAP}l['’])?(?:heure|temps){_GAP}(?:de{_GAP}(?:la{_GAP}|l['’])?|d['’]|du{_GAP})?"
    )
    return re.compile(
        rf"{_GAP}?,?{_GAP}?\(?(?:{french}(?P<fr>{known})|(?P<en>{known}){_GAP}(?:local{_GAP})?time)"
        r"(?!\w)\)?",
        re.IGNORECASE,
    )

"""Dates as newsrooms write them, in French and English, with exactly the precision they state.

An ambiguous date ("03/04/2021" in an English text) gives only what is certain: its year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from annotator.importers.kit.clocks import clock_after, clock_named, offset_of
from annotator.importers.kit.press import press
from annotator.model.span import Span

_GAP = "[ \u00a0\u202f]"
_TIME = (
    rf"(?:{_GAP}*(?:,|-|–|•|\||à|at|@|T)?{_GAP}*"
    rf"(?P<hour>[01]?\d|2[0-3])(?:{_GAP}?(?:[h:H]|\.(?=[0-5]\d{_GAP}[A-Z]{{3,4}}\b)){_GAP}?(?P<minute>[0-5]\d)?)(?::(?P<second>[0-5]\d))?"
    rf"(?:{_GAP}?(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?))?"
    rf"|{_GAP}*(?:,|-|at|@)?{_GAP}*(?P<hour12>1[0-2]|0?[1-9]){_GAP}?(?P<half12>[ap]\.?m\b\.?|[AP]\.?M\b\.?))"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_WEEKDAYS = (
    "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|"
    "friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)"
)


#: So many characters are a date and little else; the forms look no further back than two.
_SHORT, _BEHIND = 60, 2
#: A character and where it stands, counted from the first of a year.
_Sign = tuple[int, str]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Hold a date as the text states it: ISO 8601, cut to its precision."""

    span: Span
    value: str

    @property
    def precision(self) -> int:
        """Return how much is known: 4 year, 7 month, 10 day, 16 minute, 19 second."""
        return min(len(self.value), 19)


@cache
def _forms() -> tuple[tuple[str, str, frozenset[_Sign]], ...]:
    """Return the forms; for each a sign it holds, and what may stand beside its year."""
    lists = press()
    month, zone = lists.month_pattern, lists.zone_pattern
    offset = (
        rf"(?P<zone>{_GAP}?\(?(?:{zone}(?:[+-]\d\d?(?::?\d\d)?)?(?!\w)|Z\b|[+-]\d\d:?\d\d)\)?)?"
    )
    tail = rf"(?:{_TIME}{offset})?(?!\d)"
    iso = rf"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>[0-3]\d)){tail}"
    iso_month = r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])"
    numeric = (
        r"(?<![\w/.-])(?P<n1>[0-3]?\d)(?P<sep>[/.-])(?P<n2>[0-3]?\d)(?P=sep)"
        rf"(?P<y>(?:19|20)\d\d){tail}"
    )
    day_first = (
        rf"(?<![\w/.-])(?:{_WEEKDAYS}\.?,?{_GAP}+)?(?:le{_GAP}+)?(?P<d>[0-3]?\d)(?:er|st|nd|rd|th)?"
        rf"{_GAP}+(?:of{_GAP}+)?(?P<mon>{month})\.?,?{_GAP}+(?P<y>(?:19|20)\d\d){tail}"
    )
    month_first = (
        rf"(?<![\w/.-])(?:{_WEEKDAYS}\.?,?{_GAP}+)?(?P<mon>{month})\.?{_GAP}+(?P<d>[0-3]?\d)"
        rf"(?:st|nd|rd|th)?,?{_GAP}+(?P<y>(?:19|20)\d\d){tail}"
    )
    # As American agencies have it: the time, its zone, then the day.
    clock = (
        rf"(?<![\w:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:{_GAP}?(?P<half>[ap]\.?m\b\.?))?"
        rf"{offset}(?:{_GAP}\(?(?P<place>(?-i:[A-Z][\w.]+(?:{_GAP}[A-Z]\w+)?)){_GAP}time\)?)?"
        rf",?{_GAP}+(?:on{_GAP}+)?(?:{_WEEKDAYS}\.?,?{_GAP}+)?"
    )
    time_first = (
        rf"{clock}(?P<mon>{month})\.?{_GAP}+(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?{_GAP}+"
        r"(?P<y>(?:19|20)\d\d)(?!\d)"
    )
    time_day_first = (
        rf"{clock}(?P<d>[0-3]?\d)(?:st|nd|rd|th)?{_GAP}+(?P<mon>{month})\.?,?{_GAP}+"
        r"(?P<y>(?:19|20)\d\d)(?!\d)"
    )
    month_only = rf"(?<![\w/.-])(?<!\d )(?P<mon>{month})\.?{_GAP}+(?P<y>(?:19|20)\d\d)(?!\d)"
    dash, parting = frozenset([(4, "-")]), frozenset((-1, sign) for sign in "/.-")
    gap = frozenset((-1, sign) for sign in " \u00a0\u202f")
    return (
        (iso, "-", dash),
        (numeric, "", parting),
        (time_first, ":", gap),
        (time_day_first, ":", gap),
        (day_first, "", gap),
        (month_first, "", gap),
        (iso_month, "-", dash),
        (month_only, "", gap),
    )


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Make a pattern when it is first needed: all of them take as long as two hundred articles."""
    return re.compile(form, re.IGNORECASE)


def find_dates(text: str, start: int, end: int, *, language: str) -> list[FoundDate]:
    """Find the dates of a stretch of text, in text order; overlapping ones: the more precise.

    Args:
        text: the canonical text.
        start: where to begin.
        end: where to stop.
        language: decides "03/04/2021": day first in French, only the year elsewhere.
    """
    if text.find("20", start, end) < 0 and text.find("19", start, end) < 0:
        return []
    if end - start > _SHORT:
        return _dates_in(text, start, end, language)
    lead = max(0, start - _BEHIND)
    found = _dates_of(text[lead:end], start - lead, language)
    return [FoundDate(one.span.shifted(lead), one.value) for one in found]


@lru_cache(maxsize=1_024)
def _dates_of(words: str, start: int, language: str) -> tuple[FoundDate, ...]:
    """Read a few words: the datelines and date lines of one day are alike."""
    return tuple(_dates_in(words, start, len(words), language))


def _dates_in(text: str, start: int, end: int, language: str) -> list[FoundDate]:
    found: list[FoundDate] = []
    years = [match.start() for match in _YEAR.finditer(text, start, end)]
    beside = _signs_beside(text, years)
    for form, held, signs in _forms():
        # Each date holds a year that no other date holds, beside one of the form's signs.
        if not years:
            break
        if signs.isdisjoint(beside) or text.find(held, start, end) < 0:
            continue
        known = len(found)
        for match in _compiled(form).finditer(text, start, end):
            if found and any(
                f.span.start < match.end() and match.start() < f.span.end for f in found
            ):
                continue
            value = _value(match, language)
            if value:
                found.append(_with_clock(match, value, text, end))
        for one in found[known:]:
            years = [year for year in years if not one.span.start <= year < one.span.end]
    return sorted(found, key=lambda f: f.span) if len(found) > 1 else found


def _with_clock(match: re.Match[str], value: str, text: str, end: int) -> FoundDate:
    """Look behind a time without an offset for words that say whose it is."""
    span = Span(*match.span())
    if len(value) not in (16, 19):
        return FoundDate(span, value)
    place = match.groupdict().get("place")
    if place:
        return FoundDate(span, value + offset_of(clock_named(place), value))
    clock, after = clock_after(text, span.end)
    if not clock or after > end:
        return FoundDate(span, value)
    return FoundDate(Span(span.start, after), value + offset_of(clock, value))


def _signs_beside(text: str, years: list[int]) -> set[_Sign]:
    found: set[_Sign] = set()
    for year in years:
        found.add((-1, text[year - 1 : year]))
        found.add((4, text[year + 4 : year + 5]))
    return found


def _value(match: re.Match[str], language: str) -> str:
    groups = match.groupdict()
    year = int(groups["y"])
    month, day = _month_and_day(groups, language)
    if month == 0:
        return f"{year:04}" if "n1" in groups and groups["n1"] and day >= 0 else ""
    if day == 0:
        return f"{year:04}-{month:02}"
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return ""
    time = _time(groups)
    return value + time + (_offset(groups.get("zone"), value + time) if time else "")


def _month_and_day(groups: dict[str, str | None], language: str) -> tuple[int, int]:
    """Return month and day; 0 is not stated; (0, -1): impossible."""
    name = groups.get("mon")
    if name:
        return press().months[name.lower()], int(groups.get("d") or 0)
    if groups.get("m"):
        return int(groups["m"] or 0), int(groups.get("d") or 0)
    first, second = int(groups["n1"] or 0), int(groups["n2"] or 0)
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return 0, -1
    if second > 12:
        return first, second
    if first > 12 or first == second or language == "fr" or groups.get("sep") == ".":
        return second, first
    return 0, 0


def _time(groups: dict[str, str | None]) -> str:
    """Return "T14:05" with seconds where stated, or an empty string."""
    hour_text = groups.get("hour") or groups.get("hour12")
    if not hour_text:
        return ""
    hour = int(hour_text)
    half = (groups.get("half") or groups.get("half12") or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "pm" else 0)
    second = f":{groups['second']}" if groups.get("second") else ""
    return f"T{hour:02}:{groups.get('minute') or '00'}{second}"


def _offset(zone: str | None, local: str = "") -> str:
    name = (zone or "").strip(" \u00a0\u202f()").upper()
    if not name:
        return ""
    if name == "Z":
        return "+00:00"
    match = _ZONE.fullmatch(name)
    assert match is not None
    sign, hours, minutes = match["sign"], match["hours"], match["minutes"] or "00"
    if not sign:
        return offset_of(press().zones[match["name"]], local)
    # "CET+1" would be an odd way to say it: an offset counts from Greenwich only.
    from_greenwich = press().zones.get(match["name"] or "GMT") == "+00:00"
    return f"{sign}{int(hours):02}:{minutes}" if from_greenwich and int(hours) <= 14 else ""


_ZONE = re.compile(
    r"(?P<name>[A-Z]*)(?:(?P<sign>[+-])(?P<hours>\d\d|\d(?!\d))(?::?(?P<minutes>\d\d))?)?"
)


_ISO = re.compile(
    r"(?P<date>(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)"
    r"(?:[T ](?P<time>\d\d:\d\d)(?P<second>:\d\d)?(?:[.,]\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"
    r"(?:T(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


def clean_iso(raw: str) -> str:
    """Return a date of the markup, ISO 8601 cut to its precision; empty if it is none.

    Midnight sharp without a zone is how markup writes a day without a time, so it becomes the day.
    """
    raw = raw.strip()
    compact = _COMPACT.fullmatch(raw)
    if compact is not None:
        time = f"T{compact['H']}:{compact['M']}:{compact['S'] or '00'}" if compact["H"] else ""
        raw = f"{compact['y']}-{compact['m']}-{compact['d']}{time}{compact['zone'] or ''}"
    match = _ISO.match(raw)
    if match is None or (match.end() < len(raw) and raw[match.end()].isalnum()):
        return ""
    day, time, second = match["date"], match["time"], match["second"] or ""
    if len(day) == 10:
        try:
            date.fromisoformat(day)
        except ValueError:
            return ""
    midnight = time == "00:00" and second in ("", ":00") and not match["zone"]
    if not time or midnight or len(day) < 10 or not ("00" <= time[:2] <= "23" and time[3:] < "60"):
        return day
    return f"{day}T{time}{second if second != ':00' else ''}{_offset(match['zone'])}"

"""Dates as people type them, kept only as exact as they were typed."""

from __future__ import annotations

import re
from datetime import datetime

from annotator.model.article import DatePrecision, FuzzyDate

_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_CLOCK = r"(?P<hour>\d{1,2})[:hH](?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_TIME = rf"(?:(?:[T ,]|\s)+{_CLOCK}\s*{_ZONE})?"
_ISO = re.compile(rf"(?P<year>\d{{4}})(?:-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}){_TIME})?)?")
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>\d{{1,2}})[/.])?(?P<month>\d{{1,2}})[/.](?P<year>\d{{4}}){_TIME}"
)


def parse_date(words: str) -> FuzzyDate | None:
    """Return the date that was typed: ``2031``, ``2031-03``, ``14/03/2031 07:42 +01:00`` ...

    Returns ``None`` for no words.

    Raises:
        ValueError: if it is not a date.
    """
    words = " ".join(words.split())
    if not words:
        return None
    match = _ISO.fullmatch(words) or _DAY_FIRST.fullmatch(words)
    if match is None:
        message = "not a date"
        raise ValueError(message)
    parts = {name: found for name, found in match.groupdict().items() if found}
    value, precision = parts["year"], DatePrecision.YEAR
    if "month" in parts:
        value, precision = f"{value}-{int(parts['month']):02}", DatePrecision.MONTH
    if "day" in parts:
        value, precision = f"{value}-{int(parts['day']):02}", DatePrecision.DAY
    if "hour" in parts and "day" in parts:
        value = f"{value}T{int(parts['hour']):02}:{parts['minute']}"
        precision = DatePrecision.MINUTE
        if "second" in parts:
            value, precision = f"{value}:{parts['second']}", DatePrecision.SECOND
        value += _zone(parts.get("zone", ""))
    _check(value, precision)
    return FuzzyDate(value, precision)


def _zone(zone: str) -> str:
    if zone in ("", "Z"):
        return "+00:00" if zone else ""
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _check(value: str, precision: DatePrecision) -> None:
    """Refuse a thirteenth month and the like."""
    filled = {DatePrecision.YEAR: f"{value}-01-01", DatePrecision.MONTH: f"{value}-01"}
    datetime.fromisoformat(filled.get(precision, value))


def show_date(date: FuzzyDate | None) -> str:
    """Return a date as it is typed; ``parse_date`` reads it back."""
    if date is None:
        return ""
    value = date.value.replace("T", " ")
    return re.sub(r"(\d)([+-]\d{2}:\d{2})$", r"\1 \2", value) if " " in value else value

"""Dates as people write them, in the interface's language and only as precise as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from annotator import i18n
from annotator.model.article import DatePrecision

if TYPE_CHECKING:
    from datetime import datetime

    from annotator.model.article import FuzzyDate

_FORMATS = {
    "fr": {"day": "d MMMM", "year": "d MMMM yyyy", "month": "MMMM yyyy"},
    "en": {"day": "d MMMM", "year": "d MMMM yyyy", "month": "MMMM yyyy"},
}


def _locale() -> QLocale:
    return QLocale(QLocale.Language.French if i18n.language() == "fr" else QLocale.Language.English)


def short_date(date: FuzzyDate | None) -> str:
    """Return "14 March 2031" without the year where it is this year; "" for no date."""
    return _words(date, with_time=False, short=True)


def long_date(date: FuzzyDate | None) -> str:
    """Return "14 March 2031, 07:42" as far as it is known; "" for no date."""
    return _words(date, with_time=True, short=False)


def moment(when: datetime) -> str:
    """Return a moment in local time: "14 March 2031, 07:42"."""
    local = when.astimezone()
    day = QDate(local.year, local.month, local.day)
    return f"{_locale().toString(day, _FORMATS[i18n.language()]['year'])}, {local:%H:%M}"


def _words(date: FuzzyDate | None, *, with_time: bool, short: bool) -> str:
    if date is None:
        return ""
    day = QDate.fromString(date.value[:10], "yyyy-MM-dd")
    formats = _FORMATS[i18n.language()]
    if date.precision is DatePrecision.YEAR:
        return date.value[:4]
    if date.precision is DatePrecision.MONTH:
        month = QDate.fromString(date.value[:7], "yyyy-MM")
        return _locale().toString(month, formats["month"]) or date.value
    same_year = day.year() == QDate.currentDate().year()
    words = _locale().toString(day, formats["day" if short and same_year else "year"])
    if day.day() == 1 and i18n.language() == "fr":
        words = words.replace("1 ", "1er ", 1)
    clock = QTime.fromString(date.value[11:16], "HH:mm")
    if with_time and clock.isValid():
        words = f"{words}, {clock.toString('HH:mm')}"
    return words or date.value


def in_number(value: float, digits: int = 0) -> str:
    """Return a number with the language's separators."""
    return _locale().toString(float(value), "f", digits)


def percent(share: float) -> str:
    """Return a share in [0, 1] as a whole percentage, typeset for the language."""
    gap = "\u202f" if i18n.language() == "fr" else ""
    return f"{in_number(100 * share)}{gap}%"

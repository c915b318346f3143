"""The words of reports: dates, numbers and lists as each language writes them.

Everything takes ``lang`` because a report may speak another language than the window.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.i18n import tr
from annotator.model.article import DatePrecision, FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.exporters.base import Range

NO_BREAK = "\u00a0"
NARROW = "\u202f"
#: English quotes inside quotes have single marks.
_INNER = str.maketrans("“”", "‘’")
#: French ones have those of English, set close.
_GUILLEMETS = re.compile("«[ \u00a0\u202f]?|[ \u00a0\u202f]?»")
_CLOSING = {"«": "»", "“": "”", '"': '"', "„": "“"}


def date_words(date: FuzzyDate | None, lang: str) -> str:
    """Return a date as far as it is known: "14 March 2031, 07:42", "mars 2031", ""."""
    if date is None:
        return ""
    day, _, time = date.value.partition("T")
    parts = day.split("-")
    words = [parts[0]]
    if len(parts) > 1 and date.precision is not DatePrecision.YEAR:
        words.insert(0, tr(f"report.month.{int(parts[1])}", lang=lang))
    if len(parts) > 2 and date.precision not in (DatePrecision.YEAR, DatePrecision.MONTH):
        words.insert(0, _day(int(parts[2]), lang))
    said = NO_BREAK.join(words[:2]) + (f" {words[2]}" if len(words) > 2 else "")
    clock = re.match(r"\d\d:\d\d", time)
    return f"{said}, {clock.group()}" if clock else said


def _day(day: int, lang: str) -> str:
    return "1er" if lang == "fr" and day == 1 else str(day)


def day_words(iso: str, lang: str) -> str:
    """Return the day of an ISO time in words; what is no date comes back as it is."""
    match = re.match(r"\d{4}-\d\d-\d\d", iso)
    if match is None:
        return iso
    return date_words(FuzzyDate(match.group(), DatePrecision.DAY), lang)


def number(value: int, lang: str) -> str:
    """Return a whole number with the language's thousands mark (from 10,000 on)."""
    if abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", NARROW if lang == "fr" else ",")


def percent(part: int, whole: int, lang: str) -> str:
    """Return a rounded share; nothing of nothing is an en dash."""
    if whole == 0:
        return "–"
    share = (200 * part + whole) // (2 * whole)
    return f"{share}{NARROW}%" if lang == "fr" else f"{share}%"


def range_words(found: Range | None, lang: str) -> str:
    """Return a range of distinct sources: "2", "2 to 3", "2 or more"; unknown is an en dash."""
    if found is None:
        return "–"
    if found.is_open:
        return tr("analysis.range.open", lang=lang, low=found.low)
    if found.low == found.high:
        return number(found.low, lang)
    return tr("analysis.range.between", lang=lang, low=found.low, high=found.high)


def distinct_words(found: Range | None, lang: str) -> str:
    """Return what is counted after such a range: "distinct source" or "distinct sources"."""
    count = 2 if found is None or found.is_open else found.high
    return tr("report.answer.distinct", lang=lang, count=count)


def listing(words: Sequence[str], lang: str) -> str:
    """Join words: "A, B and C" / "A, B et C"."""
    if len(words) < 2:
        return "".join(words)
    return tr("report.and", lang=lang, first=", ".join(words[:-1]), last=words[-1])


def quoted(words: str, lang: str) -> str:
    """Put words between the language's quotation marks unless they bring their own.

    Words cut inside a quotation get the mark back that the cut took, not a second pair; a quotation
    inside the words gets the marks of the second level.
    """
    stripped = one_line(words)
    if stripped and all(map(_is_quoted, stripped.split(" […] "))):
        return stripped
    opened = stripped[:1]
    if opened in _CLOSING and stripped.endswith("…") and _CLOSING[opened] not in stripped[1:]:
        return stripped + (NO_BREAK if opened == "«" else "") + _CLOSING[opened]
    if lang == "fr":
        inner = _GUILLEMETS.sub(lambda m: "“" if m.group().startswith("«") else "”", stripped)
    else:
        inner = stripped.translate(_INNER)
    return tr("report.quoted", lang=lang, words=inner)


def _is_quoted(words: str) -> bool:
    """Say whether words are one quotation from their first mark to their last."""
    opening = words[:1]
    closing = _CLOSING.get(opening)
    if closing is None or len(words) == 1:
        return False
    depth = 1
    for place, character in enumerate(words[1:], start=1):
        if character == closing:
            depth -= 1
        elif character == opening:
            depth += 1
        if depth == 0:
            return place == len(words) - 1
    return False


def shorten(words: str, limit: int) -> str:
    """Cut words at a word's end with an ellipsis; ``limit`` in characters."""
    flat = one_line(words)
    if len(flat) <= limit:
        return flat
    cut = flat[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.–—\u00a0\u202f")
    return f"{cut}…"


def one_line(words: str) -> str:
    """Join lines and runs of plain white space; no-break spaces stay what they are."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", words).strip(" ")


def capital(words: str) -> str:
    """Raise the first letter and leave the rest."""
    return words[:1].upper() + words[1:]


def joined(words: Iterable[str], separator: str = " · ") -> str:
    """Join what is not empty."""
    return separator.join(w for w in words if w)

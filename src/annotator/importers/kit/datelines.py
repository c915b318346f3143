"""The opening of a dispatch ("PARIS, 3 mars (AFP) - "): from where, when, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from annotator.importers.kit.press import press
from annotator.model.span import Span

#: White space inside a line, and a letter that begins a name.
GAP = "[ \u00a0\u202f]"
CAP = r"[A-ZÀ-ÖØ-ÞŒŸ]"
_GAP, _CAP = GAP, CAP
#: What parts a dateline from the text: a dash, "(ats) ", "/TASS/. ".
_DASH = re.compile(r"[-–—=](?:[ \u00a0\u202f\n]|$)|[)/]\.?[ \u00a0\u202f]")
#: The longest dateline, in characters.
_REACH = 90


@dataclass(frozen=True, slots=True)
class Dateline:
    """Hold the opening of a dispatch: "PARIS, 3 mars (AFP) - "."""

    span: Span
    place: Span | None
    agency: Span | None
    date: Span | None


@cache
def _dateline_forms() -> tuple[str, ...]:
    lists = press()
    agency = rf"\({_GAP}*(?P<agency>{lists.agency_pattern})(?:{_GAP}*[/-]{_GAP}*\w+)?{_GAP}*\)"
    month = rf"(?i:{lists.month_pattern})"
    day = (
        rf"(?P<date>(?:\d{{1,2}}(?:er)?{_GAP}+{month}\.?(?:{_GAP}+\d{{4}})?|{month}\.?{_GAP}+\d{{1,2}}"
        rf"(?:,?{_GAP}+\d{{4}})?|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?))"
    )
    caps = rf"(?P<place>{_CAP}(?:{_CAP}|[’'. \-]){{1,30}}{_CAP})"
    caps = rf"{caps}(?:/{_CAP}[{'A-ZÀ-Ý'}’'. \-]+)?(?:,?{_GAP}+(?!{month}\b){_CAP}[\w’'.-]+)?"
    mixed = rf"(?P<place>{_CAP}[\w’'.-]+(?:{_GAP}+{_CAP}[\w’'.-]+){{0,3}})"
    dash = rf"{_GAP}*\.?(?:[-–—=]+)(?:{_GAP}+|(?=\n)|$)"
    slashed = rf"/(?P<agency>{lists.agency_pattern})/\.?{_GAP}+"
    return (
        rf"{caps}(?:{_GAP}*\([^()\n]{{2,30}}\))?,?{_GAP}+{day},?{_GAP}*{agency}{dash}",
        rf"{caps},?{_GAP}+{agency}{dash}",
        rf"{caps}(?:{_GAP}*\([^()\n]{{2,30}}\))?,?{_GAP}+{day}{dash}",
        rf"{mixed}(?:{_GAP}*\([^()\n]{{2,30}}\))?,{_GAP}+(?:le{_GAP}+)?{day},?{_GAP}*{agency}{dash}",
        rf"{mixed},?{_GAP}+{agency}{dash}",
        rf"{mixed},?{_GAP}+{agency}{_GAP}+(?=[A-ZÀ-Ý«“\"])",
        rf"{caps},?{_GAP}+(?:{day}\.?{_GAP}*)?{slashed}",
        rf"{agency}{dash}{caps}(?:,?{_GAP}+{day})?{dash}",
        rf"{caps}{_GAP}*[–—]{_GAP}+",
        rf"(?P<place>(?!)x)?{agency}{dash}",
    )


# Made when first needed: each holds the names of the months, and few are.
_compiled = cache(re.compile)


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Match a dateline exactly at ``start``."""
    while start < end and text[start].isspace():
        start += 1
    if _DASH.search(text, start, min(end, start + _REACH)) is None:
        return None
    for form in _dateline_forms():
        match = _compiled(form).match(text, start, end)
        if match is not None:
            return _dateline(match)
    return None


def search_dateline(text: str, start: int, end: int) -> int | None:
    """Return where the first sure dateline (place and agency) of a stretch begins."""
    for agency in _agency_dash().finditer(text, start, end):
        low = max(start, agency.start() - _REACH)
        # Nearly always the line begins with it, and no dateline goes over a line end.
        line = max(low, text.rfind("\n", low, agency.start()) + 1)
        if any(_compiled(f).match(text, line, agency.end()) for f in _dateline_forms()[:2]):
            return line
        found = [_compiled(form).search(text, low, agency.end()) for form in _dateline_forms()[:2]]
        starts = [match.start() for match in found if match is not None]
        if starts:
            return min(starts)
    return None


@cache
def _agency_dash() -> re.Pattern[str]:
    return re.compile(rf"\({_GAP}*{press().agency_pattern}[^()\n]{{0,20}}\){_GAP}*[-–—=]+{_GAP}+")


def _dateline(match: re.Match[str]) -> Dateline:
    told = match.groupdict()
    place = Span(*match.span("place")) if told.get("place") else None
    agency = Span(*match.span("agency")) if told.get("agency") else None
    date = Span(*match.span("date")) if told.get("date") else None
    return Dateline(Span(*match.span()), place, agency, date)

"""Who wrote it and who published it, where no "By" says so: names alone, outlets, copyright.

A name alone on a line is an author's only beside the date or with a calling, and only if its first
word is a known first name: two words with capitals may as well be a place. An outlet is taken from
a line that is a known outlet's name or from the copyright notice at the foot of the page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from annotator import resources
from annotator.importers.kit.byline import NAME, Fields, split_names
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.press import press
from annotator.model.span import Span

if TYPE_CHECKING:
    from annotator.importers.kit.furniture import Layout

_CALLED = (
    r"(?:(?i:chief|senior|deputy|staff|special|political|foreign|science|health|business|local"
    r"|grande?|ancienn?e?)\W+)?(?:[\w'’&-]+ ){0,4}?(?i:correspondente?s?|correspondante?s?"
    r"|reporters?|editors?|writers?|columnists?|journalistes?|rédact(?:eur|rice)s?"
    r"|chroniqueu(?:r|se)s?|envoyée?s?)"
)
_LINE = (
    r"(?:(?P<outlet>OUTLETS)[ \u00a0,]+)?(?P<names>NAME(?:(?:, ?| et | and | & )NAME)*)"
    r"(?P<rest>[ \u00a0]*[.,]?"
    r"|,?[ \u00a0]\(?(?:avec|with)[ \u00a0](?:l['’])?(?P<agency>AGENCIES)(?:,[ \u00a0]AGENCIES)*\)?"
    r"|[ \u00a0]in[ \u00a0](?P<place>[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+)?)"
    r"|,[ \u00a0][A-ZÀ-Þ][^.,;:!?\n]{2,50}|[ \u00a0][·•|][ \u00a0][^\n]{4,100}"
    r"|[ \u00a0]\S+@\S+|[ \u00a0,–—|-]+(?P<called>CALLED\b.{0,60}))"
)
_CALLED_LINE = re.compile(rf"{_CALLED}\b.{{0,60}}")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright)[ \u00a0]*(?:©[ \u00a0]*)?"
    r"(?:(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?,?[ \u00a0]+)?"
    r"(?P<name>[A-ZÀ-Þ][^\n.©|,(]{1,50}?)(?:\.(?:fr|com|ch|be|ca|org|net)\b)?"
    r"(?:[ \u00a0]+(?:19|20)\d\d)?[ \u00a0]*"
    r"(?:[.|,(]|[-–—]|$|[Aa]ll [Rr]ights|[Tt]ous droits)"
)
_RIGHTS = re.compile(r"(?:19|20)\d\d|[Rr]ights|droits")
_COMPANY = re.compile(
    r"[ \u00a0](?:S\.?A\.?S?|AG|SE|SRL|GmbH|Inc|Ltd|LLC|Limited|Company|Corporation|Group|Groupe"
    r"|Media Network|Media|Publishing)$"
)
#: So many lines may stand between a name and the date.
_NEAR = 2


@cache
def _line() -> re.Pattern[str]:
    outlets = "|".join(sorted(map(re.escape, press().outlets), key=len, reverse=True))
    form = _LINE.replace("OUTLETS", outlets).replace("AGENCIES", press().agency_pattern)
    return re.compile(form.replace("NAME", NAME).replace("CALLED", _CALLED))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(resources.read_text("lexicons", "shared", "first_names.txt").split())


def read_credits(
    text: str, layout: Layout, headline: Span | None, language: str, fields: Fields
) -> None:
    """Add author, agency, place and outlet to the fields that are not known yet."""
    start = headline.end if headline is not None else layout.head[0]
    if start < layout.head[1] and not {"authors", "agency"} <= fields.values.keys():
        _read_names(text, (start, layout.head[1]), language, fields)
    if "outlet" not in fields.values:
        _read_outlet(text, layout, headline, fields)


def _read_names(text: str, head: tuple[int, int], language: str, fields: Fields) -> None:
    lines = [
        Span(match.start(), match.end())
        for match in re.finditer(r"[^\s\n][^\n]*", text[: head[1]])
        if match.start() >= head[0]
    ]
    dated = [bool(find_dates(text, line.start, line.end, language=language)) for line in lines]
    for at, line in enumerate(lines):
        if len(line) > 120:
            continue
        match = _line().fullmatch(text, line.start, line.end)
        if match is None or not _is_author(text, match, lines, dated, at):
            continue
        _add(text, match, fields)
        return


def _is_author(
    text: str, match: re.Match[str], lines: list[Span], dated: list[bool], at: int
) -> bool:
    names = match["names"]
    if any(names.startswith(outlet) for outlet in press().outlets) or names in press().agencies:
        return False
    if match["agency"] or match["called"] or "@" in match["rest"]:
        return True
    first = re.split(r"[ \u00a0-]", names)[0].lower()
    if first not in _first_names():
        return False
    near = dated[max(0, at - _NEAR) : at + _NEAR + 1]
    behind = lines[at + 1].slice(text).strip() if at + 1 < len(lines) else ""
    return any(near) or _CALLED_LINE.fullmatch(behind) is not None


def _add(text: str, match: re.Match[str], fields: Fields) -> None:
    start, end = match.span("names")
    called = match["called"]
    names = match["names"]
    if called and len(names.split()) > 2 and not text[end : match.start("called")].strip(" \u00a0"):
        # "Daniel Osei Rural affairs correspondent": the last word is of the calling.
        end = start + len(names.rsplit(None, 1)[0])
    found = split_names(text, start, end)
    if found:
        fields.add("authors", "; ".join(name.slice(text) for name in found), "text", *found)
    for field, group in (("agency", "agency"), ("dateline", "place"), ("outlet", "outlet")):
        if match[group]:
            span = Span(*match.span(group))
            value = press().agencies[match[group]] if field == "agency" else match[group]
            fields.add(field, value, "text", span)


def _read_outlet(text: str, layout: Layout, headline: Span | None, fields: Fields) -> None:
    end = headline.start if headline is not None else 0
    at = 0
    for line in text[:end].split("\n"):
        words = line.strip()
        if words in press().outlets:
            start = text.index(words, at)
            fields.add("outlet", words, "text", Span(start, start + len(words)))
            return
        at += len(line) + 1
    for span in layout.mask:
        words = span.slice(text)
        if span.start < layout.body[0] or _RIGHTS.search(words) is None:
            continue
        for match in _COPYRIGHT.finditer(text, span.start, span.end):
            name = _publisher(match["name"])
            if name:
                start = match.start("name")
                fields.add("outlet", name, "text", Span(start, start + len(name)))
                return


def _publisher(name: str) -> str:
    """Return the outlet that a copyright notice names; an agency is none, nor is a person."""
    name = name.strip(" \u00a0")
    known = [outlet for outlet in press().outlets if name.startswith(outlet)]
    if known:
        return max(known, key=len)
    name = _COMPANY.sub("", name)
    if name in press().agencies or re.search(r"\b(?:rights|droits|getty|images)\b", name, re.I):
        return ""
    first = name.split()[0].lower()
    return "" if len(name.split()) < 2 or first in _first_names() else name

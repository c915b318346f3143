"""Who wrote it, for which agency, from where and when: read from the words of an article.

The grammars know French and English newsroom forms and look only where such words stand: in
front of the body, at its first words and in its last lines. What does not fit is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from annotator.importers.kit.datelines import CAP as _CAP
from annotator.importers.kit.datelines import GAP as _GAP
from annotator.importers.kit.datelines import find_dateline
from annotator.importers.kit.dates import FoundDate, find_dates
from annotator.importers.kit.press import press
from annotator.model.article import FieldOrigin
from annotator.model.span import Span

_PARTICLE = r"(?:d[eu]s?|la|le|van|von|der|den|di|da|dos|ben|bin|al|el|y|ter|zu)"
_NO_NAME = (
    r"(?!(?:Updated|Published|Posted|Publié|Modifié|Mis|Le|On|The|AND|ET|BY|PAR|AVEC|WITH)\b)"
)
_NAME_WORD = rf"{_NO_NAME}(?:[dDlLO]['’])?{_CAP}[\w’'.\-]*"
#: A person's name: two to five words with capitals, particles between them.
NAME = rf"{_NAME_WORD}(?:{_GAP}+(?:{_PARTICLE}{_GAP}+)?{_NAME_WORD}){{1,4}}"
_NAMES = rf"{NAME}(?:(?:,{_GAP}?|{_GAP}+(?:et|and|ET|AND|&|avec|with){_GAP}+){NAME})*"
_NAME_RE = re.compile(rf"(?<!\w){NAME}")
_BYLINE = re.compile(
    rf"(?:^|(?<=\S){_GAP}(?=(?:Par|PAR|By|BY){_GAP}{_NAMES}{_GAP}(?:Updated|Published|Publié|Mis)\b))"
    rf"{_GAP}*(?:[Pp]ar|PAR|[Bb]y|BY|[Rr]édigé{_GAP}par|[Pp]ropos{_GAP}recueillis{_GAP}par|"
    rf"[Ww]ritten{_GAP}by|[Rr]eporting{_GAP}by){_GAP}*:?{_GAP}+(?P<names>{_NAMES})",
    re.MULTILINE,
)
_TRANSLATOR = re.compile(
    rf"(?:[Vv]ersion{_GAP}française|[Tt]raduit(?:{_GAP}(?:de{_GAP}l['’]anglais|du{_GAP}\w+))?{_GAP}par|"
    rf"[Tt]raduction|[Tt]ranslated(?:{_GAP}from{_GAP}\w+)?{_GAP}by|[Tt]ranslation{_GAP}by|[Tt]ranslation)"
    rf"{_GAP}*:?{_GAP}*(?:de{_GAP}|par{_GAP}|by{_GAP})?(?P<names>{_NAMES})"
)
_SIGNATURE = re.compile(r"\((?P<inside>[^()\n]{5,400})\)[.\s]*$")
#: A sign-off that stands as a line of its own.
_SIGNED_LINE = re.compile(
    r"(?P<inside>(?:(?:additional )?reporting by|reportage|rédigé par|written by"
    r"|propos recueillis par)[ \u00a0][^()\n]{5,400})",
    re.IGNORECASE,
)
_EDITOR = re.compile(r"\b(?:édité|édition|relu|editing|edited|compiled)\b", re.IGNORECASE)
_REPORTING = re.compile(
    rf"^{_GAP}*(?:(?:additional{_GAP})?reporting|reportage|rédigé|propos{_GAP}recueillis|par|by"
    rf"|écrit|avec|with|writing)"
    rf"(?:{_GAP}(?:by|par|de))?{_GAP}+",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    rf"(?:mis(?:e)?{_GAP}à{_GAP}jour|modifié(?:e)?|actualisé(?:e)?|dernière{_GAP}(?:mise{_GAP}à{_GAP}jour|"
    rf"modification)|(?:last{_GAP})?(?:updated|modified))[^\n\d]{{0,24}}"
    r"(?:\d{1,2}[:h]\d\d[^\n\d]{0,16})?$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    rf"(?:publiée?|posted|published|mis{_GAP}en{_GAP}ligne)(?:{_GAP}(?:le|on))?{_GAP}*:?{_GAP}*$",
    re.IGNORECASE,
)
#: Words of a byline that tell what somebody is, not who.
_CALLING = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|writers?|staff|news|media|press|desk|bureau|service|"
    r"correspondante?s?|rédaction|rédact(?:eur|rice)|journalistes?|envoyée?s?|agence|agency)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"{_GAP}(?:[a-z]+{_GAP}){{0,2}}(?:reporter|correspondent|editor|writer|journalist|columnist)\b"
)
_SIGNATURE_PARTS = re.compile(r"(;|,(?=\s*(?:version|édité|traduit|avec|edit))|\.\s)")
_AUTHOR_LIMIT = 12
#: What an agency in a credit line stands behind.
_BEFORE_CREDIT = "\n \u00a0("
#: What an agency stands behind that sold a picture.
_PICTURE = ("/", "©")


@dataclass(slots=True)
class Fields:
    """Gather what was found: values by field, and for each where its words stand."""

    values: dict[str, str] = field(default_factory=dict[str, str])
    origins: list[FieldOrigin] = field(default_factory=list[FieldOrigin])

    def add(self, name: str, value: str, origin: str, *spans: Span) -> None:
        """Keep a field unless it is known already; the first one found wins."""
        if not value or name in self.values:
            return
        self.values[name] = value
        for span in spans or (None,):
            self.origins.append(FieldOrigin(name, origin, span))

    def point(self, name: str, *spans: Span | None) -> None:
        """Say where the words of a known field stand."""
        kept = [o for o in self.origins if o.field != name]
        origin = next((o.origin for o in self.origins if o.field == name), "text")
        self.origins[:] = [*kept, *(FieldOrigin(name, origin, span) for span in spans)]


def read_fields(
    text: str, *, head: tuple[int, int], body: tuple[int, int], language: str, fields: Fields
) -> None:
    """Add what the words tell to the fields that are not known yet.

    Args:
        text: the canonical text.
        head: the stretch before the body (headline, byline, furniture), may be empty.
        body: the stretch of the article itself.
        language: of the article.
        fields: what is known so far; filled in.
    """
    dateline = find_dateline(text, *body)
    if dateline is not None and dateline.place is not None:
        fields.add("dateline", dateline.place.slice(text), "text", dateline.place)
    if dateline is not None and dateline.agency is not None:
        _add_agency(text, dateline.agency, fields)
    _dates(text, head, language, fields)
    if "dateline" not in fields.values and (placed := _placed().search(text, *head)) is not None:
        place = Span(*placed.span("place" if placed["place"] else "before"))
        fields.add("dateline", place.slice(text), "text", place)
    if dateline is not None and dateline.date is not None:
        # "PARIS, 3 mars 2031 (AFP)" tells the day; without the year it tells no date.
        start = dateline.span.start if dateline.place is None else dateline.place.end
        _dates(text, (start, dateline.date.end), language, fields)
    _credited(text, head, fields)
    _head_agency(text, head, fields)
    _authors(text, head, body, fields)


@cache
def _placed() -> re.Pattern[str]:
    """Return the forms of a line that is only place and day, perhaps with a time or an agency.

    "Norport, le 3 mars 2031", "ROME, 04 March 2031, 10:15", "Paris, France | AFP | 04/03/2031".
    """
    month = rf"(?i:{press().month_pattern})"
    place = rf"(?P<place>{_CAP}[\w’'.-]+(?:{_GAP}+{_CAP}[\w’'.-]+){{0,3}})"
    time = rf"(?:,?{_GAP}+(?:à{_GAP}+|at{_GAP}+)?\d{{1,2}}[:h.]\d\d)?"
    return re.compile(
        rf"^{_GAP}*(?!(?:Par|PAR|By|BY)\b)(?:"
        rf"{place},{_GAP}+(?:[Ll]e{_GAP}+)?\d{{1,2}}(?:er)?{_GAP}+{month}{_GAP}+\d{{4}}{time}"
        rf"|{place.replace('place', 'before')}(?:,[^|\n]{{2,30}})?{_GAP}*\|{_GAP}*"
        rf"{press().agency_pattern}{_GAP}*\|[^\n]{{6,80}}){_GAP}*$",
        re.MULTILINE,
    )


#: "Le Monde avec AFP": what begins so is an outlet, or it is a known one; else it may be a person.
_WITH_AGENCY = (
    rf"^{_GAP}*(?:(?:[Tt]exte{_GAP})?(?:[Pp]ar|[Bb]y){_GAP}?:?{_GAP})?"
    rf"(?P<outlet>KNOWN|(?:L[ae]s?{_GAP}|L[’']|The{_GAP})(?!rédaction){_CAP}[\w’'-]*"
    rf"(?:{_GAP}{_CAP}?[\w’'-]+){{0,3}}?){_GAP}(?:avec|with|and|et){_GAP}(?:l[’'])?"
    rf"(?P<agency>AGENCIES)(?:{_GAP}(?:Suivre|Follow))?{_GAP}*$"
)


@cache
def _with_agency() -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(press().outlets, key=len, reverse=True)))
    form = _WITH_AGENCY.replace("KNOWN", known).replace("AGENCIES", press().agency_pattern)
    return re.compile(form, re.MULTILINE)


def outlet_with_agency(text: str, start: int, end: int) -> tuple[Span, Span] | None:
    """Find the line "Le Monde avec AFP": the outlet and the agency."""
    if not any(text.find(word, start, end) >= 0 for word in ("avec", "with", "and", "et")):
        return None
    for match in _with_agency().finditer(text, start, end):
        return Span(*match.span("outlet")), Span(*match.span("agency"))
    return None


def _credited(text: str, head: tuple[int, int], fields: Fields) -> None:
    found = outlet_with_agency(text, *head)
    if found is not None:
        outlet, agency = found
        fields.add("outlet", outlet.slice(text), "text", outlet)
        _add_agency(text, agency, fields)


def find_kicker(text: str, headline: Span | None, fields: Fields) -> None:
    """Add the rubric that stands as a line of its own right before the headline, if one does.

    Only words that newsrooms use for nothing else are taken ("RÉCIT", "Analysis").
    """
    if headline is None:
        return
    before = text[: headline.start].rstrip()
    start = before.rfind("\n") + 1
    words = before[start:].strip(" \u00a0:|•·-–—")
    at = text.find(words, start) if words else -1
    if at >= 0 and words.casefold() in press().kickers:
        fields.add("kicker", words, "text", Span(at, at + len(words)))


def _add_agency(text: str, span: Span, fields: Fields) -> None:
    agency = press().agencies.get(span.slice(text))
    if agency:
        fields.add("agency", agency, "text", span)


def _dates(text: str, head: tuple[int, int], language: str, fields: Fields) -> None:
    """Take the most precise date of the head as published; after "updated" it is the update."""
    published: list[FoundDate] = []
    for found in find_dates(text, *head, language=language):
        before = text[max(head[0], found.span.start - 40) : found.span.start]
        if _tells_update(before.lower()) and _UPDATED.search(before):
            fields.add("updated", found.value, "text", found.span)
        else:
            published.append(found)
    if published:
        # "Published March 9" outweighs the day that the page was opened on.
        stated = [f for f in published if _is_stated(text, f.span.start)]
        first = stated[0].value[:10] if stated else ""
        best = max((f for f in published if f.value.startswith(first)), key=lambda f: f.precision)
        fields.add("published", best.value, "text", best.span)


def _is_stated(text: str, start: int) -> bool:
    return _PUBLISHED.search(text[max(0, start - 24) : start]) is not None


def _tells_update(words: str) -> bool:
    return "jour" in words or "modif" in words or "actualis" in words or "updat" in words


def _head_agency(text: str, head: tuple[int, int], fields: Fields) -> None:
    """Find the agency in a credit line: a short line, or the end of one, beside a date."""
    match = _credit().search(text, *head)
    while match is not None:
        start = match.start()
        before = text[head[0] : start].rstrip()[-1:]
        is_near = start == 0 or text[start - 1] in _BEFORE_CREDIT
        # "AA" alone is the size of the letters.
        is_near = is_near and match.group() != "AA"
        if before not in _PICTURE and is_near and not _is_picture(text, match, head):
            _add_agency(text, Span(*match.span()), fields)
            return
        match = _credit().search(text, start + 1, head[1])


def _is_picture(text: str, agency: re.Match[str], head: tuple[int, int]) -> bool:
    """Say whether a line that is only "PA Media" is of a picture: it stands below a calling."""
    above = text[head[0] : agency.start()].rstrip(" \u00a0")
    behind = text[agency.end() : head[1]].lstrip(" \u00a0")
    if not above.endswith("\n") or not behind.startswith("\n"):
        return False
    lines = [line for line in above.split("\n") if line.strip()]
    return bool(lines) and _CALLING.search(lines[-1]) is not None


@cache
def _credit() -> re.Pattern[str]:
    # The name comes first: so the search goes from one possible first letter to the next.
    return re.compile(
        rf"{press().agency_pattern}(?=\)?{_GAP}*(?:[•·|,/–-]|publié|le\b|$|{_GAP}\d))",
        re.MULTILINE,
    )


def _authors(text: str, head: tuple[int, int], body: tuple[int, int], fields: Fields) -> None:
    tail = max(body[0], body[1] - 800)
    signature = _signature(text, tail, body[1])
    before = text[slice(*head)].lower()
    for region in ((tail, body[1]), head):
        match = _TRANSLATOR.search(text, *region) if _tells_translator(text, *region) else None
        if match is not None:
            found = Span(*match.span("names"))
            fields.add("translator", found.slice(text), "text", found)
    names: list[Span] = []
    byline = _BYLINE.search(text, *head) if "par" in before or "by" in before else None
    byline = byline or _BYLINE.match(text, *body)
    if byline is not None:
        names = split_names(text, *byline.span("names"))
        _byline_agency(text, byline, fields)
    if signature is not None:
        known = {name.slice(text) for name in names}
        names += [s for s in _signed(text, signature) if s.slice(text) not in known]
    if names:
        value = "; ".join(name.slice(text) for name in names[:_AUTHOR_LIMIT])
        fields.add("authors", value, "text", *names[:_AUTHOR_LIMIT])


def _tells_translator(text: str, start: int, end: int) -> bool:
    """Say whether a search for a translator is worth its while; only first letters may be large."""
    return (
        text.find("radui", start, end) >= 0
        or text.find("raductio", start, end) >= 0
        or text.find("ranslat", start, end) >= 0
        or text.find("ersion fran", start, end) >= 0
    )


def _signature(text: str, start: int, end: int) -> Span | None:
    """Return what stands inside the parentheses that close a dispatch."""
    while end > start and text[end - 1].isspace():
        end -= 1
    match = _SIGNATURE.search(text, start, end)
    if match is None:
        match = _SIGNED_LINE.fullmatch(text, max(start, text.rfind("\n", start, end) + 1), end)
    return None if match is None else Span(*match.span("inside"))


def _signed(text: str, inside: Span) -> list[Span]:
    """Return the reporters named in a signature; editors and translators are not among them."""
    found: list[Span] = []
    at = inside.start
    for part in _SIGNATURE_PARTS.split(inside.slice(text)):
        start, end = at, at + len(part)
        at = end
        if _EDITOR.search(part) or _TRANSLATOR.search(part):
            continue
        lead = _REPORTING.match(part)
        rest = part[lead.end() :] if lead else part
        base = start + (lead.end() if lead else 0)
        if lead or re.fullmatch(rf"\s*{_NAMES}\s*", rest):
            found += split_names(text, base, end)
    return found


def _byline_agency(text: str, byline: re.Match[str], fields: Fields) -> None:
    """Find the agency in a byline: "By JANE DOE Associated Press", "Jane Doe, PA Correspondent"."""
    end = text.find("\n", byline.end())
    line = Span(byline.start("names"), len(text) if end < 0 else end)
    for match in _agency_word().finditer(text, line.start, min(line.end, line.start + 160)):
        before = text[line.start : match.start()].rstrip()
        behind = text[match.end() : line.end].strip()
        if before and (not behind or _CALLING.search(behind)):
            _add_agency(text, Span(*match.span()), fields)
            return


@cache
def _agency_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){press().agency_pattern}(?!\w)")


def split_names(text: str, start: int, end: int) -> list[Span]:
    """Return the single names of a list of names; "à Paris" or "in Paris" is no name."""
    found: list[Span] = []
    for match in _NAME_RE.finditer(text, start, end):
        before = text[max(start, match.start() - 5) : match.start()].split()
        if before and before[-1].lower() in ("à", "a", "in", "at", "en"):
            continue
        span = _without_agency(text, _without_calling(text, match))
        if span is not None and not _CALLING.search(span.slice(text)):
            found.append(span)
    return found


def _without_calling(text: str, name: re.Match[str]) -> Span:
    """Cut off the stop of a line, and the "Senior" of "Jane Doe Senior reporter"."""
    start, end = name.span()
    if len(name.group().split()) > 2:
        if _CALLED.match(text, end):
            end = start + len(name.group().rsplit(None, 1)[0])
        elif text[end - 1] == "." and text[end : end + 1] in ("\n", "") and text[end - 3].isalpha():
            end -= 1
    return Span(start, end)


def _without_agency(text: str, name: Span) -> Span | None:
    """Cut the agency off a name ("JANE DOE Associated Press"); ``None`` if nothing is left."""
    for match in _agency_word().finditer(text, name.start, name.end):
        end = match.start()
        while end > name.start and not text[end - 1].isalnum():
            end -= 1
        return Span(name.start, end) if end > name.start else None
    return name

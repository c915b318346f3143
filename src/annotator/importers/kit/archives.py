"""Articles cut out of a press archive's export: roles of lines, and what they become."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.pagemeta import add_authors
from annotator.importers.kit.press import press
from annotator.importers.kit.writer import LineWriter
from annotator.model.errors import UserError
from annotator.model.span import Span, normalise

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText
    from annotator.importers.kit.sourcelines import SourceLines


class Role(StrEnum):
    """What a line of an export is."""

    HEADLINE = "headline"
    BYLINE = "authors"
    SOURCE = "outlet"
    DATE = "published"
    SECTION = "section"
    DATELINE = "dateline"
    TIME = "time"
    URL = "url"
    BODY = "body"
    OTHER = "other"


@dataclass(slots=True)
class Cutting:
    """Gather the lines of one article with their roles.

    ``value`` overrides what a line says ("Length: 300 words" has no value of its own).
    """

    lines: list[tuple[str, Role, str]] = field(default_factory=list[tuple[str, Role, str]])

    def add(self, words: str, role: Role, value: str | None = None) -> None:
        """Add a line; ``value`` is the part of it that the field gets."""
        if words.strip():
            self.lines.append(
                (words.strip(), role, words.strip() if value is None else value.strip())
            )

    def has(self, role: Role) -> bool:
        """Say whether there is a line of this role."""
        return any(r is role for _, r, _ in self.lines)


#: Languages as archives spell them.
LANGUAGES = {
    "english": "en", "anglais": "en", "french": "fr", "français": "fr", "francais": "fr",
    "german": "de", "allemand": "de", "spanish": "es", "espagnol": "es", "italian": "it",
    "italien": "it", "dutch": "nl", "portuguese": "pt",
}  # fmt: skip


def cut_article(
    cutting: Cutting,
    source: SourceLines,
    name: str,
    media_type: str,
    *,
    language: str = "",
    warnings: tuple[str, ...] = (),
) -> ImportedText | None:
    """Make an article of a cutting; ``None`` if it has no body."""
    if not cutting.has(Role.BODY):
        return None
    writer = LineWriter()
    fields = Fields()
    time = next((v for _, r, v in cutting.lines if r is Role.TIME), "")
    for words, role, value in cutting.lines:
        kept = role in (Role.BODY, Role.HEADLINE)
        span = writer.line(words, heading=1 if role is Role.HEADLINE else 0, masked=not kept)
        if span is not None:
            _field(fields, words, role, value, span, language, time)
    draft = Draft(
        writer.text(),
        name,
        media_type,
        charset=source.charset,
        charset_origin=source.charset_origin,
        replaced=writer.replaced,
        mask=normalise(writer.mask),
        headings=tuple(writer.headings),
        fields=fields,
        language=language,
        warnings=[*source.warnings, *warnings],
        lines=False,
    )
    try:
        return finish(draft)
    except UserError:
        return None


#: "Jane Doe, Staff Writer": what somebody is stands behind the name.
_CALLING = re.compile(
    r"[,;] ?(?:[\w’'-]+ ){0,3}(?:writers?|reporters?|correspondents?|editors?|staff|columnists?"
    r"|journalistes?|rédact(?:eur|rice)s?|correspondante?s?|envoyée?s? spéciale?s?)\b.*$",
    re.IGNORECASE,
)
_TURNED = re.compile(r"(?P<last>[A-ZÀ-Þ][\w’'-]+), (?P<first>[A-ZÀ-Þ][\w’'. -]+)")


def _people(value: str) -> str:
    """Return the names of a byline; "Doe, Jane" is one name."""
    names = _CALLING.sub("", value).strip()
    turned = _TURNED.fullmatch(names)
    if turned is not None and len(turned["first"].split()) < 3:
        return f"{turned['first']} {turned['last']}"
    return names


def _field(
    fields: Fields, words: str, role: Role, value: str, span: Span, language: str, time: str
) -> None:
    """Keep what a line says, with the place of its words."""
    at = words.find(value)
    place = Span(span.start + at, span.start + at + len(value)) if value and at >= 0 else span
    if role is Role.DATE:
        found = find_dates(value, 0, len(value), language=language)
        if found:
            best = max(found, key=lambda f: f.precision)
            moment = best.value
            if best.precision == 10 and time:
                moment = f"{moment}T{time}"
            # A value that the line does not have in these letters is shown by the whole line.
            stated = best.span.shifted(place.start) if at >= 0 else span
            fields.add("published", moment, "markup", stated)
    elif role is Role.BYLINE:
        before = set(fields.values)
        add_authors([_people(value)], "markup", fields)
        for name in set(fields.values) - before:
            fields.point(name, place)
    elif role is Role.SOURCE:
        agency = press().agencies.get(value)
        fields.add("agency" if agency else "outlet", agency or value, "markup", place)
    elif role in (Role.HEADLINE, Role.SECTION, Role.DATELINE, Role.URL):
        fields.add(role.value, value, "markup", place)

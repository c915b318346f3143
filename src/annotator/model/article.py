"""One imported article and its immutable text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.frozen import Frozen
from annotator.model.span import Span, Spans


class DatePrecision(StrEnum):
    """How much of a date is known: a month is not its first day."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FuzzyDate(Frozen):
    """Hold a date as far as it is known.

    ``value`` is ISO 8601 cut to the precision ("2031", "2031-03", "2031-03-14",
    "2031-03-14T07:42" with an offset such as "+01:00" only where the zone is known).
    """

    value: str
    precision: DatePrecision


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FieldOrigin(Frozen):
    """Say where a metadata field came from, so that it can be shown and trusted or not.

    ``origin`` is one of ``markup``, ``json-ld``, ``text``, ``file``, ``person``, ``model``.
    """

    field: str
    origin: str
    span: Span | None = None


class StoryKind(StrEnum):
    """What a person decided about two articles that look alike."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Related(Frozen):
    """Say of another article whether it tells the same story; a person decided it.

    A new version of a story is not kept here but as ``Article.previous_id``.
    """

    article_id: str
    kind: StoryKind


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArticleText(Frozen):
    """Hold the canonical text and what it was decoded from. Immutable; found by its digest.

    ``digest`` and ``original_digest`` are hex SHA-256 of the UTF-8 canonical text and of the
    original bytes. ``replaced`` counts characters that had to become U+FFFD.
    """

    digest: str
    text: str
    original_digest: str
    charset: str
    charset_origin: str = "unknown"
    replaced: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Article(Frozen):
    """Describe one article; its words live in the ``ArticleText`` of ``text_digest``.

    ``mask`` holds the page furniture (never deleted, out of all counts). ``headings`` are spans
    that the importer knows to be headings. ``previous_id`` links a new version of the same story.
    ``pages`` are the places where the pages of the file begin, with what each calls itself;
    ``joins`` the places where a word was divided at a line end: putting a hyphen and a line end
    there gives the printed form. ``related`` is kept on one of the two articles only.
    """

    id: str
    text_digest: str
    length: int
    headline: str = ""
    language: str = "und"
    outlet: str = ""
    agency: str = ""
    authors: tuple[str, ...] = ()
    translator: str = ""
    dateline: str = ""
    section: str = ""
    url: str = ""
    published: FuzzyDate | None = None
    updated: FuzzyDate | None = None
    word_count: int = 0
    mask: Spans = ()
    headings: Spans = ()
    headline_span: Span | None = None
    origins: tuple[FieldOrigin, ...] = ()
    file_name: str = ""
    media_type: str = "text/plain"
    imported_at: str = ""
    reviewed: bool = False
    previous_id: str | None = None
    warnings: tuple[str, ...] = field(default=())
    kicker: str = ""
    pages: tuple[tuple[int, str], ...] = ()
    joins: tuple[int, ...] = ()
    related: tuple[Related, ...] = ()

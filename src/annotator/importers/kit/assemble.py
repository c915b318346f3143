"""The last steps that all text without page markup shares: language, furniture, byline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.importers.base import ImportedText
from annotator.importers.kit.byline import Fields, find_kicker, read_fields
from annotator.importers.kit.credits import read_credits
from annotator.importers.kit.furniture import Layout, find_layout
from annotator.importers.kit.language import guess_language, is_mixed
from annotator.model.article import FieldOrigin
from annotator.model.errors import UserError
from annotator.model.span import Span, Spans, normalise
from annotator.text.canonical import Canonical, canonicalise
from annotator.text.segments import paragraphs

if TYPE_CHECKING:
    from annotator.importers.kit.charset import Decoded


@dataclass(slots=True)
class Draft:
    """Hold what an importer knows of one article before the last steps.

    ``text`` need not be canonical unless there are spans; ``canonical`` says that it is. ``mask``
    is furniture that the importer itself recognised (running heads). ``lines`` says whether the
    rules for furniture in plain text apply as well. ``language`` is what the markup states; the
    text's own words come first.
    """

    text: str
    name: str
    media_type: str
    charset: str = "utf-8"
    charset_origin: str = "declared"
    replaced: int = 0
    mask: Spans = ()
    headings: tuple[tuple[int, Span], ...] = ()
    fields: Fields = field(default_factory=Fields)
    language: str = ""
    warnings: list[str] = field(default_factory=list[str])
    pages: tuple[tuple[int, str], ...] = ()
    lines: bool = True
    canonical: bool = False
    original: bytes | None = None
    joins: tuple[int, ...] = ()


def finish(draft: Draft) -> ImportedText:
    """Make the article.

    Raises:
        UserError: ``import-empty`` if there is nothing but white space.
    """
    canonical = Canonical(draft.text, 0) if draft.canonical else canonicalise(draft.text)
    text = canonical.text
    if not text.strip():
        raise UserError("import-empty", name=draft.name)
    language = guess_language(text)
    said = "text" if language != "und" else "markup"
    if language == "und":
        language = draft.language or "und"
    layout = _layout(draft, text, language)
    fields = draft.fields
    is_stated = bool(fields.values)
    headline, span = _headline(draft, text, layout)
    find_kicker(text, span, fields)
    # Who took a picture, and when, is not who wrote the article.
    words = _without(text, layout.captions, layout.head[1])
    read_fields(words, head=layout.head, body=layout.body, language=language, fields=fields)
    if draft.lines:
        read_credits(words, layout, span, language, fields)
    if is_stated:
        _point(text, fields, layout)
    replaced = draft.replaced + canonical.replaced
    warnings = list(draft.warnings)
    if replaced:
        warnings.append("replaced-characters")
    if is_mixed(text, language):
        warnings.append("mixed-languages")
    if language != "und":
        fields.origins.append(FieldOrigin("language", said))
    return ImportedText(
        text,
        draft.charset,
        draft.charset_origin,
        replaced,
        mask=normalise((*draft.mask, *layout.mask)) if draft.mask else layout.mask,
        headings=tuple(sorted({s for _, s in draft.headings})) if draft.headings else (),
        language=language,
        headline=headline,
        headline_span=span,
        metadata=fields.values,
        origins=tuple(fields.origins),
        warnings=tuple(dict.fromkeys(warnings)) if warnings else (),
        media_type=draft.media_type,
        name=draft.name,
        pages=tuple([page for page in draft.pages if page[0] < len(text)]),
        original=draft.original,
        joins=draft.joins,
    )


def from_decoded(decoded: Decoded, name: str, media_type: str = "text/plain") -> ImportedText:
    """Make an article of a decoded text that has no markup.

    Raises:
        UserError: ``import-empty`` if there is nothing but white space.
    """
    return finish(
        Draft(
            decoded.text,
            name,
            media_type,
            charset=decoded.charset,
            charset_origin=decoded.origin,
            replaced=decoded.replaced,
            canonical=True,
        )
    )


def _without(text: str, captions: Spans, end: int) -> str:
    """Return the text with spaces for the captions in front of the body."""
    for span in captions:
        if span.start < end:
            text = f"{text[: span.start]}{' ' * len(span)}{text[span.end :]}"
    return text


def _layout(draft: Draft, text: str, language: str) -> Layout:
    if draft.lines:
        return find_layout(text, language=language)
    # What the markup calls a heading, or the importer masked, stands over the body.
    over = {span.start for span in (*draft.mask, *(span for _, span in draft.headings))}
    start = next((line.start for line in paragraphs(text) if line.start not in over), 0)
    return Layout((), None, (0, start), (start, len(text)))


def _headline(draft: Draft, text: str, layout: Layout) -> tuple[str, Span | None]:
    """Choose the headline: what the markup states, the first top heading, the layout's."""
    fields = draft.fields
    stated = fields.values.pop("headline", "")
    if stated:
        at = text.find(stated)
        span = Span(at, at + len(stated)) if at >= 0 else None
        fields.point("headline", span)
        return stated, span
    early = [s for level, s in draft.headings if level <= 1 and s.start <= layout.body[0] + 200]
    span = early[0] if early else layout.headline
    if span is None:
        return "", None
    words = " ".join(span.slice(text).split())
    fields.add("headline", words, "markup" if early else "text", span)
    fields.values.pop("headline", None)
    return words, span


def _point(text: str, fields: Fields, layout: Layout) -> None:
    """Find the words that say what the markup said, so that they can be shown."""
    for name in ("kicker", "authors", "agency", "dateline", "translator"):
        value = fields.values.get(name, "")
        if value and all(o.span is None for o in fields.origins if o.field == name):
            spans = [
                Span(at, at + len(part))
                for part in value.split("; ")
                if (at := text.find(part, 0, layout.body[1])) >= 0
            ]
            if spans:
                fields.point(name, *spans)

"""One HTML page read whole: its text, its article, what it says about itself."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.importers.kit.byline import Fields, find_kicker, read_fields
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.furniture import find_layout
from annotator.importers.kit.furniturelines import is_furniture, is_section
from annotator.importers.kit.language import guess_language, is_mixed
from annotator.importers.kit.markup import Page, page_of, parse_html, without_tags
from annotator.importers.kit.pagemeta import (
    SITE_SEPARATORS,
    clean,
    language_tag,
    read_page_metadata,
    shown_part,
    stated_body,
)
from annotator.importers.kit.selection import complement, select
from annotator.importers.kit.unseen import cut
from annotator.model.article import FieldOrigin
from annotator.model.span import Span, Spans, normalise
from annotator.text.canonical import canonicalise
from annotator.text.segments import paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

#: A headline in the page is looked for this far in front of the article.
_HEAD_REACH = 1_500
#: An article that a page states for machines is one from so many characters on.
_WHOLE = 400
#: So much of a line is looked for in what the page shows.
_LINE = 40


@dataclass(slots=True)
class PageArticle:
    """Hold what one page gave."""

    text: str
    mask: Spans = ()
    headings: Spans = ()
    language: str = "und"
    headline: str = ""
    headline_span: Span | None = None
    metadata: dict[str, str] = field(default_factory=dict[str, str])
    origins: tuple[FieldOrigin, ...] = ()
    warnings: tuple[str, ...] = ()


def read_page(html: str) -> PageArticle | None:
    """Read a decoded page; ``None`` if there is nothing in it."""
    root, whole = parse_html(html)
    if root is None:
        return None
    fields = read_page_metadata(root)
    stated = stated_body(root)
    title = _title(root)
    page = page_of(root) if whole else Page(without_tags(html))
    page.text = canonicalise(page.text).text
    if not page.text.strip():
        return PageArticle("")
    tree, _whole = parse_html(html) if whole else (None, False)
    kept = select(tree, page) if tree is not None else ()
    warnings = [] if whole else ["markup-given-up"]
    if _is_missing(stated, page.text, kept):
        kept = _append(stated, page)
        warnings.append("body-from-json-ld")
    if page.unseen or page.styled:
        kept, warned = _hide(page, kept)
        warnings += warned
    if page.remote:
        warnings.append("remote-content")
    return _assemble(page, kept, fields, title, warnings)


def _is_missing(stated: str, text: str, kept: Spans) -> bool:
    """Say whether the article is only in what the page states for machines.

    Some pages are filled by scripts when they are shown; saved, they hold no more than a menu.
    """
    if len(stated) < _WHOLE or len(stated) < 3 * sum(map(len, kept)):
        return False
    lines = [line for line in stated.split("\n") if len(line) >= _LINE] or [stated]
    shown = "".join(text.split())
    return not any("".join(line.split())[:_LINE] in shown for line in lines[-2:])


def _append(stated: str, page: Page) -> Spans:
    """Write what the page states behind what it shows; return where it stands."""
    words = canonicalise(stated).text
    start = len(page.text) + 1
    page.text = f"{page.text}\n{words}"
    return (Span(start, start + len(words)),)


def _hide(page: Page, kept: Spans) -> tuple[Spans, list[str]]:
    """Take unseen text out of the article, unless that would leave hardly anything of it."""
    seen = cut(kept, normalise(page.unseen))
    before, after = sum(map(len, kept)), sum(map(len, seen))
    enough = after * 3 >= before
    said: list[str] = []
    if any(page.text[s.start : s.end].strip() for s in page.unseen):
        said.append("hidden-text" if enough else "hidden-kept")
    seen = seen if enough else kept
    # Every page has menus that a sheet hides: only what is taken out of the article is news.
    shown = cut(seen, page.styled)
    if shown != seen:
        if page.believed(seen):
            return shown, said or ["hidden-text"]
        return seen, ["hidden-kept"]
    return seen, said


def _assemble(
    page: Page, kept: Spans, fields: Fields, title: str, warnings: list[str]
) -> PageArticle:
    text = page.text
    language = guess_language("\n".join(s.slice(text) for s in kept) or text)
    said = "text"
    if language == "und":
        language = language_tag(fields.values.get("language", "")) or "und"
        said = next((o.origin for o in fields.origins if o.field == "language"), "markup")
    fields.values.pop("language", None)
    if kept:
        kept = _without_furniture(page, kept)
        mask = complement(text, kept)
        body = (kept[0].start, kept[-1].end) if kept else (0, len(text))
        plain_headline = None
    else:
        layout = find_layout(text, language=language)
        mask, body, plain_headline = layout.mask, layout.body, layout.headline
        mask = _mask_unseen(page, mask)
        warnings.append("nothing-selected")
    headline, span = _headline(page, fields, title, body[0])
    if not headline and plain_headline is not None:
        headline, span = plain_headline.slice(text), plain_headline
        fields.add("headline", headline, "text", plain_headline)
    find_kicker(text, span, fields)
    if span is not None:
        # trafilatura often keeps the headline; the byline then stands between it and the body.
        first = next((s.start for s in kept if s.start >= span.end), body[0])
        body = (max(first, body[0]), max(first, body[1]))
    start = span.start if span is not None else max(0, body[0] - _HEAD_REACH)
    head = (min(start, body[0]), body[0])
    read_fields(text, head=head, body=body, language=language, fields=fields)
    _locate(text, fields, head, body, language)
    if is_mixed("\n".join(s.slice(text) for s in kept), language):
        warnings.append("mixed-languages")
    fields.values.pop("headline", None)
    origins = tuple(o for o in fields.origins if o.field != "language")
    if language != "und":
        origins = (*origins, FieldOrigin("language", said))
    return PageArticle(
        text,
        mask,
        normalise(s for _, s in page.headings),
        language,
        headline,
        span,
        fields.values,
        origins,
        tuple(warnings),
    )


def _mask_unseen(page: Page, mask: Spans) -> Spans:
    """Grey what is not shown of a page of which nothing was chosen, unless little would be left."""
    whole = (Span(0, len(page.text)),)
    hidden = normalise((*mask, *page.hidden()))
    shown = sum(map(len, cut(whole, mask)))
    return hidden if sum(map(len, cut(whole, hidden))) * 3 >= shown else mask


def _without_furniture(page: Page, kept: Spans) -> Spans:
    """Take lines out of the selection that are furniture by the rules for text.

    What the markup calls a heading is taken out only if it heads a list of links: "Corrections"
    may well be the heading of a chapter.
    """
    headings = {span.start for _level, span in page.headings}
    ends = [span.end for span in kept]
    dropped: list[Span] = []
    for line in paragraphs(page.text):
        if len(line) >= 200:
            continue
        at = bisect_left(ends, line.end)
        if at == len(kept) or kept[at].start > line.start:
            continue
        heading = line.start in headings
        if is_section(page.text, line) if heading else is_furniture(page.text, line):
            dropped.append(line)
    return _without(kept, dropped) or kept


def _without(kept: Spans, dropped: list[Span]) -> Spans:
    """Take lines out of spans that hold them whole; both are in text order."""
    out: list[Span] = []
    lines = iter(dropped)
    line = next(lines, None)
    for span in kept:
        start = span.start
        while line is not None and line.end <= span.end:
            if start < line.start:
                out.append(Span(start, line.start))
            start = line.end
            line = next(lines, None)
        if start < span.end:
            out.append(Span(start, span.end))
    return tuple(out)


def _title(root: _Element) -> str:
    for element in root.iter("title"):
        return clean("".join(map(str, element.itertext())))
    return ""


def _headline(page: Page, fields: Fields, title: str, body: int) -> tuple[str, Span | None]:
    """Choose the headline, and find it in the page.

    The heading in the page wins when the markup's headline says the same; the markup's own form is
    often cut or dressed up for search engines.
    """
    stated = fields.values.get("headline", "")
    tops = [span for level, span in page.headings if level == 1]
    for span in tops:
        if stated and _same(span.slice(page.text), stated):
            return _keep_headline(page.text, span, fields)
    if stated:
        place = _find_words(page.text, stated, body)
        value = _without_site(stated, fields.values.get("outlet", ""))
        if place is None and value != stated:
            place = _find_words(page.text, value, body)
        if place is not None:
            fields.origins[:] = [
                replace(o, span=place) if o.field == "headline" else o for o in fields.origins
            ]
        return value, place
    near = [span for span in tops if span.start <= body + 400] or [
        span for _, span in page.headings if body - _HEAD_REACH <= span.start <= body + 200
    ]
    if near:
        return _keep_headline(page.text, near[-1] if len(near) == 1 else near[0], fields)
    value = _without_site(title, fields.values.get("outlet", ""))
    if value == title and not fields.values.get("outlet", ""):
        value = shown_part(title, page.text) or value
    if value:
        fields.add("headline", value, "markup")
    return value, _find_words(page.text, value, body) if value else None


def _keep_headline(text: str, span: Span, fields: Fields) -> tuple[str, Span]:
    value = " ".join(span.slice(text).split())
    origin = next((o.origin for o in fields.origins if o.field == "headline"), "markup")
    fields.origins[:] = [o for o in fields.origins if o.field != "headline"]
    fields.values.pop("headline", None)
    fields.add("headline", value, origin, span)
    return value, span


def _same(one: str, other: str) -> bool:
    """Say whether two headlines are the same words, one perhaps cut short."""
    short, long = sorted((_letters(one), _letters(other)), key=len)
    if len(short) < 20:
        return bool(short) and short == long
    return long.startswith(short[:60])


def _letters(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())


def _without_site(headline: str, outlet: str) -> str:
    """Cut " - Le Journal" off a title, if that is the outlet's name or plainly a site's."""
    for separator in SITE_SEPARATORS:
        front, found, back = headline.rpartition(separator)
        if found and outlet and back.strip().casefold() == outlet.casefold():
            return front.strip()
    return headline


def _find_words(text: str, words: str, near: int) -> Span | None:
    """Find a phrase whatever its white space, the place nearest in front of the article."""
    import re

    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found = [Span(*match.span()) for match in pattern.finditer(text)]
    return min(found, key=lambda s: abs(s.start - near), default=None)


def _locate(
    text: str, fields: Fields, head: tuple[int, int], body: tuple[int, int], language: str
) -> None:
    """Find the words in the page that say what the markup said, to show where it stands."""
    located: list[FieldOrigin] = []
    low, high = max(0, head[0] - 300), min(len(text), body[1])
    for origin in fields.origins:
        value = fields.values.get(origin.field, "")
        if origin.span is not None or origin.field in ("url", "headline", "language"):
            located.append(origin)
        elif origin.field in ("published", "updated"):
            dates = find_dates(text, low, max(head[1], low), language=language)
            same = [d.span for d in dates if d.value[:10] == value[:10]]
            located.append(replace(origin, span=same[0] if same else None))
        else:
            names = value.split("; ") if origin.field == "authors" else [value]
            spans = [
                Span(at, at + len(name))
                for name in names
                if (at := text.find(name, low, high)) >= 0
            ]
            located += [replace(origin, span=span) for span in spans] or [origin]
    fields.origins[:] = located

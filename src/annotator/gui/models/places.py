"""Name places in a text as a reader sees them: the numbers in the margin."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from annotator.model.span import covered, normalise

if TYPE_CHECKING:
    from annotator.app.session import Session
    from annotator.model.article import Article
    from annotator.model.span import Span, Spans


class _Kept:
    """Keep the numbers of the article asked about last: every row asks."""

    key: object = None
    starts: list[int] = []  # noqa: RUF012 - replaced, never changed
    numbers: list[int] = []  # noqa: RUF012


def paragraph_number(session: Session, article: Article, span: Span) -> int:
    """Return the number of the paragraph that a span begins in, as the margin shows it.

    Headings and page furniture have no number; there it is that of the paragraph before (0: none).
    """
    key = (id(session), article.id, article.text_digest, article.mask, article.headings)
    if _Kept.key != key:
        paragraphs = session.segments(article.id).paragraphs
        _Kept.key = key
        _Kept.starts = [paragraph.start for paragraph in paragraphs]
        _Kept.numbers = list(accumulate(_body(paragraphs, article)))
    at = bisect_right(_Kept.starts, span.start) - 1
    return _Kept.numbers[at] if at >= 0 else 0


def _body(paragraphs: list[Span], article: Article) -> list[int]:
    """Return 1 for each paragraph of the article itself, 0 for furniture and headings."""
    mask = normalise(article.mask)
    headings = article.headings
    if article.headline_span is not None:
        headings = (*headings, article.headline_span)
    counted = [1] * len(paragraphs)
    for spans, is_whole in ((mask, True), (normalise(headings), False)):
        for at in _touched(paragraphs, spans):
            reach = covered(spans, paragraphs[at])
            if reach == len(paragraphs[at]) or (not is_whole and reach > 0):
                counted[at] = 0
    return counted


def _touched(paragraphs: list[Span], spans: Spans) -> set[int]:
    starts = [paragraph.start for paragraph in paragraphs]
    found: set[int] = set()
    for span in spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        last = bisect_right(starts, span.end - 1)
        found.update(range(first, min(last, len(paragraphs))))
    return found


def place(session: Session, article: Article, span: Span) -> str:
    """Return the place of a span as a reader names it ("¶ 3"), or "" above the first paragraph."""
    number = paragraph_number(session, article, span)
    return f"¶\u00a0{number}" if number else ""

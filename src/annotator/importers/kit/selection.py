"""Which parts of a page are its article: trafilatura's selection, found again in our own text.

trafilatura rewrites the tree it works on, so its words are aligned with the page's text without
regard to white space, block by block and in order.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from annotator.model.span import Span, Spans, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.kit.markup import Page

_BLOCKS = frozenset(
    ("p", "head", "item", "cell", "quote", "code", "ab", "list", "row", "table", "lb")
)
_SPACE = re.compile(r"\s+")
#: A shorter piece is only believed where a block begins.
_SHORT = 30
_KEY = 20
#: How far ahead of the last match the next piece is looked for, in characters without spaces.
_AHEAD = 40_000


def select(tree: _Element, page: Page) -> Spans:
    """Return the spans of the page's text that belong to the article, empty if none was found.

    Args:
        tree: the parsed page; it is given up to trafilatura, which changes it.
        page: the same page's text.
    """
    body = _extract(tree)
    if body is None:
        return ()
    return _align(_pieces(body), page)


def _extract(tree: _Element) -> _Element | None:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree,  # pyright: ignore[reportArgumentType] - any lxml tree does
            favor_precision=True,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        # A tree it cannot digest: the page's text is read all the same, by the rules for text.
        return None
    body = getattr(found, "body", None)
    return body if body is not None and len(body) else None


def _pieces(body: _Element) -> list[str]:
    """Return the text of the blocks of the selection, in order, without white space."""
    pieces: list[str] = [""]
    stack: list[tuple[_Element, bool]] = [(body, False)]
    while stack:
        element, closing = stack.pop()
        block = element.tag in _BLOCKS
        if closing:
            if block:
                pieces.append("")
            pieces[-1] += element.tail or ""
            continue
        if block:
            pieces.append("")
        pieces[-1] += element.text or ""
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    squeezed = (_SPACE.sub("", piece) for piece in pieces)
    return [piece for piece in squeezed if piece]


class _Squeezed:
    """Hold the page's text without white space, and where each character stands."""

    def __init__(self, page: Page) -> None:
        places = [at for at, char in enumerate(page.text) if not char.isspace()]
        self.text = "".join(page.text[at] for at in places)
        self.places = places
        starts = page.starts
        self.starts = [i for i, at in enumerate(places) if at in starts]
        self.start_set = frozenset(self.starts)

    def span(self, start: int, end: int) -> Span:
        return Span(self.places[start], self.places[end - 1] + 1)


def _align(pieces: list[str], page: Page) -> Spans:
    squeezed = _Squeezed(page)
    found: list[Span] = []
    cursor = 0
    for piece in pieces:
        at = _find(squeezed, piece, cursor)
        if at < 0:
            cursor = _align_parts(squeezed, piece, cursor, found)
            continue
        found.append(squeezed.span(at, at + len(piece)))
        if at >= cursor:
            cursor = at + len(piece)
    return _join(page.text, normalise(found))


def _find(squeezed: _Squeezed, piece: str, cursor: int) -> int:
    """Find a piece, from the cursor on first; a short one only where a block begins."""
    if len(piece) >= _SHORT:
        at = squeezed.text.find(piece, cursor)
        return at if at >= 0 else squeezed.text.find(piece)
    for start in (cursor, 0):
        at = squeezed.text.find(piece, start)
        while at >= 0:
            if at in squeezed.start_set or at == cursor:
                return at
            at = squeezed.text.find(piece, at + 1)
    return -1


def _align_parts(squeezed: _Squeezed, piece: str, cursor: int, found: list[Span]) -> int:
    """Align a piece that is not in the page as one string: the runs that are."""
    index = 0
    while index + _KEY <= len(piece):
        at = squeezed.text.find(piece[index : index + _KEY], cursor, cursor + _AHEAD)
        if at < 0:
            index += _KEY // 2
            continue
        length = _KEY
        limit = min(len(piece) - index, len(squeezed.text) - at)
        while length < limit and piece[index + length] == squeezed.text[at + length]:
            length += 1
        found.append(squeezed.span(at, at + length))
        cursor = at + length
        index += length
    return cursor


def _join(text: str, spans: Spans) -> Spans:
    """Join spans of one line that only spaces or a few signs part."""
    out: list[Span] = []
    for span in spans:
        if out:
            gap = text[out[-1].end : span.start]
            if "\n" not in gap and not any(c.isalnum() for c in gap) and len(gap) < 8:
                out[-1] = Span(out[-1].start, span.end)
                continue
        out.append(span)
    return tuple(out)


def complement(text: str, kept: Spans) -> Spans:
    """Return what the spans leave out: by line, without white space at the edges."""
    out: list[Span] = []
    at = 0
    for span in (*kept, Span(len(text), len(text) + 1)):
        for line in re.finditer(r"[^\n]+", text[at : span.start]):
            words = line.group()
            stripped = words.strip()
            if stripped:
                start = at + line.start() + len(words) - len(words.lstrip())
                out.append(Span(start, start + len(stripped)))
        at = span.end
    return tuple(out)

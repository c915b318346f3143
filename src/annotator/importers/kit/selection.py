"""Which parts of a page are its article: trafilatura's selection, found again in our own text.

trafilatura rewrites the tree it works on, so its words are aligned with the page's text without
regard to white space, block by block and in order.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.importers.kit.markup import INLINE, is_unseen
from annotator.model.span import Span, Spans, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.kit.markup import Page

_BLOCKS = frozenset(
    ("p", "head", "item", "cell", "quote", "code", "ab", "list", "row", "table", "lb")
)
_SPACE = re.compile(r"\s+")
#: Elements of the selection inside which nothing begins a block.
_LINES = frozenset(("p", "head"))
#: A shorter piece is only believed where a block begins, or close to its neighbours.
_SHORT = 30
_KEY = 20
#: Blocks are looked up by so many of their first characters, and so many of them are tried.
_HEAD = 3
_TRIES = 400
#: What is close by, in characters without spaces.
_NEAR = 60
#: How far ahead of the last match the next piece is looked for, in characters without spaces.
_AHEAD = 40_000


def select(tree: _Element, page: Page) -> Spans:
    """Return the spans of the page's text that belong to the article, empty if none was found.

    Args:
        tree: the parsed page; it is given up to trafilatura, which changes it.
        page: the same page's text.
    """
    if page.inner:
        _drop_inner(tree)
    body = _extract(tree)
    if body is None:
        return ()
    return _align(_pieces(body), page)


def _drop_inner(tree: _Element) -> None:
    """Take out of lines what is not shown; what follows it in the line stays.

    trafilatura drops some of it, and the line would not be found again.
    """
    for element in list(tree.iter(*INLINE)):
        parent = element.getparent()
        if parent is not None and is_unseen(element, str(element.tag)):
            before, tail = element.getprevious(), element.tail or ""
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
            parent.remove(element)


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
    """Return the text of the blocks of the selection, in order, without white space.

    Inside a paragraph or heading nothing begins a block: trafilatura turns inline code and
    quotations into elements that elsewhere are blocks.
    """
    pieces: list[str] = [""]
    stack: list[tuple[_Element, bool, bool]] = [(body, False, False)]
    while stack:
        element, closing, inside = stack.pop()
        block = element.tag in _BLOCKS and not inside
        if closing:
            if block:
                pieces.append("")
            pieces[-1] += element.tail or ""
            continue
        if block:
            pieces.append("")
        pieces[-1] += element.text or ""
        stack.append((element, True, inside))
        within = inside or element.tag in _LINES
        stack.extend((child, False, within) for child in reversed(element))
    squeezed = (_SPACE.sub("", piece) for piece in pieces)
    return [piece for piece in squeezed if piece]


class _Squeezed:
    """Hold the page's text without white space, and where each character stands."""

    def __init__(self, page: Page) -> None:
        hidden = {at for span in page.inner for at in range(span.start, span.end)}
        places = [
            at for at, char in enumerate(page.text) if not char.isspace() and at not in hidden
        ]
        self.text = "".join(page.text[at] for at in places)
        self.places = places
        starts = page.starts
        self.starts: defaultdict[str, list[int]] = defaultdict(list)
        for index, at in enumerate(places):
            if at in starts:
                for size in range(1, _HEAD + 1):
                    self.starts[self.text[index : index + size]].append(index)

    def span(self, start: int, end: int) -> Span:
        return Span(self.places[start], self.places[end - 1] + 1)


def _align(pieces: list[str], page: Page) -> Spans:
    """Find the pieces in the page: the long ones first, then the short ones between them."""
    squeezed = _Squeezed(page)
    found: list[Span] = []
    short: list[str] = []
    cursor = 0
    for piece in pieces:
        if len(piece) < _SHORT:
            short.append(piece)
            continue
        at = squeezed.text.find(piece, cursor)
        elsewhere = at < 0 and (at := squeezed.text.find(piece)) >= 0
        if at < 0:
            at = _first_run(squeezed.text, piece, cursor)
            cursor = _align_short(squeezed, short, cursor, at, found)
            cursor = _align_parts(squeezed, piece, cursor, found)
        else:
            end = len(squeezed.text) if elsewhere else at
            cursor = _align_short(squeezed, short, cursor, end, found)
            found.append(squeezed.span(at, at + len(piece)))
            cursor = cursor if elsewhere else at + len(piece)
        short = []
    _align_short(squeezed, short, cursor, len(squeezed.text), found)
    return _join(page.text, normalise(found))


def _first_run(text: str, piece: str, cursor: int) -> int:
    """Return where the first run of a piece that the page has stands, else the page's end."""
    for index in range(0, max(1, len(piece) - _KEY), _KEY // 2):
        at = text.find(piece[index : index + _KEY], cursor, cursor + _AHEAD)
        if at >= 0:
            return at
    return len(text)


def _align_short(
    squeezed: _Squeezed, pieces: list[str], cursor: int, end: int, found: list[Span]
) -> int:
    """Find short pieces in order, each where a block begins or close behind the one before."""
    for piece in pieces:
        at = _find_short(squeezed, piece, cursor, end)
        if at >= 0:
            found.append(squeezed.span(at, at + len(piece)))
            cursor = at + len(piece)
        elif (at := _find_start(squeezed, piece, 0, len(squeezed.text))) >= 0:
            found.append(squeezed.span(at, at + len(piece)))
    return cursor


def _find_short(squeezed: _Squeezed, piece: str, cursor: int, end: int) -> int:
    near = squeezed.text.find(piece, cursor, min(end, cursor + _NEAR + len(piece)))
    start = _find_start(squeezed, piece, cursor, end)
    if near >= 0 and (start < 0 or start > near + _NEAR):
        return near
    if start >= 0:
        return start
    # Nothing near what stands before it: perhaps just in front of what follows.
    return squeezed.text.rfind(piece, max(cursor, end - _NEAR - len(piece)), end)


def _find_start(squeezed: _Squeezed, piece: str, start: int, end: int) -> int:
    """Find a piece where a block begins, or right at the start; -1 if there is none."""
    if squeezed.text.startswith(piece, start):
        return start
    starts = squeezed.starts.get(piece[:_HEAD], [])
    first = bisect_left(starts, start)
    for at in starts[first : first + _TRIES]:
        if at + len(piece) > end:
            break
        if squeezed.text.startswith(piece, at):
            return at
    return -1


def _align_parts(squeezed: _Squeezed, piece: str, cursor: int, found: list[Span]) -> int:
    """Align a piece that is not in the page as one string: the runs that are."""
    text, index = squeezed.text, 0
    while index < len(piece):
        size = min(_KEY, len(piece) - index)
        at = text.find(piece[index : index + size], cursor, cursor + _AHEAD)
        # What is left between two runs, or behind the last, is short: it must stand close by.
        far = at < 0 or (size < _KEY and at > cursor + _NEAR)
        if far and (near := _run_near(text, piece, index, cursor)) is not None:
            at, size, far = *near, False
        if far:
            index += 1 if size < _KEY else _KEY // 4
            continue
        while index + size < len(piece) and text.startswith(piece[index + size], at + size):
            size += 1
        found.append(squeezed.span(at, at + size))
        cursor = at + size
        index += size
    return cursor


def _run_near(text: str, piece: str, index: int, cursor: int) -> tuple[int, int] | None:
    """Find a shorter run of a piece close behind the cursor: where it stands, how long it is."""
    for size in (12, 6):
        if index + size <= len(piece):
            at = text.find(piece[index : index + size], cursor, cursor + _NEAR)
            if at >= 0:
                return at, size
    return None


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

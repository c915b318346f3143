"""Page furniture in text without tags: found by line, by phrase and by position.

What is furniture by its words alone is told by ``furniturelines``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from annotator.importers.kit.datelines import find_dateline, search_dateline
from annotator.importers.kit.furniturelines import (
    SHORT,
    are_furniture,
    is_furniture,
    is_plain_paragraph,
    rules,
)
from annotator.importers.kit.headlines import is_byline, is_credit, read_head, trim
from annotator.importers.kit.tails import SENTENCE, ends_sentence, is_sentence, tail_start
from annotator.importers.kit.trailers import Trailers, find_captions
from annotator.model.span import Span, Spans, normalise
from annotator.text.segments import paragraphs

#: A line from here on is a paragraph of an article.
_PROSE = 140
#: How far into a text its body may begin.
_HEAD_LINES = 80
_HEAD_CHARS = 6_000
_SECTION_LINES = 12
#: Titles of other articles are longer than most headings inside one.
_SUBHEADING = 40
#: No standfirst is longer.
_LONGEST_STANDFIRST = 400
#: How many lines there may be between a standfirst and the byline.
_STANDFIRST = 6
#: No article has more lines behind it that speak of it.
_TAIL_LINES = 12
#: One of them stands in every copyright notice.
_COPYRIGHT_CUES = ("©", "(c)", "copyright", "reserved", "droits")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|Copyright\b)[^\n]{0,200}$|All rights reserved[^\n]{0,80}$"
    r"|Tous droits (?:de reproduction )?réservés[^\n]{0,80}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Say what is what in a text: furniture, headline, and where the body stands."""

    mask: Spans
    headline: Span | None
    head: tuple[int, int]
    body: tuple[int, int]
    captions: Spans = ()


def find_layout(text: str, *, language: str) -> Layout:
    """Find furniture, headline and body of a plain text.

    Nothing inside the body is furniture unless a whole line is; a text without furniture has an
    empty mask.
    """
    lines = paragraphs(text)
    if not lines:
        return Layout((), None, (0, 0), (0, 0))
    odd = [line for line in lines if not is_plain_paragraph(text, line)]
    captions = set(find_captions(text, lines, odd))
    if captions and len(captions) < len(lines):
        lines = [line for line in lines if line not in captions]
        odd = [line for line in odd if line not in captions]
    else:
        captions.clear()
    start = _body_start(text, lines)
    end, tail = _body_end(text, lines, odd, start)
    mask: list[Span] = [*captions, *tail]
    headline = read_head(text, lines, start, language, mask)
    inside = _inside(text, lines, odd, start, end)
    if inside:
        mask += inside
        end = _last_kept(lines, start, end, {span.end for span in inside})
    return Layout(normalise(mask), headline, (0, start), (start, end), tuple(sorted(captions)))


def _last_kept(lines: list[Span], start: int, end: int, masked: set[int]) -> int:
    """Return the end of the last line up to ``end`` that is not masked."""
    for line in reversed(lines):
        if line.end <= start:
            break
        if line.end <= end and line.end not in masked:
            return line.end
    return end


# -- where the body begins ------------------------------------------------------------------------


def _body_start(text: str, lines: list[Span]) -> int:
    """Return where the body begins: at a dateline, or at the first line of prose."""
    early = lines[:_HEAD_LINES]
    limit = min(early[-1].end, _HEAD_CHARS)
    sure = search_dateline(text, 0, limit)
    if sure is not None:
        return sure
    for index, line in enumerate(early):
        dateline = find_dateline(text, line.start, line.end)
        if dateline is not None and (index > 0 or dateline.agency is not None):
            return line.start
        if _is_prose(text, early, index):
            return line.start
    for index, line in enumerate(early[1:], 1):
        before = any(not is_furniture(text, other) for other in early[:index])
        words = line.slice(text).strip()
        if before and not are_furniture(words) and not is_credit(words, "fr"):
            return line.start
    return next((line.start for line in early if not is_furniture(text, line)), lines[0].start)


def _is_prose(text: str, lines: list[Span], index: int) -> bool:
    """Say whether a line is the first of the body.

    A long line is; a sentence of some length is, unless byline or date are still to come: then it
    is a standfirst.
    """
    line = lines[index]
    if is_furniture(text, line):
        return False
    if len(line) >= _PROSE:
        return not _is_standfirst(text, lines, index)
    if len(line) < SENTENCE or not ends_sentence(line.slice(text)):
        return False
    if is_credit(line.slice(text).strip(), "fr"):
        return False
    return not any(
        is_credit(words, "fr") or is_byline(words)
        for other in lines[index + 1 : index + 1 + _STANDFIRST]
        if (words := other.slice(text).strip())
    )


def _is_standfirst(text: str, lines: list[Span], index: int) -> bool:
    """Say whether a long line stands over the byline or the date, and the body below them."""
    if len(lines[index]) > _LONGEST_STANDFIRST:
        return False
    over = False
    for line in lines[index + 1 : index + 1 + 3 * _STANDFIRST]:
        words = line.slice(text).strip()
        if is_credit(words, "fr") or is_byline(words):
            over = True
        elif is_sentence(text, line):
            return over
    return False


# -- inside and behind the body -------------------------------------------------------------------


def _inside(text: str, lines: list[Span], odd: list[Span], start: int, end: int) -> list[Span]:
    """Find lines of the body that are furniture, and the lists under their headings.

    Args:
        text: the canonical text.
        lines: its lines, captions left out.
        odd: those of them that may be anything but a paragraph.
        start: where the body begins.
        end: where it ends.
    """
    if not any(start < line.end and line.start < end for line in odd):
        return []
    found: list[Span] = []
    section = listed = 0
    heading = rules().section
    may_be = set(odd)
    for line in lines:
        if line.end <= start or line.start >= end:
            continue
        if line.start >= start and line not in may_be:
            _keep_subheading(text, found, section, listed)
            section = 0
            continue
        part = line if line.start >= start else Span(start, line.end)
        words = text[part.start : part.end].strip()
        if len(words) <= SHORT and heading.fullmatch(words):
            section, listed = _SECTION_LINES, 0
            found.append(part)
        elif section and len(words) < _PROSE and not _is_told(words):
            section = 0 if rules().over.fullmatch(words) else section - 1
            found.append(part)
            listed += 1
        else:
            if _is_told(words):
                _keep_subheading(text, found, section, listed)
            section = 0
            if line.start >= start and are_furniture(words):
                found.append(part)
    return found


def _keep_subheading(text: str, found: list[Span], section: int, listed: int) -> None:
    """Take the last of several links back where it may be the heading of what follows: it is short.

    Between a box of links and the text no line parts them.
    """
    is_short = section and listed > 1 and len(found[-1]) <= _SUBHEADING
    if is_short and not are_furniture(found[-1].slice(text).strip()):
        found.pop()


def _is_told(words: str) -> bool:
    """Say whether words are a sentence and no title; titles may end in a question mark."""
    return words.endswith("»") or words.rstrip(' \u00a0"”’)').endswith((".", "!", "…"))


def _body_end(text: str, lines: list[Span], odd: list[Span], start: int) -> tuple[int, list[Span]]:
    """Return where the body ends, and the furniture behind it.

    A sign-off is greyed and belongs to the body all the same: names are read from it.
    """
    after = [line for line in lines if line.start > start]
    trailers = Trailers(text, start)
    tail: list[Span] = []
    cut = tail_start(text, after, odd, trailers)
    tail += after[cut:]
    after = after[:cut]
    signed, below = 0, ""
    while after and len(tail) < _TAIL_LINES + len(lines) - cut:
        words = after[-1].slice(text)
        if trailers.is_trailer(after[-1], below):
            below = words
            signed = signed or (after[-1].end if trailers.is_signoff(after[-1]) else 0)
        elif not is_furniture(text, after[-1]):
            break
        tail.append(after.pop())
    last = after[-1] if after else lines[max(0, bisect_right([x.start for x in lines], start) - 1)]
    end = last.end
    notice = _copyright(text, max(start, last.start), end)
    if notice is not None:
        tail.append(notice)
        end = notice.start
    return max(end, signed), tail


def _copyright(text: str, start: int, end: int) -> Span | None:
    """Find a copyright notice glued to the end of the last paragraph."""
    near = max(start, end - 300)
    words = text[near:end].lower()
    if not any(cue in words for cue in _COPYRIGHT_CUES):
        return None
    match = _COPYRIGHT.search(text, near, end)
    if match is None or match.start() <= start:
        return None
    return trim(text, match.start(), end)

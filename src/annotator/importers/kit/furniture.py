"""Page furniture in text without tags: found by line, by phrase and by position.

What is furniture by its words alone is told by ``furniturelines``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from annotator.importers.kit.byline import NAME, find_dateline, outlet_with_agency, search_dateline
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.furniturelines import SHORT, are_furniture, is_furniture, rules
from annotator.importers.kit.press import press
from annotator.importers.kit.trailers import Trailers, find_captions
from annotator.model.span import Span, Spans, normalise
from annotator.text.segments import paragraphs

#: A line from here on is a paragraph of an article.
_PROSE = 140
#: How far into a text its body may begin.
_HEAD_LINES = 80
_HEAD_CHARS = 6_000
_SECTION_LINES = 12
#: A line that ends like a sentence is one from here on.
_SENTENCE = 60
#: Sentences that an article has before the comments of its readers.
_ENOUGH = 3
#: How many lines there may be between a standfirst and the byline.
_STANDFIRST = 6
#: No article has more lines behind it that speak of it.
_TAIL_LINES = 12
#: So many letters may stand before a prompt that are none.
_LOOSE = 6
#: Prompts glued to a headline have at least so many characters together.
_PROMPT = 12
_BYLINE_BEHIND = re.compile(
    rf"\s(?P<byline>(?:By|BY|Par|PAR)\s+{NAME}(?:,? (?:and|et|with|avec) {NAME})*)\s*$"
)
_BYLINE = re.compile(
    r"(?:(?:[Pp]ar|PAR|[Bb]y|BY)\s+"
    r"|(?:[Tt]raduit|[Tt]raduction|[Vv]ersion française|[Tt]ranslat(?:ed|ion))\b.{0,40} )[A-ZÀ-Ý]"
)
_CREDIT_CUES = (
    "publié",
    "mis ",
    "modifié",
    "posted",
    "published",
    "updated",
    "last updated",
    "créé",
)
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


def find_layout(text: str, *, language: str) -> Layout:
    """Find furniture, headline and body of a plain text.

    Nothing inside the body is furniture unless a whole line is; a text without furniture has an
    empty mask.
    """
    lines = paragraphs(text)
    if not lines:
        return Layout((), None, (0, 0), (0, 0))
    captions = set(find_captions(text, lines))
    if captions and len(captions) < len(lines):
        lines = [line for line in lines if line not in captions]
    else:
        captions.clear()
    start = _body_start(text, lines)
    end, tail = _body_end(text, lines, start)
    mask: list[Span] = [*captions, *tail]
    headline = _read_head(text, lines, start, language, mask)
    inside = _inside(text, lines, start, end)
    mask += inside
    end = _last_kept(lines, start, end, {span.end for span in inside})
    return Layout(normalise(mask), headline, (0, start), (start, end))


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
        if before and not is_furniture(text, line) and not _is_credit(text, line, "fr"):
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
        return True
    if len(line) < _SENTENCE or not _ends_sentence(line.slice(text)):
        return False
    return not any(
        _is_credit(text, other, "fr") or _is_byline(text, other)
        for other in lines[index + 1 : index + 1 + _STANDFIRST]
    )


def _ends_sentence(words: str) -> bool:
    return words.rstrip(' \u00a0"”»’)').endswith((".", "!", "?", "…"))


def _is_credit(text: str, line: Span, language: str) -> bool:
    """Say whether a line tells only who published it and when."""
    words = line.slice(text).strip()
    if len(words) > 120:
        return False
    if outlet_with_agency(words, 0, len(words)) is not None or _is_pipe_line(words, language):
        return True
    rest = words
    for found in reversed(find_dates(words, 0, len(words), language=language)):
        rest = rest[: found.span.start] + " " + rest[found.span.end :]
    if rest == words and not words.lower().startswith(_CREDIT_CUES):
        return words in press().agencies
    rest = rules().credit.sub(" ", rest)
    return not any(char.isalnum() for char in rest) or (
        rest != words and len(rest.split()) <= 4 and not rest.strip().endswith((".", "!", "?"))
    )


def _is_pipe_line(words: str, language: str) -> bool:
    """Say whether a line is an agency's own credit: "Paris, France | AFP | 04/03/2031 | ..."."""
    parts = [part.strip() for part in words.split("|")]
    return (
        len(parts) >= 3
        and any(part in press().agencies for part in parts)
        and bool(find_dates(words, 0, len(words), language=language))
    )


# -- in front of the body -------------------------------------------------------------------------


def _read_head(
    text: str, lines: list[Span], start: int, language: str, mask: list[Span]
) -> Span | None:
    """Find the headline in front of the body and mask the rest of what is known there."""
    candidates: list[Span] = []
    for line in lines:
        if line.start >= start:
            break
        part = _trim(text, line.start, min(line.end, start))
        if part is None:
            continue
        if is_furniture(text, part) or _is_credit(text, part, language) or _is_byline(text, part):
            mask.append(part)
            continue
        # A prompt is glued to the headline only: what follows a headline is never cut.
        found = any(len(c.slice(text).split()) > 3 for c in candidates)
        candidates += [part] if found else _cut_line(text, part, language, mask)
    headline = _choose(text, candidates)
    if headline is not None:
        # Menu entries stand before the headline; a standfirst stands after it and is kept.
        early = [c for c in candidates if c.end <= headline.start]
        mask += [c for c in early if len(c.slice(text).split()) <= 4]
    return headline


def _is_byline(text: str, line: Span) -> bool:
    words = line.slice(text).strip()
    if len(words) > 120 or words.endswith((".", "!", "?")):
        return False
    return _BYLINE.match(words) is not None


def _choose(text: str, candidates: list[Span]) -> Span | None:
    """Choose the headline: a line with a slug, else the first of more than three words."""
    fitting = [c for c in candidates if len(c.slice(text).split()) <= 40]
    for candidate in fitting:
        if press().slug.match(text, candidate.start, candidate.end):
            return candidate
    for candidate in fitting:
        if len(candidate.slice(text).split()) >= 4:
            return candidate
    return fitting[-1] if fitting else None


def _cut_line(text: str, line: Span, language: str, mask: list[Span]) -> list[Span]:
    """Cut phrases and a credit off a line that also holds the headline."""
    start, end = line.start, line.end
    end = _cut_credit(text, start, end, language, mask)
    byline = _BYLINE_BEHIND.search(text, start, end)
    if byline is not None and len(text[start : byline.start()].split()) > 3:
        mask.append(Span(byline.start("byline"), byline.end()))
        end = byline.start()
    slug = press().slug.search(text, start, end)
    last = slug.start() if slug is not None else start
    if slug is None:
        matches = _prompts(text, start, end)
        if sum(match.end() - match.start() for match in matches) >= _PROMPT:
            last = matches[-1].end()
    furniture = _trim(text, start, last)
    rest = _trim(text, last, end)
    if furniture is not None and (rest is None or last > start):
        mask.append(furniture)
    return [] if rest is None else [rest]


def _prompts(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find the phrases that are prompts in front of a headline."""
    first = rules().phrase.search(text, start, end)
    # No later one is glued if the first is not: what stands before it stands before them too.
    if first is None or _letters(text[start : first.start()]) > _LOOSE:
        return []
    found = rules().phrase.finditer(text, start, end)
    return [match for match in found if _glued(text, start, end, match)]


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))


def _glued(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Say whether a phrase is a prompt in front of a headline and not a word of the headline.

    What stands before it must be furniture too, or nothing, and enough for a headline must follow.
    """
    before = text[start : match.start()]
    after = text[match.end() : end]
    left = rules().phrase.sub(" ", before)
    return _letters(left) <= _LOOSE and len(after.split()) >= 3


@cache
def _agency_before_date() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:par|by|source|avec|publié|published)[ :]*)*(?:{press().agency_pattern})?"
        rf"[ \u00a0]*(?:[•·|,–-]|publié|mis à jour|published|updated|le|on|[ \u00a0]|"
        rf"\d{{1,2}}:\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{{2,4}}\b)?)*$",
        re.IGNORECASE,
    )


def _cut_credit(text: str, start: int, end: int, language: str, mask: list[Span]) -> int:
    """Mask "Reuters • 22/08/2020 à 00:30" at the end of a line; return where the rest ends."""
    dates = find_dates(text, start, end, language=language)
    if not dates or text[dates[-1].span.end : end].strip(" \u00a0.|•"):
        return end
    cut = dates[-1].span.start
    match = _agency_before_date().search(text, start, cut)
    if match is not None and not text[max(start, match.start() - 1) : match.start() + 1].isalnum():
        cut = match.start()
    if len(text[start:cut].split()) < 3:
        return end
    credit = _trim(text, cut, end)
    if credit is not None:
        mask.append(credit)
    return cut


# -- inside and behind the body -------------------------------------------------------------------


def _inside(text: str, lines: list[Span], start: int, end: int) -> list[Span]:
    """Find lines of the body that are furniture, and the lists under their headings."""
    found: list[Span] = []
    section = 0
    heading = rules().section
    for line in lines:
        if line.end <= start or line.start >= end:
            continue
        part = line if line.start >= start else Span(start, line.end)
        words = text[part.start : part.end].strip()
        if len(words) <= SHORT and heading.fullmatch(words):
            section = _SECTION_LINES
            found.append(part)
        elif section and len(words) < _PROSE and not words.endswith((".", "!", "»", "…")):
            section -= 1
            found.append(part)
        else:
            section = 0
            if line.start >= start and are_furniture(words):
                found.append(part)
    return found


def _body_end(text: str, lines: list[Span], start: int) -> tuple[int, list[Span]]:
    """Return where the body ends, and the furniture behind it.

    A sign-off is greyed and belongs to the body all the same: names are read from it.
    """
    after = [line for line in lines if line.start > start]
    trailers = Trailers(text, start)
    tail: list[Span] = []
    cut = _tail_start(text, after, trailers)
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


def _tail_start(text: str, lines: list[Span], trailers: Trailers) -> int:
    """Return the index of the line from which on there is only furniture.

    That is a line that ends the readable part ("Il vous reste 60 % de cet article à lire"), the
    heading of a list behind which no sentence of some length follows, or the one over the comments.
    """
    prose = len(lines) - 1
    while prose >= 0 and (
        not _is_sentence(text, lines[prose]) or trailers.is_trailer(lines[prose], "")
    ):
        prose -= 1
    for index, line in enumerate(lines):
        words = line.slice(text).strip()
        if len(words) > 2 * SHORT:
            continue
        if rules().end.match(words) or (index > prose and rules().section.fullmatch(words)):
            return index
        if index > prose and rules().comments.fullmatch(words) and _is_behind(text, lines, index):
            return index
    return len(lines)


def _is_behind(text: str, lines: list[Span], index: int) -> bool:
    """Say whether most of an article stands before a line behind which no sentence follows.

    A button "12 comments" can stand anywhere; only short remarks of readers are told from the text.
    """
    before = lines[:index]
    told = sum(1 for line in before if _is_sentence(text, line))
    return told >= _ENOUGH and before[-1].end - before[0].start >= lines[-1].end - before[-1].end


def _is_sentence(text: str, line: Span) -> bool:
    return (
        len(line) >= _SENTENCE and _ends_sentence(line.slice(text)) and not is_furniture(text, line)
    )


def _copyright(text: str, start: int, end: int) -> Span | None:
    """Find a copyright notice glued to the end of the last paragraph."""
    near = max(start, end - 300)
    words = text[near:end].lower()
    if not any(cue in words for cue in _COPYRIGHT_CUES):
        return None
    match = _COPYRIGHT.search(text, near, end)
    if match is None or match.start() <= start:
        return None
    return _trim(text, match.start(), end)


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None

"""What stands in front of the body of a plain text: the headline, and what is glued to it."""

from __future__ import annotations

import re
from functools import cache

from annotator.importers.kit.byline import NAME, outlet_with_agency
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.furniturelines import are_furniture, rules
from annotator.importers.kit.press import press
from annotator.model.span import Span

#: So many letters may stand before a prompt that are none.
_LOOSE = 6
#: A word and what follows it up to the next.
_WORD_START = re.compile(r"(?<![\w-])(?:\w[\w-]*|[^\w\s])\s*")
#: Prompts glued to a headline have at least so many characters together.
_PROMPT = 12
_BYLINE_BEHIND = re.compile(
    rf"\s(?P<byline>(?:By|BY|Par|PAR)\s+{NAME}(?:,? (?:and|et|with|avec) {NAME})*)\s*$"
)
_BYLINE = re.compile(
    r"(?:(?:[Pp]ar|PAR|[Bb]y|BY)\s+"
    r"|(?:[Tt]raduit|[Tt]raduction|[Vv]ersion française|[Tt]ranslat(?:ed|ion))\b.{0,40} )[A-ZÀ-Ý]"
)
#: A line of so many characters may be the headline if a byline follows.
_TITLE = 25
#: No title counts for longer.
_LONG_TITLE = 60
#: So many buttons in front of a headline are a menu.
_MENU = 3
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


def is_credit(words: str, language: str) -> bool:
    """Say whether the words of a line tell only who published it and when."""
    if len(words) > 120:
        return False
    if words[:1] in "LT" and outlet_with_agency(words, 0, len(words)) is not None:
        return True
    if "|" in words and _is_pipe_line(words, language):
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


def read_head(
    text: str, lines: list[Span], start: int, language: str, mask: list[Span]
) -> Span | None:
    """Find the headline in front of the body and mask the rest of what is known there."""
    groups: list[list[Span]] = [[]]
    credited = 0
    known = len(mask)
    for line in lines:
        if line.start >= start:
            break
        part = trim(text, line.start, min(line.end, start))
        if part is None:
            continue
        words = part.slice(text)
        is_told = is_credit(words, language) or is_byline(words)
        if is_told or are_furniture(words):
            mask.append(part)
            groups.append([])
            # Behind the first byline or date that follows a line like a headline is none.
            if (
                is_told
                and not credited
                and any(_is_title(c.slice(text)) for group in groups for c in group)
            ):
                credited = len(groups)
            continue
        # A prompt is glued to the headline only: what follows a headline is never cut.
        found = any(len(c.slice(text).split()) > 3 for group in groups for c in group)
        groups[-1] += [part] if found else _cut_line(text, part, language, mask)
    headline = _choose(text, groups[: credited or None])
    if headline is not None:
        # Menu entries stand before the headline; a standfirst stands after it and is kept. On a
        # page with a menu nothing of the article stands before it.
        longest = 40 if len(mask) - known >= _MENU else 4
        early = [c for group in groups for c in group if c.end <= headline.start]
        mask += [c for c in early if len(c.slice(text).split()) <= longest]
    return headline


def _is_title(words: str) -> bool:
    return len(words) >= _TITLE and len(words.split()) > 3


def is_byline(words: str) -> bool:
    """Say whether the words of a line tell only who wrote it."""
    if len(words) > 120 or words.endswith((".", "!", "?")):
        return False
    return _BYLINE.match(words) is not None


def _choose(text: str, groups: list[list[Span]]) -> Span | None:
    """Choose the headline: a line with a slug, else the first of more than three words.

    Mottoes and long entries of menus stand alone between other entries; a headline is the first
    line of the group that holds the longest one, as far as that may be one of a title.
    """
    fitting = [c for group in groups for c in group if len(c.slice(text).split()) <= 40]
    for candidate in fitting:
        if press().slug.match(text, candidate.start, candidate.end):
            return candidate
    heads: list[tuple[int, Span]] = []
    for group in _apart(text, groups):
        titles = [c for c in group if c in fitting]
        lengths = [len(c) for c in titles if not c.slice(text).endswith(".")]
        if titles:
            heads.append((min(_LONG_TITLE, max(lengths, default=0)), titles[0]))
    if heads:
        most = max(length for length, _ in heads)
        return next(head for length, head in heads if 4 * length >= 3 * most)
    return fitting[-1] if fitting else None


def _apart(text: str, groups: list[list[Span]]) -> list[list[Span]]:
    """Part the groups of lines at those of three words and less, which are left out."""
    parted: list[list[Span]] = []
    for group in groups:
        parted.append([])
        for part in group:
            if len(part.slice(text).split()) > 3:
                parted[-1].append(part)
            else:
                parted.append([])
    return parted


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
    furniture = trim(text, start, last)
    rest = trim(text, last, end)
    if furniture is not None and (rest is None or last > start):
        mask.append(furniture)
    return [] if rest is None else [rest]


def _prompts(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find the phrases that are prompts in front of a headline."""
    # No later one is glued if the first is not: what stands before it stands before them too.
    if not _may_hold_prompt(text, start, end):
        return []
    first = rules().phrase.search(text, start, end)
    if first is None or _letters(text[start : first.start()]) > _LOOSE:
        return []
    found = rules().phrase.finditer(text, start, end)
    return [match for match in found if _glued(text, start, end, match)]


def _may_hold_prompt(text: str, start: int, end: int) -> bool:
    """Say whether one of the first words, behind hardly any letters, may begin a prompt."""
    openings = rules().phrase_openings
    before = 0
    for word in _WORD_START.finditer(text, start, end):
        if openings.may_begin(text, word.start()):
            return True
        before += _letters(word.group())
        if before > _LOOSE:
            break
    return bool(openings.blind)


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
    credit = trim(text, cut, end)
    if credit is not None:
        mask.append(credit)
    return cut


def trim(text: str, start: int, end: int) -> Span | None:
    """Return a stretch without the white space at its ends; ``None`` if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None

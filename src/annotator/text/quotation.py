"""Quotation marks and what they enclose.

Marks are paired paragraph by paragraph, every national style with its own direction rule. A mark
without a partner is left out and costs nothing else. A quotation that runs over several
paragraphs, each reopened with a mark, is given in one piece a paragraph.

Source: the styles of the Unicode Standard, chapter 6.2, "Quotation Marks"; the reopened mark is
the rule of the French and English typographic manuals.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from annotator.model.span import Span, Spans
from annotator.text.segments import paragraphs

_MARKS = re.compile("[«»‹›“”„‟‘’‚‛\"'「」『』]")
_DASH_LINE = re.compile(r"[ \t\u00a0\u202f]*(?P<dash>[—–―])[ \t\u00a0\u202f]+(?=\S)")
#: Which opening marks a closing mark may close, and the name of the style.
_CLOSES: dict[str, dict[str, str]] = {
    "»": {"«": "guillemets", "»": "guillemets-same"},
    "«": {"»": "guillemets-inward"},
    "›": {"‹": "single-guillemets"},
    "‹": {"›": "single-guillemets-inward"},
    "”": {"“": "double", "„": "low-high", "”": "double-same", "‟": "double"},
    "“": {"„": "low-high", "”": "double-inward"},
    '"': {'"': "straight", "“": "double", "„": "low-high"},
    "’": {"‘": "single", "‚": "single-low-high", "’": "single-same", "‛": "single"},
    "‘": {"‚": "single-low-high"},
    "'": {"'": "straight-single", "‘": "single"},
    "」": {"「": "corner"},
    "』": {"『": "white-corner"},
}
#: The style of a mark that is still open at the end of its paragraph.
_STYLES = {
    "«": "guillemets",
    "»": "guillemets-inward",
    "‹": "single-guillemets",
    "›": "single-guillemets-inward",
    "“": "double",
    "„": "low-high",
    "”": "double-same",
    "‟": "double",
    "‘": "single",
    "‚": "single-low-high",
    "‛": "single",
    '"': "straight",
    "「": "corner",
    "『": "white-corner",
}
_ALWAYS_OPEN = frozenset("„‟‚‛「『")
_MAY_OPEN = frozenset("«»‹›“”„‟‘’‚‛\"'「『")
_APOSTROPHES = frozenset("'’")
_BEFORE_OPENING = frozenset("([{<—–―-/«‹“„‘‚\"':;,…¿¡*_|\u200b\u2060")
_AFTER_CLOSING = frozenset(")]}>—–―-/»›”“’‘\"',;:.!?…*_|\u200b\u2060")
#: Longest attribution between two parts of one quotation, in characters.
_GAP_LIMIT = 240
_LETTERS = re.compile(r"[^\W\d_]+")
#: How far on a single quotation is looked for its end, in characters.
_REACH = 2_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """Hold one pair of marks.

    ``outer`` includes the marks, ``inner`` is what stands between them without the spaces that
    belong to the marks. ``depth`` counts the quotations around it. ``continued`` says that the
    quotation goes on in the next paragraph, so that ``outer`` ends with the paragraph.
    """

    outer: Span
    inner: Span
    style: str
    depth: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """Remember an opening mark that waits for its partner."""

    mark: str
    at: int


@dataclass(frozen=True, slots=True)
class _Pair:
    start: int
    end: int
    style: str
    continued: bool = False


def quotations(text: str) -> list[Quotation]:
    """Find all quotations, in text order, the outer one first.

    Apostrophes are not taken for quotation marks; straight marks take their direction from the
    spaces around them. A line that begins with a dash and ends like a sentence is a turn of a
    dialogue (style ``dash``). An empty pair is left out.
    """
    found: list[Quotation] = []
    waiting: list[tuple[_Open, Span]] = []
    held: list[list[_Pair]] = []
    for paragraph in paragraphs(text):
        pairs, left = _pair_paragraph(text, paragraph)
        if waiting and not _reopens(text, paragraph, waiting[-1][0].mark):
            waiting.clear()
        _close_chain(text, pairs, left, waiting, held)
        held.append(pairs)
        opened = _chain_start(text, left, paragraph, reopened=bool(waiting))
        if opened is None:
            waiting.clear()
        else:
            waiting.append((opened, paragraph))
        if not waiting:
            for group in held:
                found.extend(_with_depths(text, group))
            held.clear()
    for group in held:
        found.extend(_with_depths(text, group))
    return found


def _close_chain(
    text: str,
    pairs: list[_Pair],
    left: list[_Open],
    waiting: list[tuple[_Open, Span]],
    held: list[list[_Pair]],
) -> None:
    """Turn the open paragraphs before this one into pairs, if this one closes the quotation."""
    if not waiting:
        return
    first = min((pair.start for pair in pairs), default=-1)
    opened = min((mark.at for mark in left), default=-1)
    if first < 0 or (0 <= opened < first):
        return
    groups = held[-len(waiting) :]
    for (mark, paragraph), group in zip(waiting, groups, strict=True):
        end = paragraph.end
        while text[end - 1].isspace():
            end -= 1
        style = next(
            iter(s for close in _CLOSES.values() for m, s in close.items() if m == mark.mark)
        )
        group.append(_Pair(mark.at, end, style, continued=True))
    waiting.clear()


def _reopens(text: str, paragraph: Span, mark: str) -> bool:
    """Say whether a paragraph begins with the mark of the quotation that is still open."""
    start = paragraph.start
    while start < paragraph.end and text[start].isspace():
        start += 1
    return start < paragraph.end and (text[start] == mark or (mark == "«" and text[start] == "»"))


def _chain_start(text: str, left: list[_Open], paragraph: Span, *, reopened: bool) -> _Open | None:
    """Return the mark a quotation over several paragraphs may have begun with."""
    marks = [mark for mark in left if mark.mark not in _APOSTROPHES]
    if not marks or marks[0].at >= paragraph.end - 1:
        return None
    if reopened:
        head = text[paragraph.start : marks[0].at]
        return marks[0] if not head.strip() else None
    return marks[0]


def _pair_paragraph(text: str, paragraph: Span) -> tuple[list[_Pair], list[_Open]]:
    """Pair the marks of one paragraph; return the pairs and the opening marks left over."""
    stack: list[_Open] = []
    pairs: list[_Pair] = []
    spots = [m.start() for m in _MARKS.finditer(text, paragraph.start, paragraph.end)]
    closers = _closing_apostrophes(text, paragraph, spots)
    lead = _continuation_mark(text, paragraph)
    for at in spots:
        mark = text[at]
        if mark in _APOSTROPHES and _is_apostrophe(text, paragraph, at, closers):
            continue
        partner = None if at == lead else _partner(text, paragraph, at, stack)
        if partner is not None:
            opened = stack[partner]
            del stack[partner:]
            pairs.append(_Pair(opened.at, at + 1, _CLOSES[mark][opened.mark]))
        elif at == lead or (mark in _MAY_OPEN and _may_open(text, paragraph, at, stack)):
            stack.append(_Open("«" if at == lead else mark, at))
    dialogue = _dialogue(text, paragraph)
    return ([dialogue, *pairs] if dialogue else pairs), stack


def _continuation_mark(text: str, paragraph: Span) -> int:
    """Return where a paragraph begins with "» ", the French mark of a quotation that goes on."""
    at = paragraph.start
    while at < paragraph.end and text[at].isspace():
        at += 1
    follows = at + 1 < paragraph.end and text[at + 1] in " \u00a0\u202f"
    return at if at < paragraph.end and text[at] == "»" and follows else -1


def _neighbours(text: str, paragraph: Span, at: int) -> tuple[str, str]:
    before = text[at - 1] if at > paragraph.start else ""
    after = text[at + 1] if at + 1 < paragraph.end else ""
    return before, after


def _may_open(text: str, paragraph: Span, at: int, stack: list[_Open]) -> bool:
    """Say whether a mark stands where an opening mark stands."""
    mark = text[at]
    before, after = _neighbours(text, paragraph, at)
    if not after or (mark == "’" and not stack):
        # ’so’ (Swedish, Finnish) is only believed inside another quotation: ’n’ is commoner.
        return False
    if mark in _ALWAYS_OPEN or mark in "«“‹":
        return True
    free_before = not before or before.isspace() or before in _BEFORE_OPENING
    if mark in "»›”’" or mark == "'":
        return free_before and not after.isspace() and after not in _AFTER_CLOSING - {"«", "“"}
    if mark == '"':
        return free_before
    return free_before or not before.isalnum()


def _may_close(text: str, paragraph: Span, at: int, opened: _Open) -> bool:
    """Say whether a mark stands where a closing mark of ``opened`` stands."""
    mark = text[at]
    before, after = _neighbours(text, paragraph, at)
    if at == opened.at + 1:
        return False
    if mark == '"' or (mark in "”’»" and opened.mark == mark):
        free_before = not before or before.isspace() or before in "([{"
        return not free_before or not after or after.isspace() or after in _AFTER_CLOSING
    if mark in "«“‘‹":
        # Closes only in the styles that turn inwards or low-high: „so“, »so«.
        return not before.isspace()
    return True


def _partner(text: str, paragraph: Span, at: int, stack: list[_Open]) -> int | None:
    """Return the index in the stack of the mark that ``at`` closes, the nearest that fits."""
    allowed = _CLOSES.get(text[at])
    if allowed is None:
        return None
    for index in range(len(stack) - 1, max(-1, len(stack) - 9), -1):
        opened = stack[index]
        if opened.mark in allowed and _may_close(text, paragraph, at, opened):
            if text[at] == '"' and _reads_as_opening(text, paragraph, at):
                return None
            return index
    return None


def _reads_as_opening(text: str, paragraph: Span, at: int) -> bool:
    """Say whether the spaces around a straight mark leave no doubt that it opens."""
    before, after = _neighbours(text, paragraph, at)
    if not before or not after:
        return not before
    opens = (before.isspace() or before in "([{") and not after.isspace()
    return opens and after not in ",;:.!?…)]}"


def _closing_apostrophes(text: str, paragraph: Span, spots: list[int]) -> list[int]:
    """Return the places where ’ or ' can close a quotation: after a character, before no letter."""
    found: list[int] = []
    for at in spots:
        if text[at] in _APOSTROPHES:
            before, after = _neighbours(text, paragraph, at)
            if before and not before.isspace() and not after.isalnum():
                found.append(at)
    return found


def _is_apostrophe(text: str, paragraph: Span, at: int, closers: list[int]) -> bool:
    """Say whether ’ or ' is an apostrophe."""
    before, after = _neighbours(text, paragraph, at)
    if before.isalnum() and after.isalnum():
        return True
    index = bisect_left(closers, at)
    if index < len(closers) and closers[index] == at:
        # "the students’ work": a plural possessive, if the quotation is closed further on.
        possessive = before in "sS" and after == " " and text[at + 2 : at + 3].islower()
        later = closers[index + 1] if index + 1 < len(closers) else at
        return possessive and at < later < at + _REACH and "‘" not in text[at + 1 : later]
    if after.isdigit():
        # "the ’90s"
        return True
    return bool(before) and before.isalnum()


def _dialogue(text: str, paragraph: Span) -> _Pair | None:
    """Return the turn of a dialogue that a paragraph is, if it is one."""
    match = _DASH_LINE.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    end = paragraph.end
    while text[end - 1].isspace():
        end -= 1
    first, last = text[match.end()], text[paragraph.start : end].rstrip('"”’»› \u00a0\u202f)')[-1:]
    if end <= match.end() or first.islower() or last not in ".!?…":
        return None
    return _Pair(match.start("dash"), end, "dash")


def _with_depths(text: str, pairs: list[_Pair]) -> list[Quotation]:
    """Turn the pairs of a paragraph into quotations, in text order, with their depths."""
    found: list[Quotation] = []
    ends: list[int] = []
    for pair in sorted(pairs, key=lambda p: (p.start, -p.end)):
        while ends and ends[-1] <= pair.start:
            ends.pop()
        closed = pair.style == "dash" or pair.continued
        inner = _inner(text, pair.start + 1, pair.end if closed else pair.end - 1)
        if inner is None:
            continue
        outer = Span(pair.start, pair.end)
        found.append(Quotation(outer, inner, pair.style, len(ends), pair.continued))
        ends.append(pair.end)
    return found


def _inner(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def trim_content(text: str, span: Span) -> Spans:
    """Cut the attribution out of a selected quotation: « A », a dit X, « B » gives two spans.

    Only what stands between a closing and a reopening mark is cut, only when the selection begins
    and ends inside those quotations, and only when it reads as an attribution (words between
    commas or stops, in one paragraph). Any other selection comes back whole.
    """
    low = text.rfind("\n", 0, span.start) + 1
    high = text.find("\n", span.end)
    part = text[low : len(text) if high < 0 else high]
    if "\n" in part or len(span) > 20_000:
        return (span,)
    inside = [q for q in quotations(part) if q.depth == 0 and q.style != "dash"]
    inside = [q for q in inside if q.outer.shifted(low).overlaps(span)]
    if len(inside) < 2 or not _covers(inside, span.shifted(-low) if low else span):
        return (span,)
    cuts: list[Span] = []
    start = span.start
    for left, right in pairwise(inside):
        if left.style == right.style and _is_attribution(part, left, right):
            cuts.append(Span(start, left.outer.end + low))
            start = right.outer.start + low
    return (*cuts, Span(start, span.end)) if cuts else (span,)


def _covers(inside: list[Quotation], span: Span) -> bool:
    return inside[0].outer.start <= span.start and span.end <= inside[-1].outer.end


def _is_attribution(text: str, left: Quotation, right: Quotation) -> bool:
    """Say whether the words between two quotations read like ", a dit X, "."""
    gap = text[left.outer.end : right.outer.start]
    if len(gap) > _GAP_LIMIT or len(_LETTERS.findall(gap)) < 2:
        return False
    opened = gap.lstrip()[:1] in (",", "—", "–", "-") or left.inner.slice(text)[-1] in ",.!?…"
    return opened and gap.rstrip()[-1:] in ",.:;—–-"

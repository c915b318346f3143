"""Where the words of a page end, and what the page puts behind them begins."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from annotator.importers.kit.furniturelines import is_furniture, rules

if TYPE_CHECKING:
    from annotator.importers.kit.trailers import Trailers
    from annotator.model.span import Span

#: A line that ends like a sentence is one from here on.
SENTENCE = 60
#: A sentence of so many characters belongs to the article, whatever stands before it.
_LONG = 140
#: Sentences that an article has before the comments of its readers.
_ENOUGH = 3
#: So many remarks may stand behind the topics of an article: an invitation, a notice.
_REMARKS = 3
#: So many buttons behind the last sentence are the foot of a page.
_FOOT = 3
#: The signs that speech begins with; nobody speaks in the foot of a page.
_SPEECH = '«“"—–'


def ends_sentence(words: str) -> bool:
    """Say whether words end like a sentence."""
    return words.rstrip(' \u00a0"”»’)').endswith((".", "!", "?", "…"))


def is_sentence(text: str, line: Span) -> bool:
    """Say whether a line is a sentence of some length and no furniture."""
    return (
        len(line) >= SENTENCE and ends_sentence(line.slice(text)) and not is_furniture(text, line)
    )


def tail_start(text: str, lines: list[Span], odd: list[Span], trailers: Trailers) -> int:
    """Return the index of the line from which on there is only furniture.

    That is a line that ends the readable part ("Il vous reste 60 % de cet article à lire"), the
    heading of a list behind which no sentence of some length follows, the one over the comments,
    the topics of the article, or the first of several buttons behind its last sentence.

    Args:
        text: the canonical text.
        lines: those behind the line that the body begins with.
        odd: all that may be anything but a paragraph.
        trailers: tells lines that speak of the article.
    """
    if not lines or not odd or odd[-1].start < lines[0].start:
        return len(lines)
    told = len(lines) - 1
    while told >= 0 and not _is_told(text, lines[told], trailers):
        told -= 1
    prose = told
    while prose >= 0 and (
        not is_sentence(text, lines[prose]) or trailers.is_trailer(lines[prose], "")
    ):
        prose -= 1
    may_be = set(odd)
    for index, line in enumerate(lines):
        if line not in may_be:
            continue
        words = line.slice(text).strip()
        if not rules().turn_openings.may_begin(words):
            continue
        if rules().end.match(words) or (index > told and rules().section.fullmatch(words)):
            return index
        if rules().comments.fullmatch(words) and _are_comments(
            text, lines, index, is_last=index > prose
        ):
            return index
        if index <= prose and rules().last.fullmatch(words) and _is_last(text, lines, index):
            return index
    return _foot(text, lines, trailers)


def _are_comments(text: str, lines: list[Span], index: int, *, is_last: bool) -> bool:
    """Say whether the comments of readers stand behind a line, and most of an article before it.

    A button "12 comments" can stand anywhere; only short remarks of readers, or such as have a
    button to answer them, are told from the text.
    """
    before = lines[:index]
    told = sum(1 for line in before if is_sentence(text, line))
    answered = any(
        rules().button.fullmatch(line.slice(text).strip()) for line in lines[index + 1 :]
    )
    if (
        told < _ENOUGH - answered
        or before[-1].end - before[0].start < lines[-1].end - before[-1].end
    ):
        return False
    return is_last or answered


def _is_last(text: str, lines: list[Span], index: int) -> bool:
    """Say whether nothing of the article stands behind its topics: a few remarks at most."""
    remarks = 0
    for line in lines[index + 1 :]:
        words = line.slice(text).strip()
        if not is_sentence(text, line):
            continue
        remarks += 1
        if remarks > _REMARKS or len(words) >= _LONG or words[0] in _SPEECH:
            return False
    return sum(1 for line in lines[:index] if is_sentence(text, line)) >= _ENOUGH - 1


def _foot(text: str, lines: list[Span], trailers: Trailers) -> int:
    """Return the index of the first button behind the last sentence, if there are enough."""
    behind = sum(1 for _ in takewhile(lambda line: not _tells(text, line, trailers), lines[::-1]))
    foot = lines[len(lines) - behind :]
    known = [at for at, line in enumerate(foot) if is_furniture(text, line)]
    if len(known) < _FOOT or 3 * len(known) < len(foot) - known[0]:
        return len(lines)
    return len(lines) - behind + known[0]


def _is_told(text: str, line: Span, trailers: Trailers) -> bool:
    """Say whether a line ends in a full stop and is no furniture; titles of others do not."""
    words = line.slice(text).strip()
    return (
        words.rstrip(' \u00a0"”»’)').endswith(".")
        and len(words.split()) > 2
        and not is_furniture(text, line)
        and not trailers.is_trailer(line, "")
    )


def _tells(text: str, line: Span, trailers: Trailers) -> bool:
    """Say whether a line is a sentence of the article, be it short."""
    words = line.slice(text).strip()
    return (
        (ends_sentence(words) or words[:1] in _SPEECH)
        and len(words.split()) > 2
        and not is_furniture(text, line)
        and not trailers.is_trailer(line, "")
    )

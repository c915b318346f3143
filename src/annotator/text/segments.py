"""Paragraphs and sentences of a canonical text.

A paragraph is a line that holds something other than white space; its ordinal is its index among
those. Sentences are found by rules on the punctuation, with French and English lists in
``resources/text/sentences.json``; a sentence never crosses a paragraph.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from annotator import resources
from annotator.model.span import Span
from annotator.text.words import snap_to_words, words

__all__ = [
    "Segments",
    "paragraph_at",
    "paragraphs",
    "sentence_at",
    "sentences",
    "snap_to_words",
    "words",
]

_LINE = re.compile(r"[^\n]+")
#: A run of stops, what closes after it, and the white space that must follow. Possessive
#: repeats and the look-behind keep the search linear on a million stops.
_STOP = re.compile(
    r"(?<![.!?…‥⁇⁈⁉؟])(?P<stop>[.!?…‥⁇⁈⁉؟]++)(?P<close>(?:[ \u00a0\u202f]?[»›]|[\"'”’“)\]}*])*+)"
    r"(?:\[\d{1,3}\])?(?P<space>\s++)"
    r"|(?P<wide>[。！？]++[」』”’）]*+\s*+)"
)
#: What may stand before the first letter of a sentence.
_OPENERS = " \u00a0\u202f\t\"'“”«»‹›„‚‘’([{¿¡–—-•*…."
_TOKEN = re.compile(r"[^\s\"'’“”«»‹›„‚‘(\[{–—/,;:!?…]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_](?:-[^\W\d_])?$")
_NAME_INITIALS = re.compile(r"[^\W\d_]\.?-[^\W\d_]$")
_NEXT_WORD = re.compile(r"\w+(?:\.(?=\w)\w+)*\.?")
_BEFORE_REACH = 24
_OPENERS_REACH = 16


@dataclass(frozen=True, slots=True)
class _Rules:
    """Hold the word lists of one language (see the file for what each means)."""

    never: frozenset[str]
    before_number: frozenset[str]
    before_name: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    starters: frozenset[str]


@cache
def _rules(language: str) -> _Rules:
    tables: dict[str, dict[str, list[str]]] = json.loads(
        resources.read_text("text", "sentences.json")
    )
    chosen = ("any", language) if language in tables else tuple(tables)
    names = _Rules.__slots__
    lists = {n: frozenset(w for t in chosen for w in tables[t].get(n, ())) for n in names}
    return _Rules(**lists)


def paragraphs(text: str) -> list[Span]:
    """Find the lines that are not blank, each without its line end."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            found.append(Span(start, end))
        start = end + 1
    return found


def sentences(text: str, language: str = "und") -> list[Span]:
    """Find the sentences, trimmed of white space, in text order.

    Args:
        text: a canonical text.
        language: ``fr``, ``en`` or anything else (then the lists of both are used).
    """
    rules = _rules(language[:2].lower())
    found: list[Span] = []
    for paragraph in paragraphs(text):
        _cut(text, paragraph, rules, found)
    return found


def _cut(text: str, paragraph: Span, rules: _Rules, found: list[Span]) -> None:
    """Append the sentences of one paragraph."""
    start = paragraph.start
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        if match.end() >= paragraph.end:
            break
        if match["wide"] is None and not _ends(text, match, start, paragraph.end, rules):
            continue
        _append_trimmed(text, start, match.end(), found)
        start = match.end()
    _append_trimmed(text, start, paragraph.end, found)


def _append_trimmed(text: str, start: int, end: int, found: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _ends(text: str, match: re.Match[str], start: int, limit: int, rules: _Rules) -> bool:
    """Decide whether a stop ends a sentence."""
    at = match.end()
    reach = min(limit, at + _OPENERS_REACH)
    while at < reach and text[at] in _OPENERS:
        at += 1
    if at >= reach:
        return True
    first = text[at]
    if first.islower() and not (at + 1 < limit and text[at + 1].isupper()):
        return False
    if match["stop"] != "." or match["close"].strip(")]}*'’"):
        return True
    before = _TOKEN.search(text, max(start, match.start() - _BEFORE_REACH), match.start())
    token = before.group() if before else ""
    following = _NEXT_WORD.match(text, at, min(limit, at + 40))
    return _after_token(token, following.group() if following else "", text, start, match, rules)


def _after_token(
    token: str, following: str, text: str, start: int, match: re.Match[str], rules: _Rules
) -> bool:
    """Decide for a single full stop, by the words on its two sides."""
    if token in rules.never:
        return False
    if token in rules.before_number:
        return not following[:1].isdigit() and not _is_initial(token, following, rules)
    if token in rules.clock:
        return following.rstrip(".") not in rules.after_clock
    if token.isdigit():
        # "1. First point": the number of a list item, not a sentence.
        return bool(text[start : match.start() - len(token)].strip())
    if token in rules.before_name:
        return following in rules.starters
    return not _is_initial(token, following, rules)


def _is_initial(token: str, following: str, rules: _Rules) -> bool:
    """Say whether a token is an initial or an acronym that goes on with ``following``."""
    if not token[:1].isupper():
        return False
    if _NAME_INITIALS.match(token):
        return True
    return _INITIALS.match(token) is not None and following not in rules.starters


def paragraph_at(text: str, position: int) -> Span:
    """Return the paragraph at a position; on a blank line the next one, at the end the last.

    Raises:
        ValueError: if the text has no paragraph.
    """
    position = max(0, min(position, len(text)))
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if text[start:end].strip():
        return Span(start, end)
    for match in _LINE.finditer(text, end):
        if not match.group().isspace():
            return Span(*match.span())
    kept = text.rstrip()
    if not kept:
        message = "the text has no paragraph"
        raise ValueError(message)
    start = kept.rfind("\n") + 1
    end = text.find("\n", len(kept))
    return Span(start, len(text) if end < 0 else end)


def sentence_at(text: str, position: int, language: str = "und") -> Span:
    """Return the sentence at a position; between two sentences the one before.

    Raises:
        ValueError: if the text has no paragraph.
    """
    paragraph = paragraph_at(text, position)
    found: list[Span] = []
    _cut(text, paragraph, _rules(language[:2].lower()), found)
    index = bisect_right([span.start for span in found], position) - 1
    return found[max(0, index)]


class Segments:
    """Find paragraphs, sentences and words of one text; each is cut on first use.

    Args:
        text: the canonical text.
        language: as for ``sentences``.
    """

    def __init__(self, text: str, language: str = "und") -> None:
        self._text = text
        self._language = language

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Return the paragraphs in text order."""
        return paragraphs(self._text)

    @cached_property
    def sentences(self) -> list[Span]:
        """Return the sentences in text order."""
        return sentences(self._text, self._language)

    @cached_property
    def words(self) -> list[Span]:
        """Return the words in text order."""
        return words(self._text)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [span.start for span in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def paragraph_of(self, position: int) -> int:
        """Return the ordinal of the paragraph at or before a position (-1: there is none)."""
        return _ordinal(self._paragraph_starts, position)

    def sentence_of(self, position: int) -> int:
        """Return the ordinal of the sentence at or before a position (-1: there is none)."""
        return _ordinal(self._sentence_starts, position)


def _ordinal(starts: list[int], position: int) -> int:
    return max(0, bisect_right(starts, position) - 1) if starts else -1

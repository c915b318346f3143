"""With what the texts begin that patterns can match: a look before a dear match.

A pattern of three hundred alternatives costs as much for a line of prose as for a button, and
nearly all lines are prose. The beginnings are read off the patterns themselves, so that a list in
``resources/text`` needs no second list. What the small reader here does not understand may begin
with anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many characters of a beginning are looked at.
_REACH = 6
#: Without case they are "i" and "s", which ``str.lower`` does not make of them.
_ODD = frozenset("İıſ")
_PART = re.compile(
    r"(?P<group>\(\?(?:-i)?:)|(?P<bound>\\b)|(?P<digit>\\d)|\\(?P<escaped>\W)"
    r"|\[(?P<chosen>(?!\^)(?:\\\W|[^\]\\])+)\]|(?P<any>\.|\[(?:\\.|[^\]\\])+\])|(?P<literal>[^\\()\[])"
)
_REPEAT = re.compile(r"(?:(?P<maybe>[*?])|(?P<sure>\+)|\{(?P<least>\d*)(?:,\d*)?\})[?+]?")
_ESCAPED = re.compile(r"\\(.)")
_RANGE = re.compile(r".-.")

#: Beginnings of what a part of a pattern matches; ``True``: anything may follow.
_Heads = frozenset[tuple[str, bool]]
_NOTHING: _Heads = frozenset({("", False)})
_ANYTHING: _Heads = frozenset({("", True)})


class Openings:
    """Know the beginnings of the texts that patterns can match.

    Args:
        forms: regular expressions, matched without case.

    ``blind`` holds the forms that can match texts with any beginning; the others are looked for.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        blind: list[str] = []
        heads: set[str] = set()
        for form in forms:
            found = {head.lower() for head, _ in _Reader(form).heads()}
            if "" in found:
                blind.append(form)
            else:
                heads |= found
        self.blind = tuple(blind)
        self._heads = frozenset(heads)
        self._lengths = tuple(sorted({len(head) for head in heads}, reverse=True))
        self._pairs = frozenset(head[:2] for head in heads)
        # Two characters settle it for nearly all lines, and few pairs begin most of them.
        self._glance = lru_cache(maxsize=4_096)(self._may_go_on)

    def may_begin(self, text: str, at: int = 0) -> bool:
        """Say whether a match of a form that is not blind may begin at a position."""
        return self._glance(text[at : at + 2]) and self._look(text[at : at + _REACH])

    def _may_go_on(self, pair: str) -> bool:
        head = pair.lower()
        return head in self._pairs or head[:1] in self._pairs or not head.isascii()

    def _look(self, start: str) -> bool:
        head = start.lower()
        for length in self._lengths:
            if head[:length] in self._heads:
                return True
        return not head.isascii() and (
            not _ODD.isdisjoint(start) or any(char.isdecimal() for char in head)
        )


class _Reader:
    """Read one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def heads(self) -> _Heads:
        """Return the beginnings; what cannot be understood begins with anything."""
        try:
            found = self._alternatives()
        except ValueError:
            return _ANYTHING
        return found if self._at == len(self._pattern) else _ANYTHING

    def _alternatives(self) -> _Heads:
        found = self._sequence()
        while self._pattern[self._at : self._at + 1] == "|":
            self._at += 1
            found |= self._sequence()
        return found

    def _sequence(self) -> _Heads:
        heads = _NOTHING
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            heads = _joined(heads, self._repeated(self._part()))
        return heads

    def _part(self) -> _Heads:
        match = _PART.match(self._pattern, self._at)
        if match is None:
            raise ValueError(self._pattern)
        self._at = match.end()
        kind = match.lastgroup
        if kind == "group":
            inside = self._alternatives()
            self._at += 1
            return inside
        if kind == "bound":
            return _NOTHING
        if kind == "digit":
            return _each("0123456789")
        if kind == "chosen" and _RANGE.search(match["chosen"]) is None:
            return _each(_ESCAPED.sub(r"\1", match["chosen"]))
        return _each(match.group()[-1]) if kind in ("escaped", "literal") else _ANYTHING

    def _repeated(self, once: _Heads) -> _Heads:
        match = _REPEAT.match(self._pattern, self._at)
        if match is None:
            return once
        self._at = match.end()
        if match["maybe"] == "?":
            return once | _NOTHING
        more = frozenset((head, True) for head, _ in once)
        is_sure = match["sure"] or int(match["least"] or 0) > 0
        return more if is_sure else more | _NOTHING


def _each(chars: str) -> _Heads:
    return frozenset((char, False) for char in chars)


def _joined(heads: _Heads, following: _Heads) -> _Heads:
    """Put what follows behind the beginnings that are still open and not long enough."""
    found: set[tuple[str, bool]] = set()
    for head, is_closed in heads:
        if is_closed or len(head) >= _REACH:
            found.add((head, True))
        else:
            found |= {((head + more)[:_REACH], closed) for more, closed in following}
    return frozenset(found)

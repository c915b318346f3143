"""Cutting a file into articles by its layout alone, when no layout is known.

A cut is made where a line says so ("Document 3 of 20"), at rules drawn with signs, at form feeds,
or at headings of the top level; the first of these that cuts the file into at least two pieces of
some length is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.importers.kit.archives import Cutting, Role, cut_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.importers.base import ImportedText
    from annotator.importers.kit.sourcelines import SourceLines

_NUMBERED = re.compile(
    r"^\W*(?:(?:document|article|item|dépêche|texte|no?\.?)\s+)?\d{1,5}\s*"
    r"(?:of|de|sur|/|out of)\s*\d{1,5}"
    r"(?:\s+(?:documents?|articles?|items?))?\W*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:[=*_~#-][ \t]?){5,}\s*$")
_FEED = re.compile(r"\x0c")
_SHORTEST = 120


@dataclass(frozen=True, slots=True)
class Cut:
    """Say how a file would be cut: the name of the rule and the lines where articles begin."""

    rule: str
    starts: tuple[int, ...]


def find_cuts(lines: list[tuple[str, int]]) -> Cut:
    """Find where articles begin; one start at 0 if the file is one article."""
    for rule, test in _RULES:
        starts = _starts(lines, test)
        if len(starts) >= 2:
            return Cut(rule, tuple(starts))
    return Cut("whole", (0,))


def is_numbered(lines: list[tuple[str, int]]) -> bool:
    """Say whether the file numbers its own articles, so that no guess is needed."""
    return find_cuts(lines).rule == "numbered"


def _starts(lines: list[tuple[str, int]], test: Callable[[str, int], bool]) -> list[int]:
    marks = [i for i, (line, level) in enumerate(lines) if test(line, level)]
    edges = [0, *marks, len(lines)]
    found: list[int] = []
    for start, end in pairwise(edges):
        size = sum(len(line.strip()) for line, _ in lines[start:end])
        if size >= _SHORTEST:
            found.append(start)
    return found


def _is_numbered(line: str, level: int) -> bool:
    return len(line) < 60 and _NUMBERED.match(line) is not None


def _is_rule(line: str, level: int) -> bool:
    return _RULE.match(line) is not None


def _is_feed(line: str, level: int) -> bool:
    return _FEED.search(line) is not None


def _is_top(line: str, level: int) -> bool:
    return level == 1


_RULES = (
    ("numbered", _is_numbered),
    ("rules", _is_rule),
    ("pages", _is_feed),
    ("headings", _is_top),
)


def split_articles(source: SourceLines, name: str, media_type: str) -> list[ImportedText]:
    """Read the pieces of a file whose layout is not known; each says that it was guessed."""
    pieces = [
        cut_article(cutting, source, name, media_type, warnings=("guessed-split",))
        for cutting in split_lines(source.lines)
    ]
    return [piece for piece in pieces if piece is not None]


def split_lines(lines: list[tuple[str, int]]) -> list[Cutting]:
    """Cut a file into articles; the first short line of each is its headline."""
    cut = find_cuts(lines)
    edges = [*cut.starts, len(lines)]
    found: list[Cutting] = []
    for start, end in pairwise(edges):
        cutting = Cutting()
        words = [(line, level) for line, level in lines[start:end] if line.strip()]
        for line, level in words:
            separator = _is_numbered(line, level) or _is_rule(line, level)
            first = not cutting.has(Role.HEADLINE) and not cutting.has(Role.BODY)
            if separator:
                cutting.add(line, Role.OTHER)
            elif first and len(words) > 1 and len(line) <= 160:
                cutting.add(line, Role.HEADLINE)
            else:
                cutting.add(line, Role.BODY)
        found.append(cutting)
    return found

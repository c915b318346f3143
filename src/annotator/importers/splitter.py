"""Several articles in one file of no known export: cut by layout, with a preview."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.sourcelines import read_lines
from annotator.importers.kit.splitting import find_cuts, split_articles
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_NUMBERED = re.compile(rb"(?im)^\W*(?:document|article|item)?\s*1\s*(?:of|de|sur|/)\s*(\d{1,5})\b")


@dataclass(frozen=True, slots=True)
class Preview:
    """Show how a file would be cut: the rule, and the first words of each piece.

    ``rule`` is ``numbered``, ``rules``, ``pages``, ``headings`` or ``whole``.
    """

    rule: str
    pieces: tuple[str, ...]


class Splitter:
    """Cut a file into articles. Chosen by itself only where the file numbers its own articles."""

    id = "splitter"
    media_types = ("text/plain",)
    suffixes = ()

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: "Article 1 of 20" near the top and the last number further on."""
        match = _NUMBERED.search(data[:8_192])
        if match is None or b"\x00" in data[:8_192]:
            return 0.0
        last = match.group(1)
        again = rb"(?i)\b" + last + rb"\s*(?:of|de|sur|/)\s*" + last + rb"\b"
        return 0.93 if int(last) > 1 and re.search(again, data) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the pieces.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-binary``.
        """
        check_size(data, name)
        source = read_lines(data, name, charset=charset)
        found = split_articles(source, name, self.media_types[0])
        if not found:
            raise UserError("import-empty", name=name)
        return found


def preview(data: bytes, name: str, *, charset: str | None = None) -> Preview:
    """Show where a file would be cut, without reading its articles.

    Raises:
        UserError: as ``Splitter.read``.
    """
    check_size(data, name)
    source = read_lines(data, name, charset=charset)
    cut = find_cuts(source.lines)
    pieces = [
        next((line.strip()[:90] for line, _ in source.lines[start:] if _says_something(line)), "")
        for start in cut.starts
    ]
    return Preview(cut.rule, tuple(pieces))


def _says_something(line: str) -> bool:
    """Say whether a line tells a person which article this is: words, and not too few."""
    return len(line.strip()) > 12 and any(char.isalpha() for char in line)

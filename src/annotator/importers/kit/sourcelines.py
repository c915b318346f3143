"""The lines of a file of any text format, for exports that hold many articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.importers.kit.charset import decode
from annotator.importers.kit.markup import page_of, parse_html, without_tags
from annotator.importers.kit.richtext import read_rtf
from annotator.importers.kit.word import is_word, read_word
from annotator.importers.kit.zips import is_zip

if TYPE_CHECKING:
    import re

    from lxml.etree import _Element


@dataclass(slots=True)
class SourceLines:
    """Hold lines with their heading level (0: none), and how the file was decoded."""

    lines: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    charset: str = "utf-8"
    charset_origin: str = "declared"
    warnings: list[str] = field(default_factory=list[str])


def read_lines(
    data: bytes,
    name: str,
    *,
    charset: str | None = None,
    headline: re.Pattern[str] | None = None,
) -> SourceLines:
    """Read HTML, RTF, DOCX or plain text as lines.

    Args:
        data: the bytes.
        name: the file's name, for sentences.
        charset: the encoding that a person chose.
        headline: the class of elements of a page that are headlines, whatever their tag.

    Raises:
        UserError: as the reader of the format does.
    """
    if is_zip(data) and is_word(data):
        word = read_word(data, name)
        levels = {span.start: level for level, span in word.writer.headings}
        return SourceLines(_with_levels(word.writer.text(), levels), warnings=word.warnings)
    if data[:64].lstrip().startswith(b"{\\rtf"):
        rich = read_rtf(data, name, charset=charset)
        levels = {span.start: level for level, span in rich.writer.headings}
        return SourceLines(_with_levels(rich.writer.text(), levels), rich.charset)
    decoded = decode(data, name, charset=charset)
    text, levels = decoded.text, dict[int, int]()
    if "<" in text and ("</" in text or "<p" in text.lower()):
        root, whole = parse_html(text)
        if root is not None and whole:
            if headline is not None:
                _mark_headlines(root, headline)
            page = page_of(root)
            text, levels = page.text, {span.start: level for level, span in page.headings}
        else:
            text = without_tags(text)
    return SourceLines(_with_levels(text, levels), decoded.charset, decoded.origin)


def _mark_headlines(root: _Element, headline: re.Pattern[str]) -> None:
    for element in list(root.iter("span", "div", "p", "a")):
        if headline.search(element.get("class") or ""):
            element.tag = "h1"


def _with_levels(text: str, levels: dict[int, int]) -> list[tuple[str, int]]:
    lines: list[tuple[str, int]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((line, levels.get(at, 0)))
        at += len(line) + 1
    return lines

"""The report as Markdown (CommonMark with pipe tables): for mails, tickets and terminals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.report import (
    Answers,
    Bars,
    Beside,
    Cell,
    Facts,
    Heading,
    Listing,
    MarkedText,
    Stacks,
    Table,
    build_report,
)
from annotator.exporters.words import joined, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Block, Paragraph, Ref, Report

#: How Markdown shows what came and what went between two versions.
_SIGNS = {"removed": "~~", "added": "**"}
#: What Markdown takes for markup inside a line, and what HTML does.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&])")
#: What Markdown takes for markup at the beginning of a line.
_LINE_START = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))", re.MULTILINE)
#: A bare address would become a link in many readers.
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|file|www)(?=[:.])")


def escape(words: str) -> str:
    """Return words so that Markdown shows them as they are, on one line."""
    flat = one_line(words.replace("\n", " "))
    flat = _ADDRESS.sub(lambda m: f"{m[1]}\u2060", _SPECIAL.sub(r"\\\1", flat))
    return _LINE_START.sub(r"\1\\\2", flat)


def lines(report: Report) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"# {escape(report.headline)}"
    yield ""
    yield joined((f"**{escape(report.kicker)}**", *(escape(d) for d in report.byline)))
    yield ""
    yield escape(report.standfirst)
    for block in report.blocks:
        yield ""
        yield from _WRITERS[type(block)](block)
    yield ""
    yield f"*{escape(report.foot)}*"


def _codes(refs: Iterable[Ref]) -> str:
    return " ".join(f"\\[{escape(ref.code)}\\]" for ref in refs)


def _answers(block: Answers) -> Iterator[str]:
    for item in block.items:
        detail = f" ({escape(item.detail)})" if item.detail else ""
        codes = f" {_codes(item.refs)}" if item.refs else ""
        yield f"- **{escape(item.figure)}** {escape(item.words)}{codes}{detail}"


def _stacks(block: Stacks) -> Iterator[str]:
    yield f"## {escape(block.title)}"
    yield ""
    if block.intro:
        yield escape(block.intro)
        yield ""
    words = dict(block.legend)
    for row in block.rows:
        parts = (f"{escape(words.get(p.tone, ''))} {escape(p.words)}" for p in row.parts if p.value)
        yield f"- {escape(row.label)} – {', '.join(parts)}"


def _bars(block: Bars) -> Iterator[str]:
    yield f"## {escape(block.title)}"
    yield ""
    yield escape(block.intro if block.rows else block.empty)
    if block.rows:
        yield ""
    for row in block.rows:
        yield f"- {escape(row.label)} – {escape(row.words)}"


def _beside(block: Beside) -> Iterator[str]:
    for number, one in enumerate(block.lists):
        if number:
            yield ""
        yield from _listing(one)


def _heading(block: Heading) -> Iterator[str]:
    yield f"## {escape(block.title)}"
    if block.detail:
        yield ""
        yield escape(block.detail)


def _listing(block: Listing) -> Iterator[str]:
    yield f"{'###' if block.is_minor else '##'} {escape(block.title)}"
    yield ""
    for number, item in enumerate(block.items, start=1):
        sign = f"{number}." if block.numbered else "-"
        words = joined((escape(item.words), escape(item.quote), _codes(item.refs)), " ")
        yield f"{sign} {words}{f' – {escape(item.detail)}' if item.detail else ''}"
    if block.intro and block.items:
        yield ""
        yield escape(block.intro)
    if not block.items:
        yield f"*{escape(block.empty)}*"


def _marked(block: MarkedText) -> Iterator[str]:
    yield f"## {escape(block.title)}"
    for paragraph in block.paragraphs:
        yield ""
        yield _paragraph(paragraph)


def _paragraph(paragraph: Paragraph) -> str:
    shown: list[str] = []
    for run in paragraph.runs:
        # Spaces at the edges of runs must survive; the line's own beginning is escaped below.
        words = _SPECIAL.sub(r"\\\1", run.text)
        styles = {mark.style for mark in run.marks}
        sign = next((s for style, s in _SIGNS.items() if style in styles), "")
        shown.append(f"{sign}{words}{sign}" if words.strip() else words)
        if run.refs:
            shown.append(f" {_codes(run.refs)}")
    text = one_line(_ADDRESS.sub(lambda m: f"{m[1]}\u2060", "".join(shown).replace("\n", " ")))
    text = _LINE_START.sub(r"\1\\\2", text)
    if paragraph.kind == "heading":
        return f"### {text}"
    if paragraph.kind == "furniture":
        return f"> {text}"
    return f"({paragraph.number}) {text}" if paragraph.number else text


def _table(block: Table) -> Iterator[str]:
    if block.title:
        yield f"## {escape(block.title)}"
        yield ""
    if not block.rows:
        yield f"*{escape(block.empty)}*"
        return
    if block.intro:
        yield escape(block.intro)
        yield ""
    yield f"| {' | '.join(escape(c.title) for c in block.columns)} |"
    yield "|" + "|".join("---:" if c.kind == "number" else "---" for c in block.columns) + "|"
    for row in block.rows:
        cells = [_cell(cell) for cell in row.cells]
        if row.depth:
            cells[0] = f"– {cells[0]}"
        yield f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return joined((escape(cell.text), _codes(cell.refs), escape(cell.detail)))


def _facts(block: Facts) -> Iterator[str]:
    yield f"## {escape(block.title)}"
    yield ""
    for label, value in block.pairs:
        yield f"- {escape(label)} – {escape(value)}"
    for sentence in block.sentences:
        yield ""
        yield escape(sentence)


_WRITERS: dict[type[Block], Callable[..., Iterator[str]]] = {
    Answers: _answers,
    Stacks: _stacks,
    Bars: _bars,
    Listing: _listing,
    MarkedText: _marked,
    Table: _table,
    Facts: _facts,
    Beside: _beside,
    Heading: _heading,
}


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier."""
    text = "\n".join(lines(build_report(dossier)))
    stream.write(f"{text}\n".encode())


EXPORTER = Format("md", ".md", "text/markdown", Scope.ARTICLE, write, losses=("report",))

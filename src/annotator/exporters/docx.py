"""The report as a Word document, marks and all, ready to be edited."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.paper import QUIET, Paper, colour, fill, mix
from annotator.exporters.report import (
    Answers,
    Bars,
    Beside,
    Facts,
    Heading,
    Listing,
    MarkedText,
    Stacks,
    Table,
    build_report,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Block, Cell, Item, Paragraph, Ref, Report, Run, Stack

_UNDERLINES = {
    "quote": "single",
    "source.unnamed": "dash",
    "source.named": "single",
    "claim": "dottedHeavy",
    "actor": "single",
    "hedge": "dash",
    "declined_comment": "dash",
    "could_not_verify": "dotted",
    "added": "single",
}
_FAINT = "86837D"
_LINE = "DEDBD5"
#: From which share on a part of a bar has room for its figure.
_ROOM = 0.08
#: How wide a letter of a table is, about.
_LETTER_CM = 0.15
_SPACE = "\u2003"


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier; the worksheet as one that can be read back."""
    if dossier.kind == "worksheet":
        import_module("annotator.exporters.worksheet_docx").write(dossier, stream)
        return
    report = build_report(dossier)
    paper = Paper(report.lang, is_wide=report.is_wide)
    paper.footer(report.foot)
    masthead(paper, report)
    for block in report.blocks:
        _WRITERS[type(block)](paper, block)
    stream.write(paper.close(report.headline, report.lang))


def masthead(paper: Paper, report: Report) -> None:
    """Write what the report is, what it is about and what it found."""
    kicker = paper.paragraph(style="Annotator Kicker")
    paper.run(kicker, report.kicker.upper())
    paper.run(paper.paragraph(style="Heading 1"), report.headline)
    if report.byline:
        paper.run(paper.paragraph(style="Annotator Byline"), _SPACE.join(report.byline))
    paper.run(paper.paragraph(style="Annotator Standfirst"), report.standfirst)


def _codes(paper: Paper, paragraph: Any, refs: Iterable[Ref], after: str = " ") -> None:
    """Write codes behind words, or (``after`` nothing) in front of them."""
    for ref in refs:
        words = f" {ref.code}" if after else ref.code
        paper.run(paragraph, words, size=7.5, bold=True, colour=colour(ref.tone))
        after = " "


def _answers(paper: Paper, block: Answers) -> None:
    # An answer that has much to explain gets more room than a bare figure.
    weights = [1.8 if len(item.detail) > 80 else 1.0 for item in block.items]
    grid = paper.table(1, weights, header=False, rules=False, gap=0.6)
    for cell, item in zip(grid.rows[0].cells, block.items, strict=True):
        paper.border(cell, "top", _LINE)
        figure = paper.paragraph(cell, "Annotator Figure")
        paper.run(figure, item.figure, colour=colour(item.tone))
        words = paper.paragraph(cell)
        paper.run(words, item.words)
        _codes(paper, words, item.refs)
        if item.detail:
            paper.run(paper.paragraph(cell, "Annotator Detail"), item.detail)


def _stacks(paper: Paper, block: Stacks) -> None:
    paper.heading(block.title)
    legend = paper.paragraph(style="Annotator Intro")
    if block.intro:
        paper.run(legend, f"{block.intro}{_SPACE}")
    for tone, words in block.legend:
        paper.run(legend, "■ ", colour=fill(tone)[0])
        paper.run(legend, f"{words}{_SPACE}", size=8.5)
    for row in block.rows:
        _stack(paper, row, is_last=row is block.rows[-1])


def _stack(paper: Paper, row: Stack, *, is_last: bool) -> None:
    """Draw a bar as a row of cells, each as wide as its share; the bars stay on one page."""
    whole = sum(part.value for part in row.parts) or 1
    parts = [part for part in row.parts if part.value]
    grid = paper.table(
        1,
        [0.3, *(0.7 * part.value / whole for part in parts)],
        header=False,
        rules=False,
        gap=0.0,
    )
    label, *cells = grid.rows[0].cells
    name = paper.paragraph(label, "Annotator Cell")
    name.paragraph_format.keep_with_next = not is_last
    paper.run(name, row.label, colour=QUIET)
    for cell, part in zip(cells, parts, strict=True):
        ground, ink = fill(part.tone)
        paper.shade(cell, ground)
        figure = paper.paragraph(cell, "Annotator Cell")
        paper.indent(figure, 0.15)
        shown = part.words if part.value / whole > _ROOM else ""
        paper.run(figure, shown, size=8, bold=True, colour=ink)
    # Tables that touch are one table to Word.
    paper.paragraph(style="Annotator Space").paragraph_format.keep_with_next = not is_last


def _bars(paper: Paper, block: Bars) -> None:
    paper.heading(block.title)
    if not block.rows:
        paper.run(paper.paragraph(), block.empty, italic=True, colour=QUIET)
        return
    paper.run(paper.paragraph(style="Annotator Intro"), block.intro)
    weights = [0.42, 0.5, 0.08]
    grid = paper.table(len(block.rows), weights, header=False, rules=False)
    width = paper.width_cm * weights[1] - 0.25
    most = max(row.value for row in block.rows) or 1
    for line, row in zip(grid.rows, block.rows, strict=True):
        label, bar, figure = line.cells
        paper.run(paper.paragraph(label, "Annotator Cell"), row.label)
        tone = row.tone if row.tone != "actor" else "quote"
        paper.bar(bar, row.value / most, width, colour(tone) or QUIET)
        paper.run(paper.paragraph(figure, "Annotator Cell"), row.words, colour=QUIET)


def _beside(paper: Paper, block: Beside) -> None:
    paper.paragraph(style="Annotator Space")
    weights = [1.0] * len(block.lists)
    grid = paper.table(1, weights, header=False, rules=False, gap=0.5, may_break=True)
    for cell, one in zip(grid.rows[0].cells, block.lists, strict=True):
        paper.heading(one.title, cell)
        for item in one.items:
            _item(paper, item, cell)


def _heading(paper: Paper, block: Heading) -> None:
    paper.run(paper.paragraph(style="Annotator Article"), block.title)
    if block.detail:
        detail = paper.paragraph(style="Annotator Byline")
        detail.paragraph_format.keep_with_next = True
        paper.run(detail, block.detail)


def _listing(paper: Paper, block: Listing) -> None:
    paper.heading(block.title, level=3 if block.is_minor else 2)
    if not block.items:
        paper.run(paper.paragraph(), block.empty, italic=True, colour=QUIET)
    if block.is_dense and len(block.items) > 1:
        _halves(paper, block)
    else:
        for number, item in enumerate(block.items, start=1):
            _item(paper, item, number=number if block.numbered else 0)
    if block.intro and block.items:
        paper.run(paper.paragraph(style="Annotator Detail"), block.intro)


def _halves(paper: Paper, block: Listing) -> None:
    """Write the entries in two columns, to save room."""
    grid = paper.table(1, [1.0, 1.0], header=False, rules=False, gap=0.5, may_break=True)
    half = (len(block.items) + 1) // 2
    for cell, items in zip(
        grid.rows[0].cells, (block.items[:half], block.items[half:]), strict=True
    ):
        for item in items:
            _item(paper, item, cell)


def _item(paper: Paper, item: Item, place: Any | None = None, *, number: int = 0) -> None:
    """Write one entry; its lines stay together, under its number."""
    lines: list[Any] = []
    if item.words:
        lines.append(paper.paragraph(place, "Annotator Item"))
        if number:
            paper.run(lines[0], f"{number}\t", bold=True, colour=QUIET)
        paper.run(lines[0], item.words)
        _codes(paper, lines[0], item.refs)
    if item.quote:
        lines.append(paper.paragraph(place, "Annotator Quote"))
        paper.run(lines[-1], item.quote)
        if not item.words:
            _codes(paper, lines[-1], item.refs)
    if item.detail:
        lines.append(paper.paragraph(place, "Annotator Detail"))
        paper.run(lines[-1], item.detail)
    for line in lines:
        line.paragraph_format.keep_with_next = line is not lines[-1]
        if number:
            paper.indent(line, 0.6, hang=0.6 if line is lines[0] and item.words else 0.0)


def _marked(paper: Paper, block: MarkedText) -> None:
    paper.heading(block.title)
    legend = paper.paragraph(style="Annotator Intro")
    for style, words in block.legend:
        _run(paper, legend, words, [style])
        paper.run(legend, _SPACE)
    if block.is_dense:
        _dense(paper, block)
    else:
        _full(paper, block)


def _dense(paper: Paper, block: MarkedText) -> None:
    """Set the text small in two columns, to look things up in."""
    paper.columns(2)
    for shown in block.paragraphs:
        paragraph = paper.paragraph(style="Annotator Small Text")
        if shown.number:
            paper.run(paragraph, f"{shown.number}\u2002", size=6.5, colour=_FAINT)
        _set(paper, paragraph, shown)
    paper.columns(1)


def _full(paper: Paper, block: MarkedText) -> None:
    """Set the text to be read, notes in the margin where there are any."""
    has_notes = any(shown.margins for shown in block.paragraphs)
    weights = [0.8, 11.0, 4.8] if has_notes else [0.8, 15.8]
    count = len(block.paragraphs)
    grid = paper.table(count, weights, header=False, rules=False, may_break=True)
    for line, shown in zip(grid.rows, block.paragraphs, strict=True):
        if shown.number:
            place = paper.paragraph(line.cells[0], "Annotator Text")
            paper.run(place, str(shown.number), size=7, colour=_FAINT)
        _set(paper, paper.paragraph(line.cells[1], "Annotator Text"), shown)
        for margin in shown.margins:
            note = paper.paragraph(line.cells[2], "Annotator Detail")
            _codes(paper, note, margin.refs)
            tint = colour(margin.tone)
            paper.run(note, f" {margin.words}", size=7.5, bold=True, colour=tint)
            if margin.detail:
                paper.run(note, f" · {margin.detail}", size=7.5)


def _set(paper: Paper, paragraph: Any, shown: Paragraph) -> None:
    for run in shown.runs:
        _text(paper, paragraph, run, shown.kind)
        for ref in run.refs:
            tint = colour(ref.tone)
            paper.run(paragraph, f"\u00a0{ref.code}", bold=True, raised=True, colour=tint)


def _text(paper: Paper, paragraph: Any, run: Run, kind: str) -> None:
    if kind == "furniture":
        paper.run(paragraph, run.text, size=7.5, colour=_FAINT)
    else:
        _run(paper, paragraph, run.text, [m.style for m in run.marks], is_heading=kind == "heading")


def _run(
    paper: Paper, paragraph: Any, words: str, styles: list[str], *, is_heading: bool = False
) -> None:
    """Set words under marks: washes mixed, the innermost line drawn (Word has but one)."""
    lined = [style for style in styles if style in _UNDERLINES]
    inner = lined[-1] if lined else ""
    paper.run(
        paragraph,
        words,
        bold=is_heading,
        italic="cue" in styles,
        colour=colour("cue") if "cue" in styles else "",
        wash=mix(styles),
        line=_UNDERLINES.get(inner, ""),
        line_colour=colour(inner),
        struck="removed" in styles,
    )


def table(paper: Paper, block: Table) -> None:
    """Write a table with its title; its first row is on every page."""
    if block.title:
        paper.heading(block.title)
    if not block.rows:
        paper.run(paper.paragraph(), block.empty, italic=True, colour=QUIET)
        return
    if block.intro:
        paper.run(paper.paragraph(style="Annotator Intro"), block.intro)
    grid = paper.table(len(block.rows) + 1, [c.weight for c in block.columns])
    for cell, column in zip(grid.rows[0].cells, block.columns, strict=True):
        title = paper.paragraph(cell, "Annotator Cell")
        title.paragraph_format.keep_with_next = True
        paper.run(title, column.title, size=8, colour=QUIET)
        _align(title, column.kind)
    whole = sum(column.weight for column in block.columns)
    rooms = [c.weight / whole * paper.width_cm / _LETTER_CM for c in block.columns]
    for line, row in zip(grid.rows[1:], block.rows, strict=True):
        for x, (content, column) in enumerate(zip(row.cells, block.columns, strict=True)):
            paragraph = _cell(paper, line.cells[x], content, column.kind, rooms[x])
            if x == 0 and row.depth:
                paper.indent(paragraph, 0.15 * row.depth)


def _align(paragraph: Any, kind: str) -> None:
    if kind == "number":
        paragraph.alignment = 2


def _cell(paper: Paper, cell: Any, content: Cell, kind: str, room: float) -> Any:
    """Fill a cell and return its first paragraph; ``room``: letters that fit on a line."""
    style = "Annotator Cell Quote" if kind == "quote" else "Annotator Cell"
    paragraph = paper.paragraph(cell, style)
    paper.run(paragraph, content.text, bold=bool(content.tone), colour=colour(content.tone))
    _codes(paper, paragraph, content.refs, after=content.text)
    taken = len(content.text) + len(content.detail) + 4 * len(content.refs) + 4
    if content.detail and (not content.text or taken < room):
        paper.run(paragraph, f"  {content.detail}", size=8, colour=QUIET)
    elif content.detail:
        paper.run(paper.paragraph(cell, "Annotator Detail"), content.detail)
    _align(paragraph, kind)
    return paragraph


def facts(paper: Paper, block: Facts) -> None:
    """Write pairs one after the other, and the sentences under them."""
    paper.heading(block.title)
    pairs = paper.paragraph(style="Annotator Detail")
    for label, value in block.pairs:
        paper.run(pairs, f"{label} ")
        paper.run(pairs, value, bold=True, colour="1D1D1B")
        paper.run(pairs, _SPACE)
    paper.run(paper.paragraph(style="Annotator Detail"), " ".join(block.sentences))


_WRITERS: dict[type[Block], Callable[[Paper, Any], None]] = {
    Answers: _answers,
    Stacks: _stacks,
    Bars: _bars,
    Listing: _listing,
    Beside: _beside,
    Heading: _heading,
    MarkedText: _marked,
    Table: table,
    Facts: facts,
}

EXPORTER = Format(
    "docx",
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Scope.ARTICLE,
    write,
    losses=("report",),
)

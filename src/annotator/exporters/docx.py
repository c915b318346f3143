"""The report as a Word document, marks and all, ready to be edited."""

from __future__ import annotations

import io
import json
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator import resources
from annotator.exporters.base import Format, Scope
from annotator.exporters.ooxml import scrubbed
from annotator.exporters.report import (
    Answers,
    Bars,
    Facts,
    Listing,
    MarkedText,
    Stacks,
    Table,
    build_report,
    printable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.exporters.base import Dossier
    from annotator.exporters.report import Block, Cell, Paragraph, Ref, Report, Run

_SERIF = "Cambria"
_SANS = "Calibri"
_WIDTH_CM = 17.4
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
_BAR = "█"
_LONGEST_BAR = 24


@cache
def _colours() -> dict[str, tuple[str, float]]:
    """Return the colour and the wash's strength of each style, from the light theme."""
    theme = json.loads(resources.read_text("themes", "light.json"))
    found = {s: (look["colour"][1:], look["wash"]) for s, look in theme["marks"].items()}
    found["warn"] = found["source.unnamed"]
    found["good"] = found["claim"]
    found["added"] = found["claim"]
    found["quiet"] = (theme["ink2"][1:], 0.0)
    found["source.office"] = ("d8a469", 0.3)
    return found


def _mix(styles: Iterable[str]) -> str:
    """Return the colour of several washes over white paper, as six hex digits; empty: none."""
    channels = [255.0, 255.0, 255.0]
    for style in styles:
        colour, strength = _colours().get(style, ("000000", 0.0))
        for i in range(3):
            part = int(colour[2 * i : 2 * i + 2], 16)
            channels[i] = channels[i] * (1 - strength) + part * strength
    mixed = "".join(f"{round(c):02x}" for c in channels)
    return "" if mixed == "ffffff" else mixed


class Paper:
    """Write to a Word document with few words: paragraphs, runs, tables."""

    def __init__(self, lang: str) -> None:
        self._docx: Any = import_module("docx")
        self._shared: Any = import_module("docx.shared")
        self._oxml: Any = import_module("docx.oxml")
        self._qn: Any = import_module("docx.oxml.ns").qn
        self.document = self._docx.Document()
        section = self.document.sections[0]
        for side in ("left_margin", "right_margin"):
            setattr(section, side, self._shared.Cm(1.8))
        section.top_margin = self._shared.Cm(1.7)
        section.bottom_margin = self._shared.Cm(1.9)
        section.page_width = self._shared.Cm(21.0)
        section.page_height = self._shared.Cm(29.7)
        for name, size, font in (
            ("Normal", 9.5, _SANS),
            ("Heading 1", 22, _SERIF),
            ("Heading 2", 10, _SANS),
        ):
            self._dress(self.document.styles[name], size, font, lang)

    def _dress(self, style: Any, size: float, font: str, lang: str) -> None:
        style.font.size = self._shared.Pt(size)
        style.font.name = font
        style.font.color.rgb = self._shared.RGBColor(0x1D, 0x1D, 0x1B)
        fonts = style.element.rPr.rFonts
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(self._qn(f"w:{script}"), font)
            theme = self._qn(f"w:{script}Theme")
            if theme in fonts.attrib:
                del fonts.attrib[theme]
        language = self._element("w:lang")
        language.set(self._qn("w:val"), "fr-FR" if lang == "fr" else "en-GB")
        style.element.rPr.append(language)
        style.paragraph_format.space_after = self._shared.Pt(3)
        style.paragraph_format.space_before = self._shared.Pt(16 if size == 10 else 0)

    def _element(self, name: str) -> Any:
        return self._oxml.OxmlElement(name)

    def paragraph(self, place: Any | None = None, style: str = "Normal") -> Any:
        """Add a paragraph to the document or a cell."""
        return (place or self.document).add_paragraph(style=style)

    def run(
        self,
        paragraph: Any,
        words: str,
        *,
        size: float = 0,
        bold: bool = False,
        italic: bool = False,
        colour: str = "",
        serif: bool = False,
        raised: bool = False,
        wash: str = "",
        line: str = "",
        line_colour: str = "",
        struck: bool = False,
    ) -> None:
        """Add words to a paragraph."""
        run = paragraph.add_run(printable(words))
        run.bold = bold or None
        run.italic = italic or None
        run.font.strike = struck or None
        if size:
            run.font.size = self._shared.Pt(size)
        if colour:
            run.font.color.rgb = self._shared.RGBColor.from_string(colour.upper())
        if serif:
            run.font.name = _SERIF
        if raised:
            run.font.superscript = True
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - shading has no public door
        if line:
            underline = self._element("w:u")
            underline.set(self._qn("w:val"), line)
            underline.set(self._qn("w:color"), line_colour)
            properties.append(underline)
        if wash:
            properties.append(self._shading(wash))

    def _shading(self, colour: str) -> Any:
        shading = self._element("w:shd")
        shading.set(self._qn("w:val"), "clear")
        shading.set(self._qn("w:color"), "auto")
        shading.set(self._qn("w:fill"), colour)
        return shading

    def heading(self, words: str) -> None:
        """Add a block's title with a rule above it."""
        paragraph = self.document.add_heading(words, level=2)
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        borders = self._element("w:pBdr")
        top = self._element("w:top")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "1D1D1B")):
            top.set(self._qn(f"w:{name}"), value)
        borders.append(top)
        properties.append(borders)

    def table(
        self, rows: int, weights: Sequence[float], *, header: bool = True, rules: bool = True
    ) -> Any:
        """Add a table with hairlines; with ``header`` the first row is repeated on every page."""
        table = self.document.add_table(rows=rows, cols=len(weights))
        table.autofit = False
        whole = sum(weights) or 1
        for column, weight in zip(table.columns, weights, strict=True):
            width = self._shared.Cm(_WIDTH_CM * weight / whole)
            column.width = width
            for cell in column.cells:
                cell.width = width
        for number, row in enumerate(table.rows):
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001
            if header or rules:
                # A paragraph of the article may go over the page, a row of a table may not.
                properties.append(self._element("w:cantSplit"))
            if header and number == 0:
                properties.append(self._element("w:tblHeader"))
        if rules:
            self._rule(table, "1D1D1B" if header else "DEDBD5")
        return table

    def _rule(self, table: Any, first: str) -> None:
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
                borders = self._element("w:tcBorders")
                bottom = self._element("w:bottom")
                colour = first if number == 0 else "DEDBD5"
                line = {"val": "single", "sz": "4", "space": "0", "color": colour}
                for name, value in line.items():
                    bottom.set(self._qn(f"w:{name}"), value)
                borders.append(bottom)
                properties.append(borders)

    def shade(self, cell: Any, colour: str) -> None:
        """Give a cell a ground."""
        cell._tc.get_or_add_tcPr().append(self._shading(colour))  # noqa: SLF001

    def close(self, title: str, lang: str) -> bytes:
        """Return the bytes."""
        stream = io.BytesIO()
        self.document.save(stream)
        return scrubbed(stream.getvalue(), title=title, lang=lang)


def _colour(tone: str) -> str:
    return _colours()[tone][0] if tone in _colours() else ""


_QUIET = "5b5a56"


def _codes(paper: Paper, paragraph: Any, refs: Iterable[Ref]) -> None:
    for ref in refs:
        paper.run(paragraph, f" {ref.code}", size=7.5, bold=True, colour=_colour(ref.tone))


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the report of the dossier."""
    report = build_report(dossier)
    paper = Paper(report.lang)
    _masthead(paper, report)
    for block in report.blocks:
        _WRITERS[type(block)](paper, block)
    foot = paper.document.sections[0].footer.paragraphs[0]
    paper.run(foot, report.foot, size=7.5, colour=_QUIET)
    stream.write(paper.close(report.headline, report.lang))


def _masthead(paper: Paper, report: Report) -> None:
    kicker = paper.paragraph()
    paper.run(kicker, report.kicker.upper(), size=8, bold=True)
    paper.run(kicker, f"    {report.foot}", size=8, colour=_QUIET)
    paper.document.add_heading(report.headline, level=1)
    paper.run(paper.paragraph(), "    ".join(report.byline), colour=_QUIET)
    paper.run(paper.paragraph(), report.standfirst, size=12.5, serif=True)
    paper.paragraph()


def _answers(paper: Paper, block: Answers) -> None:
    table = paper.table(1, [1.0] * len(block.items), header=False)
    for cell, item in zip(table.rows[0].cells, block.items, strict=True):
        first = cell.paragraphs[0]
        paper.run(first, item.figure, size=20, bold=True, serif=True, colour=_colour(item.tone))
        words = paper.paragraph(cell)
        paper.run(words, item.words)
        _codes(paper, words, item.refs)
        if item.detail:
            paper.run(paper.paragraph(cell), item.detail, size=8, colour=_QUIET)


def _stacks(paper: Paper, block: Stacks) -> None:
    paper.heading(block.title)
    if block.intro:
        paper.run(paper.paragraph(), block.intro, colour=_QUIET)
    tones = [tone for tone, _ in block.legend]
    table = paper.table(len(block.rows) + 1, [1.6, *([1.0] * len(tones))])
    for cell, (_, words) in zip(table.rows[0].cells[1:], block.legend, strict=True):
        paper.run(cell.paragraphs[0], words, size=8, colour=_QUIET)
    for line, row in zip(table.rows[1:], block.rows, strict=True):
        paper.run(line.cells[0].paragraphs[0], row.label)
        parts = {part.tone: part for part in row.parts}
        for cell, tone in zip(line.cells[1:], tones, strict=True):
            paper.run(cell.paragraphs[0], parts[tone].words, bold=True)
            paper.shade(cell, _mix([tone]) or "ececea")


def _bars(paper: Paper, block: Bars) -> None:
    paper.heading(block.title)
    if not block.rows:
        paper.run(paper.paragraph(), block.empty, italic=True, colour=_QUIET)
        return
    paper.run(paper.paragraph(), block.intro, colour=_QUIET)
    table = paper.table(len(block.rows), [1.0, 1.2], header=False)
    most = max(row.value for row in block.rows) or 1
    for line, row in zip(table.rows, block.rows, strict=True):
        paper.run(line.cells[0].paragraphs[0], row.label)
        bar = _BAR * max(1, round(_LONGEST_BAR * row.value / most))
        where = line.cells[1].paragraphs[0]
        paper.run(where, bar, size=7, colour=_colour(row.tone if row.tone != "actor" else "quote"))
        paper.run(where, f" {row.words}", size=8, colour=_QUIET)


def _listing(paper: Paper, block: Listing) -> None:
    paper.heading(block.title)
    if not block.items:
        paper.run(paper.paragraph(), block.empty, italic=True, colour=_QUIET)
    for number, item in enumerate(block.items, start=1):
        paragraph = paper.paragraph()
        if block.numbered:
            paper.run(paragraph, f"{number}  ", bold=True, serif=True, colour=_QUIET)
        if item.words:
            paper.run(paragraph, item.words)
            _codes(paper, paragraph, item.refs)
        if item.quote:
            where = paper.paragraph() if item.words else paragraph
            paper.run(where, item.quote, serif=True, colour=_QUIET)
            if not item.words:
                _codes(paper, where, item.refs)
        if item.detail:
            paper.run(paper.paragraph(), item.detail, size=8, colour=_QUIET)
    if block.intro and block.items:
        paper.run(paper.paragraph(), block.intro, size=8, colour=_QUIET)


def _marked(paper: Paper, block: MarkedText) -> None:
    paper.heading(block.title)
    legend = paper.paragraph()
    for style, words in block.legend:
        _run(paper, legend, words, [style], size=9)
        paper.run(legend, "    ")
    weights = [0.8, 11.0, 4.4]
    table = paper.table(len(block.paragraphs), weights, header=False, rules=False)
    for line, shown in zip(table.rows, block.paragraphs, strict=True):
        number = str(shown.number) if shown.number else ""
        paper.run(line.cells[0].paragraphs[0], number, size=7, colour="86837d")
        _set(paper, line.cells[1].paragraphs[0], shown)
        for n, margin in enumerate(shown.margins):
            note = line.cells[2].paragraphs[0] if n == 0 else paper.paragraph(line.cells[2])
            for ref in margin.refs:
                paper.run(note, f"{ref.code} ", size=7.5, bold=True, colour=_colour(ref.tone))
            paper.run(note, margin.words, size=7.5, bold=True, colour=_colour(margin.tone))
            if margin.detail:
                paper.run(note, f" · {margin.detail}", size=7.5, colour=_QUIET)


def _set(paper: Paper, paragraph: Any, shown: Paragraph) -> None:
    for run in shown.runs:
        _text(paper, paragraph, run, shown.kind)
        for ref in run.refs:
            paper.run(
                paragraph, f" {ref.code}", size=9, bold=True, raised=True, colour=_colour(ref.tone)
            )


def _text(paper: Paper, paragraph: Any, run: Run, kind: str) -> None:
    if kind == "furniture":
        paper.run(paragraph, run.text, size=8, colour="86837d")
    else:
        size = 12.0 if kind == "heading" else 10.0
        _run(paper, paragraph, run.text, [m.style for m in run.marks], size=size, kind=kind)


def _run(
    paper: Paper, paragraph: Any, words: str, styles: list[str], *, size: float, kind: str = ""
) -> None:
    """Set words under marks: washes mixed, the innermost line drawn (Word has but one)."""
    lined = [style for style in styles if style in _UNDERLINES]
    inner = lined[-1] if lined else ""
    paper.run(
        paragraph,
        words,
        size=size,
        serif=True,
        bold=kind == "heading",
        italic="cue" in styles,
        colour=_colour("cue") if "cue" in styles else "",
        wash=_mix(styles),
        line=_UNDERLINES.get(inner, ""),
        line_colour=_colour(inner),
        struck="removed" in styles,
    )


def _table(paper: Paper, block: Table) -> None:
    paper.heading(block.title)
    if not block.rows:
        paper.run(paper.paragraph(), block.empty, italic=True, colour=_QUIET)
        return
    if block.intro:
        paper.run(paper.paragraph(), block.intro, colour=_QUIET)
    table = paper.table(len(block.rows) + 1, [c.weight for c in block.columns])
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        paper.run(cell.paragraphs[0], column.title, size=8, colour=_QUIET)
        _align(cell, column.kind)
    for line, row in zip(table.rows[1:], block.rows, strict=True):
        for cell, content, column in zip(line.cells, row.cells, block.columns, strict=True):
            _cell(paper, cell, content, column.kind, row.depth)


def _align(cell: Any, kind: str) -> None:
    if kind == "number":
        cell.paragraphs[0].alignment = 2


def _cell(paper: Paper, cell: Any, content: Cell, kind: str, depth: int) -> None:
    paragraph = cell.paragraphs[0]
    indent = "   " * depth if kind == "code" else ""
    paper.run(
        paragraph,
        f"{indent}{content.text}",
        size=9 if kind == "quote" else 8.5,
        serif=kind == "quote",
        bold=bool(content.tone),
        colour=_colour(content.tone),
    )
    _codes(paper, paragraph, content.refs)
    if content.detail:
        paper.run(paper.paragraph(cell), content.detail, size=7.5, colour=_QUIET)
    _align(cell, kind)


def _facts(paper: Paper, block: Facts) -> None:
    paper.heading(block.title)
    for label, value in block.pairs:
        paragraph = paper.paragraph()
        paper.run(paragraph, f"{label}  ", size=8, colour=_QUIET)
        paper.run(paragraph, value, size=8.5)
    for sentence in block.sentences:
        paper.run(paper.paragraph(), sentence, size=8, colour=_QUIET)


_WRITERS: dict[type[Block], Callable[[Paper, Any], None]] = {
    Answers: _answers,
    Stacks: _stacks,
    Bars: _bars,
    Listing: _listing,
    MarkedText: _marked,
    Table: _table,
    Facts: _facts,
}

EXPORTER = Format(
    "docx",
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Scope.ARTICLE,
    write,
    losses=("report",),
)

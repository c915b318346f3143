"""A Word document written with few words: paragraphs in named styles, runs, tables, bars.

Everything a reader may want to change stands in a style of its own ("Annotator Detail"), so that a
newsroom can dress the document in its own type. Fonts are those that Word brings.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from annotator import resources
from annotator.exporters.ooxml import put_in_order, scrubbed
from annotator.exporters.report import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SERIF = "Cambria"
_SANS = "Calibri"
_INK = "1D1D1B"
QUIET = "5B5A56"
_LINE = "DEDBD5"
_MARGIN_CM = 1.6
_PAGE_CM = (21.0, 29.7)
#: Twentieths of a point in a centimetre: what Word counts widths in.
_TWIPS = 567
#: Name, base, size, font, bold, colour, space before and after, stays with what follows.
_STYLES: tuple[tuple[str, str, float, str, bool, str, float, float, bool], ...] = (
    ("Normal", "", 9.5, _SANS, False, _INK, 0, 3, False),
    ("Heading 1", "", 22, _SERIF, True, _INK, 0, 3, True),
    ("Heading 2", "", 8.5, _SANS, True, _INK, 9, 3, True),
    ("Heading 3", "", 10.5, _SERIF, True, _INK, 8, 2, True),
    ("Annotator Article", "Heading 2", 15, _SERIF, True, _INK, 18, 2, True),
    ("Annotator Kicker", "Normal", 8, _SANS, True, _INK, 0, 2, True),
    ("Annotator Byline", "Normal", 9.5, _SANS, False, QUIET, 0, 4, False),
    ("Annotator Standfirst", "Normal", 12, _SERIF, False, _INK, 2, 6, False),
    ("Annotator Figure", "Normal", 22, _SERIF, True, _INK, 0, 0, True),
    ("Annotator Intro", "Normal", 9, _SANS, False, QUIET, 0, 4, True),
    ("Annotator Item", "Normal", 9, _SANS, False, _INK, 2, 0, True),
    ("Annotator Quote", "Normal", 9, _SERIF, False, QUIET, 0, 0, False),
    ("Annotator Detail", "Normal", 7.5, _SANS, False, QUIET, 0, 0, False),
    ("Annotator Cell", "Normal", 8.5, _SANS, False, _INK, 1, 1, False),
    ("Annotator Cell Quote", "Normal", 9, _SERIF, False, _INK, 1, 1, False),
    ("Annotator Text", "Normal", 10, _SERIF, False, _INK, 0, 5, False),
    ("Annotator Small Text", "Normal", 7.5, _SERIF, False, _INK, 0, 1, False),
    ("Annotator Bar", "Normal", 5, _SANS, False, _INK, 3, 3, False),
    ("Annotator Space", "Normal", 2, _SANS, False, _INK, 0, 0, False),
)
_RULED = ("Heading 2", "Annotator Article", "Annotator Kicker")


@dataclass(frozen=True, slots=True)
class Field:
    """Hold one cell of a form: its words, their style, how many columns it takes, its ground."""

    words: str
    style: str = "Annotator Cell"
    span: int = 1
    ground: str = ""
    colour: str = ""


@cache
def colours() -> dict[str, tuple[str, float]]:
    """Return the colour and the wash's strength of each style, from the light theme."""
    theme = json.loads(resources.read_text("themes", "light.json"))
    found = {s: (look["colour"][1:], look["wash"]) for s, look in theme["marks"].items()}
    found["warn"] = found["source.unnamed"]
    found["good"] = found["claim"]
    found["added"] = found["claim"]
    found["quiet"] = (theme["ink2"][1:], 0.0)
    found["source.office"] = ("d8a469", 0.3)
    return found


def colour(tone: str) -> str:
    """Return a tone's colour as six hex digits, nothing for none."""
    return colours()[tone][0] if tone in colours() else ""


def fill(tone: str) -> tuple[str, str]:
    """Return the ground of a bar and what is written on it."""
    if tone == "quiet":
        return "CFCBC4", _INK
    return colour(tone), _INK if tone == "source.office" else "FFFFFF"


def mix(styles: Iterable[str]) -> str:
    """Return the colour of several washes over white paper, as six hex digits; empty: none."""
    channels = [255.0, 255.0, 255.0]
    for style in styles:
        tint, strength = colours().get(style, ("000000", 0.0))
        for i in range(3):
            part = int(tint[2 * i : 2 * i + 2], 16)
            channels[i] = channels[i] * (1 - strength) + part * strength
    mixed = "".join(f"{round(c):02x}" for c in channels)
    return "" if mixed == "ffffff" else mixed


class Paper:
    """Hold a Word document in the making.

    Args:
        lang: the language of the words that are ours.
        is_wide: lay the pages on their side.
    """

    def __init__(self, lang: str, *, is_wide: bool = False) -> None:
        self._docx: Any = import_module("docx")
        self._shared: Any = import_module("docx.shared")
        self._oxml: Any = import_module("docx.oxml")
        names: Any = import_module("docx.oxml.ns")
        self._qn = names.qn
        self._declared: str = names.nsdecls("w")
        self.document = self._docx.Document()
        width, height = reversed(_PAGE_CM) if is_wide else _PAGE_CM
        self.width_cm = width - 2 * _MARGIN_CM
        section = self.document.sections[0]
        if is_wide:
            section.orientation = import_module("docx.enum.section").WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = self._cm(width), self._cm(height)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", self._cm(_MARGIN_CM))
        section.header_distance = section.footer_distance = self._cm(0.9)
        self._style_ids: dict[str, str] = {}
        for row in _STYLES:
            self._dress(row, lang)

    def _cm(self, length: float) -> Any:
        return self._shared.Cm(length)

    def _dress(
        self, row: tuple[str, str, float, str, bool, str, float, float, bool], lang: str
    ) -> None:
        name, base, size, font, bold, ink, before, after, keep = row
        styles = self.document.styles
        if base:
            style = styles.add_style(name, 1)
            style.base_style = styles[base]
        else:
            style = styles[name]
        self._style_ids[name] = style.style_id
        style.font.size = self._shared.Pt(size)
        style.font.bold, style.font.italic = bold, False
        style.font.name = font
        style.font.color.rgb = self._shared.RGBColor.from_string(ink)
        fonts = style.element.rPr.rFonts
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(self._qn(f"w:{script}"), font)
            theme = self._qn(f"w:{script}Theme")
            if theme in fonts.attrib:
                del fonts.attrib[theme]
        style.element.rPr.append(self._element("lang", val="fr-FR" if lang == "fr" else "en-GB"))
        how = style.paragraph_format
        how.space_before, how.space_after = self._shared.Pt(before), self._shared.Pt(after)
        how.line_spacing, how.keep_with_next, how.widow_control = 1.0, keep, True
        if name in _RULED:
            size_of_rule = "24" if name == "Annotator Kicker" else "8"
            style.element.get_or_add_pPr().append(self._borders(size_of_rule))

    def _borders(self, size: str) -> Any:
        borders = self._element("pBdr")
        borders.append(self._element("top", val="single", sz=size, space="3", color=_INK))
        return borders

    def _element(self, name: str, **attributes: str) -> Any:
        element = self._oxml.OxmlElement(f"w:{name}")
        for key, value in attributes.items():
            element.set(self._qn(f"w:{key}"), value)
        return element

    # -- words --------------------------------------------------------------------------------

    def paragraph(self, place: Any | None = None, style: str = "Normal") -> Any:
        """Add a paragraph to the document or a cell; a cell's first one is there already."""
        if place is None:
            paragraph = self.document.add_paragraph()
        else:
            there = place.paragraphs
            is_fresh = len(there) == 1 and not there[0].runs
            paragraph = there[0] if is_fresh else place.add_paragraph()
        # By its id: python-docx searches all styles for each paragraph that asks by name.
        paragraph._p.style = self._style_ids[style]  # noqa: SLF001
        return paragraph

    def run(
        self,
        paragraph: Any,
        words: str,
        *,
        size: float = 0,
        bold: bool = False,
        italic: bool = False,
        colour: str = "",
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
        if raised:
            run.font.superscript = True
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - shading has no public door
        if line:
            properties.append(self._element("u", val=line, color=line_colour))
        if wash:
            properties.append(self._shading(wash))

    def _shading(self, ground: str) -> Any:
        return self._element("shd", val="clear", color="auto", fill=ground)

    def heading(self, words: str, place: Any | None = None, *, level: int = 2) -> None:
        """Add a block's title, a rule above it on level 2."""
        shown = words.upper() if level == 2 else words
        self.run(self.paragraph(place, f"Heading {level}"), shown)

    def indent(self, paragraph: Any, left: float, right: float = 0.0, hang: float = 0.0) -> None:
        """Set a paragraph's edges in, in cm; ``hang``: how far its first line stands out."""
        how = paragraph.paragraph_format
        how.left_indent, how.right_indent = self._cm(left), self._cm(right)
        if hang:
            how.first_line_indent = self._cm(-hang)

    def footer(self, words: str) -> None:
        """Put words and the page number under every page."""
        foot = self.document.sections[0].footer.paragraphs[0]
        foot._p.style = self._style_ids["Annotator Detail"]  # noqa: SLF001
        right = import_module("docx.enum.text").WD_TAB_ALIGNMENT.RIGHT
        foot.paragraph_format.tab_stops.add_tab_stop(self._cm(self.width_cm), right)
        self.run(foot, f"{words}\t")
        self._field(foot, "PAGE")
        self.run(foot, " / ")
        self._field(foot, "NUMPAGES")

    def _field(self, paragraph: Any, name: str) -> None:
        field = self._element("fldSimple", instr=name)
        run = self._element("r")
        text = self._element("t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)  # noqa: SLF001 - fields have no public door

    def columns(self, count: int) -> None:
        """Begin a part of the page that has so many columns."""
        continuous = import_module("docx.enum.section").WD_SECTION.CONTINUOUS
        section = self.document.add_section(continuous)
        properties = section._sectPr  # noqa: SLF001 - columns have no public door
        for old in properties.findall(self._qn("w:cols")):
            properties.remove(old)
        columns = self._element("cols", num=str(count), space=str(round(0.7 * _TWIPS)))
        # Word asks for a fixed order: the columns stand before the grid of lines.
        grid = properties.find(self._qn("w:docGrid"))
        if grid is None:
            properties.append(columns)
        else:
            grid.addprevious(columns)

    # -- tables -------------------------------------------------------------------------------

    def table(
        self,
        rows: int,
        weights: Sequence[float],
        *,
        header: bool = True,
        rules: bool = True,
        gap: float = 0.25,
        may_break: bool = False,
    ) -> Any:
        """Add a table as wide as the text; with ``header`` its first row is on every page.

        Args:
            rows: how many rows.
            weights: the columns' widths, in any unit.
            header: the first row is a heading.
            rules: hairlines under the rows.
            gap: the distance between columns in cm.
            may_break: a row may go over the page.
        """
        table = self.document.add_table(rows=rows, cols=len(weights))
        table.autofit = False
        self._flush(table, gap)
        whole = sum(weights) or 1
        widths = [self._cm(self.width_cm * weight / whole) for weight in weights]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate(table.rows):
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001
            if not may_break:
                properties.append(self._element("cantSplit"))
            if header and number == 0:
                properties.append(self._element("tblHeader"))
        if rules:
            self._rule(table, is_header=header)
        return table

    def _flush(self, table: Any, gap: float) -> None:
        """Let the table's words stand on the edge of the text."""
        properties = table._tbl.tblPr  # noqa: SLF001
        properties.append(self._element("tblInd", w="0", type="dxa"))
        margins = self._element("tblCellMar")
        for side, width in (("left", 0.0), ("right", gap)):
            margins.append(self._element(side, w=str(round(width * _TWIPS)), type="dxa"))
        properties.append(margins)

    def _rule(self, table: Any, *, is_header: bool) -> None:
        for number, row in enumerate(table.rows):
            tint, size = (_INK, "6") if number == 0 and is_header else (_LINE, "4")
            for cell in row.cells:
                self.border(cell, "bottom", tint, size)

    def form(self, rows: Sequence[Sequence[Field]], weights: Sequence[float]) -> None:
        """Add a table of fields that stays on one page where it can.

        Written as XML at once: a sheet has thousands of such cells, and python-docx walks over
        half the document for each.
        """
        whole = sum(weights)
        widths = [round(self.width_cm * _TWIPS * weight / whole) for weight in weights]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        body = "".join(self._form_row(row, widths, is_last=row is rows[-1]) for row in rows)
        table = self._oxml.parse_xml(
            f"<w:tbl {self._declared}><w:tblPr>"
            '<w:tblW w:w="0" w:type="auto"/><w:tblInd w:w="0" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
        )
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def _form_row(self, row: Sequence[Field], widths: Sequence[int], *, is_last: bool) -> str:
        cells: list[str] = []
        at = 0
        keep = "" if is_last else "<w:keepNext/>"
        for field in row:
            width = sum(widths[at : at + field.span])
            at += field.span
            ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{field.ground}"/>'
            ink = f'<w:rPr><w:color w:val="{field.colour}"/></w:rPr>' if field.colour else ""
            lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(
                escape(line) for line in printable(field.words).split("\n")
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
                f'<w:gridSpan w:val="{field.span}"/>'
                f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
                f"</w:tcBorders>{ground if field.ground else ''}</w:tcPr>"
                f'<w:p><w:pPr><w:pStyle w:val="{self._style_ids[field.style]}"/>{keep}</w:pPr>'
                f'<w:r>{ink}<w:t xml:space="preserve">{lines}</w:t></w:r></w:p></w:tc>'
            )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def border(self, cell: Any, side: str, tint: str, size: str = "4") -> None:
        """Draw one side of a cell; ``size`` in eighths of a point."""
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
        borders = properties.find(self._qn("w:tcBorders"))
        if borders is None:
            borders = self._element("tcBorders")
            properties.append(borders)
        borders.append(self._element(side, val="single", sz=size, space="0", color=tint))

    def shade(self, cell: Any, ground: str) -> None:
        """Give a cell a ground."""
        cell._tc.get_or_add_tcPr().append(self._shading(ground))  # noqa: SLF001

    def bar(self, cell: Any, share: float, width_cm: float, ground: str) -> None:
        """Draw a bar: a paragraph with a ground, its right edge set in."""
        paragraph = self.paragraph(cell, "Annotator Bar")
        self.indent(paragraph, 0.0, width_cm * (1 - share))
        self.run(paragraph, "\u00a0")
        paragraph._p.get_or_add_pPr().append(self._shading(ground))  # noqa: SLF001

    def close(self, title: str, lang: str) -> bytes:
        """Return the bytes."""
        put_in_order(self.document.element)
        put_in_order(self.document.styles.element)
        stream = io.BytesIO()
        self.document.save(stream)
        return scrubbed(stream.getvalue(), title=title, lang=lang)

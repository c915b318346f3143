"""Boxes, notes, tables in tables and signs of office files, as real programs write them."""

from __future__ import annotations

import io
import zipfile

import pytest

from annotator.importers import read_bytes

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def _packed(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _docx(inside: str) -> bytes:
    body = f'<w:document xmlns:w="{_WORD}"><w:body>{inside}</w:body></w:document>'
    return _packed(**{"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def _odt(inside: str) -> bytes:
    names = "".join(
        f' xmlns:{short}="{_OPEN}:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("table", "table"),
        )
    )
    return _packed(
        mimetype="application/vnd.oasis.opendocument.text",
        **{
            "content.xml": f"<office:document-content{names}><office:body><office:text>{inside}"
            "</office:text></office:body></office:document-content>"
        },
    )


def _lines(data: bytes, name: str) -> list[str]:
    (article,) = read_bytes(data, name)
    return article.text.split("\n")


_RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
_BOX = "<w:r><w:txbxContent><w:p>" + _RUN.format("In the box.") + "</w:p></w:txbxContent></w:r>"


def test_a_text_box_stands_behind_the_paragraph_that_holds_it():
    paragraph = f"<w:p>{_RUN.format('The port ')}{_BOX}{_RUN.format('is shut.')}</w:p>"
    assert _lines(_docx(paragraph), "a.docx") == ["The port is shut.", "In the box."]
    cell = f"<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"
    assert _lines(_docx(cell), "a.docx") == ["The port is shut.", "In the box."]
    frame = (
        "<draw:frame>\n <draw:text-box>\n<text:p>In the box.</text:p></draw:text-box></draw:frame>"
    )
    odt = _odt(f"<text:p>The port {frame}is\n   shut.</text:p>")
    assert _lines(odt, "a.odt") == ["The port is shut.", "In the box."]
    rtf = (
        rb"{\rtf1 The port {\shp{\*\shpinst{\sp{\sn posh}{\sv 2}}{\shptxt \pard In the box.\par}}"
        rb"{\shprslt{\*\do\dptxbx{\dptxbxtext In the box.\par}}}}is shut.\par Next.\par}"
    )
    assert _lines(rtf, "a.rtf") == ["The port is shut.", "In the box.", "Next."]


def test_a_table_in_a_table_is_read_once():
    def table(inside: str) -> str:
        cells = "".join(
            f"<table:table-cell>{words}</table:table-cell>"
            for words in (inside, "<text:p>B</text:p>")
        )
        return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"

    inner = table("<text:p>in</text:p>")
    odt = _odt(table(f"<text:p>A</text:p>{inner}"))
    assert " ".join(_lines(odt, "a.odt")).count("in") == 1


def test_signs_of_symbol_fonts_and_ways_of_saying_a_word():
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>'
    how = f"<w:rt>{_RUN.format('kan')}</w:rt>"
    ruby = f"<w:ruby>{how}<w:rubyBase>{_RUN.format('漢')}</w:rubyBase></w:ruby>"
    data = _docx(f"<w:p>{_RUN.format('20')}{sign}{_RUN.format('C, ')}{ruby}</w:p>")
    assert _lines(data, "a.docx") == ["20°C, 漢"]
    odd = _docx(
        f"<w:p>{_RUN.format('a')}<w:sym w:char='zz'/><w:sym/><w:sym w:char='FFFFFFFFF'/></w:p>"
    )
    assert _lines(odd, "a.docx") == ["a"]


def test_bytes_of_a_picture_in_rich_text_are_not_text():
    data = b"{\\rtf1 Seen.\\par{\\pict\\bin6 }}}}{{}More.\\par\\bin3 abcEnd\\column New.\\par}"
    assert _lines(data, "a.rtf") == ["Seen.", "More.", "End", "New."]
    assert _lines(b"{\\rtf1 Seen.\\par\\bin999999999 x}", "a.rtf") == ["Seen."]


def _epub(chapter: str) -> bytes:
    rootfile = '<rootfile full-path="OEBPS/p.opf"/>'
    return _packed(
        mimetype="application/epub+zip",
        **{
            "META-INF/container.xml": f"<container><rootfiles>{rootfile}</rootfiles></container>",
            "OEBPS/p.opf": "<package><manifest><item id='n' href='nav.xhtml' properties='nav'/>"
            "<item id='a' href='a%201.xhtml'/></manifest><spine><itemref idref='n'/>"
            "<itemref idref='a'/></spine></package>",
            "OEBPS/nav.xhtml": "<html><body><nav><ol><li>Chapter one</li></ol></nav></body></html>",
            "OEBPS/a 1.xhtml": f"<html><body>{chapter}</body></html>",
        },
    )


@pytest.mark.parametrize(
    ("call", "kept"),
    [
        ('<a href="#n1"><sup>1</sup></a>', ""),
        ('<sup><a href="notes.xhtml#n1">[12]</a></sup>', ""),
        ("<sup>2</sup>", "2"),
        ('<a href="#n1">1</a>', "1"),
        ('<sup><a href="#n1">more of it</a></sup>', "more of it"),
    ],
)
def test_contents_of_a_book_are_greyed_and_numbers_of_notes_stick_to_no_word(call, kept):
    (article,) = read_bytes(_epub(f"<p>The port is shut{call}.</p>"), "a.epub")
    assert article.text.split("\n") == ["Chapter one", f"The port is shut{kept}."]
    assert [span.slice(article.text) for span in article.mask] == ["Chapter one"]


def test_cells_that_office_programs_wrap_are_a_row():
    def row(*cells: str) -> str:
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    rows = row("<p>Warehouse</p>", "<p><b>Damage</b></p>") + row("<div>A</div>", "total")
    more = row("<p>One.</p><p>Two.</p>", "<p>Three.</p>") + row("<h2>Head</h2>", "<p>x</p>")
    html = f"<html><body><p>Before.</p><table>{rows}{more}</table><p>After.</p></body></html>"
    assert _lines(html.encode(), "a.html") == [
        "Before.", "Warehouse\tDamage", "A\ttotal", "One.", "Two.", "Three.", "Head", "x", "After.",
    ]  # fmt: skip


def test_the_title_of_a_page_without_an_outlet_is_cut_where_the_page_shows_it():
    words = "".join(
        f"<br><br>The port of Norport stays shut, he said on day {n}." for n in range(9)
    )
    html = "<title>Port shut - The Courier</title><b>{}</b><br>By Ann Doe" + words
    (article,) = read_bytes(html.format("Port shut").encode(), "a.html")
    assert article.headline == "Port shut"
    assert dict(article.metadata)["authors"] == "Ann Doe"
    (other,) = read_bytes(html.format("Another head").encode(), "a.html")
    assert other.headline == "Port shut - The Courier"


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Port shut\nauthors:\n  - Ann Doe\n  - 'Tom Roe'\ndate: 2031-03-03\n---\n",
        '---\ntitle: "Port shut"\nauthor: [Ann Doe, Tom Roe]\ndate: 2031-03-03\n---\n',
        '+++\ntitle = "Port shut"\nauthors = ["Ann Doe", "Tom Roe"]\ndate = 2031-03-03\n+++\n',
    ],
)
def test_front_matter_of_notes(front):
    text = f"{front}\nThe port is shut. <!-- not\nshown -->\n\n<div class='x'>\n\nMore.\n</div>\n"
    (article,) = read_bytes(text.encode(), "a.md")
    assert article.headline == "Port shut"
    assert dict(article.metadata) == {"authors": "Ann Doe; Tom Roe", "published": "2031-03-03"}
    assert article.text.split("\n") == ["The port is shut.", "More."]


def test_an_archive_of_unpacked_pages_is_an_archive():
    page = "<html><head><title>Port</title></head><body><h1>Port</h1><p>Shut.</p></body></html>"
    assert len(read_bytes(_packed(**{"a.html": page, "b.html": page}), "a.zip")) == 2

"""What a reader of a file cannot see is said: changes, comments, hidden text, things fetched."""

from __future__ import annotations

import io
import zipfile

import pytest

from annotator.importers import read_bytes
from annotator.importers.worker import ImportWorker
from helpers.articles import FOLDER

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_SAID = "The port of Norport was shut on Tuesday, two people said."


def _packed(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(inside: str, relation: str = "", comments: str = "") -> bytes:
    """Return a Word file with a plain paragraph and another that holds something."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": (
            f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>'
            f"<w:p><w:r><w:t>{_SAID}</w:t></w:r></w:p><w:p>{inside}</w:p></w:body></w:document>"
        ),
    }
    if relation:
        members["word/_rels/document.xml.rels"] = f"<Relationships>{relation}</Relationships>"
    if comments:
        members["word/comments.xml"] = f'<w:comments xmlns:w="{_WORD}">{comments}</w:comments>'
    return _packed(**members)


def odt(inside: str, styles: str = "") -> bytes:
    """Return an OpenDocument text with a plain paragraph and more."""
    names = " ".join(
        f'xmlns:{short}="{_OPEN}:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("style", "style"),
        )
    )
    return _packed(
        **{
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink">'
                f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
                f"<office:text><text:p>{_SAID}</text:p>{inside}</office:text></office:body>"
                "</office:document-content>"
            ),
        }
    )


def _relation(kind: str) -> str:
    return (
        f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="http://host.invalid/a" '
        'TargetMode="External"/>'
    )


def _rtf(inside: bytes) -> bytes:
    return b"{\\rtf1 " + _SAID.encode() + b"\\par " + inside + b"\\par}"


def _html(inside: str) -> bytes:
    return f"<html><body><p>{_SAID}</p>{inside}</body></html>".encode()


_RUN = "<w:r><w:t>more</w:t></w:r>"
CASES = {
    "docx-added": (docx(f"<w:ins>{_RUN}</w:ins>"), "tracked-changes"),
    "docx-moved": (docx(f"<w:moveTo>{_RUN}</w:moveTo>"), "tracked-changes"),
    "docx-comment": (docx('<w:r><w:commentReference w:id="0"/></w:r>'), "comments"),
    "docx-comments": (docx(_RUN, comments="<w:comment><w:p/></w:comment>"), "comments"),
    "docx-hidden": (
        docx("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"),
        "hidden-text",
    ),
    "docx-picture": (docx(_RUN, _relation("image")), "remote-content"),
    "docx-link": (docx(_RUN, _relation("hyperlink")), ""),
    "odt-comment": (
        odt("<text:p>x<office:annotation><text:p>s</text:p></office:annotation></text:p>"),
        "comments",
    ),
    "odt-changes": (odt("<text:tracked-changes/>"), "tracked-changes"),
    "odt-hidden": (odt("<text:p><text:hidden-text>s</text:hidden-text></text:p>"), "hidden-text"),
    "odt-hidden-style": (
        odt(
            '<text:p><text:span text:style-name="T1">s</text:span></text:p>',
            '<style:style style:name="T1"><style:text-properties text:display="none"/>'
            "</style:style>",
        ),
        "hidden-text",
    ),
    "odt-picture": (
        odt('<text:p><draw:image xlink:href="http://host.invalid/a"/></text:p>'),
        "remote-content",
    ),
    "rtf-hidden": (_rtf(b"{\\v secret}"), "hidden-text"),
    "rtf-deleted": (_rtf(b"{\\deleted gone}"), "tracked-changes"),
    "rtf-comment": (_rtf(b"{\\*\\annotation s}"), "comments"),
    "rtf-picture": (
        _rtf(b'{\\field{\\*\\fldinst INCLUDEPICTURE "http://host.invalid/a"}{\\fldrslt x}}'),
        "remote-content",
    ),
    "html-hidden": (_html('<p style="display:none">secret</p>'), "hidden-text"),
    "html-picture": (_html('<img src="http://host.invalid/a">'), "remote-content"),
    "html-background": (
        _html('<p style="background:url(//host.invalid/a)">x</p>'),
        "remote-content",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_seen_is_said(case):
    data, warning = CASES[case]
    (article,) = read_bytes(data, f"file.{case.partition('-')[0]}")
    assert _SAID in article.text
    said = [w for w in article.warnings if w != "nothing-selected"]
    assert said == ([warning] if warning else [])


def test_a_paragraph_that_is_not_shown_is_greyed():
    for data in (
        CASES["docx-hidden"][0],
        odt("<text:p><text:hidden-paragraph/>secret</text:p>"),
        CASES["rtf-hidden"][0],
    ):
        (article,) = read_bytes(data, "file")
        assert [span.slice(article.text) for span in article.mask] == ["secret"]


def _run(properties: str, words: str = "secret") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def _text_style(properties: str) -> str:
    return f'<style:style style:name="T1" {_FO}><style:text-properties {properties}/></style:style>'


_FO = f'xmlns:fo="{_OPEN}:xsl-fo-compatible:1.0"'
_SPAN = '<text:p>Seen <text:span text:style-name="T1">secret</text:span> seen.</text:p>'
_WHITE = '<w:color w:val="FFFFFF"/>'
_DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
_COLOURS = b"{\\colortbl;\\red255\\green255\\blue255;\\red0\\green0\\blue128;}"
#: A paragraph with a word that nobody sees, by its format's own means.
UNSEEN = {
    "docx-white": docx(_run("", "Seen ") + _run(_WHITE) + _run("", " seen.")),
    "docx-nearly-white": docx(_run("", "Seen ") + _run('<w:color w:val="FEFEFE"/>')),
    "docx-theme": docx(_run("", "Seen ") + _run('<w:color w:themeColor="background1"/>')),
    "docx-tiny": docx(_run("", "Seen ") + _run('<w:sz w:val="2"/>')),
    "docx-vanish": docx(_run("", "Seen ") + _run("<w:vanish/>")),
    "docx-black-bar": docx(
        _run("", "Seen ") + _run('<w:color w:val="000000"/><w:highlight w:val="black"/>')
    ),
    "docx-cell": docx(
        "</w:p><w:tbl><w:tr><w:tc><w:p>"
        + _run(_WHITE)
        + "</w:p></w:tc><w:tc><w:p>"
        + _run("", "Seen")
        + "</w:p></w:tc></w:tr></w:tbl><w:p>"
    ),
    "odt-white": odt(_SPAN, _text_style('fo:color="#ffffff"')),
    "odt-tiny": odt(_SPAN, _text_style('fo:font-size="1pt"')),
    "odt-none": odt(_SPAN, _text_style('text:display="none"')),
    "odt-section": odt('<text:section text:display="none"><text:p>secret</text:p></text:section>'),
    "odt-cell": odt(
        f"<table:table xmlns:table='{_OPEN}:table:1.0'><table:table-row><table:table-cell>"
        f"{_SPAN}</table:table-cell></table:table-row></table:table>",
        _text_style('fo:color="#fefefe"'),
    ),
    "rtf-white": _rtf(_COLOURS + b"Seen {\\cf1 secret} seen."),
    "rtf-tiny": _rtf(b"Seen {\\fs2 secret} seen."),
    "rtf-hidden": _rtf(b"Seen {\\v secret} seen."),
    "rtf-cell": _rtf(
        _COLOURS + b"\\trowd\\clcbpat2\\cellx99\\pard\\intbl{\\cf2 secret}\\cell\\row\\pard Seen."
    ),
    "html-white": _html('<p>Seen <span style="color: #FFF">secret</span> seen.</p>'),
    "html-font": _html('<p>Seen <font color="white">secret</font> seen.</p>'),
    "html-tiny": _html('<p>Seen <span style="font-size:1px">secret</span> seen.</p>'),
    "html-clear": _html('<p>Seen <span style="opacity:0">secret</span> seen.</p>'),
    "html-none": _html('<p>Seen <span style="display:none">secret</span> seen.</p>'),
    "html-bar": _html('<p>Seen <b style="background:#000;color:black">secret</b> seen.</p>'),
}
#: The same colours where they can be read.
SEEN = {
    "docx-dark-run": docx(_run(_WHITE + _DARK, "told")),
    "docx-dark-paragraph": docx(f"<w:pPr>{_DARK}</w:pPr>" + _run(_WHITE, "told")),
    "docx-dark-cell": docx(
        f"</w:p><w:tbl><w:tr><w:tc><w:tcPr>{_DARK}</w:tcPr><w:p>{_run(_WHITE, 'told')}</w:p></w:tc>"
        "</w:tr></w:tbl><w:p>"
    ),
    "docx-box": docx(
        f"<w:r><w:txbxContent><w:p>{_run(_WHITE, 'told')}</w:p></w:txbxContent></w:r>"
    ),
    "docx-mark": docx(f"<w:pPr><w:rPr>{_WHITE}</w:rPr></w:pPr>" + _run("", "told")),
    "docx-auto": docx(_run('<w:color w:val="auto"/><w:highlight w:val="white"/>', "told")),
    "odt-dark": odt(
        _SPAN.replace("secret", "told"),
        _text_style('fo:color="#ffffff" fo:background-color="#000080"'),
    ),
    "odt-window": odt(
        _SPAN.replace("secret", "told"),
        _text_style('style:use-window-font-color="true" fo:color="#ffffff"'),
    ),
    "rtf-dark": _rtf(_COLOURS + b"Seen {\\cf1\\chcbpat2 told} seen."),
    "rtf-dark-cell": _rtf(
        _COLOURS + b"\\trowd\\clcbpat2\\cellx99\\pard\\intbl{\\cf1 told}\\cell\\row\\pard Seen."
    ),
    "rtf-back": _rtf(_COLOURS + b"{\\cf1\\plain told} and {\\fs2\\fs24 told}"),
    "html-dark": _html('<div style="background:#003"><p style="color:#fff">told</p></div>'),
    "html-class": _html('<div class="hero"><p style="color:#fff">told</p></div>'),
    "html-table": _html('<table bgcolor="navy"><tr><td style="color:#fff">told</td></tr></table>'),
    "html-gap": _html('<p style="font-size:0"><span style="font-size:16px">told</span></p>'),
}


@pytest.mark.parametrize("case", UNSEEN)
def test_words_that_nobody_sees_are_greyed_and_no_others(case):
    (article,) = read_bytes(UNSEEN[case], f"file.{case.partition('-')[0]}")
    assert "hidden-text" in article.warnings
    masked = "".join(span.slice(article.text) for span in article.mask)
    assert "secret" in masked
    assert "seen" not in masked.lower()
    assert _SAID not in masked


@pytest.mark.parametrize("case", SEEN)
def test_light_words_on_a_dark_ground_are_read(case):
    (article,) = read_bytes(SEEN[case], f"file.{case.partition('-')[0]}")
    assert "told" in article.text
    assert not any(warned.startswith("hidden") for warned in article.warnings)
    assert "told" not in "".join(span.slice(article.text) for span in article.mask)


def test_styles_hide_as_well_and_give_back():
    styles = (
        f'<w:styles xmlns:w="{_WORD}">'
        f'<w:style w:type="paragraph" w:styleId="A"><w:rPr>{_WHITE}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:color w:val="111111"/></w:rPr>'
        "</w:style></w:styles>"
    )
    inside = (
        '<w:pPr><w:pStyle w:val="B"/></w:pPr>' + _run("") + _run('<w:rStyle w:val="C"/>', " told")
    )
    members = dict(_members(docx(inside)), **{"word/styles.xml": styles})
    (article,) = read_bytes(_packed(**members), "a.docx")
    assert [span.slice(article.text) for span in article.mask] == ["secret"]


def _members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _pdf(content: str, *, page: str = "", thing: str = "") -> bytes:
    """Return a page with a content stream, and perhaps a form or picture in it."""
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]{page}/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        thing or "null",
    )
    body, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, words in enumerate(objects, 1):
        table += f"{len(body):010} 00000 n \n"
        body += f"{number} 0 obj\n{words}\nendobj\n"
    tail = f"xref\n0 7\n{table}trailer<</Root 1 0 R/Size 7>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}{tail}".encode()


def _written(
    words: str, colour: str, height: int, *, left: int = 40, size: int = 12, how: str = ""
) -> str:
    return f"BT {how} /F1 {size} Tf {colour} rg 1 0 0 1 {left} {height} Tm ({words}) Tj ET "


def _form(content: str) -> str:
    return (
        "<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[1 0 0 1 0 -50]"
        f"/Resources<</Font<</F1 5 0 R>>>>/Length {len(content)}>>stream\n{content}\nendstream"
    )


_INK, _PAPER = "0 0 0", "1 1 1"
_PLAIN = _written("The port of Norport was shut on Tuesday.", _INK, 300) + _written(
    "Two people said so to the agency.", _INK, 280
)
_LIGHT = _written("secret", _PAPER, 200)
_BOX = "0 0 1 rg 0 90 400 50 re f " + _written("told", _PAPER, 100)
_SCAN = (
    "<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    "/Filter/ASCIIHexDecode/Length 9>>stream\n00FFFF00>\nendstream"
)
_SEEN_BY_MACHINE = "".join(
    _written(f"told line {n} of the words of a scan", _INK, 300 - 20 * n, how="3 Tr")
    for n in range(4)
)
_PICTURE = "q 400 0 0 400 0 0 cm /X Do Q "
#: Pages with words that nobody sees.
PDF_UNSEEN = {
    "white": _pdf(_PLAIN + _LIGHT),
    "in-line": _pdf(
        _PLAIN
        + _written("Seen", _INK, 200)
        + _written("secret", _PAPER, 200, left=75)
        + _written("and seen.", _INK, 200, left=112)
    ),
    "no-ink": _pdf(_PLAIN + _written("secret", _INK, 200, how="3 Tr")),
    "ink-again": _pdf(
        _PLAIN + _written("secret", _INK, 200, how="3 Tr") + _written("told", _INK, 150, how="0 Tr")
    ),
    "beside": _pdf(_PLAIN + _written("secret", _INK, 500)),
    "cropped": _pdf(_PLAIN + _BOX + _written("secret", _INK, 20), page="/CropBox[20 50 380 380]"),
    "tiny": _pdf(_PLAIN + _written("secret", _INK, 200, size=1)),
    "covered": _pdf(_PLAIN + _LIGHT + "0 0 0 rg 0 180 400 50 re f"),
    "ground-cut-off": _pdf("q 0 0 9 9 re W n 0 0 1 rg 0 150 400 99 re f Q " + _PLAIN + _LIGHT),
    "dark-page": _pdf(
        "0 0 0.4 rg 0 0 400 400 re f "
        + _PLAIN.replace(f"{_INK} rg", f"{_PAPER} rg")
        + _written("secret", "0 0 0.4", 200)
    ),
    "form": _pdf(_PLAIN + "/X Do", thing=_form(_LIGHT)),
    "turned": _pdf(_PLAIN + _LIGHT + _BOX, page="/Rotate 90"),
    "turned-back": _pdf(_PLAIN + _LIGHT + _BOX, page="/Rotate 270"),
}
#: Pages with words that look like those and can be read.
PDF_SEEN = {
    "dark-box": _pdf(_PLAIN + _BOX),
    "outline": _pdf(_PLAIN + _written("told", _PAPER, 200, how="1 Tr 0 0 0 RG")),
    "scan": _pdf(_PICTURE + _SEEN_BY_MACHINE, thing=_SCAN),
    "behind-a-scan": _pdf(_SEEN_BY_MACHINE + _PICTURE, thing=_SCAN),
    "no-ink-at-all": _pdf(_SEEN_BY_MACHINE),
    "stamped-scan": _pdf(
        _PICTURE + _SEEN_BY_MACHINE + _written("Read on 3 March", _INK, 20, how="0 Tr"),
        thing=_SCAN,
    ),
    "picture": _pdf(_PLAIN + _PICTURE + _written("told", _PAPER, 200, left=150), thing=_SCAN),
    "form": _pdf(_PLAIN + "/X Do", thing=_form(_BOX)),
}


@pytest.mark.parametrize("case", PDF_UNSEEN)
def test_words_of_a_page_that_nobody_sees_are_greyed(case):
    (article,) = read_bytes(PDF_UNSEEN[case], "a.pdf")
    assert "hidden-text" in article.warnings
    assert [span.slice(article.text) for span in article.mask if len(span) < 40] == ["secret"]


@pytest.mark.parametrize("case", PDF_SEEN)
def test_words_of_a_page_that_can_be_read_are_not(case):
    (article,) = read_bytes(PDF_SEEN[case], "a.pdf")
    assert "told" in article.text
    assert article.warnings == ()
    assert article.mask == ()


@pytest.mark.parametrize("maker", ["typst", "chromium", "libreoffice"])
def test_pages_printed_by_programs_show_what_they_show(maker):
    name = f"{maker}-unseen.pdf"
    (article,) = read_bytes((FOLDER / "pdf" / name).read_bytes(), name)
    masked = [span.slice(article.text) for span in article.mask]
    wanted = ["secretword", "Nobody reads this secret line of the page.", "A tiny secret."]
    assert masked[:2] == wanted[:2]
    assert wanted[2] in masked
    assert "told" not in " ".join(masked).lower()
    assert "Told in a dark box." in article.text
    if maker == "typst":
        assert "secret of the dark page" in masked


def test_pages_that_would_take_long_to_draw_are_only_said(monkeypatch):
    monkeypatch.setattr("annotator.importers.kit.pdfink._PATIENCE", 0.0)
    (article,) = read_bytes(PDF_UNSEEN["white"], "a.pdf")
    assert article.warnings == ("white-words?pages=1",)
    assert article.mask == ()


def test_a_chapter_hides_words_too():
    chapter = '<html><body><p>Seen.</p><p style="display:none">secret</p></body></html>'
    package = (
        '<package><manifest><item id="c" href="c.xhtml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "p.opf": package,
        "c.xhtml": chapter,
    }
    (article,) = read_bytes(_packed(**members), "a.epub")
    assert article.warnings == ("hidden-text",)
    assert [span.slice(article.text) for span in article.mask] == ["secret"]


@pytest.mark.skipif("sys.platform != 'linux'", reason="the limits are read from /proc")
def test_a_worker_lives_under_the_limits_that_are_promised():
    from pathlib import Path

    with ImportWorker() as worker:
        worker.read(CASES["docx-link"][0], "a.docx")
        assert worker._process is not None
        told = Path(f"/proc/{worker._process.pid}/limits").read_text(encoding="ascii")
    limits = {line[:26].strip(): line[26:].split()[0] for line in told.splitlines()[1:]}
    assert int(limits["Max cpu time"]) <= 35
    assert int(limits["Max address space"]) == 1024**3
    assert limits["Max file size"] == "0"
    assert limits["Max core file size"] == "0"

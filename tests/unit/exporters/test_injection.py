"""Nothing in a file can run, call out or be taken for a formula (T6)."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exporters import find
from annotator.exporters.base import Redaction
from annotator.exporters.csv_marks import COLUMNS, FORMULA, safe
from annotator.exporters.hand_out import render
from annotator.model import vocabulary as v
from annotator.model.annotations import Claim, Mention, Note, Quote, SourceMention
from annotator.text.canonical import canonicalise
from helpers.dossiers import SEED, Builder, dossier

FORMULAS = [
    f"{before}{sign}{after}"
    for before in ("", " ", "\t", "\u00a0", "\ufeff", "\n")
    for sign in "=+-@＝＋－＠"
    for after in ("1+1", 'HYPERLINK("http://x.test","y")', "cmd|' /C calc'!A0")
]
MARKUP = [
    "<script>alert(1)</script>",
    "</script><script src=//x.test/a.js></script>",
    "<img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<svg/onload=alert(1)>",
    "</style><style>*{background:url(//x.test)}</style>",
    "<base href=//x.test>",
    "<meta http-equiv=refresh content='0;url=//x.test'>",
    "<iframe srcdoc='<script>1</script>'>",
    "<form action=//x.test><input autofocus onfocus=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='background:url(//x.test)",
    "&lt;script&gt;",
    "<!--<script>-->",
    "<![CDATA[<script>]]>",
    "{{ cycler.__init__.__globals__ }}",
    "{% raw %}",
    "\u202e<script>\u202c",
]
PAYLOADS = FORMULAS + MARKUP
FORBIDDEN_TAGS = {"script", "iframe", "object", "embed", "base", "form", "link", "img", "video"}
STARTS = tuple("=+-@\t\r\n\x00＝＋－＠")


def attacked(payloads):
    text = canonicalise("\n".join(p.strip() or "x" for p in payloads)).text
    b = Builder(text, "attack", headline=payloads[0], outlet=payloads[0], authors=(payloads[0],))
    for number, words in enumerate(payloads):
        line = next(w for w in canonicalise(words).text.split("\n") if w.strip()).strip()
        source = b.source(
            f"s{number}",
            v.Identification.NAMED_PERSON,
            label=words,
            description=words,
            affiliation_name=words,
        )
        claim = b.mark(Claim, f"c{number}", line)
        b.mark(SourceMention, f"m{number}", line, source_id=source.id)
        b.mark(Mention, f"a{number}", line)
        quote = b.mark(Quote, f"q{number}", line)
        b.attribute(claim, source)
        b.attribute(quote, source)
        b.notes.append(Note(b.id(f"n{number}"), "claim", claim.id, b.article.id, words))
    return dossier(b.records(), project_name=payloads[0], coder=payloads[0])


class Page(HTMLParser):
    """Collect what a browser would see."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.style = ""
        self._open = ""
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        self._open = tag

    def handle_data(self, data):
        if self._open == "style":
            self.style += data

    def handle_endtag(self, tag):
        self._open = ""


@pytest.mark.parametrize("level", Redaction)
def test_html_runs_and_loads_nothing(level):
    page = Page(render(attacked(PAYLOADS), find("html"), level=level, seed=SEED))
    for tag, attributes in page.tags:
        assert tag not in FORBIDDEN_TAGS
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "action", "xlink:href", "background", "poster"):
            assert attributes.get(name, "#").startswith("#")


def test_html_has_a_strict_policy_that_its_own_style_sheet_meets():
    page = Page(render(attacked(MARKUP), find("html"), level=Redaction.INTERNAL))
    metas = [a for tag, a in page.tags if tag == "meta"]
    policy = next(a["content"] for a in metas if a.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert [t for t, _ in page.tags].count("style") == 1
    assert not re.search(r"@import|url\(|expression", page.style)


def test_html_ids_are_unique_and_references_lead_somewhere():
    page = Page(render(attacked(MARKUP), find("html"), level=Redaction.REDACTED, seed=SEED))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(set(ids)) == len(ids)
    targets = {a["href"][1:] for tag, a in page.tags if tag == "a" and "href" in a}
    assert targets <= set(ids)


@pytest.mark.parametrize("level", Redaction)
def test_no_csv_cell_is_a_formula(level):
    data = render(attacked(PAYLOADS), find("csv"), level=level, seed=SEED)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(COLUMNS)
    assert len(rows) > len(PAYLOADS)
    for row in rows:
        assert len(row) == len(COLUMNS)
        for cell in row:
            assert not cell.lstrip(" \u00a0\ufeff").startswith(STARTS)
            assert "\x00" not in cell
            assert "\r" not in cell


@pytest.mark.parametrize("kind", ["corpus", "memo", "quotes", "worksheet"])
def test_no_cell_of_a_report_as_csv_is_a_formula(kind):
    found = replace(attacked(PAYLOADS), kind=kind)
    data = render(found, find("csv"), level=Redaction.INTERNAL)
    cells = [c for r in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for c in r]
    assert len(cells) > 5
    assert not [c for c in cells if c.lstrip(" \u00a0\ufeff").startswith(STARTS)]


@settings(max_examples=200)
@given(st.text())
def test_safe_cells_keep_their_words(words):
    cell = safe(words)
    assert not cell.startswith(STARTS)
    assert safe(cell) == cell
    if not words.startswith("'") and words.isprintable():
        assert cell.removeprefix("'") == words


def test_markdown_shows_markup_as_text():
    data = render(attacked(MARKUP), find("md"), level=Redaction.INTERNAL).decode()
    unescaped = re.sub(r"\\.", "", data)
    assert not re.search(r"[<>]", re.sub(r"^> ", "", unescaped, flags=re.M))
    assert "](" not in unescaped


def test_every_payload_is_still_readable_in_html():
    found = attacked(["<b>gras</b> & «\u00a0cité\u00a0»"])
    data = render(found, find("html"), level=Redaction.INTERNAL).decode()
    assert "&lt;b&gt;gras&lt;/b&gt; &amp; «\u00a0cité\u00a0»" in data
    assert data == render(replace(found), find("html"), level=Redaction.INTERNAL).decode()


# -- office files -----------------------------------------------------------------------------

KINDS = ("audit", "corpus", "memo", "quotes", "worksheet")
#: What a reader's program may work out by itself: the number of the page.
FIELDS = {"PAGE", "NUMPAGES"}


def parts_of(format_id, kind, level=Redaction.INTERNAL):
    found = replace(attacked(PAYLOADS), kind=kind)
    data = render(found, find(format_id), level=level, seed=SEED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return data, {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("format_id", ["docx", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_office_files_lead_nowhere_and_run_nothing(kind, format_id):
    _, parts = parts_of(format_id, kind)
    names = " ".join(parts).lower()
    for word in ("vba", "macro", "activex", "embeddings", "oleobject", "externallink", "customxml"):
        assert word not in names
    for name, data in parts.items():
        root = ElementTree.fromstring(data)
        for element in root.iter():
            tag = element.tag.rpartition("}")[2]
            assert tag not in {"object", "control", "altChunk", "hyperlink", "script", "ddeLink"}
            assert element.get("TargetMode") != "External"
            instruction = next((v for k, v in element.attrib.items() if k.endswith("}instr")), "")
            assert not instruction or instruction in FIELDS
            assert tag != "instrText"
            if name.startswith("xl/worksheets/"):
                assert tag != "f" or element.text is None


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_workbook_is_a_formula(kind):
    openpyxl = pytest.importorskip("openpyxl")
    data, _ = parts_of("xlsx", kind)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    risky = [c for c in cells if c.data_type == "s" and FORMULA.match(c.value)]
    assert risky
    assert all(c.quotePrefix for c in risky)


@pytest.mark.parametrize("kind", ["audit", "quotes", "worksheet"])
def test_a_word_document_shows_every_payload_as_text(kind):
    docx = pytest.importorskip("docx")
    data, _ = parts_of("docx", kind)
    document = docx.Document(io.BytesIO(data))
    shown = "".join(t.text or "" for t in document.element.body.iter(f"{{{W}}}t"))
    for words in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"):
        assert words in shown


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

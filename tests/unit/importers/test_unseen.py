"""What a reader of a file cannot see is said: changes, comments, hidden text, things fetched."""

from __future__ import annotations

import io
import zipfile

import pytest

from annotator.importers import read_bytes
from annotator.importers.worker import ImportWorker

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

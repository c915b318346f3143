"""Damaged files: what they should be, what is wrong with them, what was kept, what to do."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from annotator import i18n
from annotator.importers import read_bytes
from annotator.importers.base import explain_warning, refused_parts
from annotator.importers.worker import ImportWorker
from annotator.model.errors import UserError

FOLDER = Path(__file__).resolve().parents[2] / "data" / "articles"
FIXTURES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.name != "README.md")
#: What text is, and pages are, however much is missing of them.
_TEXTS = (".txt", ".md", ".html", ".csv", ".tsv")


def data_of(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def refusal(data: bytes, name: str) -> UserError:
    with pytest.raises(UserError) as caught:
        read_bytes(data, name)
    return caught.value


def _zeroed(data: bytes) -> bytes:
    at = len(data) // 3
    return data[:at] + bytes(len(data) // 10) + data[at + len(data) // 10 :]


def _flipped(data: bytes) -> bytes:
    every = max(1, len(data) // 50)
    return bytes(byte ^ 0x10 if not at % every else byte for at, byte in enumerate(data))


HARMS = {
    "cut-10": lambda data: data[: len(data) // 10],
    "cut-50": lambda data: data[: len(data) // 2],
    "cut-90": lambda data: data[: len(data) * 9 // 10],
    "head": lambda data: bytes(8) + data[8:],
    "zeroed": _zeroed,
    "flipped": _flipped,
}


@pytest.fixture(scope="module")
def worker():
    with ImportWorker() as one:
        yield one


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_each_refusal_says_what_the_file_should_be(worker: ImportWorker, path: Path):
    for harm in HARMS.values():
        try:
            found = worker.read(harm(path.read_bytes()), path.name)
        except UserError as error:
            said = [error]
        else:
            assert all("\x00" not in article.text for article in found)
            said = refused_parts(found)
        for error in said:
            assert error.message_id not in ("import-binary", "import-crashed", "import-timeout")
            for lang in ("en", "fr"):
                sentence = i18n.explain(error, lang=lang)
                assert path.name in sentence
                assert "errors." not in sentence
                assert "{" not in sentence


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_no_inside_of_a_file_is_shown_as_text(worker: ImportWorker, path: Path):
    if path.suffix in _TEXTS:
        pytest.skip("it is text")
    for name in ("head", "cut-50"):
        try:
            found = worker.read(HARMS[name](path.read_bytes()), path.name)
        except UserError:
            continue
        for article in found:
            for inside in ("\\pard", "Content-Transfer-Encoding", '{"', "PK\x03", "obj\n", "\x01"):
                assert inside not in article.text


@pytest.mark.parametrize(
    ("name", "format_id"),
    [
        ("msg/message.msg", "msg"),
        ("docx/pandoc.docx", "docx"),
        ("odt/pandoc.odt", "odt"),
        ("epub/pandoc.epub", "epub"),
        ("pdf/libreoffice.pdf", "pdf"),
        ("table/articles.xlsx", "table"),
        ("newsml/message.newsml", "newsml"),
        ("nitf/depeche.nitf", "nitf"),
        ("json/articles.json", "json"),
        ("zip/mixed.zip", "zip"),
    ],
)
def test_a_file_without_its_end(name: str, format_id: str):
    data = data_of(name)
    error = refusal(data[: len(data) * 6 // 10], name.rpartition("/")[2])
    assert error.values["format_id"] == format_id
    assert error.values["broken"] == "cut"
    assert i18n.tr(f"importers.format.{format_id}", lang="fr") in i18n.explain(error, lang="fr")


def test_a_broken_message_is_a_message_still():
    data = data_of("msg/message.msg")
    for harmed in (data[:700], data[:2_000], bytes(8) + data[8:], data[:-5_000]):
        error = refusal(harmed, "message.msg")
        assert error.message_id == "import-damaged"
        assert "Outlook" in i18n.explain(error, lang="en")


def test_a_message_whose_body_cannot_be_reached_is_damaged_not_empty():
    data = data_of("msg/message.msg")
    for changed in ("__substg1.0_3701", "__attach"):
        data = data.replace(changed.encode("utf-16-le"), "x".encode("utf-16-le") * len(changed))
    size = bytearray(data)
    for tag in ("1000", "1013", "1009"):
        at = data.find(f"__substg1.0_{tag}".encode("utf-16-le"))
        if at >= 0:
            # The size of the stream, in its entry of the directory. Source: MS-CFB, 2.6.1.
            size[at + 120 : at + 128] = bytes(8)
    assert refusal(bytes(size), "a.msg").message_id == "import-empty"
    # The root's first child, from which all others are reached.
    root = data.find("Root Entry".encode("utf-16-le"))
    cut = data[: root + 76] + b"\xff\xff\xff\xff" + data[root + 80 :]
    error = refusal(cut, "a.msg")
    assert (error.message_id, error.values["format_id"]) == ("import-damaged", "msg")


def test_a_line_is_named():
    data = data_of("newsml/message.newsml").replace(b"</itemMeta>", b"", 1)
    error = refusal(data, "a.newsml")
    assert error.values["broken"] == "line"
    assert str(error.values["line"]) in i18n.explain(error, lang="en")


def _repacked(name: str, broken: str) -> bytes:
    """Return an archive with a member whose checksum does not hold."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data_of(name))) as source:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
            for entry in source.infolist():
                target.writestr(entry.filename, source.read(entry))
        content = source.read(broken)
    packed = stream.getvalue()
    at = packed.index(content)
    return packed[:at] + bytes([content[0] ^ 1]) + packed[at + 1 :]


def test_a_broken_part_is_named():
    error = refusal(_repacked("docx/pandoc.docx", "word/document.xml"), "a.docx")
    assert (error.values["broken"], error.values["part"]) == ("part", "document.xml")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("docx/pandoc.docx", "word/styles.xml"),
        ("docx/pandoc.docx", "docProps/core.xml"),
        ("odt/pandoc.odt", "styles.xml"),
        ("odt/pandoc.odt", "meta.xml"),
    ],
)
def test_a_document_is_read_without_a_part_that_it_can_do_without(name: str, part: str):
    (whole,) = read_bytes(data_of(name), "a")
    (article,) = read_bytes(_repacked(name, part), "a")
    assert article.text == whole.text
    (warned,) = [w for w in article.warnings if w.startswith("lost-part")]
    assert part in explain_warning(warned, lang="fr")


def test_the_sound_lines_of_json_lines_are_kept():
    lines = [json.dumps({"title": f"Titre {n}", "body": f"Le corps {n}."}) for n in range(4)]
    found = read_bytes("\n".join((*lines[:3], lines[3][:-9])).encode(), "a.jsonl")
    assert [article.text for article in found] == ["Le corps 0.", "Le corps 1.", "Le corps 2."]
    (error,) = refused_parts(found)
    assert "4" in i18n.explain(error, lang="en")


def test_what_was_kept_of_a_torn_file_is_said():
    rtf = b"{\\rtf1 {\\b The port of Norport was shut on Tues"
    mail = data_of("eml/communique.eml")
    feed = data_of("feed/flux.rss")
    for data, name, said in (
        (rtf, "a.rtf", "cut-off"),
        (mail[: len(mail) // 2], "a.eml", "cut-off"),
        (feed[: len(feed) * 9 // 10], "a.rss", "broken-markup"),
    ):
        found = read_bytes(data, name)
        assert found[0].text
        assert [w for w in found[0].warnings if w.startswith(said)]


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"[InternetShortcut]\r\nURL=https://host.invalid/\r\n", "a.url", "import-shortcut"),
        (
            b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key>'
            b"<string>https://host.invalid/</string></dict></plist>",
            "a.webloc",
            "import-shortcut",
        ),
        (b"bplist00\xd1\x01\x02SURL_\x10\x15https://host.invalid/", "a.webloc", "import-shortcut"),
        (b"%!PS-Adobe-3.0\n%%Title: x\n", "a.ps", "import-print"),
        (b"\xffWPC\x10\x00\x00\x00" + bytes(80), "a.wpd", "import-old-file"),
        (b"x" * 60 + b"BOOKMOBI" + bytes(80), "a.mobi", "import-ebook"),
        (b"!BDN" + bytes(80), "a.pst", "import-mailbox"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "Root Entry\0EncryptedPackage\0".encode("utf-16-le")
            + bytes(900),
            "a.docx",
            "import-encrypted",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "Root Entry\0CONTENTS\0".encode("utf-16-le")
            + bytes(900),
            "a.wps",
            "import-old-file",
        ),
    ],
)
def test_more_kinds_are_named_for_what_they_are(data: bytes, name: str, error: str):
    assert refusal(data, name).message_id == error


def test_an_odt_with_a_password():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr("content.xml", b"\x8a\x91\x02\x55" * 40)
        target.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry>'
            "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        )
    assert refusal(stream.getvalue(), "a.odt").message_id == "import-encrypted"

"""Files that are known but not read say what they are, and how to convert them."""

from __future__ import annotations

import io
import zipfile

import pytest

from annotator import i18n
from annotator.importers import read_bytes
from annotator.model.errors import UserError


def _zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".x"), content)
    return stream.getvalue()


def _old(stream: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000)
    return head + f"Root Entry\0{stream}\0".encode("utf-16-le") + bytes(2_000)


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"PAR1\x15\x04\x15\x10" + bytes(200) + b"PAR1", "t.parquet", "import-parquet"),
        (b"PAR1\x15\x04\x15\x10" + bytes(200) + b"PAR1", "t.txt", "import-parquet"),
        (_old("WordDocument"), "a.doc", "import-old-word"),
        (_old("Workbook"), "a.xls", "import-old-sheet"),
        (_old("PowerPoint Document"), "a.ppt", "import-slides"),
        (_zip(ppt__presentation_xml=b"<x/>"), "a.pptx", "import-slides"),
        (
            _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "a.ods",
            "import-old-sheet",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "a.png", "import-picture"),
        (b"\xff\xd8\xff\xe0" + bytes(60), "a.jpg", "import-picture"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(60), "a.mp4", "import-sound"),
        (b"ID3\x03" + bytes(60), "a.mp3", "import-sound"),
        (b"Rar!\x1a\x07" + bytes(60), "a.rar", "import-packed"),
        (b"\x1f\x8b\x08" + bytes(60), "a.gz", "import-packed"),
        (b"SQLite format 3\x00" + bytes(60), "a.db", "import-database"),
    ],
)
def test_each_has_a_sentence_of_its_own(data, name, error):
    with pytest.raises(UserError) as caught:
        read_bytes(data, name)
    assert caught.value.message_id == error
    for lang in ("en", "fr"):
        sentence = i18n.explain(caught.value, lang=lang)
        assert sentence.startswith(name)


def test_kickers_of_news_formats():
    nitf = (
        '<nitf><body><body.head><hedline><hl1 class="kicker">RÉCIT</hl1><hl1>Le port ferme</hl1>'
        "</hedline></body.head><body.content><p>Le port de Norport a fermé mardi.</p>"
        "</body.content></body></nitf>"
    )
    newsml = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta/><contentMeta>'
        '<headline role="hld:kicker">RÉCIT</headline><headline role="hld:main">Le port ferme'
        "</headline></contentMeta><contentSet><inlineXML><html><body>"
        "<p>Le port de Norport a fermé mardi.</p></body></html></inlineXML></contentSet></newsItem>"
    )
    ninjs = (
        '{"uri": "x:1", "versioncreated": "2031-03-04T10:00:00Z", "pubstatus": "usable",'
        '"headlines": [{"role": "kicker", "value": "RÉCIT"}, {"value": "Le port ferme"}],'
        '"body_text": "Le port de Norport a fermé mardi."}'
    )
    csv = "surtitre,titre,texte\nRÉCIT,Le port ferme,Le port de Norport a fermé mardi.\n"
    for data, name in ((nitf, "a.nitf"), (newsml, "a.xml"), (ninjs, "a.json"), (csv, "a.csv")):
        (article,) = read_bytes(data.encode(), name)
        assert (article.metadata.get("kicker"), article.headline) == ("RÉCIT", "Le port ferme")
        if not name.endswith("csv"):
            (origin,) = [o for o in article.origins if o.field == "kicker"]
            assert origin.span is not None
            assert origin.span.slice(article.text) == "RÉCIT"


def test_a_kicker_of_a_document_stands_before_its_heading():
    html = (
        "<html><body><article><p>Enquête</p><h1>Le port de Norport a fermé mardi soir</h1>"
        + "<p>Le conseil municipal a voté mardi la fermeture du bassin pour six mois.</p>" * 3
        + "</article></body></html>"
    )
    (article,) = read_bytes(html.encode(), "a.html")
    assert article.metadata.get("kicker") == "Enquête"

"""Files that hold many articles, messages, and the formats of the news industry."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from annotator.importers import find_importer, preview_columns, read_bytes
from annotator.importers.mapping import guess_mapping, signature
from annotator.importers.splitter import preview
from annotator.importers.worker import ImportWorker
from annotator.model.errors import UserError
from helpers import exports
from helpers.articles import FOLDER

MAKERS = {
    exports.factiva_codes: "factiva",
    exports.factiva_full: "factiva",
    exports.factiva_rtf: "factiva",
    exports.europresse: "europresse",
    exports.nexis_docx: "nexis",
    exports.nexis_text: "nexis",
}


def seed(path: str):
    file = FOLDER / path
    return read_bytes(file.read_bytes(), file.name)


def unmasked(imported) -> list[str]:
    greyed = {span.slice(imported.text) for span in imported.mask}
    return [line for line in imported.text.split("\n") if line not in greyed]


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_every_article_of_an_archive_is_readable_and_dated(maker, count: int):
    stories = exports.stories(count)
    data = maker(stories)
    assert find_importer(data, "download").id == MAKERS[maker]
    found = read_bytes(data, "download")
    assert len(found) == count
    for imported, story in zip(found, stories, strict=True):
        assert imported.headline == story.headline
        assert imported.metadata["outlet"] == story.outlet
        assert imported.metadata["authors"] == story.author
        assert imported.metadata["published"][:10] == f"2031-03-{story.day:02}"
        assert unmasked(imported) == [story.headline, *story.paragraphs]
        assert imported.language == "fr"
        spans = {o.field: o.span for o in imported.origins if o.span}
        assert spans["outlet"].slice(imported.text).startswith(story.outlet)


def test_an_unknown_variant_goes_to_the_splitter_and_says_so():
    page = exports.factiva_full(exports.stories(3)).decode()
    strange = page.replace("140 mots", "taille : 140").replace("Document COUVAL", "Pièce COUVAL")
    found = read_bytes(strange.encode(), "download")
    assert found
    assert all("guessed-split" in imported.warnings for imported in found)


def test_numbered_articles_are_cut_and_previewed():
    stories = exports.stories(4)
    data = exports.numbered_text(stories)
    shown = preview(data, "x.txt")
    assert shown.rule == "numbered"
    assert len(shown.pieces) == 4
    found = read_bytes(data, "x.txt")
    assert [imported.headline for imported in found] == [story.headline for story in stories]


@pytest.mark.parametrize("rule", ["=" * 20, "* * * * *", "_" * 30])
def test_rules_cut_only_where_a_person_asks(rule: str):
    prose = "Une phrase assez longue pour un article. " * 5
    parts = [f"Titre numéro {n}\n\n{prose}" for n in range(3)]
    data = f"\n\n{rule}\n\n".join(parts).encode()
    assert len(read_bytes(data, "x.txt")) == 1
    found = read_bytes(data, "x.txt", as_format="splitter")
    assert [imported.headline for imported in found] == [f"Titre numéro {n}" for n in range(3)]


def rows_file(header: list[str], rows: list[list[str]], delimiter: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
    return stream.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_mapped_by_the_names_of_its_columns(delimiter: str):
    body = "Première ligne ; avec « des » signes, |\nDeuxième ligne."
    data = rows_file(
        ["N°", "Date de publication", "Titre de presse", "Titre", "Corps", "Langue"],
        [
            ["1", "3 mars 2031", "Le Courrier", "Un titre", body, "Français"],
            ["2", "", "", "", "", ""],
        ],
        delimiter,
    )
    (imported,) = read_bytes(data, "download.csv")
    assert imported.text == body
    assert imported.headline == "Un titre"
    assert dict(imported.metadata) == {"outlet": "Le Courrier", "published": "2031-03-03"}
    assert imported.language == "fr"
    assert imported.warnings == ("guessed-columns",)


def test_a_person_maps_columns_and_the_answer_can_be_remembered():
    data = rows_file(["a", "b"], [["Un corps de texte à lire.", "Un titre"]])
    with pytest.raises(UserError, match="import-no-columns"):
        read_bytes(data, "x.csv")
    shown = preview_columns(data, "x.csv")
    assert shown is not None
    assert shown.columns == ("a", "b")
    assert shown.rows == (("Un corps de texte à lire.", "Un titre"),)
    with ImportWorker() as worker:
        (imported,) = worker.read(data, "x.csv", mapping={"text": "a", "headline": "b"})
    assert (imported.text, imported.headline) == ("Un corps de texte à lire.", "Un titre")
    assert imported.warnings == ()
    assert signature(["Titre", "Corps"]) == signature(["corps", "TITRE"]) != signature(["x"])


def test_the_text_column_may_be_told_by_its_length():
    rows = [["x", "mot " * 100], ["y", "mot " * 80]]
    assert guess_mapping(["k", "v"], rows) == {"text": "v"}
    assert guess_mapping(["k", "v"], [["x", "court"]]) == {}


def test_json_keys_are_mapped_and_inner_objects_flattened():
    item = {
        "title": "T",
        "source": {"name": "S"},
        "authors": [{"name": "Jo Doe"}],
        "content": "Le corps.",
    }
    for data in (
        json.dumps([item]),
        json.dumps({"articles": [item]}),
        json.dumps(item) + "\n" + json.dumps(item),
    ):
        found = read_bytes(data.encode(), "x.json")
        assert {imported.text for imported in found} == {"Le corps."}
        assert found[0].metadata == {"outlet": "S", "authors": "Jo Doe"}


def test_a_zip_gives_its_articles_and_its_refusals():
    found = seed("zip/mixed.zip")
    assert [imported.name for imported in found] == ["depeche.txt", "page.html", "evil.md"]
    assert all(imported.original for imported in found)
    (refused,) = found.refused
    assert refused.message_id == "import-damaged"
    assert refused.values["name"] == "mixed.zip › broken.docx"


def test_refusals_inside_come_through_the_worker():
    data = (FOLDER / "zip/mixed.zip").read_bytes()
    with ImportWorker() as worker:
        found = worker.read(data, "mixed.zip")
    assert found == read_bytes(data, "mixed.zip")
    assert [error.message_id for error in found.refused] == ["import-damaged"]


def test_a_zip_without_texts_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("style.css", "p{}")
    with pytest.raises(UserError, match="import-empty"):
        read_bytes(stream.getvalue(), "x.zip")


def test_a_mail_with_its_headers_and_attachments():
    message, attached = seed("eml/communique.eml")
    assert message.headline == "Communiqué : le port de Norport restera fermé"
    assert dict(message.metadata) == {
        "authors": "Jeanne Aubry",
        "published": "2031-03-03T14:30+01:00",
    }
    assert message.warnings == ("attachments", "remote-content")
    assert attached.name == "communiqué.docx"
    assert attached.headline == "Le port de Norport restera fermé"
    assert attached.original is not None
    (plain,) = seed("eml/plain.eml")
    assert plain.metadata["published"] == "2031-03-03T14:30:05-05:00"
    assert plain.text.startswith(
        'The harbour will stay shut "until further notice", the transport minister'
    )


def test_an_outlook_message():
    message, attached = seed("msg/message.msg")
    assert message.headline == "Le port de Norport restera fermé"
    assert dict(message.metadata) == {
        "authors": "Jeanne Aubry",
        "published": "2031-03-03T13:30+00:00",
    }
    assert attached.name == "note.txt"


def test_newsml_corrections_and_kill_notices():
    first, second = seed("newsml/message.newsml")
    assert first.warnings == ("news-correction",)
    assert second.warnings == ("news-cancelled",)
    assert first.headline == "Norport harbour to stay shut after fire"
    assert dict(first.metadata) == {
        "agency": "AP",
        "authors": "Ann Marlow",
        "dateline": "Norport",
        "published": "2031-03-03T14:30+00:00",
        "updated": "2031-03-03T15:10+00:00",
    }
    assert "KILL: the item on the harbour master is withdrawn." not in unmasked(second)


def test_nitf_ninjs_and_feeds():
    (nitf,) = seed("nitf/depeche.nitf")
    assert nitf.metadata["authors"] == "Jeanne Aubry; Karim Benali"
    assert nitf.metadata["outlet"] == "Le Courrier de Valmoria"
    assert nitf.metadata["published"] == "2031-03-03T14:30+01:00"
    assert nitf.warnings == ("news-correction",)
    (ninjs,) = seed("ninjs/item.ninjs.json")
    assert ninjs.metadata["agency"] == "AFP"
    assert ninjs.metadata["updated"] == "2031-03-03T15:10+01:00"
    first, second = seed("feed/flux.rss")
    assert first.metadata["published"] == "2031-03-03T14:30+01:00"
    assert first.metadata["section"] == "Monde"
    assert second.headline == "Le chat perdu est retrouvé"
    (atom,) = seed("feed/feed.atom")
    assert atom.metadata["url"] == "https://example.invalid/harbour"


def test_a_saved_page_knows_where_it_was():
    (imported,) = seed("mhtml/chromium.mhtml")
    assert imported.metadata["url"] == "https://exemple.invalid/page.html"
    assert imported.headline == "Le gouvernement renonce à sa réforme"
    assert "Les plus lus" not in unmasked(imported)


def test_a_table_of_one_column_is_read():
    data = b'texte\n"Un premier texte, avec une virgule."\nUn second texte.\n'
    assert find_importer(data, "liste.csv").id == "table"
    found = read_bytes(data, "liste.csv")
    assert [t.text for t in found] == ["Un premier texte, avec une virgule.", "Un second texte."]
    assert find_importer(b"Bonjour\nle monde\n", "liste.csv").id == "text"


def test_a_remembered_mapping_is_used_for_the_same_columns_only():
    data = b"kopf;inhalt\nTitel;Ein Text\n"
    with pytest.raises(UserError, match="import-no-columns"):
        read_bytes(data, "a.csv")
    known = {signature(("kopf", "inhalt")): {"text": "inhalt", "headline": "kopf"}}
    with ImportWorker() as worker:
        (found,) = worker.read(data, "a.csv", remembered=known)
        assert (found.headline, found.text) == ("Titel", "Ein Text")
        other = b"kopf;stoff\nTitel;Ein Text\n"
        with pytest.raises(UserError, match="import-no-columns"):
            worker.read(other, "b.csv", remembered=known)
        preview = worker.preview(data, "a.csv")
        assert preview == preview_columns(data, "a.csv")
        assert worker.preview(b"Un texte tout simple.", "a.txt") is None
        with pytest.raises(UserError, match="import-empty"):
            worker.preview(b"", "a.csv")

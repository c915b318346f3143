"""Odd files that strangers have: mailboxes, Safari's pages, other scripts, empty files."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from email.message import EmailMessage

import pytest

from annotator import i18n
from annotator.importers import read_bytes
from annotator.importers.base import refused_parts
from annotator.importers.mapping import guess_mapping
from annotator.model.errors import UserError

_FRENCH = (
    "Le port de Norport reste fermé\n\nNORPORT, 3 mars 2031 (AFP) - Le conseil municipal a voté "
    "mardi la fermeture du bassin, d’après une source proche du dossier.\n\n« Nous n’avons pas été "
    "consultés », a déclaré Irène Castel, œuvrant à la criée depuis 1\u202f200 jours.\n"
)
_RUSSIAN = (
    "Порт Норпорт закрыт\n\nГородской совет во вторник проголосовал за закрытие бассейна. "
    "Нас не спросили, сказала Ирина.\n"
)
_GREEK = (
    "Το λιμάνι έκλεισε\n\nΤο συμβούλιο ψήφισε την Τρίτη. Κανείς δεν μας ρώτησε, είπε η Ειρήνη.\n"
)


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (_FRENCH.replace("\u202f", "\u00a0"), "cp1252"),
        (_FRENCH.replace("\u202f", "\u00a0"), "mac_roman"),
        (_FRENCH, "utf-16"),
        (_FRENCH, "utf-16-le"),
        (_FRENCH, "utf-16-be"),
        (_FRENCH, "utf-8-sig"),
        (_RUSSIAN, "utf-16-le"),
        (_RUSSIAN, "utf-16-be"),
        (_RUSSIAN, "cp1251"),
        (_RUSSIAN, "koi8_r"),
        (_GREEK, "utf-16-le"),
        (_GREEK, "cp1253"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_an_encoding_nobody_declares(text: str, charset: str, ends: str):
    (article,) = read_bytes(text.replace("\n", ends).encode(charset), "a.txt")
    assert article.text == text
    assert article.replaced == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_odd_letters_stay_as_they_are(form: str):
    odd = _FRENCH.replace("munici", "mu\u00adnici") + "« שלום », of\ufb01ce, « Привет » dit-il.\n"
    text = unicodedata.normalize(form, odd) if form == "NFD" else odd
    (article,) = read_bytes(text.encode(), "a.txt")
    assert article.text == text
    assert article.metadata["dateline"] == "NORPORT"
    assert article.metadata["agency"] == "AFP"


def _message(number: int) -> str:
    return (
        f"From desk@norport.example Mon Mar  3 10:00:0{number} 2031\n"
        f"From: Jeanne Aubry <desk@norport.example>\nTo: all@norport.example\n"
        f"Subject: Communiqué n° {number}\nDate: Mon, 3 Mar 2031 10:0{number}:00 +0100\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        f"Le texte du communiqué {number} de la ville de Norport.\n\n>From here on, rien.\n\n"
    )


def test_a_mailbox_gives_each_of_its_messages():
    data = "".join(_message(number) for number in range(1, 4)).encode()
    found = read_bytes(data, "liste.mbox")
    assert [article.headline for article in found] == [f"Communiqué n° {n}" for n in (1, 2, 3)]
    assert [article.metadata["published"] for article in found] == [
        f"2031-03-03T10:0{n}+01:00" for n in (1, 2, 3)
    ]
    assert refused_parts(found) == []
    assert all(article.original is not None for article in found)


def test_a_subject_in_bare_utf8_is_read():
    (article,) = read_bytes(_message(1).partition("\n")[2].encode(), "a.eml")
    assert article.headline == "Communiqué n° 1"


def test_a_message_with_a_message_in_it_and_what_programs_add():
    mail, inner = EmailMessage(), EmailMessage()
    for message, who, what in (
        (mail, "Jeanne Aubry", "Note"),
        (inner, "Karim Benali", "Transfert"),
    ):
        message["From"], message["Subject"] = f"{who} <a@norport.example>", what
        message["Date"] = "Mon, 3 Mar 2031 10:00:00 +0100"
        message.set_content(f"Le texte de {who} sur le port de Norport.\n")
    mail.add_attachment(b"0\x82" * 50, maintype="application", subtype="pkcs7-signature")
    mail.add_attachment("BEGIN:VCALENDAR\n", subtype="calendar", filename="invite.ics")
    mail.add_attachment(
        b'x\x9f>"' + bytes(90), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    mail.add_attachment(inner)
    found = read_bytes(mail.as_bytes(), "a.eml")
    assert [(a.headline, a.metadata["authors"]) for a in found] == [
        ("Note", "Jeanne Aubry"),
        ("Transfert", "Karim Benali"),
    ]
    assert [error.message_id for error in refused_parts(found)] == ["import-tnef"]


def test_an_empty_file_is_called_empty():
    with pytest.raises(UserError, match="import-empty") as caught:
        read_bytes(b"", "a.docx")
    assert "one byte" in i18n.explain(caught.value, lang="en")
    with pytest.raises(UserError, match="import-empty") as caught:
        read_bytes(b" \n", "a.txt")
    assert "holds no text" in i18n.explain(caught.value, lang="en")


def test_older_documents_of_apple_are_named():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("index.xml", "<sl:document/>")
        target.writestr("buildVersionHistory.plist", "<plist/>")
    with pytest.raises(UserError, match="import-pages"):
        read_bytes(stream.getvalue(), "a.pages")


def test_a_page_that_safari_saved_knows_its_address():
    from helpers.articles import seeds_for

    (seed,) = seeds_for("webarchive")
    (article,) = read_bytes(seed.data, "a")
    assert article.metadata["url"] == "https://journal.example/port"
    assert article.media_type == "application/x-webarchive"


@pytest.mark.parametrize("byline", ["Par Jeanne Aubry, 3 mars 2031", "By Jane Doe, 3 March 2031"])
def test_who_wrote_it_is_no_place(byline: str):
    text = f"Le port de Norport restera fermé\n{byline}\n\n" + _FRENCH.partition("\n\n")[2] * 2
    (article,) = read_bytes(text.replace("NORPORT, 3 mars 2031 (AFP) - ", "").encode(), "a.txt")
    assert "dateline" not in article.metadata
    assert article.metadata["published"] == "2031-03-03"
    assert article.metadata["authors"] == " ".join(byline.split(",")[0].split()[1:])


def test_the_dateline_of_an_item_of_a_feed_is_read():
    item = (
        "<item><title>Le port restera fermé</title><description>NORPORT, 3 mars 2031 (AFP) - Le "
        "port restera fermé, a dit la ministre.</description></item>"
    )
    feed = f'<rss version="2.0"><channel><title>La Gazette</title>{item}</channel></rss>'
    (article,) = read_bytes(feed.encode(), "a.rss")
    assert article.metadata["dateline"] == "NORPORT"
    assert article.metadata["agency"] == "AFP"
    assert article.metadata["published"] == "2031-03-03"


@pytest.mark.parametrize(
    "columns",
    [
        "Date de parution;Journal;Titre de l'article;Texte intégral;Signature",
        "PUB_DT;SRC;HEADLINE_TXT;BODY_TXT;BY",
        "publishedAt;source.name;title;content;author",
        "pub_date;newspaper;newsTitle;articleBody;byline",
        "Date;Média;Titre;Article;Auteur",
        "date-publication;titre_de_presse;titre_article;corps;journaliste",
    ],
)
def test_columns_under_names_that_programs_give(columns: str):
    names = columns.split(";")
    fields = ("published", "outlet", "headline", "text", "authors")
    assert guess_mapping(names) == dict(zip(fields, names, strict=True))


def test_a_table_that_holds_no_text_names_its_columns():
    with pytest.raises(UserError, match="import-no-columns") as caught:
        read_bytes(b"a;b;c\n1;2;3\n", "a.csv")
    assert "a, b, c" in i18n.explain(caught.value, lang="fr")


def test_articles_inside_the_answer_of_an_archive():
    docs = [{"headline": {"main": "Harbour"}, "body": "A text.", "pub_date": "2031-03-03"}]
    answer = {"status": "OK", "response": {"docs": docs, "meta": {"hits": 1}}}
    (article,) = read_bytes(json.dumps(answer).encode(), "a.json")
    assert (article.text, article.headline) == ("A text.", "Harbour")


def test_dates_of_columns_keep_their_precision():
    rows = ["publishedAt,title,content"]
    rows += [f"{date},Le port,Un texte sur le port de Norport {n}." for n, date in enumerate(
        ("2031-03-03T10:00:00Z", "2031-03", "2031", "03/2031", "mars 2031", "")
    )]  # fmt: skip
    found = read_bytes("\n".join(rows).encode(), "a.csv")
    assert [article.metadata.get("published") for article in found] == [
        "2031-03-03T10:00+00:00",
        "2031-03",
        "2031",
        "2031-03",
        "2031-03",
        None,
    ]

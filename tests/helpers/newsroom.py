"""A folder as a newsroom gets it: two hundred files of every kind, written by real writers.

Among them ten that are broken, three bombs, forty near-duplicates and one export of fifty articles.
All people, places and outlets are invented.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
import zipfile
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

from helpers import bombs, exports, wire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES, BROKEN, BOMBS, COPIES, EXPORTED = 200, 10, 3, 40, 50
_LEADS = (
    "La décision a été prise lundi dans le plus grand secret par les élus de la ville, selon {}.",
    "Les habitants de la rive gauche n’ont été prévenus que par une affiche, a raconté {}.",
    "Il n’y aura pas de retour en arrière avant l’été, a fait savoir {} devant la presse.",
    "Le rapport que nous avons pu lire est accablant pour les services de {}.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one article as it must come out: headline, paragraphs, its day in March 2031."""

    headline: str
    paragraphs: tuple[str, ...]
    day: int

    @property
    def date_fr(self) -> str:
        """Return the day as a newsroom writes it."""
        return f"{self.day} mars 2031"

    @property
    def iso(self) -> str:
        """Return the day as markup writes it."""
        return f"2031-03-{self.day:02}"


@dataclass(slots=True)
class Newsroom:
    """Say what the folder holds: the articles, the groups of copies, what must be refused."""

    told: list[Told] = field(default_factory=list[Told])
    exported: list[exports.Story] = field(default_factory=list[exports.Story])
    copies: list[list[Told]] = field(default_factory=list[list[Told]])
    refused: list[str] = field(default_factory=list[str])

    @property
    def articles(self) -> int:
        """Return how many articles there are."""
        return len(self.told) + len(self.exported)


class _Writer:
    """Make up stories, and versions of them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._common = wire.words(self.rng, 3_000)
        self._number = 0

    def story(self) -> Told:
        """Make up a story of its own."""
        names = wire.words(self.rng, 40)
        body = [wire.sentence(self.rng, names, self._common) for _ in range(12)]
        return self._tell(body)

    def version(self, of: Told) -> Told:
        """Tell a story again with another headline, a few other words, another tail."""
        body = wire.variant(self.rng, list(of.paragraphs[1:]), self._common)
        return self._tell(body)

    def _tell(self, body: list[str]) -> Told:
        self._number += 1
        name = wire.words(self.rng, 1)[0].capitalize()
        lead = self.rng.choice(_LEADS).format(f"{name} Castel")
        headline = f"Le pont de {name} restera fermé, acte {self._number}"
        return Told(headline, (lead, *body), self.rng.randint(1, 28))


# -- one writer a format --------------------------------------------------------------------------


def _text(told: Told, charset: str = "utf-8") -> bytes:
    body = "\n\n".join(told.paragraphs)
    words = f"{told.headline}\n\nPublié le {told.date_fr} à 08:15\n\n{body}\n"
    return words.encode(charset, "replace")


def _western(told: Told) -> bytes:
    return _text(told, "cp1252")


def _wide(told: Told) -> bytes:
    return _text(told, "utf-16")


def _markdown(told: Told) -> bytes:
    body = "\n\n".join(told.paragraphs)
    front = f"---\ntitle: {told.headline}\ndate: {told.iso}\n---\n\n"
    return f"{front}# {told.headline}\n\n{body}\n".encode()


def _html(told: Told) -> bytes:
    body = "".join(f"<p>{html.escape(p)}</p>" for p in told.paragraphs)
    return (
        f"<!doctype html><html lang='fr'><head><meta charset='utf-8'>"
        f"<title>{html.escape(told.headline)} - Le Fanal</title>"
        f"<meta property='og:site_name' content='Le Fanal'>"
        f"<meta property='article:published_time' content='{told.iso}T08:15:00+01:00'></head><body>"
        f"<nav><a href='/'>Accueil</a> <a href='/politique'>Politique</a></nav>"
        f"<article><h1>{html.escape(told.headline)}</h1>{body}</article>"
        f"<footer>© 2031 Le Fanal. Tous droits réservés.</footer></body></html>"
    ).encode()


def _mail(told: Told) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Le Fanal <redaction@fanal.invalid>", "x@y.invalid"
    message["Subject"] = told.headline
    message["Date"] = f"{told.day} Mar 2031 08:15:00 +0100"
    message.set_content("\n\n".join(told.paragraphs))
    return bytes(message)


def _saved_page(told: Told) -> bytes:
    page = MIMEMultipart("related")
    page["From"], page["Subject"] = "<Saved by Blink>", told.headline
    page["Snapshot-Content-Location"] = "https://fanal.invalid/a"
    part = MIMEText(_html(told).decode(), "html", "utf-8")
    part["Content-Location"] = "https://fanal.invalid/a"
    page.attach(part)
    return bytes(page)


def _docx(told: Told) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(told.headline, 1)
    document.add_paragraph(f"Publié le {told.date_fr} à 08:15")
    for words in told.paragraphs:
        document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _odt(told: Told) -> bytes:
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    space += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    lines = (f"Publié le {told.date_fr} à 08:15", *told.paragraphs)
    body = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in lines)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {space}'
        f' office:version="1.3"><office:body><office:text>'
        f'<text:h text:outline-level="1">{html.escape(told.headline)}</text:h>{body}'
        f"</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", kind)
        target.writestr("content.xml", content)
    return stream.getvalue()


def _rtf(told: Told) -> bytes:
    lines = (told.headline, f"Publié le {told.date_fr} à 08:15", *told.paragraphs)
    body = "\\par ".join(exports.rtf_words(line) for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + body + "\\par}").encode("ascii")


def _epub(told: Told) -> bytes:
    body = "".join(f"<p>{html.escape(p)}</p>" for p in told.paragraphs)
    page = (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{html.escape(told.headline)}'
        f"</title></head><body><h1>{html.escape(told.headline)}</h1>{body}</body></html>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{html.escape(told.headline)}</dc:title><dc:date>{told.iso}</dc:date>"
        '<dc:language>fr</dc:language></metadata><manifest><item id="a" href="a.xhtml"'
        ' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine>'
        "</package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", "application/epub+zip")
        target.writestr("META-INF/container.xml", container)
        target.writestr("p.opf", package)
        target.writestr("a.xhtml", page)
    return stream.getvalue()


def _nitf(told: Told) -> bytes:
    body = "".join(f"<p>{html.escape(p)}</p>" for p in told.paragraphs)
    compact = told.iso.replace("-", "")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>x</title><docdata>'
        f'<date.issue norm="{compact}T081500+0100"/></docdata></head><body><body.head><hedline>'
        f"<hl1>{html.escape(told.headline)}</hl1></hedline></body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    ).encode()


def _ninjs(told: Told) -> bytes:
    item = {
        "uri": f"urn:fanal:{told.day}",
        "type": "text",
        "firstcreated": f"{told.iso}T08:15:00+01:00",
        "versioncreated": f"{told.iso}T08:15:00+01:00",
        "headline": told.headline,
        "language": "fr",
        "body_html": "".join(f"<p>{html.escape(p)}</p>" for p in told.paragraphs),
    }
    return json.dumps(item, ensure_ascii=False).encode()


def _pdf(told: Told) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
    from PySide6.QtGui import (
        QFont,
        QPageLayout,
        QPageSize,
        QPdfWriter,
        QTextBlockFormat,
        QTextCharFormat,
        QTextCursor,
        QTextDocument,
    )

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDefaultFont(QFont("Source Sans 3", 9))
    large = QTextCharFormat()
    large.setFontPointSize(20)
    apart = QTextBlockFormat()
    apart.setBottomMargin(10)
    cursor = QTextCursor(document)
    cursor.insertText(told.headline, large)
    for line in (f"Publié le {told.date_fr} à 08:15", *told.paragraphs):
        cursor.insertBlock(apart, QTextCharFormat())
        cursor.insertText(line)
    document.print_(writer)
    del writer
    buffer.close()
    return bytes(data.data())


_WRITERS: tuple[tuple[str, Callable[[Told], bytes]], ...] = (
    (".txt", _text),
    (".txt", _western),
    (".txt", _wide),
    (".md", _markdown),
    (".html", _html),
    (".eml", _mail),
    (".mhtml", _saved_page),
    (".docx", _docx),
    (".odt", _odt),
    (".rtf", _rtf),
    (".epub", _epub),
    (".nitf", _nitf),
    (".json", _ninjs),
    (".pdf", _pdf),
)


# -- files of several articles --------------------------------------------------------------------


def _table(told: list[Told]) -> bytes:
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=";")
    table.writerow(("titre", "date", "journal", "texte"))
    table.writerows((t.headline, t.iso, "Le Fanal", "\n".join(t.paragraphs)) for t in told)
    return stream.getvalue().encode("utf-8-sig")


def _workbook(told: list[Told]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(("headline", "published", "text"))
    for t in told:
        book.active.append((t.headline, t.iso, "\n".join(t.paragraphs)))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(told: list[Told]) -> bytes:
    rows = ({"title": t.headline, "date": t.iso, "text": "\n".join(t.paragraphs)} for t in told)
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def _feed(told: list[Told]) -> bytes:
    items = "".join(
        f"<item><title>{html.escape(t.headline)}</title>"
        f"<pubDate>{t.day:02} Mar 2031 08:15:00 +0100</pubDate>"
        f"<description>{html.escape(''.join(f'<p>{p}</p>' for p in t.paragraphs))}</description>"
        f"</item>"
        for t in told
    )
    channel = f"<channel><title>Le Fanal</title>{items}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'.encode()


def _archive(told: list[Told]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for number, t in enumerate(told):
            target.writestr(f"dossier/{number}.txt", _text(t))
    return stream.getvalue()


def _archived(told: list[Told]) -> list[exports.Story]:
    return [
        exports.Story(t.headline, "La Gazette", "Jeanne Aubry", t.day, t.paragraphs) for t in told
    ]


def _europresse(told: list[Told]) -> bytes:
    return exports.europresse(_archived(told))


def _nexis(told: list[Told]) -> bytes:
    return exports.nexis_docx(_archived(told))


def _older_nexis(told: list[Told]) -> bytes:
    return exports.nexis_text(_archived(told))


def _factiva_rtf(told: list[Told]) -> bytes:
    return exports.factiva_rtf(_archived(told))


def _newsml(told: list[Told]) -> bytes:
    items = "".join(
        f"<newsItem><itemMeta><versionCreated>{t.iso}T08:15:00Z</versionCreated></itemMeta>"
        f"<contentMeta><headline>{html.escape(t.headline)}</headline></contentMeta><contentSet>"
        f"<inlineXML><html><body>{_paragraphs(t)}</body></html></inlineXML></contentSet></newsItem>"
        for t in told
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
        f"<itemSet>{items}</itemSet></newsMessage>"
    ).encode()


def _atom(told: list[Told]) -> bytes:
    entries = "".join(
        f"<entry><title>{html.escape(t.headline)}</title><published>{t.iso}T08:15:00Z</published>"
        f'<content type="html">{html.escape(_paragraphs(t))}</content></entry>'
        for t in told
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Le Fanal</title>{entries}</feed>"
    ).encode()


def _tabbed(told: list[Told]) -> bytes:
    rows = ["titre\tdate\ttexte"]
    rows += [f"{t.headline}\t{t.iso}\t{' '.join(t.paragraphs)}" for t in told]
    return "\n".join(rows).encode()


def _paragraphs(told: Told) -> str:
    return "".join(f"<p>{html.escape(words)}</p>" for words in told.paragraphs)


_COLLECTIONS: tuple[tuple[str, Callable[[list[Told]], bytes]], ...] = (
    ("tableau.csv", _table),
    ("classeur.xlsx", _workbook),
    ("lignes.jsonl", _lines),
    ("flux.rss", _feed),
    ("archive.zip", _archive),
    ("europresse.html", _europresse),
    ("nexis.docx", _nexis),
    ("nexis.txt", _older_nexis),
    ("factiva.rtf", _factiva_rtf),
    ("message.newsml", _newsml),
    ("flux.atom", _atom),
    ("tableau.tsv", _tabbed),
)


# -- what must be refused -------------------------------------------------------------------------


def _broken(sample: Told) -> dict[str, bytes]:
    """Return ten files that nobody can read: cut, empty, or not what their name says."""
    whole = _docx(sample)
    table = b"a;b\n1;2\n3;4\n"
    return {
        "coupé.docx": whole[: len(whole) // 2],
        "coupé.pdf": _pdf(sample)[:400],
        "coupé.odt": _odt(sample)[:120],
        "coupé.epub": _epub(sample)[:200],
        "coupé.zip": _archive([sample])[:90],
        "vide.txt": b"",
        "blanc.txt": b" \n\n \n",
        "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "sans-texte.csv": table,
        "message.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }


def _bombs() -> dict[str, bytes]:
    return {
        "bombe.docx": bombs.inflating_docx(60),
        "poupées.zip": bombs.nested_zip(),
        "entrées.zip": bombs.many_entries(),
    }


def make_folder(folder: Path, *, seed: int = 4) -> Newsroom:
    """Write the folder and say what must come out of it."""
    writer = _Writer(seed)
    room = Newsroom()
    room.exported = [
        exports.Story(one.headline, "La Gazette", "Jeanne Aubry", one.day, one.paragraphs)
        for one in (writer.story() for _ in range(EXPORTED))
    ]
    files: dict[str, bytes] = {"export-factiva.html": exports.factiva_full(room.exported)}
    bad = _broken(writer.story()) | _bombs()
    assert len(bad) == BROKEN + BOMBS
    room.refused = sorted(bad)
    files |= bad
    for name, make in _COLLECTIONS:
        stories = [writer.story() for _ in range(3)]
        files[name] = make(stories)
        room.told += stories
    originals = [writer.story() for _ in range(8)]
    copies = [[one, *(writer.version(one) for _ in range(COPIES // 8))] for one in originals]
    room.copies = copies
    singles = [told for group in copies for told in group]
    singles += [writer.story() for _ in range(FILES - len(files) - len(singles))]
    for number, told in enumerate(singles):
        ending, make = _WRITERS[number % len(_WRITERS)]
        files[f"{number % 7}/{number:03}{ending}"] = make(told)
    room.told += singles
    assert len(files) == FILES
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return room

"""Press-archive exports in the shape of the real ones, with invented articles."""

# ruff: noqa: E501

from __future__ import annotations

import html
import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    headline: str
    outlet: str
    author: str
    day: int
    paragraphs: tuple[str, ...]
    section: str = "Monde"

    @property
    def date_fr(self) -> str:
        return f"{self.day} mars 2031"

    @property
    def date_en(self) -> str:
        return f"March {self.day}, 2031"


def stories(count: int) -> list[Story]:
    """Invent so many articles; each says its number in headline and text."""
    return [
        Story(
            f"Le port de Norport reste fermé, épisode {number}",
            "Le Courrier de Valmoria" if number % 2 else "La Gazette de Norport",
            "Jeanne Aubry" if number % 3 else "Karim Benali",
            1 + number % 28,
            (
                f"La ministre a annoncé pour la {number}e fois que le port resterait fermé « jusqu’à "
                "nouvel ordre », selon deux sources proches de l’enquête.",
                f"« Nous ne prendrons aucun risque », a-t-elle dit. L’article {number} s’arrête là.",
            ),
        )
        for number in range(1, count + 1)
    ]


def factiva_codes(items: list[Story]) -> bytes:
    """The "article format with indexing" of Factiva, as HTML."""
    parts = []
    for number, story in enumerate(items, 1):
        rows = {
            "SE": html.escape(story.section),
            "HD": f'<span class="frHeadline">{html.escape(story.headline)}</span>',
            "BY": story.author,
            "WC": "140 mots",
            "PD": story.date_fr,
            "SN": story.outlet,
            "SC": "COUVAL",
            "LA": "Français",
            "CY": "© 2031 Le Courrier. Tous droits réservés.",
            "LP": f'<p class="articleParagraph frarticleParagraph">{html.escape(story.paragraphs[0])}</p>',
            "TD": "".join(
                f'<p class="articleParagraph frarticleParagraph">{html.escape(p)}</p>'
                for p in story.paragraphs[1:]
            ),
            "NS": "gtrans : Transports",
            "AN": f"Document COUVAL0020310303en{number:08}",
        }
        body = "".join(
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{words}</td></tr>'
            for code, words in rows.items()
        )
        parts.append(f'<div class="article frArticle"><table>{body}</table></div><br>')
    return _page("".join(parts))


def factiva_full(items: list[Story]) -> bytes:
    """The "full article" format of Factiva, as HTML."""
    parts = []
    for number, story in enumerate(items, 1):
        paragraphs = "".join(
            f'<p class="articleParagraph frarticleParagraph">{html.escape(p)}</p>'
            for p in story.paragraphs
        )
        parts.append(
            f'<div id="article-COUVAL0020310303en{number:08}" class="article"><div class="article frArticle">'
            f'<div>{story.section}</div><div id="hd"><span class="frHeadline">'
            f"{html.escape(story.headline)}</span></div><div class=author>{story.author}</div>"
            f"<div>140 mots</div><div>{story.date_fr}</div><div>07:30</div><div>{story.outlet}</div>"
            f"<div>COUVAL</div><div>Français</div><div>© 2031 Le Courrier. Tous droits réservés.</div>"
            f"{paragraphs}<p>Document COUVAL0020310303en{number:08}</p></div></div>"
        )
    return _page("".join(parts))


def factiva_rtf(items: list[Story]) -> bytes:
    """Factiva's RTF: the same lines, every one a paragraph."""
    lines = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}"]
    for number, story in enumerate(items, 1):
        rows = [
            story.headline, story.author, "140 mots", story.date_fr, story.outlet, "COUVAL", "Français",
            "© 2031 Le Courrier. Tous droits réservés.", *story.paragraphs,
            f"Document COUVAL0020310303en{number:08}",
        ]  # fmt: skip
        lines += [rf"\pard\plain {rtf_words(row)}\par" for row in rows]
    return ("\r\n".join(lines) + "}").encode("ascii")


def rtf_words(words: str) -> str:
    out = []
    for char in words:
        code = ord(char)
        out.append(rf"\{char}" if char in "{}\\" else char if code < 128 else rf"\u{code}?")
    return "".join(out)


def europresse(items: list[Story]) -> bytes:
    """Europresse's HTML."""
    parts = []
    for number, story in enumerate(items, 1):
        text = "".join(f"<p>{html.escape(p)}</p>" for p in story.paragraphs)
        parts.append(
            '<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">'
            f'{story.outlet} (site web)</span></div><span class="DocHeader">{story.section} - lundi '
            f'{story.date_fr} - 07:30 - p. 4</span><div class="titreArticle"><p class="titreArticleVisu '
            f'rdp__articletitle">{html.escape(story.headline)}</p></div><div class="docAuthors">'
            f'{story.author}</div></header><section><div class="DocText clearfix">'
            f'<div class="docOcurrContainer">{text}</div></div></section><footer><small>© 2031 '
            f"{story.outlet}. Tous droits réservés.</small><p>news·20310303·COU·{number}</p></footer></article>"
        )
    return _page("".join(parts))


def nexis_docx(items: list[Story]) -> bytes:
    """Nexis Uni's DOCX, with its cover page."""
    import docx

    document = docx.Document()
    for line in (
        "Date and Time: Monday, March 3, 2031",
        "Job Number: 1",
        f"Documents ({len(items)})",
    ):
        document.add_paragraph(line)
    for number, story in enumerate(items, 1):
        document.add_paragraph(f"{number}. {story.headline}")
    document.add_paragraph("Narrowed by: -None-")
    for story in items:
        document.add_heading(story.headline, 1)
        rows = [
            story.outlet, f"{story.date_en} Monday", f"Copyright 2031 {story.outlet} All Rights Reserved",
            f"Section: {story.section.upper()}; Pg. 4", "Length: 140 words", f"Byline: {story.author}",
            "Body", *story.paragraphs, "Load-Date: March 30, 2031", "End of Document",
        ]  # fmt: skip
        for row in rows:
            document.add_paragraph(row)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def nexis_text(items: list[Story]) -> bytes:
    """The older LexisNexis text."""
    parts = []
    for number, story in enumerate(items, 1):
        rows = [
            f"{number} of {len(items)} DOCUMENTS".rjust(60), "", story.outlet, "",
            f"{story.date_en} Monday", "Late Edition - Final", "", story.headline, "",
            f"BYLINE: {story.author}", "", f"SECTION: {story.section}; Pg. 4", "", "LENGTH: 140 words", "",
            *[line for p in story.paragraphs for line in (p, "")],
            "LOAD-DATE: March 30, 2031", "", "LANGUAGE: FRENCH", "", "PUBLICATION-TYPE: Newspaper", "",
            f"Copyright 2031 {story.outlet}", "All Rights Reserved", "",
        ]  # fmt: skip
        parts.append("\r\n".join(rows))
    return "\r\n\r\n".join(parts).encode()


def numbered_text(items: list[Story]) -> bytes:
    """Nobody's format: articles numbered and parted by rules."""
    parts = [
        f"Article {number} sur {len(items)}\n\n{story.headline}\n\n" + "\n".join(story.paragraphs)
        for number, story in enumerate(items, 1)
    ]
    return ("\n\n==========\n\n".join(parts) + "\n").encode()


def _page(body: str) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
    )

"""LexisNexis and Nexis Uni exports (DOCX, RTF, HTML, text): many articles in one file.

Two layouts are known: the newer one puts "Body" before the text and "End of Document" behind it;
the older one begins with "3 of 20 DOCUMENTS" and ends with LOAD-DATE, LANGUAGE and the copyright.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.archives import LANGUAGES, Cutting, Role, cut_article
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.sourcelines import read_lines
from annotator.importers.kit.splitting import split_articles
from annotator.importers.kit.zips import peek
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_END = re.compile(r"^\s*(?:End of Document|Fin du document|Ende des Dokuments)\s*$", re.IGNORECASE)
_BODY = re.compile(
    r"^\s*(?:Body|Corps(?: de l['’]article)?|Texte intégral)\s*:?\s*$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"^\s*(?:\d+ (?:of|de|sur|von) \d+ DOCUMENTS?|Do[ck]ument \d+ (?:of|de|sur|von) \d+)\s*$"
)
_LABEL = re.compile(
    r"^(?P<label>Section|Rubrique|Length|Longueur|Byline|Auteur|By-line|Highlight|Dateline|Lieu|"
    r"Load-Date|Date de chargement|Language|Langue|Publication-Type|Type de publication|"
    r"Journal Code|Subject|Sujet|Copyright|Headline|Titre|Graphic|URL|Edition|Édition|Series|"
    r"Date-Chargement|Type-Publication|Update|Länge|Rubrik|Autor|Sprache|Ladedatum|Correction-Date|Industry|Person|Geographic|Organization|Company|Classification|Notes)\s?:"
    r"[ \t]*(?P<words>.*)$",
    re.IGNORECASE,
)
_ROLES = {
    "section": Role.SECTION, "rubrique": Role.SECTION, "byline": Role.BYLINE,
    "by-line": Role.BYLINE, "auteur": Role.BYLINE, "dateline": Role.DATELINE,
    "rubrik": Role.SECTION, "autor": Role.BYLINE, "lieu": Role.DATELINE, "url": Role.URL,
    "headline": Role.HEADLINE, "titre": Role.HEADLINE,
}  # fmt: skip
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|Copyright\b|All Rights Reserved|Tous droits)", re.IGNORECASE)
_COVER = re.compile(r"^(?:User Name|Nom d['’]utilisateur|Date and Time|Job Number|Narrowed by)")
#: A text without longer lines may have been broken at a width.
_WIDTH = 100
#: So many spaces in front of a line centre it.
_CENTRED = 8
_LOADED = (
    rb"(?:Load-Date|LOAD-DATE|Date de chargement|DATE-CHARGEMENT|LONGUEUR|LENGTH|L\xc3\x84NGE)\s?:"
)
_NUMBERED = re.compile(
    rb"\d+ of \d+ DOCUMENTS|(?m:^[ \t]*Do[ck]ument \d+ (?:of|de|von) \d+[ \t]*\r?$)"
)
#: What a page of a PDF or of Word says of itself.
_PAGE = re.compile(r"^(?:Page|Seite) \d+ (?:of|de|sur|von) \d+$")
_CLASSIFICATION = re.compile(r"^\s*Classification\s*$", re.IGNORECASE)


class Nexis:
    """Read each article of a LexisNexis export."""

    id = "nexis"
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    suffixes = ()

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the words that end or number its documents."""
        text = peek(data, "word/document.xml") or data[:2_000_000]
        if not any(word in text for word in (b"ocument", b"OCUMENT", b"Nexis")):
            return 0.0
        ends = re.search(rb"End of Document|Fin du document", text) is not None
        loads = re.search(_LOADED, text) is not None
        numbers = _NUMBERED.search(text) is not None
        if (ends and loads) or (numbers and loads):
            return 0.95
        named = b"LexisNexis" in text or b"Nexis Uni" in text
        return 0.9 if named and (ends or loads or numbers) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the articles; what fits neither layout goes to the general splitter.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-binary``.
        """
        check_size(data, name)
        source = read_lines(data, name, charset=charset)
        found: list[ImportedText] = []
        for chunk in _chunks(source.lines):
            cutting, language = _cut(chunk)
            article = cut_article(cutting, source, name, self.media_types[0], language=language)
            if article is not None:
                found.append(article)
        found = found or split_articles(source, name, self.media_types[0])
        if not found:
            raise UserError("import-empty", name=name)
        return found


def _chunks(lines: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Cut behind "End of Document" and before "3 of 20 DOCUMENTS"."""
    found: list[list[tuple[str, int]]] = [[]]
    for line, level in lines:
        if _NUMBER.match(line):
            found.append([])
        found[-1].append((line, level))
        if _END.match(line):
            found.append([])
    return [chunk for chunk in found if any(line.strip() for line, _ in chunk)]


def _cut(chunk: list[tuple[str, int]]) -> tuple[Cutting, str]:
    lines = [(line.strip(), level) for line, level in chunk if line.strip()]
    if any(_BODY.match(line) for line, _ in lines):
        return _newer(lines)
    if lines and _NUMBER.match(lines[0][0]):
        return _older(_unwrapped([line for line, _ in chunk]))
    return Cutting(), ""


def _newer(lines: list[tuple[str, int]]) -> tuple[Cutting, str]:
    body = next(i for i, (line, _) in enumerate(lines) if _BODY.match(line))
    cutting, language = Cutting(), ""
    head = _after_cover([line for line, _ in lines[:body]])
    for line in head:
        if _PAGE.match(line) or any(line == known for known, _, _ in cutting.lines):
            cutting.add(line, Role.OTHER)
            continue
        language = _head_line(line, cutting) or language
    cutting.add(lines[body][0], Role.OTHER)
    ended = False
    for line, _level in lines[body + 1 :]:
        label = _LABEL.match(line)
        tail = _END.match(line) or _CLASSIFICATION.match(line) or (label is not None)
        ended = ended or bool(tail and _is_tail(line, label))
        if ended:
            language = _labelled(line, label, cutting) or language
        else:
            cutting.add(line, Role.OTHER if _PAGE.match(line) else Role.BODY)
    return cutting, language


def _after_cover(head: list[str]) -> list[str]:
    """Drop the cover page: the list of documents that stands in front of the first article."""
    for index in range(len(head) - 1, 0, -1):
        if _COVER.match(head[index]):
            return head[index + 1 :]
    return head


def _is_tail(line: str, label: re.Match[str] | None) -> bool:
    """Say whether a labelled line behind the body ends it ("Graphic" and "Load-Date" do)."""
    if label is None:
        return True
    return label["label"].lower() in (
        "load-date", "date de chargement", "language", "langue", "publication-type", "graphic",
        "subject", "sujet", "classification", "journal code", "url", "type de publication",
        "date-chargement", "type-publication", "update", "sprache", "ladedatum",
    )  # fmt: skip


def _head_line(line: str, cutting: Cutting) -> str:
    """Give a line in front of the body its role: headline, source, date, then labels."""
    label = _LABEL.match(line)
    if label is not None:
        return _labelled(line, label, cutting)
    if _COPYRIGHT.match(line):
        cutting.add(line, Role.OTHER)
    elif not cutting.has(Role.HEADLINE):
        cutting.add(line, Role.HEADLINE)
    elif not cutting.has(Role.DATE) and find_dates(line, 0, len(line), language="en"):
        cutting.add(line, Role.DATE)
    elif not cutting.has(Role.SOURCE) and not cutting.has(Role.DATE):
        cutting.add(line, Role.SOURCE)
    else:
        cutting.add(line, Role.OTHER)
    return ""


def _labelled(line: str, label: re.Match[str] | None, cutting: Cutting) -> str:
    """Add a labelled line; return the language if it tells one."""
    if label is None:
        cutting.add(line, Role.OTHER)
        return ""
    name, words = label["label"].lower(), label["words"]
    role = _ROLES.get(name, Role.OTHER)
    value = words.split(";")[0] if role is Role.SECTION else words
    cutting.add(line, role if value.strip() else Role.OTHER, value)
    return (
        LANGUAGES.get(words.split(";")[0].strip().lower(), "")
        if name in ("language", "langue", "sprache")
        else ""
    )


def _unwrapped(lines: list[str]) -> list[tuple[str, bool]]:
    """Join the lines of text that was broken at a width; say of each line whether it is centred.

    Such text has no long line, and an empty line between paragraphs.
    """
    words = [line for line in lines if line.strip()]
    broken = any(not line.strip() for line in lines) and max(map(len, words)) <= _WIDTH
    found: list[tuple[str, bool]] = []
    before = ""
    for line in lines:
        centred = len(line) - len(line.lstrip()) >= _CENTRED
        goes_on = broken and found and before.strip() and not centred and not found[-1][1]
        if line.strip() and goes_on and not _LABEL.match(line) and not _NUMBER.match(line):
            found[-1] = (f"{found[-1][0]} {line.strip()}", False)
        elif line.strip():
            found.append((line.strip(), centred))
        before = line
    return found


def _older(lines: list[tuple[str, bool]]) -> tuple[Cutting, str]:
    cutting = Cutting()
    length = next(
        (
            i
            for i, (line, _) in enumerate(lines)
            if re.match(r"^(?:LENGTH|LONGUEUR|LÄNGE)\s?:", line)
        ),
        -1,
    )
    if length < 1:
        return cutting, ""
    # Where source, date and edition are centred, the headline is the line that is not.
    is_centred = any(centred for line, centred in lines[:length] if not _NUMBER.match(line))
    for line, centred in lines[: length + 1]:
        _older_head_line(line, cutting, headline=not centred if is_centred else len(line) > 24)
    return cutting, _older_body([line for line, _ in lines[length + 1 :]], cutting)


def _older_head_line(line: str, cutting: Cutting, *, headline: bool) -> None:
    """Give a line in front of LENGTH its role: source, date, edition, headline, labels."""
    label = _LABEL.match(line)
    if label is not None:
        _labelled(line, label, cutting)
    elif _NUMBER.match(line) or _COPYRIGHT.match(line):
        cutting.add(line, Role.OTHER)
    elif not cutting.has(Role.SOURCE):
        cutting.add(line, Role.SOURCE)
    elif not cutting.has(Role.DATE) and find_dates(line, 0, len(line), language="en"):
        cutting.add(line, Role.DATE)
    elif cutting.has(Role.DATE) and not cutting.has(Role.HEADLINE) and headline:
        cutting.add(line, Role.HEADLINE)
    else:
        cutting.add(line, Role.OTHER)


def _older_body(lines: list[str], cutting: Cutting) -> str:
    """Add the text and what stands behind it; return the language if it is told there."""
    language, ended = "", False
    for line in lines:
        label = _LABEL.match(line)
        if label is not None and label["label"] in ("DATELINE", "BYLINE"):
            _labelled(line, label, cutting)
            continue
        tail = label is not None and _is_tail(line, label)
        ended = ended or tail or _COPYRIGHT.match(line) is not None
        if ended:
            language = _labelled(line, label, cutting) or language
        else:
            cutting.add(line, Role.BODY)
    return language

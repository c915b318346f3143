"""Europresse exports (HTML): many articles in one file, each in an ``article`` element.

Copied or printed pages are text; there the document's number ends each article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.archives import Cutting, Role, cut_article
from annotator.importers.kit.byline import NAME
from annotator.importers.kit.charset import decode
from annotator.importers.kit.dates import find_dates
from annotator.importers.kit.markup import page_of, parse_html
from annotator.importers.kit.sourcelines import SourceLines, read_lines
from annotator.importers.kit.splitting import split_articles
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.base import ImportedText

#: Class names of the parts, the newer form first.
_SOURCE = ("DocPublicationName", "rdp__DocPublicationName")
_DATE = ("DocHeader", "rdp__DocHeader")
_TITLE = ("titreArticleVisu", "rdp__articletitle", "titreArticle")
_SUBTITLE = ("rdp__subtitle",)
_AUTHOR = ("docAuthors", "rdp__author", "sm-margin-bottomNews")
_NUMBER = ("publiC-lblNodoc", "rdp__public-certificat")
#: The document's number holds its day: "news·20310304·QN·2031030412".
_NUMBERED_DAY = re.compile(r"·((?:19|20)\d\d)(\d\d)(\d\d)·")
_BODY = ("docOcurrContainer", "DocText")
_BYLINE = re.compile(rf"(?:[Pp]ar |PAR |[Bb]y |BY )?{NAME}(?:(?:, | et | and | & |; ?){NAME})*")
#: What a copied or printed page has for each article: its number, and whose it is.
_COPIED = re.compile(rb"news\xc2\xb7(?:19|20)\d{6}\xc2\xb7")
_RIGHTS = re.compile("Certificat émis|droit d['’]auteur|Tous droits réservés".encode())
_SMALL_PRINT = re.compile(
    r"(?:©|Cet article est paru|Le présent document|Certificat émis|Ce document est|Tous droits)"
)
_SOURCE_END = re.compile(r"\s*(?:\(|,? n[o°]|, no\.|;|\s-\s|\n).*$", re.DOTALL)


class Europresse:
    """Read each article of a Europresse export."""

    id = "europresse"
    media_types = ("text/html",)
    suffixes = ()

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: Europresse's class names."""
        head = data[:2_000_000]
        marks = sum(
            mark in head
            for mark in (b"docOcurrContainer", b"DocPublicationName", b"titreArticle", b"DocHeader")
        )
        if marks >= 2:
            return 0.97
        text = _COPIED.search(head) is not None and _RIGHTS.search(head) is not None
        return 0.95 if text else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the articles; a file without the known parts goes to the general splitter.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-binary``.
        """
        check_size(data, name)
        decoded = decode(data, name, charset=charset)
        root, _whole = parse_html(decoded.text)
        source = SourceLines([], decoded.charset, decoded.origin)
        found: list[ImportedText] = []
        for element in root.iter("article") if root is not None else ():
            article = cut_article(_cut(element), source, name, "text/html")
            if article is not None:
                found.append(article)
        if not found:
            source.lines = read_lines(data, name, charset=charset).lines
            copied = [line.strip() for line, _ in source.lines if line.strip()]
            found = _from_text(copied, source, name) or split_articles(source, name, "text/html")
        if not found:
            raise UserError("import-empty", name=name)
        return found


def _from_text(lines: list[str], source: SourceLines, name: str) -> list[ImportedText]:
    """Read a page that was copied or printed: the document's number ends each article."""
    found: list[ImportedText] = []
    cutting = Cutting()
    for line in lines:
        match = _NUMBERED_DAY.search(line)
        if match is None:
            _add_copied(line, cutting)
            continue
        if not cutting.has(Role.DATE):
            cutting.add(line, Role.DATE, "-".join(match.groups()))
        article = cut_article(cutting, source, name, "text/html")
        found += [article] if article is not None else []
        cutting = Cutting()
    return found


def _add_copied(line: str, cutting: Cutting) -> None:
    """Give a line its role by its order: source, day, headline, perhaps author, text, notices."""
    small = _SMALL_PRINT.match(line) is not None
    if not cutting.has(Role.SOURCE):
        cutting.add(line, Role.SOURCE, _SOURCE_END.sub("", line))
    elif not cutting.has(Role.HEADLINE):
        dated = not cutting.has(Role.DATE) and find_dates(line, 0, len(line), language="fr")
        cutting.add(line, Role.DATE if dated else Role.HEADLINE)
    elif not cutting.has(Role.BODY) and _BYLINE.fullmatch(line):
        cutting.add(line, Role.BYLINE)
    elif small or cutting.lines[-1][1] is Role.OTHER:
        cutting.add(line, Role.OTHER)
    else:
        cutting.add(line, Role.BODY)


def _part(article: _Element, names: tuple[str, ...]) -> _Element | None:
    """Return the first element that has one of the classes, the first name first."""
    for name in names:
        for element in article.iter("*"):
            if name in (element.get("class") or "").split():
                return element
    return None


def _lines(element: _Element | None) -> list[str]:
    return (
        []
        if element is None
        else [line for line in page_of(element).text.split("\n") if line.strip()]
    )


def _day_of_number(article: _Element, cutting: Cutting) -> None:
    """Take the day from the document's number where no line of the head states one."""
    if any(
        role is Role.DATE and find_dates(value, 0, len(value), language="fr")
        for _, role, value in cutting.lines
    ):
        return
    for line in _lines(_part(article, _NUMBER)):
        match = _NUMBERED_DAY.search(line)
        if match is not None:
            cutting.lines = [row for row in cutting.lines if row[0] != line.strip()]
            cutting.add(line, Role.DATE, "-".join(match.groups()))
            return


def _cut(article: _Element) -> Cutting:
    cutting = Cutting()
    for line in _lines(_part(article, _SOURCE))[:1]:
        cutting.add(line, Role.SOURCE, _SOURCE_END.sub("", line))
    for line in _lines(_part(article, _DATE)):
        cutting.add(line, Role.DATE if not cutting.has(Role.DATE) else Role.OTHER)
    for line in _lines(_part(article, _TITLE)):
        cutting.add(line, Role.HEADLINE if not cutting.has(Role.HEADLINE) else Role.BODY)
    for line in _lines(_part(article, _SUBTITLE)):
        cutting.add(line, Role.BODY)
    for line in _lines(_part(article, _AUTHOR)):
        # The newer form keeps other small print there as well.
        cutting.add(line, Role.BYLINE if _BYLINE.fullmatch(line.strip()) else Role.OTHER)
    body = _part(article, _BODY)
    for line in _lines(body):
        cutting.add(line, Role.BODY)
    for footer in article.iter("footer"):
        for line in _lines(footer):
            cutting.add(line, Role.OTHER)
    _day_of_number(article, cutting)
    return cutting if body is not None else Cutting()

"""Exports of ProQuest, Gale, NewsBank and PressReader: articles with labelled lines around them.

Each ends or begins its articles with a line of its own, names the parts with labels, and puts its
text behind "Full text:" or behind the head. What has no text is a cover page and no article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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

_LABEL = re.compile(r"^(?P<label>[A-Z][A-Za-z/()& ]{1,40}?)\s?:(?:[ \t]+(?P<words>.*))?$")
_SOURCE_DATE = re.compile(r"^(?P<source>[^.(]{2,80})\. ?\((?P<date>[^()]{6,30})\)")
_PIPED = re.compile(r"^(?P<source>[^|]{2,60}) \| (?P<date>[^|]{6,30}) \|")
_ROLES = {
    "title": Role.HEADLINE, "headline": Role.HEADLINE, "article name": Role.OTHER,
    "author": Role.BYLINE, "author(s)": Role.BYLINE, "author/byline": Role.BYLINE,
    "byline": Role.BYLINE, "publication title": Role.SOURCE, "publication": Role.SOURCE,
    "publication date": Role.DATE, "date": Role.DATE, "section": Role.SECTION,
    "dateline": Role.DATELINE, "document url": Role.URL,
}  # fmt: skip
#: Labels behind a text; others may be words of the text ("Question: ...").
_BEHIND = frozenset(
    (
        "subject", "title", "location", "company / organization", "people", "credit", "memo",
        "index terms", "record", "copyright", "publication title", "publication info",
        "article name", "illustration", "caption", "notes", "source citation",
        "gale document number",
        "identifier / keyword", "classification", "publication", "business indexing term",
    )
)  # fmt: skip
_TEXT = frozenset(("full text", "full-text"))
_CITATION = re.compile(r"^Source Citation\b")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Say how an archive parts its articles: by a line that ends one, or by a rule.

    ``word`` stands in each of its exports, for a cheap look.
    """

    word: bytes
    mark: re.Pattern[bytes]
    end: re.Pattern[str]


_KINDS = (
    _Kind(
        b"ProQuest",
        re.compile(rb"ProQuest document ID\s?:|Report Information from ProQuest"),
        re.compile(r"^_{20,}$"),
    ),
    _Kind(
        b"Gale Document",
        re.compile(rb"Gale Document Number\s?:"),
        re.compile(r"^Gale Document Number\s?:"),
    ),
    _Kind(
        b"Author/Byline",
        re.compile(rb"(?s)Author/Byline\s?:.*\bRecord\s?:|\bRecord\s?:.*Author/Byline\s?:"),
        re.compile(r"^Copyright\s?:"),
    ),
    _Kind(
        b"Article Name",
        re.compile(rb"(?s)Article Name\s?:.*Start Page\s?:"),
        re.compile(r"^End Page\s?:"),
    ),
)


class Databases:
    """Read each article of an export of ProQuest, Gale, NewsBank or PressReader."""

    id = "database"
    media_types = ("text/plain",)
    suffixes = ()

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: labels that only one archive writes."""
        return 0.94 if _kind(data) is not None else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the articles; what fits no layout goes to the general splitter.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-binary``.
        """
        check_size(data, name)
        kind = _kind(data)
        source = read_lines(data, name, charset=charset)
        found: list[ImportedText] = []
        for chunk in _chunks([line.strip() for line, _ in source.lines], kind):
            cutting, language = _cut(chunk)
            article = cut_article(cutting, source, name, self.media_types[0], language=language)
            found += [article] if article is not None else []
        found = found or split_articles(source, name, self.media_types[0])
        if not found:
            raise UserError("import-empty", name=name)
        return found


def _kind(data: bytes) -> _Kind | None:
    text = peek(data, "word/document.xml") or data[:2_000_000]
    return next((k for k in _KINDS if k.word in text and k.mark.search(text)), None)


def _chunks(lines: list[str], kind: _Kind | None) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        found[-1].append(line)
        if kind is not None and kind.end.match(line):
            found.append([])
    return [chunk for chunk in found if any(_label(line) for line in chunk)]


def _label(line: str) -> str:
    match = _LABEL.match(line)
    return "" if match is None else match["label"].strip().lower()


def _cut(chunk: list[str]) -> tuple[Cutting, str]:
    """Tell the lines by their labels; the text begins behind its label or behind the head."""
    cutting, language = Cutting(), ""
    lines = [line for line in chunk if line]
    labels = [_label(line) for line in lines]
    start = next((at for at, label in enumerate(labels) if label in _TEXT), -1)
    if start < 0:
        head = [at for at, label in enumerate(labels) if label in _ROLES or _is_source(lines[at])]
        dated = next((at for at, line in enumerate(lines[:12]) if _is_day(line)), -1)
        behind = [at for at, label in enumerate(labels) if label in _BEHIND and at > dated]
        start = max([dated, *(at for at in head if not behind or at < behind[0])]) + 1
    elif _words(lines[start]):
        lines[start : start + 1] = [lines[start].split(":")[0] + ":", _words(lines[start])]
        labels[start : start + 1] = [labels[start], ""]
        start += 1
    else:
        start += 1
    if start <= 0:
        return cutting, language
    end = next(
        (
            at
            for at in range(start, len(lines))
            if labels[at] in _BEHIND or _CITATION.match(lines[at])
        ),
        len(lines),
    )
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if start <= at < end:
            cutting.add(line, Role.BODY)
        else:
            _add(line, label, cutting, in_head=at < start)
        if label == "language of publication" or label == "language":
            language = LANGUAGES.get(_words(line).lower(), language)
    return cutting, language


def _words(line: str) -> str:
    match = _LABEL.match(line)
    return "" if match is None else (match["words"] or "").strip()


def _is_day(line: str) -> bool:
    """Say whether a line is a day and nothing else."""
    found = find_dates(line, 0, len(line), language="en")
    return len(found) == 1 and len(found[0].span) >= len(line) - 1


def _is_source(line: str) -> bool:
    return _PIPED.match(line) is not None


def _add(line: str, label: str, cutting: Cutting, *, in_head: bool) -> None:
    role = _ROLES.get(label, Role.OTHER)
    piped = _PIPED.match(line)
    cited = _SOURCE_DATE.match(_words(line)) if label == "source" else None
    told = piped or cited
    if told is not None:
        cutting.add(line, Role.SOURCE, told["source"])
        cutting.add(told["date"], Role.DATE)
    elif label:
        value = _words(line).split(";")[0]
        known = cutting.has(role) if role is not Role.OTHER else False
        cutting.add(line, Role.OTHER if known or not value else role, value or None)
    elif in_head and _is_day(line):
        cutting.add(line, Role.DATE)
    elif in_head and not cutting.has(Role.HEADLINE) and len(line) > 12 and not _is_rule(line):
        cutting.add(line, Role.HEADLINE)
    elif in_head and _is_outlet(line, cutting):
        cutting.add(line, Role.SOURCE)
    else:
        cutting.add(line, Role.OTHER)


def _is_outlet(line: str, cutting: Cutting) -> bool:
    """Say whether a line without a label is the outlet: behind the byline, and short."""
    known = cutting.has(Role.SOURCE) or not cutting.has(Role.BYLINE)
    return not known and len(line) < 60 and not _is_rule(line)


def _is_rule(line: str) -> bool:
    return not any(char.isalpha() for char in line) or line.startswith(("Document ", "http"))

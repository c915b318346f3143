"""Factiva exports (HTML, RTF, text): many articles in one file.

Two layouts are known. With indexing codes, a line begins with HD (headline), BY, WC, PD, SN, LA,
LP (lead), TD (text), AN (document). Without, the headline is followed by byline, "300 words",
date, source, source code, language and copyright, and "Document ABC0000020310303..." ends it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.archives import LANGUAGES, Cutting, Role, cut_article
from annotator.importers.kit.sourcelines import read_lines
from annotator.importers.kit.splitting import split_articles
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_CODE = re.compile(
    r"^(?P<code>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|"
    r"CLM|DLN|RST|PC)(?:[\t \u00a0]+(?P<words>\S.*))?[\t \u00a0]*$",
    re.DOTALL,
)
_DOCUMENT = re.compile(r"^(?:Document|Dokument|Documento)\s+[A-Z]{2,}[A-Za-z0-9]{8,}$")
_COUNT = re.compile(
    r"^[\d., \u00a0]+ (?:words|mots|Wörter|palabras|parole|woorden)$", re.IGNORECASE
)
_ONE_LINE = re.compile(
    r"^(?P<source>[^,]{2,80}), (?P<date>[^,]{6,40}), [\d., ]+ (?:words|mots)\b.*$", re.IGNORECASE
)
_CLOCK = re.compile(r"^(?P<h>[01]?\d|2[0-3])[:h](?P<m>[0-5]\d)(?: GMT)?$")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|Copyright|Tous droits|All rights)", re.IGNORECASE)
#: "enHeadline", "frHeadline": what the newer page calls its headline.
_HEADLINE = re.compile(r"(?:^|\s)[a-z]{0,3}Headline(?:$|\s)")
_ROLES = {
    "HD": Role.HEADLINE, "BY": Role.BYLINE, "SN": Role.SOURCE, "PD": Role.DATE, "SE": Role.SECTION,
    "LP": Role.BODY, "TD": Role.BODY, "DLN": Role.DATELINE, "ET": Role.TIME,
}  # fmt: skip


class Factiva:
    """Read each article of a Factiva export."""

    id = "factiva"
    media_types = ("text/html", "application/rtf")
    suffixes = ()

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: Factiva's class names, or its codes with a document number."""
        head = data[:2_000_000]
        if b"articleParagraph" in head and re.search(rb"Article\b", head):
            return 0.97
        if b"ocument" not in head:
            return 0.0
        number = re.search(rb"\b[Dd]ocument\s+[A-Z]{3,}[a-z0-9A-Z]{10,}", head) is not None
        codes = sum(1 for code in (b"HD", b"LP", b"TD", b"SN", b"PD", b"WC") if _has(head, code))
        if number and (codes >= 4 or b"Factiva" in head):
            return 0.96
        words = len(re.findall(rb"\b\d+ (?:words|mots)\b", head))
        many = len(re.findall(rb"\bDocument [A-Z]{3,}[a-z0-9A-Z]{12,}", head))
        return 0.9 if many >= 1 and words >= many else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the articles; what fits neither layout goes to the general splitter.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-binary``.
        """
        check_size(data, name)
        source = read_lines(data, name, charset=charset, headline=_HEADLINE)
        lines = [line for line, _ in source.lines]
        headlines = {line.strip() for line, level in source.lines if level == 1}
        coded = sum(1 for line in lines if line.startswith("HD") and _CODE.match(line)) > 0
        found: list[ImportedText] = []
        for chunk in _chunks(lines):
            cutting, language = _coded(chunk) if coded else _uncoded(chunk, headlines)
            article = cut_article(cutting, source, name, self.media_types[0], language=language)
            if article is not None:
                found.append(article)
        found = found or split_articles(source, name, self.media_types[0])
        if not found:
            raise UserError("import-empty", name=name)
        return found


def _has(data: bytes, code: bytes) -> bool:
    return re.search(rb"(?:^|[>\s{\\])" + code + rb"(?:[\s<\\}]|&nbsp;)", data) is not None


def _chunks(lines: list[str]) -> list[list[str]]:
    """Cut behind each document number."""
    found: list[list[str]] = [[]]
    for line in lines:
        found[-1].append(line)
        code = _CODE.match(line)
        words = code["words"] if code is not None and code["code"] == "AN" else line
        if _DOCUMENT.match((words or "").strip()):
            found.append([])
    return [chunk for chunk in found if any(line.strip() for line in chunk)]


def _coded(chunk: list[str]) -> tuple[Cutting, str]:
    cutting, language, code = Cutting(), "", ""
    started = False
    for line in chunk:
        match = _CODE.match(line)
        if match is not None:
            code, words = match["code"], match["words"] or ""
            started = started or code in ("HD", "SE")
        else:
            words = line
        if not started or not words.strip():
            continue
        if code == "LA":
            language = LANGUAGES.get(words.strip().lower(), "")
        role = _ROLES.get(code, Role.OTHER)
        clock = _CLOCK.match(words.strip()) if role is Role.TIME else None
        value = f"{int(clock['h']):02}:{clock['m']}" if clock is not None else None
        cutting.add(words, Role.OTHER if role is Role.TIME and clock is None else role, value)
    return cutting, language


def _uncoded(chunk: list[str], headlines: set[str]) -> tuple[Cutting, str]:
    """Tell the lines by their order around the word count; the markup may name the headline."""
    lines = [line.strip() for line in chunk if line.strip()]
    count = next((i for i, line in enumerate(lines) if _COUNT.match(line)), -1)
    if count >= 1:
        return _around_count(lines, count, headlines)
    one = next((i for i, line in enumerate(lines[:8]) if _ONE_LINE.match(line)), -1)
    cutting = Cutting()
    if one < 1:
        return cutting, ""
    match = _ONE_LINE.match(lines[one])
    assert match is not None
    for line in lines[:one]:
        cutting.add(line, Role.HEADLINE if not cutting.has(Role.HEADLINE) else Role.OTHER)
    cutting.add(lines[one], Role.SOURCE, match["source"])
    cutting.add(match["date"], Role.DATE)
    _bodies(lines[one + 1 :], cutting)
    return cutting, ""


def _around_count(lines: list[str], count: int, headlines: set[str]) -> tuple[Cutting, str]:
    cutting, language = Cutting(), ""
    before = lines[max(0, count - 4) : count]
    headline = next(
        (at for at, line in enumerate(before) if line in headlines),
        0 if len(before) < 3 or len(before[0]) > 30 else 1,
    )
    for index, line in enumerate(before):
        if index < headline:
            cutting.add(line, Role.SECTION)
        else:
            cutting.add(line, Role.HEADLINE if index == headline else Role.BYLINE)
    cutting.add(lines[count], Role.OTHER)
    at = count + 1
    cutting.add(lines[at] if at < len(lines) else "", Role.DATE)
    at += 1
    clock = _CLOCK.match(lines[at]) if at < len(lines) else None
    if clock is not None:
        cutting.add(lines[at], Role.TIME, f"{int(clock['h']):02}:{clock['m']}")
        at += 1
    cutting.add(lines[at] if at < len(lines) else "", Role.SOURCE)
    at += 1
    # Source code, page, edition, language and copyright come in this order, some may be missing.
    for line in lines[at : at + 7]:
        if line.lower() in LANGUAGES:
            language = LANGUAGES[line.lower()]
        elif not (_COPYRIGHT.match(line) or len(line) <= 24):
            break
        cutting.add(line, Role.OTHER)
        at += 1
        if _COPYRIGHT.match(line):
            break
    _bodies(lines[at:], cutting)
    return cutting, language


def _bodies(lines: list[str], cutting: Cutting) -> None:
    for line in lines:
        ended = _DOCUMENT.match(line) or _COPYRIGHT.match(line)
        cutting.add(line, Role.OTHER if ended else Role.BODY)

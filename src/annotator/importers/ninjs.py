"""News in JSON (IPTC ninjs), versions 1 to 3.

Source: IPTC ninjs 1.3, 2.1, 3.0: headline/headlines, body_*/bodies, byline/bylines, pubstatus.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from annotator.importers.base import check_size
from annotator.importers.kit.charset import decode
from annotator.importers.kit.news import KICKER, NewsItem, news_article, write_html
from annotator.importers.kit.writer import LineWriter
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.importers.base import ImportedText

_KEYS = re.compile(
    rb'"(?:versioncreated|body_xhtml|body_text|body_html|bodies|pubstatus|headlines|infosources|'
    rb'firstcreated|contentcreated|usageterms|byline|bylines|description_text)"\s*:'
)
_BODIES = ("body_xhtml", "body_html", "body_text")


class Ninjs:
    """Read each item of a ninjs file as one article."""

    id = "ninjs"
    media_types = ("application/ninjs+json",)
    suffixes = (".ninjs",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: several keys that only ninjs has."""
        if not data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return 0.0
        keys = {match.split(b'"')[1] for match in _KEYS.findall(data[:262_144])}
        return 0.92 if len(keys) >= 3 and b'"uri"' in data else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the items.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-charset``.
        """
        check_size(data, name)
        try:
            content = json.loads(decode(data, name, charset=charset).text, strict=False)
        except (ValueError, RecursionError) as error:
            raise UserError("import-damaged", name=name) from error
        found: list[ImportedText] = []
        for raw in _items(content):
            item = _item(raw)
            writer = LineWriter()
            item.write_head(writer)
            _write_body(raw, writer)
            article = news_article(item, writer, name, self.media_types[0])
            if article is not None:
                found.append(article)
        if not found:
            raise UserError("import-empty", name=name)
        return found


def _items(content: Any) -> Iterator[dict[str, Any]]:
    """Give the items: the object itself, a list of them, or those associated with a package."""
    stack: list[Any] = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            if value.get("type", "text") in ("text", "composite", "") or _has_body(value):
                yield value
            associated = value.get("associations")
            if isinstance(associated, dict):
                stack.extend(v for v in associated.values() if isinstance(v, dict) and _has_body(v))
            elif isinstance(associated, list):
                stack.extend(v for v in associated if isinstance(v, dict) and _has_body(v))


def _has_body(value: dict[str, Any]) -> bool:
    return any(value.get(key) for key in (*_BODIES, "bodies"))


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _values(value: Any, key: str = "value") -> list[str]:
    """Return the texts of "headlines"-like lists, or of a single text."""
    if isinstance(value, list):
        return [words for item in value for words in _values(item, key)]
    if isinstance(value, dict):
        return [words for words in (_text(value.get(key) or value.get("name")),) if words]
    return [words for words in (_text(value),) if words]


def _first(*values: Any) -> str:
    return next((words for value in values for words in _values(value)), "")


def _headlines(value: Any) -> tuple[list[Any], list[Any]]:
    """Part the lines over the headline from the headlines, by their roles."""
    given = value if isinstance(value, list) else [value]
    parted: tuple[list[Any], list[Any]] = ([], [])
    for one in given:
        role = _text(one.get("role")) if isinstance(one, dict) else ""
        parted[not KICKER.search(role)].append(one)
    return parted


def _item(raw: dict[str, Any]) -> NewsItem:
    first = _text(raw.get("firstcreated")) or _text(raw.get("contentcreated"))
    version = _text(raw.get("versioncreated"))
    kickers, headlines = _headlines(raw.get("headlines"))
    return NewsItem(
        headline=_first(headlines, raw.get("headline"), raw.get("title")),
        kicker=_first(kickers, raw.get("kicker")),
        bylines=_values(raw.get("byline"))
        or _values(raw.get("bylines"))
        or _values(raw.get("authors")),
        dateline=_first(raw.get("located")),
        provider=_first(raw.get("infosources"), raw.get("provider"), raw.get("copyrightholder")),
        section=_first(raw.get("sections")),
        url=_text(raw.get("uri")),
        language=_text(raw.get("language")),
        published=first or version,
        updated=version if first and version != first else "",
        notes=_values(raw.get("ednote")),
        statuses=[*_values(raw.get("pubstatus")), *_values(raw.get("signal"), "name")],
    )


def _write_body(raw: dict[str, Any], writer: LineWriter) -> None:
    for key in _BODIES:
        body = raw.get(key)
        if isinstance(body, str) and body.strip():
            write_html(body, writer)
            return
    bodies = raw.get("bodies")
    for body in bodies if isinstance(bodies, list) else ():
        if isinstance(body, dict) and isinstance(body.get("value"), str) and body["value"].strip():
            write_html(body["value"], writer)
            return

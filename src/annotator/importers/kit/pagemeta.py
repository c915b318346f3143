"""What a page says about itself: JSON-LD, meta elements, time elements, the root's language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from annotator.importers.kit.byline import Fields
from annotator.importers.kit.dates import clean_iso
from annotator.importers.kit.markup import without_tags
from annotator.importers.kit.press import press

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARTICLE_TYPES = re.compile(r"(?:Article|NewsArticle|Report|BlogPosting|Posting|Review|WebPage)$")
#: Field -> names of meta elements, the surest first.
_META: dict[str, tuple[str, ...]] = {
    "headline": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "hdl"),
    "outlet": (
        "og:site_name", "application-name", "citation_publisher", "dc.publisher", "publisher",
    ),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "date_published",
        "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date",
        "citation_publication_date", "publication_date", "pubdate", "publish-date", "date",
    ),
    "updated": (
        "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
        "lastmod", "last-modified", "dcterms.modified", "revised",
    ),
    "section": ("article:section", "og:article:section", "parsely-section", "section"),
    "url": ("og:url", "twitter:url"),
    "language": ("og:locale", "dc.language", "dcterms.language", "content-language", "language"),
}  # fmt: skip
_AUTHOR_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "byl", "cxenseparse:author",
)  # fmt: skip
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|surtitre|suptitle|eyebrow|overline|over-?title|rubric-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: How far around the headline a kicker is looked for, and how long one may be.
_KICKER_LEVELS = 4
_KICKER_LENGTH = 80
_LEAD = re.compile(r"^(?:par|by|de)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:,|;|\bet\b|\band\b|&|\bavec\b|\bwith\b)\s*")
#: What stands between a headline and the name of the site, in titles.
SITE_SEPARATORS = (" - ", " | ", " – ", " — ", " · ", " • ", " : ")


def read_page_metadata(root: _Element) -> Fields:
    """Gather the fields a page states, JSON-LD first.

    The keys are those of ``ImportedText.metadata`` with ``headline`` and ``language``.
    """
    fields = Fields()
    for node in _json_ld(root):
        _from_json_ld(node, fields)
    _from_meta(root, fields)
    _from_elements(root, fields)
    return fields


def stated_body(root: _Element) -> str:
    """Return the text of the article as a page's JSON-LD states it, a line a paragraph."""
    for node in _json_ld(root):
        body = node.get("articleBody")
        if isinstance(body, str) and body.strip():
            lines = without_tags(body).split("\n")
            return "\n".join(" ".join(line.split()) for line in lines if line.strip())
    return ""


def _json_ld(root: _Element) -> list[dict[str, Any]]:
    """Return the article objects of the JSON-LD blocks, the richest type first."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        _collect(data, found, depth=0)
    return sorted(found, key=lambda node: _kind(node) == "WebPage")


def _collect(data: Any, found: list[dict[str, Any]], *, depth: int) -> None:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data[:200]:
            _collect(item, found, depth=depth + 1)
    elif isinstance(data, dict):
        if _ARTICLE_TYPES.search(_kind(data)):
            found.append(data)
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if key in data:
                _collect(data[key], found, depth=depth + 1)


def _kind(node: dict[str, Any]) -> str:
    kind = node.get("@type", "")
    if isinstance(kind, list):
        names = [k for k in kind if isinstance(k, str)]
        return next((k for k in names if _ARTICLE_TYPES.search(k)), "")
    return kind if isinstance(kind, str) else ""


def _from_json_ld(node: dict[str, Any], fields: Fields) -> None:
    page = _kind(node) == "WebPage"
    if not page:
        fields.add("headline", clean(node.get("headline")), "json-ld")
    fields.add("published", clean_iso(clean(node.get("datePublished"))), "json-ld")
    fields.add("updated", clean_iso(clean(node.get("dateModified"))), "json-ld")
    outlet = "; ".join(_names(node.get("publisher"))[:1])
    fields.add("outlet", outlet, "json-ld")
    section = node.get("articleSection")
    section = section[0] if isinstance(section, list) and section else section
    fields.add("section", clean(section), "json-ld")
    fields.add("url", _address(clean(node.get("url"))), "json-ld")
    fields.add("language", clean(node.get("inLanguage")), "json-ld")
    fields.add("translator", "; ".join(_names(node.get("translator"))), "json-ld")
    add_authors(_names(node.get("author") or node.get("creator")), "json-ld", fields)


def _names(value: Any) -> list[str]:
    """Return the names of a person, an organisation or a list of them."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    name = clean(value)
    return [name] if name else []


def add_authors(names: list[str], origin: str, fields: Fields) -> None:
    """Keep names of people as authors and names of agencies as the agency."""
    people: list[str] = []
    for name in names:
        if name.startswith(("http:", "https:", "@")):
            continue
        for part in _SPLIT.split(_LEAD.sub("", name)):
            agency = press().agencies.get(part.strip())
            if agency is not None:
                fields.add("agency", agency, origin)
            elif part.strip() and part.strip() != fields.values.get("outlet"):
                people.append(part.strip())
    fields.add("authors", "; ".join(dict.fromkeys(people)), origin)


def _from_meta(root: _Element, fields: Fields) -> None:
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (
            meta.get("property")
            or meta.get("name")
            or meta.get("itemprop")
            or meta.get("http-equiv")
        )
        content = clean(meta.get("content"))
        if key and content:
            metas.setdefault(key.strip().lower(), []).append(content)
    for field, names in _META.items():
        for name in names:
            for content in metas.get(name, ())[:1]:
                value = clean_iso(content) if field in ("published", "updated") else content
                value = _address(value) if field == "url" else value
                fields.add(field, value, "markup")
    for name in _AUTHOR_META:
        add_authors(metas.get(name, []), "markup", fields)


def _from_elements(root: _Element, fields: Fields) -> None:
    fields.add("kicker", _kicker(root), "markup")
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            fields.add("url", _address(clean(link.get("href"))), "markup")
    for element in root.iter("time", "span", "div", "abbr"):
        prop = (element.get("itemprop") or "").lower()
        moment = clean(element.get("datetime") or element.get("content"))
        if prop == "datepublished" or (
            element.tag == "time" and element.get("pubdate") is not None
        ):
            fields.add("published", clean_iso(moment), "markup")
        elif prop == "datemodified":
            fields.add("updated", clean_iso(moment), "markup")
    for element in root.iter("a", "span", "p", "div"):
        rel, prop = (element.get("rel") or "").lower().split(), element.get("itemprop") or ""
        if "author" in rel or prop.lower() == "author":
            words = clean(" ".join(map(str, element.itertext())))
            if 0 < len(words) < 80:
                add_authors([words], "markup", fields)
    times = {clean_iso(clean(t.get("datetime"))) for t in root.iter("time")} - {""}
    if len(times) == 1:
        fields.add("published", times.pop(), "markup")
    fields.add(
        "language",
        clean(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        "markup",
    )


def _kicker(root: _Element) -> str:
    """Return the line over the headline, which only its class tells; "" unless there is one."""
    around = next(root.iter("h1"), None)
    for _level in range(_KICKER_LEVELS):
        if around is None or around.tag == "body":
            break
        words = {
            clean(" ".join(map(str, element.itertext())))
            for element in around.iter()
            if isinstance(element.tag, str) and _KICKER.search(element.get("class") or "")
        } - {""}
        if words:
            found = words.pop()
            return found if not words and len(found) <= _KICKER_LENGTH else ""
        around = around.getparent()
    return ""


def clean(value: Any) -> str:
    """Return a value of the markup as one line of text; anything but text is empty."""
    if not isinstance(value, str):
        return ""
    import html

    line = " ".join(html.unescape(value).split())
    return "".join(c for c in line if c.isprintable())[:1_000]


def _address(value: str) -> str:
    return value if value.startswith(("http://", "https://")) else ""


def language_tag(raw: str) -> str:
    """Return the primary tag of a language name such as "fr_FR" or "en-GB"; empty if odd."""
    primary = re.split(r"[-_]", raw.strip().lower())[0]
    return primary if re.fullmatch("[a-z]{2,3}", primary) else ""


def shown_part(title: str, text: str) -> str:
    """Return the front of "Headline - Site" if it is a line of the text; "" if it is not."""
    for separator in SITE_SEPARATORS:
        front, found, _back = title.rpartition(separator)
        if found and f"\n{front.strip()}\n" in f"\n{text}\n":
            return front.strip()
    return ""

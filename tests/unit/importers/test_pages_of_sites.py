"""Fifty pages as they come when one selects all and copies, in the layouts of fifty sites.

The news is invented. Each line begins with what it is: H headline, K body or standfirst, R byline,
date or rubric, F furniture. ``fields`` is what the page says of itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from annotator.importers import read_bytes

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText

_DATA = Path(__file__).resolve().parents[2] / "data"
PAGES: list[dict[str, Any]] = json.loads(
    (_DATA / "pages_of_sites.json").read_text(encoding="utf-8")
)
#: What may stay unknown; nothing may be wrong or invented.
_FOUND = 0.88
_MASKED = 0.88


def _read(page: dict[str, Any]) -> tuple[ImportedText, list[tuple[str, str, int, int]]]:
    lines = [(line[:1], line[2:]) for line in page["lines"]]
    (article,) = read_bytes("\n".join(words for _, words in lines).encode(), "pasted.txt")
    found: list[tuple[str, str, int, int]] = []
    at = 0
    for kind, words in lines:
        if words.strip():
            at = article.text.index(words.strip(), at)
            found.append((kind, words, at, at + len(words.strip())))
            at += len(words.strip())
    return article, found


def _is_masked(article: ImportedText, start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in article.mask)


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_the_article_is_whole_and_nothing_is_invented(page: dict[str, Any]) -> None:
    article, lines = _read(page)
    masked = [w for kind, w, *at in lines if kind in "HK" and _is_masked(article, at[0], at[1])]
    assert masked == []
    assert article.headline == next(words for kind, words, *_ in lines if kind == "H")
    assert article.language == page["language"]
    told = {name: value for name, value in article.metadata.items() if name != "url"}
    for name, value in told.items():
        assert page["fields"].get(name, "").startswith(value), name


def test_most_furniture_is_masked_and_most_fields_are_found() -> None:
    left: list[str] = []
    missing: list[str] = []
    furniture = fields = 0
    for page in PAGES:
        article, lines = _read(page)
        for kind, words, start, end in lines:
            if kind == "F":
                furniture += 1
                left += [] if _is_masked(article, start, end) else [words]
        fields += len(page["fields"])
        missing += [
            f"{page['name']} {name}"
            for name, value in page["fields"].items()
            if article.metadata.get(name) != value
        ]
    assert len(left) <= (1 - _MASKED) * furniture, left
    assert len(missing) <= (1 - _FOUND) * fields, missing

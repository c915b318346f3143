"""Pages pasted from news sites, all invented: the body is never masked, nearly all else is.

Each line in ``pasted.json`` begins with what it is: H headline, K body or standfirst, B byline or
date, F furniture.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.importers import read_bytes

_DATA = Path(__file__).resolve().parents[2] / "data"
PAGES = json.loads((_DATA / "pasted.json").read_text(encoding="utf-8"))


def masked_lines(page):
    """Return the lines that are masked, at least in part, and those that are not at all."""
    lines = [(line[0], line[2:]) for line in page["lines"]]
    text = "\n".join(words for _, words in lines)
    (article,) = read_bytes(text.encode(), "pasted.txt")
    masked, free, at = [], [], 0
    for kind, words in lines:
        end = at + len(words)
        hit = any(span.start < end and at < span.end for span in article.mask)
        (masked if hit else free).append((kind, words))
        at = end + 1
    return article, masked, free


@pytest.mark.parametrize("page", PAGES, ids=[f"{n}-{p['language']}" for n, p in enumerate(PAGES)])
def test_the_body_of_a_pasted_page_is_whole(page):
    article, masked, _free = masked_lines(page)
    assert [words for kind, words in masked if kind in "KH"] == []
    headline = next(line[2:] for line in page["lines"] if line.startswith("H"))
    assert article.headline == headline
    assert article.language == page["language"]


def test_nearly_all_furniture_is_masked():
    hit, left = [], []
    for page in PAGES:
        _article, masked, free = masked_lines(page)
        hit += [words for kind, words in masked if kind == "F"]
        left += [words for kind, words in free if kind == "F"]
    assert len(hit) >= 0.93 * (len(hit) + len(left)), left


@pytest.mark.parametrize("button", ["12 comments", "12 commentaires", "Commentaires"])
def test_a_button_for_comments_between_paragraphs_hides_nothing(button):
    prose = [line[2:] for line in PAGES[0]["lines"] if line.startswith(("H", "K"))]
    for at in range(1, len(prose)):
        text = "\n".join((*prose[:at], button, *prose[at:]))
        (article,) = read_bytes(text.encode(), "pasted.txt")
        shown = article.text
        for span in reversed(article.mask):
            shown = shown[: span.start] + shown[span.end :]
        assert [words for words in prose if words not in shown] == []

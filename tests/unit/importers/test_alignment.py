"""What trafilatura selects of a page is what is unmasked in ours, whatever the page's shape."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import trafilatura

from annotator.importers import read_bytes
from annotator.text.canonical import canonicalise
from helpers.pages import SHAPES, Story, news_page

_WORD = re.compile(r"\w+")


def words_of(text):
    return Counter(_WORD.findall(text))


def unmasked(article):
    pieces, at = [], 0
    for span in article.mask:
        pieces.append(article.text[at : span.start])
        at = span.end
    return " ".join((*pieces, article.text[at:]))


def f1(one, other):
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total())


def alone(page):
    """Return the words of trafilatura's own output, in the mode that we use."""
    return words_of(
        trafilatura.extract(page, favor_precision=True, include_comments=False, include_tables=True)
    )


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_alignment_costs_nothing(shape, language):
    page = news_page(shape, language)
    (article,) = read_bytes(page.encode(), "page.html", as_format="html")
    assert canonicalise(article.text).text == article.text
    assert f1(words_of(unmasked(article)), alone(page)) >= 0.99


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "windows-1252"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8"), ("cp1252", "")],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_the_encoding(encoding, declared, language):
    page = news_page("spaces", language)
    data = page.replace("utf-8", declared).encode(encoding, "xmlcharrefreplace")
    (article,) = read_bytes(data, "page.html")
    assert f1(words_of(unmasked(article)), alone(page)) >= 0.99
    assert Story(language, 0).plain[1].split(" ")[2] in article.text


def test_short_items_in_front_of_which_something_else_stands_are_found():
    items = "".join(
        f"<li><b>{n}.</b> <a href='#{n}'>Chapitre {chr(96 + n)}</a> ❱</li>" for n in range(1, 9)
    )
    story = Story("fr", 0)
    page = story.page(f"<article><h1>{story.title}</h1>{story.body}<ol>{items}</ol></article>")
    (article,) = read_bytes(page.encode(), "page.html")
    assert "Chapitre h" in unmasked(article)


def test_inline_code_does_not_tear_a_paragraph():
    story = Story("en", 1)
    inner = "".join(
        f"<p>{p.replace(' the ', ' the <code>x</code> ')} <q>so</q> it <code>is</code>.</p>"
        for p in story.paragraphs
    )
    page = story.page(f"<article><h1>{story.title}</h1>{inner}</article>")
    (article,) = read_bytes(page.encode(), "page.html")
    assert f1(words_of(unmasked(article)), alone(page)) == 1


@pytest.mark.parametrize("heading", ["Corrections", "Navigation", "À propos", "Aide", "Contact"])
def test_a_heading_of_the_article_is_not_furniture(heading):
    story = Story("fr", 2)
    inner = f"<p>{story.paragraphs[0]}</p><h2>{heading}</h2><p>{story.paragraphs[1]}</p>"
    page = story.page(f"<article><h1>{story.title}</h1>{inner}{story.body}</article>")
    (article,) = read_bytes(page.encode(), "page.html")
    at = article.text.index(f"\n{heading}\n") + 1
    assert not any(s.start <= at < s.end for s in article.mask)

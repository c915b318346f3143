from __future__ import annotations

import pytest

from annotator.importers.html import Html, declared_charset
from annotator.importers.kit.markup import page_of, parse_html
from annotator.model.errors import UserError
from helpers.articles import seeds_for

PROSE = (
    "Le ministre a annoncé lundi qu’il renonçait à sa réforme, après des semaines de "
    "manifestations dans tout le pays et des négociations infructueuses avec les syndicats. "
)


def read(html: str, charset: str = "utf-8"):
    (imported,) = Html().read(html.encode(charset), "x.html")
    return imported


def text_of(html: str) -> str:
    root, _whole = parse_html(html)
    assert root is not None
    return page_of(root).text


def masked(imported) -> list[str]:
    return [span.slice(imported.text) for span in imported.mask]


def test_the_sample_page():
    (seed,) = seeds_for("html")
    (imported,) = Html().read(seed.data, seed.name)
    assert (imported.charset, imported.charset_origin) == ("cp1252", "declared")
    assert imported.headline == "Le gouvernement renonce à sa réforme"
    assert imported.headline_span is not None
    assert imported.headline_span.slice(imported.text) == imported.headline
    assert dict(imported.metadata) == {
        "agency": "AFP",
        "authors": "Jeanne Aubry",
        "outlet": "Le Courrier",
        "published": "2031-03-03T18:42+01:00",
        "updated": "2031-03-04",
    }
    origins = {
        o.field: (o.origin, o.span and o.span.slice(imported.text)) for o in imported.origins
    }
    assert origins["published"] == ("json-ld", "le 3 mars 2031 à 18h42")
    assert origins["authors"] == ("json-ld", "Jeanne Aubry")
    assert set(masked(imported)) == {
        "Accueil",
        "Politique",
        "Nous utilisons des cookies pour mesurer l’audience.",
        "Par Jeanne Aubry avec AFP, publié le 3 mars 2031 à 18h42",
        "À lire aussi : Dix ans de réformes manquées",
        "Texte caché dans la page",
        "Les plus lus",
        "Un chat perdu",
        "© 2031 Le Courrier",
    }
    assert [s.slice(imported.text) for s in imported.headings][:2] == [
        "Le gouvernement renonce à sa réforme",
        "Une longue crise",
    ]
    assert imported.warnings == ("hidden-text", "remote-content")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<b>b</b> c</p><p>d</p>", "ab c\nd"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<p> a \n  b </p>\n\n<p>c</p>", "a b\nc"),
        ("<p>a&nbsp;: «&nbsp;b&nbsp;» &#8239;c</p>", "a\u00a0: «\u00a0b\u00a0» \u202fc"),
        ("<p>&#150; &#x92;&hellip;&euro;&amp;lt;</p>", "– ’…€&lt;"),
        ("<ul><li>a<li>b</ul><table><tr><td>1<td>2<tr><td>3<td>4</table>", "a\nb\n1\t2\n3\t4"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>a<!-- c -->b<script>x</script>d<style>y</style></p>", "abd"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<p>e&#769; 😀 &#128512;</p>", "e\u0301 😀 😀"),
        ("<svg><text>no</text></svg><p>x<template>no</template></p>", "x"),
        ("<p>a</p>tail<p>b</p>", "a\ntail\nb"),
    ],
)
def test_the_text_of_a_page(html: str, text: str):
    assert text_of(f"<html><body>{html}</body></html>") == text


def test_furniture_is_greyed_and_nothing_deleted():
    imported = read(
        f"<html><body><nav><a href=/>Accueil</a></nav><article><h1>Titre</h1><p>{PROSE}</p>"
        f"<p>{PROSE * 2}</p></article><footer><p>Mentions légales</p></footer></body></html>"
    )
    assert "Accueil" in masked(imported)
    assert "Mentions légales" in masked(imported)
    assert imported.text.count("réforme") == 3
    assert not any("réforme" in words for words in masked(imported))


def test_hidden_words_are_greyed_unless_all_of_it_is_hidden():
    shown = read(
        f"<html><body><article><p>{PROSE * 3}</p><p hidden>secret</p></article></body></html>"
    )
    assert "hidden-text" in shown.warnings
    assert "secret" in masked(shown)
    wall = read(
        f"<html><body><article style='display:none'><p>{PROSE * 3}</p></article></body></html>"
    )
    assert not any("réforme" in words for words in masked(wall))


def test_remote_content_is_said_and_not_fetched():
    picture = "<img src='//host.invalid/x.png'>"
    page = f"<html><body><article><p>{PROSE * 2}</p>{picture}</article></body></html>"
    assert "remote-content" in read(page).warnings
    assert "remote-content" not in read(page.replace("//host.invalid/", "")).warnings


def test_a_page_without_an_article_says_so():
    imported = read("<html><body><p>Trois mots ici</p></body></html>")
    assert imported.text == "Trois mots ici"
    assert not any("Trois" in words for words in masked(imported))


def test_elements_nested_thousands_deep_lose_their_structure_only():
    imported = read("<html><body>" + "<div>" * 5_000 + PROSE)
    assert imported.text == PROSE.strip()
    assert "markup-given-up" in imported.warnings


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<html><script>x()</script></html>"]
)
def test_a_page_without_words_is_refused(html: str):
    with pytest.raises(UserError, match="import-empty"):
        read(html)


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META http-equiv=content-type content='text/html; charset=ISO-8859-15'>", "ISO-8859-15"),
        (b'<?xml version="1.0" encoding="windows-1252"?><html>', "windows-1252"),
        (b"<p>charset=none</p>", ""),
    ],
)
def test_the_declared_charset(head: bytes, charset: str):
    assert declared_charset(head) == charset


@pytest.mark.parametrize(
    ("ld", "field", "value"),
    [
        (
            '{"@type":"NewsArticle","author":"Par Ann Marlow et Tom Roe"}',
            "authors",
            "Ann Marlow; Tom Roe",
        ),
        (
            '{"@graph":[{"@type":"Article","datePublished":"2031-03-03"}]}',
            "published",
            "2031-03-03",
        ),
        ('[{"@type":["Thing","NewsArticle"],"articleSection":["Monde"]}]', "section", "Monde"),
        ('{"@type":"NewsArticle","author":{"name":"Reuters"}}', "agency", "Reuters"),
        ('{"@type":"NewsArticle","datePublished":12}', "published", None),
        ('{"@type":"NewsArticle","publisher":{"name":["A &amp; B"]}}', "outlet", "A & B"),
        ("{broken", "outlet", None),
    ],
)
def test_json_ld(ld: str, field: str, value: str | None):
    script = f"<script type='application/ld+json'>{ld}</script>"
    page = f"<html><head>{script}</head><body><p>{PROSE}</p></body>"
    assert read(page).metadata.get(field) == value


def test_meta_elements():
    imported = read(
        "<html lang=en-GB><head><meta name=author content='Jo Doe'>"
        "<meta property=og:title content='A title'><meta name=dc.date content=2031-03>"
        "<link rel=canonical href='https://x.invalid/a'>"
        "<meta property=article:section content=World></head><body><p>Ok</p></body></html>"
    )
    assert dict(imported.metadata) == {
        "authors": "Jo Doe",
        "published": "2031-03",
        "section": "World",
        "url": "https://x.invalid/a",
    }
    assert imported.headline == "A title"
    assert imported.headline_span is None
    assert imported.language == "en"


@pytest.mark.parametrize("name", ["kicker", "article__surtitre", "c-eyebrow big"])
def test_the_line_over_the_headline_is_the_kicker(name):
    page = (
        f"<body><main><header><p class='{name}'>Transports</p><h1>Le pont restera fermé</h1>"
        f"</header><p>{PROSE * 4}</p></main></body>"
    )
    imported = read(page)
    assert imported.metadata["kicker"] == "Transports"
    (origin,) = [o for o in imported.origins if o.field == "kicker"]
    assert origin.span is not None
    assert origin.span.slice(imported.text) == "Transports"


def test_several_kickers_near_a_headline_are_none():
    teaser = "<p class='kicker'>Sport</p><p class='kicker'>Monde</p>"
    imported = read(f"<body><div>{teaser}<h1>Le pont</h1><p>{PROSE * 4}</p></div></body>")
    assert "kicker" not in imported.metadata


@pytest.mark.parametrize("shown", ["", "<article><h1>Le port</h1><p>Une accroche.</p></article>"])
def test_an_article_that_only_scripts_show_is_read_from_what_the_page_states(shown):
    import json

    from helpers.pages import Story

    story = Story("fr", 0)
    data = {"@type": "NewsArticle", "headline": "Le port", "articleBody": "\n".join(story.plain)}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = read(story.page(f"<div id='app'>{shown}</div>", head=script))
    assert "body-from-json-ld" in article.warnings
    assert article.headline == "Le port"
    free = article.text
    for span in reversed(article.mask):
        free = free[: span.start] + free[span.end :]
    assert [line for line in free.split("\n") if line.strip()] == story.plain
    # A page that shows its article is read from what it shows.
    plain = read(story.page(f"<article>{story.body}</article>", head=script))
    assert "body-from-json-ld" not in plain.warnings

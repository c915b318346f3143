"""Text that a style sheet inside a page hides is greyed, as far as that is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers import read_bytes
from annotator.importers.kit.markup import page_of, parse_html
from annotator.importers.kit.styled import hidden_by_sheets
from annotator.importers.kit.unseen import cut
from annotator.model.span import Span, normalise

PROSE = (
    "Le ministre a annoncé lundi qu’il renonçait à sa réforme, après des semaines de "
    "manifestations dans tout le pays et des négociations infructueuses avec les syndicats. "
)


def _prose(first: int, last: int) -> str:
    return "".join(f"<p>{PROSE}C’était le jour {number}.</p>" for number in range(first, last))


def _page(sheet: str, inside: str, *, head: str = "") -> str:
    return (
        f"<html><head><title>Réforme</title>{head}<style>{sheet}</style></head><body><article>"
        f"<h1>Le gouvernement renonce</h1>{_prose(1, 5)}{inside}{_prose(5, 7)}</article></body>"
    )


def hidden(html: str) -> list[str]:
    root, _whole = parse_html(html)
    assert root is not None
    found = hidden_by_sheets(root)
    return sorted("".join(map(str, element.itertext())) for element in found)


_SECRET = "<p class='x y' id='i' data-k='v'>secret</p>"
#: Sheets that hide the paragraph with the secret.
HIDING = {
    "class": ".x{display:none}",
    "id": "#i { visibility : hidden }",
    "element": "article > p.x{display:none}",
    "descendant": "html body .x.y{display:none!important}",
    "list": "h4, p.x , .z{display:none}",
    "comment": "/* .x{display:block} */ .x{/**/display:none;}",
    "attribute": "[data-k=v]{display:none}",
    "root": ":root .x{display:none}",
    "media": "@media screen{.x{display:none}}",
    "media-all": "@media print, all {.x{display:none}}",
    "tiny": ".x{font-size:0}",
    "tiny-short": ".x{font:0/0 a}",
    "tiny-em": ".x{font-size:0em}",
    "colour": ".x{color:#fff}",
    "colour-ground": "body{background:#eee} .x{color:#efefef}",
    "colour-own": ".x{background:#000;color:black}",
    "rank": "#i{display:none} p.x.y{display:block}",
    "order": ".x{display:block}.y{display:none}",
    "important": ".x{display:none!important} #i{display:block}",
    "string": ".q::before{content:'}'} .x{display:none}",
    "keyframes": "@keyframes a{from{opacity:0}to{opacity:1}} .x{display:none}",
    "import": "@charset 'utf-8';.x{display:none}",
    "broken": "}}} ;;; .q{color:red;} .x{display:none",
    "print-shows": ".x{display:none} @media print{.x{display:block}}",
    "escaped": ".\\78 {color:red} .x{display:none}",
}
#: Sheets that do not, or not for certain.
SHOWING = {
    "print": "@media print{.x{display:none}}",
    "narrow": "@media (max-width:600px){.x{display:none}}",
    "narrow-screen": "@media only screen and (max-width:600px){.x{display:none}}",
    "wide-shows": ".x{display:none} @media (min-width:600px){.x{display:block}}",
    "supports": "@supports (display:grid){.x{display:none}}",
    "hover": ".x{display:none} p:hover{display:block}",
    "not": ".x{display:none} p:not(.open){display:block}",
    "script": ".js .x{display:none}",
    "other": ".xx{display:none} #j{display:none} div.x{display:none}",
    "sibling": "div + .x{display:none}",
    "parent": "div > .x{display:none} html > .x{display:none}",
    "order": ".x{display:none}.y{display:block}",
    "rank": "#i{display:block} .x.y{display:none}",
    "clear": ".x{opacity:0;transition:opacity 1s}",
    "start": "@keyframes a{from{.x{display:none}}} ",
    "before": ".x::before{display:none} .x:after{visibility:hidden}",
    "dark": "article{background:#000} .x{color:#fff}",
    "dark-image": "article{background:url(a.png)} .x{color:#fff}",
    "dark-var": "body{background:var(--paper)} .x{color:#fff}",
    "dark-theme": "@media (prefers-color-scheme:dark){body{background:#000}} .x{color:#fff}",
    "placed": ".x{color:#fff;position:absolute}",
    "shine": ".x{color:rgba(255,255,255,0.5)}",
    "nested": ".q{color:red; .x{display:none}}",
    "revert": ".x{display:none} p.x.y{all:revert}",
    "font": ".x{font-size:0} p.x{font:inherit}",
}


@pytest.mark.parametrize("case", HIDING)
def test_a_sheet_hides(case):
    assert hidden(_page(HIDING[case], _SECRET)) == ["secret"]


@pytest.mark.parametrize("case", SHOWING)
def test_a_sheet_that_may_show_it_hides_nothing(case):
    assert hidden(_page(SHOWING[case], _SECRET)) == []


def test_what_is_inside_decides_too():
    gap = "<ul class=x>secret<li>told</li></ul>"
    assert hidden(_page(".x{font-size:0} li{font-size:16px}", gap)) == []
    assert hidden(_page(".x{visibility:hidden} li{visibility:visible}", gap)) == []
    assert hidden(_page(".x{display:none} li{display:block}", gap)) == ["secrettold"]
    assert hidden(_page(".x{color:#fff} li{color:#000}", gap)) == []
    link = "<p class=x>secret <a href=#>told</a></p>"
    assert hidden(_page(".x{color:#fff}", link)) == []
    picture = "<div><img src=a.png><p class=x>told</p></div>"
    assert hidden(_page(".x{color:#fff}", picture)) == []


def test_an_inline_style_wins_and_so_does_what_a_page_fetches():
    shown = "<p class=x style='display:block'>told</p>"
    assert hidden(_page(".x{display:none}", shown)) == []
    assert hidden(_page(".x{display:none!important}", shown)) == ["told"]
    sheet = "<link rel=stylesheet href=a.css>"
    assert hidden(_page(".x{color:#fff}", _SECRET, head=sheet)) == []
    assert hidden(_page(".x{display:none}", _SECRET, head=sheet)) == ["secret"]


@pytest.mark.parametrize(
    "sheet",
    [
        "<noscript><style>.x{display:none}</style></noscript>",
        "<style media=print>.x{display:none}</style>",
        "<style media='(max-width: 9px)'>.x{display:none}</style>",
        "<style type='text/less'>.x{display:none}</style>",
    ],
)
def test_sheets_that_are_not_for_the_screen_do_not_count(sheet):
    assert hidden(_page("", _SECRET, head=sheet)) == []


def test_hidden_words_of_an_article_are_greyed_and_said():
    inside = "<p class=x>Un texte que personne ne voit dans la page.</p>"
    html = _page(".x{display:none}", inside).encode()
    (article,) = read_bytes(html, "a.html")
    masked = [span.slice(article.text) for span in article.mask]
    assert any("personne ne voit" in words for words in masked)
    assert not any("ministre" in words for words in masked)
    assert "hidden-text" in article.warnings


@pytest.mark.parametrize(
    "sheet",
    ["body{display:none!important}", "article{visibility:hidden}", "p{display:none}"],
)
def test_a_page_that_is_hidden_until_a_script_runs_is_kept(sheet):
    html = _page(sheet, "", head="<script src=a.js></script>").encode()
    (article,) = read_bytes(html, "a.html")
    assert "ministre" not in "".join(span.slice(article.text) for span in article.mask)
    assert "hidden-kept" in article.warnings


def test_the_rest_of_an_article_behind_a_button_is_kept():
    more = f"<div class=rest>{_prose(11, 14)}</div><button>Lire la suite</button>"
    scripted = _page(".rest{display:none}", more, head="<script>open()</script>").encode()
    (article,) = read_bytes(scripted, "a.html")
    assert "ministre" not in "".join(span.slice(article.text) for span in article.mask)
    assert "hidden-kept" in article.warnings


def test_a_menu_that_a_sheet_hides_is_no_news():
    menu = "<style>nav ul{display:none}</style><nav><ul><li>Politique<li>Sport</ul></nav>"
    html = _page("", "").replace("<body>", f"<body>{menu}").encode()
    (article,) = read_bytes(html, "a.html")
    assert article.warnings == ()


def test_mails_and_chapters_hide_with_sheets_too():
    body = _page(".x{display:none}", _SECRET)
    mail = f"From: A B <a@example.invalid>\nSubject: S\nContent-Type: text/html\n\n{body}"
    (article,) = read_bytes(mail.encode(), "a.eml")
    assert "secret" in [span.slice(article.text) for span in article.mask]
    assert "hidden-text" in article.warnings


_PIECES = st.sampled_from(
    (
        ".x", "#i", "p", "*", "{", "}", "{", "}", ";", ":", ",", ">", "+", "~", "(", ")", "[", "]",
        '"', "'", "\\", "@", "/*", "*/", "<!--", "!", "important", "display:none", "@media print",
        "@media screen", ":not(.x)", "font:0", "color:#fff", " ", "@keyframes a", "é", "\0", "\n",
    )
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_sheet_is_survived(sheet: str):
    root, _whole = parse_html(_page(sheet.replace("<", " "), _SECRET))
    assert root is not None
    page = page_of(root)
    assert all(span.end <= len(page.text) for span in page.styled)


def test_a_huge_sheet_is_read_in_linear_time():
    sheet = "".join(f".a{n} .b{n}{{display:none}} p:not(.c{n}){{color:red}}" for n in range(9_000))
    assert hidden(_page(sheet, f"<div>{'<p class=x>t</p>' * 3_000}</div>")) == []


_SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda t: Span(t[0], t[0] + t[1]))
).map(normalise)


@given(_SPANS, _SPANS)
def test_cutting_takes_out_exactly_the_holes(spans, holes):
    wanted = {n for s in spans for n in range(s.start, s.end)}
    wanted -= {n for s in holes for n in range(s.start, s.end)}
    left = cut(spans, holes)
    assert [n for s in left for n in range(s.start, s.end)] == sorted(wanted)

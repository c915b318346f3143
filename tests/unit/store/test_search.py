"""Whatever a person types finds what it should, or nothing, and never fails."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.store import ArticleQuery
from annotator.store.search import HIT_END, HIT_START, Snippets, Term, expression, parse
from helpers.strategies import hostile_text
from unit.store.making import TEXT, add_articles, article, new_text


def found(project, typed, **how):
    return [row.id for row in project.articles(ArticleQuery(search=typed, **how)).rows]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        (" !? … ", ()),
        ("deux sources", (Term(("deux",)), Term(("sources",)))),
        ("gouv*", (Term(("gouv",), is_prefix=True),)),
        ('"deux sources"', (Term(("deux", "sources")),)),
        ("«\u00a0deux sources\u00a0»", (Term(("deux", "sources")),)),
        ("“a fairy tale” x", (Term(("a", "fairy", "tale")), Term(("x",)))),
        ('"never closed', (Term(("never", "closed")),)),
        ("l’école", (Term(("l", "école")),)),
        (
            "Jean-Pierre AND NOT (OR) NEAR",
            tuple([Term(("Jean", "Pierre"))] + [Term((w,)) for w in ("AND", "NOT", "OR", "NEAR")]),
        ),
    ],
)
def test_what_is_typed_is_read_as(typed, terms):
    assert parse(typed) == terms


@pytest.mark.parametrize(
    "typed",
    [
        "barrage", "BARRAGE", "ferme", "fermé", "ferm*", '"barrage restera"', "l’agence",
        "“deux sources”", "savait personne", "irene castel", "restera-fermé", "*barrage*", "fermé;",
    ],
)  # fmt: skip
def test_found(project, one, typed):
    assert found(project, typed) == [one.id]


@pytest.mark.parametrize(
    "typed",
    ["barr", '"restera barrage"', "zèbre", "barrage zèbre", "%", '"', "AND", "-", "\x00", "*"],
)
def test_not_found(project, one, typed):
    assert found(project, typed) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=hostile_text)
def test_nothing_that_is_typed_fails(project, typed):
    for order in ("newest", "relevance"):
        page = project.articles(ArticleQuery(search=typed, order=order))
        assert page.total == len(page.rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.booleans())
def test_snippets_only_add_marks(typed, is_prefix):
    words = tuple(parse(typed))
    if not words:
        return
    terms = tuple(Term(term.words, is_prefix) for term in words)
    expression(terms)
    typed = typed.replace(HIT_START, " ").replace(HIT_END, " ")
    snippet = Snippets(terms).cut(f"{TEXT} {typed}")
    plain = snippet.replace(HIT_START, "").replace(HIT_END, "").strip("…")
    assert plain in " ".join(f"{TEXT} {typed}".split()) or plain.split() == []


def test_accents_composed_or_not_are_found_and_shown(project):
    text = new_text("Un cafe\u0301 ferme\u0301 à l’École.")
    (made,) = add_articles(project, article(text), texts=(text,))
    for typed in ("café", "cafe\u0301", "CAFE", "ecole"):
        assert found(project, typed) == [made.id]
    snippet = project.articles(ArticleQuery(search="cafe fermé école")).rows[0].snippet
    assert snippet == "Un \x02cafe\u0301\x03 \x02ferme\u0301\x03 à l’\x02École\x03."


def test_a_snippet_shows_the_first_hit_with_its_surroundings(project):
    body = "mot " * 400 + "aiguille " + "foin " * 400
    text = new_text(body)
    add_articles(project, article(text), texts=(text,))
    snippet = project.articles(ArticleQuery(search="aiguille")).rows[0].snippet
    assert snippet.startswith("…mot ")
    assert "\x02aiguille\x03" in snippet
    assert snippet.endswith("…")
    assert len(snippet) < 200


def test_a_hit_in_the_headline_only_shows_the_beginning(project):
    add_articles(project, article(headline="Exclusif"))
    row = project.articles(ArticleQuery(search="exclusif")).rows[0]
    assert row.snippet.startswith("Le barrage restera fermé La remise")
    assert "\x02" not in row.snippet

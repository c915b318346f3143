"""The library: newest first, filtered, counted, and right after every change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotations import Actor, Claim, Source
from annotator.model.changes import delete, insert, update
from annotator.store import ArticleQuery
from annotator.store.dates import first_place, last_minute_of, minute_of, place_bounds
from annotator.store.library import MAX_COUNT
from unit.store.making import (
    add_articles,
    article,
    at,
    date,
    do,
    mark,
    mention,
    new_text,
    problems,
    quote,
)


def ids(project, **how):
    return [row.id for row in project.articles(ArticleQuery(**how)).rows]


@pytest.fixture
def shelf(project):
    """Five articles of different dates, outlets and languages, by a short name."""
    made = {
        "year": article(published="2030", outlet="Le Fanal", headline="Été"),
        "month": article(published="2030-06", outlet="Le Fanal", language="en", headline="a"),
        "day": article(published="2031-03-14", outlet="The Wharf", headline="« Zut »"),
        "hour": article(published="2031-03-14T07:42+01:00", reviewed=True, headline="École"),
        "none": article(imported_at="2031-02-01T08:00:00+00:00", headline="eau"),
    }
    add_articles(project, *made.values())
    return {name: a.id for name, a in made.items()}


def test_newest_first(project, shelf):
    names = {v: k for k, v in shelf.items()}
    expected = ["hour", "day", "none", "month", "year"]
    assert [names[i] for i in ids(project)] == expected
    assert [names[i] for i in ids(project, order="oldest")] == expected[::-1]
    assert [names[i] for i in ids(project, search="barrage")] == expected
    assert [names[i] for i in ids(project, search="barrage", order="oldest")] == expected[::-1]


def test_other_orders(project, shelf, monkeypatch):
    names = {v: k for k, v in shelf.items()}
    by_headline = [names[i] for i in ids(project, order="headline")]
    assert by_headline == ["month", "none", "hour", "year", "day"]
    assert [names[i] for i in ids(project, order="headline", search="barrage")] == by_headline
    assert len(ids(project, order="imported")) == 5
    assert set(ids(project, order="relevance", search="barrage")) == set(shelf.values())
    assert ids(project, order="relevance") == ids(project)
    monkeypatch.setattr("annotator.store.library.MAX_COUNT", 2)  # now it is a common word
    assert [names[i] for i in ids(project, order="headline", search="barrage")] == by_headline
    assert ids(project, search="barrage", reviewed=True) == [shelf["hour"]]
    assert ids(project, order="relevance", search="barrage") == ids(project)[:2]


@pytest.mark.parametrize("search", ["", "barrage"])
def test_filters(project, shelf, search):
    def asked(**how):
        page = project.articles(ArticleQuery(search=search, **how))
        assert page.total == len(page.rows)
        return {name for name in shelf if shelf[name] in {row.id for row in page.rows}}

    assert asked(outlet="Le Fanal") == {"year", "month"}
    assert asked(outlet="") == {"hour", "none"}
    assert asked(language="en") == {"month"}
    assert asked(reviewed=True) == {"hour"}
    assert asked(reviewed=False, outlet="The Wharf") == {"day"}
    assert asked(since="2030", until="2030") == {"year", "month"}
    assert asked(since="2031-03-14", until="2031-03-14") == {"day", "hour"}
    assert asked(since="2031-03-14T06:43") == set()
    assert asked(until="2030-05") == {"year"}
    assert asked(since="nonsense") == {"year", "month", "day", "hour"}


def test_pages(project, shelf):
    whole = ids(project)
    assert [*ids(project, limit=2), *ids(project, limit=9, offset=2)] == whole
    page = project.articles(ArticleQuery(limit=1))
    assert (page.total, page.capped, len(page.rows)) == (5, False, 1)


def test_what_there_is_to_filter_by(project, shelf):
    assert project.outlets() == ["Le Fanal", "The Wharf"]
    assert project.languages() == ["en", "fr"]
    assert project.article_count() == 5


def test_many_hits_are_not_counted_to_the_end(project):
    made = [article(reviewed=n % 300 == 0) for n in range(MAX_COUNT + 5)]
    add_articles(project, *made)
    page = project.articles(ArticleQuery(search="barrage", limit=3))
    assert (page.total, page.capped, len(page.rows)) == (MAX_COUNT, True, 3)
    assert project.articles(ArticleQuery(limit=1)).total == MAX_COUNT + 5
    reviewed = [a.id for a in reversed(made) if a.reviewed]
    for search in ("barrage", "barr*", ""):
        assert ids(project, search=search, reviewed=True) == reviewed
        page = project.articles(ArticleQuery(search=search, reviewed=True, limit=2, offset=1))
        assert [row.id for row in page.rows] == reviewed[1:3]
        assert (page.total, page.capped) == ((3, True) if search else (4, False))
        assert len(ids(project, search=search, reviewed=False, limit=9)) == 9
    for order in ("headline", "imported", "relevance"):
        for search in ("barrage", "barr*"):
            page = project.articles(ArticleQuery(search, order=order, limit=5, offset=3))
            assert (len({row.id for row in page.rows}), page.total, page.capped) == (5, 1000, True)
            found = ids(project, search=search, order=order, reviewed=True)
            assert sorted(found) == sorted(reviewed)


def test_numbers_follow_marks(project, one):
    actor = Actor("a", "Hydrolac")
    made = [quote(one), quote(one, "deux sources"), mark(Claim, one, at("La remise en eau"))]
    made += [Source("s", one.id), actor, mention(one, actor)]
    do(project, "mark", *map(insert, made))
    row = project.articles().rows[0]
    assert (row.quotes, row.sources, row.claims, row.mentions) == (2, 1, 1, 1)
    do(project, "delete", delete(made[0]), delete(made[3]))
    row = project.articles().rows[0]
    assert (row.quotes, row.sources) == (1, 0)
    project.undo()
    project.undo()
    row = project.articles().rows[0]
    assert (row.quotes, row.sources, row.claims, row.mentions) == (0, 0, 0, 0)


def test_numbers_survive_a_new_date(project, one):
    do(project, "mark", insert(quote(one)))
    newer = replace(one, published=date("2040"), headline="Autre titre")
    do(project, "date", update(one, newer))
    row = project.articles(ArticleQuery(search="autre titre", since="2040")).rows[0]
    assert (row.quotes, row.published) == (1, date("2040"))
    project.undo()
    assert project.articles(ArticleQuery(search="autre")).rows == []
    assert problems(project) == []


def test_a_new_text_is_searched_instead_of_the_old(project, one):
    other = new_text("Tout autre chose\n")
    changed = replace(one, text_digest=other.text.digest, length=17)
    from annotator.model.changes import ChangeSet

    project.commit(ChangeSet("reread", (update(one, changed),), texts=(other,)))
    assert ids(project, search="barrage", outlet="Agence M") == [one.id]  # the headline stays
    assert ids(project, search="juillet") == []
    assert ids(project, search="autre chose", outlet="Agence M") == [one.id]
    do(project, "outlet", update(changed, replace(changed, outlet="B")))
    assert ids(project, search="autre chose", outlet="Agence M") == []
    project.undo()
    project.undo()
    assert ids(project, search="juillet", outlet="Agence M") == [one.id]
    assert problems(project) == []


def test_more_articles_than_a_minute_has_numbers(project, monkeypatch):
    monkeypatch.setattr("annotator.store.shelf.SLOTS", 4)
    made = [article(published="2031-03-14T07:42") for _ in range(11)]
    add_articles(project, *made[:6])
    add_articles(project, *made[6:])
    assert len(set(ids(project))) == 11
    assert problems(project) == []


# Dates


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_cut_date_begins_where_its_first_day_does_and_ends_with_its_last(day, cut):
    whole = day.isoformat()
    first, exact = minute_of(whole[:cut]), minute_of(whole)
    last = last_minute_of(whole[:cut])
    assert first <= exact <= last
    assert minute_of(whole[:cut] + "-01-01"[cut - 4 : 6]) == first


@given(st.text(max_size=20))
def test_any_other_text_is_no_date_and_no_failure(text):
    for found in (minute_of(text), last_minute_of(text)):
        assert found is None or found >= 0
    assert place_bounds(text, text)[0] >= 0


def test_zones_are_heard_where_they_are_known():
    assert minute_of("2031-03-14T07:42+01:00") == minute_of("2031-03-14T06:42")
    assert minute_of("2031-03-14T07:42:59Z") == minute_of("2031-03-14T07:42")
    assert first_place(article(published="2031")) < first_place(article(published="2031-01-02"))
    assert first_place(article(imported_at="")) == 0

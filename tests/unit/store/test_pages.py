"""Packed pages say the same as the records, whatever was added and taken away."""

from __future__ import annotations

import uuid
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.annotations import Actor, Claim, Quote
from annotator.model.changes import insert, update
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.store import PlaceQuery, SpanRows
from annotator.store.pages import (
    change_places,
    change_spans,
    read_article_places,
    read_spans,
    read_window,
)
from unit.store.making import add_articles, article, at, date, do, mark, mention, new_text, quote

KINDS = tuple(MarkKind)

span_rows = st.tuples(
    st.integers(0, 70_000), st.integers(1, 3000), st.integers(0, 7), st.sampled_from("abcdefgh")
).map(lambda t: (t[0], t[0] + t[1], t[2], t[3]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.data(),
    added=st.lists(span_rows, max_size=40, unique=True),
    later=st.lists(span_rows, max_size=20, unique=True),
)
def test_spans(project, data, added, later):
    number = uuid.uuid4().int & 0xFFFFFF
    gone = data.draw(st.lists(st.sampled_from(added), unique=True) if added else st.just([]))
    connection = project._connection
    change_spans(connection, Counter({(number, row): 1 for row in added}))
    second = Counter({(number, row): -1 for row in gone})
    second.update({(number, row): 1 for row in later if row not in added})
    change_spans(connection, second)
    expected = sorted((set(added) - set(gone)) | (set(later) - set(added)))
    found = read_spans(connection, number)
    assert list(zip(found.starts, found.ends, found.kinds, found.mark_ids, strict=True)) == expected
    start = data.draw(st.integers(0, 75_000))
    end = data.draw(st.integers(start, 75_000))
    window = read_window(connection, number, start, end)
    assert list(zip(window.starts, window.ends, window.kinds, window.mark_ids, strict=True)) == [
        row for row in expected if row[0] < end and row[1] > start
    ]


places = st.dictionaries(
    st.integers(1, 5000), st.tuples(st.integers(1, 99), st.integers(-1, 9), st.integers(-1, 9))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(added=places, later=places, gone=st.sets(st.integers(1, 5000)))
def test_places(project, added, later, gone):
    number = uuid.uuid4().int & 0xFFFFFF
    connection = project._connection
    change_places(connection, {(number, m): (m, *row, 0) for m, row in added.items()})
    change_places(connection, {(number, m): (m, *row, 1) for m, row in later.items()})
    change_places(connection, {(number, m): None for m in gone})
    expected = {m: (m, *row, 0) for m, row in added.items()}
    expected |= {m: (m, *row, 1) for m, row in later.items()}
    assert read_article_places(connection, number) == [
        expected[m] for m in sorted(expected) if m not in gone
    ]


def test_spans_of_an_article(project, one):
    first = mark(Quote, one, at("Personne ne savait"), at("sources"))
    second = mark(Claim, one, at("La remise en eau"))
    do(project, "mark", insert(first), insert(second))
    rows = project.spans(one.id)
    assert [KINDS[k] for k in rows.kinds] == [MarkKind.CLAIM, MarkKind.QUOTE, MarkKind.QUOTE]
    assert rows.mark_ids == [second.id, first.id, first.id]
    assert [Span(*p) for p in zip(rows.starts, rows.ends, strict=True)] == sorted(
        first.spans + second.spans
    )
    start, end = at("La")
    assert project.spans(one.id, start=start, end=end).mark_ids == [second.id]
    assert project.spans(one.id, end=start) == SpanRows([], [], [], [])
    assert project.spans("no such article") == SpanRows([], [], [], [])
    assert len(project.spans(one.id, start=0)) == 3


def test_mention_places(project):
    text = new_text("Menu Hydrolac\n" + new_text().text.text)
    body = text.text.text
    held = article(text, mask=(Span(0, 13),), outlet="B", published="2031-03-14", language="en")
    plain = article(outlet="A", published=date("2030"))
    add_articles(project, held, plain, texts=(text, new_text()))
    castel, hydrolac = Actor("c", "Castel"), Actor("h", "Hydrolac")
    second = body.index("Hydrolac", 20)
    made = [
        mark(type(mention(plain, castel)), held, at("Hydrolac", body), text=body, actor_id="h"),
        mention(plain, castel, "Castel", paragraph=2, sentence=4),
        mark(
            type(mention(plain, castel)), held, (second, second + 8), text=body, actor_id="h",
            paragraph=3, sentence=5,
        ),
        mark(type(mention(plain, castel)), plain, at("deux")),
    ]  # fmt: skip
    do(project, "mark", insert(castel), insert(hydrolac), *map(insert, made))

    def asked(**how):
        found = project.mention_places(PlaceQuery(**how))
        return [
            (found.actor_ids[a], found.article_ids[d], p, s)
            for a, d, p, s in zip(
                found.actor.tolist(),
                found.article.tolist(),
                found.paragraph.tolist(),
                found.sentence.tolist(),
                strict=True,
            )
        ]

    both = {("h", held.id, 3, 5), ("c", plain.id, 2, 4)}
    assert set(asked()) == both
    assert (
        asked(outlet="A")
        == asked(language="fr")
        == asked(until="2030")
        == [*both - {("h", held.id, 3, 5)}]
    )
    assert asked(since="2031-03") == asked(article_ids=[held.id]) == [("h", held.id, 3, 5)]
    assert asked(article_ids=[]) == asked(outlet="C") == []
    do(project, "unmask", update(held, article(text, id=held.id, outlet="B", language="en")))
    assert len(asked(language="en")) == 2
    project.undo()
    assert set(asked()) == both


def test_other_words_for_quotes(project, one):
    """A mark that keeps its place but changes its fields rewrites no page."""
    made = quote(one)
    do(project, "mark", insert(made))
    rows = project.spans(one.id)
    from dataclasses import replace

    from annotator.model.vocabulary import QuoteKind

    do(project, "kind", update(made, replace(made, kind=QuoteKind.DIRECT)))
    assert project.spans(one.id) == rows

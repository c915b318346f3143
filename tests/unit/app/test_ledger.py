"""The books: after any sequence of changes they say what counting from nothing says."""

import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis import audit as a
from annotator.analysis.audit_rows import to_line
from annotator.analysis.stories import Teller, repeats
from annotator.app.ledger import Ledger, coverage
from annotator.store.audits import AuditRow

IDS = "abcdefgh"
few = st.integers(0, 3)
name = st.sampled_from(["", "AFP", "afp", "Le Fil", "Échos"])
names = st.frozensets(name.filter(bool), max_size=3)
shares = st.builds(a.Shares, few, few, few, few)


@st.composite
def rows(draw, article_id):
    one = a.ArticleAudit(
        article_id,
        words=draw(few),
        quotes=draw(few),
        claims=draw(few),
        low=draw(few),
        high=draw(few),
        shares=draw(st.builds(a.ArticleShares, shares, shares, shares)),
        states=Counter(draw(st.lists(st.sampled_from(list(a.SourcingState)), max_size=3))),
        on_one_unnamed=draw(st.lists(st.uuids().map(str), max_size=2).map(tuple)),
        transparency=draw(few),
        reasons=Counter(draw(names)),
        formulas=tuple(draw(names)),
        descriptions=tuple(draw(names)),
        quoted=draw(names),
        mentioned=draw(names),
        named_houses=draw(names),
        unnamed_houses=draw(names),
        by_hand=draw(few),
        findings=Counter(draw(names)),
    )
    return AuditRow(
        article_id,
        draw(name),
        draw(name),
        json.dumps(draw(st.lists(name, max_size=3))),
        draw(name),
        draw(st.sampled_from([None, '["2031-03","month"]', '["2031","year"]'])),
        draw(st.integers(0, 1)),
        draw(st.sampled_from([None, *IDS])),
        json.dumps([[other, "same"] for other in draw(st.sets(st.sampled_from(IDS), max_size=1))]),
        to_line(one),
    )


@st.composite
def stages(draw):
    """Return what a project looks like after each of several changes."""
    now, found = {}, []
    for _ in range(draw(st.integers(1, 6))):
        for article_id in draw(st.sets(st.sampled_from(IDS), max_size=3)):
            if article_id in now and draw(st.booleans()):
                del now[article_id]
            else:
                now[article_id] = draw(rows(article_id))
        found.append((list(now.values()), draw(st.booleans())))
    return found


def told(ledger):
    """Return everything that the books say."""
    return (
        ledger.totals,
        {dimension: ledger.groups(dimension) for dimension in a.DIMENSIONS},
        {facet: ledger.facets[facet].top() for facet in ledger.facets},
        ledger.alone(),
        ledger.left_out,
    )


@settings(max_examples=120, deadline=None)
@given(stages())
def test_the_books_are_those_of_a_count_from_nothing(found):
    books = Ledger()
    for now, once in found:
        before = {dimension: books.groups(dimension) for dimension in a.DIMENSIONS}
        kept = {d: [(g.key, g.sums.copied()) for g in groups] for d, groups in before.items()}
        books.once = once
        books.update(now)
        fresh = Ledger()
        fresh.once = once
        fresh.update(reversed(now))
        assert told(books) == told(fresh)
        assert books.update(now) == 0
        # What was told earlier stays as it was told.
        assert kept == {d: [(g.key, g.sums) for g in groups] for d, groups in before.items()}


@settings(max_examples=60, deadline=None)
@given(stages())
def test_the_books_are_the_sums_of_their_articles(found):
    books = Ledger()
    for now, _ in found:
        books.update(now)
    audits = sorted(books._audits.values(), key=lambda one: one.article_id)
    assert books.totals == a.totals(audits)
    for dimension, keys in a.DIMENSIONS.items():
        parts = a.totals_by(audits, keys)
        groups = books.groups(dimension)
        assert {g.key for g in groups} == parts.keys()
        for group in groups:
            assert group.sums.counts == parts[group.key].counts
            assert group.article_ids == tuple(
                one.article_id for one in audits if group.key in set(keys(one))
            )
    people = a.voices(audits)
    ranked = [(row.key, len(row.article_ids)) for row in books.facets["quoted"].top()]
    assert Counter(dict(ranked)) == Counter(dict(people.quoted))
    assert Counter(map(coverage, audits)) == Counter(
        {
            key: len(books.facets["coverage"].ids(key))
            for key in ("reviewed", "unreviewed", "unmarked")
        }
    )


def test_of_a_story_the_article_that_is_coded_furthest_counts():
    first = Teller("first", published="2031-03-14", coded=1)
    later = Teller("later", previous_id="first", published="2031-03-15")
    copy = Teller("copy", same=("later", "gone"), published="2031-03-16")
    alone = Teller("alone", previous_id="gone")
    assert repeats([first, later, copy, alone]) == {"later", "copy"}
    reviewed = Teller("later", previous_id="first", coded=2)
    assert repeats([first, reviewed, copy, alone]) == {"first", "copy"}


def test_of_equals_the_newest_version_counts():
    first = Teller("first", published="2031-03-14")
    later = Teller("later", previous_id="first")
    assert repeats([first, later]) == {"first"}
    two = [Teller("a", same=("b",), published="2031"), Teller("b", published="2032")]
    assert repeats(two) == repeats(reversed(two)) == {"a"}

"""The figures of an article and of a project."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis import audit as a
from annotator.analysis import rules
from annotator.analysis.shares import ArticleShares, Shares
from annotator.app.samples import sample_files
from annotator.model.vocabulary import SourcingState
from annotator.text.segments import words
from unit.analysis.builders import named, source
from unit.analysis.test_rules import case_from

FILES = {path.stem: path for path in sample_files()}


def audited(path):
    case = case_from(path)
    return a.audit(case, words(case.data.text), rules.find(case, rules.load_pack("own")))


def test_the_sample_dispatch_in_figures():
    one = audited(next(p for name, p in FILES.items() if "emissaire" in name))
    assert (one.low, one.high) == (4, 6)
    assert one.month == "2031-03"
    assert "sources informées" in one.descriptions
    assert "s’exprimant sous couvert d’anonymat" in one.formulas
    assert sum(one.states.values()) == one.claims > 0
    assert len(one.on_one_unnamed) >= 1
    assert one.findings["bare_source"] == 1
    assert one.quoted
    assert one.quoted <= one.mentioned


def test_a_project_is_the_sum_of_its_articles():
    audits = [audited(path) for path in FILES.values()]
    whole = a.totals(audits)
    assert whole.articles == len(audits)
    assert whole.claims == sum(one.claims for one in audits)
    assert whole.shares.by_word.total == sum(one.shares.by_word.total for one in audits)
    for keys in a.DIMENSIONS.values():
        parts = a.totals_by(audits, keys)
        if keys is not a.DIMENSIONS["author"]:
            assert sum(part.articles for part in parts.values()) == len(audits)
    assert set(a.totals_by(audits, a.DIMENSIONS["month"])) >= {"2031-03"}
    people = a.voices(audits)
    assert not {actor for actor, _ in people.quoted} & {actor for actor, _ in people.only_mentioned}
    ranks = [count for _, count in a.commonest(audits)]
    assert ranks == sorted(ranks, reverse=True)


def test_who_only_speaks_without_a_name():
    one = a.ArticleAudit("1", named_houses=frozenset({"Hydrolac"}))
    two = a.ArticleAudit("2", unnamed_houses=frozenset({"hydrolac", "Région"}))
    assert a.voices([one, two]).only_unnamed == (("Région", 1),)


def test_an_organisation_that_speaks_for_itself_is_not_hidden():
    """The ministry answers in one dispatch and is quoted without a name in another."""
    audits = [audited(path) for path in FILES.values()]
    assert any("Ministère de l’Énergie" in one.unnamed_houses for one in audits)
    assert "Ministère de l’Énergie" not in dict(a.voices(audits).only_unnamed)


def test_the_transparency_class_counts_full_names():
    people = [named(f"n{i}") for i in range(5)]
    classes = [a.transparency([*people[:n], source("s")]) for n in range(6)]
    assert classes == [0, 1, 2, 2, 3, 3]


audits = st.builds(
    a.ArticleAudit,
    article_id=st.text(max_size=3),
    outlet=st.sampled_from(["", "Gazette", "Post"]),
    authors=st.lists(st.sampled_from(["A", "B"]), max_size=2, unique=True).map(tuple),
    claims=st.integers(0, 9),
    low=st.integers(0, 3),
    states=st.dictionaries(st.sampled_from(SourcingState), st.integers(1, 5), max_size=3),
    shares=st.integers(0, 9).map(lambda n: ArticleShares(by_word=Shares(unnamed=n))),
)


@given(st.lists(audits, max_size=8), st.integers(0, 8))
def test_adding_in_any_order_and_in_parts_is_the_same(found, cut):
    whole = a.totals(found)
    assert a.totals(reversed(found)) == whole
    by_outlet = a.totals_by(found, a.DIMENSIONS["outlet"])
    assert sum(part.claims for part in by_outlet.values()) == whole.claims
    assert a.totals([*found[cut:], *found[:cut]]) == whole


def test_an_accepted_finding_does_not_count():
    path = next(p for name, p in FILES.items() if "emissaire" in name)
    case = case_from(path)
    found = rules.find(case, rules.load_pack("own"))
    accepted = [replace(f, accepted="known") for f in found]
    assert a.audit(case, words(case.data.text), accepted).findings == {}

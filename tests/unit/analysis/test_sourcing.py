"""The table of sourcing states: one row a combination, then the finer points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.sourcing import Records, Sourcing, sourcing_state
from annotator.model.vocabulary import (
    AttributionAct,
    Channel,
    Identification,
    Proximity,
    SourceRelationKind,
    SourcingState,
)
from unit.analysis.builders import (
    claim,
    could_not_verify,
    declined,
    denies,
    group,
    named,
    quote,
    records,
    refuses,
    relation,
    says,
    source,
)

Who, K, S = Identification, SourceRelationKind, SourcingState

ANON = source("anon")
ANON2 = source("anon2")
GROUP = group("group")
NAMED = named("named", affiliation_name="Ministère de l’Énergie")
NAMED2 = named("named2", affiliation_name="Hydrolac")
COLLEAGUE = named("colleague", affiliation_name="ministère de l’énergie")
MINISTRY = source("org", Who.NAMED_ORGANISATION, description="Ministère de l’Énergie")
OFFICE = source("office", Who.PERSON_BY_OFFICE)
DOCUMENT = source("doc", Who.DOCUMENT)
DATABASE = source("data", Who.DATABASE)
POLL = source("poll", Who.VOTE_OR_POLL)
PRESS = source("press", Who.MEDIA_REPORT)
JOURNALIST = source("me", Who.JOURNALIST)
UNKNOWN = source("unknown", Who.UNKNOWN)

TABLE = [
    # supporters, deniers, refusers, relations, could not verify, state
    ([], [], [], [], False, S.UNATTRIBUTED),
    # one voice
    ([NAMED], [], [], [], False, S.SINGLE_NAMED),
    ([OFFICE], [], [], [], False, S.SINGLE_NAMED),
    ([MINISTRY], [], [], [], False, S.SINGLE_NAMED),
    ([PRESS], [], [], [], False, S.SINGLE_NAMED),
    ([ANON], [], [], [], False, S.SINGLE_ANONYMOUS),
    ([UNKNOWN], [], [], [], False, S.SINGLE_ANONYMOUS),
    ([JOURNALIST], [], [], [], False, S.OWN_OBSERVATION),
    ([DOCUMENT], [], [], [], False, S.DOCUMENTED),
    ([DATABASE], [], [], [], False, S.DOCUMENTED),
    ([POLL], [], [], [], False, S.DOCUMENTED),
    # several that may be one
    ([GROUP], [], [], [], False, S.SINGLE_ANONYMOUS),
    ([ANON, ANON2], [], [], [], False, S.SINGLE_ANONYMOUS),
    ([ANON, ANON2], [], [], [("anon", "anon2", K.MAY_BE_SAME)], False, S.SINGLE_ANONYMOUS),
    ([ANON, ANON2], [], [], [("anon", "anon2", K.SAME_INSTITUTION)], False, S.SINGLE_ANONYMOUS),
    ([ANON, ANON2], [], [], [("anon", "anon2", K.UNKNOWN)], False, S.SINGLE_ANONYMOUS),
    ([NAMED, ANON], [], [], [("named", "anon", K.MAY_BE_SAME)], False, S.SINGLE_NAMED),
    ([NAMED, NAMED2], [], [], [("named", "named2", K.SAME)], False, S.SINGLE_NAMED),
    # several
    ([ANON, ANON2], [], [], [("anon", "anon2", K.INDEPENDENT)], False, S.SEVERAL_INDEPENDENT),
    ([GROUP], [], [], [("group", "group", K.INDEPENDENT)], False, S.SEVERAL_INDEPENDENT),
    ([NAMED, NAMED2], [], [], [], False, S.SEVERAL_INDEPENDENT),
    ([NAMED, OFFICE], [], [], [], False, S.SEVERAL_INDEPENDENT),
    ([NAMED, COLLEAGUE], [], [], [], False, S.SEVERAL_NOT_INDEPENDENT),
    ([NAMED, MINISTRY], [], [], [], False, S.SEVERAL_NOT_INDEPENDENT),
    ([NAMED2, MINISTRY], [], [], [], False, S.SEVERAL_INDEPENDENT),
    ([NAMED, NAMED2], [], [], [("named", "named2", K.UNKNOWN)], False, S.SEVERAL_NOT_INDEPENDENT),
    (
        [NAMED, NAMED2],
        [],
        [],
        [("named", "named2", K.SAME_INSTITUTION)],
        False,
        S.SEVERAL_NOT_INDEPENDENT,
    ),
    (
        [NAMED, NAMED2],
        [],
        [],
        [("named2", "named", K.DERIVED_FROM)],
        False,
        S.SEVERAL_NOT_INDEPENDENT,
    ),
    ([NAMED, ANON], [], [], [], False, S.SEVERAL_NOT_INDEPENDENT),
    ([NAMED, ANON], [], [], [("named", "anon", K.INDEPENDENT)], False, S.SEVERAL_INDEPENDENT),
    ([NAMED, PRESS], [], [], [], False, S.SEVERAL_NOT_INDEPENDENT),
    # documents and own eyes
    ([NAMED, DOCUMENT], [], [], [], False, S.SEVERAL_INDEPENDENT),
    ([NAMED, DOCUMENT], [], [], [("named", "doc", K.DERIVED_FROM)], False, S.DOCUMENTED),
    ([ANON, DOCUMENT], [], [], [], False, S.DOCUMENTED),
    ([DOCUMENT, DATABASE], [], [], [], False, S.DOCUMENTED),
    ([JOURNALIST, ANON], [], [], [], False, S.OWN_OBSERVATION),
    ([JOURNALIST, NAMED, NAMED2], [], [], [], False, S.OWN_OBSERVATION),
    # somebody says no
    ([], [NAMED], [], [], False, S.DENIED),
    ([NAMED], [NAMED], [], [], False, S.DENIED),
    ([ANON], [NAMED], [], [], False, S.DISPUTED),
    ([NAMED, NAMED2], [NAMED], [], [], False, S.DISPUTED),
    ([JOURNALIST], [NAMED], [], [], False, S.DISPUTED),
    # somebody says nothing
    ([], [], [NAMED], [], False, S.DECLINED_COMMENT_ONLY),
    ([ANON], [], [NAMED], [], False, S.SINGLE_ANONYMOUS),
    ([], [NAMED2], [NAMED], [], False, S.DENIED),
    # the outlet says that it does not know
    ([], [], [], [], True, S.OUTLET_COULD_NOT_VERIFY),
    ([ANON], [], [], [], True, S.OUTLET_COULD_NOT_VERIFY),
    ([NAMED, NAMED2], [], [], [], True, S.OUTLET_COULD_NOT_VERIFY),
    ([], [], [NAMED], [], True, S.OUTLET_COULD_NOT_VERIFY),
    ([], [NAMED], [], [], True, S.DENIED),
    ([ANON], [NAMED], [], [], True, S.DISPUTED),
]


@pytest.mark.parametrize(
    ("supporters", "deniers", "refusers", "relations", "unverified", "state"), TABLE
)
def test_the_table_of_combinations(supporters, deniers, refusers, relations, unverified, state):
    data = records(
        claim(),
        *dict.fromkeys((*supporters, *deniers, *refusers)),
        *(says("c", s.id) for s in supporters),
        *(denies("c", s.id) for s in deniers),
        *(refuses("c", s.id) for s in refusers),
        *(relation(*row) for row in relations),
        *([could_not_verify("c")] if unverified else []),
    )
    assert sourcing_state("c", data) is state


def test_every_state_is_in_the_table():
    assert {row[-1] for row in TABLE} == set(SourcingState)


#: Who says it (with what is said of them), and the state if nobody speaks against it.
SUPPORT = {
    "nobody": ([], [], S.UNATTRIBUTED),
    "one named": ([NAMED], [], S.SINGLE_NAMED),
    "one by office": ([OFFICE], [], S.SINGLE_NAMED),
    "an organisation": ([MINISTRY], [], S.SINGLE_NAMED),
    "a press report": ([PRESS], [], S.SINGLE_NAMED),
    "one unnamed": ([ANON], [], S.SINGLE_ANONYMOUS),
    "nobody described": ([UNKNOWN], [], S.SINGLE_ANONYMOUS),
    "a group": ([GROUP], [], S.SINGLE_ANONYMOUS),
    "a group of two people": ([GROUP], [("group", "group", K.INDEPENDENT)], S.SEVERAL_INDEPENDENT),
    "two unnamed": ([ANON, ANON2], [], S.SINGLE_ANONYMOUS),
    "two unnamed, independent": (
        [ANON, ANON2],
        [("anon", "anon2", K.INDEPENDENT)],
        S.SEVERAL_INDEPENDENT,
    ),
    "one who repeats the other": (
        [ANON, ANON2],
        [("anon", "anon2", K.DERIVED_FROM)],
        S.SEVERAL_NOT_INDEPENDENT,
    ),
    "two named": ([NAMED, NAMED2], [], S.SEVERAL_INDEPENDENT),
    "two of one house": ([NAMED, COLLEAGUE], [], S.SEVERAL_NOT_INDEPENDENT),
    "a named and an unnamed one": ([NAMED, ANON], [], S.SEVERAL_NOT_INDEPENDENT),
    "a document": ([DOCUMENT], [], S.DOCUMENTED),
    "a document and one unnamed": ([DOCUMENT, ANON], [], S.DOCUMENTED),
    "a document and one named": ([DOCUMENT, NAMED], [], S.SEVERAL_INDEPENDENT),
    "the reporter": ([JOURNALIST], [], S.OWN_OBSERVATION),
    "the reporter and others": ([JOURNALIST, NAMED, ANON], [], S.OWN_OBSERVATION),
}
OTHER = named("other", affiliation_name="Commune d’Aubry")
SILENT = named("silent", affiliation_name="Préfecture")


@pytest.mark.parametrize("is_unverified", [False, True], ids=["", "could not verify"])
@pytest.mark.parametrize("is_refused", [False, True], ids=["", "refused"])
@pytest.mark.parametrize("is_denied", [False, True], ids=["", "denied"])
@pytest.mark.parametrize("support", SUPPORT)
def test_every_combination_has_its_state(support, is_denied, is_refused, is_unverified):
    """In this order: a denial, what the outlet could not verify, who says it, who said nothing."""
    people, relations, state = SUPPORT[support]
    data = records(
        claim(),
        *people,
        OTHER,
        SILENT,
        *(says("c", s.id) for s in people),
        *(relation(*row) for row in relations),
        *([denies("c", "other")] if is_denied else []),
        *([refuses("c", "silent")] if is_refused else []),
        *([could_not_verify("c")] if is_unverified else []),
    )
    if is_denied:
        expected = S.DISPUTED if people else S.DENIED
    elif is_unverified:
        expected = S.OUTLET_COULD_NOT_VERIFY
    elif is_refused and not people:
        expected = S.DECLINED_COMMENT_ONLY
    else:
        expected = state
    assert sourcing_state("c", data) is expected


def test_members_of_a_group_said_to_be_independent_are():
    data = records(
        claim(),
        GROUP,
        source("s1", group_id="group"),
        source("s2", group_id="group"),
        relation("s1", "s2", K.INDEPENDENT),
        says("c", "group"),
    )
    assert sourcing_state("c", data) is S.SEVERAL_INDEPENDENT


def test_two_who_repeat_a_third_are_not_independent():
    rows = [relation("named", "root", K.DERIVED_FROM), relation("named2", "root", K.DERIVED_FROM)]
    people = [NAMED, NAMED2, source("root")]
    data = records(claim(), *people, *rows, says("c", "named"), says("c", "named2"))
    assert sourcing_state("c", data) is S.SEVERAL_NOT_INDEPENDENT


def test_who_relays_is_not_independent_without_a_word():
    relay = named("relay", proximity=Proximity.RELAYED)
    data = records(claim(), NAMED, relay, says("c", "named"), says("c", "relay"))
    assert sourcing_state("c", data) is S.SEVERAL_NOT_INDEPENDENT


def test_a_claim_takes_the_source_of_the_smallest_quote_around_it():
    data = records(
        quote("outer", 0, 100),
        quote("inner", 10, 60),
        claim("c", 20, 40),
        claim("outside", 95, 110),
        NAMED,
        ANON,
        says("outer", "named"),
        says("inner", "anon"),
    )
    sourcing = Sourcing(data)
    assert sourcing.basis("c").state is S.SINGLE_ANONYMOUS
    assert sourcing.basis("c").inherited_from == "inner"
    assert sourcing.basis("outside").state is S.UNATTRIBUTED


def test_a_claims_own_source_wins_over_the_quote_around_it():
    data = records(
        quote("q", 0, 100), claim("c", 20, 40), NAMED, ANON, says("q", "named"), says("c", "anon")
    )
    assert sourcing_state("c", data) is S.SINGLE_ANONYMOUS


def test_what_the_reporter_saw_needs_no_source():
    seen = quote("q", channel=Channel.DIRECT_OBSERVATION)
    assert sourcing_state("q", records(seen)) is S.OWN_OBSERVATION


def test_a_quote_of_declined_comment_supports_nothing():
    data = records(quote("q", channel=Channel.DECLINED_COMMENT), NAMED, says("q", "named"))
    assert sourcing_state("q", data) is S.DECLINED_COMMENT_ONLY


def test_could_not_verify_without_a_claim_holds_for_its_paragraph():
    text = "A" * 50 + "\n" + "B" * 50
    data = records(
        claim("here", 60, 70),
        claim("there", 10, 20),
        quote("quoted", 60, 70),
        could_not_verify(None, 90),
        text=text,
    )
    states = Sourcing(data).states()
    assert states["here"] is S.OUTLET_COULD_NOT_VERIFY
    assert states["there"] is S.UNATTRIBUTED
    assert states["quoted"] is S.UNATTRIBUTED


def test_who_only_declined_to_comment_is_not_a_source_of_the_article():
    data = records(
        claim(), claim("d", 20, 30), ANON, NAMED, NAMED2, JOURNALIST,
        says("c", "anon"), says("c", "me"), refuses("d", "named2"), declined("named"),
    )  # fmt: skip
    sourcing = Sourcing(data)
    assert sourcing.speaking == ("anon",)
    assert sourcing.distinct.words() == "1"


def test_an_attribution_to_a_source_that_is_gone_counts_for_nothing():
    assert sourcing_state("c", records(claim(), says("c", "gone"))) is S.UNATTRIBUTED


def test_only_quotes_and_claims_have_a_state():
    data = records(could_not_verify())
    with pytest.raises(KeyError):
        sourcing_state(next(iter(data.marks)), data)


PEOPLE = [ANON, ANON2, GROUP, NAMED, NAMED2, COLLEAGUE, DOCUMENT, PRESS, JOURNALIST, UNKNOWN]
names = st.sampled_from([p.id for p in PEOPLE])


@given(
    st.lists(st.tuples(names, st.sampled_from(AttributionAct)), max_size=6),
    st.lists(st.tuples(names, names, st.sampled_from(SourceRelationKind)), max_size=6),
    st.booleans(),
)
def test_the_order_of_records_changes_nothing(attributions, relations, unverified):
    rows = [
        claim(),
        *PEOPLE,
        *(says("c", who, act) for who, act in attributions),
        *(relation(*row) for row in relations),
        *([could_not_verify("c")] if unverified else []),
    ]
    forth, back = records(*rows), records(*reversed(rows))
    assert sourcing_state("c", forth) is sourcing_state("c", back)
    a, b = Sourcing(forth).distinct, Sourcing(back).distinct
    assert (a.low, a.high) == (b.low, b.high)


def test_records_are_what_they_are_made_of():
    data = Records.of(marks=[claim()], sources=[ANON], attributions=[says("c", "anon")])
    assert list(data.marks) == ["c"]

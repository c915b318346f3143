"""The item models: honest to Qt, and cheap however long the list is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex

from annotator.app.commands.actors import FoundMention
from annotator.gui.models.dates import parse_date, show_date
from annotator.gui.models.found import FoundModel
from annotator.gui.models.lister import Lister
from annotator.gui.models.listing import ListingModel
from annotator.gui.models.rows import Row, one_line, quoted
from annotator.gui.models.sources import SourceLister
from annotator.model.article import DatePrecision
from annotator.model.span import Span
from gui.panels.acts import rows


class Letters(Lister):
    """List whatever letters it is given."""

    orders = ("text", "name")

    def __init__(self):
        self.letters = []
        self.made = 0

    def load(self, data):
        if data is not None:
            self.letters = list(data)

    def ids(self, order):
        return sorted(self.letters) if order == "name" else list(self.letters)

    def row(self, record_id):
        self.made += 1
        return Row(record_id, f"row {record_id}")


def mirror(model):
    """Keep a list true by the model's signals alone, as a view does."""
    kept = list(model.shown_ids)

    def inserted(_parent, first, last):
        kept[first:first] = [model.id_at(model.index(n)) for n in range(first, last + 1)]

    def removed(_parent, first, last):
        del kept[first : last + 1]

    model.rowsInserted.connect(inserted)
    model.rowsRemoved.connect(removed)
    return kept


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=6))
def test_a_view_that_believes_the_signals_is_right(states):
    model = ListingModel(Letters())
    kept = mirror(model)
    for state in states:
        model.load(state)
        assert kept == list(model.shown_ids) == state
        assert [model.index_of(i).row() for i in state] == list(range(len(state)))


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sampled_from("abcdefghz"))
def test_filter_and_order_agree(state, letter):
    model = ListingModel(Letters())
    kept = mirror(model)
    model.load(state)
    model.set_order("name")
    model.set_filter(f"row {letter}")
    assert kept == [i for i in sorted(state) if i == letter]
    model.set_filter("")
    assert kept == sorted(state)
    assert model.total == len(state)


def test_the_list_model_keeps_qts_rules(qtmodeltester):
    model = ListingModel(Letters())
    qtmodeltester.check(model, force_py=True)
    model.load("abc")
    model.load("acbd")
    model.set_filter("row a")


def test_the_tick_model_keeps_qts_rules(qtmodeltester):
    model = FoundModel()
    model.set_found([FoundMention("a", "Titre", Span(0, 3), "", "Oui", " bien")])
    qtmodeltester.check(model, force_py=True)
    model.tick_all(on=False)
    assert model.ticked() == []


def test_a_real_list_keeps_qts_rules(qtmodeltester, session, desk, mark):
    mark("source", "deux sources proches du dossier")
    model = ListingModel(SourceLister(session))
    model.load(desk.data)
    qtmodeltester.check(model, force_py=True)


def test_rows_are_made_only_when_they_are_looked_at():
    lister = Letters()
    model = ListingModel(lister)
    model.load([str(n) for n in range(10_000)])
    assert lister.made == 0
    model.row_of("7")
    model.row_of("7")
    assert lister.made == 1


def test_a_parent_has_no_rows_and_no_row_no_data():
    model = ListingModel(Letters())
    model.load("ab")
    assert model.rowCount(model.index(0)) == 0
    assert model.data(QModelIndex()) is None
    assert not model.index_of("zz").isValid()
    assert model.id_at(QModelIndex()) == ""


# -- words --------------------------------------------------------------------------------------


def test_one_line_keeps_french_spaces():
    assert one_line("  a\n b\t«\u00a0c\u00a0» \u202f! ") == "a b «\u00a0c\u00a0» \u202f!"


def test_quoted_words_are_not_quoted_twice():
    assert quoted("oui") == "“oui”"
    assert quoted("«\u00a0oui\u00a0»") == "«\u00a0oui\u00a0»"
    assert quoted("") == ""


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.times(),
    st.sampled_from(list(DatePrecision)),
    st.sampled_from(["", "+01:00", "-05:30"]),
)
def test_dates_are_read_back_as_they_are_shown(day, clock, precision, zone):
    lengths = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}
    value = f"{day.isoformat()}T{clock.strftime('%H:%M:%S')}"[: lengths[precision.value]]
    if precision in (DatePrecision.MINUTE, DatePrecision.SECOND):
        value += zone
    found = parse_date(value)
    assert (found.value, found.precision) == (value, precision)
    assert parse_date(show_date(found)) == found


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14/03/2031", "2031-03-14"),
        ("3.2031", "2031-03"),
        ("14/3/2031, 7h42", "2031-03-14T07:42"),
        ("2031-03-14T07:42Z", "2031-03-14T07:42+00:00"),
        ("2031-3-4 07:42 +0100", "2031-03-04T07:42+01:00"),
    ],
)
def test_dates_as_people_type_them(words, value):
    assert parse_date(words).value == value


@pytest.mark.parametrize("words", ["2031-13", "32/01/2031", "hier", "2031-03-14 25:00", "20310"])
def test_what_is_no_date_is_refused(words):
    with pytest.raises(ValueError, match=r"date|month|day|hour"):
        parse_date(words)
    assert parse_date("  ") is None


def test_rows_of_a_panel_are_found_by_any_of_their_words(panel, mark):
    mark("source", "deux sources proches du dossier")
    sources = panel("sources")
    assert rows(sources) == ["Deux sources proches du dossier, not identified yet · ¶\u00a01"]

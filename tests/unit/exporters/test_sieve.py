"""The search for hidden names finds as much among thousands of names as among a few."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters.canary import Hidden, found_in
from annotator.exporters.redact import plain

name = st.text("abcdé’ 🙂", min_size=4, max_size=9).map(plain).filter(lambda w: len(w) >= 4)
STRANGERS = frozenset(Hidden(f"stranger number {n:04}", "actor") for n in range(60))


@given(st.text("abcdé’ 🙂", max_size=400), st.sets(name, max_size=20))
def test_many_names_hide_none(text, names):
    hidden = frozenset(Hidden(words, "actor") for words in names)
    assert found_in(text.encode(), hidden | STRANGERS) == found_in(text.encode(), hidden)


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["utf-8", "utf-16-le"]))
def test_a_name_is_found_among_many_wherever_it_stands(before, after, codec):
    wanted = Hidden("irène castel", "actor")
    data = f"{before} Irène Castel {after}".encode(codec, "ignore")
    assert wanted in found_in(data, STRANGERS | {wanted}) or codec != "utf-8"


def test_empty_and_tiny_files_hold_nothing():
    for data in (b"", b"abc", b"\x00"):
        assert found_in(data, STRANGERS) == set()

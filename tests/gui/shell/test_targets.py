"""Which words a key means, and what a few letters mean: for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.step_names import step_name
from annotator.gui.fuzzy import match, with_hits
from annotator.gui.targets import spans_to_mark
from annotator.gui.typeset import HIT_ENDS, HIT_STARTS, hit_ranges, without_hits
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind

NB = "\u00a0"
FRENCH = (
    f"«{NB}Les vannes n’ont jamais été testées{NB}», a dit l’une d’elles, sous couvert "
    f"d’anonymat, «{NB}et tout le monde le savait{NB}». Le ministère de l’Énergie a démenti. "
    f"La Région de Verne attend.\n"
    f"Il a dit que c’était «{NB}grave{NB}» et «{NB}urgent{NB}» 🙂.\n"
)


def words(kind, caret_at, *, selection=None):
    spans = spans_to_mark(FRENCH, "fr", selection, FRENCH.index(caret_at) + 1, kind)
    return [span.slice(FRENCH) for span in spans]


def test_a_quotation_loses_what_interrupts_it():
    pieces = words(MarkKind.QUOTE, "vannes")
    assert [piece[0] + piece[-1] for piece in pieces] == ["«»", "«»"]
    whole = Span(0, FRENCH.index(" Le ministère"))
    assert words(MarkKind.QUOTE, "vannes", selection=whole) == pieces


def test_a_claim_keeps_the_selection_and_takes_the_sentence_without_one():
    whole = Span(0, FRENCH.index(" Le ministère"))
    assert words(MarkKind.CLAIM, "vannes", selection=whole) == [whole.slice(FRENCH)]
    assert words(MarkKind.CLAIM, "démenti") == ["Le ministère de l’Énergie a démenti."]


def test_an_actor_is_the_name_and_a_cue_the_word():
    assert words(MarkKind.ACTOR, "Verne") == ["Région de Verne"]
    assert words(MarkKind.CUE, "démenti") == ["démenti"]


def test_two_quotations_of_a_sentence_are_two_quotes():
    assert words(MarkKind.QUOTE, "grave") == [f"«{NB}grave{NB}»"]


TEXTS = st.text(st.sampled_from("aB «»“”\"'’.,!?\n\u00a0🙂\u0301dit"), max_size=80)


@given(TEXTS, st.sampled_from(MarkKind), st.data())
def test_what_is_marked_lies_in_the_text_and_has_words(text, kind, data):
    caret = data.draw(st.integers(0, len(text)))
    spans = spans_to_mark(text, "fr", None, caret, kind)
    assert all(span.end <= len(text) and span.slice(text).strip() for span in spans)
    assert bool(spans) is bool(text.strip())


@given(TEXTS.filter(lambda text: len(text) > 1), st.sampled_from(MarkKind), st.data())
def test_a_selection_is_never_left(text, kind, data):
    start = data.draw(st.integers(0, len(text) - 1))
    selection = Span(start, data.draw(st.integers(start + 1, len(text))))
    spans = spans_to_mark(text, "fr", selection, selection.end, kind)
    assert all(selection.contains(span) for span in spans)


@given(st.text(max_size=20), st.text(max_size=60))
def test_matched_letters_are_in_the_text_in_order(letters, text):
    found = match(letters, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= place < len(text) for place in found.places)
        marked = with_hits(text, found.places, HIT_STARTS, HIT_ENDS)
        if HIT_STARTS not in text and HIT_ENDS not in text:
            assert without_hits(marked) == text
            assert sum(size for _, size in hit_ranges(marked)) >= len(set(found.places))


@pytest.mark.parametrize(
    ("letters", "best", "worse"),
    [
        ("quo", "Mark as quote", "Show the library quoins"),
        ("mq", "Mark as quote", "Import a query"),
        ("elec", "Électricité", "Téléconférence"),
    ],
)
def test_better_fits_score_higher(letters, best, worse):
    one, other = match(letters, best), match(letters, worse)
    assert one is not None
    assert other is None or one.score > other.score


def test_letters_that_do_not_occur_fit_nothing():
    assert match("xyz", "Mark as quote") is None


def test_steps_are_called_as_exactly_as_they_are_known():
    assert step_name("mark", [("kind", "quote"), ("count", "1")]) == "mark a quote"
    assert step_name("delete-marks", [("count", "3")]) == "delete 3 marks"
    assert step_name("attribute", [("source", "")]) == "attribute"
    long = step_name("attribute", [("source", "x" * 500)], longest=48)
    assert len(long) < 80

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.model.span import Span, hull
from annotator.text.anchors import CONTEXT, carry, make_anchor, place, verify
from annotator.text.canonical import canonicalise
from helpers.strategies import hostile_text, text_and_span

TEXT = (
    "Le ministre a dit lundi que rien ne changerait. « Nous restons », a-t-il ajouté, « jusqu’au "
    "bout ». Une source proche du dossier a dit le contraire. Le ministre a dit mardi qu’il part."
)


def spans_of(text: str, *pieces: str) -> tuple[Span, ...]:
    found: list[Span] = []
    at = 0
    for piece in pieces:
        at = text.index(piece, at)
        found.append(Span(at, at + len(piece)))
        at += len(piece)
    return tuple(found)


@given(text_and_span(hostile_text.map(lambda raw: canonicalise(raw).text)))
def test_an_anchor_verifies_and_is_found_again(drawn: tuple[str, int, int]):
    text, start, end = drawn
    span = Span(start, end)
    anchor = make_anchor(text, (span,))
    assert verify(text, (span,), anchor)
    found = place(text, anchor, near=start, pieces=(len(span),))
    if found is not None:
        assert found.spans[0].slice(text) == span.slice(text)
    if len(anchor.prefix) == len(anchor.suffix) == CONTEXT:
        assert found is not None
        assert found.spans == (span,)
        assert found.how == "exact"


PADDING = st.text(min_size=CONTEXT, max_size=CONTEXT + 8).map(lambda raw: raw.replace("\r", " "))


@given(PADDING, st.text(min_size=1, max_size=20), PADDING, hostile_text)
def test_text_put_before_a_mark_only_moves_it(before: str, words: str, after: str, extra: str):
    text = canonicalise(before + words + after).text
    assume(len(text) == len(before + words + after))
    span = Span(len(before), len(before) + len(words))
    anchor = make_anchor(text, (span,))
    new = canonicalise(extra).text + text
    by = len(new) - len(text)
    found = place(new, anchor, near=span.start + by, pieces=(len(span),))
    assert found is not None
    assert found.how == "exact"
    assert found.spans == (span.shifted(by),)


def test_verify_refuses_the_same_words_elsewhere():
    first, second = spans_of(TEXT, "Le ministre", "Le ministre")
    anchor = make_anchor(TEXT, (first,))
    assert verify(TEXT, (first,), anchor)
    assert not verify(TEXT, (second,), anchor)
    assert not verify(TEXT[:5], (first,), anchor)
    assert not verify(TEXT, (), anchor)


def test_discontinuous_marks_keep_their_pieces():
    spans = spans_of(TEXT, "« Nous restons »", "« jusqu’au bout »")
    anchor = make_anchor(TEXT, spans)
    assert anchor.quotation == "« Nous restons » […] « jusqu’au bout »"
    new = "Mise à jour. " + TEXT.replace("a-t-il ajouté", "a-t-il répété devant la presse")
    found = place(new, anchor, pieces=tuple(map(len, spans)))
    assert found is not None
    assert found.how == "exact"
    assert [s.slice(new) for s in found.spans] == ["« Nous restons »", "« jusqu’au bout »"]


def test_other_surroundings_are_called_moved_and_other_words_changed():
    (span,) = spans_of(TEXT, "Une source proche du dossier a dit le contraire")
    anchor = make_anchor(TEXT, (span,))
    moved = place("Ailleurs : " + span.slice(TEXT) + ", selon nous.", anchor)
    assert moved is not None
    assert moved.how == "moved"
    new = TEXT.replace("proche du dossier", "proche du dossier nucléaire")
    changed = place(new, anchor)
    assert changed is not None
    assert changed.how == "changed"
    assert (
        changed.spans[0].slice(new) == "Une source proche du dossier nucléaire a dit le contraire"
    )


def test_two_equal_places_are_not_guessed():
    text = "oui " * 40
    anchor = make_anchor(text, (Span(80, 83),))
    assert place(text, anchor) is None
    near = place(text, anchor, near=80)
    assert near is not None
    assert near.spans == (Span(80, 83),)


def test_short_words_without_their_surroundings_are_not_believed():
    anchor = make_anchor(TEXT, spans_of(TEXT, "dit"))
    assert place("Autre texte où il dit autre chose.", anchor) is None


def test_spans_outside_the_text_have_no_anchor():
    with pytest.raises(ValueError, match="do not lie"):
        make_anchor("abc", (Span(1, 9),))
    with pytest.raises(ValueError, match="do not lie"):
        make_anchor("abc", ())


@given(st.text(max_size=30), st.lists(st.integers(0, 40), max_size=3))
def test_place_survives_any_pieces(quotation: str, pieces: list[int]):
    from annotator.model.annotations import Anchor

    found = place(TEXT, Anchor(quotation, "a", "b"), near=3, pieces=tuple(pieces))
    assert found is None or hull(found.spans).end <= len(TEXT)


_STORY = (
    "Le pont de Sorn fermera lundi pour six mois, a annoncé la mairie, qui promet des navettes.",
    "Deux sources proches du dossier ont dit que les câbles étaient usés depuis des années.",
    "Les commerçants de la rive gauche redoutent une baisse de leur chiffre d’affaires.",
    "La préfecture a refusé de commenter, et le port n’a pas répondu depuis mardi soir.",
)


def _carried(words, new):
    old = "\n".join(_STORY)
    at = old.index(words)
    (found,) = carry(old, new, [(Span(at, at + len(words)),)])
    return found.how, "".join(span.slice(new) for span in found.spans)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 2, 0), (2, 3, 0, 1)])
@pytest.mark.parametrize(
    ("words", "become"),
    [("six mois", "huit mois"), ("Deux sources", "Trois sources"), ("la mairie", "le maire")],
)
def test_a_few_words_are_found_changed_between_the_same_surroundings(order, words, become):
    new = "\n".join(_STORY[number] for number in order).replace(words, become)
    how, found = _carried(words, new)
    assert found == become
    assert how in ("changed", "moved-changed")


@pytest.mark.parametrize(
    ("words", "become"),
    [
        ("des navettes", "de passer"),  # quite other words
        ("la mairie", "le ministre des Transports du pays voisin"),  # far more of them
        ("mardi soir", "hier"),
    ],
)
def test_a_few_words_that_became_others_are_lost(words, become):
    assert _carried(words, "\n".join(_STORY).replace(words, become)) == ("lost", "")


def test_a_few_words_with_two_such_places_are_lost():
    new = "\n".join((*_STORY, _STORY[0])).replace("six mois", "huit mois")
    assert _carried("six mois", new) == ("lost", "")

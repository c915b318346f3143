from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.alignment import align, diff
from annotator.text.anchors import carry
from annotator.text.canonical import canonicalise
from helpers.strategies import hostile_text
from helpers.wire import generate

texts = hostile_text.map(lambda raw: canonicalise(raw).text)


@given(texts, texts)
def test_blocks_are_shared_and_in_order(old: str, new: str):
    at_old = at_new = 0
    for block in align(old, new):
        assert block.length > 0
        assert block.old >= at_old
        assert block.new >= at_new
        at_old, at_new = block.old + block.length, block.new + block.length
        assert old[block.old : at_old] == new[block.new : at_new]


@given(texts, texts)
def test_a_diff_rebuilds_both_texts(old: str, new: str):
    pieces = diff(old, new)
    assert "".join(p.old.slice(old) for p in pieces if p.old) == old
    assert "".join(p.new.slice(new) for p in pieces if p.new) == new
    assert all(p.old and p.new for p in pieces if p.kind in ("same", "replaced"))


def test_a_diff_is_by_words():
    old = "Le ministre a dit non. Il est parti."
    new = "Le ministre a répété non. Il est enfin parti."
    kinds = [
        (p.kind, p.old and p.old.slice(old), p.new and p.new.slice(new)) for p in diff(old, new)
    ]
    assert ("replaced", "dit", "répété") in kinds
    assert any(kind == "added" and "enfin" in (words or "") for kind, _, words in kinds)


@given(st.data())
def test_an_edit_outside_a_mark_leaves_it_on_its_words(data: st.DataObject):
    old = data.draw(texts.filter(bool))
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    before = data.draw(st.booleans())
    low, high = (0, start) if before else (end, len(old))
    cut_from = data.draw(st.integers(low, high))
    cut_to = data.draw(st.integers(cut_from, high))
    put = data.draw(texts)
    new = canonicalise(old[:cut_from] + put + old[cut_to:]).text
    if new != old[:cut_from] + put + old[cut_to:]:
        return
    (carried,) = carry(old, new, [(Span(start, end),)])
    assert carried.how == "exact"
    assert carried.spans[0].slice(new) == old[start:end]


def test_many_edits_outside_leave_every_mark_on_its_words():
    rng = random.Random(4)
    (old,), _ = generate(1, seed=9)
    sentences = old.split("\n")
    marks: list[tuple[Span, ...]] = []
    at = 0
    new_sentences: list[str] = []
    for number, sentence in enumerate(sentences):
        if number % 3 == 0:
            marks.append((Span(at + 5, at + len(sentence) - 4),))
            new_sentences.append(sentence)
        elif number % 3 == 1:
            words = sentence.split()
            words.insert(rng.randrange(len(words)), "entretemps")
            new_sentences += [" ".join(words), "Une phrase de plus."]
        at += len(sentence) + 1
    new = "Mise à jour.\n" + "\n".join(new_sentences)
    for spans, carried in zip(marks, carry(old, new, marks), strict=True):
        assert carried.how == "exact"
        assert carried.spans[0].slice(new) == spans[0].slice(old)


OLD = (
    "Le ministre a dit lundi que rien ne changerait pour les dockers du port de Norport.\n"
    "« Nous restons », a-t-il ajouté, « jusqu’au bout ».\n"
    "Une source proche du dossier a dit le contraire à la presse locale, sans autre détail.\n"
    "Le parquet n’a pas voulu commenter ces informations dans l’immédiat."
)


def mark(*pieces: str) -> tuple[Span, ...]:
    return tuple(Span(OLD.index(p), OLD.index(p) + len(p)) for p in pieces)


def test_what_became_of_each_mark_is_said():
    lines = OLD.split("\n")
    new = "\n".join([
        lines[3],
        lines[0].replace("rien ne changerait", "rien ne changerait vraiment"),
        lines[1],
    ])  # fmt: skip
    results = carry(
        OLD,
        new,
        [
            mark("« Nous restons »", "« jusqu’au bout »"),
            mark("Le parquet n’a pas voulu commenter ces informations"),
            mark("que rien ne changerait pour les dockers"),
            mark("Une source proche du dossier"),
        ],
    )
    assert [r.how for r in results] == ["exact", "moved", "changed", "lost"]
    assert [s.slice(new) for s in results[0].spans] == ["« Nous restons »", "« jusqu’au bout »"]
    assert results[2].spans[0].slice(new) == "que rien ne changerait vraiment pour les dockers"
    assert results[3].spans == ()


def test_alignment_of_long_repetitive_texts_ends():
    old, new = "a b " * 40_000, "b a " * 40_000
    assert sum(block.length for block in align(old, new)) > 0
    assert align("x " * 50_000, "y " * 50_000) is not None

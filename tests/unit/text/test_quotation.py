from __future__ import annotations

import pytest
from hypothesis import given

from annotator.model.span import Span
from annotator.text.canonical import canonicalise
from annotator.text.quotation import quotations, trim_content
from annotator.text.segments import paragraphs
from helpers.strategies import hostile_text, text_and_span

NB = "\u00a0"
NNB = "\u202f"


def inner(text: str) -> list[str]:
    return [quotation.inner.slice(text) for quotation in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"«{NB}Oui{NB}», dit-il, «{NNB}non{NNB}».", ["Oui", "non"]),
        ("«A» et « B »", ["A", "B"]),
        ('"A", a dit X, "B"', ["A", "B"]),
        ('" Bonjour " a dit X', ["Bonjour"]),
        ("“A ‘b “c” d’ e”", ["A ‘b “c” d’ e", "b “c” d", "c"]),
        ("„So“, „tak”, ”hej”, »Ja«, ‚so‘, ‹oui›, »kyllä»",
         ["So", "tak", "hej", "Ja", "so", "oui", "kyllä"]),
        ("「はい『そう』」", ["はい『そう』", "そう"]),
        ("l'un d'eux a dit 'oui', l’autre qu’il l’a vu", ["oui"]),
        ("‘The students’ work is good,’ she said. ‘It’s “very” good.’",
         ["The students’ work is good,", "It’s “very” good.", "very"]),
        ("rock ’n’ roll in the ’90s, O'Brien's and James' car", []),
        ('a 5" tube and "hello"', ["hello"]),
        ('"oops and "real" one', ["real"]),
        ('« A " B » puis "C"', ['A " B', "C"]),
        ('"A « B" et « C »', ["A « B", "C"]),
        ("perdu » puis « gardé »", ["gardé"]),
        ("« perdu puis « gardé »", ["gardé"]),
        ('dit: "(encore plus) violente", a dit', ["(encore plus) violente"]),
        (f"— Bonjour, dit-il.\n– trois morts ;\n— Oui « non »{NB}!",
         ["Bonjour, dit-il.", f"Oui « non »{NB}!", "non"]),
        ('«» "" “ ”', []),
        ("( \"A\" )", ["A"]),
        ('"Il a dit \'oui\' hier"', ["Il a dit 'oui' hier", "oui"]),
    ],
)  # fmt: skip
def test_every_national_style(text: str, expected: list[str]):
    assert inner(text) == expected


def test_a_quotation_over_paragraphs_comes_in_pieces():
    text = '"One.\n\n"Two.\n"Three," he said. "Four."\nAfter'
    found = quotations(text)
    assert [q.inner.slice(text) for q in found] == ["One.", "Two.", "Three,", "Four."]
    assert [q.continued for q in found] == [True, True, False, False]
    text = "« Un\n« Deux\n» Trois », dit-il."
    assert inner(text) == ["Un", "Deux", "Trois"]


def test_a_chain_that_is_never_closed_is_only_unbalanced_marks():
    assert inner('"One.\n"Two.\nThree "four"') == ["four"]
    assert inner("« Un\nDeux »") == []


def test_depth_counts_the_quotations_around():
    text = "« a “b ‘c’” » “d”"
    assert [q.depth for q in quotations(text)] == [0, 1, 2, 0]


@given(hostile_text)
def test_quotations_lie_in_one_paragraph_and_nest(raw: str):
    text = canonicalise(raw).text
    lines = paragraphs(text)
    found = quotations(text)
    assert [q.outer.start for q in found] == sorted(q.outer.start for q in found)
    for quotation in found:
        assert quotation.outer.contains(quotation.inner)
        assert quotation.inner.slice(text) == quotation.inner.slice(text).strip()
        assert sum(line.contains(quotation.outer) for line in lines) == 1
    for one in found:
        for other in found:
            if one.outer.overlaps(other.outer) and one != other:
                assert one.outer.contains(other.outer) or other.outer.contains(one.outer)


@pytest.mark.parametrize("stray", ["«", "»", "“", "”", '"', "‘", "„", "‹"])
def test_a_stray_mark_costs_that_mark_only(stray: str):
    text = f'Un mot {stray} perdu. Il dit « oui » et “non”, puis "rien".'
    found = [q.inner.slice(text) for q in quotations(text)]
    assert {"oui", "non", "rien"} <= set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"A", a dit X, "B"', ['"A"', '"B"']),
        ("« Oui », dit-il. « Non, je pars »", ["« Oui »", "« Non, je pars »"]),
        ("“A,” said John, “B,” he added, “C”", ["“A,”", "“B,”", "“C”"]),
        ('"A", "B" et "C"', ['"A", "B" et "C"']),
        ('"A" et la suite "B"', ['"A" et la suite "B"']),
        ('X: "A", a dit X, "B"', ['X: "A", a dit X, "B"']),
        ("« A », a dit X", ["« A », a dit X"]),
        ("Rien à couper", ["Rien à couper"]),
        ('"A", a dit X,\n"B"', ['"A", a dit X,\n"B"']),
    ],
)
def test_trim_cuts_the_attribution_out(text: str, expected: list[str]):
    assert [s.slice(text) for s in trim_content(text, Span(0, len(text)))] == expected


def test_trim_keeps_a_selection_that_starts_inside_the_first_quotation():
    text = 'Il dit: "Je pars demain", a dit X, "et toi aussi" puis rien.'
    span = Span(text.index("pars"), text.index(" aussi"))
    assert [s.slice(text) for s in trim_content(text, span)] == ['pars demain"', '"et toi']


@given(text_and_span(hostile_text))
def test_trim_never_leaves_the_selection(drawn: tuple[str, int, int]):
    raw, start, end = drawn
    text = canonicalise(raw).text
    if start >= len(text):
        return
    span = Span(start, min(end, len(text)))
    pieces = trim_content(text, span)
    assert pieces[0].start == span.start
    assert pieces[-1].end == span.end
    assert list(pieces) == sorted(pieces)

"""Quotations inside quotations; invented sentences, through the engine and the tokens."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine
from annotator.suggest.tokens import INSIDE, OPENS, OUTSIDE, tokenise

ENGINE = Engine.load()


def _quotes(text: str, language: str) -> list[tuple[str, str]]:
    found = ENGINE.propose(text, language)
    return [
        (
            text[p.spans[0].start : p.spans[-1].end],
            next(
                (
                    text[found[i].spans[0].start : found[i].spans[0].end]
                    for r, i in p.links
                    if r == "source"
                ),
                "",
            ),
        )
        for p in found
        if p.kind == MarkKind.QUOTE
    ]


@pytest.mark.parametrize(
    ("language", "text", "outer", "inner"),
    [
        (
            "fr",
            "« Mon chef m’a répondu : “Vous n’avez qu’à partir.” Voilà tout », soupire un cadre.",
            ("« Mon chef m’a répondu : “Vous n’avez qu’à partir.” Voilà tout »", "un cadre"),
            ("Vous n’avez qu’à partir.", "Mon chef"),
        ),
        (
            "fr",
            "« Il a crié : « Courez ! » et tout a cédé », se souvient Jeanne Rivet.",
            ("« Il a crié : « Courez ! » et tout a cédé »", "Jeanne Rivet"),
            ("Courez !", "Il"),
        ),
        (
            "en",
            "“The owner said, ‘We will mend it by the spring,’ and nobody came,” Ruth Oakley said.",
            (
                "“The owner said, ‘We will mend it by the spring,’ and nobody came,”",
                "Ruth Oakley",
            ),
            ("We will mend it by the spring,", "The owner"),
        ),
    ],
)
def test_both_quotations_have_their_speakers(
    language: str, text: str, outer: tuple[str, str], inner: tuple[str, str]
) -> None:
    assert _quotes(text, language) == [outer, inner]


def test_words_set_off_inside_an_english_quotation_are_no_quotation() -> None:
    text = "“The owner said it was ‘fine’ and people say, ‘Never mind,’” Ruth Oakley said."
    assert [words for words, _ in _quotes(text, "en")] == [
        "“The owner said it was ‘fine’ and people say, ‘Never mind,’”"
    ]


def test_marks_that_balance_make_one_quotation() -> None:
    tokens = tokenise("« Il a dit “non” puis oui », dit-elle.")
    assert tokens.state[0] == OPENS
    assert tokens.state[tokens.words.index("puis")] == INSIDE
    assert tokens.state[-1] == OUTSIDE


def test_a_mark_too_many_costs_that_mark_alone() -> None:
    tokens = tokenise("« Il a dit “non puis oui », dit-elle. « Bien. »")
    assert tokens.state[tokens.words.index("puis")] == INSIDE
    assert tokens.state[tokens.words.index("dit", 6)] == OUTSIDE

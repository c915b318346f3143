"""Interviews: what stands behind a name, or answers a question, is that person's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine
from annotator.suggest.interview import ANSWER, QUESTION, turns

if TYPE_CHECKING:
    from annotator.suggest.base import Proposal

LABELLED = """Dam warden speaks of a long winter

The valley's warden, Ruth Oakley, has watched the dam since 2011.

Gazette: When did you see the crack?

Oakley: In June. I wrote to an engineer and he told me not to worry. "Paint it," he said.

Gazette: Did the ministry answer?

Oakley: It did not. I believe the wall will hold.

(Laughs.) For a year, that is.

Gazette: And after that?

Oakley: Ask the ministry."""

IN_TURN = """« La digue tiendra »

Gardienne de la digue depuis 2011, Ruth Delorme n’a jamais parlé à la presse. Entretien.

Propos recueillis par Jean Vasseur

Quand avez-vous vu la fissure ?

En juin. J’ai écrit à un ingénieur.

Le ministère a-t-il répondu ?

(Elle rit.) Non. Je crois que le mur tiendra.

Et dans un an ?

Posez la question au ministère."""


def _quotes(text: str, language: str) -> list[tuple[str, str, str]]:
    """Return (who says it, kind, words) of every quotation proposed as an answer."""
    found = Engine.load().propose(text, language)
    return [
        (_speaker(found, p), p.fields["kind"], text[p.spans[0].start : p.spans[-1].end])
        for p in found
        if p.kind == MarkKind.QUOTE and p.rule == "interview"
    ]


def _speaker(found: list[Proposal], quote: Proposal) -> str:
    return next(
        (found[i].fields.get("actor", "") for role, i in quote.links if role == "source"), ""
    )


def test_what_stands_behind_a_name_is_that_person_s_word() -> None:
    said = _quotes(LABELLED, "en")
    assert [words.split()[0] for _, _, words in said] == ["In", "It", "For", "Ask"]
    assert {kind for _, kind, _ in said} == {"direct"}
    assert {who for who, _, _ in said} == {"Ruth Oakley"}


def test_whom_an_answer_quotes_is_not_who_answers() -> None:
    found = Engine.load().propose(LABELLED, "en")
    told = next(
        p
        for p in found
        if p.kind == MarkKind.QUOTE
        and LABELLED[p.spans[0].start : p.spans[-1].end] == '"Paint it,"'
    )
    assert _speaker(found, told) != "Ruth Oakley"


def test_french_answers_follow_questions_and_belong_to_whom_the_lead_names() -> None:
    said = _quotes(IN_TURN, "fr")
    assert [words for _, _, words in said] == [
        "En juin. J’ai écrit à un ingénieur.",
        "Non. Je crois que le mur tiendra.",
        "Posez la question au ministère.",
    ]
    assert {who for who, _, _ in said} == {"Ruth Delorme"}


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["Photo: A dam.", "It leaks.", "Note: It leaks.", "Photo: A wall."], "en"),
        (["Quoi ?", "Rien.", "Qui ?", "Personne.", "Où ?", "Nulle part."], "fr"),
        (["Background: A dam.", "The wall leaks.", "Analysis: It will go on."], "en"),
        (["One: a.", "x", "x", "x", "x", "x", "One: b.", "Two: c.", "x", "x", "Two: d."], "en"),
        ([], "en"),
    ],
)
def test_other_texts_have_no_turns(lines: list[str], language: str) -> None:
    assert not any(turn.role for turn in turns(lines, language))


def test_a_round_table_has_several_who_answer() -> None:
    lines = ["Oak: It leaks.", "Ash: It holds.", "Oak: It leaks.", "Ash: Prove it."]
    assert [turn.role for turn in turns(lines, "en")] == [ANSWER] * 4
    asked = ["Q: Does it leak?", "A: It does.", "Q: Since when?", "A: June."]
    assert [turn.role for turn in turns(asked, "en")] == [QUESTION, ANSWER] * 2


def test_a_quotation_that_goes_on_below_has_the_speaker_of_its_first_paragraph() -> None:
    text = (
        "“They lied to us,” said Ruth Oakley, the warden. “The wall leaks.\n"
        "“And it will leak for another year.”"
    )
    found = Engine.load().propose(text, "en")
    second = next(p for p in found if p.kind == MarkKind.QUOTE and p.spans[0].start > 60)
    assert _speaker(found, second) == "Ruth Oakley"

"""What is proposed as a claim, of which kind and in whose voice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest.claim_words import features_of, sentences
from annotator.suggest.claims import SAID, ClaimModel
from annotator.suggest.engine import Engine
from annotator.suggest.tokens import tokenise

if TYPE_CHECKING:
    from annotator.suggest.base import Proposal


@cache
def _engine() -> Engine:
    return Engine.load()


def _claims(text: str, language: str) -> list[tuple[str, Proposal]]:
    found = _engine().propose(text, language)
    return [
        (" ".join(s.slice(text) for s in p.spans), p) for p in found if p.kind == MarkKind.CLAIM
    ]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The dam will burst before the spring, said Ruth Alder, an engineer.", "forecast"),
        ("en", "Ruth Alder accused the mill of dumping acid in the river.", "allegation"),
        ("en", "The mill lost 43 percent of its orders last year, said Ruth Alder.", "number"),
        ("en", "The two partners never met before the trial, said Ruth Alder.", "fact_checkable"),
        ("fr", "Le barrage cédera avant le printemps, prédit Ruth Aulnay.", "forecast"),
        ("fr", "Ruth Aulnay accuse la scierie d'avoir pollué la rivière.", "allegation"),
        ("fr", "Selon Ruth Aulnay, la scierie a perdu 43 % de ses commandes en 2019.", "number"),
        ("fr", "Les deux associés ne s'étaient jamais vus, a dit Ruth Aulnay.", "fact_checkable"),
    ],
)  # fmt: skip
def test_the_kind_of_a_claim(language: str, text: str, kind: str) -> None:
    (_, claim), *_ = _claims(text, language)
    assert claim.fields["kind"] == kind
    assert claim.fields["voice"] == "source"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“Thank you all for coming,” said Ruth Alder. Who would have thought it?"),
        ("en", "She pours the tea and looks out at the garden. The rain has stopped."),
        ("fr", "« Merci à tous d'être venus », a dit Ruth Aulnay. Qui l'eût cru ?"),
        ("fr", "Ruth Aulnay demande la tenue d'une réunion. La pluie a cessé sur la place."),
    ],
)
def test_what_is_no_claim(language: str, text: str) -> None:
    assert not _claims(text, language)


@pytest.mark.parametrize(
    ("language", "text", "words", "kind"),
    [
        ("en", "Ruth Alder said it was closed.\nThe town reportedly paid a bribe for it.",
         "reportedly", "allegation"),
        ("en", "Ruth Alder said it was closed.\nThe works cost 43 million euros in two years.",
         "43 million", "number"),
        ("fr", "Ruth Aulnay a dit que tout était clos.\nLe maire aurait touché une enveloppe.",
         "aurait touché", "allegation"),
        ("fr", "Ruth Aulnay a dit que tout était clos.\nLe chantier a coûté 43 millions d'euros.",
         "43 millions", "number"),
    ],
)  # fmt: skip
def test_the_reporter_s_own_hearsay_and_figures(
    language: str, text: str, words: str, kind: str
) -> None:
    claim = next(p for shown, p in _claims(text, language) if words in shown)
    assert (claim.fields["kind"], claim.fields["voice"]) == (kind, "reporter")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This is the worst mistake and a shameful day"),
        ("fr", "C'est la pire erreur et un jour de honte"),
    ],
)
def test_a_judgement_is_an_opinion(language: str, words: str) -> None:
    tokens = tokenise(words)
    model = ClaimModel.load()
    assert model is not None
    assert model.kind(features_of(tokens, [(0, len(tokens))], language).rows, SAID) == "opinion"


def test_each_sentence_of_a_quotation_is_judged_by_itself() -> None:
    text = (
        "“Good morning and thank you all. The mill dumped 40 tonnes of acid in the river,” "
        "said Ruth Alder."
    )
    shown = [words for words, _ in _claims(text, "en")]
    assert shown
    assert not any("Good morning" in words for words in shown)


def test_sentences_of_a_content_keep_short_ones_with_a_neighbour() -> None:
    tokens = tokenise(
        "Never. The mill dumped acid in the river. We saw it. It was in May last year."
    )
    units = sentences(tokens, [(0, len(tokens))], 5)
    assert [unit[0][0] for unit in units] == [0, 14]
    assert sum(b - a for unit in units for a, b in unit) == len(tokens)


def test_the_day_of_a_month_and_a_year_are_no_quantities() -> None:
    dated = tokenise("It opened on 14 March 2019")
    counted = tokenise("It opened 14 offices")
    assert "quantity" not in features_of(dated, [(0, len(dated))], "en").signs
    assert "quantity" in features_of(counted, [(0, len(counted))], "en").signs

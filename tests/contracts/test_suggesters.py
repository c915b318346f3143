"""Every suggester says in both languages what it is and why it fired, and its models exist."""

from __future__ import annotations

import pytest

from annotator import i18n, resources
from annotator.model.vocabulary import MarkKind
from annotator.suggest import BY_ID, SUGGESTERS, Engine, Suggester

IDS = [s.id for s in SUGGESTERS]
TEXTS = {
    "fr": (
        "AUBRY, 3 mai - La ministre Odile Marchand a déclaré mardi que le pont de Verne, long de "
        "340 mètres, ne rouvrirait pas avant juillet.\n« Nous n'avons rien à cacher », a dit une "
        "source proche du dossier s'exprimant sous couvert d'anonymat.\nLe barrage aurait été "
        "endommagé. L'Agence Méridienne n'a pas pu vérifier ces images. Le ministère n'a pas "
        "souhaité faire de commentaire. Mme Marchand se rendra en Italie. La ministre n'ira pas."
    ),
    "en": (
        "AUBRY, May 3 - Transport minister Odile Marchand said Tuesday that the 340-metre bridge "
        "at Verne would not reopen before July.\n“We have nothing to hide,” said a source familiar "
        "with the matter, speaking on condition of anonymity.\nThe dam was reportedly damaged. The "
        "agency could not independently verify the footage. The ministry declined to comment. "
        "Marchand will travel to Italy."
    ),
}


@pytest.mark.parametrize("suggester", SUGGESTERS, ids=IDS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_suggester_speaks_both_languages(suggester: Suggester, language: str) -> None:
    for message_id in (suggester.words, suggester.why):
        sentence = i18n.tr(message_id, lang=language, evidence="x")
        assert sentence not in ("", message_id)


def test_ids_are_unique_and_versions_count_from_one() -> None:
    assert len(BY_ID) == len(SUGGESTERS)
    assert all(s.version >= 1 and s.kinds for s in SUGGESTERS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_proposal_names_a_suggester_that_may_make_it(language: str) -> None:
    for proposal in Engine.load().propose(TEXTS[language], language):
        assert proposal.kind in BY_ID[proposal.rule].kinds


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_news_text_gets_every_kind_of_mark(language: str) -> None:
    kinds = {p.kind for p in Engine.load().propose(TEXTS[language], language)}
    assert kinds >= set(MarkKind)


def test_the_models_that_ship_are_small() -> None:
    size = sum(f.stat().st_size for f in resources.path("models").rglob("*") if f.is_file())
    assert size < 5_000_000

"""What "the company", "the audit", "the sources" mean; invented sentences."""

from __future__ import annotations

import pytest

from annotator.model.span import Span
from annotator.suggest.cast import NamedPlace, SourceMention
from annotator.suggest.clusters import join
from annotator.suggest.definites import is_firm
from annotator.suggest.sources import describe
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import tokenise


def _mention(words: str, sentence: int, language: str) -> SourceMention:
    tokens = tokenise(words)
    what = describe(tokens, TokenSpan("S", 0, len(tokens), 0.9), [], language)
    start = 100 * sentence
    low = tuple(w.lower() for w in tokens.words)
    return SourceMention(Span(start, start + len(words)), sentence, low, what)


@pytest.mark.parametrize(
    ("language", "first", "then", "same"),
    [
        ("en", "an internal audit of the port", "The audit, dated Nov. 3", True),
        ("en", "an internal audit of the port", "The report", False),
        ("en", "three people familiar with the talks", "The sources", True),
        ("en", "another trader", "the traders", False),
        ("en", "traders at the market", "the traders", True),
        ("fr", "un rapport du port", "le rapport", True),
        ("fr", "trois personnes proches du dossier", "les sources", True),
    ],
)
def test_a_definite_form_means_what_was_told_before(
    language: str, first: str, then: str, same: bool
) -> None:
    one, two = join([_mention(first, 0, language), _mention(then, 2, language)], [])
    assert (one.cluster == two.cluster) is same


@pytest.mark.parametrize(("language", "words"), [("en", "the company"), ("fr", "l’entreprise")])
def test_the_company_is_the_firm_named_last(language: str, words: str) -> None:
    firms = [NamedPlace(Span(10, 20), 0, "Orbis Inc"), NamedPlace(Span(900, 910), 9, "Ash SA")]
    (found,) = join([_mention(words, 1, language)], [], firms)
    assert found.what.name == "Orbis Inc"
    (far,) = join([_mention(words, 8, language)], [], firms[:1])
    assert far.what.name != "Orbis Inc"


def test_a_firm_is_known_by_its_form() -> None:
    assert is_firm("Orbis Inc")
    assert is_firm("Brightfield Works Ltd")
    assert is_firm("Groupe Sol")
    assert not is_firm("Ruth Oakley")


@pytest.mark.parametrize(
    ("language", "words", "identification"),
    [
        ("en", "The leaked Department for Trade paper, seen by the Gazette", "document"),
        ("en", "China's state planner, the NDRC", "named_organisation"),
        ("en", "Downing Street", "named_organisation"),
        ("en", "the MD", "person_by_office"),
        ("en", "a city planner, the architect of the scheme", "unnamed_person"),
    ],
)
def test_what_a_mention_names(language: str, words: str, identification: str) -> None:
    assert _mention(words, 0, language).what.identification == identification


@pytest.mark.parametrize(
    ("language", "words", "military"),
    [
        ("fr", "le directeur général d’Orbis", False),
        ("fr", "le général Sol", True),
        ("en", "the secretary general", False),
        ("en", "a retired general", True),
    ],
)
def test_an_office_that_is_called_general_is_no_rank(
    language: str, words: str, military: bool
) -> None:
    told = _mention(words, 0, language).what.affiliation
    assert (told == "military_or_intelligence") is military


@pytest.mark.parametrize(
    ("first", "apart", "same"),
    [
        ("the ministry", 1, True),
        ("a study by the university", 2, True),
        ("the ministry", 4, False),
        ("Ann Oak", 1, False),
    ],
)
def test_it_is_the_body_or_document_that_spoke_just_before(
    first: str, apart: int, *, same: bool
) -> None:
    one, two = join([_mention(first, 0, "en"), _mention("It", apart, "en")], [])
    assert (one.cluster == two.cluster) is same

"""Who is a person, an organisation, a place, and which mentions are one actor."""

from __future__ import annotations

from functools import cache

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import furniture
from annotator.suggest.engine import Engine
from annotator.suggest.tokens import tokenise


@cache
def _engine() -> Engine:
    return Engine.load()


def _actors(text: str, language: str) -> list[tuple[str, str, str]]:
    """Return (words, actor, kind) of every mention."""
    return [
        (p.spans[0].slice(text), p.fields["actor"], p.fields["kind"])
        for p in _engine().propose(text, language)
        if p.kind == MarkKind.ACTOR
    ]


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("fr", "Le groupe Orvanel a fermé deux usines. Chez Orvanel, on se tait.", "Orvanel",
         "organisation"),
        ("fr", "L'entreprise Dastel recrute. Dastel a grandi.", "Dastel", "organisation"),
        ("fr", "Une centaine d'habitants de Morvillars ont défilé.", "Morvillars", "place"),
        ("en", "Shares in Orvanel fell 4%. Orvanel employees were told on Monday.", "Orvanel",
         "organisation"),
        ("en", "The packaging group Dastel is for sale, and Dastel shares rose.", "Dastel",
         "organisation"),
        ("en", "Orvane Holdings Ltd has hired a new lawyer.", "Orvane Holdings Ltd",
         "organisation"),
        ("en", "The mayor of Dunmarrow met people in Dunmarrow.", "Dunmarrow", "place"),
        ("en", "Divers went into the Tarrow River at dawn.", "Tarrow River", "place"),
        ("en", "The report of the Health and Transport Executive was late.",
         "Health and Transport Executive", "organisation"),
    ],
)  # fmt: skip
def test_the_kind_of_a_name(language: str, text: str, name: str, kind: str) -> None:
    found = {words: kinds for words, _, kinds in _actors(text, language)}
    assert found.get(name) == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le CAC 40 a cédé 1 % et le Nasdaq a reculé."),
        ("fr", "EN DIRECT. Le PIB a baissé lundi."),
        ("en", "The FTSE 100 rose while the Nikkei and the S&P 500 slipped on Monday."),
        ("en", "LIVE: the GDP figures are out at 09:30 GMT."),
        ("en", "Ann Alder KC asked for the CCTV images."),
    ],
)
def test_indices_and_labels_are_no_actors(language: str, text: str) -> None:
    assert [words for words, *_ in _actors(text, language) if words != "Ann Alder"] == []


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("fr", "LOMÉ, 3 mars (Agence Lagune) - Le port a fermé lundi.", set[str]()),
        ("fr", "MORVILLARS – La mairie est fermée.", set[str]()),
        ("en", "VALLUR: The wells are dry.", set[str]()),
        ("en", "The wells are dry.\n(Reporting by Ann Alder; editing by Tom Beck)", set[str]()),
        ("fr", "Le port a fermé.\n(Jeanne Aubry, édité par Paul Brun)", set[str]()),
    ],
)
def test_datelines_and_bylines_name_no_actors(language: str, text: str, names: set[str]) -> None:
    assert {words for words, *_ in _actors(text, language)} == names


def test_a_dateline_ends_at_its_dash() -> None:
    tokens = tokenise("DUNMARROW, Nov 18 (Gulf Wire) - Prices rose.")
    assert tokens.words[furniture.dateline(tokens)] == "Prices"
    assert furniture.dateline(tokenise("Prices rose - and then they fell.")) == 0


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "Moscou a rejeté le projet lundi.", "state"),
        ("fr", "La réponse de Moscou est venue lundi.", "state"),
        ("fr", "Elle vit à Moscou depuis un an.", "place"),
        ("fr", "Les rues de Moscou étaient vides.", "place"),
        ("en", "Talks between Moscow and Tokyo have failed.", "state"),
        ("en", "Moscow rejected the plan on Monday.", "state"),
        ("en", "The streets of Moscow were empty.", "place"),
    ],
)
def test_a_capital_is_its_state_where_it_acts(language: str, text: str, kind: str) -> None:
    assert _actors(text, language)[0][2] == kind


@pytest.mark.parametrize(
    ("language", "text", "actor", "mentions"),
    [
        ("fr", "La Commission des eaux vives (Coméa) a tranché. La Coméa publiera un avis.",
         "Commission des eaux vives", {"Commission des eaux vives", "Coméa"}),
        ("fr", "Sami Ben Achour est revenu. M. Ben Achour, 60 ans, a salué la foule.",
         "Sami Ben Achour", {"Sami Ben Achour", "Ben Achour"}),
        ("fr", "BELMONT REVIENT\nHugo Belmont est revenu lundi à la mairie.",
         "Hugo Belmont", {"BELMONT", "Hugo Belmont"}),
        ("en", "Orvane Holdings Ltd is for sale. Orvane Holdings made a loss, Orvane said.",
         "Orvane Holdings Ltd", {"Orvane Holdings Ltd", "Orvane Holdings", "Orvane"}),
        ("fr", "Les Nations unies ont voté lundi. À New York, l'ONU a salué le texte.",
         "Nations unies", {"Nations unies", "ONU"}),
        ("fr", "La Ligue des bergers a perdu. « C'est fini », dit-on à la Ligue.",
         "Ligue des bergers", {"Ligue des bergers", "Ligue"}),
        ("en", "At noon Corville United won again. Corville are third, and United rejoice.",
         "Corville United", {"Corville United", "Corville", "United"}),
        ("en", "Judge Ann Alder opened the hearing. “Silence,” the judge said.",
         "Ann Alder", {"Ann Alder", "the judge"}),
        ("en", "The Harbour Museum has a new roof. The museum will open in May.",
         "Harbour Museum", {"Harbour Museum", "The museum"}),
    ],
)  # fmt: skip
def test_short_forms_and_nouns_are_their_actor(
    language: str, text: str, actor: str, mentions: set[str]
) -> None:
    found = {words for words, name, _ in _actors(text, language) if name == actor}
    assert mentions <= found


def test_a_noun_that_fits_two_companies_is_nobody() -> None:
    text = "Orvane Holdings and Dastel Industries may merge. The company declined to comment."
    assert "The company" not in {words for words, *_ in _actors(text, "en")}

"""What kind of source a mention names, who is the same informant; invented sentences."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine, Proposal
from annotator.suggest.anonymity import anonymity
from annotator.suggest.sources import Description, describe
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import tokenise


def description(words: str, language: str, *names: tuple[str, str]) -> Description:
    """Describe a whole mention, given the names in it."""
    tokens = tokenise(words)
    spans = []
    for name, kind in names:
        start = words.index(name)
        first = tokens.starts.index(start)
        stop = next(i for i, end in enumerate(tokens.ends) if end >= start + len(name)) + 1
        spans.append(TokenSpan(kind, first, stop, 1.0))
    return describe(tokens, TokenSpan("S", 0, len(tokens), 1.0), spans, language)


@pytest.mark.parametrize(
    ("language", "words", "names", "identification"),
    [
        ("en", "Odile Marchand", [("Odile Marchand", "PER")], "named_person"),
        ("en", "transport minister Odile Marchand", [("Odile Marchand", "PER")], "named_person"),
        ("en", "a senior official", [], "unnamed_person"),
        ("en", "a spokeswoman for Odile Marchand", [("Odile Marchand", "PER")], "unnamed_person"),
        ("en", "lawyers for Odile Marchand", [("Odile Marchand", "PER")], "unnamed_group"),
        ("en", "one of the engineers", [], "unnamed_person"),
        ("en", "two people briefed on the talks", [], "unnamed_group"),
        ("en", "the finance minister of Verne", [], "person_by_office"),
        ("en", "the ministry", [], "named_organisation"),
        ("en", "Orbis Rail", [("Orbis Rail", "ORG")], "named_organisation"),
        ("en", "the report", [], "document"),
        ("en", "a poll", [], "vote_or_poll"),
        ("en", "critics", [], "other"),
        ("en", "52 percent of voters", [], "other"),
        ("en", "the witness", [], "unnamed_person"),
        ("en", "An inquiry", [], "other"),
        ("en", "one longtime Tessaron engineer", [("Tessaron", "PER")], "unnamed_person"),
        ("en", "Judge", [], "person_by_office"),
        (
            "fr",
            "Mme Odile Marchand, ministre des Transports",
            [("Odile Marchand", "PER")],
            "named_person",
        ),
        ("fr", "une source diplomatique", [], "unnamed_person"),
        ("fr", "deux sources proches du dossier", [], "unnamed_group"),
        ("fr", "un ancien haut responsable", [], "unnamed_person"),
        ("fr", "un porte-parole du groupe", [], "unnamed_person"),
        ("fr", "le premier ministre", [], "person_by_office"),
        ("fr", "la direction de l'usine", [], "named_organisation"),
        ("fr", "un rapport de la Cour des comptes", [("Cour des comptes", "ORG")], "document"),
        ("fr", "-t-on", [], "unnamed_group"),
        ("fr", "au ministère", [], "unnamed_group"),
        ("fr", "les experts du Conseil", [], "unnamed_group"),
        ("fr", "une dentellière", [], "unnamed_person"),
        ("fr", "quatre bateliers", [], "unnamed_group"),
        ("fr", "l’un d’eux, passé par la régie", [], "unnamed_person"),
        ("fr", "trois d'entre eux", [], "unnamed_group"),
        ("fr", "certains élus", [], "unnamed_group"),
        ("fr", "les trois laboratoires", [], "unnamed_group"),
        ("fr", "le général Vasquin", [], "named_person"),
        ("fr", "Un Slovène", [], "unnamed_person"),
        ("en", "one Republican", [], "unnamed_person"),
        ("en", "Insurers", [], "unnamed_group"),
        ("en", "many people involved in the sale", [], "unnamed_group"),
        ("en", "a law enforcement official briefed on the case", [], "unnamed_person"),
        ("en", "the tax commissioner", [], "person_by_office"),
        ("en", "Verne’s commissioner", [("Verne", "LOC")], "person_by_office"),
        ("fr", "leur directrice", [], "person_by_office"),
        ("en", "Oak and other tenants", [("Oak", "PER")], "named_person"),
        ("en", "firms that had insured Orbis", [("Orbis", "PER")], "unnamed_group"),
        ("en", "one slide", [], "document"),
    ],
)
def test_identification(
    language: str, words: str, names: list[tuple[str, str]], identification: str
) -> None:
    assert description(words, language, *names).identification == identification


@pytest.mark.parametrize(
    ("language", "words", "count"),
    [
        ("en", "two people briefed on the talks", "2"),
        ("en", "several officials", "several"),
        ("fr", "trois sources proches du dossier", "3"),
        ("fr", "plusieurs cadres du groupe", "several"),
        ("fr", "une dizaine de témoins", "10"),
    ],
)
def test_stated_count(language: str, words: str, count: str) -> None:
    assert description(words, language).count == count


def test_affiliation_proximity_and_status() -> None:
    found = description("un ancien diplomate informé du projet", "fr")
    assert (found.affiliation, found.proximity, found.status) == ("government", "briefed", "former")
    found = description("a banker familiar with the matter", "en")
    assert (found.affiliation, found.proximity) == ("corporate", "familiar")


@pytest.mark.parametrize(
    ("language", "text", "reason", "words"),
    [
        (
            "en",
            "said an official who was not authorized to speak publicly.",
            "not_authorised",
            "not authorized to speak publicly",
        ),
        (
            "en",
            "said a clerk, who asked not to be named for fear of losing her job.",
            "fear_retaliation",
            "fear of losing her job",
        ),
        (
            "en",
            "said a guard, speaking on condition of anonymity.",
            "not_stated",
            "on condition of anonymity",
        ),
        (
            "en",
            "said a curator, who asked that her name be withheld because the sale is confidential.",
            "commercial_confidentiality",
            "because the sale is confidential",
        ),
        (
            "fr",
            "a dit un greffier, dont nous taisons le nom car il craint d'être muté.",
            "fear_retaliation",
            "car il craint d'être muté",
        ),
        (
            "fr",
            "a dit un agent s'exprimant sous couvert d'anonymat.",
            "not_stated",
            "sous couvert d'anonymat",
        ),
        (
            "fr",
            "a dit une infirmière qui a requis l'anonymat par crainte de représailles.",
            "fear_retaliation",
            "crainte de représailles",
        ),
        (
            "fr",
            "a dit un cadre, n'étant pas autorisé à s'exprimer publiquement.",
            "not_authorised",
            "autorisé à s'exprimer publiquement",
        ),
        (
            "fr",
            "a dit un négociateur sous couvert d'anonymat vu la sensibilité des discussions.",
            "sensitive_negotiation",
            "sensibilité des discussions",
        ),
    ],
)
def test_reasons_for_anonymity(language: str, text: str, reason: str, words: str) -> None:
    found = anonymity(text, 0, len(text), language)
    assert found.reason == reason
    assert found.span is not None
    assert words in found.span.slice(text)


ENGINE = Engine.load(rules_only=True)


def clusters(text: str, language: str) -> dict[str, str]:
    """Return words of every source mention -> its cluster."""
    found: list[Proposal] = ENGINE.propose(text, language)
    return {p.spans[0].slice(text): p.cluster for p in found if p.kind == MarkKind.SOURCE}


def test_members_of_a_counted_group_are_told_apart() -> None:
    text = (
        "Deux sources informées ont indiqué que le barrage fermerait.\n"
        "La seconde source a précisé que la vanne était fissurée.\n"
        "« Personne ne dort ici depuis trois jours », a dit cette source."
    )
    found = clusters(text, "fr")
    assert found["La seconde source"] == found["cette source"]
    assert found["La seconde source"] != found["Deux sources informées"]
    member = next(
        p for p in ENGINE.propose(text, "fr") if p.spans[0].slice(text) == "La seconde source"
    )
    assert member.fields["group"] == found["Deux sources informées"]
    assert member.fields["identification"] == "unnamed_person"


def test_pronouns_and_short_forms_join_their_informant() -> None:
    text = (
        "A senior official said that the bridge would close.\n"
        "The official said that no date was set. He said that the river was rising."
    )
    assert len(set(clusters(text, "en").values())) == 1


def test_two_speakers_stay_apart() -> None:
    text = "Une infirmière a dit que tout manquait.\nUn médecin a répondu que tout allait bien."
    assert len(set(clusters(text, "fr").values())) == 2


def test_a_trade_after_a_name_is_that_person() -> None:
    text = (
        "Capucine Delorme a dit que le lait manquait.\nL'éleveuse a dit que rien ne changerait.\n"
        "Cette éleveuse a dit que le prix baissait."
    )
    assert len(set(clusters(text, "fr").values())) == 1
    kinds = {
        p.spans[0].slice(text): p.fields["identification"]
        for p in ENGINE.propose(text, "fr")
        if p.kind == MarkKind.SOURCE
    }
    assert set(kinds.values()) == {"named_person"}


def test_the_lead_of_a_wire_names_nobody_and_the_next_line_does() -> None:
    text = (
        "A former harbour master said that the pier would close.\n"
        "Odile Marchand said that the piles were rotten."
    )
    assert len(set(clusters(text, "en").values())) == 1


def test_who_withholds_a_name_is_not_named_by_the_next_line() -> None:
    text = (
        "A harbour master said on condition of anonymity that the pier would close.\n"
        "Odile Marchand said that the piles were rotten."
    )
    assert len(set(clusters(text, "en").values())) == 2

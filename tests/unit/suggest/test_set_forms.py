"""Attributions of a set form: who says what in the sentences that every desk writes; invented."""

from __future__ import annotations

from functools import cache

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest.engine import Engine


@cache
def _engine() -> Engine:
    return Engine.load()


def _said(text: str, language: str) -> list[tuple[str, str, str]]:
    """Return (source, cluster, words) of every quotation that has a source, in text order."""
    found = _engine().propose(text, language)
    out: list[tuple[str, str, str]] = []
    for proposal in found:
        source = dict(proposal.links).get("source")
        if proposal.kind is MarkKind.QUOTE and source is not None:
            who = found[source]
            words = " … ".join(span.slice(text) for span in proposal.spans)
            out.append((who.spans[0].slice(text), who.cluster, words))
    return out


@pytest.mark.parametrize(
    ("language", "text", "source", "words"),
    [
        (
            "en",
            "According to the report, half of the wells are dry.",
            "the report",
            "half of the wells are dry",
        ),
        (
            "en",
            "The Daily Post reported on Sunday, citing two officials, that the army would go.",
            "The Daily Post",
            "the army would go",
        ),
        (
            "en",
            "The general was quoted as saying by state television that the war was over.",
            "The general",
            "the war was over",
        ),
        (
            "en",
            "Documents seen by the Guardian show that the fund lost £40m.",
            "Documents seen by the Guardian",
            "the fund lost £40m",
        ),
        (
            "en",
            '"No one told us," says Rosa Lind. "Not once." The city is silent.',
            "Rosa Lind",
            '"No one told us," … "Not once."',
        ),
        (
            "fr",
            "L'économiste Paul Rey est plus nuancé : selon lui, tout peut encore changer.",
            "lui",
            "tout peut encore changer",
        ),
    ],
)
def test_a_set_form(language: str, text: str, source: str, words: str) -> None:
    (said,) = _said(text, language)
    assert (said[0], said[2]) == (source, words)


def test_whom_an_outlet_cites_is_a_source_of_its_own() -> None:
    text = "The Daily Post reported on Sunday, citing two officials, that the army would go."
    sources = [
        p.spans[0].slice(text) for p in _engine().propose(text, "en") if p.kind is MarkKind.SOURCE
    ]
    assert "two officials" in sources


def test_the_same_source_is_one_informant() -> None:
    text = (
        "Un suspect a été interpellé lundi, a-t-on appris de source policière. Il avait fui, "
        "indique-t-on de même source. Il était armé, a-t-on précisé de source proche de l'enquête."
    )
    first, same, other = _said(text, "fr")
    assert first[1] == same[1] != other[1]
    assert (first[0], same[0]) == ("source policière", "même source")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Documents seen by the Guardian show that the fund lost £40m. They also suggest that"
            " managers hid it.",
        ),
        (
            "fr",
            "Des documents consultés par Le Matin montrent que le fonds a perdu 40 millions. Ils"
            " révèlent aussi que la direction le savait.",
        ),
    ],
)
def test_documents_go_on_to_say(language: str, text: str) -> None:
    first, then = _said(text, language)
    assert first[1] == then[1]


@pytest.mark.parametrize(
    ("language", "text", "sources"),
    [
        (
            "fr",
            "Selon Mediapart, qui cite deux témoins, le maire était présent.",
            ["Mediapart", "deux témoins"],
        ),
        (
            "fr",
            "Selon l'AFP, citant une source militaire, trois soldats ont péri.",
            ["l'AFP", "une source militaire"],
        ),
        ("en", "Axios reported the trip was off, citing three officials.",
         ["Axios", "three officials"]),
        ("en", "Under the plan, first reported by Politico, 300 posts would go.", []),
    ],
)  # fmt: skip
def test_who_is_cited_stands_beside_the_outlet(
    language: str, text: str, sources: list[str]
) -> None:
    found = _engine().propose(text, language)
    assert [p.spans[0].slice(text) for p in found if p.kind is MarkKind.SOURCE] == sources


@pytest.mark.parametrize(
    "source", ["La lanceuse d'alerte Anne Ried", "L'homme d'affaires Paul Rey"]
)
def test_a_calling_of_two_nouns_is_no_owner(source: str) -> None:
    text = f"{source} affirme que l'entreprise a menti."
    (found,) = [p for p in _engine().propose(text, "fr") if p.kind is MarkKind.SOURCE]
    assert found.fields["identification"] == "named_person"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "fr",
            "Le numéro deux du ministère va se rendre à Norport, a appris vendredi Reuters de deux "
            "sources informées, alors que Valmoria cherche une solution à la crise.",
            "Le numéro deux du ministère va se rendre à Norport",
        ),
        (
            "en",
            "The envoy will travel to Norport, two sources told Reuters, as Valmoria seeks a way "
            "out of the crisis.",
            "The envoy will travel to Norport",
        ),
    ],
)
def test_what_goes_on_meanwhile_is_the_reporters(language: str, text: str, words: str) -> None:
    (said,) = _said(text, language)
    assert said[2] == words

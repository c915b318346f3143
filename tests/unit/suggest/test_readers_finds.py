"""What a reader found wrong in proposals on articles the rules had not seen; invented sentences."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine, Proposal

ENGINE = Engine.load()


def proposals(text: str, language: str, kind: MarkKind) -> dict[str, Proposal]:
    """Return the proposals of a kind by their first words, the last of the same words."""
    return {
        " + ".join(s.slice(text) for s in p.spans): p
        for p in ENGINE.propose(text, language)
        if p.kind == kind
    }


def test_whom_a_quotation_names_does_not_speak_it():
    text = (
        "Le maire de Lanvic, Paul Guern, a promis des travaux. Le préfet, Henri Sol, a contesté "
        "ce calendrier. « Guern n'a déposé aucun dossier », a-t-il dit."
    )
    assert proposals(text, "fr", MarkKind.SOURCE)["-t-il"].fields["actor"] == "Henri Sol"


def test_the_verb_of_an_inversion_is_the_cue():
    text = "« Je suis fatiguée », a-t-elle soupiré. « Nous verrons », ont-ils répondu."
    assert set(proposals(text, "fr", MarkKind.CUE)) == {"soupiré", "répondu"}
    assert set(proposals(text, "fr", MarkKind.QUOTE)) == {
        "« Je suis fatiguée »",
        "« Nous verrons »",
    }


def test_letters_behind_a_name_are_no_surname():
    text = (
        '"Is he guilty?" asked Sarah Vine KC. Prosecutor Tom Hale KC told the jury that he was.\n'
        "Mr Hale said the evidence was clear. Ms Vine said it was not."
    )
    sources = proposals(text, "en", MarkKind.SOURCE)
    assert sources["Mr Hale"].cluster == sources["Prosecutor Tom Hale KC"].cluster
    assert sources["Ms Vine"].cluster == sources["Sarah Vine KC"].cluster
    assert sources["Ms Vine"].cluster != sources["Mr Hale"].cluster


def test_who_is_no_world_health_organization():
    text = "A teacher who lives near the plant said the siren never sounded."
    (source,) = proposals(text, "en", MarkKind.SOURCE).values()
    assert "affiliation" not in source.fields


def test_the_second_half_of_an_aside_stays_with_its_speaker():
    text = (
        '"They were told it was safe," Ms Orr said. "It was not." One government source called '
        'the remarks "cheap".'
    )
    quotes = proposals(text, "en", MarkKind.QUOTE)
    assert '"They were told it was safe," + "It was not."' in quotes


def test_each_of_a_counted_group_is_somebody_else():
    text = (
        "Selon trois sources diplomatiques, l'accord est mort. La première évoque un refus. "
        "La dernière estime que tout reste possible."
    )
    sources = proposals(text, "fr", MarkKind.SOURCE)
    assert sources["La première"].cluster != sources["La dernière"].cluster
    group = sources["trois sources diplomatiques"].cluster
    assert sources["La première"].fields["group"] == group
    assert sources["La dernière"].fields["group"] == group


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The jury was told that Mr Dunne had lied about the money."),
        ("en", "It is alleged that Mr Dunne forged the papers."),
    ],
)
def test_who_is_told_is_no_source(language, text):
    assert not proposals(text, language, MarkKind.SOURCE)


def test_a_refusal_is_proposed_once():
    text = "Orbis Rail declined to comment. The ministry said the line would open in May."
    assert set(proposals(text, "en", MarkKind.DECLINED)) == {"Orbis Rail declined to comment"}
    assert "to comment" not in proposals(text, "en", MarkKind.QUOTE)


def test_our_own_findings_are_the_newsrooms():
    text = "Selon nos informations, le directeur du port quittera ses fonctions en mai."
    source = proposals(text, "fr", MarkKind.SOURCE)["nos informations"]
    assert source.fields["identification"] == "journalist"


def test_the_last_of_four_is_not_one_of_the_two_told_apart():
    text = (
        "Les négociations ont été suspendues, ont indiqué lundi quatre sources diplomatiques.\n"
        "Deux d'entre elles évoquent un différend. La dernière estime que tout est perdu."
    )
    sources = proposals(text, "fr", MarkKind.SOURCE)
    group = sources["quatre sources diplomatiques"].cluster
    assert sources["La dernière"].fields["group"] == group


def test_a_town_behind_a_name_is_not_who_speaks():
    text = "Aspinshaw, of Upper Cawdle, denies eleven counts of fraud."
    source = proposals(text, "en", MarkKind.SOURCE)["Aspinshaw, of Upper Cawdle"]
    assert source.fields["identification"] == "named_person"
    assert source.fields["actor"] == "Aspinshaw"


def test_whom_a_barrister_speaks_of_is_not_the_barrister():
    text = (
        "Gareth Pell, defending, said the loans were authorised.\n"
        "Neil Aspinshaw believed, the barrister said, that they would be repaid."
    )
    sources = proposals(text, "en", MarkKind.SOURCE)
    assert sources["the barrister"].fields["actor"] == "Gareth Pell"


def test_one_of_the_people_belongs_to_the_people():
    text = (
        "Two people familiar with the matter said the deal was close.\n"
        "One of the people said the price was agreed."
    )
    sources = proposals(text, "en", MarkKind.SOURCE)
    group = sources["Two people familiar with the matter"].cluster
    assert sources["One of the people"].fields["group"] == group


def test_a_counted_group_told_again_below_the_headline_is_one():
    text = (
        "L'accord est mort, affirment deux diplomates\n"
        "L'accord sur les rives est mort, ont affirmé lundi deux diplomates européens."
    )
    sources = proposals(text, "fr", MarkKind.SOURCE)
    assert len({p.cluster for p in sources.values()}) == 1


def test_who_was_asked_and_did_not_answer_stands_behind_the_asking():
    text = "Contacté par nos soins, le groupe Valmor n'a pas souhaité s'exprimer."
    (line,) = proposals(text, "fr", MarkKind.DECLINED).values()
    assert line.links
    assert "le groupe Valmor" in proposals(text, "fr", MarkKind.SOURCE)


def test_who_speaks_on_is_not_who_kept_silent():
    text = (
        "The football association did not reply to questions, though a source close to the "
        "squad says talks are under way."
    )
    found = ENGINE.propose(text, "en")
    line = next(p for p in found if p.kind == MarkKind.DECLINED)
    asked = found[dict(line.links)["source"]]
    assert asked.spans[0].slice(text) == "The football association"


def test_an_event_is_no_informant():
    text = "Le déplacement de Sabine Arnal suggère que la diplomatie cherche une issue."
    assert not proposals(text, "fr", MarkKind.SOURCE)


@pytest.mark.parametrize(
    ("language", "text", "words", "identification", "affiliation"),
    [
        (
            "fr",
            "L'agence régionale de santé a indiqué que le service fermerait.",
            "L'agence régionale de santé",
            "named_organisation",
            "unknown",
        ),
        (
            "en",
            "The union's president said the members would vote on Monday.",
            "The union's president",
            "person_by_office",
            "union",
        ),
    ],
)
def test_an_agency_is_no_newspaper_and_a_unions_president_no_government(
    language, text, words, identification, affiliation
):
    fields = proposals(text, language, MarkKind.SOURCE)[words].fields
    assert fields["identification"] == identification
    assert fields.get("affiliation", "unknown") == affiliation

"""Declined comment, could not verify, hedges; both languages, invented sentences."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine

ENGINE = Engine.load(rules_only=True)


def found(text: str, language: str, kind: MarkKind) -> list[str]:
    return [
        span.slice(text)
        for p in ENGINE.propose(text, language)
        if p.kind == kind
        for span in p.spans
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry declined to comment."),
        ("en", "Orbis Rail did not immediately respond to a request for comment."),
        ("en", "Calls to the company's press office were not returned."),
        ("en", "Ms. Vance could not be reached on Friday."),
        ("en", "A spokeswoman for the fund would not comment."),
        ("en", "The airline had no immediate comment."),
        ("fr", "Le ministère n'a pas souhaité faire de commentaire."),
        ("fr", "Contactée, la direction n'a pas donné suite à nos sollicitations."),
        ("fr", "L'entreprise s'est refusée à tout commentaire."),
        ("fr", "Aucun commentaire n'a été obtenu auprès du port."),
        ("fr", "Son avocat n'a pas répondu dans l'immédiat à une demande de commentaire."),
        ("fr", "Nos appels sont restés sans réponse."),
        ("fr", "Le groupe a refusé de s'exprimer."),
        ("fr", "Rappelé lundi, M. Ostrelle n'a pas décroché."),
        ("fr", "La mutuelle n'a pas voulu nous communiquer ses comptes."),
        ("fr", "La préfecture n'a ni confirmé ni démenti la date."),
        ("fr", "Le club dit ne pas commenter les rumeurs."),
        ("fr", "La ministre a décliné notre proposition d'entretien."),
        ("en", "The port authority did not respond before publication."),
        ("en", "The editors would not discuss individual reviews."),
        ("en", "A palace spokesman referred questions to the army."),
        ("en", "The mission has not yet reacted."),
    ],
)
def test_declined_comment_is_proposed(language: str, text: str) -> None:
    assert found(text, language, MarkKind.DECLINED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The committee will comment on the draft in June."),
        ("en", "He returned to the village where he was born."),
        ("en", "A passenger who declined to give her name said the train was full."),
        ("fr", "La question vient d'une mère qui n'a pas voulu donner son nom."),
        ("fr", "Le conseil a répondu favorablement à la demande."),
        ("fr", "La maire a commenté les résultats devant la presse."),
    ],
)
def test_comments_that_were_made_are_not_declined(language: str, text: str) -> None:
    assert found(text, language, MarkKind.DECLINED) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The agency could not independently verify the footage."),
        ("en", "The figures have not been independently confirmed."),
        ("fr", "L'agence n'a pas pu vérifier ces images de manière indépendante."),
        ("fr", "Ces chiffres n'ont pas pu être vérifiés de source indépendante."),
        ("fr", "Il est impossible de vérifier cette information."),
        ("fr", "Rien n'atteste à cette heure la réalité de ce volume."),
        ("fr", "Aucun document ne vient étayer ce récit."),
        ("fr", "Nous n'avons pas pu la corroborer."),
        ("fr", "Les autorités n'ont pas confirmé."),
        ("en", "The Courier has seen no record of such a meeting."),
        ("en", "We could not establish whether the plan was carried out."),
    ],
)
def test_could_not_verify_is_proposed(language: str, text: str) -> None:
    assert found(text, language, MarkKind.UNVERIFIED)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The convoy was allegedly hit by a drone.", "allegedly"),
        ("en", "The pilot appears to have lost control.", "appears to"),
        ("fr", "Le convoi aurait été touché par un drone.", "aurait"),
        ("fr", "Trois navires auraient quitté le port.", "auraient"),
        ("fr", "L'auteur présumé a pris la fuite.", "présumé"),
    ],
)
def test_hedges_are_proposed(language: str, text: str, words: str) -> None:
    assert words in found(text, language, MarkKind.HEDGE)


def test_a_condition_is_no_hearsay() -> None:
    text = "S'il avait plu plus tôt, la récolte aurait été sauvée et tout serait en ordre."
    assert found(text, "fr", MarkKind.HEDGE) == []


def test_who_was_asked_is_linked() -> None:
    text = "Aucun commentaire n'a été obtenu auprès du ministère des Transports."
    proposals = ENGINE.propose(text, "fr")
    declined = next(p for p in proposals if p.kind == MarkKind.DECLINED)
    role, index = declined.links[0]
    assert role == "source"
    assert proposals[index].spans[0].slice(text) == "ministère des Transports"
    assert proposals[index].fields["identification"] == "named_organisation"

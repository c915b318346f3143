"""Stories written to one pattern are different stories; one dispatch in twelve outlets is one."""

from __future__ import annotations

import random

import pytest

from annotator.text.minhash import groups, near_pairs, signature

_TOWNS = ("Norport", "Bellac", "Valmor", "Sainte-Aure", "Port-Vrel", "Karsk", "Lens-sur-Vire")
_NAMES = ("Irène Castel", "Nora Belka", "Paul Verne", "Luc Morel", "Karim Benali", "Ana Sousa")


def weather(choose: random.Random) -> str:
    town = choose.choice(_TOWNS)
    low, high, gusts = choose.randint(-2, 12), choose.randint(13, 36), choose.randint(20, 110)
    return (
        f"Météo à {town} : {high} degrés attendus\n\nLe temps sera couvert à {town}, avec des"
        f" températures comprises entre {low} et {high} degrés dans l'après-midi.\n\nLe vent"
        f" soufflera de secteur ouest, avec des rafales pouvant atteindre {gusts} km/h sur la côte."
        "\n\nLa tendance reste incertaine, précise l'institut météorologique, qui recommande la"
        f" prudence aux plaisanciers. Le coefficient de marée est de {choose.randint(30, 115)}."
    )


def market(choose: random.Random) -> str:
    change, points = round(choose.uniform(0.1, 3), 2), choose.randint(3000, 9000)
    best, worst = choose.sample(("Aquavia", "NorGas", "Forestia", "NorBank", "Valmor Aéro"), 2)
    return (
        f"Shares end {change}% up\n\nThe main index in Norland closed up {change}% at {points}"
        f" points after the central bank kept rates on hold.\n\nThe biggest gainer was {best}, up"
        f" {round(choose.uniform(2, 9), 2)}%, while shares of {worst} fell"
        f" {round(choose.uniform(0.2, 4), 2)}%.\n\nTurnover was {round(choose.uniform(1, 9), 2)}"
        " billion crowns, exchange data showed, and investors were waiting for inflation figures."
    )


def election(choose: random.Random) -> str:
    town, (winner, loser) = choose.choice(_TOWNS), choose.sample(_NAMES, 2)
    share = round(choose.uniform(50, 68), 2)
    return (
        f"Municipales à {town} : {winner} l'emporte\n\nLa liste de {winner} a remporté le second"
        f" tour des élections municipales à {town} avec {share} % des suffrages exprimés, contre"
        f" {round(99 - share, 2)} % pour {loser}.\n\nLa participation s'est établie à"
        f" {round(choose.uniform(35, 70), 2)} %, en hausse par rapport au scrutin précédent.\n\n"
        "« C'est la victoire de tous les habitants », a réagi dimanche soir la tête de liste devant"
        f" ses partisans. Le conseil comptera {choose.randint(20, 40)} sièges pour la majorité."
    )


@pytest.mark.parametrize("pattern", [weather, market, election], ids=lambda made: made.__name__)
def test_stories_of_one_pattern_are_not_grouped(pattern) -> None:
    choose = random.Random(31)
    pairs = near_pairs([signature(pattern(choose)) for _ in range(60)])
    # By accident two of sixty may have all their figures in common.
    assert len(pairs) <= 3


_DISPATCH = (
    "Le gouvernement de Valmorie a annoncé lundi la fermeture du port de Norport, après l'incendie"
    " qui a détruit deux entrepôts dans la nuit du 2 au 3 mars.",
    "« Nous ne laisserons personne au bord du quai », a déclaré la ministre de la Mer, Lise Aubin,"
    " lors d'un déplacement sur place.",
    "Deux sources proches de l'enquête, s'exprimant sous couvert d'anonymat, ont évoqué un"
    " court-circuit dans une chambre froide.",
    "Quelque 340 dockers ont été placés en chômage technique, selon la direction du port, qui"
    " n'exclut pas de prolonger la mesure jusqu'au 31 mars.",
    "Le trafic de conteneurs a été détourné vers Port-Vrel, à 40 kilomètres au nord, ce qui"
    " pourrait retarder les livraisons d'une semaine.",
    "Le syndicat des pêcheurs a appelé à un rassemblement mardi matin devant la préfecture pour"
    " demander une aide d'urgence à la région.",
)
_OTHER_WORDS = (("a annoncé", "a fait savoir"), ("Quelque", "Environ"), ("a déclaré", "a affirmé"))


def test_a_dispatch_with_other_heads_cuts_and_a_new_figure_is_one_story() -> None:
    versions: list[str] = []
    for number in range(12):
        body = list(_DISPATCH[: 4 if number % 3 == 1 else 6])
        if number % 3 == 2:
            body[3], body[4] = body[4], body[3]
        text = "\n\n".join((f"Titre {number} du journal sur le port", *body, "(avec AFP)"))
        for old, new in _OTHER_WORDS[: number % 4]:
            text = text.replace(old, new)
        versions.append(text.replace("340", "352") if number > 8 else text)
    pairs = near_pairs([signature(text) for text in versions])
    assert groups((one, other) for one, other, _ in pairs) == [list(range(12))]

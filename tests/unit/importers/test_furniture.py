# ruff: noqa: E501
"""Pages as people paste them: what is greyed, what is kept, what is known."""

from __future__ import annotations

import pytest

from annotator.importers.plain import PlainText

PAGES = {
    "interview": (
        "Interview : « Le port doit rouvrir »\nPropos recueillis par Jeanne Aubry\nQuand le port rouvrira-t-il ?\nJe ne sais pas.\nVraiment ?\nOui. Home, sweet home, comme on dit.\nEt après ?\nNext. Passons à autre chose, voulez-vous ? Nous avons beaucoup à faire dans cette ville et personne ne nous aide, malgré les promesses répétées du gouvernement.\nMerci.",
        "Interview : « Le port doit rouvrir »",
        {"authors": "Jeanne Aubry"},
        [
            "Interview : « Le port doit rouvrir »",
            "Propos recueillis par Jeanne Aubry",
            "Quand le port rouvrira-t-il ?",
            "Je ne sais pas.",
            "Vraiment ?",
            "Oui. Home, sweet home, comme on dit.",
            "Et après ?",
            "Next. Passons à autre chose, voulez-vous ? Nous avons beaucoup à faire dans cette ville et personne ne nous aide, malgré les promesses répétées du gouvernement.",
            "Merci.",
        ],
    ),
    "liste": (
        "Ce que l'on sait de l'incendie de Norport\n\nVoici ce que l'on sait ce lundi.\n\n- Deux entrepôts ont été détruits.\n- Trois dockers ont été entendus.\n- Aucun mort n'est à déplorer.\n\nPlus d'informations\nLe parquet tiendra une conférence de presse à 18h.",
        "Ce que l'on sait de l'incendie de Norport",
        {},
        [
            "Ce que l'on sait de l'incendie de Norport",
            "Voici ce que l'on sait ce lundi.",
            "- Deux entrepôts ont été détruits.",
            "- Trois dockers ont été entendus.",
            "- Aucun mort n'est à déplorer.",
            "Plus d'informations",
            "Le parquet tiendra une conférence de presse à 18h.",
        ],
    ),
    "communique": (
        "COMMUNIQUÉ DE PRESSE\nNorport, le 3 mars 2031\nLe port de Norport restera fermé\nLa direction du port annonce la fermeture du terminal jusqu'à nouvel ordre, à la suite de l'incendie qui a détruit deux entrepôts dans la nuit.\nContact presse : Jeanne Aubry, 01 02 03 04 05\n###",
        "Le port de Norport restera fermé",
        {"published": "2031-03-03", "dateline": "Norport"},
        [
            "Le port de Norport restera fermé",
            "La direction du port annonce la fermeture du terminal jusqu'à nouvel ordre, à la suite de l'incendie qui a détruit deux entrepôts dans la nuit.",
            "Contact presse : Jeanne Aubry, 01 02 03 04 05",
        ],
    ),
    "lemonde": (
        "INTERNATIONAL • VALMORIA\nArticle réservé aux abonnés\nA Norport, l'incendie du port ravive les tensions\nDeux entrepôts ont été détruits. Le gouvernement est accusé de négligence.\nPar Jeanne Aubry (Norport, envoyée spéciale)\nPublié le 3 mars 2031 à 05h00, modifié le 3 mars 2031 à 09h12\nTemps de Lecture 4 min.\nAjouter à vos sélections\nPartager sur Facebook Envoyer par e-mail Partager sur Twitter\n\nL'odeur de brûlé flotte encore sur les quais. Lundi matin, des dizaines de dockers attendaient devant les grilles du terminal, dans l'espoir d'une réponse qui n'est pas venue.\n\n« On nous ment depuis des mois », souffle l'un d'eux, sous couvert d'anonymat.\n\nLire aussi | Article réservé à nos abonnés Valmoria : le canal de la discorde\n\nDeux sources proches de l'enquête évoquent un court-circuit.\n\nIl vous reste 68.4% de cet article à lire. La suite est réservée aux abonnés.\nJeanne Aubry (Norport, envoyée spéciale)\nContribuer\nServices Le Monde",
        "A Norport, l'incendie du port ravive les tensions",
        {"updated": "2031-03-03T09:12", "published": "2031-03-03T05:00", "authors": "Jeanne Aubry"},
        [
            "A Norport, l'incendie du port ravive les tensions",
            "Deux entrepôts ont été détruits. Le gouvernement est accusé de négligence.",
            "L'odeur de brûlé flotte encore sur les quais. Lundi matin, des dizaines de dockers attendaient devant les grilles du terminal, dans l'espoir d'une réponse qui n'est pas venue.",
            "« On nous ment depuis des mois », souffle l'un d'eux, sous couvert d'anonymat.",
            "Deux sources proches de l'enquête évoquent un court-circuit.",
        ],
    ),
    "bbc": (
        'Home\nNews\nSport\nNorland minister resigns over harbour deal\n3 March 2031\nShare\nSave\nAnn Marlow\nTransport correspondent\nGetty Images The harbour at Port Essex\nThe transport minister of Norland has resigned after documents showed that she had owned shares in the company that won the contract.\nShe denies any wrongdoing.\n"I did nothing wrong," she told the BBC.\nTwo people familiar with the matter said others would follow.\nRelated topics\nNorland\nPorts\nMore on this story\nWho owns the harbour?\nPublished 2 March\nTop stories\nCat found alive after storm\n© 2031 BBC. The BBC is not responsible for the content of external sites. Read about our approach to external linking.',
        "Norland minister resigns over harbour deal",
        {"published": "2031-03-03", "outlet": "BBC", "authors": "Ann Marlow"},
        [
            "Norland minister resigns over harbour deal",
            "Ann Marlow",
            "Transport correspondent",
            "Getty Images The harbour at Port Essex",
            "The transport minister of Norland has resigned after documents showed that she had owned shares in the company that won the contract.",
            "She denies any wrongdoing.",
            '"I did nothing wrong," she told the BBC.',
            "Two people familiar with the matter said others would follow.",
        ],
    ),
    "ap_inline": (
        'Skip to main content Sign in Menu AP News Norland minister quits over port deal By ANN MARLOW Updated 2:05 PM EST, March 3, 2031 PORT ESSEX, Norland (AP) — The transport minister of Norland resigned on Monday after documents showed she had owned shares in the company. "I did nothing wrong," she said. ___ Associated Press writer Joe Pike contributed to this report. © 2031 The Associated Press. All rights reserved.',
        "AP News Norland minister quits over port deal",
        {
            "dateline": "PORT ESSEX",
            "agency": "AP",
            "updated": "2031-03-03T14:05-05:00",
            "authors": "ANN MARLOW",
        },
        [
            'AP News Norland minister quits over port deal PORT ESSEX, Norland (AP) — The transport minister of Norland resigned on Monday after documents showed she had owned shares in the company. "I did nothing wrong," she said. ___ Associated Press writer Joe Pike contributed to this report.'
        ],
    ),
    "afp_court": (
        "URGENT - Norport : le port restera fermé (ministre)\n\nNorport, 3 mars 2031 (AFP) - Le port restera fermé, a annoncé lundi la ministre.\n\njau/kbe/abc",
        "URGENT - Norport : le port restera fermé (ministre)",
        {"dateline": "Norport", "agency": "AFP", "published": "2031-03-03"},
        [
            "URGENT - Norport : le port restera fermé (ministre)",
            "Norport, 3 mars 2031 (AFP) - Le port restera fermé, a annoncé lundi la ministre.",
        ],
    ),
    "boursorama": (
        "Accueil\nActualités\nConnexion\nS'inscrire\nCe site utilise des cookies pour améliorer votre expérience et mesurer l'audience. En continuant, vous acceptez notre politique de confidentialité.\nNorport: le port restera fermé, selon deux sources\nReuters • 03/03/2031 à 18:05\n\n(Actualisé avec précisions)\n\nNORPORT, 3 mars (Reuters) - Le port de Norport restera fermé, ont déclaré lundi à Reuters deux sources proches du dossier.\n\nReuters n'a pas pu vérifier cette information de manière indépendante.\n\n(Rédigé par Jeanne Aubry, avec Karim Benali à Valmor, édité par Luc Morel)\n\n0 commentaire\nVous devez être membre pour ajouter un commentaire. Devenez membre gratuitement\nA lire aussi\nLe canal de la discorde\nChine : la croissance ralentit\nMes listes\nCette liste ne contient aucune valeur.",
        "Norport: le port restera fermé, selon deux sources",
        {
            "dateline": "NORPORT",
            "agency": "Reuters",
            "published": "2031-03-03T18:05",
            "authors": "Jeanne Aubry; Karim Benali",
        },
        [
            "Norport: le port restera fermé, selon deux sources",
            "(Actualisé avec précisions)",
            "NORPORT, 3 mars (Reuters) - Le port de Norport restera fermé, ont déclaré lundi à Reuters deux sources proches du dossier.",
            "Reuters n'a pas pu vérifier cette information de manière indépendante.",
        ],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_pasted_page(name: str):
    text, headline, metadata, kept = PAGES[name]
    (imported,) = PlainText().read(text.encode(), "x.txt")
    assert imported.headline == headline
    assert dict(imported.metadata) == metadata
    left = imported.text
    for span in reversed(imported.mask):
        left = left[: span.start] + left[span.end :]
    assert [" ".join(line.split()) for line in left.split("\n") if line.strip()] == kept

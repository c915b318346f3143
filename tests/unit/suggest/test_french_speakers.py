"""Who speaks in French articles: invented sentences, and others where a rule must stay silent."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine, Proposal

ENGINE = Engine.load()


def said(text: str) -> dict[str, Proposal | None]:
    """Return the source of every quotation by the quotation's words, ``None`` where it has none."""
    proposals = ENGINE.propose(text, "fr")
    return {
        " + ".join(s.slice(text) for s in p.spans): next(
            (proposals[j] for role, j in p.links if role == "source"), None
        )
        for p in proposals
        if p.kind == MarkKind.QUOTE
    }


def speaker(text: str, start: str) -> str:
    """Return the words of who says the quotation that begins so; nothing where nobody does."""
    found = next((p for words, p in said(text).items() if words.startswith(start)), None)
    return found.spans[0].slice(text) if found else ""


def actor(text: str, start: str) -> str:
    """Return the name of who says the quotation that begins so."""
    found = next((p for words, p in said(text).items() if words.startswith(start)), None)
    return found.fields.get("actor", "") if found else ""


def sources(text: str) -> dict[str, Proposal]:
    """Return the source proposals by their words, the last of the same words."""
    return {
        p.spans[0].slice(text): p for p in ENGINE.propose(text, "fr") if p.kind == MarkKind.SOURCE
    }


@pytest.mark.parametrize(
    "text",
    [
        "« Le dossier est clos », fait-on valoir dans l'équipe d'Irène Lanvic.",
        "« Tout est prêt depuis mardi », fait-on savoir dans l'entourage d'Irène Lanvic.",
        "« Rien n'est signé », fait-on remarquer au cabinet d'Irène Lanvic.",
    ],
)
def test_a_team_that_makes_known_is_not_its_head(text: str) -> None:
    found = next(iter(said(text).values()))
    assert found is not None
    assert found.fields["identification"] == "unnamed_group"
    assert "Lanvic" not in found.fields.get("actor", "")


def test_a_verb_with_its_own_subject_is_no_piece_of_the_sentence_before() -> None:
    text = (
        "La maire, Irène Lanvic, a dénoncé lundi « un mépris des campagnes », jugeant que les "
        "routes « tombent en ruine ». La Fondation du littoral estime pour sa part, dans un bilan "
        "paru jeudi, que 300 maisons sont menacées."
    )
    assert "Lanvic" in actor(text, "« un mépris")
    assert "Lanvic" in actor(text, "les routes")
    assert speaker(text, "300 maisons") == "La Fondation du littoral"


def test_two_clauses_of_one_sentence_have_two_speakers() -> None:
    text = (
        "Un projet que les riverains disent « inutile » et que la chambre de commerce a qualifié "
        "de « vital » pour le port."
    )
    assert speaker(text, "« inutile") == "les riverains"
    assert speaker(text, "« vital") == "la chambre de commerce"
    text = (
        "Les analystes de Corvalis jugent le plan « rude », tandis que ceux de Marbeuf Capital "
        "estiment que les ventes sont « surévaluées »."
    )
    assert speaker(text, "les ventes") == "ceux de Marbeuf Capital"


@pytest.mark.parametrize(
    ("text", "start", "who"),
    [
        ("« Trop tard », coupe Me Jeanne Sol, avocate au barreau.", "« Trop tard", "Jeanne Sol"),
        ("« Jamais », cingle Paul Guern, élu d'opposition.", "« Jamais", "Paul Guern"),
        ("« C'est un cadeau », calcule la trésorière.", "« C'est", "la trésorière"),
    ],
)
def test_the_verbs_of_an_incise_are_an_open_class(text: str, start: str, who: str) -> None:
    assert who in speaker(text, start)


def test_what_stands_behind_a_quotation_is_not_always_a_speaker() -> None:
    text = "On lit « Défense d'entrer », triste avertissement, sur la grille du moulin."
    assert "avertissement" not in speaker(text, "« Défense")


def test_the_incise_inside_a_quotation_names_its_speaker() -> None:
    text = (
        "Ses voisins l'appellent « le Vieux Sage ». Sa fille, moins. « Petite, je croyais que la "
        "mer était à lui, raconte cette fleuriste de 31 ans. Il ne m'a jamais détrompée. »"
    )
    found = said(text)
    assert not any("Vieux Sage" in words for words in found)
    assert speaker(text, "« Petite").startswith("cette fleuriste")


@pytest.mark.parametrize(
    ("text", "start", "who"),
    [
        (
            "Au matin, Yann Kerlan marche dans la vase. « Tout est parti en une nuit. »",
            "« Tout",
            "Yann Kerlan",
        ),
        (
            "« J'ai entendu un bruit sourd. » Il est 3 heures, lundi, quand Odile Maret ouvre sa "
            "fenêtre.",
            "« J'ai",
            "Odile Maret",
        ),
        (
            "La boulangère a les mains blanches. « On a tenu grâce aux voisins. »",
            "« On a",
            "La boulangère",
        ),
        (
            "Son frère Malo, lui, doute. « La porte était fermée à clef depuis jeudi. »",
            "« La porte",
            "Son frère Malo",
        ),
    ],
)
def test_a_quotation_that_stands_by_itself(text: str, start: str, who: str) -> None:
    assert speaker(text, start).startswith(who)


def test_who_asks_does_not_answer() -> None:
    text = (
        "Un journaliste demande pourquoi la vanne est restée ouverte. « Personne n'en sait rien. »"
    )
    assert "journaliste" not in speaker(text, "« Personne")


def test_a_document_never_says_i() -> None:
    text = (
        "Le lac a perdu deux mètres depuis 2001, d'après les relevés du laboratoire. Odile Maret "
        "n'aime pas ce chiffre. « On me demande un verdict. Moi, je vous donne un bulletin. »"
    )
    assert actor(text, "« On me demande") == "Odile Maret"


def test_the_reporters_sentence_behind_a_quotation_is_the_reporters() -> None:
    text = (
        "« La priorité, c'était la cuve », explique le commandant Loïc Maret. Six familles ont été "
        "évacuées par précaution. Une cellule d'écoute a ouvert à la mairie."
    )
    assert not any("familles" in words or "cellule" in words for words in said(text))


def test_words_set_off_by_marks_are_not_the_next_speakers() -> None:
    text = (
        "Demain, elle participe à une réunion où l'on parlera de « trajectoires ». Le gardien du "
        "phare croit savoir qu'elle n'ira pas."
    )
    assert not any("trajectoires" in words for words in said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Le parquet a ouvert une enquête pour « vol en réunion », a indiqué la procureure.",
        "Deux hommes ont été condamnés pour « abus de confiance », a annoncé le tribunal.",
        "Il a remis une note intitulée « Cap sur demain », a dit le préfet.",
    ],
)
def test_charges_and_titles_are_nobodys_words(text: str) -> None:
    assert not any(words.startswith("« ") for words in said(text))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Le maire a appelé « ceux qui savent » à se manifester.", "« ceux qui savent"),
        ("Elle trouve le projet « beaucoup trop cher ».", "le projet"),
        ("Il se souvient d'avoir crié avant la chute.", "d'avoir crié"),
    ],
)
def test_what_is_said_stays(text: str, start: str) -> None:
    assert any(start in words for words in said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Les premiers secours trouvent un hangar entièrement embrasé.",
        "L'ancien caissier, soupçonné d'avoir détourné les fonds, est en fuite.",
        "Un directeur qui promet, c'est suspect.",
        "L'épisode rappelle le « ni pour ni contre » du précédent préfet.",
    ],
)
def test_deeds_and_generalities_report_nothing(text: str) -> None:
    assert not said(text)


def test_on_the_hearing_end() -> None:
    text = "Un membre du conseil nous a confié que le vote serait reporté."
    assert speaker(text, "le vote") == "Un membre du conseil"
    text = (
        "« Personne ne descend ici », nous disait la semaine dernière leur porte-parole, Jean Sol."
    )
    assert actor(text, "« Personne") == "Jean Sol"
    text = "« J'aurais préféré me tromper », dit-elle simplement."
    assert speaker(text, "« J'aurais") == "-elle"


def test_to_hear_him_tell_it() -> None:
    text = (
        "Yann Kerlan ne décolère pas. À l'entendre, une dizaine d'élus seraient prêts à "
        "démissionner."
    )
    assert actor(text, "une dizaine") == "Yann Kerlan"


def test_the_occasion_is_no_part_of_the_speaker() -> None:
    text = (
        "« Ils se renvoient la faute », a lâché à la suspension d'audience Nadia Corbel, dont le "
        "frère, couvreur, est mort dans la chute."
    )
    assert speaker(text, "« Ils").startswith("Nadia Corbel")
    assert not any("est mort" in words for words in said(text))


def test_what_tells_of_the_subject_is_not_what_it_affirms() -> None:
    text = (
        "L'ancien chef de chantier, Jérôme Castel, jugé après l'écroulement d'une passerelle qui "
        'avait fait deux morts en 2019, a affirmé mardi au tribunal avoir "prévenu tout le monde".'
    )
    assert not any("écroulement" in words for words in said(text))


def test_she_is_no_father_and_a_magistrate_no_defendant() -> None:
    text = (
        "Interrogé par la présidente, Claire Aubin, M. Jérôme Castel a expliqué que sa messagerie "
        "était vide. « Vous n'aviez rien gardé ? », a insisté la magistrate."
    )
    assert actor(text, "« Vous") == "Claire Aubin"
    text = (
        "Odile Maret vit au bord du lac. Odile Maret le sonde chaque mois. Bruno Sol se méfie. Son "
        "père disait que l'eau chantait. Elle écrit que « la science ne console pas »."
    )
    assert actor(text, "« la science") == "Odile Maret"


def test_the_one_concerned_is_not_who_spoke() -> None:
    text = (
        "Le président, Charles Daubin, hésite. « Il a eu peur », se souvient un membre du cabinet. "
        "« Jamais de la vie », tranche l'intéressé."
    )
    assert actor(text, "« Jamais") == "Charles Daubin"


def test_the_latter_stands_close_by() -> None:
    text = (
        "« Asseyez-vous », demande la présidente, Hélène Tard. L'homme obéit. Le silence se fait. "
        "Les fonds passaient par sa sœur. Cette dernière a assuré ne rien savoir."
    )
    assert actor(text, "ne rien savoir") != "Hélène Tard"


@pytest.mark.parametrize(
    ("text", "words", "identification", "count"),
    [
        (
            "Deux de ses collègues, qui requièrent l'anonymat, confirment l'existence d'une liste.",
            "Deux de ses collègues",
            "unnamed_group",
            "2",
        ),
        (
            "Plusieurs de ses proches assurent qu'il partira.",
            "Plusieurs",
            "unnamed_group",
            "several",
        ),
        (
            "Les experts mandatés par la juge ont conclu que la pièce avait cédé.",
            "Les experts",
            "unnamed_group",
            "several",
        ),
        (
            "Une autre figure du premier cercle veut croire que tout se débloquera.",
            "Une autre figure",
            "unnamed_person",
            None,
        ),
        (
            "« Un château de cartes », a résumé l'un d'eux, Philippe Ramin, mardi.",
            "l'un d'eux",
            "named_person",
            None,
        ),
        (
            "Ceux qui l'ont vue travailler décrivent une femme dure et assurent qu'elle restera.",
            "Ceux qui",
            "unnamed_group",
            "several",
        ),
    ],
)
def test_who_a_mention_is(text: str, words: str, identification: str, count: str | None) -> None:
    found = next(p for at, p in sources(text).items() if at.startswith(words))
    assert found.fields["identification"] == identification
    assert found.fields.get("stated_count") == count


def test_the_boss_was_named_just_before_and_the_minister_too() -> None:
    text = "Alain Le Goff marche dans la suie. Le patron assure que la scierie rouvrira."
    assert actor(text, "la scierie rouvrira") == "Alain Le Goff"
    text = (
        "Paul Durieux, apiculteur, proteste. « Mes ruches sont mortes », dit Paul Durieux. Le "
        "préfet affirme que les analyses sont bonnes."
    )
    assert actor(text, "les analyses") != "Paul Durieux"


def test_an_office_and_the_name_that_comes_in_later_are_one() -> None:
    text = (
        "« Vous n'ouvriez pas votre courrier ? », s'étonne la procureure. Le prévenu se tait.\n"
        "Dans son réquisitoire, la procureure, Anne Kessel, a fustigé « un homme sans honte »."
    )
    found = said(text)
    one, two = (p for p in found.values() if p is not None)
    assert one.cluster == two.cluster


def test_the_speaker_behind_a_word_of_his() -> None:
    text = "Pas une agrafe ne bouge sans elle, selon le mot d'un vice-président."
    assert "un vice-président" in sources(text)


def test_one_says_is_said_by_one() -> None:
    text = "Daubin, dit-on, garde un sondage dans son tiroir."
    assert "Daubin" not in actor(text, "garde un sondage")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Un proche de la maire confirme, sous couvert d'anonymat, que trois élus ont menacé de "
            "partir.",
            "Un proche de la maire",
        ),
        (
            "Une conseillère du ministre, qui requiert l'anonymat, jure que rien n'est fait.",
            "Une conseillère du ministre",
        ),
    ],
)
def test_who_is_close_to_the_mayor_is_not_the_mayor(text: str, who: str) -> None:
    (found,) = (p for p in said(text).values() if p is not None)
    assert found.spans[0].slice(text).startswith(who)
    assert found.fields["identification"] == "unnamed_person"


def test_relatives_share_a_surname_and_no_more() -> None:
    text = (
        "Kévin Delorme est mort en août. « Je suis anéantie », a dit sa mère, Véronique Delorme. "
        "« Il faudra répondre », a ajouté Mme Delorme."
    )
    assert actor(text, "« Je suis") == "Véronique Delorme"
    assert actor(text, "« Il faudra") == "Véronique Delorme"


def test_a_doctor_is_not_the_lawyer_who_just_spoke() -> None:
    text = (
        "« Mes clients ont obéi », a dit leur avocat, Me Paul Garance. Le médecin a estimé que les "
        "lésions étaient anciennes."
    )
    assert actor(text, "les lésions") == ""
    text = (
        "« Nous avons douze lits », décrit le professeur Laurent Escudier. Le médecin explique que "
        "la nuit est longue."
    )
    assert actor(text, "la nuit") == "Laurent Escudier"


def test_who_speaks_inside_a_quotation_is_no_he_outside_it() -> None:
    text = (
        "Un haut responsable raconte. « L'un d'eux m'a dit : \"Je pars\" », a-t-il raconté. "
        "Selon lui, un texte sera soumis jeudi."
    )
    found = said(text)
    first = next(p for words, p in found.items() if words.startswith("un texte"))
    assert first is not None
    assert first.fields.get("group") is None


def test_for_somebody_it_is_enough() -> None:
    text = (
        "Pour l'Association des usagers, c'est la goutte d'eau. « On renonce aux soins », déplore "
        "sa trésorière, Odile Grange."
    )
    assert speaker(text, "c'est la goutte") in ("l'Association des usagers", "")
    assert actor(text, "« On renonce") == "Odile Grange"


def test_the_one_concerned_was_spoken_of_by_who_spoke_last() -> None:
    text = (
        "« Nous n'avons pas été consultés », fulmine Hélène Cassan. La directrice, Nadine Ferrand, "
        "conteste. « Mme Cassan était invitée », rectifie-t-elle. L'intéressée reconnaît avoir "
        "« manqué la dernière séance »."
    )
    assert actor(text, "avoir « manqué") == "Hélène Cassan"


def test_a_quotation_ends_at_its_mark() -> None:
    text = (
        "L'ancien maire soupire. « La politique, c'est avaler sans mâcher. » De ce dîner du 12 "
        "octobre, où tout se serait joué, il ne dira rien. Son attachée de presse non plus."
    )
    assert not any("dîner" in words or "attachée" in words for words in said(text))


def test_another_corrects() -> None:
    text = "« C'est une gifle », résume un de ses lieutenants. Un autre corrige : « Deux gifles. »"
    assert speaker(text, "« C'est") == "un de ses lieutenants"
    assert speaker(text, "« Deux") == "Un autre"


def test_and_to_add() -> None:
    text = (
        "Une autre figure du premier cercle veut croire que « tout se débloquera ». Et de glisser, "
        "dans un sourire : « C'est ce que l'on disait déjà l'an dernier. »"
    )
    assert speaker(text, "« C'est ce que") == "Une autre figure du premier cercle"


def test_a_husband_is_not_the_lawyer_who_was_told_of_and_one_lawyer_not_another() -> None:
    text = (
        "La vieille dame se rassoit, aidée par son avocat. « Nous l'avions cru », souffle le mari. "
        "Il pleure. Il se tait. Il revient. Il repart.\n"
        "Son conseil, Me Louis Abit, a plaidé la maladie. « On ne soigne pas un joueur en "
        "cellule », a lancé l'avocat."
    )
    assert actor(text, "« On ne soigne") == "Louis Abit"
    found = said(text)
    husband = next(p for words, p in found.items() if words.startswith("« Nous"))
    lawyer = next(p for words, p in found.items() if words.startswith("« On ne"))
    assert husband is not None
    assert lawyer is not None
    assert husband.cluster != lawyer.cluster

"""What stands beside an article in pasted text: captions, sign-offs, lines on the author.

All invented. The counter-examples are sentences of a body that look like them.
"""

from __future__ import annotations

import pytest

from annotator.importers import read_bytes

_BODY = {
    "fr": (
        "Le conseil municipal de Norport a voté mardi la fermeture provisoire du vieux bassin.",
        "« Nous n’avons pas été consultés », a déclaré Irène Castel, patronne de la criée.",
        "Deux responsables du port, qui ont requis l’anonymat, évoquent un rapport accablant.",
    ),
    "en": (
        "The harbour board of Norport voted on Tuesday to close the old basin for a season.",
        "“Nobody asked us,” said Irene Castle, who has run the fish market since the flood.",
        "Two port officials, who asked not to be named, pointed to a damning internal report.",
    ),
}
_HEAD = {
    "fr": ("La digue de Norport inquiète les pêcheurs", "Par Jeanne Aubry"),
    "en": ("Norport sea wall worries fishermen", "By Jane Doe"),
}


def page(language: str, *, within: str = "", behind: tuple[str, ...] = ()):
    """Return an article with a line between its paragraphs, or lines behind them."""
    one, two, three = _BODY[language]
    lines = (*_HEAD[language], one, *((within,) if within else ()), two, three, *behind)
    (article,) = read_bytes("\n".join(lines).encode(), "pasted.txt")
    return article


def greyed(article) -> str:
    """Return what is masked."""
    return "\n".join(span.slice(article.text) for span in article.mask)


CAPTIONS = {
    "fr": (
        "(Photo : Luc Roe/AFP)",
        "(Photo Luc Roe / AFP)",
        "Crédit photo : Luc Roe",
        "La digue de Norport, le 3 mars 2031. (LUC ROE / AFP)",
        "La digue de Norport, le 3 mars 2031. © Luc Roe / AFP",
        "La digue de Norport, le 3 mars 2031 Luc ROE / AFP",
        "PHOTO D’ARCHIVES : la digue de Norport sous la neige, le 3 janvier 2029.",
        "Le maire de Norport devant la digue, mardi. REUTERS/Luc Roe",
        "Luc Roe via Getty Images",
    ),
    "en": (
        "(Photo: Luke Roe/AFP)",
        "(Photo by Luke Roe / Getty Images)",
        "FILE PHOTO: The sea wall at Norport under snow, Jan 3, 2029. REUTERS/Luke Roe/File Photo",
        "FILE - The sea wall at Norport under snow, Jan. 3, 2029. (AP Photo/Luke Roe, File)",
        "[1/4] Waves hit the sea wall, March 3, 2031. REUTERS/Luke Roe Purchase Licensing Rights",
        "Waves hit the sea wall at Norport. Photograph: Luke Roe/The Courier",
        "Luke Roe/Getty Images",
        "Luke Roe via Getty Images",
        "Image caption, Waves hit the sea wall at Norport",
        "Photo credit: Luke Roe",
    ),
}
BEHIND = {
    "fr": (
        "(Reportage Jeanne Aubry, édité par Paul Verne)",
        "(Rédigé par Jeanne Aubry, avec Karim Benali à Valmor)",
        "(Avec AFP)",
        "Avec AFP",
        "Le Quotidien avec AFP et Reuters",
        "(AFP)",
        "Jeanne Aubry avec AFP",
        "Version française Luc Morel, édité par Paul Verne",
        "Propos recueillis par Jeanne Aubry",
        "jau/kbe/abc",
        "Jeanne Aubry",
        "Jeanne Aubry est journaliste au service Région depuis 2019.",
        "Jeanne Aubry couvre la pêche et le littoral pour Le Quotidien. Suivez-la sur X.",
        "Journaliste au service Région depuis 2019, Jeanne Aubry couvre la pêche et le littoral.",
        "Jeanne Aubry, envoyée spéciale à Norport",
        "Karim Benali a contribué à cet article.",
        "Suivez Jeanne Aubry sur X : @jaubry",
        "À propos de l’auteure",
        "À lire aussi : le phare rouvre ses portes",
        "Inscrivez-vous à notre infolettre du matin",
        "1,2 k partages",
        "234 partages · 12 commentaires",
        "© Le Quotidien 2031. Tous droits réservés.",
        "Cet article a été initialement publié par Le Courrier de Valmor.",
        "Avec nos agences",
        "Source AFP",
        "J. A. avec AFP",
        "Jeanne Aubry (à Norport)",
        "Jeanne Aubry et Karim Benali",
        "Photos : Luc Roe",
        "Contacter l’auteur",
        "Article publié le 3 mars 2031",
        "> Lire aussi : le phare rouvre",
        "Auteur de « La digue » (éditions du Port, 2029)",
    ),
    "en": (
        "(Reporting by Jane Doe; Editing by John Roe)",
        "Reporting by Jane Doe in Norport and Ann Marlow in Port Essex; Editing by John Roe",
        "(Additional reporting by Ann Marlow; Writing by Tom Stone; Editing by John Roe.)",
        "Additional reporting by Ann Marlow.",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "Jane Doe reported from Norport, and Ann Marlow from Port Essex.",
        "Doe reported from Norport. Associated Press writer Ann Marlow contributed to this report.",
        "Ann Marlow contributed reporting.",
        "Jane Doe covers the coast for the Courier.",
        "Jane Doe is a reporter covering the coast. She has worked at The Courier since 2019.",
        "Ann Marlow is the fisheries correspondent of The Courier.",
        "Follow Jane Doe on Twitter @janedoe.",
        "Contact Jane Doe at jane.doe@example.org",
        "About the author",
        "Read more: Lighthouse opens its doors again",
        "Sign up here.",
        "Sign up to get the Courier’s morning briefing",
        "1.2K shares",
        "AP’s coverage of the coast receives financial support from private foundations.",
        "This article was originally published by The Valmor Post.",
        "With Reuters",
        "JANE DOE",
        "jdoe@courier.example",
        "Read full article",
        "With files from The Canadian Press",
        "Have a tip? Email us at tips@courier.example",
        "45 retweets",
        "Last updated: 3 March 2031, 10:15",
        "(Luke Roe/Associated Press)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "line"), [(k, c) for k, cs in CAPTIONS.items() for c in cs])
def test_a_caption_is_greyed_wherever_it_stands(language: str, line: str):
    for article in (page(language, within=line), page(language, behind=(line,))):
        masked = greyed(article)
        assert line in masked
        assert [words for words in _BODY[language] if words in masked] == []
        assert article.headline == _HEAD[language][0]


@pytest.mark.parametrize(("language", "line"), [(k, c) for k, cs in BEHIND.items() for c in cs])
def test_what_stands_behind_an_article_is_greyed(language: str, line: str):
    article = page(language, behind=(line,))
    masked = greyed(article)
    assert line in masked
    assert [words for words in _BODY[language] if words in masked] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_of_it_at_once_is_greyed_and_the_body_is_whole(language: str):
    article = page(language, behind=(CAPTIONS[language][3], *BEHIND[language][:10]))
    masked = greyed(article)
    assert [line for line in BEHIND[language][:10] if line not in masked] == []
    assert [words for words in _BODY[language] if words in masked] == []


#: Lines of a body that look like what stands behind one; each is its last.
SENTENCES = (
    "Irène Castel est journaliste au Quotidien depuis trente ans.",
    "Irene Castle covers her losses with what the boats bring in.",
    "Irene Castle is an editor at the Courier and was arrested on Monday.",
    "Castle reported from the sea wall that it was giving way.",
    "Marie Petit est professeure de droit à l’université de Norport.",
    "Paul Verne contributed to the campaign of the mayor.",
    "Avec la pluie, la digue a cédé en trois endroits, selon la préfecture.",
    "With Reuters refusing to comment, the board turned to the press.",
    "Follow-up studies will be made in the spring, the board said.",
    "Le texte a été publié mardi par la préfecture.",
    "Contacté, le cabinet du maire n’a pas souhaité répondre.",
    "Reporting on the sea wall has been banned, the officials said.",
    "This was the first time that the board had met in public.",
    "Les pêcheurs, avec Reuters pour témoin, ont signé l’accord.",
    "Source de tensions, la digue sera reconstruite.",
    "Suivre les travaux coûtera deux millions d’euros, a dit le maire.",
    "Il a refusé de commenter. © AFP",
    "Le maire était absent (il était à Paris).",
    "Le maire (Jean Petit) était absent.",
    "Photo after photo showed the cracks, the officials said.",
    "Selon des chiffres de la région/AFP, la pêche a reculé de 3 %.",
    "The officials spoke to Jane Roe / AFP and to the Courier on Monday.",
    "“Follow me on Twitter, I am @castle,” she said.",
    "Sur X, @castel a écrit que tout allait bien.",
    "Contact was lost at 10:15, an official told the Courier.",
    "Text messages seen by the Courier bear this out.",
    "The video by the port authority shows the wall giving way.",
    "Retrouver la confiance prendra du temps, a dit le maire.",
    "Publié mardi, le rapport accable la direction du port.",
    "Updated plans will be shown in 2032, the board said.",
    "Le maire a été joint à l’adresse maire@norport.example mardi.",
    "Vos réactions seront lues, a promis le maire aux habitants.",
    "Source de la fuite : un responsable du port, selon deux élus.",
    "Photos and letters seen by the Courier bear this out.",
    "Journaliste, elle avait quitté le Quotidien en 2019, dit le maire.",
)


#: Of whom the body tells.
_PERSON = {"fr": "Irène Castel", "en": "Irene Castle"}


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sentence_of_the_body_is_never_greyed(language: str, sentence: str):
    for name in _PERSON.values():
        sentence = sentence.replace(name, _PERSON[language])
    for article in (page(language, within=sentence), page(language, behind=(sentence,))):
        assert sentence.removesuffix(" © AFP") not in greyed(article)


def test_names_are_read_from_a_sign_off_that_is_greyed():
    article = page("en", behind=("Reporting by Ann Marlow in Port Essex; Editing by John Roe",))
    assert article.metadata["authors"] == "Jane Doe; Ann Marlow"
    article = page("fr", behind=("(Avec Karim Benali à Valmor; version française Luc Morel)",))
    assert article.metadata["authors"] == "Jeanne Aubry; Karim Benali"
    assert article.metadata["translator"] == "Luc Morel"


def test_a_text_that_is_only_a_caption_is_kept():
    (article,) = read_bytes(b"(Photo: Luke Roe/AFP)", "a.txt")
    assert article.mask == ()

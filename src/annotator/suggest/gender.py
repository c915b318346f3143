"""Say which gender words and first names have: « la magistrate » is not Jérôme.

What a list or an ending does not tell stays open, and joins anybody.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

FEMININE, MASCULINE = "f", "m"
_FEMININE = word_set(
    "she her herself elle -elle -t-elle celle-ci celle mme ms mrs mlle woman madame spokeswoman"
)
_MASCULINE = word_set(
    "he him himself il -il -t-il celui-ci celui m m. mr mister man monsieur spokesman lui"
)
_DETERMINERS = {
    "un": MASCULINE,
    "le": MASCULINE,
    "ce": MASCULINE,
    "cet": MASCULINE,
    "une": FEMININE,
    "la": FEMININE,
    "cette": FEMININE,
}
_OPEN = word_set("l' son sa leur mon ma ton ta notre votre les ses leurs d' ex ancien ancienne")
_RELATIVE = word_set("qui que qu' dont où who whose whom which that")
_FEMALE_KIN = word_set(
    "mère fille sœur soeur épouse tante nièce cousine femme compagne veuve grand-mère belle-mère "
    "belle-sœur belle-soeur petite-fille marraine reine princesse dame cheffe patronne championne "
    "ancienne sister mother daughter wife widow aunt niece girlfriend"
)
_MALE_KIN = word_set(
    "père fils frère mari oncle neveu cousin homme garçon compagnon veuf grand-père beau-père "
    "beau-frère petit-fils parrain roi prince ancien brother father son husband uncle nephew "
    "boyfriend"
)
_FEMALE_ENDS = (
    "trice",
    "euse",
    "ière",
    "ienne",
    "eure",
    "ante",
    "ente",
    "ée",
    "ue",
    "esse",
    "ate",
    "ise",
    "tion",
    "sion",
    "ité",
    "ence",
    "ipe",
)
_MALE_ENDS = ("eur", "ier", "ien", "ant", "ent", "é", "u", "at", "ois", "ais", "eux", "if")
_EITHER = word_set(
    "diplomate pirate acrobate démocrate bureaucrate technocrate aristocrate autocrate entourage "
    "source figure victime personne recrue vedette témoin membre"
)


@cache
def _names() -> dict[str, str]:
    raw = lexicon.load("shared", "name_genders")
    return {name: gender for gender in (FEMININE, MASCULINE) for name in raw[gender].split()}


def of_name(name: str) -> str:
    """Return the gender of a person's first name, nothing where both or nobody known bears it."""
    words = name.lower().split()
    if len(words) < 2:  # « Martin » may be a surname, « Jeanne » hardly
        return FEMININE if words and _names().get(words[0]) == FEMININE else ""
    return _names().get(words[0]) or _names().get(words[0].partition("-")[0], "")


def of_words(words: Sequence[str]) -> str:
    """Return the gender of a mention's words in lower case, nothing where they leave it open."""
    own = words[: next((i for i, w in enumerate(words) if w in _RELATIVE and i), len(words))]
    for word in own:
        if word in _FEMININE:
            return FEMININE
        if word in _MASCULINE:
            return MASCULINE
    first = own[0].replace("’", "'") if own else ""
    told = _DETERMINERS.get(first, "")
    if told or first not in _OPEN:
        return told
    return next((g for w in own[1:4] if (g := _of_noun(w))), "")


def _of_noun(word: str) -> str:
    word = word.removeprefix("ex-")
    if word in _EITHER or len(word) < 4:
        return ""
    if word in _FEMALE_KIN or word.endswith(_FEMALE_ENDS):
        return FEMININE
    return MASCULINE if word in _MALE_KIN or word.endswith(_MALE_ENDS) else ""

"""Say which lines of work words tell: « le médecin légiste » is not the lawyer who just spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELDS = {
    "law": word_set(
        "avocat avocate avocats défenseur défenseure bâtonnier bâtonnière me ténor "
        "pénaliste plaideur lawyer attorney barrister solicitor counsel"
    ),
    "bench": word_set(
        "juge juges président présidente magistrat magistrate procureur procureure greffier "
        "greffière substitut judge prosecutor magistrate"
    ),
    "health": word_set(
        "médecin légiste chirurgien chirurgienne praticien praticienne infirmier infirmière "
        "docteur docteure professeur professeure urgentiste psychiatre pédiatre soignant soignante "
        "aide-soignant aide-soignante sage-femme ambulancier doctor physician nurse surgeon"
    ),
    "police": word_set(
        "policier policière gendarme enquêteur enquêtrice commissaire brigadier brigadière "
        "adjudant officer detective constable sheriff"
    ),
    "politics": word_set(
        "maire élu élue édile ministre député députée sénateur sénatrice préfet préfète conseiller "
        "conseillère adjoint adjointe parlementaire président présidente mayor minister senator "
        "lawmaker congressman congresswoman councillor"
    ),
    "dock": word_set("prévenu prévenue accusé accusée mis-en-cause suspect suspecte defendant"),
}


def of_words(words: Iterable[str]) -> frozenset[str]:
    """Return the fields that words in lower case belong to."""
    listed = frozenset(words)
    return frozenset(name for name, nouns in _FIELDS.items() if not nouns.isdisjoint(listed))


def clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two people are known to do different things."""
    return bool(one and other and one.isdisjoint(other))

"""Look at the words of one source mention: what leads it, where its head noun and names stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set
from annotator.suggest.source_words import known, singular, words_of
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

INDEFINITE = word_set("a an another one some un une certain certaine quelque")
DEFINITE = word_set("the that this la le l' ce cet cette les these those ces")
_LEAD = word_set(
    "of from to by in at for de d' à au par chez dans , ( \" “ « according selon d'après both even "
    "même also but"
)
_TAIL = word_set("'s ' , ) \" ” »")
_STOP = {
    "en": word_set(
        "of for in at on from with to by who that which whose near inside within under , ( – — ; : "
        "about"
    ),
    "fr": word_set(
        "de du des d' à au aux en dans pour chez sur par qui dont , ( – — ; : que qu' entre auprès"
    ),
}
_COMPLEMENT = word_set(
    "of to for with by from de d' du des à au par avec pour chez entre between that who which "
    "whose qui que qu' dont"
)
#: « La lanceuse d'alerte Anne Sol », « l'homme d'affaires Paul Rey »: what somebody does.
_COMPOUNDS = word_set(
    "alerte affaires famille ménage sécurité entreprise état corps presse mission œuvre théâtre "
    "cinéma cour foot football tennis rugby guerre gauche droite science sciences métier"
)
_ASIDE = word_set(", ( – — :")
_TRADES = {
    "en": ("er", "or", "ist", "ian", "man", "woman", "eer", "ee"),
    "fr": ("eur", "euse", "trice", "ien", "ienne", "iste", "ier", "ière", "ant", "ante", "logue"),
}
_POSSESSIVE_MARK = ("'s", "'")

# A lone « l' », « les » is that of « à l'entendre », « à les croire ».
_SINGULAR_PRONOUNS = word_set(
    "l' he she him her his hers himself herself il elle lui -il -elle -t-il -t-elle celui-ci "
    "celle-ci celui celle lui-même elle-même"
)
_PLURAL_PRONOUNS = word_set(
    "les they them their these those ils elles eux -ils -elles -t-ils ceux-ci ceux celles-ci"
)
_RELATIVES = word_set("who which whom whose that qui lequel laquelle dont")
_THING_PRONOUNS = word_set("it this which cela ceci ça")
_SPEAKERS = word_set("i we you us me my our je j' nous vous -je -nous -vous moi")
_PRONOUNS = (
    (_SINGULAR_PRONOUNS, "pronoun"),
    (_PLURAL_PRONOUNS, "plural_pronoun"),
    (_RELATIVES, "relative"),
    (_THING_PRONOUNS, "thing"),
    (_SPEAKERS, "speaker"),
)
_STRENGTHENED = ("himself", "herself", "-même", "lui-même", "themselves", "also")
_THE_SAME = word_set("ce cette l' the le la")
_LATTER = word_set("dernier dernière intéressé intéressée latter même same")
_THE_TWO = word_set(
    "deux trois quatre cinq derniers dernières mêmes intéressés intéressées two three four latter"
)
_THEY = word_set("les ces the these all tous toutes")
_QUANTITY = word_set(
    "certains certaines d'autres autres beaucoup tous toutes some many most few others other all"
)


class Mention:
    """Hold one mention's words while its kind is worked out.

    ``raw`` and ``low`` are its words as written and in lower case, without a preposition before or
    a possessive after; ``names`` are the names inside, counted from its first word; ``opens`` says
    that it opens a sentence.
    """

    def __init__(
        self, tokens: Tokens, span: TokenSpan, names: Sequence[TokenSpan], language: str
    ) -> None:
        self.language = language
        self.words = words_of(language)
        raw = tokens.words[span.first : span.stop]
        low = [w.lower().replace("’", "'") for w in raw]
        at = 0
        while at < len(low) - 1 and low[at] in _LEAD:
            at += 1
        end = len(low)
        while end > at + 1 and low[end - 1] in _TAIL:
            end -= 1
        self.raw, self.low = raw[at:end], low[at:end]
        base = span.first + at
        self.opens = base == 0 or tokens.sentence[base - 1] != tokens.sentence[base]
        self.names = [
            TokenSpan(n.kind, n.first - base, min(n.stop - base, end - at), n.sure)
            for n in names
            if base <= n.first < span.first + end
        ]

    def core(self) -> int:
        """Return where the part before complements and appositions ends."""
        stop = _STOP[self.language]
        for i in range(1, len(self.low)):
            if self.low[i] in stop:
                return i
        return len(self.low)

    def kind_of(self, word: str) -> str:
        """Return which list a noun is in: person, persons, people, organisation, document, ..."""
        w, language = self.words, self.language
        word = word.removeprefix("ex-")
        if word in w.people:
            return "people"
        if known(word, w.person, language):
            one = singular(word, language)
            plural = word not in w.person or (one != word and one in w.person)
            return "persons" if plural else "person"
        for name in ("poll", "document", "media", "organisation"):
            if known(word, getattr(w, name), language):
                return name
        return "generic" if word in w.generic else ""

    def trade(self, word: str) -> bool:
        """Say whether a noun, in the singular or plural, ends like one for a trade or people."""
        return singular(word, self.language).endswith(_TRADES[self.language])

    def head(self) -> tuple[int, str]:
        """Return the place and list of the head noun, ``(-1, "")`` where there is none."""
        end = self.core()
        if self.language == "fr":
            return self._french_head(end)
        last = end - 1
        if self.name_at(last) is not None or self.kind_of(self.low[last]):
            return last, self.kind_of(self.low[last])
        # "Several people Republicans have tried to talk to", "a law enforcement official briefed
        # on it": the noun stands further left, and somebody rather than something is it.
        kinds = [(i, self.kind_of(self.low[i])) for i in range(last)]
        listed = [x for x in kinds if x[1]]
        somebody = [x for x in listed if x[1] in ("person", "persons", "people")]
        return next(iter(somebody or listed), (-1, ""))

    def _french_head(self, end: int) -> tuple[int, str]:
        for i in range(end):
            if self.low[i] == "porte" and self.low[i + 1 : i + 3] == ["-", "parole"]:
                return i, "person"
            if self.name_at(i) is not None and (i == 0 or self.raw[i][0].isupper()):
                return i, ""
            if self.low[i] in DEFINITE | INDEFINITE or (
                self.low[i] in _QUANTITY and not i and end > 1
            ):
                continue
            found = self.kind_of(self.low[i])
            if found:
                return i, found
        return -1, ""

    def name_at(self, place: int) -> TokenSpan | None:
        """Return the name that covers a token."""
        return next((n for n in self.names if n.first <= place < n.stop), None)

    def person_name(self, head: int = -1) -> TokenSpan | None:
        """Return the first person's name that is not a complement ("lawyers for X", "X's aide")."""
        for name in self.names:
            possessive = name.stop < len(self.low) and self.low[name.stop] in _POSSESSIVE_MARK
            if name.kind == "PER" and not possessive and not self.behind(name, head):
                return name
        return None

    def behind(self, name: TokenSpan, head: int) -> bool:
        """Say whether a preposition, and no comma after it, stands between head and name."""
        for i in range(name.first - 1, max(head, -1), -1):
            if self.low[i] in _ASIDE:
                return False
            if self.low[i] in _COMPLEMENT and self.low[i + 1] not in _COMPOUNDS:
                return True
        return False

    def pronoun(self) -> str:
        """Return which sort of pronoun the mention is, else nothing."""
        low = self.low
        if len(low) == 1 or (len(low) == 2 and low[1] in _STRENGTHENED):
            for listed, shape in _PRONOUNS:
                if low[0] in listed:
                    return shape
        if low == ["both"]:
            return "plural_pronoun"
        core = self.low[: self.core()]
        # « ce dernier » points back, « la dernière » is the last of some that were counted.
        last = core[:1] in (["la"], ["le"]) and core[1:] in (["dernier"], ["dernière"])
        if len(core) == 2 and core[0] in _THE_SAME and core[1] in _LATTER and not last:
            return "pronoun"
        if len(core) == 2 and core[0] in _THEY and core[1] in _THE_TWO:
            return "plural_pronoun"
        return ""

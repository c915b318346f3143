"""Find the speaker that the tagger left out: the subject beside a verb of speech."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from annotator.suggest import lexicon, rules
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.mention import Mention
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.link import Linked
    from annotator.suggest.tokens import Tokens

SURE, _LONGEST_SUBJECT = 0.6, 12
_PASSIVE = word_set("être été est sont était étaient soit")
_FAR = 150
TELLS = word_set("told tells telling reminded assured informed")
_MAKES = word_set("fait font faisait faisaient fit firent fera feront")
_NO_SUBJECT = word_set("lui leur à au aux de du chez dans en voici voilà")
_NO_NOUN = word_set("AUX NEG REFL THAT")
_LONGEST_SPEAKER, _LONGEST_ADVERBIAL = 14, 8
_VERBS = lexicon.REPORTING - {"KNOW"}
_ALSO_VERBS = word_set("note notent nota notait sourit rit lance lancent put quips")
BEFORE_ASIDE = word_set(', » ” " ? ! … ...')
_CLITICS = ("-t-", "-il", "-elle", "-on", "-ils", "-elles")
_NOT_FINITE = ("er", "ir", "oir", "dre", "tre", "ire", "clure", "ant", "ons", "ez")
_PARTICIPLE = ("é", "ée", "és", "ées")
_ENGLISH = ("said", "says", "wrote", "writes")
_OPENS_PHRASE = word_set("DET NUM QUANT POSS TITLE ANON ORGN")
_CLOSES_PHRASE = word_set("AUX THAT WH PRON SAY CLAIM ADMIT BELIEVE ASK TIME CONJ REFL NEG")
_TIME_OR_PLACE = word_set(
    "lors pendant avant après devant depuis durant dans during after before in on at"
)
_OCCASION = word_set("veille issue occasion cours propos sujet terme sortie suite lendemain fin")
_ADVERBIAL = word_set(
    "avec en par pour sans de d' sa son leur exemple part même ainsi aussi encore notamment "
    "également d'ailleurs , enfin alors lui elle fois ici à plus toutefois cependant pourtant côté"
)
_LEADS_NOUN = word_set("avec sans en par")


def finite(tokens: Tokens, i: int, language: str) -> bool:
    """Say whether a token is a verb of speech in a form that may stand before its subject."""
    low = tokens.words[i].lower()
    if low != tokens.words[i] or not (
        class_of(tokens, i, language) in _VERBS or low in _ALSO_VERBS
    ):
        return False
    if language == "en":
        return low in _ENGLISH or low.endswith(("ed", "s"))
    auxiliary = i > 0 and class_of(tokens, i - 1, language) == "AUX"
    if low.endswith(_PARTICIPLE):
        return auxiliary
    return not low.endswith(_NOT_FINITE)


def speaks(tokens: Tokens, span: TokenSpan, language: str) -> bool:
    """Say whether a phrase is one that speaks: somebody, a body, a document, a capitalised name."""
    mention = Mention(tokens, span, (), language)
    if mention.pronoun() in ("pronoun", "plural_pronoun") or mention.low[0].startswith(_CLITICS):
        return True
    place, listed = mention.head()
    if listed:
        return True
    core = mention.raw[: mention.core()]
    named = any(w[0].isupper() for w in core[1:] or core)
    return place >= 0 or named or any(mention.trade(w) for w in mention.low[1 : len(core)])


def class_of(tokens: Tokens, i: int, language: str) -> str:
    """Return the word class of a token; the first call works them all out."""
    kinds = tokens.kinds
    if not kinds:
        kinds += [
            word_class(*pair, language) for pair in zip(tokens.words, tokens.low, strict=True)
        ]
    return kinds[i]


class Classes:
    """Give word classes of a paragraph's tokens, worked out when they are asked for."""

    def __init__(self, tokens: Tokens, language: str) -> None:
        self._tokens, self._language = tokens, language

    def __getitem__(self, place: int, /) -> str:
        return class_of(self._tokens, place, self._language)


def clause_edges(tokens: Tokens, place: int) -> tuple[int, int]:
    """Return (first, one past the last) token of the sentence around one, at most so far."""
    first, stop, number = place, place + 1, tokens.sentence[place]
    while first > max(0, place - _FAR) and tokens.sentence[first - 1] == number:
        first -= 1
    while stop < min(len(tokens), place + _FAR) and tokens.sentence[stop] == number:
        stop += 1
    return first, stop


def missing(tokens: Tokens, linked: Linked, language: str) -> list[TokenSpan]:
    """Return speakers of attributions that have a cue and no source."""
    out: list[TokenSpan] = []
    pieces = sorted((p.first, p.stop) for a in linked.attributions for p in a.content)
    for attribution in linked.attributions:
        cue = attribution.cue
        if cue is None or attribution.source is not None:
            continue
        if not any(class_of(tokens, i, language) in lexicon.REPORTING for i in range(*cue[1:3])):
            continue
        before = cue.first - 1
        while before > 0 and class_of(tokens, before, language) in ("AUX", "REFL", "NEG"):
            before -= 1
        if language == "en" and tokens.words[cue.stop - 1].lower() in TELLS:
            found = _name_before(tokens, cue)  # whoever stands behind it is told
        elif before >= 0 and tokens.words[before] in BEFORE_ASIDE:
            found = noun_phrase(tokens, cue.stop, language)
        else:
            found = _subject(tokens, cue, language)
        if found is None or not speaks(tokens, found, language):
            continue
        near = bisect_left(pieces, (found.stop, 0))
        if not any(stop > found.first for _, stop in pieces[max(0, near - 3) : near]):
            out.append(found)
    return out


def _name_before(tokens: Tokens, cue: TokenSpan) -> TokenSpan | None:
    """Return the name before a verb, past what describes it: "Ruth Oakley, prosecuting, told"."""
    end = cue.first
    if end and tokens.words[end - 1] == ",":
        near = range(end - 2, max(0, end - _LONGEST_SUBJECT), -1)
        end = next((i for i in near if tokens.words[i] == ","), 0)
    first = end
    while first and tokens.words[first - 1][0].isupper():
        first -= 1
    return TokenSpan("S", first, end, SURE) if end - first > 1 else None


def _subject(tokens: Tokens, cue: TokenSpan, language: str) -> TokenSpan | None:
    """Return the French subject right before an active, finite verb."""
    verb = next(
        (i for i in range(cue.first, cue.stop) if class_of(tokens, i, language) in _VERBS), -1
    )
    if language != "fr" or verb < 0 or not finite(tokens, verb, language):
        return None
    begin, end = clause_edges(tokens, verb)
    found = rules.subject_before(tokens, Classes(tokens, language), begin, end, verb, language)
    if found is None or found.stop - found.first > _LONGEST_SUBJECT:
        return None
    if tokens.words[found.first].lower() in _NO_SUBJECT and tokens.words[found.first] != "Lui":
        return None
    between = {w.lower() for w in tokens.words[found.stop : verb]}
    inside = {class_of(tokens, i, language) for i in range(found.first, found.stop)}
    return None if _PASSIVE & between or _NO_NOUN & inside else found


def by_set_phrase(
    tokens: Tokens, spans: Sequence[TokenSpan], language: str, first: int, stop: int
) -> list[TokenSpan]:
    """Return who « fait part de », « fait état de » or is made to speak (« fait dire à »)."""
    out: list[TokenSpan] = []
    for i in range(first, stop - 2 if language == "fr" else first):
        if tokens.words[i].lower() not in _MAKES or tokens.state[i] == INSIDE:
            continue
        following = tokens.words[i + 1].lower()
        if following == "dire" and tokens.words[i + 2].lower() in ("à", "au", "aux"):
            found = noun_phrase(tokens, i + 3, language)
        elif following in ("part", "état"):
            edges = clause_edges(tokens, i)
            found = rules.subject_before(tokens, Classes(tokens, language), *edges, i, language)
        else:
            continue
        if found is None or not speaks(tokens, found, language):
            continue
        known = [s for s in [*spans, *out] if s.kind != "C"]
        if not any(s.first < found.stop and found.first < s.stop for s in known):
            out.append(found)
    return out


def noun_phrase(tokens: Tokens, first: int, language: str) -> TokenSpan | None:
    """Return the noun phrase that begins at a token, adverbials left out; ``None`` if none does."""
    n = len(tokens)
    first = _after_adverbials(tokens, first, language)
    if first >= n:
        return None
    word = tokens.words[first]
    if word.startswith("-") and len(word) > 1:
        return TokenSpan("S", first, first + 1, SURE)
    opens = class_of(tokens, first, language) in _OPENS_PHRASE or word[0].isupper()
    if not opens or word.lower() in _NO_SUBJECT - {"leur"}:
        return None
    stop = first + 1
    while stop < n and stop - first < _LONGEST_SPEAKER and not _phrase_over(tokens, stop, language):
        stop += 1
    whole = stop - first > 1 or word[0].isupper()
    return TokenSpan("S", first, stop, SURE) if whole else None


def _phrase_over(tokens: Tokens, i: int, language: str) -> bool:
    word = tokens.words[i]
    low = word.lower()
    hyphen = word == "-" and i + 1 < len(tokens) and tokens.words[i - 1][0].isalnum()
    if not word[0].isalnum():
        return not (hyphen and tokens.words[i + 1][0].isalnum())
    if class_of(tokens, i, language) in _CLOSES_PHRASE and low not in ("et", "and"):
        return True
    return adverbial(tokens, i)


def adverbial(tokens: Tokens, i: int) -> bool:
    """Say whether « lors de ... », « à la veille de ... » begins at a token."""
    low = tokens.words[i].lower()
    occasion = {w.lower() for w in tokens.words[i + 1 : i + 4]}
    return low in _TIME_OR_PLACE or (low in ("à", "au", "aux") and bool(_OCCASION & occasion))


def _after_adverbials(tokens: Tokens, first: int, language: str) -> int:
    """Return where the subject begins behind « avec amertume », « , lundi 28 décembre, »."""
    n = len(tokens)
    i = first
    while i < n and i - first < _LONGEST_ADVERBIAL:
        low = tokens.low[i]
        kind = class_of(tokens, i, language)
        near_time = i + 1 < n and class_of(tokens, i + 1, language) == "TIME"
        led = i > first and tokens.words[i - 1].lower() in _LEADS_NOUN and low.isalpha()
        adverb = low.endswith(("ment", "ly")) or low in _ADVERBIAL
        if not (kind == "TIME" or (kind in ("NUM", "0") and near_time) or adverb or led):
            break
        if tokens.state[i] == CLOSES:
            break
        i += 1
    begins = i < n and (
        tokens.words[i].startswith("-")
        or tokens.words[i][0].isupper()
        or class_of(tokens, i, language) in _OPENS_PHRASE
    )
    return i if begins else first

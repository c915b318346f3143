"""Find who speaks a French quotation that stands by itself, with no verb of speech in its sentence.

« Le patron a les yeux rouges. "Tout est parti en vingt minutes." »: whom the sentence before is
about. Plain words beside it are the reporter's, and a report never says "je".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set
from annotator.suggest.mention import Mention
from annotator.suggest.phrases import is_conditional
from annotator.suggest.places import PERSON
from annotator.suggest.source_kind import ORDINALS
from annotator.suggest.source_words import known, words_of
from annotator.suggest.speakers import class_of, clause_edges, noun_phrase
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.link import Attribution
    from annotator.suggest.places import NameFind
    from annotator.suggest.tokens import Tokens

_SURE = 0.6
_SCARE, _LONGEST_LEAD, _SHORT = 3, 12, 12
_ME = word_set("je j' moi mon ma mes m' me")
_LIVELY = (
    *("amus", "souri", "soupir", "souffl", "grinc", "racont", "confi", "agac", "emport", "grogn"),
    *(
        "plaisant",
        "murmur",
        "chuchot",
        "sanglot",
        "lâch",
        "pest",
        "avou",
        "ironis",
        "râl",
        "glisse",
    ),
)
_ADJECTIVES = ("ais", "aise", "ois", "oise", "ien", "ienne", "ain", "aine", "iste", "aire")
_ONE_OR_THE = word_set("le la un une")
_PERSONAL = word_set("il elle lui")
_IMPERSONAL = word_set(
    "est y faut fait pleut neige gèle s' reste manque suffit semble paraît était faudra faisait "
    "arrive existe vaut"
)
_SOMEBODY_IS = word_set("assis assise là venu venue né née seul seule debout")
_LINKS = word_set("mais et or puis alors pourtant donc ainsi enfin ensuite aussi")
_ASKS = word_set("demande demandent demandait demandé interroge interrogé questionne s'enquiert")
_ASKED = word_set("pourquoi si comment où quand combien ce quel quelle")
_BEHIND = word_set("de d' à avec par pour contre chez du sur selon")


class _Around:
    """Find the mentions and persons' names of a paragraph by place; both lists are in order."""

    def __init__(self, sources: Sequence[TokenSpan], persons: Sequence[NameFind]) -> None:
        self._sources, self._persons = sources, persons
        self._source_firsts = [s.first for s in sources]
        self._person_firsts = [n.first for n in persons]

    def source_at(self, at: int) -> TokenSpan | None:
        """Return the mention that covers a token."""
        place = bisect_right(self._source_firsts, at)
        near = self._sources[max(0, place - 2) : place]
        return next((s for s in reversed(near) if s.stop > at), None)

    def persons(self, first: int, stop: int) -> Sequence[NameFind]:
        """Return the names that begin from one token to before another."""
        low = bisect_left(self._person_firsts, first)
        return self._persons[low : bisect_left(self._person_firsts, stop)]


def settled(
    tokens: Tokens,
    attributions: Sequence[Attribution],
    sources: Sequence[TokenSpan],
    names: Sequence[NameFind],
) -> list[Attribution]:
    """Return a paragraph's attributions, those whose verb stands in another sentence set right.

    Args:
        tokens: the paragraph's.
        attributions: what was linked there.
        sources: all source mentions there.
        names: the names there.
    """
    around = _Around(sources, [n for n in names if n.kind == PERSON])
    out: list[Attribution] = []
    for attribution in attributions:
        if _told_here(tokens, attribution):
            out.append(attribution)
        elif tokens.state[attribution.content[0].first] in (OPENS, INSIDE):
            quotation = _quotation(tokens, attribution, around)
            out += [quotation] if quotation is not None else []
        elif (
            tokens.dashed or attribution.cue is None or is_conditional(_words(tokens, attribution))
        ):
            out.append(attribution)
    return out


def says_i(tokens: Tokens, parts: Sequence[TokenSpan]) -> bool:
    """Say whether somebody speaks of himself between quotation marks."""
    return any(
        tokens.state[i] in (INSIDE, OPENS) and tokens.low[i] in _ME
        for part in parts
        for i in range(part.first, part.stop)
    )


def speaks_in_person(tokens: Tokens, attribution: Attribution) -> bool:
    """Say whether only a person can have said it: by "I", or by a verb like « sourit »."""
    cue = attribution.cue
    verbs = tokens.words[cue.first : cue.stop] if cue is not None else []
    lively = any(w.lower().startswith(_LIVELY) for w in verbs)
    return lively or says_i(tokens, attribution.content)


def _words(tokens: Tokens, attribution: Attribution) -> list[str]:
    return [tokens.words[i].lower() for p in attribution.content for i in range(p.first, p.stop)]


def _told_here(tokens: Tokens, attribution: Attribution) -> bool:
    """Say whether the verb, or the speaker of content without one, is in a sentence of content."""
    near = attribution.cue or attribution.source
    if near is None:
        return False
    here = {tokens.sentence[i] for p in attribution.content for i in (p.first, _last(tokens, p))}
    return tokens.sentence[near.first] in here


def _last(tokens: Tokens, part: TokenSpan) -> int:
    """Return the last token of a piece that is no closing mark."""
    at = part.stop - 1
    while at > part.first and tokens.state[at] == CLOSES:
        at -= 1
    return at


def _quotation(
    tokens: Tokens,
    attribution: Attribution,
    around: _Around,
) -> Attribution | None:
    """Return a quotation with its speaker, ``None`` for words that are only set off by marks."""
    part = attribution.content[0]
    led = part.first > 0 and tokens.words[part.first - 1] == ":"
    if not led and not _stands_free(tokens, attribution):
        size = sum(w[0].isalnum() for w in _words(tokens, attribution))
        return replace(attribution, cue=None, source=None) if size > _SCARE else None
    before = part.first - 1
    cue = attribution.cue
    far = led or cue is None or tokens.sentence[cue.first] != tokens.sentence[part.first] - 1
    thing = attribution.source is not None and _document(tokens, attribution.source)
    if not far and not (thing and says_i(tokens, attribution.content)):
        return attribution
    speaker = _before(tokens, before, around)
    if speaker is None and not led:
        speaker = _behind(tokens, attribution, around)
    last = tokens.sentence[_last_of(attribution)]
    next_to = cue is not None and tokens.sentence[cue.first] == last + 1
    goes_on = led and cue is not None and cue.first < part.first and not thing
    if speaker is None and ((next_to and not thing) or goes_on):
        return attribution  # « Et d'ajouter : ... »
    return replace(attribution, cue=None, source=speaker)


def _stands_free(tokens: Tokens, attribution: Attribution) -> bool:
    """Say whether a quotation fills whole sentences of its own."""
    first, stop = attribution.content[0].first, attribution.content[-1].stop
    begins = first == 0 or tokens.sentence[first - 1] != tokens.sentence[first]
    ends = stop >= len(tokens) or tokens.sentence[stop] != tokens.sentence[_last_of(attribution)]
    return begins and ends


def _last_of(attribution: Attribution) -> int:
    return attribution.content[-1].stop - 1


def _document(tokens: Tokens, source: TokenSpan) -> bool:
    place, listed = Mention(tokens, source, (), "fr").head()
    return place >= 0 and listed in ("document", "poll", "media")


def _before(tokens: Tokens, at: int, around: _Around) -> TokenSpan | None:
    """Return whom the sentence that ends at a token is about, or a short one's before it."""
    for _ in range(2):
        if at < 0 or tokens.state[at] != OUTSIDE:
            return None
        first, _ = clause_edges(tokens, at)
        low = tokens.low[first : at + 1]
        if low[-1] == "?" or (not _ASKS.isdisjoint(low) and not _ASKED.isdisjoint(low)):
            return None  # who asks does not answer
        found = _subject(tokens, first, at, around)
        if found is not None or at - first > _SHORT:
            return found
        at = first - 1
    return None


def _behind(
    tokens: Tokens,
    attribution: Attribution,
    around: _Around,
) -> TokenSpan | None:
    """Return whom the sentence behind a quotation that opens its paragraph brings in."""
    first = attribution.content[-1].stop
    if attribution.content[0].first > 0 or first >= len(tokens):
        return None
    _, stop = clause_edges(tokens, first)
    if any(tokens.state[i] != OUTSIDE for i in range(first, stop)):
        return None
    return _subject(tokens, first, stop, around)


def _subject(
    tokens: Tokens,
    first: int,
    stop: int,
    around: _Around,
) -> TokenSpan | None:
    """Return the person a sentence begins with, or the only one that it names."""
    at = _lead_over(tokens, first, stop, around)
    low = tokens.words[at].lower()
    following = tokens.words[at + 1].lower() if at + 1 < stop else ""
    if low in _PERSONAL:
        after = tokens.words[at + 2].lower() if at + 2 < stop else ""
        real = low != "il" or following not in _IMPERSONAL or after in _SOMEBODY_IS
        if real:
            return TokenSpan("S", at, at + 1, _SURE)
    marked = around.source_at(at)
    name = next(iter(around.persons(at, at + 1)), None)
    if name is not None:
        return marked or TokenSpan("S", name.first, name.stop, _SURE)
    if marked is not None and _is_named(marked, around):
        return marked
    phrase = _somebody(tokens, at, around)
    if phrase is not None:
        return marked if marked and marked.stop >= phrase.stop else phrase
    if low in _ONE_OR_THE and following in ORDINALS:  # « Le second hausse les épaules »
        return TokenSpan("S", at, at + 2, _SURE)
    named = around.persons(first, stop)
    alone = len(named) == 1 and tokens.words[named[0].first - 1].lower() not in _BEHIND
    if alone and low in ("il", "c'", "c’"):
        return TokenSpan("S", named[0].first, named[0].stop, _SURE)
    return None


def _is_named(marked: TokenSpan, around: _Around) -> bool:
    """Say whether a mention brings its name behind a comma: « L'un d'eux, Paul Sol »."""
    return any(n.stop <= marked.stop for n in around.persons(marked.first + 1, marked.stop))


def _lead_over(tokens: Tokens, first: int, stop: int, around: _Around) -> int:
    """Return where the subject begins behind « Au petit matin, », « Mais », « Député du Nord, »."""
    at = first
    trade = known(tokens.words[first].lower(), words_of("fr").person, "fr")
    called = around.persons(first + 1, min(stop, first + _LONGEST_LEAD)) if trade else ()
    name = called[0].first if called else 0
    if name and tokens.words[name - 1] == ",":
        return name
    while at < stop - 1 and tokens.words[at].lower() in _LINKS:
        at += 1
    kind = class_of(tokens, at, "fr")
    low = tokens.words[at].lower()
    adverbial = kind in ("PREP", "TO", "TIME") or low in ("à", "au", "aux", "en", "là", "derrière")
    if adverbial or kind == "CONJ":
        near = range(at, min(stop - 1, at + _LONGEST_LEAD))
        comma = next((i for i in near if tokens.words[i] == ","), -1)
        return comma + 1 if comma >= 0 else at
    return at


def _somebody(tokens: Tokens, at: int, around: _Around) -> TokenSpan | None:
    """Return « Le patron », « Son fils Erwan » where a sentence begins with it."""
    phrase = noun_phrase(tokens, at, "fr")
    if phrase is None or class_of(tokens, at, "fr") not in ("DET", "POSS", "QUANT"):
        return None
    mention = Mention(tokens, phrase, (), "fr")
    place, listed = mention.head()
    if listed != "person":
        return None
    stop = at + place + 1
    name = next(iter(around.persons(stop, stop + 2)), None)
    if name is not None and (name.first == stop or tokens.words[stop] == ","):
        stop = name.stop
    elif tokens.words[stop : stop + 1] and tokens.words[stop].lower().endswith(_ADJECTIVES):
        stop += 1  # « L'entraîneur lormontais »
    return phrase._replace(stop=stop)

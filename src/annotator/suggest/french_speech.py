"""Set right who speaks in French paragraphs, by grammar that holds in every paper.

« La Fondation estime, dans son rapport, que ... »: a verb with a subject of its own reports what
stands behind its "que". « À l'entendre », « nous disait leur porte-parole »: a pronoun that only
hears is no source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import extents, french_silence, lexicon, rules
from annotator.suggest.lexicon import word_set
from annotator.suggest.speakers import Classes, class_of, clause_edges, finite, speaks
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE = 0.6
_LONGEST_SUBJECT, _FARTHEST_QUE, _LONGEST_GAP = 16, 32, 3
_THAT = word_set("que qu'")
_OBJECTS = word_set("nous vous lui leur me te m' t'")
_CLAUSE = word_set("qui que qu' dont où lequel laquelle")
_BEFORE_OWN = word_set(", et ou de d' chez pour selon avec")
_WE = ("ons", "mes")
_HEARD = word_set("entendre croire écouter lire suivre")
_PLACES_OF_SPEECH = word_set(
    "suspension issue sortie barre presse audience micro antenne radio télévision tribune veille "
    "fin afp l'afp journal parisien conférence"
)
_THOSE = word_set("celui celle ceux celles")
_VERBAL = lexicon.REPORTING | {"AUX"}
_OPENS_NOUN = word_set("du de des d' d’ la le l' l’ les au aux")
_JOINS = word_set("d' d’ de du des à aux")
_OPENERS = word_set("pour selon d'après")
_NOBODY = word_set("on l'on je j' nous tu vous")
_FUTURE = ("ra", "ront", "rai", "rons")
_JUDGES = ("présent", "qualifi", "décri", "dépein", "considèr", "trait")
_WORD = word_set("mot mots formule expression termes dires récit témoignage aveu propos")
_CLITIC = ("-t-", "-il", "-elle", "-on", "-ils", "-elles")
_NO_ADJECTIVE = ("ment", "ait", "aient", "it", "a", "ont", "ent", "er", "ir")
_ADVERBS = word_set("aussi lui elle eux elles déjà alors ensuite donc plus même encore ainsi")


def told_apart(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans (in text order) without what nobody says, and who only hears."""
    found = ended(tokens, whole_nouns(tokens, spans))
    found = french_silence.without_speechless(tokens, found)
    return without_places(tokens, without_hearers(tokens, found))


def completed(tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int) -> list[TokenSpan]:
    """Return the spans of some tokens with verbs and subjects that were missed, and all of them."""
    found = heard(tokens, sorted(spans, key=lambda s: s.first), first, stop)
    found = made_known(tokens, found)
    found = second_clauses(tokens, without_hearers(tokens, found))
    found = with_own_verbs(tokens, opened(tokens, found))
    return whole_sentences(tokens, whole_subjects(tokens, found))


def ended(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with quotations that end at their mark where a new sentence begins."""
    out: list[TokenSpan] = []
    for span in spans:
        if span.kind != "C" or tokens.state[span.first] not in (OPENS, INSIDE):
            out.append(span)
            continue
        inner = range(span.first, span.stop - 1)
        close = next((i for i in inner if tokens.state[i] == CLOSES), span.stop - 1)
        parted = close < span.stop - 1 and tokens.sentence[close + 1] != tokens.sentence[close]
        out.append(span._replace(stop=close + 1) if parted else span)
        again = next((i for i in range(close + 1, span.stop) if tokens.state[i] == OPENS), -1)
        if parted and again >= 0:
            out.append(span._replace(first=again))
    return out


def whole_nouns(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with a subject's noun that its verb took: « La Fondation du | mont estime ».

    And without what a relative clause hangs on: « Un projet que | les riverains | disent "bon" ».
    """
    out = [_with_noun(tokens, s) if s.kind == "S" else s for s in spans]
    for i in range(len(out) - 1):
        source, cue = out[i], out[i + 1]
        if (source.kind, cue.kind) != ("S", "Q") or source.stop != cue.first:
            continue
        verb = next(
            (k for k in range(cue.first, cue.stop) if class_of(tokens, k, "fr") in _VERBAL),
            cue.first,
        )
        if verb > cue.first and tokens.words[source.stop - 1].lower() in _OPENS_NOUN:
            out[i], out[i + 1] = source._replace(stop=verb), cue._replace(first=verb)
        out[i] = _behind_relative(tokens, out[i])
    return out


def _with_noun(tokens: Tokens, source: TokenSpan) -> TokenSpan:
    """Return « un de ses lieutenants » where the tagger has « un de ses »."""
    at = source.stop
    whose = class_of(tokens, at - 1, "fr") == "POSS" and at - source.first > 1
    noun = at < len(tokens) and class_of(tokens, at, "fr") in ("x", "ANON", "TITLE")
    return source._replace(stop=at + 1) if whose and noun else source


def _behind_relative(tokens: Tokens, source: TokenSpan) -> TokenSpan:
    for i in range(source.stop - 2, source.first, -1):
        if tokens.low[i] not in _THAT:
            continue
        rest = source._replace(first=i + 1)
        kinds = {class_of(tokens, k, "fr") for k in range(rest.first, rest.stop)}
        opens = class_of(tokens, i + 1, "fr") in ("DET", "POSS", "QUANT", "NUM")
        return rest if opens and kinds.isdisjoint(_VERBAL) else source
    return source


def heard(tokens: Tokens, spans: Sequence[TokenSpan], first: int, stop: int) -> list[TokenSpan]:
    """Return the spans with « À l'entendre », « à les en croire » as a cue around its source."""
    if _HEARD.isdisjoint(tokens.words[first:stop]):
        return list(spans)
    out = list(spans)
    near = range(max(0, first - 1), min(stop + 1, len(tokens)))
    low = {i: tokens.low[i] for i in near}
    for i in range(first, stop - 2):
        if low[i] not in ("à", "a") or low[i + 1] not in ("l'", "les", "le", "la"):
            continue
        verb = i + 3 if low[i + 2] == "en" else i + 2
        opens = i == 0 or low[i - 1] in (",", ".", "»", "—", "–", ";", ":", "mais", "et")
        if low.get(verb) not in _HEARD or not opens:
            continue
        if tokens.state[i] not in (OUTSIDE, CLOSES):
            continue
        out = [s for s in out if s.kind == "C" or s.stop <= i or s.first > verb]
        out = [s._replace(first=verb + 1) if i <= s.first <= verb < s.stop else s for s in out]
        out += [
            TokenSpan("Q", i, verb + 1, _SURE),
            TokenSpan("S", i + 1, i + 2, _SURE),
        ]
    return sorted(out, key=lambda s: s.first)


def made_known(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with the whole of « fait-on valoir » as a cue around its « on »."""
    out = list(spans)
    for source in spans:
        i = source.first
        if source.kind == "S" and source.stop == i + 1 and extents.made_known(tokens, i):
            out = [s for s in out if s.kind != "Q" or s.stop <= i - 1 or s.first > i + 2]
            out.append(TokenSpan("Q", i - 1, i + 2, _SURE))
    return sorted(out, key=lambda s: s.first)


def without_hearers(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without pronouns that are told something rather than tell it.

    « Un membre du conseil nous | a confié », « nous disait leur porte-parole », « dit-elle
    simplement ».
    """
    out: list[TokenSpan] = []
    for span in spans:
        word = tokens.words[span.first].lower()
        clitic = word.startswith(_CLITIC) and not word.endswith("-on")
        if span.kind != "S":
            out.append(span)
        elif clitic:
            out.append(span._replace(stop=span.first + 1))
        else:
            out.append(_without_object(tokens, _without_verb(tokens, span)))
    return [s for s in out if not (s.kind == "S" and _hears(tokens, s))]


def _without_verb(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Return a source without the verb it swallowed: « le conseil | l'a fait »."""
    for i in range(span.first + 1, span.stop):
        low = tokens.low[i]
        if low in _CLAUSE or tokens.words[i] in (",", "(", "-"):
            return span
        if class_of(tokens, i, "fr") == "AUX" and low in ("a", "ont", "avait", "avaient", "est"):
            stop = i - 1 if tokens.words[i - 1].lower() in ("l'", "l’", "les", "la", "le") else i
            return span._replace(stop=stop) if stop > span.first + 1 else span
    return span


def _without_object(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Return a source without « nous », « leur » at its end, which belong to the verb."""
    stop = span.stop
    low = tokens.low[span.first : stop]
    while len(low) > 1 and low[-1] in _OBJECTS and low[-2] not in _BEFORE_OWN:
        low.pop()
        stop -= 1
    return span._replace(stop=stop)


def _hears(tokens: Tokens, span: TokenSpan) -> bool:
    """Say whether a lone « nous » stands before a verb that is not its own."""
    if span.stop - span.first > 1 or span.stop >= len(tokens):
        return False
    if tokens.words[span.first].lower() not in ("nous", "vous", "lui", "leur"):
        return False
    verb = tokens.words[span.stop].lower()
    own = verb.endswith((*_WE, "ez", "tes"))
    kind = class_of(tokens, span.stop, "fr")
    return not own and (kind in lexicon.REPORTING or kind == "AUX")


def without_places(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with sources begun behind where and when they spoke.

    « a lâché à la suspension d'audience | Nadia Sol », « disait la semaine dernière | leur ami ».
    """
    return [_behind_word(tokens, _behind_place(tokens, s)) if s.kind == "S" else s for s in spans]


def _behind_word(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Return whose word « selon le mot d'un ministre » gives: « un ministre »."""
    low = tokens.low[span.first : span.stop]
    at = 1 if low[0] in ("le", "la", "l'", "les", "ses") else 0
    of = low[at + 1 : at + 2]
    if len(low) < at + 3 or low[at] not in _WORD or of not in (["de"], ["d'"], ["du"], ["des"]):
        return span
    led = {w.lower() for w in tokens.words[max(0, span.first - 2) : span.first]}
    if led.isdisjoint(("selon", "d'après", "d’après", "suivant", "à")):
        return span
    return span._replace(first=span.first + at + (1 if of[0] in ("du", "des") else 2))


def _behind_place(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    low = tokens.low[span.first : span.stop]
    before = tokens.words[span.first - 1].lower() if span.first else ""
    head = low[1] if len(low) > 1 and low[0] in ("la", "le", "l'", "les", "cette", "ce") else low[0]
    led = before in ("à", "au", "aux", "devant", "lors", "de", "après", "dès")
    spoken = led and head in _PLACES_OF_SPEECH
    timed = class_of(tokens, span.first + (head != low[0]), "fr") == "TIME" and len(low) > 3
    if not spoken and not timed:
        return span
    for k in range(2, len(low)):
        at = span.first + k
        if tokens.words[at - 1] == ",":
            return span
        name = tokens.words[at][0].isupper() and low[k - 1] not in ("de", "d'", "du", "des", "à")
        opens = low[k - 1] not in ("de", "d'", "du", "des") and class_of(tokens, at, "fr") in (
            "DET",
            "POSS",
        )
        rest = span._replace(first=at)
        if name or (
            opens and low[k] not in ("du", "des", "au", "aux") and speaks(tokens, rest, "fr")
        ):
            return rest
    return span


def opened(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with « Pour » and its noun as cue and source of « Pour X, c'est trop »."""
    out = list(spans)
    for content in [s for s in spans if s.kind == "C"]:
        begin = clause_edges(tokens, content.first)[0]
        phrase = TokenSpan("S", begin + 1, content.first - 1, _SURE)
        if tokens.low[begin] not in _OPENERS:
            continue
        size = phrase.stop - phrase.first
        cued = any(s.kind == "Q" and begin <= s.first < content.first for s in out)
        if cued or not 0 < size <= _LONGEST_SUBJECT or tokens.words[phrase.stop] != ",":
            continue
        timed = any(class_of(tokens, i, "fr") == "TIME" for i in range(phrase.first, phrase.stop))
        known = [s for s in out if s.kind == "S" and begin < s.first < content.first]
        if not timed and (known or speaks(tokens, phrase, "fr")):
            out += [TokenSpan("Q", begin, begin + 1, _SURE), *([] if known else [phrase])]
    return sorted(out, key=lambda s: s.first)


def with_own_verbs(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with the verb and the subject of what a clause of its own reports."""
    out = list(spans)
    for content in [s for s in spans if s.kind == "C"]:
        verb = _verb_before(tokens, content)
        cued = any(s.kind == "Q" and verb < s.first < content.first for s in out)
        if verb < 0 or cued or any(s.first <= verb < s.stop for s in out):
            continue
        subject = _subject(tokens, verb, out)
        if subject is None:
            continue
        first = verb - 1 if class_of(tokens, verb - 1, "fr") == "AUX" else verb
        out.append(TokenSpan("Q", first, verb + 1, _SURE))
        if subject not in out:
            out.append(subject)
    return sorted(out, key=lambda s: s.first)


def _subject(tokens: Tokens, verb: int, spans: Sequence[TokenSpan]) -> TokenSpan | None:
    """Return who is the subject of a verb: a source known there, or a phrase that may speak."""
    begin, end = clause_edges(tokens, verb)
    found = rules.subject_before(tokens, Classes(tokens, "fr"), begin, end, verb, "fr")
    if found is None or tokens.words[verb].endswith(_FUTURE):
        return None
    found = _without_object(tokens, found)
    if tokens.low[found.first] in _THAT and found.stop > found.first + 1:
        found = found._replace(first=found.first + 1)
    low = tokens.low[found.first : found.stop]
    timed = any(class_of(tokens, i, "fr") == "TIME" for i in range(found.first, found.stop))
    if len(low) > _LONGEST_SUBJECT or low[-1] in _NOBODY | _OBJECTS or timed:
        return None
    known = (s for s in spans if s.kind == "S" and s.first < verb and s.stop > found.first)
    may = low[0] in _THOSE or speaks(tokens, found, "fr")
    return next(known, found if may else None)


def _verb_before(tokens: Tokens, content: TokenSpan) -> int:
    """Return the finite verb of speech whose « que », « de » stands right before content, or -1."""
    joint = content.first - 1
    if joint < 1:
        return -1
    low = tokens.low[joint]
    near = low in ("de", "d'", "comme") and tokens.state[content.first] == OPENS
    if not near and low not in _THAT:
        return -1
    lowest = max(clause_edges(tokens, joint)[0], joint - (_LONGEST_GAP if near else _FARTHEST_QUE))
    for i in range(joint - 1, lowest - 1, -1):
        if tokens.state[i] != OUTSIDE:
            return -1
        judges = near and tokens.words[i].lower().startswith(_JUDGES)
        if judges or (class_of(tokens, i, "fr") in lexicon.REPORTING and finite(tokens, i, "fr")):
            noun = class_of(tokens, i - 1, "fr") in ("DET", "POSS", "PREP", "TO", "QUANT", "NUM")
            return -1 if noun or tokens.words[i - 1].lower() == "sans" else i
    return -1


def second_clauses(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with the second clause of « que A juge "x" et que B a qualifié de "y" »."""
    out: list[TokenSpan] = []
    for span in spans:
        quote = _second_quote(tokens, span) if span.kind == "C" else -1
        verb = _verb_before(tokens, span._replace(first=quote)) if quote > 0 else -1
        subject = _subject(tokens, verb, ()) if verb > span.first else None
        if subject is None or subject.first < span.first:
            out.append(span)
            continue
        if span.first < subject.first - 2:
            out.append(span._replace(stop=subject.first - 2))
        first = verb - 1 if class_of(tokens, verb - 1, "fr") == "AUX" else verb
        out += [subject, TokenSpan("Q", first, verb + 1, _SURE), span._replace(first=quote)]
    return out


def _second_quote(tokens: Tokens, content: TokenSpan) -> int:
    """Return where marks open behind « que B a qualifié de » inside content, or -1."""
    for i in range(content.first + 2, content.stop - 1):
        if tokens.state[i] != OPENS or tokens.words[i - 1].lower() not in (
            "de",
            "d'",
            "d’",
            "comme",
        ):
            continue
        lead = [w.lower() for w in tokens.words[max(0, content.first - 1) : i]]
        return i if not {"que", "qu'", "qu’"}.isdisjoint(lead) else -1
    return -1


def whole_sentences(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with plain content begun with its sentence: « Des traces | d'huile »."""
    out: list[TokenSpan] = []
    for i, span in enumerate(spans):
        joint = span.kind == "C" and tokens.words[span.first].lower() in _JOINS
        begin = _begun(tokens, span.first) if joint else span.first
        free = not i or spans[i - 1].stop <= begin
        out.append(span._replace(first=begin) if free else span)
    return out


def _begun(tokens: Tokens, first: int) -> int:
    """Return where the sentence begins that only « Des traces » parts from a token."""
    begin = clause_edges(tokens, first)[0]
    gap = range(begin, first)
    plain = class_of(tokens, begin, "fr") in ("DET", "QUANT", "NUM") and all(
        class_of(tokens, k, "fr") == "x" for k in gap[1:]
    )
    return begin if plain and 0 < len(gap) < _LONGEST_GAP else first


def whole_subjects(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with sources that reach their verb: « L'association Rade vivante »."""
    out = list(spans)
    for i in range(len(out) - 1):
        source, cue = out[i], out[i + 1]
        gap = range(source.stop, cue.first)
        if source.kind != "S" or cue.kind != "Q" or len(gap) != 1:
            continue
        if not tokens.words[source.stop - 1][0].isupper():
            continue
        plain = all(
            class_of(tokens, k, "fr") == "x"
            and tokens.state[k] != INSIDE
            and not tokens.words[k].lower().endswith(_NO_ADJECTIVE)
            and tokens.words[k].lower() not in _ADVERBS
            for k in gap
        )
        if plain:
            out[i] = source._replace(stop=cue.first)
    return out

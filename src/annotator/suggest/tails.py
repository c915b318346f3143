"""Set where a source mention begins and ends: what was caught with it, what still describes it.

« assure un industriel, qui sut utiliser les failles du système » is one mention to its end;
« de son côté un diplomate » begins at its article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_set
from annotator.suggest.source_words import known, words_of
from annotator.suggest.speakers import adverbial, class_of
from annotator.suggest.tokens import CLOSES, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_SIDE = word_set("côté part tour sens")
_ITS = word_set("son sa leur de pour")
_ONLY_ADVERB = word_set("d'ores et déjà aussi encore enfin ensuite notamment ainsi également")
_PLACES = word_set("outside inside in at on after before during near behind across speaking")
_RELATIVE = word_set("qui dont auquel who whose which")
_BEFORE_RELATIVE = word_set("à avec chez")
_DESCRIBES = word_set("un une ancien ancienne né née âgé âgée a an former titled called aged")
_THE = word_set("le la l' les the son sa leur its his her")
_THIS = word_set("ce cet cette ces")
_EVENTS = word_set(
    "déplacement visite décision geste initiative arrivée départ retour absence présence succès "
    "échec choix évolution annulation victoire défaite réaction manoeuvre manœuvre situation "
    "épisode affaire scène polémique crise incident séquence anecdote parallèle coïncidence"
)
_GOES_ON = word_set("DET NUM QUANT PRON POSS 0")
_VERBAL = (lexicon.REPORTING - {"DOC"}) | {"AUX", "NEG", "PRON"}
_LONGEST_TAIL, _LONGEST_APPOSITION, _BESIDE = 45, 24, 2
_ENDS = frozenset((".", ";", ":", "!", "?", "…", "...", "—", "–", "(", "»", "”"))


def trimmed(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans with adverbs, dates and places that lead a source left out of it."""
    if language != "fr":
        return [_led_in(tokens, s) if s.kind == "S" else s for s in spans]
    return [_trimmed(tokens, s, language) if s.kind == "S" else s for s in spans]


def _trimmed(tokens: Tokens, span: TokenSpan, language: str) -> TokenSpan:
    first = span.first
    while first < span.stop - 1:
        step = _leads_in(tokens, first, language)
        if not step:
            break
        first += step
    return span._replace(first=first) if first < span.stop else span


def _led_in(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Return an English source without the place before its comma: "Outside court, a woman"."""
    words = tokens.words
    if words[span.first].lower() not in _PLACES or "," not in words[span.first : span.stop]:
        return span
    comma = words.index(",", span.first)
    clear = comma + 2 < span.stop and words[comma + 1].lower() in ("a", "an", "the", "one", "two")
    return span._replace(first=comma + 1) if clear else span


def _leads_in(tokens: Tokens, i: int, language: str) -> int:
    """Return how many tokens of « de son côté », « 31 décembre », « notamment » stand there."""
    word = tokens.words[i]
    low, following = word.lower().replace("’", "'"), tokens.words[i + 1].lower()
    date = low[0].isdigit() and class_of(tokens, i + 1, language) == "TIME"
    if date or (low in _ITS and following in _SIDE):
        return 2
    return int(low in _ONLY_ADVERB or (word.islower() and low.endswith("ment")))


def without_events(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans without French events as sources (« le déplacement de X suggère que »).

    What an event "suggests" is the reporter's reading of it, and no informant's word.
    """
    if language != "fr":
        return list(spans)
    out: list[TokenSpan] = []
    read_into = -1
    for i, span in enumerate(spans):
        if span.kind == "S" and _event(tokens, span):
            cue = spans[i + 1] if i + 1 < len(spans) else span
            beside = cue.kind == "Q" and cue.first - span.stop <= _BESIDE
            read_into = tokens.sentence[span.first] if beside else -1
            continue
        here = tokens.sentence[span.first] == read_into
        if not here or span.kind == "S":
            read_into = -1
            out.append(span)
    return out


def _event(tokens: Tokens, span: TokenSpan) -> bool:
    low = tokens.low[span.first : span.first + 2]
    return len(low) > 1 and low[0] in _THE | _THIS and low[1] in _EVENTS


def extended(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans (in text order) with what describes a source made part of it."""
    out: list[TokenSpan] = []
    rest = list(spans)
    for i, span in enumerate(rest):
        before, following = (out[-1] if out else None), (rest[i + 1] if i + 1 < len(rest) else None)
        if before is not None and before.kind == "S" and _inside(tokens, span, before):
            continue  # taken for content, and part of the mention now
        if before is not None and before.kind == "S" and _reaches_out(span, before):
            comma = tokens.words[before.stop : before.stop + 1] == [","]
            out.append(span._replace(first=before.stop + comma))  # its clause, then content
            continue
        grows = span.kind == "S" and span.stop < len(tokens) and _may_grow(tokens, span, language)
        limit = following.first if following else len(tokens)
        stop = span.stop
        if grows and following is not None and following.kind == "Q":
            stop = _apposition(tokens, span, limit, language)
        elif grows and before is not None and before.kind == "Q" and language == "fr":
            limit = following.stop if following and _caught(tokens, span, following) else limit
            stop = _tail(tokens, span, limit, language, leads=_leads(tokens, before, language))
        out.append(span._replace(stop=stop))
    return out


def _reaches_out(span: TokenSpan, mention: TokenSpan) -> bool:
    """Say whether a span begins in a mention and goes on behind it."""
    return mention.first < span.first < mention.stop and span.stop > mention.stop + 2


def _inside(tokens: Tokens, span: TokenSpan, mention: TokenSpan) -> bool:
    """Say whether a span is part of a mention, but for a full stop behind it."""
    stopped = span.stop == mention.stop + 1 and tokens.words[span.stop - 1] in _ENDS
    return span.first < mention.stop and (span.stop <= mention.stop or stopped)


def _caught(tokens: Tokens, span: TokenSpan, following: TokenSpan) -> bool:
    """Say whether content right behind a speaker is really the clause that tells of it."""
    if following.kind != "C":
        return False
    if following.first > span.stop + 1:
        return _rest_of_whose(tokens, span, following)
    head = [w.lower() for w in tokens.words[span.stop : span.stop + 2]]
    return head[0] in ("qui", "dont") or (head[0] == "," and head[1:] in (["qui"], ["dont"]))


def _rest_of_whose(tokens: Tokens, span: TokenSpan, following: TokenSpan) -> bool:
    """Say whether content is the verb of « , dont le mari, fromager, est mort »."""
    between = [w.lower() for w in tokens.words[span.stop : following.first]]
    same = tokens.sentence[span.first] == tokens.sentence[following.stop - 1]
    plain = all(s == OUTSIDE for s in tokens.state[span.stop : following.stop])
    whose = between[:2] == [",", "dont"] and between[-1] == ","
    return same and plain and whose and len(between) <= _LONGEST_APPOSITION


def _may_grow(tokens: Tokens, span: TokenSpan, language: str) -> bool:
    """Say whether a mention is more than a pronoun."""
    word = tokens.words[span.first]
    alone = span.stop - span.first == 1
    return not (alone and (word.islower() or class_of(tokens, span.first, language) == "PRON"))


def _apposition(tokens: Tokens, span: TokenSpan, limit: int, language: str) -> int:
    """Return where « , invité du jury, » ends before the verb, else the mention's end."""
    last = limit - 1
    size = last - span.stop - 1
    if tokens.words[span.stop] != "," or not 1 <= size <= _LONGEST_APPOSITION:
        return span.stop
    if tokens.words[last] != "," or not _describes(tokens, span.stop + 1, language):
        return span.stop
    inside = range(span.stop + 1, last)
    plain = all(
        tokens.words[i] not in _ENDS and tokens.sentence[i] == tokens.sentence[span.first]
        for i in inside
    )
    return last if plain else span.stop


def _describes(tokens: Tokens, i: int, language: str) -> bool:
    low = tokens.low[i]
    following = tokens.words[i + 1].lower() if i + 1 < len(tokens) else ""
    relative = low in _RELATIVE or (low in _BEFORE_RELATIVE and following in ("qui", "whom"))
    aged = low.isdigit() and following in ("ans", "years", ",")
    return (
        relative
        or aged
        or low in _DESCRIBES
        or _somebody(low, language)
        or (low in _THE and _somebody(following, language))
    )


def _somebody(word: str, language: str) -> bool:
    words = words_of(language)
    return known(word, words.person, language) or known(word, words.office, language)


def _leads(tokens: Tokens, cue: TokenSpan, language: str) -> bool:
    """Say whether a cue is a « selon » that opens its sentence: what it reports follows a comma."""
    opens = cue.first == 0 or tokens.sentence[cue.first - 1] != tokens.sentence[cue.first]
    return opens and class_of(tokens, cue.first, language) == "ACCORD"


def _tail(tokens: Tokens, span: TokenSpan, limit: int, language: str, *, leads: bool) -> int:
    """Return where what follows a speaker behind the verb stops telling of it."""
    at = span.stop
    comma = tokens.words[at] == ","
    first = at + comma
    if first >= limit or tokens.sentence[first] != tokens.sentence[span.first]:
        return at
    low = tokens.words[first].lower()
    relative = low in _RELATIVE or (
        low in _BEFORE_RELATIVE and tokens.words[first + 1 : first + 2] == ["qui"]
    )
    if not relative and not (comma and _describes(tokens, first, language)):
        return at
    stop = _until(tokens, first, limit, language, relative=relative, leads=leads)
    if relative:
        return stop if stop - first > 1 else at
    ended = stop in (limit, len(tokens)) or tokens.words[stop] in _ENDS
    resumes = _resumes(tokens, first, stop, language)
    return stop if ended and not resumes and stop - first > 1 else at


def _until(
    tokens: Tokens, first: int, limit: int, language: str, *, relative: bool, leads: bool
) -> int:
    """Return where a description that begins at ``first`` must have ended."""
    stop = first
    while stop < limit and stop - first < _LONGEST_TAIL:
        word = tokens.words[stop]
        comma = word == "," and stop > first + 1
        marked = not relative and tokens.state[stop] in (OPENS, CLOSES)
        over = tokens.sentence[stop] != tokens.sentence[first] or word in _ENDS or marked
        if over or (comma and (leads or _goes_on(tokens, stop + 1, language))):
            break
        stop += 1
    return stop


def _goes_on(tokens: Tokens, i: int, language: str) -> bool:
    """Say whether the sentence goes on behind a comma: « , les Européens », ", 120 drones"."""
    if i >= len(tokens):
        return False
    kind, low = class_of(tokens, i, language), tokens.words[i].lower()
    return kind in _GOES_ON and low not in _RELATIVE and not _describes(tokens, i, language)


def _resumes(tokens: Tokens, first: int, stop: int, language: str) -> bool:
    """Say whether a finite verb stands there: then the sentence goes on, and describes nobody."""
    if adverbial(tokens, first):
        return True
    if any(tokens.words[i].lower() in _RELATIVE | {"où", "que"} for i in range(first, stop)):
        return False
    kinds = {class_of(tokens, i, language) for i in range(first, stop)}
    return not kinds.isdisjoint(_VERBAL)

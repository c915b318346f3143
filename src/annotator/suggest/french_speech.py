"""Set right who speaks in French paragraphs, by grammar that holds in every paper.

« La Fondation estime, dans son rapport, que ... »: a verb with a subject of its own reports what
stands behind its "que". « À l'entendre », « nous disait leur porte-parole »: a pronoun that only
hears is no source. Charges, titles and nicknames between marks are nobody's words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon, rules
from annotator.suggest.lexicon import word_set
from annotator.suggest.speakers import Classes, class_of, clause_edges, finite, noun_phrase, speaks
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE = 0.6
_LONGEST_SUBJECT, _FARTHEST_QUE, _LONGEST_GAP, _LONGEST_NAME = 16, 32, 3, 9
_THAT = word_set("que qu'")
_OBJECTS = word_set("nous vous lui leur me te m' t'")
_BEFORE_OWN = word_set(", et ou de d' chez pour selon avec")
_WE = ("ons", "mes")
_HEARD = word_set("entendre croire écouter lire suivre")
_PLACES_OF_SPEECH = word_set(
    "suspension issue sortie barre presse audience micro antenne radio télévision tribune veille "
    "fin afp l'afp journal parisien conférence"
)
_CHARGED = word_set(
    "enquête information instruction examen poursuivi poursuivie poursuivis poursuivies condamné "
    "condamnée condamnés condamnées jugé jugée jugés jugées renvoyé renvoyée renvoyés écroué "
    "écrouée écroués plainte soupçonné soupçonnée soupçonnés inculpé inculpée inculpés chef chefs "
    "procès garde comparaît comparaissent comparaissait comparaissaient répondre qualification"
)
_TITLED = word_set(
    "intitulé intitulée intitulés intitulées titré titrée titrés baptisé baptisée baptisés "
    "baptisées rebaptisé rebaptisée dénommé dénommée dénommés surnommé surnommée surnommés nommé "
    "nommée nommés estampillé estampillée siglé siglée labellisé labellisée"
)
_NAMES_IT = ("appel", "surnomm", "baptis", "rebaptis", "prénomm")
_NOBODY = word_set("on l'on je j' nous tu vous")
_FUTURE = ("ra", "ront", "rai", "rons")
_CLITIC = ("-t-", "-il", "-elle", "-on", "-ils", "-elles")
_NO_ADJECTIVE = ("ment", "ait", "aient", "it", "a", "ont", "ent", "er", "ir")
_ADVERBS = word_set("aussi lui elle eux elles déjà alors ensuite donc plus même encore ainsi")


def told_apart(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans (in text order) without what nobody says, and who only hears."""
    found = without_labels(tokens, spans)
    found = without_stray_subjects(tokens, found)
    return without_places(tokens, without_hearers(tokens, found))


def completed(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with verbs and subjects that were missed, each with the whole of it."""
    found = heard(tokens, sorted(spans, key=lambda s: s.first))
    found = with_own_verbs(tokens, without_hearers(tokens, found))
    return whole_subjects(tokens, found)


def heard(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with « À l'entendre », « à les en croire » as a cue around its source."""
    out = list(spans)
    low = [w.lower().replace("’", "'") for w in tokens.words]
    for i in range(len(low) - 2):
        if low[i] not in ("à", "a") or low[i + 1] not in ("l'", "les", "le", "la"):
            continue
        verb = i + 3 if low[i + 2] == "en" else i + 2
        opens = i == 0 or low[i - 1] in (",", ".", "»", "—", "–", ";", ":", "mais", "et")
        if verb >= len(low) or low[verb] not in _HEARD or not opens:
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
            out.append(_without_object(tokens, span))
    return [s for s in out if not (s.kind == "S" and _hears(tokens, s))]


def _without_object(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Return a source without « nous », « leur » at its end, which belong to the verb."""
    stop = span.stop
    low = [w.lower().replace("’", "'") for w in tokens.words[span.first : stop]]
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
    return [_behind_place(tokens, s) if s.kind == "S" else s for s in spans]


def _behind_place(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    low = [w.lower().replace("’", "'") for w in tokens.words[span.first : span.stop]]
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
    low = [w.lower().replace("’", "'") for w in tokens.words[found.first : found.stop]]
    timed = any(class_of(tokens, i, "fr") == "TIME" for i in range(found.first, found.stop))
    if len(low) > _LONGEST_SUBJECT or low[-1] in _NOBODY | _OBJECTS or timed:
        return None
    known = (s for s in spans if s.kind == "S" and s.first < verb and s.stop > found.first)
    return next(known, found if speaks(tokens, found, "fr") else None)


def _verb_before(tokens: Tokens, content: TokenSpan) -> int:
    """Return the finite verb of speech whose « que », « de » stands right before content, or -1."""
    joint = content.first - 1
    if joint < 1:
        return -1
    low = tokens.words[joint].lower().replace("’", "'")
    near = low in ("de", "d'", "comme") and tokens.state[content.first] == OPENS
    if not near and low not in _THAT:
        return -1
    lowest = max(clause_edges(tokens, joint)[0], joint - (_LONGEST_GAP if near else _FARTHEST_QUE))
    for i in range(joint - 1, lowest - 1, -1):
        if tokens.state[i] != OUTSIDE:
            return -1
        if class_of(tokens, i, "fr") in lexicon.REPORTING and finite(tokens, i, "fr"):
            noun = class_of(tokens, i - 1, "fr") in ("DET", "POSS", "PREP", "TO", "QUANT", "NUM")
            return -1 if noun or tokens.words[i - 1].lower() == "sans" else i
    return -1


def without_labels(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without charges, titles and nicknames between marks as content.

    « une enquête pour "vol en réunion" », « une note intitulée "Cap 2030" », « ses collègues
    l'appellent "la Mère" »: nobody says them.
    """
    out: list[TokenSpan] = []
    for span in spans:
        rest: TokenSpan | None = span
        if span.kind == "C" and _label(tokens, span):
            closing = next(
                (i for i in range(span.first, span.stop) if tokens.state[i] == CLOSES), span.stop
            )
            over = span.stop - closing < _LONGEST_GAP or tokens.words[closing + 1] == ","
            rest = None if over else span._replace(first=closing + 1)
        if rest is not None:
            out.append(rest)
    return out


def _label(tokens: Tokens, span: TokenSpan) -> bool:
    """Say whether content begins with a charge, a title or a nickname."""
    first = span.first
    if first < 2 or tokens.state[first] != OPENS:
        return False
    low = [w.lower().replace("’", "'") for w in tokens.words[max(0, first - 7) : first]]
    if low[-1] in _TITLED:
        return True
    if low[-1].startswith(_NAMES_IT):
        return _nickname(tokens, span)
    joint = low[-1] in ("pour", "de", "d'")
    return joint and not _CHARGED.isdisjoint(low[:-1]) and not {"pour", "de"}.isdisjoint(low[-1:])


def _nickname(tokens: Tokens, span: TokenSpan) -> bool:
    """Say whether a name and not a call stands there: « appelle "ceux qui savent" à parler » is."""
    stop = span.first + 1
    while stop < len(tokens) and tokens.state[stop] == INSIDE:
        stop += 1
    behind = tokens.words[stop + 1].lower() if stop + 1 < len(tokens) else ""
    return stop - span.first <= _LONGEST_NAME and behind not in ("à", "au", "aux")


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


def without_stray_subjects(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without plain content between a subject and its verb.

    « L'ancien directeur, jugé après l'accident qui a fait trois morts, a affirmé avoir "alerté" »:
    what tells of the subject is not what it affirms.
    """
    out = list(spans)
    for i in range(1, len(spans) - 2):
        source, content, cue, said = spans[i - 1 : i + 3]
        kinds = source.kind + content.kind + cue.kind + said.kind
        if (
            kinds != "SCQC"
            or len({tokens.sentence[s.first] for s in (source, content, cue, said)}) > 1
        ):
            continue
        plain = all(tokens.state[k] == OUTSIDE for k in range(content.first, content.stop))
        commas = tokens.words[source.stop] == "," and tokens.words[cue.first - 1] == ","
        behind = noun_phrase(tokens, cue.stop, "fr")  # « ..., reconnaissent ses dirigeants, ... »
        if plain and commas and not (behind and speaks(tokens, behind, "fr")):
            out.remove(content)
    return out

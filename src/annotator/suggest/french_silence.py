"""Leave out what French papers set between marks, or behind a verb, and nobody says.

« une enquête pour "vol en réunion" », « ses collègues l'appellent "la Mère" », « Un élu qui promet,
c'est suspect », « les pompiers trouvent un hangar embrasé », « il se souvient du bruit ».
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set
from annotator.suggest.speakers import class_of, noun_phrase, speaks
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_FEW, _LONGEST_NAME = 3, 9
_CHARGED = word_set(
    "enquête information instruction examen poursuivi poursuivie poursuivis poursuivies condamné "
    "condamnée condamnés condamnées jugé jugée jugés jugées renvoyé renvoyée renvoyés écroué "
    "écrouée écroués plainte soupçonné soupçonnée soupçonnés inculpé inculpée inculpés chef chefs "
    "interpellé interpellée interpellés arrêté arrêtée arrêtés déféré déférée déférés "
    "procès garde comparaît comparaissent comparaissait comparaissaient répondre qualification"
)
_TITLED = word_set(
    "intitulé intitulée intitulés intitulées titré titrée titrés baptisé baptisée baptisés "
    "baptisées rebaptisé rebaptisée dénommé dénommée dénommés surnommé surnommée surnommés nommé "
    "nommée nommés estampillé estampillée siglé siglée labellisé labellisée"
)
_NAMES_IT = ("appel", "surnomm", "baptis", "rebaptis", "prénomm")
_SINCE = word_set("depuis après avant dès malgré")
_SUSPECTS = ("soupçonn", "suspect", "accus", "présum", "réput")
_PAST = ("é", "ée", "és", "ées")
_FINDS = word_set(
    "trouve trouvent trouvait trouvaient trouva trouvé trouvèrent découvrent découvre"
)
_TASTES = word_set("trop très bien plutôt assez peu plus moins aussi si")
_REMEMBERS = ("souvien", "souven")
_OF_THINGS = word_set("du de la des l' d' son sa ses leur leurs cette ce ces")
_FEELING = word_set("cache cachent cachait cachaient caché cachant")


def without_speechless(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans (in text order) without all of that."""
    found = without_labels(tokens, without_relatives(tokens, spans))
    found = without_charges(tokens, without_stray_subjects(tokens, found))
    return without_deeds(tokens, found)


def without_charges(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without « , soupçonné d'avoir fui », where nobody is said to suspect it."""
    gone: list[TokenSpan] = []
    for cue, content in pairwise(spans):
        lone = cue.kind == "Q" and content.kind == "C" and cue.stop - cue.first == 1
        if not lone or not tokens.words[cue.first].lower().startswith(_SUSPECTS):
            continue
        told = class_of(tokens, cue.first - 1, "fr") == "AUX" if cue.first else False
        by = "par" in [w.lower() for w in tokens.words[cue.stop : content.first]]
        if tokens.words[cue.first].lower().endswith(_PAST) and not told and not by:
            gone += [cue, content]
    return [s for s in spans if s not in gone]


def without_deeds(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without finding, remembering and feeling things, that report nothing.

    « trouvent un hangar », « se souvient du bruit », « ne cache pas son agacement »: a noun is what
    they hold. « trouve le projet trop cher », « se souvient d'avoir crié » do tell something.
    """
    gone: list[TokenSpan] = []
    for i, span in enumerate(spans):
        if span.kind == "Q" and tokens.words[span.first].lower() in _SINCE:
            near = [s for s in spans[i + 1 : i + 3] if s.kind == "C"]
            same = [s for s in near if tokens.sentence[s.first] == tokens.sentence[span.first]]
            gone += [span, *same[:1]]
    for cue, content in pairwise(spans):
        beside = cue.kind == "Q" and content.kind == "C" and content.first == cue.stop
        if beside and _is_deed(tokens, cue, content):
            gone += [cue, content]
    return [s for s in spans if s not in gone]


def _is_deed(tokens: Tokens, cue: TokenSpan, content: TokenSpan) -> bool:
    low = tokens.low[content.first : content.stop]
    if len(low) == 1 and low[0].endswith("ment"):
        return True  # « dément formellement »
    if len(low) < _FEW and low[-1] == "fois":
        return True  # « aurait appelé deux fois »
    if any(tokens.state[i] != OUTSIDE for i in range(content.first, content.stop)):
        return False
    if any(
        class_of(tokens, i, "fr") in ("AUX", "THAT") for i in range(content.first, content.stop)
    ):
        return False
    kind = class_of(tokens, content.first, "fr")
    for i in range(cue.first, cue.stop):
        verb = tokens.words[i].lower()
        if verb in _FINDS and kind in ("DET", "NUM", "QUANT"):
            return _TASTES.isdisjoint(low)
        if verb.startswith(_REMEMBERS) and low[0] in _OF_THINGS:
            return not any(w.endswith(("er", "ir", "oir", "re")) for w in low[1:3])
        if verb in _FEELING:
            return kind == "POSS"
    return False


def without_labels(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without charges, titles and nicknames between marks as content.

    « une enquête pour "vol en réunion" », « une note intitulée "Cap 2030" », « ses collègues
    l'appellent "la Mère" »: nobody says them.
    """
    out: list[TokenSpan] = []
    for span in spans:
        rest: TokenSpan | None = span
        mark = span.first - (tokens.state[span.first] == INSIDE)
        if span.kind == "C" and is_label(tokens, mark):
            closing = next(
                (i for i in range(span.first, span.stop) if tokens.state[i] == CLOSES), span.stop
            )
            over = span.stop - closing < _FEW or tokens.words[closing + 1] == ","
            rest = None if over else span._replace(first=closing + 1)
        if rest is not None:
            out.append(rest)
    return out


def is_label(tokens: Tokens, first: int) -> bool:
    """Say whether the mark at a token opens a charge, a title or a nickname."""
    if first < 2 or tokens.state[first] != OPENS:
        return False
    low = tokens.low[max(0, first - 7) : first]
    if low[-1] in _TITLED:
        return True
    if low[-1].startswith(_NAMES_IT):
        return _nickname(tokens, first)
    joint = low[-1] in ("pour", "de", "d'")
    return joint and not _CHARGED.isdisjoint(low[:-1])


def _nickname(tokens: Tokens, first: int) -> bool:
    """Say whether a name and not a call stands there: « appelle "ceux qui savent" à parler » is."""
    stop = first + 1
    while stop < len(tokens) and tokens.state[stop] == INSIDE:
        stop += 1
    behind = tokens.words[stop + 1].lower() if stop + 1 < len(tokens) else ""
    return stop - first <= _LONGEST_NAME and behind not in ("à", "au", "aux")


def without_relatives(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans without « Un directeur qui | promet, | c'est suspect »: nobody speaks."""
    out = list(spans)
    for i in range(len(spans) - 1):
        source, cue = spans[i], spans[i + 1]
        if source.kind != "S" or cue.kind != "Q" or source.stop != cue.first:
            continue
        bare = tokens.words[source.first].lower() in ("un", "une", "celui", "celle", "quelqu'un")
        relative = tokens.words[source.stop - 1].lower() == "qui"
        if bare and relative and tokens.words[cue.stop : cue.stop + 1] == [","]:
            gone = [source, cue]
            gone += [s for s in spans[i + 2 : i + 3] if s.kind == "C" and s.first <= cue.stop + 1]
            out = [s for s in out if s not in gone]
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

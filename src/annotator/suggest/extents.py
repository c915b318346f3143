"""Set the edges of source mentions: the clause that belongs to one, the two halves of « on ».

"An official, who asked not to be named because the talks were continuing, said": what withholds
the name is no quotation. « indique-t-on au ministère » is two: the pronoun and the place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.anonymity import anonymity
from annotator.suggest.lexicon import word_set
from annotator.suggest.speakers import class_of
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE = 0.6
_RELATIVE = word_set("who whose whom which qui dont que qu' auquel à")
_WITHHOLDS = word_set(
    "speaking granted requesting asking insisting s' parlant requérant demandant souhaitant ayant "
    "sous on under témoignant préférant désirant tenant exigeant réclamant"
)
ENDS = frozenset((",", ".", ";", ":", "!", "?", "…", "...", "—", "–", ")", "("))
_LONGEST_CLAUSE = 45
#: So many words before and behind « on » may stand « de source sûre ».
_ORIGIN_BEFORE, _ORIGIN_BEHIND = 5, 5
_HEARS = word_set("appris apprend apprenait apprenant")
_ON = word_set("on -on -t-on")
_MAKES = word_set("fait faisait fit")
_KNOWN = word_set("valoir savoir remarquer observer comprendre entendre noter état part")
_AT = word_set("à au aux chez dans en du auprès de côté")
PLACE_OVER = word_set(
    "AUX THAT WH PRON SAY CLAIM ADMIT BELIEVE KNOW ASK PROMISE SEEM TIME CONJ REFL NEG ACCORD"
)
_WITH = word_set("avec sans que qu' où dont mais pour lors sur après avant pendant en")
_MET = word_set(
    "interviewed spoke talked met contacted reached surveyed consulted rencontré rencontrés "
    "rencontrées rencontrée interrogé interrogés interrogée interrogées contacté contactée "
    "contactés contactées joint jointe joints jointes"
)
_BEFORE_MET = word_set("have had 've avons ai avions nous j' i we on a")
_SOURCE_OF = word_set("source sources")
_LONGEST_PLACE = 10


def with_clauses(
    text: str, tokens: Tokens, spans: Sequence[TokenSpan], language: str
) -> list[TokenSpan]:
    """Return the spans without what was found in the clause in which a source withholds its name.

    Where no comma parts it ("an aide who asked not to be named") the clause belongs to the mention.
    """
    out = list(spans)
    for source in [s for s in spans if s.kind == "S"]:
        if source not in out:
            continue
        at = source.stop + (tokens.words[source.stop : source.stop + 1] == [","])
        met = met_until(tokens, at) or met_until(tokens, source.stop - 1)
        if met > 0:
            out = [x for s in out for x in _shifted(s, source, met, met)]
            continue
        begin = _clause_begins(tokens, source)
        if begin < 0:
            continue
        end = _withheld_until(text, tokens, source, begin, language)
        if end > source.stop:
            stop = end if begin == source.stop else source.stop
            out = [x for s in out for x in _shifted(s, source, stop, end)]
    return out


def met_until(tokens: Tokens, i: int) -> int:
    """Return where "I interviewed", « que nous avons rencontrés » ends, 0 if it is not there."""
    low = tokens.low[i : i + 6]
    if not low or low[0] not in ("i", "we", "que"):
        return 0
    for k, word in enumerate(low[1:5], 1):
        if word in _MET:
            return i + k + 1 + (low[k + 1 : k + 2] in (["to"], ["with"]))
        if word not in _BEFORE_MET:
            return 0
    return 0


def _shifted(span: TokenSpan, source: TokenSpan, stop: int, end: int) -> list[TokenSpan]:
    """Return a span beside a source whose clause ends at ``end``: whole, cut, or gone."""
    if span is source:
        return [span._replace(stop=stop)]
    if span.first >= end or span.stop <= source.stop:
        return [span]
    if span.first < source.first and span.stop > end:
        return [span]
    return [span._replace(first=end)] if span.stop > end + 2 and span.kind == "C" else []


def _clause_begins(tokens: Tokens, source: TokenSpan) -> int:
    """Return the token where a clause about the source may begin, -1 where none does."""
    n = len(tokens)
    at = source.stop
    last = tokens.words[at - 1].lower()
    if last in ("who", "qui", "whose") and at - source.first > 1:
        return at - 1
    if at < n and tokens.words[at] == ",":
        at += 1
    if (
        at >= n
        or tokens.state[at] == CLOSES
        or tokens.sentence[at] != tokens.sentence[source.first]
    ):
        return -1
    low = tokens.low[at]
    return at if low in _RELATIVE | _WITHHOLDS else -1


def _withheld_until(text: str, tokens: Tokens, source: TokenSpan, begin: int, language: str) -> int:
    """Return where the clause ends in which the source withholds its name, -1 if it is none."""
    stop = begin
    n = len(tokens)
    while (
        stop < n
        and stop - begin < _LONGEST_CLAUSE
        and tokens.sentence[stop] == tokens.sentence[begin]
        and tokens.state[stop] not in (OPENS, INSIDE)
    ):
        stop += 1
    if stop - begin < 2:
        return -1
    found = anonymity(text, tokens.starts[begin], tokens.ends[stop - 1], language)
    formula = found.formula_span or (
        found.reason_span if found.reason == "not_authorised" else None
    )
    if formula is None:
        return -1
    # Between the noun and the formula stand few words, and no other clause.
    ahead = [i for i in range(begin, stop) if tokens.starts[i] < formula.start]
    if len(ahead) > 7 or any(tokens.words[i] in ENDS for i in ahead):
        return -1
    last = max(formula.end, found.reason_span.end if found.reason_span else 0)
    end = next((i for i in range(begin, stop) if tokens.starts[i] >= last), stop)
    while end < stop and tokens.words[end] not in ENDS and not _speaks_on(tokens, end, language):
        end += 1
    return end


def _speaks_on(tokens: Tokens, i: int, language: str) -> bool:
    """Say whether the sentence's own verb of speech stands here."""
    return class_of(tokens, i, language) in lexicon.REPORTING | {"AUX"}


def impersonal(
    tokens: Tokens, spans: Sequence[TokenSpan], language: str, first: int, stop: int
) -> list[TokenSpan]:
    """Return the spans with « on » of the newsroom found, and the place where it speaks beside it.

    « dit-on au siège », « à la CGT, on rétorque que »: "on" is the source, the place another
    mention of it.
    """
    if language != "fr":
        return list(spans)
    out = list(spans)
    for i in range(first, stop):
        if tokens.words[i].lower() not in _ON:
            continue
        hears = _HEARS.intersection(w.lower() for w in tokens.words[max(0, i - 1) : i + 3])
        if hears or _has_origin(tokens, i):
            # « a-t-on appris de source proche », « indique-t-on de même source »: "on" is the
            # newsroom, or whoever the source is.
            out = [_origin_alone(tokens, s, i) for s in out if not _is_lone(s, i)]
            continue
        if not _reports(tokens, i, language):
            continue
        out = _with_on(tokens, out, i, language)
    return sorted(out, key=lambda s: s.first)


def _has_origin(tokens: Tokens, i: int) -> bool:
    """Say whether « de source sûre » stands behind « on » and its verb, or opens the sentence."""
    low = tokens.low
    for k in range(max(0, i - _ORIGIN_BEFORE), min(len(low), i + _ORIGIN_BEHIND)):
        if low[k] in ("source", "sources") and tokens.sentence[k] == tokens.sentence[i]:
            before = low[max(0, k - 2) : k]
            if before[-1:] == ["de"] or before == ["de", "même"]:
                return True
    return False


def _is_lone(span: TokenSpan, i: int) -> bool:
    return span.kind == "S" and (span.first, span.stop) == (i, i + 1)


def _origin_alone(tokens: Tokens, span: TokenSpan, i: int) -> TokenSpan:
    """Cut « on » off its origin, and leave « même source » whole."""
    if span.kind != "S" or not i - _ORIGIN_BEFORE <= span.first <= i + _ORIGIN_BEHIND:
        return span
    if span.first == i:
        first = i + 2 if tokens.low[i + 1] == "de" else i + 1
        return span._replace(first=first) if first < span.stop else span
    same = tokens.low[span.first] == "source" and tokens.low[span.first - 1] == "même"
    return span._replace(first=span.first - 1) if same else span


def _with_on(tokens: Tokens, spans: list[TokenSpan], i: int, language: str) -> list[TokenSpan]:
    inverted = tokens.words[i].startswith("-")
    cued = any(s.kind == "Q" and i - 4 <= s.first <= i + 3 for s in spans)
    holder = next((s for s in spans if s.kind == "S" and s.first <= i < s.stop), None)
    quoted = any(s.kind == "C" and s.first <= i < s.stop for s in spans)
    if holder is None and (quoted or not (inverted or cued)):
        return spans
    place = _place_after(tokens, i, language) or _place_before(tokens, i, language)
    if place is None:
        return [*spans, TokenSpan("S", i, i + 1, _SURE)] if holder is None else spans
    known = any(
        s.kind == "S" and s is not holder and s.first < place.stop and place.first < s.stop
        for s in spans
    )
    if known:
        return _with_lone(spans, i, place, holder)
    out = [x for s in spans if s is not holder for x in without(s, place)]
    lone = TokenSpan("S", i, i + 1, holder.sure if holder else _SURE)
    return [*out, lone, place]


def _with_lone(
    spans: list[TokenSpan], i: int, place: TokenSpan, holder: TokenSpan | None
) -> list[TokenSpan]:
    """Return the spans with « on » as a source beside a place that is known as one already."""
    lone = holder or TokenSpan("S", i, i + 1, _SURE)
    out: list[TokenSpan] = []
    for span in spans:
        within = span.kind == "S" and place.first <= span.first and span.stop <= place.stop
        out += [place] if within else without(span, lone) if span is not holder else []
    return [*dict.fromkeys(out), lone]


def without(span: TokenSpan, place: TokenSpan) -> list[TokenSpan]:
    """Return what is left of a span where another one stands in it."""
    if span.stop <= place.first or place.stop <= span.first:
        return [span]
    if span.first < place.first and span.stop > place.stop + 2:
        return [span._replace(stop=place.first), span._replace(first=place.stop)]
    if span.first < place.first:
        return [span._replace(stop=place.first)]
    return [span._replace(first=place.stop)] if span.stop > place.stop + 1 else []


def _reports(tokens: Tokens, i: int, language: str) -> bool:
    """Say whether « on » is the subject of a verb of speech: before it, or turned round after."""
    if made_known(tokens, i):
        return True
    if tokens.words[i].startswith("-"):
        near = range(max(0, i - 2), min(len(tokens), i + 3))
    else:
        near = range(i + 1, min(len(tokens), i + 4))
    return any(class_of(tokens, j, language) in lexicon.REPORTING for j in near)


def made_known(tokens: Tokens, i: int) -> bool:
    """Say whether « fait-on valoir » stands around a token."""
    behind = tokens.words[i + 1 : i + 2]
    return i > 0 and tokens.words[i - 1].lower() in _MAKES and behind != [] and behind[0] in _KNOWN


def _place_after(tokens: Tokens, i: int, language: str) -> TokenSpan | None:
    """Return « au ministère » behind « dit-on », with little between."""
    n = len(tokens)
    for j in range(i + 1, min(n, i + 6)):
        low = tokens.words[j].lower()
        if low == "même" or (
            tokens.words[j : j + 2] == ["de", "même"]
            and not _SOURCE_OF.intersection(tokens.words[j : j + 3])
        ):
            continue
        if low in ("à", "au", "aux", "chez", "dans", "auprès", "de") and j + 1 < n:
            stop = _place_stop(tokens, j + 1, language)
            if low == "de" and not _SOURCE_OF.intersection(w.lower() for w in tokens.words[j:stop]):
                return None
            return TokenSpan("S", j, stop, _SURE) if stop > j + 1 else None
        kind = class_of(tokens, j, language)
        known = j == i + 1 and made_known(tokens, i)
        if kind not in lexicon.REPORTING | {"TIME", "p,"} and low != "aussi" and not known:
            return None
    return None


def _place_before(tokens: Tokens, i: int, language: str) -> TokenSpan | None:
    """Return « A la CGT » before « , on rétorque »: it opens the sentence and ends at a comma."""
    if i < 3 or tokens.words[i - 1] != "," or tokens.words[i].startswith("-"):
        return None
    first = i - 1
    while first and tokens.sentence[first - 1] == tokens.sentence[i] and i - first < _LONGEST_PLACE:
        first -= 1
    opens = tokens.words[first].lower() in ("à", "a", "au", "aux", "chez", "dans")
    starts = first == 0 or tokens.sentence[first - 1] != tokens.sentence[first]
    whole = opens and starts and _place_stop(tokens, first + 1, language) == i - 1
    return TokenSpan("S", first, i - 1, _SURE) if whole else None


def _place_stop(tokens: Tokens, i: int, language: str) -> int:
    begin = i
    while (
        i < len(tokens)
        and i - begin < _LONGEST_PLACE
        and tokens.words[i][0].isalnum()
        and class_of(tokens, i, language) not in PLACE_OVER
        and tokens.words[i].lower() not in _WITH
    ):
        i += 1
    return i

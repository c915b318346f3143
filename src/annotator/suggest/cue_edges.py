"""Set the edges of cues and of what they report: subjects, addressees, marks, second quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.extents import ENDS, PLACE_OVER
from annotator.suggest.lexicon import word_set
from annotator.suggest.source_words import words_of
from annotator.suggest.speakers import TELLS, class_of
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, DASHES, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

_SURE = 0.6
_LONGEST_DATELINE, _SHORTEST_CITY = 16, 3
_SHORTEST_CLAUSE = 3
_BE = word_set("is are was were been being")
_TOLD = word_set("told informed asked warned urged assured notified")
_HEARD_OF = word_set(
    "said reported alleged believed thought understood rumoured rumored accused blamed charged "
    "suspected expected known deemed considered criticised criticized condemned praised quoted"
)
_PARTICIPLES = ("é", "i", "u", "it", "is", "ert", "ée", "és", "dit", "ris")
_ADVERBS = word_set("ainsi aussi lui ici puis depuis")


def cues_without_nouns(
    tokens: Tokens, spans: Sequence[TokenSpan], language: str
) -> list[TokenSpan]:
    """Return the spans with the noun of a source given back to it ("one | questioner claimed")."""
    person = words_of(language).person
    out = list(spans)
    for i in range(1, len(out)):
        source, cue = out[i - 1], out[i]
        beside = source.kind == "S" and cue.kind == "Q" and source.stop == cue.first
        if beside and cue.stop - cue.first > 1 and tokens.words[cue.first].lower() in person:
            out[i - 1] = source._replace(stop=cue.first + 1)
            out[i] = cue._replace(first=cue.first + 1)
    return out


_BEFORE_QUOTATION = frozenset((".", "…", "...", "!", "?", ":"))


def parted(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans with French content cut where a quotation begins a sentence of its own.

    « Elle redoute l'usure. "Mes internes ont vingt-six ans." »: plain words and what follows them
    between marks are two things said.
    """
    if language != "fr":
        return list(spans)
    out: list[TokenSpan] = []
    for span in spans:
        rest = span
        for i in range(span.first + 2, span.stop - 1) if span.kind == "C" else ():
            if tokens.state[i] == OPENS and tokens.words[i - 1] in _BEFORE_QUOTATION:
                out.append(rest._replace(stop=i - 1))
                rest = rest._replace(first=i)
        out.append(rest)
    return out


_LEADS = word_set(
    "he she they we i it who all both il elle on ils elles nous qui one another some many most "
    "several certains beaucoup tous lui"
)
_OPENS_SUBJECT = word_set("DET NUM QUANT POSS")
_VERBAL = lexicon.REPORTING | {"AUX", "NEG", "REFL"}
_LONGEST_LEAD = 6


def cues_without_subjects(
    tokens: Tokens, spans: Sequence[TokenSpan], language: str
) -> list[TokenSpan]:
    """Return the spans with the subject that a cue swallowed cut off as a source.

    "all | agreed that", « on | rétorque que », "one questioner | claimed".
    """
    out: list[TokenSpan] = []
    for span in spans:
        verb = _verb_after_lead(tokens, span, language) if span.kind == "Q" else span.first
        beside = out and out[-1].kind == "S" and out[-1].stop >= span.first
        if verb == span.first or beside:
            out.append(span)
        else:
            out += [TokenSpan("S", span.first, verb, _SURE), span._replace(first=verb)]
    return out


def without_addressees(
    tokens: Tokens, spans: Sequence[TokenSpan], language: str
) -> list[TokenSpan]:
    """Return the spans without whom something is told ("the jury was told") and "it is alleged"."""
    if language != "en":
        return list(spans)
    out: list[TokenSpan] = []
    for i, span in enumerate(spans):
        cue = spans[i + 1] if i + 1 < len(spans) else span
        beside = span.kind == "S" and cue.kind == "Q" and cue.first - span.stop <= 1
        hears = i > 0 and span.kind == "S" and _hears(tokens, spans[i - 1], span)
        if not hears and (not beside or not _told_of(tokens, span, cue)):
            out.append(span)
    return out


def _hears(tokens: Tokens, cue: TokenSpan, span: TokenSpan) -> bool:
    """Say whether somebody stands behind "told": "the barrister told | the jury: ..."."""
    told = cue.kind == "Q" and tokens.words[cue.stop - 1].lower() in TELLS
    return told and cue.stop == span.first


def first_clauses(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with plain content of talk ended where its speaker starts anew.

    "I think | it helps; but I would not bet on it": who talks runs on, and what "I think" holds is
    the first clause.
    """
    return [s._replace(stop=_joint(tokens, s)) if s.kind == "C" else s for s in spans]


_ANEW = word_set("i we they he she it you there these")
_JOINS = word_set("but and so or")


def _joint(tokens: Tokens, span: TokenSpan) -> int:
    """Return where a plain clause is followed by another one, the span's end where none is."""
    if any(tokens.state[i] != OUTSIDE for i in range(span.first, span.stop)):
        return span.stop
    for i in range(span.first + _SHORTEST_CLAUSE, span.stop - 1):
        low = tokens.words[i + 1].lower()
        joined = low in _JOINS and i + 2 < span.stop and tokens.words[i + 2].lower() in _ANEW
        if tokens.words[i] == ";" or (tokens.words[i] == "," and (low in _ANEW or joined)):
            return i
    return span.stop


_CHANGED = word_set("cut raised lowered lifted trimmed boosted slashed revised upgraded downgraded")
_ITS = word_set("their its his her")


def without_figures(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans without forecasts that somebody changes.

    "Analysts | cut their surplus | forecast | to 90,000 tons": the noun is taken for a verb, and
    the source for its subject.
    """
    if language != "en":
        return list(spans)
    gone: set[TokenSpan] = set()
    cut: dict[TokenSpan, TokenSpan] = {}
    for source, cue, content in zip(spans, spans[1:], [*spans[2:], None], strict=False):
        if (source.kind, cue.kind) != ("S", "Q") or source.stop != cue.first:
            continue
        low = [w.lower() for w in tokens.words[source.first : source.stop]]
        verb = next((i for i, w in enumerate(low) if w in _CHANGED), 0)
        if not verb or _ITS.isdisjoint(low[verb:]):
            continue
        cut[source] = source._replace(stop=source.first + verb)
        gone |= {cue}
        gone |= {content} if content and content.first - cue.stop < 2 else set()
    return [cut.get(s, s) for s in spans if s not in gone]


_STANDS = word_set("is was will would could can has had may might must should isn't wasn't won't")


def whole_clauses(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans with "that" in content that it is the subject of: "said that was wrong"."""
    if language != "en":
        return list(spans)
    out: list[TokenSpan] = []
    for span in spans:
        subject = (
            span.kind == "C"
            and span.first > 0
            and tokens.words[span.first - 1].lower() == "that"
            and tokens.words[span.first].lower() in _STANDS
        )
        out.append(span._replace(first=span.first - 1) if subject else span)
    return out


def without_dateline(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with « VALDREC, 3 novembre (AC) - » left out of content at its head."""
    end = 0
    if tokens.words and tokens.words[0].isupper() and len(tokens.words[0]) >= _SHORTEST_CITY:
        head = tokens.words[:_LONGEST_DATELINE]
        end = next((i + 1 for i, w in enumerate(head) if w in DASHES or w == "-"), 0)
    return [
        s._replace(first=end) if s.kind == "C" and s.first < end < s.stop - 1 else s for s in spans
    ]


def whole_cues(tokens: Tokens, spans: Sequence[TokenSpan], language: str) -> list[TokenSpan]:
    """Return the spans with the participle of « a-t-il dit » as the cue, not the auxiliary."""
    if language != "fr":
        return list(spans)
    out: list[TokenSpan] = []
    said = {i for s in spans if s.kind == "C" for i in range(s.first, s.stop)}
    cues = {s.first for s in spans if s.kind == "Q"}
    for span in spans:
        verb = _participle_behind(tokens, span, language) if span.kind == "Q" else -1
        if verb < 0 or verb in said:
            out.append(span)
        elif verb not in cues:
            out.append(span._replace(first=verb, stop=verb + 1))
    return sorted(out, key=lambda s: s.first)


def _participle_behind(tokens: Tokens, cue: TokenSpan, language: str) -> int:
    """Return the participle behind the pronoun of a cue that is an auxiliary alone, else -1."""
    at = cue.stop
    if class_of(tokens, at - 1, language) != "AUX" or at >= len(tokens):
        return -1
    near = range(at + 1, min(at + 3, len(tokens))) if tokens.words[at].startswith("-") else ()
    low = {i: tokens.words[i].lower() for i in near}
    fits = (i for i, w in low.items() if w.endswith(_PARTICIPLES) and w not in _ADVERBS)
    return next(fits, -1)


def whole_quotations(tokens: Tokens, spans: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Return the spans with both marks in content that is one quotation."""
    out: list[TokenSpan] = []
    taken = {i for s in spans for i in range(s.first, s.stop)}
    for span in spans:
        first, stop = span.first, span.stop
        if span.kind == "C":
            before, last = first - 1, stop
            opened = tokens.state[first] == OPENS or (
                before >= 0 and before not in taken and tokens.state[before] == OPENS
            )
            closed = tokens.state[stop - 1] == CLOSES or (
                last < len(tokens) and last not in taken and tokens.state[last] == CLOSES
            )
            if opened and closed:
                first -= tokens.state[first] != OPENS
                stop += tokens.state[stop - 1] != CLOSES
        out.append(span._replace(first=first, stop=stop))
    return out


def _told_of(tokens: Tokens, source: TokenSpan, cue: TokenSpan) -> bool:
    """Say whether the words before a cue are told something rather than tell it."""
    low = [w.lower() for w in tokens.words[cue.first : cue.stop]]
    if low == ["told"]:  # "Fund was emptied, jury told"
        return cue.stop >= len(tokens) or tokens.words[cue.stop] in ENDS
    passive = len(low) > 1 and low[0] in _BE
    it = tokens.words[source.first].lower() == "it"
    following = tokens.words[cue.stop].lower() if cue.stop < len(tokens) else ""
    # "Ministers accused of hiding": a headline leaves the "are" out. "Police were said to have".
    accused = low[0] in ("accused", "suspected") and "of" in (*low[1:2], following)
    talked_of = (passive and low[-1] in ("to", "of")) or following in ("to", "of", "as", "by")
    of = passive and talked_of and not _HEARD_OF.isdisjoint(low)
    return accused or of or (passive and (it or not _TOLD.isdisjoint(low)))


def _verb_after_lead(tokens: Tokens, cue: TokenSpan, language: str) -> int:
    """Return where the verb begins behind a subject at a cue's head, its first token if none is."""
    first = cue.first
    verb = next(
        (i for i in range(first, cue.stop) if class_of(tokens, i, language) in _VERBAL), first
    )
    low = tokens.words[first].lower()
    if verb == first or verb - first > _LONGEST_LEAD:
        return first
    if verb - first == 1:
        return verb if low in _LEADS else first
    opens = class_of(tokens, first, language) in _OPENS_SUBJECT or low in _LEADS
    plain = all(
        tokens.words[i][0].isalnum() and class_of(tokens, i, language) not in PLACE_OVER | {"PREP"}
        for i in range(first + 1, verb)
    )
    return verb if opens and plain else first

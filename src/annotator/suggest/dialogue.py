"""Direct speech as fiction and long interviews print it: dashes, short quotations, asides.

The tagger knows news. In a text that reads like fiction every turn of speech counts and indirect
speech does not, so there the marks of dialogue decide alone. Source of the conventions: Lacroux,
Orthotypographie, articles « dialogue », « guillemet », « tiret ».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, DASHES, INSIDE, OPENS, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SURE = 0.65
_STOPS = word_set(", ! ? … ... . ] ; :")
_SENTENCE_ENDS = word_set(". ! ? … ...")
_BEFORE_TURN = word_set(". ! ? … ... : » ” )")
_ASIDE_VERBS = word_set(
    "fit fis murmura balbutia cria écria écriai écrièrent exclama hurla grommela gronda gémit "
    "sanglota "
    "soupira souffla interrompit acheva commença hasarda insista objecta protesta riposta répliqua "
    "chuchota bégaya gloussa ricana reprit reprirent repris continua dis-je fis-je dis répondis "
    "répondait disait criait pensa pensai songea"
)
_PAST = re.compile(r"^\w{2,}(?:èrent|irent|urent|inrent)$|^\w{3,}(?:a|it|ut|int)$")
_NOT_PAST = word_set(
    "avait était fait dit petit esprit tout bout salut nuit bruit fruit lit droit huit point peut "
    "veut "
    "doit voit sait vrai cela déjà voilà deçà mais rut produit conduit habit instruit debout "
    "surtout "
    "partout début but écrit récit crédit profit appétit circuit minuit gratuit subit maudit "
    "inédit "
    "institut statut attribut opéra agenda delta"
)
_PERSONS = word_set(
    "je j' tu me m' te t' vous nous mon ma mes ton ta tes votre vos notre nos moi toi"
)
_PLAIN_PAST = re.compile(
    r"\b(?:répondit|reprit|s['’]écria|murmura|demanda|fut|furent|eut|eurent|vint|vinrent|prit|prirent|"
    r"mit|mirent|parut|voulut|put|dut|sut|tint|devint|sortit|sentit|rendit|entendit|regarda|ajouta|"
    r"ouvrit|partit|\w{3,}èrent|je fus|j['’]eus|je pris|je vis|je dis|je me mis|"
    r"(?:je|j['’]|je m['’]|je me) ?\w{3,}(?<![rv])ai)\b"
)
_DASHED_LINE = re.compile(r"^[ \t]*[—–―] ?\w", re.M)
_FICTION_SHARE, _FICTION_FEWEST, _FEWEST_DASHES = 0.006, 12, 8


def is_fiction(text: str, language: str) -> bool:
    """Say whether a French text is told in the past historic, as novels are and news is not."""
    if language != "fr":
        return False
    part = text[:60_000]
    found = sum(1 for _ in _PLAIN_PAST.finditer(part))
    dashes = sum(1 for _ in _DASHED_LINE.finditer(part))
    told = found >= _FICTION_FEWEST and found >= _FICTION_SHARE * part.count(" ")
    return told or (dashes >= _FEWEST_DASHES and found >= 3)


def quotations(tokens: Tokens) -> list[tuple[int, int]]:
    """Return (first, one past the last) token between quotation marks, marks left out."""
    out: list[tuple[int, int]] = []
    start = 0 if tokens.state and tokens.state[0] == INSIDE else -1
    for i, state in enumerate(tokens.state):
        if state == OPENS:
            start = i + 1
        elif state == CLOSES:
            if 0 <= start < i:
                out.append((start, i))
            start = -1
    if 0 <= start < len(tokens):
        out.append((start, len(tokens)))
    return out


def speech(tokens: Tokens, language: str) -> list[TokenSpan]:
    """Return content (C), cues (Q) and speakers (S) of the direct speech of one paragraph."""
    kinds = [word_class(w, w.lower().replace("’", "'"), language) for w in tokens.words]
    turns = sorted([*_quoted(tokens), *_dashed(tokens)])
    out: list[TokenSpan] = []
    done = 0
    for start, stop in turns:
        if stop > done:
            out.extend(_turn(tokens, kinds, max(start, done), stop))
            done = stop
    return sorted(set(out), key=lambda s: (s.first, s.stop))


def _quoted(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield quotations that are speech and not a word in marks."""
    for start, stop in quotations(tokens):
        ends = tokens.words[stop - 1] in _STOPS
        begins = tokens.words[start][0].isupper() or tokens.words[start] in DASHES
        if begins and (ends or stop - start >= 4):
            yield start, stop


def _dashed(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the turns after dashes of dialogue."""
    words = tokens.words
    n = len(words)
    marks = [i for i in range(n - 1) if _turn_begins(tokens, i)]
    for number, mark in enumerate(marks):
        end = marks[number + 1] if number + 1 < len(marks) else n
        if tokens.state[mark + 1] != OPENS:
            yield mark + 1, _narration(tokens, mark + 1, end)


def _turn_begins(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    dash = word in DASHES or (word == "-" and i == 0 and tokens.dashed)
    if not dash or tokens.state[i] in (INSIDE, CLOSES):
        return False
    following = tokens.words[i + 1]
    if i == 0:
        return True
    return tokens.words[i - 1] in _BEFORE_TURN and (following[0].isupper() or following in "«“…")


def _narration(tokens: Tokens, start: int, end: int) -> int:
    """Return where the story goes on inside a turn, its end where it does not."""
    first = start
    while first < end:
        last = first
        while last < end and tokens.sentence[last] == tokens.sentence[first]:
            last += 1
        if first > start and _is_told(tokens, first, last):
            return first
        first = last
    return end


def _is_told(tokens: Tokens, first: int, last: int) -> bool:
    low = tokens.low[first:last]
    if _PERSONS.intersection(low) or tokens.words[last - 1] in ("!", "?"):
        return False
    past = [w for w in low if _PAST.match(w) and w not in _NOT_PAST and not w.endswith("ait")]
    return bool(past)


def _turn(tokens: Tokens, kinds: Sequence[str], start: int, stop: int) -> Iterator[TokenSpan]:
    """Yield the speech of a turn without its asides (« dit-il en riant ») and bracketed notes."""
    begin = i = start
    while i < stop:
        aside = i > begin and tokens.words[i - 1] in _STOPS and _verb_of_aside(tokens, kinds, i)
        if aside or tokens.words[i] == "[":
            if i > begin:
                yield TokenSpan("C", begin, i, _SURE)
            if aside:
                yield from _cue_and_speaker(tokens, i, min(_end_of_aside(tokens, i), stop), kinds)
                i = begin = _resume(tokens, i, stop)
            else:
                i = begin = _after_bracket(tokens, i, stop)
            continue
        i += 1
    if stop - begin > 0:
        yield TokenSpan("C", begin, stop, _SURE)


def _after_bracket(tokens: Tokens, i: int, stop: int) -> int:
    while i < stop and tokens.words[i] != "]":
        i += 1
    return min(i + 1, stop)


def _verb_of_aside(tokens: Tokens, kinds: Sequence[str], i: int) -> bool:
    """Say whether an inverted verb of speech begins here (« dit X », « s'écria-t-il »)."""
    if tokens.words[i][0].isupper():
        return False
    j = _head_of_aside(tokens, kinds, i)
    if j < 0:
        return False
    after = tokens.words[j + 1] if j + 1 < len(tokens) else "."
    return (
        after[0].isupper()
        or after.startswith("-")
        or after.lower().endswith("ment")
        or (j + 1 < len(kinds) and kinds[j + 1] in ("DET", "POSS", "TITLE", "ANON"))
    )


def _head_of_aside(tokens: Tokens, kinds: Sequence[str], i: int) -> int:
    j = i
    while j < min(i + 3, len(tokens)) and (
        kinds[j] in ("REFL", "AUX") or tokens.words[j].lower() in ("lui", "leur", "y", "s'", "s’")
    ):
        j += 1
    if j >= len(tokens):
        return -1
    known = kinds[j] in lexicon.REPORTING or tokens.words[j].lower() in _ASIDE_VERBS
    return j if known else -1


def _end_of_aside(tokens: Tokens, i: int) -> int:
    n = len(tokens)
    while i < n and tokens.words[i] not in _STOPS:
        i += 1
    return i


def _cue_and_speaker(
    tokens: Tokens, i: int, stop: int, kinds: Sequence[str]
) -> Iterator[TokenSpan]:
    head = _head_of_aside(tokens, kinds, i)
    yield TokenSpan("Q", head, head + 1, _SURE)
    clitic = next((j for j in range(i, stop) if tokens.words[j].startswith("-")), -1)
    if clitic >= 0:
        yield TokenSpan("S", clitic, clitic + 1, _SURE)
        return
    end = head + 1
    while end < stop and tokens.words[end].lower() not in _AFTER_SPEAKER:
        end += 1
    if end > head + 1:
        yield TokenSpan("S", head + 1, end, _SURE)


_AFTER_SPEAKER = word_set("en d'un avec à d'une pour dans sans")
_GOES_ON = word_set("en car qui puis et avec d'un dont tandis à sans dans")


def _resume(tokens: Tokens, i: int, stop: int) -> int:
    """Return where speech goes on after the aside that begins at ``i``."""
    at = _end_of_aside(tokens, i)
    while at < stop and tokens.words[at] in (",", ";", ":"):
        following = tokens.words[at + 1].lower() if at + 1 < stop else ""
        if following not in _GOES_ON:
            return at + 1
        at = _end_of_aside(tokens, at + 1)
    if at < stop and tokens.words[at] in _SENTENCE_ENDS:
        return _narration_after(tokens, at + 1, stop)
    return min(at + 1, stop)


def _narration_after(tokens: Tokens, at: int, stop: int) -> int:
    """After a full stop the story may go on: then nothing of the turn is left."""
    last = at
    while last < stop and tokens.sentence[last] == tokens.sentence[at]:
        last += 1
    return stop if last > at and _is_told(tokens, at, last) else at

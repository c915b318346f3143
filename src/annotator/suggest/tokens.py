"""Cut a paragraph into tokens with sentence numbers and the state of its quotation marks.

One regular expression for French and English. Everything is reset at every paragraph, so that an
unbalanced quotation mark spoils one paragraph at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
 d['’]après\b
|(?:[ldjmtsnc]|qu|lorsqu|puisqu|jusqu|quoiqu)['’](?=\w)            # French elision
|[a-zà-ÿ]*n['’]t\b
|['’](?:s|re|ve|ll|d|m)\b
|\d+(?:[.,\u00a0\u202f]\d+)*(?:%|\b)
|(?:[A-Z]\.){2,}
|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|Sr|No|Lt|Col|Sgt|Capt|Prof|Rev|Hon|MM?)\.(?=\s)
|-(?:t-)?(?:ils?|elles?|on|je|nous|vous|ce)\b                      # French inversion
|aujourd['’]hui\b
|\w+?(?=-(?:t-)?(?:ils?|elles?|on|je|nous|vous|ce)\b)
|\w+(?:[-‐‑]\w+)*(?!-(?:t-)?(?:ils?|elles?|on|je|nous|vous|ce)\b)
|\.\.\.|--|\S""",
    re.X | re.I,
)
OPENING, CLOSING, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')
DASHES = frozenset("—–―") | {"--"}
_ENDS = frozenset(".!?…") | {"..."}
_AFTER_END = frozenset(")]'’")
OUTSIDE, INSIDE, OPENS, CLOSES = 0, 1, 2, 3
LONGEST = 130
_HARD_LIMIT = 260
_MOST_MARKS = 24


@dataclass(slots=True)
class Tokens:
    """Hold the tokens of one paragraph; all lists have one entry a token.

    ``starts`` and ``ends`` are code points of the whole text; ``sentence`` counts from 0;
    ``state`` is ``OUTSIDE``, ``INSIDE``, ``OPENS`` or ``CLOSES``; ``since`` and ``until`` count
    tokens from and to the nearest quotation mark; ``carried`` says that a quotation of the
    paragraph before was still open, ``dashed`` that the paragraph begins with a dash of dialogue.
    ``low`` has the words in lower case with straight apostrophes, ``kinds`` their classes as soon
    as ``speakers.class_of`` is asked for one.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    state: list[int]
    since: list[int]
    until: list[int]
    low: list[str]
    carried: bool = False
    dashed: bool = False
    kinds: list[str] = field(default_factory=list[str])

    def __len__(self) -> int:
        return len(self.words)


def _marks(words: list[str], starts: list[int], ends: list[int]) -> list[int]:
    """Return 1 for a mark that opens, -1 for one that closes, else 0."""
    n = len(words)
    kinds = [0] * n
    inside = False
    for i, word in enumerate(words):
        if word in OPENING:
            kinds[i] = 1
        elif word in CLOSING:
            kinds[i] = -1
        elif word in STRAIGHT:
            space_before = i == 0 or starts[i] > ends[i - 1]
            space_after = i == n - 1 or starts[i + 1] > ends[i]
            if space_before != space_after:
                kinds[i] = 1 if space_before else -1
            else:
                kinds[i] = -1 if inside else 1
        if kinds[i]:
            inside = kinds[i] == 1
    if not any(kinds):
        _single_marks(words, starts, ends, kinds)
    for first, last in outermost(words, kinds):
        kinds[first + 1 : last] = [0] * (last - first - 1)
    return kinds


_PAIRS = {"«": "»", "“": "”", "„": "“”"}


def outermost(words: list[str], kinds: list[int]) -> list[tuple[int, int]]:
    """Return the marks (first, last) of quotations that hold marks of others, which balance.

    « Il a dit : “Non.” Et il est parti »: the whole is one quotation. One mark too many, and the
    marks are read one after the other.
    """
    marks = [i for i, kind in enumerate(kinds) if kind]
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(marks):
        end = _closing(words, kinds, marks, at)
        if end > at + 1:
            out.append((marks[at], marks[end]))
        at = max(end, at) + 1
    return out


def _closing(words: list[str], kinds: list[int], marks: list[int], at: int) -> int:
    """Return the place in ``marks`` of the mark that closes the one at ``at``, else -1."""
    closing = _PAIRS.get(words[marks[at]], "")
    if kinds[marks[at]] != 1 or not closing:
        return -1
    opened = [closing]
    # No further than so many marks: where none closes, the work would grow with their square.
    for k in range(at + 1, min(len(marks), at + _MOST_MARKS)):
        word = words[marks[k]]
        if word in opened[-1]:
            opened.pop()
            if not opened:
                return k
        elif word in STRAIGHT:
            opened.append(word)
        elif word in _PAIRS:
            opened.append(_PAIRS[word])
        else:
            return -1
    return -1


def _single_marks(words: list[str], starts: list[int], ends: list[int], kinds: list[int]) -> None:
    """Take single marks as quotation marks where no double ones are (British papers)."""
    opened = -1
    n = len(words)
    for i, word in enumerate(words):
        if word not in ("‘", "'", "’"):
            continue
        before = i == 0 or starts[i] > ends[i - 1] or words[i - 1] in "(["
        after = i == n - 1 or starts[i + 1] > ends[i]
        if before and not after and word != "’":
            opened = i
        elif opened >= 0 and word != "‘" and not before and i - opened > 2:
            kinds[opened], kinds[i], opened = 1, -1, -1


def _quote_states(kinds: list[int]) -> tuple[list[int], list[int], list[int], bool]:
    n = len(kinds)
    marks = [i for i in range(n) if kinds[i]]
    state, since, until = [OUTSIDE] * n, [99] * n, [99] * n
    current = INSIDE if marks and kinds[marks[0]] == -1 else OUTSIDE
    last = 0
    for i in range(n):
        if kinds[i]:
            state[i] = OPENS if kinds[i] == 1 else CLOSES
            current = INSIDE if kinds[i] == 1 else OUTSIDE
            last = i
        else:
            state[i] = current
        since[i] = i - last
    following = n
    for i in range(n - 1, -1, -1):
        if kinds[i]:
            following = i
        until[i] = following - i
    return state, since, until, current == INSIDE


def _sentences(words: list[str]) -> list[int]:
    out: list[int] = []
    number = 0
    ended = False
    n = len(words)
    for i, word in enumerate(words):
        if ended:
            starts = word[0].isupper() or word[0].isdigit() or word in OPENING or word in "-–—("
            if word in STRAIGHT:
                starts = i + 1 < n and words[i + 1][0].isupper()
            if starts:
                number += 1
                ended = False
            elif word not in CLOSING | STRAIGHT | _AFTER_END | _ENDS:
                ended = False
        out.append(number)
        if word in _ENDS and not (i and len(words[i - 1]) == 1 and words[i - 1].isupper()):
            ended = True
    return out


def tokenise(line: str, offset: int = 0, *, carried: bool = False) -> Tokens:
    """Return the tokens of one paragraph that begins at ``offset`` in the text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(line):
        words.append(match.group())
        starts.append(offset + match.start())
        ends.append(offset + match.end())
    kinds = _marks(words, starts, ends)
    state, since, until, _ = _quote_states(kinds)
    dashed = bool(words) and (
        words[0] in DASHES or (words[0] == "-" and len(words) > 1 and starts[1] > ends[0])
    )
    return Tokens(
        words,
        starts,
        ends,
        _sentences(words),
        state,
        since,
        until,
        [w.lower().replace("’", "'") for w in words],
        carried=carried,
        dashed=dashed,
    )


def ends_open(tokens: Tokens) -> bool:
    """Say whether a quotation is still open where the paragraph ends."""
    return bool(tokens.state) and tokens.state[-1] in (INSIDE, OPENS)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, line) of every line that holds more than white space."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield start, line
        start += len(line) + 1


def pieces(tokens: Tokens, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Cut a long paragraph between sentences, outside quotation marks where possible."""
    n = len(tokens)
    if n <= longest:
        return [(0, n)]
    out: list[tuple[int, int]] = []
    begin = 0
    for i in range(1, n):
        size = i - begin
        boundary = tokens.sentence[i] != tokens.sentence[i - 1]
        outside = tokens.state[i] in (OUTSIDE, OPENS)
        if (boundary and size > (longest // 2 if outside else longest)) or size >= _HARD_LIMIT:
            out.append((begin, i))
            begin = i
    out.append((begin, n))
    return out


def shape(word: str) -> str:
    """Return what a word looks like: x, X, XX, Xx, xX, 0, 0., or p with a mark."""
    first = word[0]
    if word.isdigit():
        return "0"
    if first.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        return "Xx" if first.isupper() else "xX"
    if first.isdigit():
        return "0."
    return "p" + word if len(word) < 3 else "p"

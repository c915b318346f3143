"""Say in numbers what there is to learn from about each proposal of an article.

Words never appear in what is learned: a feature that holds a word is named by a keyed digest, so
that the name of a source cannot be read out of a learned state.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from math import log
from typing import TYPE_CHECKING

from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.suggest.base import Proposal

#: Begins the name of every feature that is made of words: these are held closer to nothing.
LEXICAL = "#"
_LENGTHS = (1, 2, 4, 8, 16, 32)
#: Letters of a cue that stand for its lemma (« déclare », « déclarait », « a déclaré »).
_STEM = 6
_OPEN, _CLOSE = tuple("“«„\"'‘"), tuple("”»\"'’")
_SPACES = " \u00a0\u202f"
_FIELDS = ("kind", "act", "stance", "voice", "identification", "affiliation", "proximity", "role")


def log_odds(score: float) -> float:
    """Return the log-odds of a score, kept away from certainty."""
    safe = min(max(score, 0.005), 0.995)
    return log(safe / (1 - safe))


def digest(salt: str, *words: str) -> str:
    """Return a name for words that does not tell them."""
    raw = "\0".join(words).encode()
    return blake2b(raw, digest_size=8, key=salt.encode()[:64]).hexdigest()


def features(
    proposals: Sequence[Proposal], text: str, language: str, salt: str
) -> list[dict[str, float]]:
    """Return name -> value for every proposal of one article.

    Args:
        proposals: what the engine proposes, links as indices in it.
        text: the article's canonical text.
        language: ``fr`` or ``en``.
        salt: what the digests of words are keyed with, one a project.
    """
    table = _Article(proposals, text, language, salt)
    return [table.row(i) for i in range(len(proposals))]


class _Article:
    """Know what the proposals of one article say of each other."""

    def __init__(self, proposals: Sequence[Proposal], text: str, language: str, salt: str) -> None:
        self._all = proposals
        self._text = text
        self._language = language
        self._salt = salt
        self._served = Counter(j for p in proposals for _role, j in p.links)
        self._alike = Counter((p.kind, p.cluster) for p in proposals if p.cluster)
        self._first_end = text.find("\n") if "\n" in text else len(text)

    def row(self, index: int) -> dict[str, float]:
        """Return the features of one proposal, all of them within its kind of mark."""
        one = self._all[index]
        kind = one.kind.value
        row = {"one": 1.0, "odds": log_odds(one.score), kind: 1.0}
        row[f"{kind} odds"] = row["odds"]
        for name in self._traits(index, one):
            row[f"{kind} {name}"] = 1.0
        for role, words in self._words(one):
            row[f"{LEXICAL}{digest(self._salt, kind, role, words)}"] = 1.0
        if one.cluster:
            row[f"{kind} alike"] = log(self._alike[one.kind, one.cluster])
        return row

    def _traits(self, index: int, one: Proposal) -> Iterator[str]:
        start = one.spans[0].start
        yield f"rule {one.rule}"
        yield f"language {self._language}"
        yield f"length {self._length(one)}"
        yield f"marks {self._marks(one)}"
        yield from (f"{name} {one.fields[name]}" for name in _FIELDS if name in one.fields)
        if len(one.spans) > 1:
            yield "pieces"
        if self._served[index]:
            yield "served"
        if start < self._first_end:
            yield "first paragraph"
        roles = {role for role, _ in one.links}
        if one.kind in (MarkKind.QUOTE, MarkKind.CLAIM):
            yield f"cue {'cue' in roles} source {'source' in roles}"
        for role, j in one.links:
            if role == "source":
                yield f"by {self._all[j].fields.get('identification', 'unknown')}"

    def _words(self, one: Proposal) -> Iterator[tuple[str, str]]:
        """Return the words worth remembering, by what they are to the proposal."""
        if one.kind is MarkKind.CUE:
            yield "stem", self._stem(one)
        elif one.kind is MarkKind.SOURCE:
            words = self._own(one).split()
            yield "all", " ".join(words)
            yield "head", words[0]
            yield "tail", words[-1]
        elif one.kind is MarkKind.ACTOR:
            yield "all", self._own(one)
            yield "actor", one.fields.get("actor", "").casefold()
        elif one.kind not in (MarkKind.QUOTE, MarkKind.CLAIM):
            yield "all", " ".join(self._own(one).split()[:4])
        for role, j in one.links:
            if role == "cue":
                yield "stem", self._stem(self._all[j])

    def _own(self, one: Proposal) -> str:
        return one.spans[0].slice(self._text).casefold() or "-"

    def _stem(self, cue: Proposal) -> str:
        return (self._own(cue).split() or ["-"])[-1][:_STEM]

    def _length(self, one: Proposal) -> int:
        words = sum(len(s.slice(self._text).split()) for s in one.spans)
        return sum(words > limit for limit in _LENGTHS)

    def _marks(self, one: Proposal) -> str:
        """Say on which sides a quotation mark stands, inside or just outside the span."""
        first, last = one.spans[0].start, one.spans[-1].end
        before = self._text[max(0, first - 2) : first].rstrip(_SPACES)[-1:]
        after = self._text[last : last + 2].lstrip(_SPACES)[:1]
        opens = before in _OPEN or self._text[first] in _OPEN
        closes = after in _CLOSE or self._text[last - 1] in _CLOSE
        return f"{'o' if opens else '-'}{'c' if closes else '-'}"

"""Tell who asks and who answers where an interview is printed as questions and answers.

What stands behind the answerer's name ("Oak: It leaks.") is that person's word from end to end.
French papers print most interviews without names, question and answer in turn: there the person
whom headline and lead name answers. English ones without names are read as any other text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import word_set
from annotator.suggest.link import Attribution
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.tokens import Tokens

QUESTION, ANSWER = "question", "answer"
_SURE = 0.95
_FEWEST_TURNS, _FEWEST_QUESTIONS, _MOST_WORDS, _LONGEST_GESTURE = 4, 3, 5, 10
_LABEL = re.compile(r"([^\W\d_][\w.’'\- ]{0,40}?)[ \u00a0\u202f]?(?::|\.[ \u00a0]?[—–-])\s")
_NO_LABELS = word_set("photo note ps nb update correction source sources image crédit credit")
_CALLED = re.compile(r"propos recueillis|\bentretien\b|\binterview\b", re.IGNORECASE)
_ASKS = re.compile(r"(?:\?|\.\.\.|…)[\s»”\")]*$")


@dataclass(frozen=True, slots=True)
class Turn:
    """Say what a paragraph is in an interview, and how many characters of it are the label.

    ``role`` is ``QUESTION``, ``ANSWER`` or empty (the paragraph is no part of it).
    """

    role: str = ""
    label: int = 0
    name: str = ""


NONE = Turn()


def turns(lines: Sequence[str], language: str) -> list[Turn]:
    """Return the turn of every paragraph."""
    found = _labelled(lines)
    if found is None and language == "fr":
        found = _in_turn(lines)
    return found or [NONE] * len(lines)


def _labelled(lines: Sequence[str]) -> list[Turn] | None:
    """Return the turns where names stand in front, ``None`` where they do not."""
    heads = [_LABEL.match(line) for line in lines]
    labels = [_label_of(head) for head in heads]
    count = Counter(label for label in labels if label)
    speakers = {label for label, times in count.items() if times > 1}
    places = [i for i, label in enumerate(labels) if label in speakers]
    if len(speakers) < 2 or len(places) < _FEWEST_TURNS:
        return None
    if 2 * len(places) < places[-1] - places[0] + 1:
        return None  # "Photo:" and "Analysis:" here and there
    asking = Counter(labels[i] for i in places if _ASKS.search(lines[i]))
    askers = {label for label in speakers if 2 * asking[label] > count[label]}
    if askers == speakers:
        return None
    out = [NONE] * len(lines)
    role = ""
    for i in range(places[0], places[-1] + 1):
        label, head = labels[i], heads[i]
        if label in speakers and head is not None:
            role = QUESTION if label in askers else ANSWER
            out[i] = Turn(role, head.end(), label)
        else:
            out[i] = Turn(role)
    return out


def _label_of(head: re.Match[str] | None) -> str:
    """Return a name in front of a colon as it is written, nothing where it is none."""
    words = head[1].split() if head else []
    fits = words and len(words) <= _MOST_WORDS and words[0][0].isupper()
    return " ".join(words) if fits and words[0].lower() not in _NO_LABELS else ""


def _in_turn(lines: Sequence[str]) -> list[Turn] | None:
    """Return the turns of an interview without names: what follows a question answers it."""
    if not any(_CALLED.search(line) for line in (*lines[:6], *lines[-2:])):
        return None
    # A headline or a lead may ask, too: the first question has an answer right behind it.
    asked = [i for i, line in enumerate(lines) if i and _ASKS.search(line) and line[0] != "("]
    asked = [i for i in asked if i + 1 < len(lines) and i + 1 not in asked]
    if len(asked) < _FEWEST_QUESTIONS:
        return None
    out = [NONE] * len(lines)
    for i in range(asked[0], asked[-1] + 2):
        out[i] = Turn(QUESTION if i in asked else ANSWER)
    return out


def with_answer(
    tokens: Tokens, attributions: Sequence[Attribution], turn: Turn
) -> list[Attribution]:
    """Return the attributions of a turn: an answer whole, and whom it or a question reports."""
    if not turn.role:
        return list(attributions)
    behind = next((i for i, at in enumerate(tokens.starts) if at >= turn.label), len(tokens))
    first = _after_gesture(tokens, behind)
    others = [
        a
        for a in attributions
        if a.cue is not None and a.source is not None and a.source.first >= first
    ]
    if turn.role == QUESTION or first >= len(tokens):
        return others
    last = _end_of_label(tokens, behind) if turn.label else 0
    named = last and len(tokens.words[last - 1]) > 1  # "Q" and "A" are nobody's names
    label = TokenSpan("S", 0, last, _SURE) if named else None
    answer = Attribution((TokenSpan("C", first, len(tokens), _SURE),), None, label)
    return [answer, *(a for a in others if _within(a, tokens, first))]


def _after_gesture(tokens: Tokens, first: int) -> int:
    """Return where the words begin behind « (Il rit.) »."""
    if tokens.words[first : first + 1] != ["("]:
        return first
    end = next((i for i in range(first, len(tokens)) if tokens.words[i] == ")"), first)
    return end + 1 if first < end <= first + _LONGEST_GESTURE and end + 1 < len(tokens) else first


def _end_of_label(tokens: Tokens, first: int) -> int:
    while first > 1 and not tokens.words[first - 1][0].isalnum():
        first -= 1
    return first


def _within(attribution: Attribution, tokens: Tokens, first: int) -> bool:
    """Say whether an attribution is a part of the answer: not the answer found a second time."""
    size = sum(p.stop - p.first for p in attribution.content)
    return 5 * size < 4 * (len(tokens) - first)

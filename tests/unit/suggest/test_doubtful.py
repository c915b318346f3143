"""Plain deeds are no attributions, and talk is no report; invented spans and sentences."""

from __future__ import annotations

import pytest

from annotator.suggest.cue_edges import first_clauses
from annotator.suggest.doubtful import without_doubtful
from annotator.suggest.link import Attribution
from annotator.suggest.register import is_personal
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import Tokens, tokenise

WEAK, STRONG = 0.3, 0.97


def _span(text: str, tokens: Tokens, kind: str, words: str, sure: float) -> TokenSpan:
    start = text.index(words)
    first = tokens.starts.index(start)
    stop = next(i for i, end in enumerate(tokens.ends) if end >= start + len(words)) + 1
    return TokenSpan(kind, first, stop, sure)


def _stands(text: str, cue: str, content: str, sure: float, *, personal: bool = False) -> bool:
    tokens = tokenise(text)
    parts = (_span(text, tokens, "C", content, sure),)
    found = Attribution(parts, _span(text, tokens, "Q", cue, sure), None)
    return bool(without_doubtful(tokens, [found], "en", personal=personal))


@pytest.mark.parametrize(
    ("text", "cue", "content", "sure", "stands"),
    [
        ("The port has drawn up plans for a dam.", "drawn up", "plans for a dam", WEAK, False),
        ("The port has drawn up plans for a dam.", "drawn up", "plans for a dam", STRONG, True),
        ("The union criticised plans for a dam.", "criticised", "plans for a dam", STRONG, True),
        ("The union slammed plans for a dam.", "slammed", "plans for a dam", WEAK, True),
        ("The clerk figured the dam would leak.", "figured", "the dam would leak", WEAK, True),
        ("The clerk sent “a dam of straw” on.", "sent", "“a dam of straw”", WEAK, True),
    ],
)
def test_the_object_of_an_ordinary_verb_needs_a_sure_network(
    text: str, cue: str, content: str, sure: float, stands: bool
) -> None:
    assert _stands(text, cue, content, sure) is stands


@pytest.mark.parametrize(
    ("text", "cue", "content", "stands"),
    [
        ("Voters see both parties as a sham.", "see", "both parties as a sham", False),
        ("They want it.", "want", "it", False),
        ("I think it is a sham.", "think", "it is a sham", True),
        ("I know how to mend a dam.", "know", "how to mend a dam", True),
        ("He said “a sham” twice.", "said", "“a sham”", True),
    ],
)
def test_talk_reports_in_clauses(text: str, cue: str, content: str, stands: bool) -> None:
    assert _stands(text, cue, content, STRONG, personal=True) is stands


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("the dam holds; nobody can tell", "the dam holds"),
        ("the dam holds up well, but I would not bet on it", "the dam holds up well"),
        ("the dam holds, the lock and the weir too", "the dam holds, the lock and the weir too"),
    ],
)
def test_who_talks_on_has_said_the_first_clause(content: str, kept: str) -> None:
    text = f"I think {content}"
    tokens = tokenise(text)
    (span,) = first_clauses(tokens, [_span(text, tokens, "C", content, WEAK)])
    assert text[tokens.starts[span.first] : tokens.ends[span.stop - 1]] == kept


INTERVIEW = """What made you leave the yard?
I had been there for ten years, and we never saw a contract. I went to the gate and I told my wife.
Would you go back?
No. My hands are done, and I like my garden."""
REPORT = """The yard closed on Monday after ten years, its owner said.
“I went to the gate and I told my wife,” said a welder. “My hands are done, and we like my garden.”
A spokesman for the port declined to comment."""


def test_an_interview_is_talk_and_a_report_full_of_quotations_is_none() -> None:
    assert is_personal(INTERVIEW, "en")
    assert not is_personal(REPORT, "en")
    assert not is_personal("", "en")

"""Plain deeds are no attributions, and talk is no report; invented spans and sentences."""

from __future__ import annotations

import pytest

from annotator.suggest.cue_edges import (
    first_clauses,
    whole_clauses,
    without_addressees,
    without_figures,
)
from annotator.suggest.doubtful import idle, without_doubtful
from annotator.suggest.link import Attribution, Linked
from annotator.suggest.register import is_personal
from annotator.suggest.speakers import missing
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
    found = Attribution(parts, _span(text, tokens, "Q", cue, sure), TokenSpan("S", 0, 1, sure))
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
    assert _stands(text, cue, content, WEAK, personal=True) is stands


def test_plain_words_that_nobody_says_need_a_sure_network() -> None:
    text = "It is hard to imagine the dam would hold."
    tokens = tokenise(text)
    for sure, stands in ((WEAK, 0), (STRONG, 1)):
        content = (_span(text, tokens, "C", "the dam would hold", sure),)
        found = Attribution(content, _span(text, tokens, "Q", "imagine", sure), None)
        assert len(without_doubtful(tokens, [found], "en", personal=False)) == stands


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ministers accused of hiding the plans.", [("S", "Ministers"), ("Q", "accused of")]),
        ("Policemen were said to have left.", [("S", "Policemen"), ("Q", "were said")]),
        ("The owner was accused of fraud.", [("S", "The owner"), ("Q", "was accused of")]),
    ],
)
def test_who_is_spoken_of_is_not_who_speaks(text: str, found: list[tuple[str, str]]) -> None:
    tokens = tokenise(text)
    spans = [_span(text, tokens, kind, words, STRONG) for kind, words in found]
    assert [s.kind for s in without_addressees(tokens, spans, "en")] == ["Q"]


def test_the_jury_is_told_and_does_not_tell() -> None:
    text = "Ruth Oakley, prosecuting, told the jury: “It was a method.”"
    tokens = tokenise(text)
    found = [("S", "Ruth Oakley"), ("Q", "told"), ("S", "the jury"), ("C", "“It was a method.”")]
    spans = [_span(text, tokens, kind, words, STRONG) for kind, words in found]
    kept = without_addressees(tokens, spans, "en")
    assert [s.kind for s in kept] == ["S", "Q", "C"]
    assert kept[0] == spans[0]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In court Ruth Oakley, prosecuting, told the jury: “It was a method.”", "Ruth Oakley"),
        ("Ruth Oakley told the jury: “It was a method.”", "Ruth Oakley"),
        ("The warden, prosecuting, told the jury: “It was a method.”", ""),
    ],
)
def test_a_missed_speaker_stands_before_told(text: str, speaker: str) -> None:
    tokens = tokenise(text)
    cue = _span(text, tokens, "Q", "told", STRONG)
    content = _span(text, tokens, "C", "“It was a method.”", STRONG)
    found = missing(tokens, Linked((Attribution((content,), cue, None),), ()), "en")
    words = [text[tokens.starts[s.first] : tokens.ends[s.stop - 1]] for s in found]
    assert words == ([speaker] if speaker else [])


def test_who_accuses_speaks() -> None:
    text = "Ministers accused the union of hiding the plans."
    tokens = tokenise(text)
    spans = [_span(text, tokens, k, w, STRONG) for k, w in (("S", "Ministers"), ("Q", "accused"))]
    assert without_addressees(tokens, spans, "en") == spans


def test_a_changed_forecast_is_a_figure() -> None:
    text = "Analysts at Oak cut their surplus forecast to 90,000 tons."
    tokens = tokenise(text)
    found = [("S", "Analysts at Oak cut their surplus"), ("Q", "forecast"), ("C", "to 90,000 tons")]
    spans = [_span(text, tokens, kind, words, STRONG) for kind, words in found]
    assert without_figures(tokens, spans, "en") == [TokenSpan("S", 0, 3, STRONG)]


@pytest.mark.parametrize(
    ("content", "whole"),
    [("is overkill", "that is overkill"), ("the plan is overkill", "the plan is overkill")],
)
def test_that_is_a_subject_where_a_verb_follows(content: str, whole: str) -> None:
    text = f"The clerk thinks that {content}."
    tokens = tokenise(text)
    (span,) = whole_clauses(tokens, [_span(text, tokens, "C", content, STRONG)], "en")
    assert text[tokens.starts[span.first] : tokens.ends[span.stop - 1]] == whole


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("Asked whether it leaks, the warden nodded.", "Asked", "whether it leaks", "the warden"),
        ("Sources asked not to be named because it leaks.", "asked", "not to be named", "Sources"),
        ("The port sent a paper titled “Dams”.", "titled", "“Dams”", "The port"),
        ("The port said: “”.", "said", "“”", "The port"),
    ],
)
def test_a_question_put_and_a_name_withheld_state_nothing(
    text: str, cue: str, content: str, source: str
) -> None:
    tokens = tokenise(text)
    parts = (_span(text, tokens, "C", content, STRONG),)
    spans = [_span(text, tokens, k, w, STRONG) for k, w in (("Q", cue), ("S", source))]
    found = Attribution(parts, spans[0], spans[1])
    assert without_doubtful(tokens, [found], "en", personal=False) == []


def test_a_byline_is_no_source() -> None:
    byline = tokenise("Ruth Oakley, Staff Writer")
    told = tokenise("Ruth Oakley warned them.")
    name = TokenSpan("S", 0, 2, STRONG)
    assert idle(byline, [name], []) == [name]
    assert idle(told, [name], []) == []


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

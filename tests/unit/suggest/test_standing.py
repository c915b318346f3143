"""Quotations that stand by themselves belong to whom the sentence before begins with."""

from __future__ import annotations

import pytest

from annotator.suggest.link import Attribution
from annotator.suggest.places import PERSON, NameFind
from annotator.suggest.standing import with_speakers
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("He laughed at the letter. “They sent us a box of gaskets.”", "He"),
        ("But she laughed at it. “They sent us a box of gaskets.”", "she"),
        ("Ruth Oakley laughed. “They sent us a box of gaskets.”", "Ruth Oakley"),
        ("The letter came late. “They sent us a box of gaskets.”", ""),
        ("Did he laugh? “They sent us a box of gaskets.”", ""),
        ("“No,” he said. “They sent us a box of gaskets.”", ""),
        ("He laughed. “Gaskets.”", ""),
    ],
)
def test_the_speaker_of_a_quotation_without_a_verb(text: str, speaker: str) -> None:
    tokens = tokenise(text)
    first = len(tokens.words) - 1 - tokens.words[::-1].index("“")
    content = TokenSpan("C", first, len(tokens), 0.9)
    names = [NameFind(PERSON, 0, 2, 0.9)] if text.startswith("Ruth") else []
    (found,) = with_speakers(tokens, [Attribution((content,), None, None)], [], names)
    source = found.source
    told = text[tokens.starts[source.first] : tokens.ends[source.stop - 1]] if source else ""
    assert told == speaker

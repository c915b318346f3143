"""Speakers that the tagger leaves out: asides, « on », set phrases; invented sentences."""

from __future__ import annotations

import pytest

from annotator.suggest import asides, cue_edges, extents, speakers
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import Tokens, tokenise


def spans(tokens: Tokens, text: str, *marks: tuple[str, str]) -> list[TokenSpan]:
    """Return token spans for (kind, words) in the order given."""
    out = []
    for kind, words in marks:
        start = text.index(words)
        first = next(i for i, end in enumerate(tokens.ends) if end > start)
        stop = next(i for i, end in enumerate(tokens.ends) if end >= start + len(words)) + 1
        out.append(TokenSpan(kind, first, stop, 0.9))
    return sorted(out, key=lambda s: s.first)


def shown(tokens: Tokens, text: str, found: list[TokenSpan]) -> list[tuple[str, str]]:
    return [(s.kind, text[tokens.starts[s.first] : tokens.ends[s.stop - 1]]) for s in found]


@pytest.mark.parametrize(
    ("text", "content", "cue", "speaker"),
    [
        (
            "« Chez nous, explique une aide-soignante, tout est affiché sur le mur »",
            "Chez nous, explique une aide-soignante, tout est affiché sur le mur",
            "explique",
            "une aide-soignante",
        ),
        (
            "« Le four est froid depuis mardi, constatait avec amertume un verrier à la veille du "
            "départ.",
            "Le four est froid depuis mardi, constatait avec amertume un verrier",
            "constatait",
            "un verrier",
        ),
        (
            "Le barrage tiendra, assure un éclusier, qui le surveille depuis dix ans.",
            "Le barrage tiendra, assure un éclusier, qui le surveille",
            "assure",
            "un éclusier",
        ),
        (
            "“The kiln is cold, says one glassblower, and nobody will light it.",
            "The kiln is cold, says one glassblower, and nobody will light it",
            "says",
            "one glassblower",
        ),
    ],
)
def test_an_aside_is_cut_out_of_what_is_said(
    text: str, content: str, cue: str, speaker: str
) -> None:
    language = "en" if "says" in text else "fr"
    tokens = tokenise(text)
    found = asides.with_asides(tokens, spans(tokens, text, ("C", content)), language)
    marks = shown(tokens, text, found)
    assert ("Q", cue) in marks
    assert ("S", speaker) in marks
    assert not any(cue in words for kind, words in marks if kind == "C")


def test_an_object_after_a_comma_is_no_speaker() -> None:
    text = "La ministre, venue en train, redoute un accord « au rabais »."
    tokens = tokenise(text)
    before = spans(
        tokens,
        text,
        ("S", "La ministre, venue en train"),
        ("Q", "redoute"),
        ("C", "un accord « au rabais »"),
    )
    assert asides.with_asides(tokens, before, "fr") == before


def test_the_clause_before_an_aside_is_content_as_a_whole() -> None:
    text = "Ce plan, mal ficelé, « revient à fermer trois écoles », note la maire de Vernay."
    tokens = tokenise(text)
    before = spans(
        tokens,
        text,
        ("C", "« revient à fermer trois écoles »"),
        ("Q", "note"),
        ("S", "la maire de Vernay"),
    )
    # "note" is a noun to the lexicon of classes, a verb behind a comma.
    marks = shown(tokens, text, asides.completed(tokens, before, "fr"))
    assert marks[0] == ("C", "Ce plan, mal ficelé, « revient à fermer trois écoles »")


@pytest.mark.parametrize(
    ("text", "marks", "sources"),
    [
        (
            "Le tunnel rouvrira lundi, précise-t-on au syndicat des eaux.",
            [("C", "Le tunnel rouvrira lundi"), ("Q", "précise"), ("S", "-t-on")],
            ["-t-on", "au syndicat des eaux"],
        ),
        (
            "À la préfecture, on assure que le tunnel rouvrira.",
            [("Q", "assure"), ("C", "le tunnel rouvrira")],
            ["À la préfecture", "on"],
        ),
        ("On part demain.", [], []),
    ],
)
def test_on_and_the_place_where_it_speaks(
    text: str, marks: list[tuple[str, str]], sources: list[str]
) -> None:
    tokens = tokenise(text)
    found = extents.impersonal(tokens, spans(tokens, text, *marks), "fr", 0, len(tokens))
    assert [w for kind, w in shown(tokens, text, found) if kind == "S"] == sources


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Plusieurs bateliers ont fait part de leur inquiétude.", "Plusieurs bateliers"),
        ("Ce retard fait dire à un éclusier que rien ne presse.", "un éclusier"),
    ],
)
def test_set_phrases_of_speech(text: str, speaker: str) -> None:
    tokens = tokenise(text)
    found = speakers.by_set_phrase(tokens, [], "fr", 0, len(tokens))
    assert shown(tokens, text, found) == [("S", speaker)]


def test_what_withholds_a_name_is_no_quotation() -> None:
    text = "A clerk, who asked not to be named because the audit is open, said it was late."
    tokens = tokenise(text)
    before = spans(
        tokens,
        text,
        ("S", "A clerk"),
        ("S", "who"),
        ("Q", "asked"),
        ("C", "not to be named because the audit is open"),
        ("Q", "said"),
        ("C", "it was late"),
    )
    found = extents.with_clauses(text, tokens, before, "en")
    assert shown(tokens, text, found) == [("S", "A clerk"), ("Q", "said"), ("C", "it was late")]


def test_people_whom_the_reporter_met_are_one_mention() -> None:
    text = "Several bakers I spoke to doubted it."
    tokens = tokenise(text)
    found = extents.with_clauses(text, tokens, spans(tokens, text, ("S", "Several bakers")), "en")
    assert shown(tokens, text, found) == [("S", "Several bakers I spoke to")]


def test_a_noun_cut_off_its_source_is_given_back() -> None:
    text = "One driver claimed that the road was shut."
    tokens = tokenise(text)
    before = spans(tokens, text, ("S", "One"), ("Q", "driver claimed"))
    found = cue_edges.cues_without_nouns(tokens, before, "en")
    assert shown(tokens, text, found) == [("S", "One driver"), ("Q", "claimed")]

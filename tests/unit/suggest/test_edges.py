"""Where a source begins and ends, and speakers that no verb shows; invented spans and sentences."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine
from annotator.suggest.repair import repaired
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import tokenise


def _set_right(text: str, language: str, *found: tuple[str, str]) -> set[tuple[str, str]]:
    """Return (kind, words) of spans of a paragraph set right; ``found``: what the tagger saw."""
    tokens = tokenise(text)
    spans: list[TokenSpan] = []
    at = 0
    for kind, words in found:
        start = text.index(words, at)
        at = start + 1
        first = tokens.starts.index(start)
        stop = next(i for i, end in enumerate(tokens.ends) if end >= start + len(words)) + 1
        spans.append(TokenSpan(kind, first, stop, 0.9))
    out = repaired(text, tokens, spans, language)
    return {(s.kind, text[tokens.starts[s.first] : tokens.ends[s.stop - 1]]) for s in out}


@pytest.mark.parametrize(
    ("language", "text", "found", "source"),
    [
        (
            "en",
            "To varying degrees, all agreed that the dam would leak.",
            [("Q", "all agreed"), ("C", "the dam would leak")],
            "all",
        ),
        (
            "en",
            "On Monday one questioner claimed that the dam leaks.",
            [("Q", "one questioner claimed"), ("C", "the dam leaks")],
            "one questioner",
        ),
        (
            "fr",
            "Au siège, on rétorque que la digue tient.",
            [("Q", "on rétorque"), ("C", "la digue tient")],
            "on",
        ),
        (
            "en",
            "“WALTERS: Will the dam hold through the winter?",
            [("C", "“WALTERS: Will the dam hold through the winter?")],
            "WALTERS",
        ),
        (
            "en",
            "“I saw the water come up to the door.” — Ana P. Diaz",
            [("C", "“I saw the water come up to the door.” — Ana P. Diaz")],
            "Ana P. Diaz",
        ),
        (
            "fr",
            "« J'ai vu l'eau monter jusqu'à la porte. » — Anne de Brec",
            [("C", "« J'ai vu l'eau monter jusqu'à la porte. »")],
            "Anne de Brec",
        ),
        (
            "fr",
            "« La digue tient », assure un éclusier, qui connaît chaque vanne du canal.",
            [
                ("C", "« La digue tient »"),
                ("Q", "assure"),
                ("S", "un éclusier"),
                ("C", "qui connaît chaque vanne du canal"),
            ],
            "un éclusier, qui connaît chaque vanne du canal",
        ),
        (
            "fr",
            "« La digue tient », assure Paul Verec, directeur du port.",
            [("C", "« La digue tient »"), ("Q", "assure"), ("S", "Paul Verec")],
            "Paul Verec, directeur du port",
        ),
        (
            "fr",
            "Paul Verec, qui dirige le port, affirme que la digue tient.",
            [("S", "Paul Verec"), ("Q", "affirme"), ("C", "la digue tient")],
            "Paul Verec, qui dirige le port",
        ),
        (
            "fr",
            "« La digue tient », note de son côté un diplomate.",
            [("C", "« La digue tient »"), ("Q", "note"), ("S", "son côté un diplomate")],
            "un diplomate",
        ),
        (
            "fr",
            "La digue tient, a annoncé 31 décembre le ministère.",
            [("C", "La digue tient"), ("Q", "a annoncé"), ("S", "31 décembre le ministère")],
            "le ministère",
        ),
    ],
)
def test_a_source_is_cut_to_its_words(language, text, found, source):
    assert ("S", source) in _set_right(text, language, *found)


@pytest.mark.parametrize(
    ("language", "text", "found", "source"),
    [
        # What follows the comma goes on with what was said.
        (
            "fr",
            "L'eau baisse, explique Paul Verec, les vannes sont ouvertes.",
            [
                ("C", "L'eau baisse"),
                ("Q", "explique"),
                ("S", "Paul Verec"),
                ("C", "les vannes sont ouvertes"),
            ],
            "Paul Verec",
        ),
        # « selon » opens the sentence: what it reports begins at the comma.
        (
            "fr",
            "D'après un agent, qui parle sous couvert d'anonymat, près de 120 vannes fuient.",
            [
                ("Q", "D'après"),
                ("S", "un agent"),
            ],
            "un agent",
        ),
        ("en", "Note: the dam holds.", [("C", "the dam holds")], None),
        ("en", "“It holds.” — and then it broke.", [("C", "“It holds.”")], None),
        ("fr", "Il a souri, l'air sévère.", [], None),
    ],
)
def test_what_is_not_of_the_source_stays_out(language, text, found, source):
    sources = {words for kind, words in _set_right(text, language, *found) if kind == "S"}
    assert all("120" not in s and "vannes sont" not in s for s in sources)
    assert source is not None or not sources
    assert source is None or any(s.startswith(source) for s in sources)


def test_a_label_that_is_no_speaker_is_left():
    """A place before a dateline's colon is not content, so nothing is cut from it."""
    assert _set_right("PARIS : la digue tient.", "fr") == set()


@pytest.mark.parametrize(
    ("language", "text", "short"),
    [
        (
            "en",
            "A senior harbour official said on Monday that the dam would leak by spring.\n"
            "Shown the plans, the official shook his head. The harbour chief left early.",
            "the official",
        ),
        (
            "fr",
            "Un haut responsable du port, s'exprimant sous couvert d'anonymat, a affirmé que la "
            "digue fuirait.\nLes plans sous les yeux, ce responsable a secoué la tête.",
            "ce responsable",
        ),
    ],
)
def test_a_later_short_form_is_the_same_unnamed_informant(language, text, short):
    found = Engine.load().propose(text, language)
    sources = {p.spans[0].slice(text): p for p in found if p.kind == MarkKind.SOURCE}
    assert short in sources
    assert sources[short].fields["identification"] == "unnamed_person"
    assert len({p.cluster for p in sources.values()}) == 1


def test_a_short_form_that_somebody_named_shares_is_left():
    text = (
        "A harbour official said the dam would leak. Harbour official Ann Oak said it would not.\n"
        "Shown the plans, the official shook her head."
    )
    found = Engine.load().propose(text, "en")
    assert "the official" not in {
        p.spans[0].slice(text) for p in found if p.kind == MarkKind.SOURCE
    }


@pytest.mark.parametrize(
    ("language", "quotes"),
    [("fr", [1, 1]), ("en", [2])],
)
def test_what_is_said_after_a_full_stop_is_a_second_quotation_in_french(language, quotes):
    text = {
        "fr": "« Leurs parents votent, eux paient », glisse-t-elle. « La démocratie, quoi. »",
        "en": "“Their parents vote and they pay,” she said. “That is democracy.”",
    }[language]
    found = [p for p in Engine.load().propose(text, language) if p.kind == MarkKind.QUOTE]
    assert [len(p.spans) for p in found] == quotes


def test_plain_words_and_the_quotation_behind_them_are_two():
    found = _set_right(
        "Elle redoute l'usure de ses équipes. « Mes internes sont jeunes. »",
        "fr",
        ("S", "Elle"),
        ("Q", "redoute"),
        ("C", "l'usure de ses équipes. « Mes internes sont jeunes. »"),
    )
    assert ("C", "l'usure de ses équipes") in found
    assert ("C", "« Mes internes sont jeunes. »") in found


def test_the_newsroom_that_hears_is_no_source():
    found = _set_right(
        "La digue fuit, a-t-on appris auprès du port.",
        "fr",
        ("C", "La digue fuit"),
        ("S", "-t-on"),
        ("Q", "appris"),
        ("S", "auprès du port"),
    )
    assert {words for kind, words in found if kind == "S"} == {"auprès du port"}


def test_the_dateline_is_not_part_of_what_is_said():
    found = _set_right(
        "VALDREC, 3 novembre (AC) - Les négociations ont été suspendues, ont indiqué lundi deux "
        "diplomates.",
        "fr",
        ("C", "VALDREC, 3 novembre (AC) - Les négociations ont été suspendues"),
        ("Q", "ont indiqué"),
        ("S", "deux diplomates"),
    )
    assert ("C", "Les négociations ont été suspendues") in found

"""What holds for any text, whatever the engine finds in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.suggest import BY_ID, Engine, Proposal

ENGINE = Engine.load()
RULES = Engine.load(rules_only=True)

PIECES = [
    "“",
    "”",
    '"',
    "« ",
    " »",
    "‘",
    "’",
    "'",
    "—",
    "– ",
    "\n",
    "\n\n",
    "\u2028",
    "\u00a0",
    "\ud83d\ude00",
    "𝔘",
    "é",
    "e\u0301",
    " said ",
    " a déclaré ",
    "selon ",
    " que ",
    " that ",
    "M. ",
    "Dr. ",
    "a-t-il",
    " declined to comment",
    "n'a pas pu vérifier",
    "sources",
    " serait ",
    "Marie Dupont",
    "U.S.",
    "12,5 %",
    "...",
    "…",
    ".",
    ", ",
    "qu'",
    " ",
    "x",
    "\t",
    "[Note",
    "\ufeff",
    "\u200f",
    "…»",
]
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=80).map("".join),
)
LANGUAGES = st.sampled_from(["fr", "en", "und", "de", ""])
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def clean(text: str) -> str:
    """Leave lone surrogates out, as the canonical form does."""
    return text.encode("utf-8", "replace").decode("utf-8")


@pytest.mark.parametrize("engine", [ENGINE, RULES], ids=["model", "rules"])
@given(text=TEXTS, language=LANGUAGES)
@QUICK
def test_proposals_lie_inside_the_text_and_links_exist(
    engine: Engine, text: str, language: str
) -> None:
    text = clean(text)
    proposals = engine.propose(text, language)
    for proposal in proposals:
        assert proposal.spans
        for span in (*proposal.spans, *proposal.evidence):
            assert 0 <= span.start < span.end <= len(text)
        assert list(proposal.spans) == sorted(proposal.spans)
        assert 0 <= proposal.score <= 1
        assert proposal.kind in BY_ID[proposal.rule].kinds
        assert all(0 <= index < len(proposals) for _, index in proposal.links)
    assert [p.spans[0].start for p in proposals] == sorted(p.spans[0].start for p in proposals)


@given(text=TEXTS, language=LANGUAGES)
@QUICK
def test_same_text_gives_the_same_proposals(text: str, language: str) -> None:
    text = clean(text)
    assert ENGINE.propose(text, language) == ENGINE.propose(text, language)


def shape(proposal: Proposal, by: int) -> tuple[object, ...]:
    return (
        proposal.kind,
        proposal.rule,
        tuple((s.start - by, s.end - by) for s in proposal.spans),
        {k: v for k, v in proposal.fields.items() if k in ("kind", "identification")},
    )


@given(before=st.integers(0, 5))
@settings(max_examples=6, deadline=None)
def test_moving_a_paragraph_moves_its_proposals(before: int) -> None:
    paragraph = "La directrice Odile Marchand a déclaré que le chantier reprendrait lundi."
    lead = "Le marché ouvre à huit heures.\n" * before
    alone = ENGINE.propose(paragraph, "fr")
    moved = [p for p in ENGINE.propose(lead + paragraph, "fr") if p.spans[0].start >= len(lead)]
    assert [shape(p, 0) for p in alone] == [shape(p, len(lead)) for p in moved]


def test_a_mask_keeps_furniture_out() -> None:
    text = "Le maire a déclaré que le pont fermerait.\nLe préfet a déclaré que le pont ouvrirait."
    masked = ENGINE.propose(text, "fr", mask=(Span(0, 41),))
    assert masked
    assert all(p.spans[0].start > 41 for p in masked)


def test_an_empty_text_gives_nothing() -> None:
    assert ENGINE.propose("", "fr") == []
    assert ENGINE.propose(" \n\n \t", "en") == []


def test_one_changed_paragraph_reads_that_paragraph_only(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine.load(rules_only=True)
    text = "\n".join(f"Le maire a déclaré que le pont {n} fermerait." for n in range(20))
    engine.propose(text, "fr")
    read = []
    inner = engine._read_fresh
    monkeypatch.setattr(
        engine, "_read_fresh", lambda fresh, *rest: read.extend(fresh) or inner(fresh, *rest)
    )
    engine.propose(text.replace("pont 7 ", "tunnel 7 "), "fr")
    assert len(read) == 1


def test_a_very_long_line_is_read_to_its_end() -> None:
    line = "Le maire a déclaré que le pont fermerait bientôt. " * 3000
    proposals = RULES.propose(line, "fr")
    assert proposals[-1].spans[0].start > len(line) - 100


def test_a_paragraph_reads_the_same_beside_any_other() -> None:
    first = "Odile Marchand a déclaré mardi que le pont resterait fermé, selon deux sources."
    others = [
        "« Personne ne passera avant lundi », a dit un cantonnier.",
        "La vallée compte une seule route. " * 12,
        "Non.",
    ]
    alone = [p for p in Engine.load().propose(first, "fr") if p.rule == "tagger"]
    beside = Engine.load().propose("\n".join([first, *others]), "fr")
    end = len(first)
    assert alone
    assert [(p.kind, p.spans, p.score) for p in alone] == [
        (p.kind, p.spans, p.score) for p in beside if p.rule == "tagger" and p.spans[0].start < end
    ]

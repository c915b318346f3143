"""The engine that needs no model: surface rules, both languages, invented sentences."""

from __future__ import annotations

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine, Proposal

EDGES = " .,“”«»\u00a0"
ENGINE = Engine.load(rules_only=True)


def words(text: str, proposal: Proposal) -> list[str]:
    return [span.slice(text) for span in proposal.spans]


def attributions(text: str, language: str) -> list[tuple[str, str, str]]:
    """Return (content, cue, source) of every quote, joined by " | " where discontinuous."""
    proposals = ENGINE.propose(text, language)
    out = []
    for proposal in proposals:
        if proposal.kind == MarkKind.QUOTE:
            ends = {role: words(text, proposals[index])[0] for role, index in proposal.links}
            out.append(
                (" | ".join(words(text, proposal)), ends.get("cue", ""), ends.get("source", ""))
            )
    return out


@pytest.mark.parametrize(
    ("language", "text", "content", "cue", "source"),
    [
        (
            "en",
            "Mayor Jane Quillon said that the bridge would stay closed.",
            "the bridge would stay closed",
            "said",
            "Mayor Jane Quillon",
        ),
        (
            "en",
            "“The bridge is not safe at all,” said Jane Quillon.",
            "“The bridge is not safe at all",
            "said",
            "Jane Quillon",
        ),
        (
            "en",
            "According to the harbour office, two barges broke loose.",
            "two barges broke loose",
            "According to",
            "the harbour office",
        ),
        (
            "fr",
            "Le maire a déclaré que le pont resterait fermé.",
            "le pont resterait fermé",
            "déclaré",
            "Le maire",
        ),
        (
            "fr",
            "« Le pont n'est pas sûr du tout », a expliqué Jeanne Quillon.",
            "« Le pont n'est pas sûr du tout »",
            "expliqué",
            "Jeanne Quillon",
        ),
        (
            "fr",
            "Selon la capitainerie, deux péniches ont rompu leurs amarres.",
            "deux péniches ont rompu leurs amarres",
            "Selon",
            "la capitainerie",
        ),
        ("fr", "Le pont restera fermé, a-t-il ajouté.", "Le pont restera fermé", "ajouté", "-t-il"),
    ],
)
def test_rules_find_content_cue_and_source(
    language: str, text: str, content: str, cue: str, source: str
) -> None:
    assert (content.strip(EDGES), cue, source) in [
        (c.strip(EDGES), q, s) for c, q, s in attributions(text, language)
    ]


def test_an_unbalanced_mark_costs_its_paragraph_only() -> None:
    second = "Mayor Jane Quillon said that the bridge would stay closed."
    text = f'"This mark never closes and runs on.\n{second}'
    assert any(source == "Mayor Jane Quillon" for _, _, source in attributions(text, "en"))


def test_dialogue_after_dashes_leaves_the_aside_out() -> None:
    text = "– Je ne vous crois pas, dit la patronne en riant.\n– Venez voir par vous-même !"
    found = [content for content, _, _ in attributions(text, "fr")]
    assert found[0].startswith("Je ne vous crois pas")
    assert "patronne" not in found[0]
    assert found[1].startswith("Venez voir")

"""The sample dispatch, where it is: what a person who opens it must be offered.

The text is not part of the repository; without it the test says so and is left out.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine, Proposal

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = (
    Path(os.environ.get("ANNOTATOR_SAMPLES", ROOT.parent / "shared" / "samples"))
    / "dispatch_fr.txt"
)
ANONYMOUS = (
    "deux sources informées",
    "Un ancien haut représentant",
    "La seconde source",
    "cette source",
)
# What a name in the text stands for, by the words of the text.
ACTORS = {
    "Stephen Biegun": "Stephen Biegun",
    "Biegun": "Stephen Biegun",
    "Alexandre Loukachenko": "Alexandre Loukachenko",
    "Loukachenko": "Alexandre Loukachenko",
    "Mike Pompeo": "Mike Pompeo",
    "Svetlana Tikhanouskaïa": "Svetlana Tikhanouskaïa",
    "Vladimir Poutine": "Vladimir Poutine",
    "Russie": "Russie",
    "Lituanie": "Lituanie",
    "Biélorussie": "Biélorussie",
    "Etats-Unis": "États-Unis",
    "Union européenne": "Union européenne",
    "Reuters": "Reuters",
    "Le numéro deux du département d'Etat américain": "Stephen Biegun",
}

pytestmark = pytest.mark.skipif(not SAMPLE.is_file(), reason="the samples are not on this machine")


@pytest.fixture(scope="module")
def text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> list[Proposal]:
    return Engine.load().propose(text, "fr")


def source(found: list[Proposal], text: str, words: str) -> Proposal:
    """Return the source mention that begins with these words."""
    return next(
        p for p in found if p.kind == MarkKind.SOURCE and p.spans[0].slice(text).startswith(words)
    )


def test_the_four_anonymous_mentions_are_proposed_as_such(found: list[Proposal], text: str) -> None:
    kinds = [source(found, text, words).fields["identification"] for words in ANONYMOUS]
    assert kinds == ["unnamed_group", "unnamed_person", "unnamed_person", "unnamed_person"]
    assert source(found, text, "deux sources").fields["stated_count"] == "2"


def test_the_second_source_and_this_source_are_one_member_of_the_two(
    found: list[Proposal], text: str
) -> None:
    second, this = source(found, text, "La seconde"), source(found, text, "cette source")
    two = source(found, text, "deux sources")
    assert second.cluster == this.cluster != two.cluster
    assert second.fields["group"] == two.cluster


def test_declined_comment_and_the_direct_quote_have_their_sources(
    found: list[Proposal], text: str
) -> None:
    declined = next(p for p in found if p.kind == MarkKind.DECLINED)
    asked = next(found[i] for role, i in declined.links if role == "source")
    assert "département d'Etat" in asked.spans[0].slice(text)
    direct = next(p for p in found if p.fields.get("kind") == "direct")
    speaker = next(found[i] for role, i in direct.links if role == "source")
    assert speaker.spans[0].slice(text) == "cette source"


def test_four_in_five_actor_mentions_stand_under_the_right_actor(
    found: list[Proposal], text: str
) -> None:
    actors = {
        (p.spans[0].start, p.spans[0].end): p.fields["actor"]
        for p in found
        if p.kind == MarkKind.ACTOR
    }
    wanted: dict[tuple[int, int], str] = {}
    for words in sorted(ACTORS, key=len, reverse=True):
        at = text.find(words)
        while at >= 0:
            place = (at, at + len(words))
            if not any(a <= at < b for a, b in wanted):
                wanted[place] = ACTORS[words]
            at = text.find(words, at + 1)
    right = sum(actors.get(place) == actor for place, actor in wanted.items())
    assert right >= 0.8 * len(wanted)

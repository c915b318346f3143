"""Short sentences that begin like a button are words of the article, wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.importers import read_bytes

_DATA = Path(__file__).resolve().parents[2] / "data"
SENTENCES: dict[str, list[str]] = json.loads(
    (_DATA / "short_sentences.json").read_text(encoding="utf-8")
)
AROUND = {
    "en": (
        "Norport sea wall gives way overnight",
        "The sea wall at Norport gave way overnight, the county said on Monday, ordering three"
        " neighbourhoods to leave their homes and opening a sports hall.",
        "Rescuers worked with residents until the morning in what the county's chief described as"
        " very difficult conditions for the teams that were sent.",
    ),
    "fr": (
        "Norport : la digue cède dans la nuit",
        "La digue de Norport a cédé dans la nuit, a annoncé lundi la préfecture, qui a ordonné"
        " l’évacuation de trois quartiers et l’ouverture d’un gymnase.",
        "Les secours ont travaillé jusqu’au matin avec les habitants, dans des conditions que le"
        " préfet a qualifiées de très difficiles pour les équipes engagées.",
    ),
}


@pytest.mark.parametrize("last", [False, True], ids=["inside", "last"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_short_sentence_is_kept(language: str, last: bool) -> None:
    headline, first, second = AROUND[language]
    masked: list[str] = []
    for words in SENTENCES[language]:
        lines = [headline, first, second, words] if last else [headline, first, words, second]
        (article,) = read_bytes("\n\n".join(lines).encode(), "pasted.txt")
        at = article.text.find(words)
        if any(span.start < at + len(words) and at < span.end for span in article.mask):
            masked.append(words)
    assert masked == []

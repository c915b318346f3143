"""Heads of dispatches and articles as agencies and papers write them; all news is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.importers import read_bytes

FR = (
    "\nLe gouvernement a annoncé lundi une série de mesures pour soutenir les pêcheurs du littoral,"
    " selon un communiqué du ministère de la Mer consulté par l'agence.\n« Nous ne laisserons"
    " personne au bord du quai », a déclaré la ministre devant la presse.\nLes syndicats attendent"
    " désormais des précisions sur le calendrier.\n"
)
EN = (
    "\nThe government announced on Monday a series of measures to support fishermen along the"
    " coast, according to a statement from the ministry seen by the agency.\n“We will leave nobody"
    " on the quay,” the minister told reporters at the harbour.\nUnions are now waiting for details"
    " of the timetable.\n"
)
_DATA = Path(__file__).resolve().parents[2] / "data"
#: The lines of each head, the language of its body, its last line, the fields that are found.
HEADS = json.loads((_DATA / "heads.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("told", HEADS, ids=[told["name"] for told in HEADS])
def test_a_head_is_understood(told):
    body = FR if told["body"] == "fr" else EN
    text = "\n".join(told["head"]) + body + told["tail"]
    (article,) = read_bytes(text.encode(), "dispatch.txt")
    found = {"headline": article.headline, "language": article.language, **article.metadata}
    assert {name: found.get(name, "") for name in told["fields"]} == told["fields"]
    shown = {o.field for o in article.origins if o.span is not None}
    assert shown >= {name for name in found if name != "language" and found[name]}
    masked = "\n".join(span.slice(article.text) for span in article.mask)
    assert not any(line in masked for line in body.strip().split("\n"))


def test_nothing_is_invented_for_a_person_with_an_agency():
    head = "Un plan pour la pêche\nJeanne Aubry avec AFP\nPublié le 4 mars 2031"
    (article,) = read_bytes((head + FR).encode(), "article.txt")
    assert "outlet" not in article.metadata


def test_a_word_over_the_headline_that_is_no_rubric_is_no_kicker():
    text = "Bretagne\nUn plan pour la pêche attendu" + FR
    (article,) = read_bytes(text.encode(), "a.txt")
    assert "kicker" not in article.metadata

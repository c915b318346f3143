"""The engine on the development sets, where they are: never below the committed floor.

The sets are not part of the repository (other people's licences); without them the test says so and
is left out. Floors are a little under the figures of ``docs/suggest.md``.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from annotator.suggest import Engine
from annotator.suggest.corpus import suggest_article
from annotator.suggest.scoring import Count, score

ROOT = Path(__file__).resolve().parents[3]
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", ROOT.parent / "shared" / "corpora"))
FLOORS = json.loads((ROOT / "tests" / "data" / "suggest_floors.json").read_text(encoding="utf-8"))

# Unnamed against named sources, end to end: precision, recall.
KINDS = {"polnear_dev": (0.73, 0.73), "asfalda_fr_ftb_dev": (0.92, 0.76)}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the development sets are not on this machine"),
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load()


def articles(name: str) -> list[dict]:
    with (CORPORA / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figures_stay_above_the_floor(engine: Engine, name: str) -> None:
    totals: dict[str, Count] = {}
    refused = 0
    for article in articles(name):
        found = suggest_article(engine, {k: article[k] for k in ("id", "lang", "text")})
        refused += not found["spans"] and len(article["text"]) > 500
        for measure, count in score(article, found, ("content", "source")).counts.items():
            totals.setdefault(measure, Count()).add(count)
    assert refused == 0
    for measure, floor in FLOORS[name].items():
        assert totals[measure].f1 >= floor, measure


@pytest.mark.parametrize("name", sorted(KINDS))
def test_unnamed_sources_are_told_from_named_ones(engine: Engine, name: str) -> None:
    labels: dict[str, list[dict]] = {}
    for row in articles(f"{name}_source_kinds"):
        identification = {"coref_named": "named_person"}.get(row["label"], row["label"])
        span = {"type": "source", "start": row["start"], "end": row["end"], "id": str(len(labels))}
        labels.setdefault(row["article"], []).append(
            span | {"extra": {"identification": identification}}
        )
    total = Count()
    for article in articles(name):
        if article["id"] in labels:
            gold = {"text": article["text"], "spans": labels[article["id"]]}
            found = suggest_article(engine, {k: article[k] for k in ("id", "lang", "text")})
            counts = score(gold, found, ("source",)).counts
            total.add(counts.get("unnamed source", Count()))
    precision, recall = KINDS[name]
    assert total.precision >= precision
    assert total.recall >= recall


def test_our_scorer_counts_like_the_shared_one(engine: Engine) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", CORPORA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    sys.modules["shared_score"] = shared
    spec.loader.exec_module(shared)
    gold = {a["id"]: a for a in articles("polnear_dev")[:12]}
    found = {
        k: suggest_article(engine, {x: a[x] for x in ("id", "lang", "text")})
        for k, a in gold.items()
    }
    theirs = shared.score(gold, found, {"content", "source"}, lead=["que", "qu'", "that"])["scores"]
    ours: dict[str, Count] = {}
    for key, article in gold.items():
        for measure, count in score(article, found[key], ("content", "source")).counts.items():
            ours.setdefault(measure, Count()).add(count)
    for measure in ("content", "source"):
        assert ours[measure].f1 == pytest.approx(theirs[measure]["overlap"]["F1"], abs=0.002)
    relation = theirs["relation:source_of"]["source~head"]["F1"]
    assert ours["source of content"].f1 == pytest.approx(relation, abs=0.002)

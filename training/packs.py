"""Measure language packs on FENEC: ``python training/packs.py WHEEL...`` where spaCy is (``make packs``).

Prints F1 of persons, organisations and places in per cent: the engine alone, the pack alone, both; on the
first halves of the texts (by which the way of putting them together was chosen), the second halves, and all.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
import data
from annotator.app.packs.installing import digest, install
from annotator.app.packs.reading import PackProcess
from annotator.suggest.engine import Engine

sys.path.insert(0, str(data.CORPORA))
import score as scorer

KINDS = {"person": "PER", "organisation": "ORG", "state": "LOC", "place": "LOC"}
TYPES = ("PER", "ORG", "LOC")
HALVES = (("chosen on", 0), ("second halves", 1), ("all", None))


def figures(gold: dict, found: dict, half: int | None) -> str:
    """Return P/R/F1 of each kind on one half of every text, or on all of it."""
    parts: tuple[dict, dict] = ({}, {})
    for key, article in gold.items():
        middle = len(article["text"]) // 2
        for part, spans in zip(parts, (article["spans"], found[key]), strict=True):
            inside = [s for s in spans if half is None or (s["start"] < middle) == (half == 0)]
            part[key] = {"id": key, "text": article["text"], "spans": inside, "relations": []}
    result = scorer.score(*parts, set(TYPES))["scores"]
    rows = [(kind, result[kind]["overlap"]) for kind in TYPES]
    return "  ".join(
        f"{k} " + "/".join(f"{100 * v[x]:.1f}" for x in ("P", "R", "F1")) for k, v in rows
    )


def span(number: int, start: int, end: int, kind: str) -> dict:
    """Return a span of the corpus form."""
    return {"id": f"n{number}", "type": kind, "start": start, "end": end, "extra": {}}


def proposed(engine: Engine, text: str, names: list) -> list[dict]:
    """Return the names among the engine's proposals."""
    found = engine.propose(text, "fr", names=names)
    actors = [p for p in found if p.kind == "actor" and p.rule != "description"]
    return [
        span(n, p.spans[0].start, p.spans[0].end, KINDS[p.fields["kind"]])
        for n, p in enumerate(actors)
    ]


def main() -> None:
    """Print the table for every wheel."""
    os.environ["ANNOTATOR_CONFIG"] = tempfile.mkdtemp(prefix="packs-")
    gold = {a["id"]: a for a in data.load("fenec_fr_ner")}
    engine = Engine.load(lang="fr")
    rows = {"the engine": {k: proposed(engine, a["text"], []) for k, a in gold.items()}}
    for path in map(Path, sys.argv[1:]):
        content = path.read_bytes()
        pack = install(content, path.name, trusted=digest(content))
        reader = PackProcess(pack.folder)
        names = {k: reader.names(a["text"]) for k, a in gold.items()}
        reader.close()
        rows[f"{pack.name} alone"] = {
            k: [span(n, *name) for n, name in enumerate(found)] for k, found in names.items()
        }
        rows[f"with {pack.name}"] = {
            k: proposed(engine, a["text"], names[k]) for k, a in gold.items()
        }
    for name, half in HALVES:
        for row, found in rows.items():
            print(f"{name:14} {row:24} {figures(gold, found, half)}", flush=True)


if __name__ == "__main__":
    main()

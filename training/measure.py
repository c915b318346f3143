"""Measure the engine on the development sets: ``python training/measure.py [--tagger FOLDER] [SET...]``.

Prints content (whole, per piece), sources, relations, recall by kind, kinds of sources, direct speech in
fiction and names, in per cent, with the project's scorer where the corpora are (``ANNOTATOR_CORPORA``).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
import corpus_xml

import data
from annotator.suggest.corpus import suggest_article
from annotator.suggest.engine import Engine

sys.path.insert(0, str(data.CORPORA))
import score as scorer

LEAD = ["que", "qu'", "that"]
SETS = (
    "polnear_dev",
    "gum_wikinews_en",
    "asfalda_fr_ftb_dev",
    "asfalda_fr_sequoia",
    "aads_fr_val",
    "fenec_fr_ner",
    "own_fr",
    "own_en",
)
UNNAMED = {"unnamed_person", "unnamed_group"}
NAMED = {
    "named_person",
    "named_organisation",
    "person_by_office",
    "document",
    "coref_named",
    "media_report",
    "vote_or_poll",
}


def per_cent(v: dict) -> str:
    """Return P/R/F1."""
    return "/".join(f"{100 * v[k]:.1f}" for k in ("P", "R", "F1"))


def attributions(gold: dict, found: dict) -> str:
    """Return one line of figures for quotes and sources."""
    a = scorer.score(gold, found, {"content", "source"}, by="kind", lead=LEAD)
    b = scorer.score(gold, found, {"content"}, split=True, lead=LEAD)
    kinds = a["by"].get("content", {})
    parts = [
        "content " + per_cent(a["scores"]["content"]["overlap"]),
        "piece " + per_cent(b["scores"]["content"]["overlap"]),
    ]
    if a["scores"].get("source", {}).get("overlap", {}).get("gold"):
        parts.append("source " + per_cent(a["scores"]["source"]["overlap"]))
        parts.append("rel " + per_cent(a["scores"]["relation:source_of"]["source~head"]))
    parts.append(
        "d/i/m "
        + "/".join(
            f"{100 * kinds[k]['R_overlap']:.0f}"
            for k in ("direct", "indirect", "mixed")
            if k in kinds
        )
    )
    return "  ".join(parts)


def kind_rows(name: str, gold: dict) -> list[dict]:
    """Return the sources of a set with their labels: from the labels' file, or our own marks."""
    if not name.startswith("own"):
        path = data.CORPORA / f"{name}_source_kinds.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        {"article": key, "start": a, "end": b, "label": s["extra"]["identification"]}
        for key, article in gold.items()
        for s in article["spans"]
        if s["type"] == "source"
        for a, b in s["extra"].get("fragments", [[s["start"], s["end"]]])
    ]


def source_kinds(name: str, gold: dict, found: dict, *, listing: bool = False) -> str:
    """Return P and R of unnamed against named, end to end (generic and pronouns left out)."""
    rows = kind_rows(name, gold)
    right = wrong = missed = generic = 0
    for article in dict.fromkeys(row["article"] for row in rows):
        text = gold[article]["text"]
        labels = {(r["start"], r["end"]): r["label"] for r in rows if r["article"] == article}
        golds = [(scorer.chars(text, [place], True), label) for place, label in labels.items()]
        sources = [s for s in found[article]["spans"] if s["type"] == "source"]
        chars = [scorer.chars(text, [(s["start"], s["end"])], True) for s in sources]
        pairs = scorer.match(
            [(0, c, {}) for c, _ in golds], [(0, c, {}) for c in chars], scorer.overlap, 0.5
        )
        got = {i: sources[j]["extra"]["identification"] for i, j in pairs}
        for i, (_, label) in enumerate(golds):
            unnamed = got.get(i) in UNNAMED
            right += label in UNNAMED and unnamed
            missed += label in UNNAMED and not unnamed
            wrong += label in NAMED and unnamed
            generic += label == "generic" and unnamed
            if listing and ((label in UNNAMED) != unnamed) and label in UNNAMED | NAMED:
                start = min(golds[i][0])
                print("   ", label, got.get(i), repr(text[start : max(golds[i][0]) + 1][:70]))
    p, r = right / max(right + wrong, 1), right / max(right + missed, 1)
    pg = right / max(right + wrong + generic, 1)
    return f"unnamed P {100 * p:.0f} R {100 * r:.0f} (n {right + missed}; P with generic as wrong {100 * pg:.0f})"


def names(gold: dict, found: dict) -> str:
    """Return P/R/F1 of persons, organisations, places."""
    kinds = {"person": "PER", "organisation": "ORG", "state": "LOC", "place": "LOC"}
    total = {}
    for article, g in gold.items():
        predicted = [
            {**s, "type": kinds.get(s["extra"]["kind"], "-"), "extra": {}}
            for s in found[article]["spans"]
            if s["type"] == "actor" and s["extra"]["rule"] != "description"
        ]
        total[article] = {"id": article, "text": g["text"], "spans": predicted, "relations": []}
    result = scorer.score(gold, total, {"PER", "ORG", "LOC"})["scores"]
    return "  ".join(f"{k} {per_cent(result[k]['overlap'])}" for k in ("PER", "ORG", "LOC"))


def claims(gold: dict, found: dict) -> str:
    """Return figures of everything else that our own dispatches mark."""
    wanted = ("actor", "declined_comment", "hedge", "could_not_verify", "claim")
    result = scorer.score(gold, found, set(wanted))["scores"]
    return "  ".join(f"{k} {per_cent(result[k]['overlap'])}" for k in wanted if k in result)


def articles_of(name: str) -> list[dict]:
    """Return the articles of a set; ``own_fr`` is the held-out tenth of ours, ``own_fr_seen`` the rest."""
    if name.startswith("own"):
        seen = name.endswith("_seen")
        mine = corpus_xml.read_all(language=name[4:6])
        return [a for a in mine if corpus_xml.held_out(a["id"]) != seen]
    return data.load(name)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--tagger", type=Path)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--bias", type=float, default=0.0)
    options = parser.parse_args()
    engine = Engine.load(folder=options.tagger, rules_only=options.rules)
    propose = engine.propose
    engine.propose = lambda text, language, **more: propose(
        text, language, bias=options.bias, **more
    )
    for name in options.sets:
        articles = articles_of(name)
        if not articles:
            continue
        begun = time.process_time()
        found = {
            a["id"]: suggest_article(engine, {k: a[k] for k in ("id", "lang", "text")})
            for a in articles
        }
        used = time.process_time() - begun
        speed = sum(len(a["text"].split()) for a in articles) / 400 / used
        gold = {a["id"]: a for a in articles}
        if name.startswith("fenec"):
            print(f"{name:20} {names(gold, found)}", flush=True)
            continue
        print(f"{name:20} {attributions(gold, found)}  {speed:.0f}/s", flush=True)
        if name.startswith("gum"):
            news = {k: v for k, v in gold.items() if "_news_" in k}
            print(
                f"{'  its news':20} {attributions(news, {k: found[k] for k in news})}", flush=True
            )
        if name in ("polnear_dev", "asfalda_fr_ftb_dev") or name.startswith("own"):
            print(
                f"{'  kinds':20} {source_kinds(name, gold, found, listing=options.list)}",
                flush=True,
            )
        if name.startswith("own"):
            print(f"{'  others':20} {claims(gold, found)}", flush=True)


if __name__ == "__main__":
    main()

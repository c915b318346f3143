"""Measure a tagger folder on the development sets: ``python training/measure.py FOLDER [SET...]``.

Prints whole-span content, content per fragment, sources, relations and recall by kind (per cent),
with
the project's scorer where the corpora are (``ANNOTATOR_CORPORA``).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import data
from annotator.suggest import link as linking
from annotator.suggest.tagger import Tagger

sys.path.insert(0, str(data.CORPORA))
import score as scorer

LEAD = ["que", "qu'", "that"]
SETS = ("polnear_dev", "gum_wikinews_en", "asfalda_fr_ftb_dev", "asfalda_fr_sequoia")


def predict(tagger: Tagger, article: dict, bias: float) -> dict:
    """Return the article with the spans and relations that tagger and linking find."""
    paragraphs = data.tokens_of(article["text"])
    spans: list[dict] = []
    relations: list[dict] = []

    def add(kind: str, tokens, parts) -> str:
        pieces = [[tokens.starts[p.first], tokens.ends[p.stop - 1]] for p in parts]
        extra = {"fragments": pieces} if len(pieces) > 1 else {}
        spans.append(
            {
                "id": f"p{len(spans)}",
                "type": kind,
                "start": pieces[0][0],
                "end": pieces[-1][1],
                "extra": extra,
            }
        )
        return spans[-1]["id"]

    for tagged in tagger.tag(paragraphs, article["lang"], bias=bias):
        ids: dict = {}
        for span in tagged.spans:
            if span.kind in "QS":
                ids[span] = add({"Q": "cue", "S": "source"}[span.kind], tagged.tokens, [span])
        for found in linking.link(tagged.tokens, tagged.spans).attributions:
            content = add("content", tagged.tokens, found.content)
            if found.cue:
                relations.append({"type": "cue_of", "from": ids[found.cue], "to": content})
            if found.source:
                relations.append({"type": "source_of", "from": ids[found.source], "to": content})
    return {"id": article["id"], "text": article["text"], "spans": spans, "relations": relations}


def summary(gold: dict, predicted: dict) -> str:
    """Return one line of figures."""
    a = scorer.score(gold, predicted, {"content", "source"}, by="kind", lead=scorer_lead())
    b = scorer.score(gold, predicted, {"content"}, split=True, lead=scorer_lead())

    def f(v: dict) -> str:
        return "/".join(f"{100 * v[k]:.1f}" for k in ("P", "R", "F1"))

    kinds = a["by"].get("content", {})
    parts = [
        "content " + f(a["scores"]["content"]["overlap"]),
        "frag " + f(b["scores"]["content"]["overlap"]),
    ]
    if a["scores"].get("source", {}).get("overlap", {}).get("gold"):
        parts.append("source " + f(a["scores"]["source"]["overlap"]))
    if "relation:source_of" in a["scores"]:
        parts.append("rel " + f(a["scores"]["relation:source_of"]["source~head"]))
    parts.append(
        "d/i/m "
        + "/".join(
            f"{100 * kinds[k]['R_overlap']:.0f}"
            for k in ("direct", "indirect", "mixed")
            if k in kinds
        )
    )
    return "  ".join(parts)


def scorer_lead() -> list[str]:
    """Return the words that the bar drops in front of content."""
    return LEAD


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--bias", type=float, default=0.0)
    options = parser.parse_args()
    tagger = Tagger((str(options.folder.resolve()),))
    for name in options.sets:
        articles = data.load(name)
        begun = time.process_time()
        predicted = {a["id"]: predict(tagger, a, options.bias) for a in articles}
        used = time.process_time() - begun
        words = sum(len(a["text"].split()) for a in articles)
        gold = {a["id"]: a for a in articles}
        print(
            f"{name:20} {summary(gold, predicted)}  {words / 400 / used:.0f} articles/s", flush=True
        )
        if name.startswith("gum"):
            news = {k: v for k, v in gold.items() if "_news_" in k}
            print(f"{'  its news':20} {summary(news, {k: predicted[k] for k in news})}", flush=True)


if __name__ == "__main__":
    main()

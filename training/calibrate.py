"""Fit how surety becomes probability: ``python training/calibrate.py`` -> ``resources/models/scores.json``.

On texts that no model was trained on: PolNeAR's development part for English, the held-out tenth of our
own dispatches for French and for everything that PolNeAR does not mark. Two numbers a curve.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
import corpus_xml

import data
from annotator.suggest import calibrate
from annotator.suggest.corpus import suggest_article
from annotator.suggest.engine import Engine
from annotator.suggest.scoring import score

OUT = HERE.parent / "resources" / "models" / "scores.json"
TYPES = (
    "content",
    "source",
    "cue",
    "actor",
    "declined_comment",
    "hedge",
    "claim",
    "could_not_verify",
)
KINDS = {"content": "quote"}
FEWEST = 40
STEP, FLATTEST = 0.2, 0.3


def judged(articles: list[dict], types: tuple[str, ...]) -> dict[str, list[tuple[float, bool]]]:
    """Return rule.kind -> (surety, right) of every proposal."""
    engine = Engine.load()
    out: dict[str, list[tuple[float, bool]]] = {}
    for article in articles:
        found = suggest_article(engine, {k: article[k] for k in ("id", "lang", "text")})
        for name, sure, right in score(article, found, types).judged:
            rule, kind = name.split(".")
            out.setdefault(f"{rule}.{KINDS.get(kind, kind)}", []).append((sure, right))
    return out


def fit(pairs: list[tuple[float, bool]]) -> tuple[float, float]:
    """Return slope and shift of a logistic curve over the log-odds (Newton, lightly held to 1 and 0)."""
    slope, shift = 1.0, 0.0
    odds = [
        math.log(min(max(s, 1e-4), 1 - 1e-4) / (1 - min(max(s, 1e-4), 1 - 1e-4))) for s, _ in pairs
    ]
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, (_, right) in zip(odds, pairs, strict=True):
            p = 1 / (1 + math.exp(-(slope * x + shift)))
            g0, g1 = g0 + (right - p) * x, g1 + (right - p)
            w = p * (1 - p)
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        g0, g1, h00, h11 = g0 - 4 * (slope - 1), g1 - 0.5 * shift, h00 + 4, h11 + 0.5
        size = h00 * h11 - h01 * h01
        # Small steps: far from the answer the curvature is near nothing and a full one overshoots.
        slope = max(FLATTEST, slope + max(-STEP, min(STEP, (h11 * g0 - h01 * g1) / size)))
        shift += max(-STEP, min(STEP, (h00 * g1 - h01 * g0) / size))
    return round(slope, 4), round(shift, 4)


def main() -> None:
    """Write the curves."""
    # Surety as it comes: the curves of a run before must not be fitted over.
    calibrate.table = dict
    held = [a for a in corpus_xml.read_all() if corpus_xml.held_out(a["id"])]
    curves: dict[str, tuple[float, float]] = {}
    sets = [(".en", data.load("polnear_dev"), ("content", "source", "cue"))]
    sets.append((".fr", [a for a in held if a["lang"] == "fr"], TYPES))
    sets.append(("", held, ("actor", "declined_comment", "hedge", "claim", "could_not_verify")))
    for ending, articles, types in sets:
        for name, pairs in sorted(judged(articles, types).items()):
            if len(pairs) >= FEWEST:
                curves[name + ending] = fit(pairs)
                share = sum(r for _, r in pairs) / len(pairs)
                print(
                    f"{name + ending:24} n {len(pairs):5} right {share:.2f} curve {curves[name + ending]}"
                )
    OUT.write_text(
        json.dumps({"made": "training/calibrate.py", "curves": curves}, indent=1, sort_keys=True)
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

"""Measure what learning from decisions is worth: ``python training/learning.py [SET...]``.

A reviewer is played by gold marks: every proposal of a kind that the set marks is accepted where it
shares four fifths with a mark, and rejected else. On some articles the engine learns from that; the
figures are of the articles left. ``own`` are our dispatches that the commit with the tagger's model did
not have yet, and the tenth held out; what trained the tagger is marked *seen*.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
import corpus_xml

import data
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.suggest import Engine
from annotator.suggest.learn import Judged, learn, precision_at
from annotator.suggest.learn_features import features, log_odds
from annotator.suggest.learn_fit import probability
from annotator.suggest.scoring import characters, fragments, match

KINDS = {kind.value: kind for kind in MarkKind} | {"content": MarkKind.QUOTE}
SIZES = (10, 20, 40, 100, 400)
SEEDS = 5


def judged(engine: Engine, gold: dict, kinds: set[MarkKind]) -> Judged:
    """Return an article as a reviewer who follows the gold marks leaves it."""
    text = gold["text"]
    language = engine.language_of(text, gold["lang"])
    proposals = engine.propose(text, language)
    spans = [s for s in gold["spans"] if KINDS.get(s["type"]) in kinds and fragments(s)]
    verdicts: list[bool | None] = [None] * len(proposals)
    for kind in kinds:
        mine = [i for i, p in enumerate(proposals) if p.kind is kind]
        theirs = [characters(text, fragments(s)) for s in spans if KINDS[s["type"]] is kind]
        found = [characters(text, [(s.start, s.end) for s in proposals[i].spans]) for i in mine]
        right = {j for _, j in match(theirs, found)}
        for place, i in enumerate(mine):
            verdicts[i] = place in right
    marks = tuple(
        (
            KINDS[s["type"]],
            tuple(Span(a, b) for a, b in fragments(s)),
            str((s.get("extra") or {}).get("identification", "")),
        )
        for s in spans
    )
    return Judged(
        gold["id"], text, language, tuple(proposals), tuple(verdicts), marks, is_done=True
    )


def compare(learned, articles: list[Judged]) -> dict[str, float]:
    """Return figures before and after on articles that were not learned from."""
    before, after, right = [], [], []
    for a in articles:
        rows = features(a.proposals, a.text, a.language, "x")
        for p, row, verdict in zip(a.proposals, rows, a.verdicts, strict=True):
            if verdict is not None:
                before.append(p.score)
                after.append(probability(row, learned.weights))
                right.append(verdict)
    out = {"n": len(right)}
    marks = sum(len(a.marks) for a in articles)
    for name, scores in (("before", before), ("after", after)):
        out[f"loss {name}"] = sum(
            math.log1p(math.exp(-log_odds(s) if r else log_odds(s)))
            for s, r in zip(scores, right, strict=True)
        ) / len(right)
        out[f"brier {name}"] = sum((s - r) ** 2 for s, r in zip(scores, right, strict=True)) / len(
            right
        )
        out[f"P@90 {name}"] = precision_at(0.9, scores, right)
        shown = [r for s, r in zip(scores, right, strict=True) if s >= 0.4]
        out[f"P {name}"] = sum(shown) / max(1, len(shown))
        out[f"F1 {name}"] = 2 * sum(shown) / (len(shown) + marks)
    added = [
        (p, a)
        for a in articles
        for p in learned.apply(a.proposals, a.text, a.language, "x")
        if p.rule == "memory"
    ]
    out["added"] = len(added)
    out["added right"] = sum(
        any(k is p.kind and p.spans[0] in s for k, s, _ in a.marks) for p, a in added
    )
    return out


def unread(golds: list[dict]) -> list[dict]:
    """Return the dispatches that the tagger that ships cannot have been trained on."""
    git = ["git", "-C", str(HERE.parent)]
    model = "resources/models/tagger/network.onnx"
    commit = run([*git, "log", "-1", "--format=%H", "--", model])
    known = run([*git, "ls-tree", "-r", "--name-only", commit, "training/corpus"])
    names = {Path(line).stem for line in known.splitlines()}
    return [g for g in golds if g["id"] not in names or corpus_xml.held_out(g["id"])]


def run(words: list[str]) -> str:
    """Return what a command prints."""
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def sets() -> dict[str, tuple[list[dict], set[MarkKind]]]:
    """Return the sets that are there, with the kinds that they mark."""
    own = corpus_xml.read_all()
    attribution = {MarkKind.QUOTE, MarkKind.SOURCE, MarkKind.CUE}
    found = {
        "own": (unread(own), set(MarkKind)),
        "own (all, most of it seen)": (own, set(MarkKind)),
    }
    for name in ("polnear_dev", "asfalda_fr_ftb_dev", "gum_wikinews_en"):
        if (data.CORPORA / f"{name}.jsonl").is_file():
            found[name] = (data.load(name), attribution)
    return found


def main() -> None:
    """Print a line a set and size."""
    engine = Engine.load()
    wanted = sys.argv[1:]
    for name, (golds, kinds) in sets().items():
        if wanted and name not in wanted:
            continue
        kinds = kinds & {KINDS[s["type"]] for g in golds for s in g["spans"] if s["type"] in KINDS}
        articles = [judged(engine, g, kinds) for g in golds]
        for size in SIZES:
            if size * 1.3 > len(articles):
                break
            rows = []
            for seed in range(SEEDS):
                order = articles[:]
                random.Random(seed).shuffle(order)
                began = time.process_time()
                learned = learn(order[:size], "x")
                row = compare(learned, order[size:])
                row |= {
                    "seconds": time.process_time() - began,
                    "decisions": learned.decisions,
                    "on": learned.is_on,
                    "told before": learned.gain.precision_before,
                    "told after": learned.gain.precision_after,
                }
                rows.append(row)
            print(f"{name}, {size} articles")
            for key in rows[0]:
                print(f"   {key:18} {sum(r[key] for r in rows) / len(rows):8.3f}")


if __name__ == "__main__":
    main()

"""Train the model of statements worth checking: ``python training/claims.py``.

Data: ClaimBuster's training sentences (GPL-3.0) and the sentences of our own dispatches (CC0) that hold
a marked claim. Prints figures of five-fold cross-validation, then fits on everything. Seeds are locked.
"""

from __future__ import annotations

import math
import random
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
import corpus_xml

import data
from annotator.suggest.claim_words import ROWS, features_of, sentences, unit_row
from annotator.suggest.claims import BARE, KINDS, SAID, SHORT, TOLD
from annotator.suggest.phrases import sentence_ranges
from annotator.suggest.tokens import Tokens, tokenise

COMPOSED = HERE / "claims"
OUT = HERE.parent / "resources" / "models" / "claims" / "weights.npz"
EPOCHS, DECAY, RATE = 12, 1e-4, 0.05
KIND_EPOCHS, KIND_DECAY, KIND_RATE = 20, 5e-5, 0.03
# Weight of recall (squared): a claim that is missed costs more than one that is rejected.
LEANING = 1.3


class Example(NamedTuple):
    """Hold one statement: rows, whether it is marked as a claim, unit, kind, article."""

    rows: list[int]
    label: int
    unit: str
    kind: str = ""
    article: str = ""


def claimbuster() -> list[Example]:
    """Return the debate sentences."""
    out = []
    for article in data.load("claimbuster_train"):
        tokens = tokenise(article["text"])
        if len(tokens):
            rows = [*features_of(tokens, [(0, len(tokens))], "en").rows, unit_row(BARE)]
            out.append(
                Example(rows, int(article["meta"]["label"] == 1), BARE, article=article["id"])
            )
    return out


def own() -> list[Example]:
    """Return the reported content and the other sentences of our dispatches."""
    out = []
    for article in corpus_xml.read_all():
        if corpus_xml.held_out(article["id"]):
            continue
        claims = [
            (a, b, s["extra"]["kind"])
            for s in article["spans"]
            if s["type"] == "claim"
            for a, b in data.fragments(s)
        ]
        contents = _contents(article)
        for tokens in data.tokens_of(article["text"]):
            for pieces, unit, cue in units(tokens, contents):
                places = [(tokens.starts[a], tokens.ends[b - 1]) for a, b in pieces]
                size = sum(b - a for a, b in places)
                near = [
                    (sum(max(0, min(b, d) - max(a, c)) for a, b in places), kind)
                    for c, d, kind in claims
                ]
                shared = sum(n for n, _ in near)
                kind = max(near, default=(0, ""))[1] if shared * 2 > size else ""
                rows = [*features_of(tokens, pieces, article["lang"], cue).rows, unit_row(unit)]
                label = int(shared * 2 > size)
                out.append(Example(rows, label, unit, _SAME.get(kind, kind), article["id"]))
    return out


def composed() -> list[Example]:
    """Return the statements of ``training/claims``, written with their kinds."""
    out = []
    for path in sorted(COMPOSED.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            letter, verb, words = line.split("|")
            tokens = tokenise(f"{verb} {words}".strip())
            size = len(tokenise(verb)) if verb else 0
            unit = SAID if verb else TOLD
            cue = (0, size) if verb else None
            seen = features_of(tokens, [(size, len(tokens))], path.stem, cue)
            rows = [*seen.rows, unit_row(unit)]
            kind = _LETTERS[letter]
            out.append(Example(rows, int(bool(kind)), unit, kind, f"{path.stem}{len(out) // 7}"))
    return out


_LETTERS = {
    "-": "",
    "a": "allegation",
    "c": "fact_checkable",
    "f": "forecast",
    "n": "number",
    "o": "opinion",
}
_SAME = {"background_fact": "fact_checkable"}
Content = tuple[list[list[int]], list[int] | None]


def _contents(article: dict) -> list[Content]:
    """Return the pieces of every content with the place of its cue."""
    by_id = {s["id"]: s for s in article["spans"]}
    cue_of = {r["to"]: by_id[r["from"]] for r in article["relations"] if r["type"] == "cue_of"}
    out: list[Content] = []
    for span in article["spans"]:
        if span["type"] == "content":
            cue = cue_of.get(span["id"])
            out.append((data.fragments(span), [cue["start"], cue["end"]] if cue else None))
    return out


def _tokens_in(tokens: Tokens, a: int, b: int) -> tuple[int, int] | None:
    inside = [i for i in range(len(tokens)) if tokens.starts[i] < b and a < tokens.ends[i]]
    return (inside[0], inside[-1] + 1) if inside else None


def units(
    tokens: Tokens, contents: list[Content]
) -> list[tuple[list[tuple[int, int]], str, tuple[int, int] | None]]:
    """Return the units of a paragraph as token pieces and cue, as the engine would see them."""
    out: list[tuple[list[tuple[int, int]], str, tuple[int, int] | None]] = []
    covered = [False] * len(tokens)
    for places, cue in contents:
        pieces = [p for a, b in places if (p := _tokens_in(tokens, a, b))]
        for first, stop in pieces:
            covered[first:stop] = [True] * (stop - first)
        said = _tokens_in(tokens, *cue) if cue else None
        for unit in sentences(tokens, pieces, SHORT):
            if sum(b - a for a, b in unit) >= SHORT:
                out.append((unit, SAID, said))
    for first, stop in sentence_ranges(tokens):
        if stop - first >= SHORT and not any(covered[first:stop]):
            out.append(([(first, stop)], TOLD, None))
    return out


def fit(examples: list[Example]) -> tuple[np.ndarray, float]:
    """Return weights (``ROWS``,) and bias."""
    torch.manual_seed(1)
    rng = random.Random(1)
    table = nn.EmbeddingBag(ROWS, 1, mode="sum")
    nn.init.zeros_(table.weight)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.Adam([table.weight, bias], lr=RATE)
    for epoch in range(EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        rng.shuffle(examples)
        for at in range(0, len(examples), 256):
            batch = examples[at : at + 256]
            rows = torch.tensor([r for e in batch for r in e.rows])
            sizes = torch.tensor([len(e.rows) for e in batch])
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
            z = table(rows, offsets).squeeze(1) / sizes.float().sqrt() + bias
            y = torch.tensor([float(e.label) for e in batch])
            loss = functional.binary_cross_entropy_with_logits(z, y)
            loss = loss + DECAY * table.weight.pow(2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table.weight.detach().squeeze(1).numpy(), float(bias.detach())


def predict(weights: np.ndarray, bias: float, example: Example) -> float:
    """Return the probability."""
    z = bias + weights[example.rows].sum() / len(example.rows) ** 0.5
    return float(1 / (1 + np.exp(-z)))


def figures(pairs: list[tuple[float, int]], threshold: float) -> tuple[float, float, float]:
    """Return precision, recall, F1."""
    right = sum(p >= threshold and y for p, y in pairs)
    found, gold = sum(p >= threshold for p, _ in pairs), sum(y for _, y in pairs)
    return right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)


def best_threshold(pairs: list[tuple[float, int]], lean: float = 1.0) -> float:
    """Return the probability above which the F measure that leans to recall is highest."""

    def leaning(threshold: float) -> float:
        p, r, _ = figures(pairs, threshold)
        return (1 + lean) * p * r / max(lean * p + r, 1e-9)

    return max((t / 50 for t in range(5, 45)), key=leaning)


def fit_kinds(examples: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (``ROWS``, kinds) and biases (kinds,) of what kind a claim is."""
    torch.manual_seed(1)
    rng = random.Random(1)
    table = nn.EmbeddingBag(ROWS, len(KINDS), mode="sum")
    nn.init.zeros_(table.weight)
    bias = torch.zeros(len(KINDS), requires_grad=True)
    optimiser = torch.optim.Adam([table.weight, bias], lr=KIND_RATE)
    for epoch in range(KIND_EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = KIND_RATE * (1 - epoch / KIND_EPOCHS)
        rng.shuffle(examples)
        for at in range(0, len(examples), 64):
            batch = examples[at : at + 64]
            rows = torch.tensor([r for e in batch for r in e.rows])
            sizes = torch.tensor([len(e.rows) for e in batch])
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
            z = table(rows, offsets) / sizes.float().sqrt().unsqueeze(1) + bias
            y = torch.tensor([KINDS.index(e.kind) for e in batch])
            loss = functional.cross_entropy(z, y) + KIND_DECAY * table.weight.pow(2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table.weight.detach().numpy(), bias.detach().numpy()


def kind_of(weights: np.ndarray, biases: np.ndarray, example: Example) -> str:
    """Return the kind that the weights give."""
    z = biases + weights[example.rows].sum(0) / len(example.rows) ** 0.5
    return KINDS[int(z.argmax())]


def _fold(example: Example) -> int:
    return zlib.crc32(example.article.encode()) % 5


def judge_kinds(examples: list[Example], more: list[Example]) -> None:
    """Print how often the kind is right in five folds of articles, and what it is taken for."""
    seen: Counter[tuple[str, str]] = Counter()
    for fold in range(5):
        fitted = fit_kinds([e for e in examples if _fold(e) != fold] + more)
        seen.update((e.kind, kind_of(*fitted, e)) for e in examples if _fold(e) == fold)
    right = sum(n for (a, b), n in seen.items() if a == b)
    print(f"kinds: {right / max(1, seen.total()):.3f} of {seen.total()} right")
    for gold in KINDS:
        print(f"  {gold:15}", *(f"{found[:8]} {seen[gold, found]:4}" for found in KINDS))


def main() -> None:
    """Cross-validate, then write the weights."""
    torch.set_num_threads(1)
    mine = own()
    more = composed()
    kinded, more_kinded = ([e for e in x if e.kind] for x in (mine, more))
    judge_kinds(kinded, more_kinded)
    if "--kinds" in sys.argv:
        return
    examples = claimbuster() + mine
    random.Random(3).shuffle(examples)
    judged: dict[str, list[tuple[float, int]]] = {SAID: [], TOLD: [], BARE: []}
    for fold in range(5):
        weights, bias = fit([e for e in examples if _fold(e) != fold] + more)
        for example in examples:
            if _fold(example) == fold:
                p = predict(weights, bias, example)
                judged[example.unit].append((p, example.label))
    thresholds = {}
    for name, pairs in judged.items():
        threshold = best_threshold(pairs, LEANING if name == SAID else 1.0)
        if name != TOLD:
            # Too few of the reporter's are marked for a threshold: the program goes by signs there.
            thresholds[f"threshold_{name}"] = math.log(threshold / (1 - threshold))
        p, r, f = figures(pairs, threshold)
        print(f"{name}: {len(pairs)} units, P {p:.3f} R {r:.3f} F1 {f:.3f} at {threshold:.2f}")
    weights, bias = fit(examples + more)
    kinds, biases = fit_kinds(kinded + more_kinded)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    stored = {"bias": bias, "kind_bias": biases, **thresholds}
    for name, table in (("weights", weights), ("kinds", kinds)):
        scale = float(np.abs(table).max() / 127)
        stored |= {name: np.round(table / scale).astype(np.int8), f"{name}_scale": scale}
    np.savez_compressed(OUT, **stored)
    print("bytes", OUT.stat().st_size)


if __name__ == "__main__":
    main()

"""Train the model of statements worth checking: ``python training/claims.py``.

Data: ClaimBuster's training sentences (GPL-3.0) and the sentences of our own dispatches (CC0) that hold
a marked claim. Prints figures of five-fold cross-validation, then fits on everything. Seeds are locked.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
import corpus_xml

import data
from annotator.suggest.claims import BARE, ROWS, SAID, TOLD, unit_features, unit_row
from annotator.suggest.phrases import sentence_ranges
from annotator.suggest.tokens import Tokens, tokenise

OUT = HERE.parent / "resources" / "models" / "claims" / "weights.npz"
EPOCHS, DECAY, RATE = 12, 1e-4, 0.05
RARELY = 0.6

Example = tuple[list[int], int, str]


def claimbuster() -> list[Example]:
    """Return the debate sentences."""
    out = []
    for article in data.load("claimbuster_train"):
        tokens = tokenise(article["text"])
        if len(tokens):
            rows = [*unit_features(tokens, [(0, len(tokens))], "en"), unit_row(BARE)]
            out.append((rows, int(article["meta"]["label"] == 1), BARE))
    return out


def own() -> list[Example]:
    """Return the reported content and the other sentences of our dispatches."""
    out = []
    for article in corpus_xml.read_all():
        if corpus_xml.held_out(article["id"]):
            continue
        claims = [f for s in article["spans"] if s["type"] == "claim" for f in data.fragments(s)]
        contents = [data.fragments(s) for s in article["spans"] if s["type"] == "content"]
        for tokens in data.tokens_of(article["text"]):
            for pieces, unit in units(tokens, contents):
                places = [(tokens.starts[a], tokens.ends[b - 1]) for a, b in pieces]
                size = sum(b - a for a, b in places)
                shared = sum(max(0, min(b, d) - max(a, c)) for a, b in places for c, d in claims)
                rows = [*unit_features(tokens, pieces, article["lang"]), unit_row(unit)]
                out.append((rows, int(shared * 2 > size), unit))
    return out


def units(
    tokens: Tokens, contents: list[list[list[int]]]
) -> list[tuple[list[tuple[int, int]], str]]:
    """Return the units of a paragraph as token pieces, as the engine would see them."""
    out: list[tuple[list[tuple[int, int]], str]] = []
    covered = [False] * len(tokens)
    for places in contents:
        pieces = []
        for a, b in places:
            inside = [i for i in range(len(tokens)) if tokens.starts[i] < b and a < tokens.ends[i]]
            if inside:
                pieces.append((inside[0], inside[-1] + 1))
                covered[inside[0] : inside[-1] + 1] = [True] * len(inside)
        if sum(b - a for a, b in pieces) >= 5:
            out.append((pieces, SAID))
    for first, stop in sentence_ranges(tokens):
        if stop - first >= 5 and not any(covered[first:stop]):
            out.append(([(first, stop)], TOLD))
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
            rows = torch.tensor([r for e in batch for r in e[0]])
            sizes = torch.tensor([len(e[0]) for e in batch])
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
            z = table(rows, offsets).squeeze(1) / sizes.float().sqrt() + bias
            y = torch.tensor([float(e[1]) for e in batch])
            loss = functional.binary_cross_entropy_with_logits(z, y)
            loss = loss + DECAY * table.weight.pow(2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table.weight.detach().squeeze(1).numpy(), float(bias.detach())


def predict(weights: np.ndarray, bias: float, example: Example) -> float:
    """Return the probability."""
    z = bias + weights[example[0]].sum() / len(example[0]) ** 0.5
    return float(1 / (1 + np.exp(-z)))


def figures(pairs: list[tuple[float, int]], threshold: float) -> tuple[float, float, float]:
    """Return precision, recall, F1."""
    right = sum(p >= threshold and y for p, y in pairs)
    found, gold = sum(p >= threshold for p, _ in pairs), sum(y for _, y in pairs)
    return right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)


def best_threshold(pairs: list[tuple[float, int]]) -> float:
    """Return the probability above which F1 is highest."""
    return max((t / 50 for t in range(5, 45)), key=lambda t: figures(pairs, t)[2])


def main() -> None:
    """Cross-validate, then write the weights."""
    torch.set_num_threads(1)
    examples = claimbuster() + own()
    random.Random(3).shuffle(examples)
    judged: dict[str, list[tuple[float, int]]] = {SAID: [], TOLD: [], BARE: []}
    for fold in range(5):
        weights, bias = fit([e for i, e in enumerate(examples) if i % 5 != fold])
        for example in examples[fold::5]:
            judged[example[2]].append((predict(weights, bias, example), example[1]))
    thresholds = {}
    for name, pairs in judged.items():
        threshold = best_threshold(pairs) if pairs else 0.5
        if name == TOLD:
            # Too few are marked to find a good threshold; a wrong one floods the review.
            threshold = max(threshold, RARELY)
        thresholds[f"threshold_{name}"] = math.log(threshold / (1 - threshold))
        p, r, f = figures(pairs, threshold)
        print(f"{name}: {len(pairs)} units, P {p:.3f} R {r:.3f} F1 {f:.3f} at {threshold:.2f}")
    weights, bias = fit(examples)
    scale = float(np.abs(weights).max() / 127)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    stored = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(OUT, weights=stored, scale=scale, bias=bias, **thresholds)
    print("bytes", OUT.stat().st_size)


if __name__ == "__main__":
    main()

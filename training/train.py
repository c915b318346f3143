"""Train the tagger and export it: ``python training/train.py`` (see ``docs/suggest.md``).

Both languages together from the start; seeds are locked; one thread. Options are for experiments:
``--out``, ``--epochs``, ``--polnear``, ``--no-own``, ``--with-ftb FOLDS``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
import corpus_xml
import frames

import data
from annotator.suggest import features as f
from annotator.suggest import lexicon
from annotator.suggest.tagger import LABELS, NAME_LABELS
from annotator.suggest.tokens import shape

SIZES = {
    "word": (f.WORD_ROWS, 64),
    "prefix": (f.PREFIX_ROWS, 24),
    "suffix": (f.SUFFIX_ROWS, 24),
    "cls": (f.CLASS_ROWS, 24),
    "shape": (f.SHAPE_ROWS, 12),
    "state": (8, 12),
    "since": (10, 6),
    "until": (10, 6),
    "from_start": (8, 6),
    "to_end": (8, 6),
    "place": (f.PLACE_ROWS, 8),
}


NAME_CLASSES = {f.CLASS_INDEX[c]: c for c in ("Xx", "FIRST", "CITY")}


class Network(nn.Module):
    """Tables -> linear -> BiLSTM -> labels (CRF) and names (softmax)."""

    def __init__(
        self, vectors: np.ndarray, hidden: int = 128, width: int = 128, drop: float = 0.3
    ) -> None:
        super().__init__()
        self.tables = nn.ModuleDict({name: nn.Embedding(*size) for name, size in SIZES.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, 0, 0.1)
        full = np.vstack([np.zeros((1, vectors.shape[1]), np.float32), vectors])
        self.vector = nn.Embedding.from_pretrained(torch.tensor(full), freeze=True)
        inputs = sum(size[1] for size in SIZES.values()) + vectors.shape[1]
        self.input = nn.Linear(inputs, width)
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(drop)
        self.rnn = nn.LSTM(width, hidden, 2, batch_first=True, bidirectional=True, dropout=drop)
        self.out = nn.Linear(2 * hidden, len(LABELS) + len(NAME_LABELS))
        self.moves = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))

    def embed(
        self, x: torch.Tensor, words: torch.Tensor | None = None, parts: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Return (batch, time, inputs); ``words`` and ``parts`` are keep masks of training."""
        t = self.tables
        word = t["word"](x[..., f.WORD_A]) + t["word"](x[..., f.WORD_B])
        prefix = t["prefix"](x[..., f.PREFIX])
        suffix = t["suffix"](x[..., f.SUFFIX_3]) + t["suffix"](x[..., f.SUFFIX_4])
        vector = self.vector(x[..., f.VECTOR])
        if words is not None:
            word, vector = word * words, vector * parts
            prefix, suffix = prefix * words, suffix * parts
        return torch.cat(
            [
                word,
                prefix,
                suffix,
                t["cls"](x[..., f.CLASS]),
                t["shape"](x[..., f.SHAPE]),
                vector,
                t["state"](x[..., f.STATE]),
                t["since"](x[..., f.SINCE]),
                t["until"](x[..., f.UNTIL]),
                t["from_start"](x[..., f.FROM_START]),
                t["to_end"](x[..., f.TO_END]),
                t["place"](x[..., f.PLACE]),
            ],
            -1,
        )

    def read(self, z: torch.Tensor) -> torch.Tensor:
        """Return label scores from embedded inputs."""
        y = self.drop(functional.gelu(self.norm(self.input(z))))
        y, _ = self.rnn(y)
        return self.out(self.drop(y))

    def forward(self, x: torch.Tensor, *masks: torch.Tensor) -> torch.Tensor:
        return self.read(self.embed(x, *masks))


class Exported(nn.Module):
    """The part that ONNX runs: embedded inputs -> scores."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        return self.network.read(inputs)


def crf_loss(
    scores: torch.Tensor, y: torch.Tensor, mask: torch.Tensor, moves: torch.Tensor
) -> torch.Tensor:
    """Return the summed negative log-likelihood of the gold paths (start and end are free)."""
    m = mask.float()
    safe = y.clamp(min=0)
    gold = (scores.gather(2, safe[..., None]).squeeze(2) * m).sum(1)
    gold = gold + (moves[safe[:, :-1], safe[:, 1:]] * m[:, 1:]).sum(1)
    a = scores[:, 0]
    for t in range(1, scores.shape[1]):
        new = torch.logsumexp(a[:, :, None] + moves[None], 1) + scores[:, t]
        a = torch.where(mask[:, t, None], new, a)
    return (torch.logsumexp(a, 1) - gold).sum()


class Augmenter:
    """Replace names by others, so that the network learns places and not people."""

    def __init__(self, encoders: dict[str, f.Encoder], share: float, seed: int) -> None:
        self.encoders, self.share = encoders, share
        self.random = random.Random(seed)
        self.pool = {language: self._names(language) for language in encoders}

    @staticmethod
    def _names(language: str) -> dict[str, list[str]]:
        from faker.providers.person.en_US import Provider as En
        from faker.providers.person.fr_FR import Provider as Fr

        known = lexicon.name_classes()
        pool: dict[str, list[str]] = {"Xx": [], "FIRST": [], "CITY": []}
        provider = Fr if language == "fr" else En
        for name in sorted(
            {str(n) for n in [*provider.first_names, *provider.last_names] if str(n).isalpha()}
        ):
            pool["FIRST" if known.get(name.lower()) == "FIRST" else "Xx"].append(name)
        pool["CITY"] = [n for n in lexicon._lines("places.txt") if n.isalpha()]
        return pool

    def rows(self, item: dict) -> list[tuple[int, ...]]:
        """Return the inputs of an example, its names replaced with probability ``share``."""
        if self.random.random() > self.share:
            return item["x"]
        encoder = self.encoders[item["lang"]]
        tokens, begin = item["tokens"], item["begin"]
        swap: dict[str, str] = {}
        rows = list(item["x"])
        for i in range(begin, item["end"]):
            word = tokens.words[i]
            if (
                shape(word) != "Xx"
                or len(word) < 3
                or rows[i - begin][f.VECTOR]
                or rows[i - begin][f.CLASS] not in NAME_CLASSES
            ):
                continue
            kind = NAME_CLASSES[rows[i - begin][f.CLASS]]
            new = swap.setdefault(word, self.random.choice(self.pool[item["lang"]][kind]))
            rows[i - begin] = encoder.word(new) + rows[i - begin][8:]
        return rows


def batches(items: list[dict], size: int, rng: random.Random) -> list[list[dict]]:
    """Group examples of like length, about ``size`` tokens a batch, in random order."""
    order = list(range(len(items)))
    rng.shuffle(order)
    out = []
    for chunk in range(0, len(order), 2000):
        part = sorted(order[chunk : chunk + 2000], key=lambda i: len(items[i]["x"]))
        current: list[dict] = []
        for i in part:
            if current and len(items[i]["x"]) * (len(current) + 1) > size:
                out.append(current)
                current = []
            current.append(items[i])
        out.append(current)
    rng.shuffle(out)
    return out


def pad(rows: list, value: int) -> torch.Tensor:
    """Return rows of unlike length as one tensor."""
    longest = max(len(r) for r in rows)
    first = np.asarray(rows[0])
    out = np.full((len(rows), longest, *first.shape[1:]), value, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


def train(
    network: Network,
    items: list[dict],
    augmenter: Augmenter,
    options: argparse.Namespace,
    after: object,
) -> None:
    """Run the epochs; ``after(epoch)`` is called after each."""
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    parameters = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=0.01)
    steps = len(batches(items, options.batch, random.Random(0))) * options.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.05 * steps), max(0.0, 1 - s / steps))
    )
    average = None
    for epoch in range(options.epochs):
        network.train()
        begun, total, count = time.time(), 0.0, 0
        for batch in batches(items, options.batch, rng):
            x = pad([augmenter.rows(i) for i in batch], 0)
            y, n = pad([i["y"] for i in batch], -1), pad([i["n"] for i in batch], -1)
            words = (torch.rand(*x.shape[:2], 1) > options.word_drop).float()
            parts = (torch.rand(*x.shape[:2], 1) > options.word_drop / 3).float()
            scores = network(x, words, parts)
            has = y[:, 0] >= 0
            loss = scores.sum() * 0
            if has.any():
                mask = y[has] >= 0
                loss = (
                    crf_loss(scores[has][..., : len(LABELS)], y[has], mask, network.moves)
                    / mask.sum()
                )
            known = n >= 0
            if known.any():
                loss = loss + 0.5 * functional.cross_entropy(
                    scores[..., len(LABELS) :][known], n[known]
                )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 2.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            count += 1
        # The mean of the last epochs' weights is steadier than any one of them.
        if epoch >= options.epochs - 3:
            now = {k: v.detach().clone() for k, v in network.state_dict().items()}
            average = now if average is None else {k: average[k] + now[k] for k in now}
        print(
            f"epoch {epoch} loss {total / count:.4f} seconds {time.time() - begun:.0f}", flush=True
        )
        after(epoch)
    kept = min(3, options.epochs)
    network.load_state_dict(
        {k: v / kept if v.is_floating_point() else v for k, v in average.items()}
    )


def quantise(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return int8 rows and their scales."""
    scale = np.maximum(np.abs(matrix).max(1, keepdims=True) / 127, 1e-6).astype(np.float16)
    return np.round(matrix / scale.astype(np.float32)).clip(-127, 127).astype(np.int8), scale


def export(network: Network, keys: np.ndarray, folder: Path, about: dict) -> None:
    """Write network.onnx (int8), tables.npz and model.json."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    raw = folder / "raw.onnx"
    torch.onnx.export(
        Exported(network).eval(),
        (torch.zeros(4, 50, network.input.in_features),),
        str(raw),
        input_names=["inputs"],
        output_names=["scores"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={"inputs": {0: "batch", 1: "time"}, "scores": {0: "batch", 1: "time"}},
    )
    quantize_dynamic(str(raw), str(folder / "network.onnx"), weight_type=QuantType.QInt8)
    raw.unlink()
    tables = {name: table.weight.detach().numpy() for name, table in network.tables.items()}
    tables["vector"] = network.vector.weight.detach().numpy()
    stored: dict[str, np.ndarray] = {"moves": network.moves.detach().numpy(), "keys": keys}
    for name, table in tables.items():
        stored[f"{name}_q"], stored[f"{name}_s"] = quantise(table)
    np.savez_compressed(folder / "tables.npz", **stored)
    (folder / "model.json").write_text(
        json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def gather(options: argparse.Namespace) -> list[dict]:
    """Return the training examples of all corpora."""
    items = data.examples(
        data.with_names(data.load("polnear_train")[: options.polnear], "polnear_train"), names=False
    )
    own = [a for a in corpus_xml.read_all() if not corpus_xml.held_out(a["id"])]
    if not options.no_own:
        items += data.examples(own, names=True) * options.own_times
    sequoia = [a for a in data.load("asfalda_fr_sequoia") if options.no_sequoia == 0]
    items += data.examples(data.with_names(sequoia, "asfalda_fr_sequoia"), names=False) * 2
    items += data.examples(frames.articles(options.frames), names=False)
    gum = data.gum(options.gum_fold)
    items += data.examples(gum, names=True, attributions=False)
    items += data.examples(gum, names=True) * options.gum
    print(
        "own dispatches",
        len(own),
        "pieces",
        len(items),
        "tokens",
        sum(len(i["y"]) for i in items),
        flush=True,
    )
    return items


def main() -> None:
    """Train, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent / "resources" / "models" / "tagger")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--polnear", type=int, default=840)
    parser.add_argument("--batch", type=int, default=2500)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--word-drop", type=float, default=0.3)
    parser.add_argument("--names", type=float, default=0.5)
    parser.add_argument("--hidden", type=int, default=160)
    parser.add_argument("--own-times", type=int, default=3)
    parser.add_argument("--frames", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to keep the weights for a later --start")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--gum", type=int, default=0, help="times GUM's attributions are read")
    parser.add_argument(
        "--gum-fold", type=int, default=-1, help="third of GUM left out, to measure"
    )
    parser.add_argument("--no-own", action="store_true")
    parser.add_argument("--no-sequoia", type=int, default=0)
    parser.add_argument("--no-vectors", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    with np.load(HERE / "build" / "vectors.npz") as stored:
        keys, vectors = stored["keys"], stored["vectors"]
    if options.no_vectors:
        vectors = np.zeros_like(vectors)
    table = dict(zip(keys.tolist(), range(1, len(keys) + 1), strict=True))
    encoders = {language: f.Encoder(language, table) for language in ("en", "fr")}
    items = gather(options)
    for item in items:
        item["x"] = encoders[item["lang"]].encode(item["tokens"], item["begin"], item["end"])
    network = Network(vectors, hidden=options.hidden)
    if options.start:
        network.load_state_dict(torch.load(options.start))
    about = {
        "features": f.VERSION,
        "seed": options.seed,
        "epochs": options.epochs,
        "made": "training/train.py",
    }
    options.out.mkdir(parents=True, exist_ok=True)

    def after(epoch: int) -> None:
        if epoch % 2 == 1 or epoch == options.epochs - 1:
            export(network, keys, options.out, about)

    train(network, items, Augmenter(encoders, options.names, options.seed), options, after)
    export(network, keys, options.out, about)
    if options.keep:
        torch.save(network.state_dict(), options.keep)


if __name__ == "__main__":
    main()

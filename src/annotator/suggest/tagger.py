"""Run the trained tagger: tokens in, spans of content, cue, source and names out.

A two-layer BiLSTM in int8 ONNX between two numpy parts: the tables of inputs (int8 rows) and the
best path through the labels (Viterbi). ``training/`` makes the files, ``docs/suggest.md`` is the
model card.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator import resources
from annotator.suggest import features as f
from annotator.suggest.tokens import Tokens, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

LABELS = ("O", "B-C", "I-C", "B-Q", "I-Q", "B-S", "I-S")
NAME_LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
_PATH_BATCH = 16
_FORBIDDEN = -1e4
FOLDER = ("models", "tagger")


class TokenSpan(NamedTuple):
    """Name tokens: kind (C, Q, S or PER, ORG, LOC), first, one past the last, sureness."""

    kind: str
    first: int
    stop: int
    sure: float


@dataclass(slots=True)
class Tagged:
    """Hold what was found in one paragraph."""

    tokens: Tokens
    spans: list[TokenSpan]
    names: list[TokenSpan]


def allowed(labels: Sequence[str]) -> NDArray[np.float32]:
    """Return a matrix with a large penalty for every move that BIO forbids."""
    import numpy as np

    out = np.zeros((len(labels), len(labels)), np.float32)
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            if after[0] == "I" and (before == "O" or before[2:] != after[2:]):
                out[i, j] = _FORBIDDEN
    return out


def best_paths(
    emissions: NDArray[np.float32], lengths: Sequence[int], moves: NDArray[np.float32]
) -> list[list[int]]:
    """Return the best label sequence of each row.

    Args:
        emissions: (batch, time, labels) scores.
        lengths: how many time steps of each row count.
        moves: (labels, labels) score of going from one to another.
    """
    import numpy as np

    _, steps, labels = emissions.shape
    start = np.array([0.0] + [0.0 if i % 2 else _FORBIDDEN for i in range(1, labels)], np.float32)
    score = emissions[:, 0] + start
    scores = [score]
    came: list[NDArray[np.int64]] = []
    for t in range(1, steps):
        path = score[:, :, None] + moves
        came.append(path.argmax(1))
        score = path.max(1) + emissions[:, t]
        scores.append(score)
    out: list[list[int]] = []
    back = np.stack(came).tolist() if came else []
    for row, length in enumerate(lengths):
        label = int(scores[length - 1][row].argmax())
        path_of_row = [label]
        for t in range(length - 2, -1, -1):
            label = back[t][row][label]
            path_of_row.append(label)
        out.append(path_of_row[::-1])
    return out


def spans_of(
    path: Sequence[int], labels: Sequence[str], sure: Sequence[float], offset: int
) -> list[TokenSpan]:
    """Turn a label sequence into spans; ``sure`` has the probability of each chosen label."""
    out: list[TokenSpan] = []
    first, kind = 0, ""
    for i, number in enumerate([*path, 0]):
        label = labels[number]
        if kind and (label == "O" or label[0] == "B" or label[2:] != kind):
            edge = min(sure[first], sure[i - 1])
            mean = sum(sure[first:i]) / (i - first)
            out.append(TokenSpan(kind, offset + first, offset + i, 0.5 * edge + 0.5 * mean))
            kind = ""
        if label != "O" and not kind:
            first, kind = i, label[2:]
    return out


class Tagger:
    """Keep the loaded network. Thread: any, one call at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        import numpy as np
        import onnxruntime

        folder = folder or resources.path(*FOLDER)
        with np.load(folder / "tables.npz") as stored:
            arrays = {name: stored[name] for name in stored.files}
        self.info: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self._tables = {
            name[:-2]: arrays[name].astype(np.float32) * arrays[name[:-2] + "_s"].astype(np.float32)
            for name in arrays
            if name.endswith("_q")
        }
        self._moves = arrays["moves"].astype(np.float32) + allowed(LABELS)
        keys = arrays["keys"].tolist()
        self._vectors = vectors = dict(zip(keys, range(1, len(keys) + 1), strict=True))
        self._encoders = {language: f.Encoder(language, vectors) for language in ("en", "fr")}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            (folder / "network.onnx").read_bytes(),
            options,
            providers=["CPUExecutionProvider"],
        )

    def knows(self, lowered: str) -> bool:
        """Say whether a lower-case word is an ordinary one (it has a vector)."""
        return f.vector_key(lowered) in self._vectors

    def _embed(self, rows: Sequence[tuple[int, ...]]) -> NDArray[np.float32]:
        """Return the network's input, (n, width)."""
        import numpy as np

        x = np.asarray(rows, np.int64)
        t = self._tables
        parts = [
            t["word"][x[:, f.WORD_A]] + t["word"][x[:, f.WORD_B]],
            t["prefix"][x[:, f.PREFIX]],
            t["suffix"][x[:, f.SUFFIX_3]] + t["suffix"][x[:, f.SUFFIX_4]],
            t["cls"][x[:, f.CLASS]],
            t["shape"][x[:, f.SHAPE]],
            t["vector"][x[:, f.VECTOR]],
            t["state"][x[:, f.STATE]],
            t["since"][x[:, f.SINCE]],
            t["until"][x[:, f.UNTIL]],
            t["from_start"][x[:, f.FROM_START]],
            t["to_end"][x[:, f.TO_END]],
            t["place"][x[:, f.PLACE]],
        ]
        return np.concatenate(parts, 1)

    def tag(
        self, paragraphs: Sequence[Tokens], language: str, *, bias: float = 0.0
    ) -> list[Tagged]:
        """Tag paragraphs of one language.

        Args:
            paragraphs: tokens, see ``tokens.tokenise``.
            language: ``en`` or ``fr``.
            bias: added to the score of "nothing here": above 0 fewer proposals, below 0 more.
        """
        encoder = self._encoders[language]
        work = [
            (p, begin, end)
            for p, tokens in enumerate(paragraphs)
            if len(tokens)
            for begin, end in pieces(tokens)
        ]
        rows = [encoder.encode(paragraphs[p], begin, end) for p, begin, end in work]
        out = [Tagged(tokens, [], []) for tokens in paragraphs]
        order = sorted(range(len(work)), key=lambda i: len(rows[i]))
        for at in range(0, len(order), _PATH_BATCH):
            group = order[at : at + _PATH_BATCH]
            self._decode(group, self._scores(group, rows), work, out, bias)
        for tagged in out:
            tagged.spans.sort(key=lambda s: s.first)
            tagged.names.sort(key=lambda s: s.first)
        return out

    def _scores(
        self, group: Sequence[int], rows: Sequence[list[tuple[int, ...]]]
    ) -> NDArray[np.float32]:
        """Return label scores, (group, longest, labels), of pieces sorted by length.

        Each piece goes through the network alone: in 8 bits the scale of a batch depends on all of
        it, and a paragraph would read a little differently beside other ones.
        """
        import numpy as np

        out = np.zeros((len(group), len(rows[group[-1]]), len(LABELS) + len(NAME_LABELS)), "f4")
        flat = self._embed([row for i in group for row in rows[i]])
        begin = 0
        for row, i in enumerate(group):
            end = begin + len(rows[i])
            result: Any = self._session.run(None, {"inputs": flat[None, begin:end]})[0]
            out[row, : end - begin] = result[0]
            begin = end
        return out

    def _decode(
        self,
        group: Sequence[int],
        scores: NDArray[np.float32],
        work: Sequence[tuple[int, int, int]],
        out: list[Tagged],
        bias: float,
    ) -> None:
        import numpy as np

        lengths = [work[i][2] - work[i][1] for i in group]
        marks, named = scores[:, :, : len(LABELS)], scores[:, :, len(LABELS) :]
        marks[:, :, 0] += bias
        paths = best_paths(marks, lengths, self._moves)
        name_paths = named.argmax(2).tolist()
        for head, found, labels, field in (
            (marks, paths, LABELS, "spans"),
            (named, name_paths, NAME_LABELS, "names"),
        ):
            odds = np.exp(head - head.max(2, keepdims=True))
            odds /= odds.sum(2, keepdims=True)
            for row, i in enumerate(group):
                p, begin, _ = work[i]
                path = found[row][: lengths[row]]
                if any(path):
                    sure = odds[row, np.arange(lengths[row]), path].tolist()
                    getattr(out[p], field).extend(spans_of(path, labels, sure, begin))

"""The warm process that holds a pack: a folder to start with, texts in, names out.

It is a fresh interpreter with no project, no network and nothing to write to, under a limit of
memory. It answers one frame of JSON when it is ready, then one for each text, until its pipe is
closed.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.importers.kit.frames import read_frame, write_frame
from annotator.importers.kit.sandbox import limit_process, take_streams, watch

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY_BYTES = 3 * 1024 * 1024 * 1024
#: Longer lines are read in pieces, cut at a space: memory grows with the longest.
_LONGEST = 20_000
#: spaCy's labels, French and English, by what the program calls them.
_KINDS = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",
}  # fmt: skip


def serve(folder: Path) -> int:
    """Load the pack in a folder and answer until the pipe is closed."""
    requests, answers = take_streams()
    limit_process(MEMORY_BYTES)
    try:
        # By its name: nobody has it who has not asked for packs, the type checker neither.
        load: Callable[[Path], Any] = importlib.import_module("spacy").load
    except ImportError:
        write_frame(answers, _as_json({"error": "pack-no-spacy"}))
        return 1
    sys.addaudithook(watch)
    try:
        model = load(folder)
    except Exception:  # noqa: BLE001 - the border of the sandbox: a broken model raises anything
        write_frame(answers, _as_json({"error": "pack-not-loaded"}))
        return 1
    write_frame(answers, _as_json({"ready": True}))
    while (text := read_frame(requests)) is not None:
        try:
            found: dict[str, Any] = {"names": _names(model, text.decode("utf-8"))}
        except Exception:  # noqa: BLE001 - the same border: one text costs itself only
            found = {"error": "pack-text"}
        write_frame(answers, _as_json(found))
    return 0


def _as_json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode()


def _names(model: Any, text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, kind) of the names, each line read by itself."""
    starts: list[int] = []
    pieces: list[str] = []
    at = 0
    for line in text.split("\n"):
        low = 0
        while low < len(line):
            high = _cut(line, low)
            if line[low:high].strip():
                starts.append(at + low)
                pieces.append(line[low:high])
            low = high
        at += len(line) + 1
    return [
        (start + name.start_char, start + name.end_char, _KINDS[name.label_])
        for start, read in zip(starts, model.pipe(pieces), strict=True)
        for name in read.ents
        if name.label_ in _KINDS
    ]


def _cut(line: str, low: int) -> int:
    """Return where the piece that begins at ``low`` ends."""
    high = low + _LONGEST
    if high >= len(line):
        return len(line)
    space = line.rfind(" ", low + 1, high)
    return space if space > low else high


def worker_main(folder: str) -> int:
    """Be the worker: what ``python -m annotator.app.packs.worker`` and ``--pack-worker`` run."""
    return serve(Path(folder))


if __name__ == "__main__":
    sys.exit(worker_main(sys.argv[1]))

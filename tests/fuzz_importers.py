"""Fuzz the importers in their worker: mutated sample files, for as long as asked.

    python tests/fuzz_importers.py --count 20000 [--format pdf] [--seed 1] [--keep FOLDER]

Passes if every mutant ends as text or as one typed error with a sentence. A mutant that hangs or
crashes the worker is kept in the folder, to be made small and added as a regression.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from annotator import i18n  # noqa: E402
from annotator.importers import IMPORTERS  # noqa: E402
from annotator.importers.worker import ImportWorker  # noqa: E402
from annotator.model.errors import UserError  # noqa: E402
from annotator.text.canonical import canonicalise  # noqa: E402
from helpers.articles import seeds_for  # noqa: E402

_TOKENS = (
    b"\x00", b"\xff", b"\x80", b"\xed\xa0\x80", b"<", b">", b"&x;", b"&#0;", b"{", b"}", b"\\u-1?",
    b"\\'zz", b"\r\n", b"=?utf-8?q?=?=", b"PK\x03\x04", b"%PDF-", b"]]>", b"<!--", b"\xef\xbb\xbf",
    b"99999999999", b"-1", b"\x7f\xff\xff\xff", b'"', b"'", b",", b"\t", b"--", b"endobj",
    b"stream",
)  # fmt: skip


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Change a file in one to twenty places: bytes flipped, cut, doubled, moved, tokens put in."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 20))):
        if not out:
            break
        at = rng.randrange(len(out))
        size = rng.choice((1, 1, 2, 4, 16, 256))
        kind = rng.randrange(6)
        if kind == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del out[at : at + size]
        elif kind == 2:
            out[at:at] = out[at : at + size] * rng.choice((1, 2, 50))
        elif kind == 3:
            out[at:at] = rng.choice(_TOKENS)
        elif kind == 4:
            out[at : at + size] = rng.randbytes(size)
        else:
            del out[at:]
    return bytes(out)


def mutate_inside(data: bytes, rng: random.Random) -> bytes:
    """Mutate one member of an archive and pack it again, so that the checksums hold."""
    source = zipfile.ZipFile(io.BytesIO(data))
    members = [(info, source.read(info)) for info in source.infolist()]
    chosen = rng.randrange(len(members))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (info, content) in enumerate(members):
            target.writestr(info, mutate(content, rng) if number == chosen else content)
    return stream.getvalue()


def mutate_any(data: bytes, rng: random.Random) -> bytes:
    """Mutate a file, an archive mostly inside."""
    if data.startswith(b"PK") and rng.random() < 0.7:
        try:
            return mutate_inside(data, rng)
        except zipfile.BadZipFile:
            pass
    return mutate(data, rng)


def outcome(worker: ImportWorker, data: bytes, name: str, format_id: str) -> str:
    """Read one mutant and name what became of it; ``BAD ...`` is a finding."""
    try:
        texts = worker.read(data, name, as_format=format_id)
    except UserError as error:
        if i18n.explain(error).startswith("errors."):
            return f"BAD no sentence: {error.message_id}"
        bad = error.message_id in ("import-crashed", "import-timeout")
        return f"BAD {error.message_id}" if bad else error.message_id
    for imported in texts:
        if canonicalise(imported.text).text != imported.text:
            return "BAD not canonical"
    return "read"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="mutants a format")
    parser.add_argument("--format", action="append", help="id of a format; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    asked = parser.parse_args()
    found = 0
    with ImportWorker() as worker:
        for importer in IMPORTERS:
            if asked.format and importer.id not in asked.format:
                continue
            rng = random.Random(f"{asked.seed}:{importer.id}")
            seeds = seeds_for(importer.id)
            counts: Counter[str] = Counter()
            start = time.monotonic()
            for number in range(asked.count):
                seed = rng.choice(seeds)
                data = mutate_any(seed.data, rng)
                if not data:
                    continue
                result = outcome(worker, data, seed.name, importer.id)
                counts[result] += 1
                if result.startswith("BAD"):
                    found += 1
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{importer.id}-{asked.seed}-{number}").write_bytes(data)
            seconds = time.monotonic() - start
            told = ", ".join(f"{name} {count}" for name, count in counts.most_common())
            sys.stdout.write(f"{importer.id:11} {seconds:6.1f} s  {told}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

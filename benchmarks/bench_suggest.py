"""How fast proposals are: articles of 400 words per CPU second, loading, memory, length, processes.

Run: ``python benchmarks/bench_suggest.py [CORPUS.jsonl]``. Without a file it reads invented articles.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from row import Row

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

PARAGRAPH = {
    "en": (
        "Transport minister Odile Marchand said on Tuesday that the bridge over the Verne would stay closed until July. "
        "“Nobody will cross it before the last bolt has been checked,” she told reporters. According to two people "
        "familiar with the matter, the contractor had warned the ministry in March. Orbis Rail declined to comment. "
        "The valley has 11,000 inhabitants and one road. A report reportedly puts the cost at 40 million euros."
    ),
    "fr": (
        "La ministre des Transports, Odile Marchand, a déclaré mardi que le pont sur la Verne resterait fermé jusqu'en juillet. "
        "« Personne ne passera avant que le dernier boulon ait été vérifié », a-t-elle dit. Selon deux sources proches du "
        "dossier, l'entreprise avait prévenu le ministère en mars. Orbis Rail n'a pas souhaité faire de commentaire. "
        "La vallée compte 11 000 habitants et une seule route. Un rapport chiffrerait le coût à 40 millions d'euros."
    ),
}


def articles(path: str | None) -> list[dict]:
    """Return the articles to read."""
    if path:
        return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    out = []
    for n in range(60):
        lang = "fr" if n % 2 else "en"
        text = "\n".join(PARAGRAPH[lang].replace("40", str(n * 10 + k)) for k in range(6))
        out.append({"id": str(n), "lang": lang, "text": text})
    return out


def rows(*, quick: bool = False) -> list[Row]:
    """Return the engine's lines of the results."""
    begun = time.perf_counter()
    from annotator.suggest.corpus import suggest_stream
    from annotator.suggest.engine import Engine

    engine = Engine.load()
    engine.propose("Le maire a dit non.", "fr")
    ready = time.perf_counter() - begun
    corpus = articles(None)[: 20 if quick else 60]
    words = sum(len(a["text"].split()) for a in corpus)
    spent: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in corpus), encoding="utf-8")
        suggest_stream(source, Path(folder) / "out.jsonl")
        for number in range(3):
            # Other texts every time: the engine keeps the paragraphs that it has read.
            changed = [a | {"text": a["text"].replace("11", f"11{number}")} for a in corpus]
            source.write_text("".join(json.dumps(a) + "\n" for a in changed), encoding="utf-8")
            cpu = time.process_time()
            suggest_stream(source, Path(folder) / "out.jsonl")
            spent.append(time.process_time() - cpu)
    speed = words / 400 / statistics.median(spent)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return [
        Row("engine ready", f"{ready:.2f} s wall", "-", "-", "< 1 s", ready < 1),
        Row("400-word articles a CPU second", f"{speed:.0f}", "-", "-", ">= 50", speed >= 50),
        Row("engine memory", f"{memory:.0f} MB", "-", "-", "< 200 MB", memory < 200),
    ]


def main() -> None:
    """Print the figures."""
    begun, cpu = time.perf_counter(), time.process_time()
    from annotator.suggest.corpus import suggest_article, suggest_stream
    from annotator.suggest.engine import Engine

    engine = Engine.load()
    engine.propose("Le maire a dit non.", "fr")
    print(f"ready after {time.perf_counter() - begun:.2f} s, CPU {time.process_time() - cpu:.2f} s")
    corpus = articles(sys.argv[1] if len(sys.argv) > 1 else None)
    words = sum(len(a["text"].split()) for a in corpus)
    cpu = time.process_time()
    for article in corpus:
        suggest_article(engine, article)
    used = time.process_time() - cpu
    print(f"{len(corpus)} articles, {words / 400 / used:.0f} articles of 400 words per CPU second")
    for size in (100_000, 1_000_000):
        text = "".join(f"{PARAGRAPH['fr']} {n} " for n in range(size // len(PARAGRAPH["fr"])))
        cpu = time.process_time()
        found = Engine.load().propose(text, "fr")
        print(
            f"one line of {len(text):,} characters: {time.process_time() - cpu:.1f} s, {len(found)} proposals"
        )
    text = corpus[0]["text"]
    engine.propose(text, corpus[0]["lang"])
    begun = time.perf_counter()
    engine.propose(text + " More.", corpus[0]["lang"])
    print(f"one paragraph changed: {1000 * (time.perf_counter() - begun):.0f} ms")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in corpus * 3), encoding="utf-8")
        for jobs in (1, 2):
            begun = time.perf_counter()
            suggest_stream(source, Path(folder) / "out.jsonl", jobs=jobs)
            print(
                f"{jobs} process(es): {time.perf_counter() - begun:.1f} s wall for {len(corpus) * 3} articles"
            )


if __name__ == "__main__":
    main()

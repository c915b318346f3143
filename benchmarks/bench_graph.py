"""How fast co-mentions are counted and moved about in, and whether the window goes on meanwhile.

usage: python benchmarks/bench_graph.py [--quick]

The floor of the count is scipy's bare product XᵀX of the finished incidence matrix: no keys made,
no triangle taken, nothing sorted. Ours starts from the integer columns and ends with sorted pairs.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import numpy as np
from gui_harness import FrameMeter, StallMeter, wait
from PySide6.QtWidgets import QApplication
from row import Row, limit_row, ratio_row
from scipy import sparse

from annotator.analysis.comention import Unit, count
from annotator.app.comentions import GraphQuery, read_graph
from annotator.gui import garbage
from annotator.gui.plots.scene import Scene
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.model.annotations import Actor
from annotator.store import PlaceArrays

ARTICLES, MENTIONS, ACTORS, SENTENCES = 100_000, 30, 20_000, 20
_BARE_RATIO, _FRAME_MS, _STALL_MS = 1.3, 16.0, 50.0


def places(articles: int, *, actors: int = ACTORS, seed: int = 1) -> PlaceArrays:
    """Make up mentions: actors by Zipf's law, anywhere in the article."""
    dice = np.random.default_rng(seed)
    share = 1 / (np.arange(actors) + 10.0)
    rows = articles * MENTIONS
    actor = dice.choice(actors, rows, p=share / share.sum()).astype(np.int32)
    article = np.repeat(np.arange(articles, dtype=np.int32), MENTIONS)
    sentence = dice.integers(0, SENTENCES, rows).astype(np.int32)
    return PlaceArrays(
        actor,
        article,
        sentence // 4,
        sentence,
        [f"{number:06d}" for number in range(actors)],
        [f"{number:06d}" for number in range(articles)],
    )


class Columns:
    """Be a project of which only the mentions and names are asked: the store has its own bars."""

    def __init__(self, found: PlaceArrays) -> None:
        self._found = found

    def mention_places(self, _query: object) -> PlaceArrays:
        return self._found

    def find(self, _kind: type, **equals: tuple[str, ...]) -> list[Actor]:
        return [Actor(i, f"Acteur {i}") for i in equals["id"]]

    def reader(self) -> Columns:
        return self

    def __enter__(self) -> Columns:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def _timed(act) -> float:
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1e3


def count_row(found: PlaceArrays, unit: Unit, runs: int) -> Row:
    """Compare our count with the bare product of the same rows."""
    key = found.article.astype(np.int64)
    if unit is Unit.SENTENCE:
        key = key * SENTENCES + found.sentence
    ones = np.ones(len(key), dtype=np.int32)
    x = sparse.csr_matrix((ones, (key, found.actor)))
    x.sum_duplicates()
    x.data[:] = 1
    whole = sparse.triu(x.T @ x, 1)
    ours = count(found, unit)
    assert (len(ours.first), int(ours.weight.sum())) == (whole.nnz, int(whole.sum()))
    pairs = len(ours.first)
    del whole, ours
    floor_ms, ours_ms = [], []
    for _ in range(runs):
        floor_ms.append(_timed(lambda: x.T @ x))
        ours_ms.append(_timed(lambda: count(found, unit)))
    rows = len(found.actor)
    work = f"co-mentions, {rows:,} mentions, same {unit} ({pairs:,} pairs)"
    return ratio_row(work, ours_ms, floor_ms, _BARE_RATIO, floor="bare XᵀX")


def stall_row(found: PlaceArrays, unit: Unit) -> Row:
    """Count, lay out and show in the window while a 5 ms timer watches it."""
    from annotator.gui.plots.canvas import Canvas

    runner, stall, project = JobRunner(), StallMeter(), Columns(found)
    garbage.take_over(runner, runner)  # as the program does after its first paint
    first = read_graph(Columns(places(50)), GraphQuery(unit=unit))
    canvas = Canvas(Scene(first), load_theme("light"))
    canvas.resize(1000, 800)
    canvas.show()
    wait(300)
    answers = []
    query = GraphQuery(unit=unit)

    def work(context) -> Scene:
        return Scene(read_graph(project, query, check=context.check))

    def shown(scene: Scene) -> None:
        canvas.show_scene(scene)
        answers.append(scene.data)

    started = time.perf_counter()
    stall.start()
    runner.start(work, shown)
    while not answers or not canvas.is_settled or runner.is_busy:
        QApplication.instance().processEvents()
    longest = stall.stop()
    took = time.perf_counter() - started
    # What the machine itself withholds in the same time, with nothing to do.
    stall.start()
    wait(1e3 * took)
    idle = stall.stop()
    drawn = answers[0].shown
    work = (
        f"longest stall while {len(found.actor):,} mentions are counted (same {unit}), laid out and"
        f" drawn ({len(drawn.actor_ids):,} actors, {len(drawn.first):,} pairs; {took:.1f} s in all)"
    )
    runner.shut_down()
    canvas.close()
    met = longest <= _STALL_MS
    return Row(work, f"{longest:.0f} ms", f"{idle:.0f} ms (idle)", "-", f"<= {_STALL_MS:g} ms", met)


def frame_rows(runs: int) -> list[Row]:
    """Pan and zoom 5,000 actors and 25,000 pairs, with the picture of all pairs and without."""
    from annotator.gui.plots.canvas import Canvas

    found = places(20_000, actors=5_000)
    data = read_graph(Columns(found), GraphQuery(unit=Unit.SENTENCE), most=(5_000, 25_000))
    canvas = Canvas(Scene(data), load_theme("light"))
    canvas.resize(1000, 800)
    canvas.show()
    while not canvas.is_settled:
        wait(20)
    meter = FrameMeter(canvas)
    step = canvas.view().width / canvas.view().scale / 100

    def frames(act) -> list[float]:
        return [meter.step(lambda i=i: act(i)).settled_cpu for i in range(runs)][3:]

    def pan(i: int) -> None:
        canvas.box.translateBy(x=3 * step * (1 if i % 8 < 4 else -1))

    def zoom(i: int) -> None:
        factor = 0.9 if i % 16 < 8 else 1 / 0.9
        canvas.box.scaleBy((factor, factor))

    size = f"{len(data.shown.actor_ids):,} actors, {len(data.shown.first):,} pairs"
    rows = []
    for name, act in (("pan", pan), ("zoom", zoom)):
        values = frames(act)
        for percentile in (50, 95):
            rows.append(
                limit_row(f"{name} the plot, {size}", values, _FRAME_MS, percentile=percentile)
            )
    canvas.picture.forget()
    rows.append(limit_row(f"pan, nothing prepared, {size}", frames(pan), _FRAME_MS))
    canvas.picture.stop()
    canvas.close()
    return rows


def rows(*, quick: bool = False) -> list[Row]:
    """Measure everything."""
    app = QApplication.instance() or QApplication([])
    articles, runs = (10_000, 3) if quick else (ARTICLES, 5)
    found = places(articles)
    out = [count_row(found, unit, runs) for unit in (Unit.SENTENCE, Unit.ARTICLE)]
    out += frame_rows(15 if quick else 60)
    out += [stall_row(found, unit) for unit in (Unit.SENTENCE, Unit.ARTICLE)]
    app.processEvents()
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    for row in rows(quick=parser.parse_args().quick):
        print(row)

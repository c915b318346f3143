"""How fast the article view is, against a plain QPlainTextEdit that is given the same text.

usage: python benchmarks/bench_view.py [--quick] [--json]

The floor has no marks, no leading and no margins, and its text is in memory. Ours opens the article
of a project file: text, marks, which sources are named. Sizes are characters / spans of marks.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import marked_project
from gui_harness import FrameMeter, Step, Summary, calibrate, interleaved, wait
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from row import Row

from annotator.app.commands.marks import add_mark
from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.gui.article_pane import ArticlePane
from annotator.gui.desk import Desk
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.store import Project

SIZES = ((3_000, 100), (100_000, 1_000), (1_000_000, 10_000), (10_000_000, 100_000))
OPEN_BARS = {3_000: 5.0, 100_000: 3.0, 1_000_000: 3.5, 10_000_000: 4.0}
_WORDS = """
le la les un une des de du et à en dans pour par sur avec sans selon mais ou donc ministre députée
maire gouvernement commission rapport enquête société groupe entreprise banque marché contrat loi
projet réforme déclaré annoncé affirmé dénoncé été avait sont serait pourrait année semaine jeudi
décembre européenne régionale première hôpital où déjà après très président conseil tribunal témoin
source document millions d’euros the of and to that was for government minister inquiry company
court said told officials police workers law
"""


def prose(length: int, seed: int = 1) -> str:
    """Make up French and English prose in paragraphs of 300 to 900 characters."""
    dice = random.Random(seed)
    vocabulary = _WORDS.split()
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    paragraphs: list[str] = []
    have = 0
    while have < length:
        sentences = []
        for _ in range(dice.randint(2, 7)):
            words = dice.choices(vocabulary, weights, k=dice.randint(8, 28))
            sentences.append(" ".join(words).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
        have += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)[:length]


@dataclass
class Rows:
    """Be the columns that the store hands over."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    mark_ids: list[str] = field(default_factory=list)


def spans(length: int, count: int, seed: int = 2) -> Rows:
    """Make up overlapping spans of some 55 characters, 2 % of them up to 2,000."""
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        size = min(400, int(dice.lognormvariate(3.6, 0.8)) + 2)
        if dice.random() < 0.02:
            size = dice.randint(200, min(2_000, max(201, length // 4)))
        start = dice.randrange(0, length - min(size, length - 2) - 1)
        found.append((start, start + min(size, length - 2), dice.randrange(8)))
    found.sort()
    ids = [f"{number:032x}" for number in range(count)]
    return Rows([f[0] for f in found], [f[1] for f in found], [f[2] for f in found], ids)


#: A page down at the 95th percentile, in ms.
PAGE_P95_MS = 16


class Pair:
    """Hold the view and the floor, both in windows of one size."""

    def __init__(self, project: Path) -> None:
        session = Session(Project.open(project))
        self.desk = Desk(session, Settings(), load_theme("light"), JobRunner())
        self.pane = ArticlePane(self.desk)
        self.view = self.pane.view
        self._bare: sqlite3.Connection | None = None
        self.plain = QPlainTextEdit()
        self.plain.setReadOnly(True)
        self.plain.setUndoRedoEnabled(False)
        self.plain.setFont(QFont("DejaVu Sans", 11))
        for widget in (self.pane, self.plain):
            widget.resize(1200, 800)
            widget.show()
        wait(200)
        self.of_view, self.of_plain = FrameMeter(self.view), FrameMeter(self.plain)

    def close(self) -> None:
        if self._bare is not None:
            self._bare.close()
        self.pane.close()
        self.plain.close()
        self.desk.jobs.shut_down()
        self.desk.close()
        self.desk.session.close()

    def open_cases(self, text: str, article_id: str) -> dict:
        def open_plain(_round: int):
            self.plain.setPlainText("")
            wait(20)
            gc.collect()
            return self.of_plain.step(lambda: self.plain.setPlainText(text))

        def open_view(_round: int):
            self.desk.open_article("")
            wait(20)
            gc.collect()
            return self.of_view.step(lambda: self.desk.open_article(article_id))

        return {"plain": open_plain, "view": open_view}

    def scroll_cases(self, places: list[float]) -> dict:
        def to(widget, meter):
            def case(number: int):
                bar = widget.verticalScrollBar()
                value = round(places[number] * bar.maximum())
                return meter.step(lambda: bar.setValue(value))

            return case

        return {"plain": to(self.plain, self.of_plain), "view": to(self.view, self.of_view)}

    def page_cases(self) -> dict:
        for widget in (self.plain, self.view):
            widget.verticalScrollBar().setValue(widget.verticalScrollBar().maximum() // 2)
        wait(50)

        def page(widget, meter):
            def case(_number: int):
                bar = widget.verticalScrollBar()
                if bar.value() + bar.pageStep() > bar.maximum():
                    meter.step(lambda: bar.setValue(bar.maximum() // 5))
                return meter.step(lambda: bar.setValue(bar.value() + bar.pageStep()))

            return case

        return {"plain": page(self.plain, self.of_plain), "view": page(self.view, self.of_view)}

    def line_and_add_cases(self) -> dict:
        view = self.view

        def line(_number: int):
            bar = view.verticalScrollBar()
            return self.of_view.step(lambda: bar.setValue(bar.value() + bar.singleStep()))

        def add(number: int):
            at = view.sheet.position_at(view.sheet.columns.text + 60, 120.0 + 8 * number)
            # Never the same words twice: those are marked already, and nothing is painted.
            new, article_id = Span(at, at + 40 + 3 * number), self.desk.article_id
            return self.of_view.step(
                lambda: self.desk.run(add_mark, article_id, MarkKind.QUOTE, [new])
            )

        return {"line": line, "add": add, "commit": self.bare_commit}

    def bare_commit(self, number: int) -> Step:
        """Store one row as the project does: IMMEDIATE, write-ahead log, FULL sync."""
        if self._bare is None:
            path = self.desk.session.project.path.with_suffix(".bare")
            self._bare = sqlite3.connect(path, isolation_level=None)
            self._bare.execute("PRAGMA journal_mode=WAL")
            self._bare.execute("PRAGMA synchronous=FULL")
            self._bare.execute("CREATE TABLE mark (id TEXT PRIMARY KEY, words TEXT)")
        started, cpu = time.perf_counter(), time.thread_time()
        self._bare.execute("BEGIN IMMEDIATE")
        self._bare.execute("INSERT INTO mark VALUES (?, ?)", (f"{number:032x}", "x" * 200))
        self._bare.execute("COMMIT")
        spent = 1e3 * (time.thread_time() - cpu)
        wall = 1e3 * (time.perf_counter() - started)
        return Step(wall=wall, cpu=spent, settled_cpu=spent, late_paints=0)


def ratio(found: dict[str, Summary], ours: str = "view", floor: str = "plain") -> float:
    return found[ours].median / found[floor].median


def measure(length: int, count: int, *, quick: bool) -> list[dict]:
    text, rows = prose(length), spans(length, count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.annotator"
        places = list(zip(rows.starts, rows.ends, strict=True))
        article_id = marked_project.make(path, text, places)
        pair = Pair(path)
        try:
            return _measure(pair, text, article_id, length, count, quick=quick)
        finally:
            pair.close()


def _measure(
    pair: Pair, text: str, article_id: str, length: int, count: int, *, quick: bool
) -> list[dict]:
    rounds = 5 if quick else 9
    out = []

    def report(work: str, found: dict[str, Summary], ours: str, floor: str, bar: str) -> None:
        line = {
            "size": f"{length:,} / {count:,}",
            "work": work,
            "ms": round(found[ours].median, 2),
            "p95": round(found[ours].p95, 2),
            "floor_ms": round(found[floor].median, 2),
            "ratio": round(ratio(found, ours, floor), 2),
            "bar": bar,
            "calibration_ms": round(calibrate(), 2),
        }
        out.append(line)
        print(
            "{size:>22}  {work:<6} {ms:8.2f} ms (p95 {p95:8.2f})  floor {floor_ms:8.2f}"
            "  = {ratio:5.2f}x  bar {bar:<12} cal {calibration_ms}".format(**line),
            flush=True,
        )

    found = interleaved(pair.open_cases(text, article_id), rounds)
    report("open", found, "view", "plain", f"{OPEN_BARS[length]}x")
    if length < 100_000:
        return out
    dice = random.Random(7)
    number = 20 if quick else 50
    found = interleaved(pair.page_cases(), number)
    report("page", found, "view", "plain", "1.6x, 16 ms")
    places = [dice.random() for _ in range(number)]
    found = interleaved(pair.scroll_cases(places), number)
    report("jump", found, "view", "plain", "")
    found = interleaved(pair.line_and_add_cases(), 15)
    floor = 3 * found["line"].median + found["commit"].median
    found["floor"] = replace(found["line"], median=floor)
    report("add", found, "add", "floor", "1x of 3 lines + a commit")
    return out


def rows(*, quick: bool = False) -> list[Row]:
    """Return the view's lines of the results."""
    app = QApplication.instance() or QApplication([])
    out = []
    for length, count in SIZES[:3] if quick else SIZES:
        for line in measure(length, count, quick=quick):
            work = f"{line['work']}, {line['size']} marks"
            limits = {"open": OPEN_BARS[length], "page": 1.6, "add": 1.0}
            bar = limits.get(line["work"])
            slow = line["work"] == "page" and line["p95"] > PAGE_P95_MS
            out.append(
                Row(
                    work,
                    f"{line['ms']} ms (p95 {line['p95']})",
                    f"{line['floor_ms']} ms",
                    f"{line['ratio']}x",
                    line["bar"] or "-",
                    not slow and (bar is None or line["ratio"] <= bar),
                )
            )
    app.closeAllWindows()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no 10 MB")
    parser.add_argument("--json", action="store_true", help="one JSON line at the end")
    options = parser.parse_args()
    app = QApplication([])
    lines = []
    for length, count in SIZES[:3] if options.quick else SIZES:
        lines += measure(length, count, quick=options.quick)
    if options.json:
        print(json.dumps({"platform": app.platformName(), "lines": lines}))
    os._exit(0)


if __name__ == "__main__":
    main()

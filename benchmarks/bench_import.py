"""How fast files come in: the whole import against reading the files and raw ``sqlite3``.

usage: python benchmarks/bench_import.py [--quick]

CPU ms of this process and its workers. The floor reads the same files, decodes them and inserts
them with their digests and a full-text index (``bench_store``'s floor).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src"), str(HERE.parent / "tests")]

from bench_store import SEARCH_OPTIONS, _raw, folder, long_prose
from row import Row, limit_row, ratio_row

from annotator.app.commands.articles import article_from
from annotator.app.session import Session, new_uuid
from annotator.app.workflows import import_paths
from annotator.importers import read_bytes
from annotator.importers.kit.quick import read_plain
from annotator.importers.worker import load_file
from annotator.model.changes import ChangeSet, insert
from annotator.store import Project
from annotator.text.minhash import groups, near_pairs, signature


def make_files(place: Path, count: int) -> list[Path]:
    """Write plain dispatches of 3 KB: headline, dateline, eight paragraphs."""
    dice = random.Random(4)
    prose = long_prose()
    files: list[Path] = []
    for number in range(count):
        at = dice.randrange(len(prose) - 3_200)
        words = prose[at : at + 2_900]
        step = len(words) // 8
        body = "\n".join(words[i * step : (i + 1) * step].strip().capitalize() for i in range(8))
        path = place / f"{number:05}.txt"
        path.write_text(
            f"Titre de la dépêche numéro {number}\n\nNORPORT, 3 mars 2031 (AFP) - {body}.\n",
            encoding="utf-8",
        )
        files.append(path)
    return files


def _cpu_ms() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in both) * 1000


def _floor(files: list[Path], path: Path) -> float:
    start = _cpu_ms()
    connection = _raw(
        path,
        "CREATE TABLE article (nr INTEGER PRIMARY KEY, digest TEXT, name TEXT, body TEXT)",
        f"CREATE VIRTUAL TABLE search USING fts5({SEARCH_OPTIONS})",
    )
    rows = []
    for number, file in enumerate(files):
        data = file.read_bytes()
        rows.append((number, hashlib.sha256(data).hexdigest(), file.name, data.decode()))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO article VALUES (?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO search (rowid, headline, body, facets) VALUES (?, ?, ?, '')",
        [(number, name, body) for number, _digest, name, body in rows],
    )
    connection.execute("COMMIT")
    connection.close()
    return _cpu_ms() - start


def _ours(files: list[Path], path: Path) -> float:
    start = _cpu_ms()
    session = Session(Project.create(path))
    report = import_paths(session, files)
    session.close()
    assert len(report.added) == len(files), (len(report.added), len(report.refused))
    return _cpu_ms() - start


def text_rows(*, quick: bool = False) -> list[Row]:
    """Import plain text files, all of the way into a project."""
    count = 2_000 if quick else 10_000
    ours: list[float] = []
    floor: list[float] = []
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        files = make_files(Path(place), count)
        for run in range(3):
            floor.append(_floor(files, Path(place) / f"floor{run}.db"))
            ours.append(_ours(files, Path(place) / f"ours{run}.annotator"))
        parts = _parts(files, Path(place) / "parts.annotator")
        thousand = [
            _ours(files[run * 200 : run * 200 + 1_000], Path(place) / f"{run}.annotator")
            for run in range(3)
        ]
    work = f"import {count:,} text files of 3 KB into a project"
    raw = statistics.median(floor)
    return [
        ratio_row(work, ours, floor, 2.0, floor="reading and raw inserts"),
        *(
            Row(
                f"... of which {name}", f"{spent:.1f} ms", "-", f"{spent / raw:.2f}x", "-", met=True
            )
            for name, spent in parts.items()
        ),
        # A tenth of QualCoder's 3.3 CPU s.
        limit_row("import 1,000 text files of 3 KB into a project", thousand, 330),
    ]


def _parts(files: list[Path], path: Path) -> dict[str, float]:
    """Take the import of plain texts apart: what each step costs when it is done for all files."""
    marks = [_cpu_ms()]
    data = [load_file(file) for file in files]
    marks.append(_cpu_ms())
    read = [
        read_plain(one, file.name, charset=None, as_format=None)
        for one, file in zip(data, files, strict=True)
    ]
    marks.append(_cpu_ms())
    with Project.create(path) as project:
        now = "2031-03-14T08:00:00+00:00"
        made = [
            article_from(one, raw, article_id=new_uuid(), now=now)
            for one, raw in zip(read, data, strict=True)
        ]
        marks.append(_cpu_ms())
        for first in range(0, len(made), 2_000):
            articles, texts = zip(*made[first : first + 2_000], strict=True)
            project.commit(ChangeSet("import", tuple(map(insert, articles)), texts=texts))
        marks.append(_cpu_ms())
    names = (
        "reading the files",
        "decoding, furniture, headline, date, byline, language",
        "making records, digests, counting words",
        "storing: records, texts, word index, undo",
    )
    spent = [later - earlier for earlier, later in itertools.pairwise(marks)]
    return dict(zip(names, spent, strict=True))


def format_rows(*, quick: bool = False) -> list[Row]:
    """Read one file of each format in this process, the second time."""
    from helpers.articles import SEEDS

    rows: list[Row] = []
    for seed in SEEDS:
        read_bytes(seed.data, seed.name)
        spent: list[float] = []
        for _ in range(3 if quick else 9):
            start = time.process_time()
            read_bytes(seed.data, seed.name)
            spent.append((time.process_time() - start) * 1000)
        size = f"{len(seed.data) / 1024:.0f} KB"
        rows.append(limit_row(f"read {seed.format}/{seed.name}, {size}", spent, 250))
    return rows


def near_rows(*, quick: bool = False) -> list[Row]:
    """Find the versions of stories among generated articles with planted variants."""
    from helpers.wire import generate, score

    count = 2_000 if quick else 10_000
    texts, story = generate(count, seed=7)
    start = time.process_time()
    signatures = [signature(text) for text in texts]
    found = groups((one, other) for one, other, _ in near_pairs(signatures))
    spent = (time.process_time() - start) * 1000 / count
    recall, precision = score(found, story)
    return [
        limit_row(f"near-duplicates among {count:,} articles: ms an article", [spent], 3),
        Row("... recall", f"{recall:.4f}", "-", "-", ">= 0.95", recall >= 0.95),
        Row("... precision", f"{precision:.4f}", "-", "-", ">= 0.98", precision >= 0.98),
    ]


def gap_rows(*, quick: bool = False) -> list[Row]:
    """Import mixed files into an open window; see how long its event loop waits."""
    from window_import import window_rows

    return window_rows(make_files, quick=quick)


PARTS = (text_rows, near_rows, format_rows, gap_rows)


def rows(*, quick: bool = False) -> list[Row]:
    """Measure everything."""
    return [row for part in PARTS for row in part(quick=quick)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    for row in rows(quick=parser.parse_args().quick):
        print(row)

"""How fast the project file is, against raw ``sqlite3`` with the same pragmas.

usage: python benchmarks/bench_store.py [--quick]

CPU ms of this process unless a row says wall. The big projects (10,000 and 100,000 articles) are
made once through ``Project.commit`` and kept in the system's temporary folder.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from row import Row, limit_row, ratio_row

from annotator.model.annotations import Actor, Mention, Quote, Source, Stamp
from annotator.model.article import Article, ArticleText, DatePrecision, FuzzyDate
from annotator.model.changes import ChangeSet, NewText, insert
from annotator.model.span import Span
from annotator.store import ArticleQuery, Project
from annotator.store.connection import SETTINGS, WRITER_SETTINGS
from annotator.store.schema import SEARCH_OPTIONS, STATEMENTS
from annotator.text.anchors import make_anchor

MENTIONS = 10  # an article, in the big projects
ACTORS = 20_000
_SYLLABLES = """
ba be bi bo bu ca ce co da de di do fa fe fi ga go la le li lo ma me mi mo na ne ni no pa pe po ra
re ri ro sa se si so ta te ti to va ve vi
"""
_COMMON = "le la de des un une les et gouvernement président a dit que pour source selon"


@cache
def long_prose() -> str:
    """Return 12 MB of words: a 60,000-word Zipf vocabulary, French words, a name now and then."""
    dice = random.Random(3)
    syllables, french = _SYLLABLES.split(), _COMMON.split()
    words = ["".join(dice.choices(syllables, k=dice.randint(2, 5))) for _ in range(60_000)]
    weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(words))))
    rare = dice.choices(words, cum_weights=weights, k=1_000_000)
    common = dice.choices(french, [1 / (rank + 2) for rank in range(len(french))], k=1_000_000)
    both = [word for pair in zip(rare, common, strict=True) for word in pair]
    for _ in range(60):
        both[dice.randrange(len(both))] = "Amina Benali"
    return " ".join(both)


def made_id(dice: random.Random) -> str:
    """Return a UUID that is the same in each run."""
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def made_article(number: int, dice: random.Random) -> tuple[Article, NewText]:
    """Make an article of 3 KB with a date, an outlet and a word of its own."""
    prose = long_prose()
    start = (number * 2917) % (len(prose) - 3100)
    body = f"ref{number} Dépêche.\n" + prose[start : start + 3000]
    data = body.encode()
    digest = hashlib.sha256(data).hexdigest()
    day = f"20{10 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
    article = Article(
        made_id(dice),
        digest,
        len(body),
        headline=f"Article {number} {body[20:70]}",
        language="fr" if number % 3 else "en",
        outlet=f"Journal {number % 40}",
        published=FuzzyDate(day, DatePrecision.DAY),
        word_count=500,
        file_name=f"{number}.txt",
        imported_at="2031-03-14T08:00:00+00:00",
        reviewed=number % 50 == 0,
    )
    return article, NewText(ArticleText(digest, body, digest, "utf-8", "utf-8"), data)


def folder() -> Path:
    """Return where the big projects are kept; another schema is another folder."""
    schema = hashlib.sha256("".join(STATEMENTS.values()).encode()).hexdigest()[:10]
    path = Path(tempfile.gettempdir()) / f"annotator-bench-{schema}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def big_project(count: int) -> Path:
    """Return a project of so many articles with ten mentions each, making it the first time."""
    path = folder() / f"{count}-{MENTIONS}.annotator"
    if path.exists():
        return path
    print(f"making a project of {count} articles ...", file=sys.stderr, flush=True)
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    dice = random.Random(5)
    stamp = Stamp("bench", "2031-03-14T08:00:00+00:00", "2031-03-14T08:00:00+00:00")
    actors = [Actor(made_id(dice), f"Actor {n}", stamp=stamp) for n in range(ACTORS)]
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(ACTORS)))
    with Project.create(partial) as project:
        project.commit(ChangeSet("actors", tuple(map(insert, actors))))
        for first in range(0, count, 2500):
            made = [made_article(n, dice) for n in range(first, first + 2500)]
            articles, texts = zip(*made, strict=True)
            project.commit(ChangeSet("import", tuple(map(insert, articles)), texts=texts))
            marks = [
                Mention(
                    made_id(dice),
                    article.id,
                    (Span(i * 250, i * 250 + 14),),
                    make_anchor(text.text.text, (Span(i * 250, i * 250 + 14),)),
                    stamp,
                    actor.id,
                    i // 2,
                    i,
                )
                for article, text in made
                for i, actor in enumerate(dice.choices(actors, cum_weights=weights, k=MENTIONS))
            ]
            project.commit(ChangeSet("mark", tuple(map(insert, marks))))
    partial.rename(path)
    return path


def cpu_ms(work) -> float:
    """Return what a call costs this process."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


# Import


def _raw(path: Path, *statements: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in (*SETTINGS, "PRAGMA journal_mode = WAL", *WRITER_SETTINGS, *statements):
        connection.execute(statement)
    return connection


def _import_floor(path: Path, made) -> float:
    """Insert the same texts with plain executemany, index and digests included."""
    connection = _raw(
        path,
        "CREATE TABLE article (nr INTEGER PRIMARY KEY, id TEXT UNIQUE, digest TEXT, headline TEXT,"
        " language TEXT, outlet TEXT, published TEXT, body TEXT)",
        f"CREATE VIRTUAL TABLE search USING fts5({SEARCH_OPTIONS})",
    )

    def work():
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (n, a.id, a.text_digest, a.headline, a.language, a.outlet, a.published.value,
                 t.text.text)
                for n, (a, t) in enumerate(made)
            ],
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO search (rowid, headline, body, facets) VALUES (?, ?, ?, ?)",
            [(n, a.headline, t.text.text, "") for n, (a, t) in enumerate(made)],
        )
        connection.execute("COMMIT")

    spent = cpu_ms(work)
    connection.close()
    return spent


def _import_ours(path: Path, made) -> float:
    articles, texts = zip(*made, strict=True)
    changes = ChangeSet("import", tuple(map(insert, articles)), texts=texts)
    with Project.create(path) as project:
        return cpu_ms(lambda: project.commit(changes))


def import_rows(*, quick: bool = False) -> list[Row]:
    """Commit imported texts of 3 KB."""
    count = 2_000 if quick else 10_000
    dice = random.Random(1)
    made = [made_article(n, dice) for n in range(count)]
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(3 if quick else 5):
        with tempfile.TemporaryDirectory(dir=folder()) as place:
            floor.append(_import_floor(Path(place) / "floor.db", made))
            ours.append(_import_ours(Path(place) / "ours.annotator", made))
    work = f"commit {count:,} imported texts of 3 KB, digests and FTS"
    return [ratio_row(work, ours, floor, 1.5, floor="raw executemany")]


# Reading


def _open_article(project: Project, article_id: str) -> None:
    """Read all that the window shows of one article."""
    project.get(Article, article_id)
    project.text(article_id)
    project.spans(article_id)
    project.marks(article_id)
    project.find(Source, article_id=article_id)
    project.verify_article(article_id)


def open_rows(*, quick: bool = False) -> list[Row]:
    """Open random articles of a small and of a big project, by turns."""
    small, big = (1_000, 10_000) if quick else (10_000, 100_000)
    dice = random.Random(2)
    with Project.open(big_project(small)) as few, Project.open(big_project(big)) as many:
        ids = [
            [row.id for row in project.articles(ArticleQuery(limit=400, offset=500)).rows]
            for project in (few, many)
        ]
        ours: list[float] = []
        floor: list[float] = []
        for _ in range(9):
            picked = [dice.sample(known, 100) for known in ids]
            floor.append(cpu_ms(lambda p=picked[0]: [_open_article(few, one) for one in p]))
            ours.append(cpu_ms(lambda p=picked[1]: [_open_article(many, one) for one in p]))
    work = f"open 100 articles (text, marks, verified) in a project of {big:,}"
    return [ratio_row(work, ours, floor, 1.2, floor=f"of {small:,}")]


QUERIES: dict[str, ArticleQuery] = {
    "one rare word": ArticleQuery("ref777"),
    "a name": ArticleQuery('"Amina Benali"'),
    "a common word": ArticleQuery("gouvernement"),
    "prefix gouv*": ArticleQuery("gouv*"),
    "two words": ArticleQuery("gouvernement bade"),
    "a common phrase": ArticleQuery('"le niceto"'),
    "common, one outlet": ArticleQuery("gouvernement", outlet="Journal 7", language="fr"),
    "common, reviewed": ArticleQuery("gouvernement", reviewed=True),
    "common, one month": ArticleQuery("gouvernement", since="2015-06", until="2015-06"),
    "common, by headline": ArticleQuery("gouvernement", order="headline"),
    "common, by relevance": ArticleQuery("gouvernement", order="relevance"),
    "no words": ArticleQuery(),
    "no words, one outlet": ArticleQuery(outlet="Journal 7"),
    "no words, by headline": ArticleQuery(order="headline"),
}


def search_rows(*, quick: bool = False) -> list[Row]:
    """First pages of 50 of the library."""
    count = 10_000 if quick else 100_000
    rows: list[Row] = []
    with Project.open(big_project(count)) as project:
        for name, query in QUERIES.items():
            asked = ArticleQuery(
                **{f: getattr(query, f) for f in query.__dataclass_fields__} | {"limit": 50}
            )
            project.articles(asked)
            spent = [cpu_ms(lambda q=asked: project.articles(q)) for _ in range(9)]
            rows.append(limit_row(f"search {count:,} articles, first page: {name}", spent, 10))
    return rows


def span_rows(*, quick: bool = False) -> list[Row]:
    """Read the spans of one article with very many, against reading them as rows."""
    count = 10_000 if quick else 100_000
    body = long_prose()[: count * 100]
    digest = hashlib.sha256(body.encode()).hexdigest()
    article = Article("a", digest, len(body))
    text = NewText(ArticleText(digest, body, digest, "utf-8"), body.encode())
    dice = random.Random(4)
    starts = [dice.randrange(len(body) - 60) for _ in range(count)]
    marks = [
        Quote(made_id(dice), "a", (Span(s, s + 55),), make_anchor(body, (Span(s, s + 55),)))
        for s in starts
    ]
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        floor_file = _raw(
            Path(place) / "floor.db",
            "CREATE TABLE span (article INTEGER, start INTEGER, end INTEGER, kind INTEGER,"
            " mark TEXT, PRIMARY KEY (article, start, end, kind, mark)) WITHOUT ROWID",
        )
        floor_file.execute("BEGIN")
        floor_file.executemany(
            "INSERT INTO span VALUES (1, ?, ?, 0, ?)",
            sorted((s, s + 55, mark.id) for s, mark in zip(starts, marks, strict=True)),
        )
        floor_file.execute("COMMIT")

        def by_rows():
            found = floor_file.execute(
                "SELECT start, end, kind, mark FROM span WHERE article = 1 ORDER BY start, end"
            ).fetchall()
            return [list(column) for column in zip(*found, strict=True)]

        with Project.create(Path(place) / "p.annotator") as project:
            project.commit(ChangeSet("import", (insert(article),), texts=(text,)))
            project.commit(ChangeSet("mark", tuple(map(insert, marks))))
            assert project.spans("a").starts == by_rows()[0]
            ours: list[float] = []
            floor: list[float] = []
            for _ in range(7):
                floor.append(cpu_ms(by_rows))
                ours.append(cpu_ms(lambda: project.spans("a")))
            verified = [cpu_ms(lambda: project.verify_article("a")) for _ in range(3)]
            loaded = [cpu_ms(lambda: project.marks("a")) for _ in range(3)]
        floor_file.close()
    return [
        ratio_row(f"read {count:,} spans into lists", ours, floor, 0.5, floor="row by row"),
        limit_row(f"verify {count:,} marks of an article", verified, 1000),
        limit_row(f"load {count:,} marks as records", loaded, 3000),
    ]


def place_rows(*, quick: bool = False) -> list[Row]:
    """Read all mentions of the big project into numpy, against reading them as rows."""
    import numpy as np

    count = 10_000 if quick else 100_000
    path = big_project(count)
    with tempfile.TemporaryDirectory(dir=folder()) as place, Project.open(path) as project:
        found = project.mention_places()
        floor_file = _raw(
            Path(place) / "floor.db",
            "CREATE TABLE place (article INTEGER, nr INTEGER, actor INTEGER, paragraph INTEGER,"
            " sentence INTEGER, PRIMARY KEY (article, nr)) WITHOUT ROWID",
        )
        floor_file.execute("BEGIN")
        columns = (found.article, range(len(found.actor)), found.actor, found.paragraph)
        floor_file.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?)",
            zip(*(map(int, c) for c in (*columns, found.sentence)), strict=True),
        )
        floor_file.execute("COMMIT")

        def by_rows():
            sql = "SELECT actor, article, paragraph, sentence FROM place"
            flat = itertools.chain.from_iterable(floor_file.execute(sql))
            return np.fromiter(flat, np.int32).reshape(-1, 4)

        assert len(by_rows()) == len(found.actor)
        ours: list[float] = []
        floor: list[float] = []
        for _ in range(3):
            floor.append(cpu_ms(by_rows))
            ours.append(cpu_ms(project.mention_places))
        floor_file.close()
    work = f"read {len(found.actor):,} mention places into numpy"
    return [ratio_row(work, ours, floor, 0.5, floor="row by row")]


# Small things


def commit_rows(*, quick: bool = False) -> list[Row]:
    """Add one mark to an article of the big project, against one bare commit of one row."""
    count = 10_000 if quick else 100_000
    ours: list[float] = []
    floor: list[float] = []
    wall: list[float] = []
    path = folder() / "written.annotator"
    for leftover in folder().glob("written.annotator*"):
        leftover.unlink()
    shutil.copyfile(big_project(count), path)
    with tempfile.TemporaryDirectory(dir=folder()) as place, Project.open(path) as project:
        bare = _raw(Path(place) / "floor.db", "CREATE TABLE mark (id TEXT PRIMARY KEY, spans TEXT)")
        article_id = project.articles(ArticleQuery(limit=1, offset=700)).rows[0].id
        body = project.text(article_id).text
        for n in range(60):
            span = (Span(n * 30, n * 30 + 20),)
            mark = Quote(str(uuid.uuid4()), article_id, span, make_anchor(body, span))
            floor.append(
                cpu_ms(lambda m=mark: bare.execute("INSERT INTO mark VALUES (?, '[1,2]')", (m.id,)))
            )
            start = time.perf_counter()
            changes = ChangeSet("mark", (insert(mark),))
            ours.append(cpu_ms(lambda c=changes: project.commit(c)))
            wall.append((time.perf_counter() - start) * 1000)
        bare.close()
    path.unlink()
    extra = statistics.median(ours) - statistics.median(floor)
    work = "add one mark, committed with FULL sync: CPU beyond a bare commit"
    return [
        limit_row(work, [extra], 3),
        limit_row("add one mark, committed with FULL sync: wall", wall, 50),
    ]


def start_rows(*, quick: bool = False) -> list[Row]:
    """Open the project itself."""
    path = big_project(10_000 if quick else 100_000)

    def work():
        Project.open(path).close()

    work()
    return [limit_row("open the project file", [cpu_ms(work) for _ in range(9)], 10)]


PARTS = (import_rows, open_rows, search_rows, span_rows, place_rows, commit_rows, start_rows)


def rows(*, quick: bool = False) -> list[Row]:
    """Measure everything."""
    return [row for part in PARTS for row in part(quick=quick)]


def main() -> None:
    """Print what is measured, part by part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, smaller projects")
    parser.add_argument("parts", nargs="*", help="only these, such as search_rows")
    options = parser.parse_args()
    for part in PARTS:
        if not options.parts or part.__name__ in options.parts:
            for row in part(quick=options.quick):
                print(f"{row.work:75} {row.ours:22} {row.floor:30} {row.ratio:7} {row.bar:9}"
                      f" {'met' if row.met else 'NOT MET'}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()

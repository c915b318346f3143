"""How fast the sourcing is audited: one article as it is marked, a project from its lines, reports.

Run: ``python benchmarks/bench_audit.py``. The articles are invented.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from row import Row, limit_row

WORDS = (
    "Le ministère de l’Énergie a démenti mardi tout retard. Selon deux sources proches du dossier, "
    "la remise en eau n’interviendrait pas avant juillet. « Personne ne savait », a dit l’une d’elles "
    "sous couvert d’anonymat. Hydrolac n’a pas souhaité faire de commentaire.\n"
)
OUTLETS = [f"Outlet {n}" for n in range(40)]


def records(number: int, dice: random.Random, marks: int, actors: list, paragraphs: int = 6):
    """Return a text, its article and what hangs on it."""
    from annotator.model import annotations as a
    from annotator.model import vocabulary as v
    from annotator.model.article import Article, ArticleText, DatePrecision, FuzzyDate
    from annotator.model.changes import NewText
    from annotator.model.span import Span
    from annotator.text.anchors import make_anchor
    from annotator.text.canonical import digest

    text = f"Article {number}\n" + WORDS * paragraphs
    raw = text.encode()
    new = NewText(
        ArticleText(digest(text), text, hashlib.sha256(raw).hexdigest(), "utf-8", "utf-8"), raw
    )
    key = f"a{number:05}"
    article = Article(
        key,
        new.text.digest,
        len(text),
        headline=f"Article {number}",
        language="fr",
        outlet=dice.choice(OUTLETS),
        authors=(f"Author {dice.randrange(200)}",),
        section=f"Section {number % 12}",
        published=FuzzyDate(f"20{20 + number % 10}-{1 + number % 12:02}", DatePrecision.MONTH),
        word_count=len(text.split()),
    )
    kinds = [k for k in v.Identification if k is not v.Identification.UNKNOWN]
    sources = [
        a.Source(
            f"{key}s{n}",
            key,
            identification=dice.choice(kinds),
            affiliation_name=f"House {dice.randrange(300)}",
            stated_count=2,
        )
        for n in range(max(2, marks // 12))
    ]
    found: list[a.Mark] = []
    for n in range(marks):
        start = dice.randrange(12, len(text) - 60)
        spans = (Span(start, start + dice.randrange(6, 50)),)
        kind = (a.Quote, a.Claim, a.SourceMention, a.Cue, a.Mention, a.Claim)[n % 6]
        more = {}
        if kind is a.SourceMention:
            more = {"source_id": dice.choice(sources).id}
        elif kind is a.Mention:
            more = {"actor_id": dice.choice(actors).id, "paragraph": 1, "sentence": 1}
        found.append(kind(f"{key}m{n}", key, spans, make_anchor(text, spans), **more))
    contents = [m for m in found if isinstance(m, a.Quote | a.Claim)]
    links = [
        a.Attribution(f"{key}t{n}", key, m.id, dice.choice(sources).id)
        for n, m in enumerate(contents)
        if n % 3
    ]
    return new, [article, *sources, *found, *links]


def make(path: Path, articles: int, marks: int):
    """Write a project and return it, open."""
    from annotator.model.annotations import Actor
    from annotator.model.changes import ChangeSet, insert
    from annotator.store import Project

    dice = random.Random(1)
    project = Project.create(path)
    actors = [Actor(f"actor{n}", f"Actor {n}") for n in range(300)]
    project.commit(ChangeSet("import", tuple(map(insert, actors))))
    for first in range(0, articles, 500):
        texts, rows = [], []
        for number in range(first, min(articles, first + 500)):
            new, hanging = records(number, dice, marks, actors)
            texts.append(new)
            rows += hanging
        project.commit(ChangeSet("import", tuple(map(insert, rows)), texts=tuple(texts)))
    return project


def timed(work, times: int) -> list[float]:
    """Return the CPU time of each run, in ms: neighbours on the machine do not count."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append((time.process_time() - begun) * 1000)
    return found


def one_article(project) -> list[Row]:
    """Measure the audit of one article of 300 marks after a change."""
    from annotator.app.auditing import check_article
    from annotator.app.view_models import load_article
    from annotator.text.segments import Segments

    data = load_article(project, "a00000")
    assert data is not None
    segments = Segments(data.text, data.article.language)
    check_article(data, segments, "own")

    def again() -> None:
        vars(data).pop("sourcing", None)
        check_article(data, segments, "own")

    name = f"audit of an article of {len(data.marks)} marks, all rules"
    return [limit_row(name, timed(again, 40), 16)]


def panel(path: Path) -> list[Row]:
    """Measure the audit panel: a change, its audit, and the panel painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from annotator.app.session import Session
    from annotator.app.settings import Settings
    from annotator.gui.application import make_application
    from annotator.gui.desk import Desk
    from annotator.gui.panels.audit import AuditPanel
    from annotator.gui.qt_jobs import JobRunner
    from annotator.gui.theme import load_theme
    from annotator.store import Project

    make_application()
    session = Session(Project.open(path))
    theme = load_theme("light")
    desk = Desk(session, Settings(path.with_name("settings.json")), theme, JobRunner())
    desk.open_article("a00000")
    shown = AuditPanel(desk)
    shown.resize(372, 700)
    shown.show()
    shown.grab()

    def again() -> None:
        data = desk.data
        assert data is not None
        vars(data).pop("sourcing", None)
        shown.catch_up()
        shown.grab()

    cost = timed(again, 40)
    session.close()
    return [limit_row("audit panel of the same article, computed and painted", cost, 16)]


def whole_project(folder: Path, articles: int) -> list[Row]:
    """Measure the dashboard from kept lines, and after one change."""
    from annotator.app.board import fresh_lines, keep_audits, read_board
    from annotator.app.jobs import JobContext
    from annotator.app.ledger import Ledger
    from annotator.model.article import Article
    from annotator.model.changes import ChangeSet, update

    with make(folder / "many.annotator", articles, 18) as project:
        begun = time.process_time()
        keep_audits(project, fresh_lines(project, JobContext()).lines)
        first = (time.process_time() - begun) * 1000
        whole = timed(lambda: read_board(project, JobContext()), 7)

        ledger = Ledger()
        read_board(project, JobContext(), ledger=ledger)

        def change_and_read(number: int) -> None:
            found = read_board(project, JobContext(), ledger=ledger)
            keep_audits(project, found.fresh)
            assert len(found.fresh) == found.changed == 1, number

        changed: list[float] = []
        for number in range(5):
            before = project.get(Article, "a00001")
            assert before is not None
            after = replace(before, reviewed=not before.reviewed)
            project.commit(ChangeSet("reviewed", (update(before, after),)))
            changed += timed(lambda n=number: change_and_read(n), 1)
        return [
            Row(
                f"first count of {articles:,} articles of 18 marks, in the background",
                f"{first / articles:.1f} ms an article",
                "-",
                "-",
                "-",
                met=True,
            ),
            limit_row(f"dashboard of {articles:,} articles from kept lines", whole, 1000),
            limit_row("the same after a change in one article", changed, 200),
        ]


def reports(project, folder: Path, articles: int) -> list[Row]:
    """Measure reports as they are handed out: redacted, searched, written."""
    from annotator.app.handing_out import export

    def pdf() -> None:
        export(project, "pdf", folder / "one.pdf", article_ids=["a00001"], lang="fr", pack="own")

    cold = timed(pdf, 1)
    found = [
        limit_row("PDF of one article, first of the process", cold, 1000),
        limit_row("PDF of one article", timed(pdf, 5), 1000),
    ]
    for form in ("html", "xlsx", "pdf"):
        path = folder / f"corpus.{form}"
        cost = timed(
            lambda f=form, p=path: export(project, f, p, kind="corpus", lang="fr", pack="own"), 1
        )
        found.append(
            limit_row(f"corpus audit of {articles:,} articles, {form.upper()}", cost, 30_000)
        )
    return found


def rows(*, quick: bool = False) -> list[Row]:
    """Return the audit's lines of the results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with make(folder / "long.annotator", 1, 300) as project:
            found = one_article(project)
        found += panel(folder / "long.annotator")
        found += whole_project(folder, 1000 if quick else 10_000)
        several = 100 if quick else 1000
        with make(folder / "some.annotator", several, 18) as project:
            found += reports(project, folder, several)
    return found


if __name__ == "__main__":
    for row in rows(quick="--quick" in sys.argv):
        print(f"{row.work}: {row.ours} ({row.bar}) {'' if row.met else 'NOT MET'}")

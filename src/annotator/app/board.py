"""The sourcing of a whole project: one line an article is kept, the rest is sums of them.

``read_board`` is for a job with a reader of its own. It computes the audits that are missing and
hands them back, so that the one writer can keep them (``keep_audits``). Given the ledger of the
last time, it looks only at what changed since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.analysis.audit import DIMENSIONS, Totals
from annotator.analysis.audit_rows import STAMP, to_line
from annotator.analysis.rules import load_pack
from annotator.app.auditing import DEFAULT_PACK, check_article
from annotator.app.jobs import JobContext
from annotator.app.ledger import Group, Ledger, Named
from annotator.app.view_models import load_article
from annotator.model.annotations import Actor, Claim
from annotator.model.article import Article
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from annotator.app.view_models import ArticleData
    from annotator.store import Project


@dataclass(frozen=True, slots=True)
class Alone:
    """Name a claim that rests on one unnamed person."""

    claim_id: str
    words: str
    article_id: str
    headline: str


@dataclass(frozen=True, slots=True)
class Board:
    """Hold what the dashboard shows.

    ``groups`` by dimension (``DIMENSIONS``); ``unreviewed`` are articles with marks that nobody
    ticked, ``unmarked`` those without any mark. ``left_out`` are articles that tell a story again
    and are not counted. ``fresh`` are lines that are to be kept, ``changed`` how many articles had
    to be looked at.
    """

    sums: Totals = field(default_factory=Totals)
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict[str, tuple[Group, ...]])
    formulas: tuple[Named, ...] = ()
    only_unnamed: tuple[Named, ...] = ()
    quoted: tuple[Named, ...] = ()
    only_mentioned: tuple[Named, ...] = ()
    findings: tuple[Named, ...] = ()
    alone: tuple[Alone, ...] = ()
    reviewed: tuple[str, ...] = ()
    unreviewed: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    fresh: Mapping[str, str] = field(default_factory=dict[str, str], repr=False, compare=False)
    changed: int = field(default=0, compare=False)


def stamp() -> str:
    """Return what the lines are made with: the figures' version and the rules'."""
    pack = load_pack(DEFAULT_PACK)
    return f"{STAMP}/{pack.id}-{pack.version}"


def read_board(
    project: Project,
    context: JobContext,
    known: Mapping[str, str] | None = None,
    ledger: Ledger | None = None,
    *,
    once: bool = False,
) -> Board:
    """Return the figures of a project, those of changed articles computed anew.

    Args:
        project: the project, or a reader of its own in a job.
        context: the job's.
        known: lines by article id that are true and could not be kept (a project only to read).
        ledger: what was counted the last time; it is brought up to date. A new one by default.
        once: count each story once (``analysis.stories``).

    Raises:
        Cancelled: when the job was cancelled.
    """
    fresh = dict(known or {})
    fresh |= fresh_lines(project, context, without=fresh).lines
    context.check()
    rows = [
        row if row.line is not None else row._replace(line=fresh[row.article_id])
        for row in project.audits(stamp())
        if row.line is not None or row.article_id in fresh
    ]
    context.check()
    books = ledger if ledger is not None else Ledger()
    with books.lock:
        books.once = once
        changed = books.update(rows)
        return _board(project, books, fresh, changed)


@dataclass(frozen=True, slots=True)
class FreshLines:
    """Hold audits that were computed just now, by article id, and how many are still missing."""

    lines: Mapping[str, str]
    left: int = 0


def fresh_lines(
    project: Project,
    context: JobContext,
    *,
    most: int | None = None,
    without: Collection[str] = (),
) -> FreshLines:
    """Compute audits that are not kept.

    Args:
        project: the project, or a reader of its own in a job.
        context: the job's.
        most: how many at most, so that what is done can be kept before more is; all by default.
        without: ids of articles whose audits are known.

    Raises:
        Cancelled: when the job was cancelled.
    """
    ids = [i for i in project.audits_missing(stamp()) if i not in without]
    made: dict[str, str] = {}
    for number, article_id in enumerate(ids[:most]):
        context.check()
        context.progress(number, len(ids), "jobs.auditing")
        data = load_article(project, article_id)
        if data is not None:
            made[article_id] = _line(data)
    return FreshLines(made, max(0, len(ids) - len(made)))


def keep_audits(project: Project, lines: Mapping[str, str]) -> None:
    """Keep computed lines; those of articles that changed meanwhile must have been left out."""
    if lines and not project.read_only:
        project.keep_audits(stamp(), lines)


def wrong_audits(project: Project, context: JobContext | None = None) -> list[str]:
    """Return the ids of the articles whose kept audit is not what their records say (``check``).

    Raises:
        Cancelled: when the job was cancelled.
    """
    found: set[str] = set()
    job = context or JobContext()
    rows = [row for row in project.audits(stamp()) if row.line is not None]
    for number, row in enumerate(rows):
        job.progress(number, len(rows))
        data = load_article(project, row.article_id)
        if data is None or row.line != _line(data):
            found.add(row.article_id)
    if not found:
        return []
    # An article that changed meanwhile has another line now, or none.
    now = {row.article_id: row.line for row in project.audits(stamp())}
    same = (row.article_id for row in rows if now.get(row.article_id) == row.line)
    return [article_id for article_id in same if article_id in found]


def _line(data: ArticleData) -> str:
    # Where nothing is coded yet, that no source is named says nothing of the article.
    return to_line(check_article(data, pack=DEFAULT_PACK if data.marks else "").figures)


def _board(project: Project, books: Ledger, fresh: Mapping[str, str], changed: int) -> Board:
    """Say what is in the books."""
    facets = books.facets
    spoken, silent = facets["quoted"], facets["mentioned"]
    names = _actor_names(project, {*spoken, *silent})
    named = facets["named"]
    return Board(
        sums=books.totals.copied(),
        groups={name: books.groups(name) for name in DIMENSIONS},
        formulas=facets["formulas"].top(),
        only_unnamed=facets["unnamed"].top(
            but=(house for house in facets["unnamed"] if fold(house) in named)
        ),
        quoted=spoken.top(lambda actor: names.get(actor, "")),
        only_mentioned=silent.top(lambda actor: names.get(actor, ""), but=spoken),
        findings=facets["findings"].top(),
        alone=_alone(project, books.alone()),
        reviewed=facets["coverage"].ids("reviewed"),
        unreviewed=facets["coverage"].ids("unreviewed"),
        unmarked=facets["coverage"].ids("unmarked"),
        left_out=books.left_out,
        fresh=fresh,
        changed=changed,
    )


def _actor_names(project: Project, ids: Iterable[str]) -> dict[str, str]:
    wanted = set(ids)
    return {a.id: a.name for a in project.find(Actor) if a.id in wanted} if wanted else {}


def _alone(project: Project, places: list[tuple[str, str]]) -> tuple[Alone, ...]:
    """Return the claims that rest on one unnamed person, with their words."""
    if not places:
        return ()
    claims = {c.id: c for c in project.find(Claim, id=tuple(claim for claim, _ in places))}
    wanted = tuple({article for _, article in places})
    headlines = {a.id: a.headline for a in project.find(Article, id=wanted)}
    return tuple(
        Alone(claim, claims[claim].anchor.quotation, article, headlines.get(article, ""))
        for claim, article in places
        if claim in claims
    )

"""The sourcing of a whole project: one line an article is kept, the rest is sums of them.

``read_board`` is for a job with a reader of its own. It computes the audits that are missing and
hands them back, so that the one writer can keep them (``keep_audits``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.analysis.audit import DIMENSIONS, ArticleAudit, Sums, Totals, totals
from annotator.analysis.audit_rows import STAMP, from_lines, to_line
from annotator.analysis.rules import load_pack
from annotator.app.auditing import DEFAULT_PACK, check_article
from annotator.app.view_models import load_article
from annotator.model.annotations import Actor, Claim
from annotator.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from annotator.app.jobs import JobContext
    from annotator.app.view_models import ArticleData
    from annotator.store import Project

#: Most rows of a list that name single words, people or claims.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the articles of one outlet, author or month, and the sums of their figures."""

    key: str
    sums: Sums
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Name something that occurs in articles: a formula, an affiliation, an actor, a finding."""

    key: str
    words: str
    article_ids: tuple[str, ...]


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
    ticked, ``unmarked`` those without any mark. ``fresh`` are lines that are to be kept.
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
    fresh: Mapping[str, str] = field(default_factory=dict[str, str], repr=False, compare=False)


def stamp() -> str:
    """Return what the lines are made with: the figures' version and the rules'."""
    pack = load_pack(DEFAULT_PACK)
    return f"{STAMP}/{pack.id}-{pack.version}"


def read_board(
    project: Project, context: JobContext, known: Mapping[str, str] | None = None
) -> Board:
    """Return the figures of a project, those of changed articles computed anew.

    Args:
        project: the project, or a reader of its own in a job.
        context: the job's.
        known: lines by article id that are true and could not be kept (a project only to read).

    Raises:
        Cancelled: when the job was cancelled.
    """
    fresh = dict(known or {})
    fresh |= fresh_lines(project, context, without=fresh).lines
    context.check()
    heads = [(_head(article), line) for article, line in project.audits(stamp())]
    if fresh:
        here = {head.article_id for head, _ in heads}
        found = project.find(Article, id=tuple(fresh.keys() - here))
        heads += [(_head(article), fresh[article.id]) for article in found]
    context.check()
    # In one order whichever of them were kept already.
    heads.sort(key=lambda head: head[0].article_id)
    return board_of(project, from_lines(heads), fresh)


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


def wrong_audits(project: Project) -> list[str]:
    """Return the ids of the articles whose kept audit is not what their records say (``check``)."""
    found: list[str] = []
    for article, line in project.audits(stamp()):
        data = load_article(project, article.id)
        if data is None or line != _line(data):
            found.append(article.id)
    return found


def _line(data: ArticleData) -> str:
    # Where nothing is coded yet, that no source is named says nothing of the article.
    return to_line(check_article(data, pack=DEFAULT_PACK if data.marks else "").figures)


def _head(article: Article) -> ArticleAudit:
    published = article.published.value if article.published is not None else ""
    return ArticleAudit(
        article.id,
        article.outlet,
        article.agency,
        article.authors,
        article.section,
        published[:7] if len(published) >= len("2031-03") else "",
        reviewed=article.reviewed,
    )


def board_of(
    project: Project, audits: Sequence[ArticleAudit], fresh: Mapping[str, str] | None = None
) -> Board:
    """Return the sums of articles, by everything a project can be broken down by."""
    spoken, silent = _voices(audits)
    names = _actor_names(project, {*spoken, *silent})
    marked = [one for one in audits if one.by_hand + one.from_proposals]
    return Board(
        sums=totals(audits),
        groups={name: _groups(audits, keys) for name, keys in DIMENSIONS.items()},
        formulas=_ranked(_collected(audits, lambda one: {*one.formulas, *one.descriptions})),
        only_unnamed=_ranked(_hidden(audits)),
        quoted=_ranked(spoken, names),
        only_mentioned=_ranked(silent, names),
        findings=_ranked(_collected(audits, lambda one: one.findings)),
        alone=_alone(project, audits),
        reviewed=tuple(one.article_id for one in audits if one.reviewed),
        unreviewed=tuple(one.article_id for one in marked if not one.reviewed),
        unmarked=tuple(
            one.article_id
            for one in audits
            if not one.by_hand + one.from_proposals and not one.reviewed
        ),
        fresh=fresh or {},
    )


def _groups(
    audits: Iterable[ArticleAudit], keys: Callable[[ArticleAudit], Iterable[str]]
) -> tuple[Group, ...]:
    found: dict[str, tuple[Sums, list[str]]] = {}
    for one in audits:
        for key in keys(one):
            if key not in found:
                found[key] = (Sums(), [])
            sums, ids = found[key]
            sums.add(one)
            ids.append(one.article_id)
    groups = [Group(key, sums, tuple(ids)) for key, (sums, ids) in found.items()]
    return tuple(sorted(groups, key=lambda g: (not g.key, -g.sums.articles, g.key.casefold())))


def _collected(
    audits: Iterable[ArticleAudit], keys: Callable[[ArticleAudit], Iterable[str]]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in audits:
        for key in keys(one):
            found[key].append(one.article_id)
    return found


def _voices(
    audits: Sequence[ArticleAudit],
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the articles of actors who are quoted, and of those only ever mentioned."""
    spoken = _collected(audits, lambda one: one.quoted)
    mentioned = _collected(audits, lambda one: one.mentioned)
    return spoken, {actor: ids for actor, ids in mentioned.items() if actor not in spoken}


def _hidden(audits: Iterable[ArticleAudit]) -> dict[str, list[str]]:
    """Return the articles of affiliations of which nobody ever speaks with a name."""
    audits = list(audits)
    named = {house.casefold() for one in audits for house in one.named_houses}
    found = _collected(audits, lambda one: one.unnamed_houses)
    return {house: ids for house, ids in found.items() if house.casefold() not in named}


def _ranked(
    found: Mapping[str, Sequence[str]], names: Mapping[str, str] | None = None
) -> tuple[Named, ...]:
    rows = [
        Named(key, key if names is None else names.get(key, ""), tuple(ids))
        for key, ids in found.items()
    ]
    rows.sort(key=lambda row: (-len(row.article_ids), row.words.casefold()))
    return tuple(row for row in rows if row.words)[:_MOST]


def _actor_names(project: Project, ids: Iterable[str]) -> dict[str, str]:
    wanted = set(ids)
    return {a.id: a.name for a in project.find(Actor) if a.id in wanted} if wanted else {}


def _alone(project: Project, audits: Iterable[ArticleAudit]) -> tuple[Alone, ...]:
    """Return the claims that rest on one unnamed person, as many as anybody reads."""
    places = [(claim, one.article_id) for one in audits for claim in one.on_one_unnamed][:_MOST]
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

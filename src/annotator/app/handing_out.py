"""Collect a project's records for the exporters, compute the figures they show, hand out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import annotator
from annotator.exporters.base import (
    ArticleRecords,
    Basis,
    Dossier,
    Figures,
    Finding,
    Lazy,
    Range,
    Reason,
    Scope,
    VersionChange,
)
from annotator.exporters.base import Shares as ReportShares
from annotator.model.annotations import (
    Actor,
    Attribution,
    Mention,
    Note,
    Source,
    SourceRelation,
)
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.model.span import covered
from annotator.model.suggestion import Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from annotator.analysis.case import Case
    from annotator.analysis.distinct import DistinctRange
    from annotator.analysis.rules import Pack
    from annotator.analysis.shares import Shares
    from annotator.analysis.sourcing import Basis as SourcingBasis
    from annotator.app.comentions import GraphQuery
    from annotator.exporters.base import Exporter, FigureMaker, Redaction
    from annotator.exporters.canary import Hidden
    from annotator.exporters.graph import Graph
    from annotator.exporters.hand_out import HandedOut
    from annotator.store import Project

#: Actors and pairs in a graph file: more than any plot draws.
_MOST_IN_FILE = (200_000, 2_000_000)


def export(
    project: Project,
    format_id: str,
    out: Path,
    *,
    article_ids: Sequence[str] | None = None,
    level: Redaction | None = None,
    lang: str = "en",
    kind: str = "",
    coder: str = "",
    unit: str = "sentence",
    pack: str = "",
    once: bool = False,
    seed: bytes | None = None,
) -> HandedOut:
    """Write articles of a project to a file in one of the ``EXPORTERS`` formats.

    Args:
        project: the open project.
        format_id: an exporter's id.
        out: the file to write.
        article_ids: which articles; all of them by default.
        level: how much may leave; by default what the format says.
        lang: the language of a report.
        kind: which report; by default the usual one.
        coder: who answers for the marks; named in internal reports only.
        unit: in what co-mentions are counted.
        pack: the id of a house-rule pack to apply; empty: none.
        once: leave out the articles that tell a story again.
        seed: fixes aliases (for tests).

    Raises:
        UserError: ``export-format``, ``rule-pack-unknown``, ``article-unknown``,
            ``report-no-article`` and whatever keeps the file from being written.
    """
    from annotator.exporters import find
    from annotator.exporters.hand_out import hand_out

    exporter = find(format_id)
    dossier = collect(
        project,
        article_ids,
        exporter=exporter,
        lang=lang,
        kind=kind,
        coder=coder,
        unit=unit,
        pack=pack,
        once=once,
    )
    return hand_out(dossier, exporter, out, level=level, seed=seed, project_path=project.path)


@dataclass(frozen=True, slots=True)
class GraphHandedOut:
    """Say what a graph file holds and how large it is."""

    actors: int
    pairs: int
    size: int


def export_graph(
    project: Project,
    format_id: str,
    out: Path,
    query: GraphQuery,
    *,
    level: Redaction | None = None,
    seed: bytes | None = None,
) -> GraphHandedOut:
    """Write who is mentioned with whom, all of it that the query asks for.

    Raises:
        UserError: ``export-format`` and whatever keeps the file from being written.
    """
    from annotator.exporters import find
    from annotator.exporters.hand_out import hand_out

    exporter = find(format_id)
    dossier = collect(project, exporter=exporter, query=query)
    graph = cast("Graph", dossier.graph)
    done = hand_out(dossier, exporter, out, level=level, seed=seed, project_path=project.path)
    return GraphHandedOut(len(graph.nodes), len(graph.edges), done.size)


@dataclass(frozen=True, slots=True)
class Shown:
    """Say what a picture or a graph file may show.

    ``actors`` are by their id inside; ``hidden`` is what no byte of the file may hold.
    """

    level: Redaction
    actors: Mapping[str, Actor]
    hidden: frozenset[Hidden] = field(default=frozenset(), repr=False)


def may_show(project: Project, level: Redaction, *, seed: bytes | None = None) -> Shown:
    """Return what may be shown of a project's actors. Reads all its articles: for a job."""
    from annotator.exporters.hand_out import hidden_from
    from annotator.exporters.redact import public_actors

    dossier = collect(project)
    return Shown(
        level,
        public_actors(dossier, level, seed=seed),
        hidden_from(dossier, level, project.path),
    )


def write_shown(data: bytes, path: Path, shown: Shown) -> None:
    """Write a picture or a graph file that was made with the shown actors only.

    Raises:
        UserError: ``export-leak``, and what keeps a file from being written.
    """
    from annotator.exporters.hand_out import write_searched

    write_searched(data, path, shown.hidden)


def _graph(project: Project, query: GraphQuery | None, unit: str) -> Graph:
    from annotator.analysis.comention import Unit
    from annotator.app.comentions import GraphQuery, as_graph, read_graph

    query = query or GraphQuery(unit=Unit(unit))
    return as_graph(read_graph(project, query, most=_MOST_IN_FILE))


def collect(
    project: Project,
    article_ids: Sequence[str] | None = None,
    *,
    exporter: Exporter | None = None,
    lang: str = "en",
    kind: str = "",
    coder: str = "",
    unit: str = "sentence",
    pack: str = "",
    query: GraphQuery | None = None,
    once: bool = False,
) -> Dossier:
    """Gather what is to be handed out; articles are read when they are asked for.

    Raises:
        UserError: ``article-unknown`` if an id names no article.
    """
    if kind == "versions":
        ids = _versions(project, article_ids)
    else:
        ids = sorted(_known(project, article_ids))
    chosen = len(ids)
    if once and kind != "versions":
        from annotator.app.telling import repeated_articles

        repeated = repeated_articles(project)
        ids = [i for i in ids if i not in repeated]
    originals = exporter is not None and exporter.needs_originals
    is_graph = exporter is not None and exporter.scope is Scope.GRAPH
    actors = sorted(project.find(Actor), key=lambda a: a.id)
    notes = [n for n in project.find(Note) if n.article_id is None]
    return Dossier(
        articles=Lazy(len(ids), lambda i: read_records(project, ids[i], originals=originals)),
        actors=tuple(actors),
        notes=tuple(sorted(notes, key=lambda n: n.id)),
        project_name=project.name,
        lang=lang,
        made_on=datetime.now(UTC).date().isoformat(),
        version=annotator.__version__,
        coder=coder,
        figures=figure_maker(unit, pack, lang),
        changes=version_changes,
        kind=kind,
        graph=_graph(project, query, unit) if is_graph else None,
        left_out=chosen - len(ids),
    )


def _versions(project: Project, article_ids: Sequence[str] | None) -> list[str]:
    """Return the earlier and the later of two versions; one alone brings its previous one.

    Raises:
        UserError: ``report-two-versions`` if it is not clear which two are meant.
    """
    ids = _known(project, article_ids)
    found = {i: article for i in ids if (article := project.get(Article, i)) is not None}
    for article_id, article in found.items():
        if article.previous_id and (len(found) == 1 or article.previous_id in found):
            return [*_known(project, [article.previous_id]), article_id]
    if len(found) != 2:
        raise UserError("report-two-versions")
    return ids


def version_changes(
    earlier: ArticleRecords, later: ArticleRecords, actors: Sequence[Actor]
) -> tuple[VersionChange, ...]:
    """Compare the sourcing of two versions of an article."""
    from annotator.analysis.versions import compare

    return tuple(
        VersionChange(c.kind.value, c.before_id, c.after_id, c.before, c.after)
        for c in compare(_case(earlier, actors), _case(later, actors))
    )


def _known(project: Project, article_ids: Sequence[str] | None) -> list[str]:
    if article_ids is None:
        return [article.id for article in project.find(Article)]
    for article_id in article_ids:
        if project.get(Article, article_id) is None:
            raise UserError("article-unknown", article=article_id)
    return list(dict.fromkeys(article_ids))


def read_records(project: Project, article_id: str, *, originals: bool = False) -> ArticleRecords:
    """Read one article with everything that hangs on it.

    Raises:
        UserError: ``article-unknown`` if it is gone.
    """
    article = project.get(Article, article_id)
    if article is None:
        raise UserError("article-unknown", article=article_id)
    return ArticleRecords(
        article=article,
        text=project.text(article_id),
        marks=tuple(project.marks(article_id)),
        sources=tuple(project.find(Source, article_id=article_id)),
        relations=tuple(project.find(SourceRelation, article_id=article_id)),
        attributions=tuple(project.find(Attribution, article_id=article_id)),
        notes=tuple(project.find(Note, article_id=article_id)),
        suggestions=tuple(project.find(Suggestion, article_id=article_id)),
        original=project.original(article_id) if originals else b"",
    )


def figure_maker(unit: str = "sentence", pack: str = "", lang: str = "en") -> FigureMaker:
    """Return the function that computes an article's figures.

    Args:
        unit: in what co-mentions are counted.
        pack: the id of a house-rule pack to apply; empty: none.
        lang: the language of what the rules say.

    Raises:
        UserError: ``rule-pack-unknown``.
    """
    from annotator.analysis.rules import load_pack

    rules = load_pack(pack) if pack else None

    def make(records: ArticleRecords, actors: Sequence[Actor]) -> Figures:
        return figures(records, actors, unit, rules, lang)

    return make


def figures(
    records: ArticleRecords,
    actors: Sequence[Actor],
    unit: str = "sentence",
    pack: Pack | None = None,
    lang: str = "en",
) -> Figures:
    """Compute what a report shows of one article."""
    from annotator.analysis.shares import article_shares
    from annotator.text.segments import words

    case = _case(records, actors)
    sourcing = case.sourcing
    anonymous = {s.id for s in records.sources if s.identification.is_anonymous}
    unnamed = [i for i in sourcing.speaking if i in anonymous]
    shares = article_shares(sourcing, case.sentences, words(records.text.text))
    return Figures(
        bases={content.id: _basis(sourcing.basis(content.id)) for content in sourcing.contents},
        distinct=_range(sourcing.distinct),
        by_source=_shares(shares.by_source),
        by_sentence=_shares(shares.by_sentence),
        by_word=_shares(shares.by_word),
        unit=unit,
        comentions=_comentions(records, actors, unit),
        findings=() if pack is None else _findings(case, pack, records, lang),
        rule_pack="" if pack is None else f"{pack.title(lang)} {pack.version}",
        unnamed=_range(sourcing.range_of(unnamed)) if unnamed else None,
    )


def _case(records: ArticleRecords, actors: Sequence[Actor]) -> Case:
    from annotator.analysis.case import Case
    from annotator.analysis.sourcing import Records
    from annotator.text.segments import paragraphs, sentences

    text, language = records.text.text, records.article.language
    data = Records.of(records.marks, records.sources, records.relations, records.attributions, text)
    by_id = {actor.id: actor for actor in actors}
    cut = sentences(text, language)
    return Case(data, records.article, cut, paragraphs(text), by_id)


def _findings(case: Case, pack: Pack, records: ArticleRecords, lang: str) -> tuple[Finding, ...]:
    from annotator.analysis.rules import find

    return tuple(
        Finding(
            rule=found.rule.id,
            severity=found.severity.value,
            title=found.title(lang),
            wording=found.rule.words(lang),
            origin=found.rule.origin(lang),
            start=found.span.start if found.span else -1,
            end=found.span.end if found.span else -1,
            question=found.question(lang),
            accepted=found.accepted,
            check=found.rule.check,
        )
        for found in find(case, pack, notes=records.notes)
    )


def _basis(found: SourcingBasis) -> Basis:
    return Basis(
        found.state,
        found.supporters,
        found.deniers,
        found.refusers,
        _range(found.distinct),
        found.inherited_from,
    )


def _range(found: DistinctRange) -> Range:
    reasons = tuple(Reason(r.id, r.source_ids, r.count) for r in found.reasons)
    return Range(found.low, found.high, found.is_open, reasons)


def _shares(found: Shares) -> ReportShares:
    return ReportShares(found.named, found.by_office, found.unnamed, found.other)


def _comentions(
    records: ArticleRecords, actors: Sequence[Actor], unit: str
) -> tuple[tuple[str, str, int], ...]:
    """Count who is mentioned with whom, heaviest pair first."""
    import numpy as np

    from annotator.analysis.comention import PlaceColumns, Unit, count

    known = {actor.id: number for number, actor in enumerate(actors)}
    mask = records.article.mask
    rows = [
        (known[mark.actor_id], mark.paragraph, mark.sentence)
        for mark in records.marks
        if isinstance(mark, Mention) and mark.actor_id in known and not covered(mask, mark.spans[0])
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    places = PlaceColumns(
        table[:, 0],
        np.zeros(len(rows), dtype=np.int64),
        table[:, 1],
        table[:, 2],
        [actor.id for actor in actors],
    )
    found = count(places, Unit(unit))
    order: dict[int, int] = {}
    for actor, _, _ in rows:
        order.setdefault(actor, len(order))
    pairs = [
        (int(weight), *sorted((int(a), int(b)), key=order.__getitem__))
        for a, b, weight in zip(found.first, found.second, found.weight, strict=True)
    ]
    pairs.sort(key=lambda p: (-p[0], order[p[1]], order[p[2]]))
    return tuple((actors[a].id, actors[b].id, weight) for weight, a, b in pairs)

"""What the dashboard shows, as plain rows: bars to look at, cells to read, articles to open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.analysis.shares import Openness
from annotator.gui.dates import in_number, long_date, percent
from annotator.gui.models.rows import capital
from annotator.i18n import has, tr
from annotator.model.article import DatePrecision, FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.analysis.audit import Sums
    from annotator.analysis.shares import Shares
    from annotator.app.board import Board
    from annotator.app.ledger import Group, Named

#: By what a project is broken down, in the order of the tabs.
DIMENSIONS = ("outlet", "agency", "author", "section", "month")
MEASURES = ("source", "sentence", "word")
_KINDS = tuple(Openness)


@dataclass(frozen=True, slots=True)
class Line:
    """Be one bar and one row of the table.

    ``values`` has a number for each series, ``cells`` a text for each column and ``sorts`` what
    each column sorts by. ``article_ids`` are what the bar opens; ``claim`` is the one it is about.
    """

    label: str
    values: tuple[float, ...]
    cells: tuple[str, ...]
    sorts: tuple[float | str, ...]
    article_ids: tuple[str, ...]
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one tab. ``series`` are (name, colour key); ``is_share``: the bars are parts of 100 %.

    ``bars`` are drawn, ``lines`` stand in the table; for most tabs they are the same.
    """

    id: str
    series: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    bars: tuple[Line, ...]
    is_share: bool = False

    @property
    def title(self) -> str:
        """Return the name of the tab."""
        return title(self.id)


def section(section_id: str, board: Board, measure: str) -> Section:
    """Return one tab, counted by ``measure`` (source, sentence or word)."""
    if section_id in DIMENSIONS:
        return _breakdown(section_id, board.groups[section_id], measure)
    return _MAKERS[section_id](board)


def title(section_id: str) -> str:
    """Return the name of a tab."""
    return tr(f"dashboard.tab.{section_id}")


def headline(board: Board, measure: str) -> str:
    """Return the project in one line."""
    sums = board.sums
    articles = tr("dashboard.articles", count=sums.articles, number=in_number(sums.articles))
    if not sums.articles:
        return articles
    shares = _shares(sums, measure)
    parts = (
        articles,
        tr(f"dashboard.unnamed.{measure}", share=percent(shares.unnamed / shares.total))
        if shares.total
        else "",
        tr(
            "dashboard.alone",
            count=sums.on_one_unnamed,
            number=in_number(sums.on_one_unnamed),
            claims=in_number(sums.claims),
        ),
        tr("dashboard.reviewed", count=sums.reviewed, number=in_number(sums.reviewed)),
        tr(
            "dashboard.left_out",
            count=len(board.left_out),
            number=in_number(len(board.left_out)),
        )
        if board.left_out
        else "",
    )
    return " · ".join(part for part in parts if part)


def _shares(sums: Sums, measure: str) -> Shares:
    return getattr(sums.shares, f"by_{measure}")


def _breakdown(name: str, groups: Sequence[Group], measure: str) -> Section:
    """Return the shares of each outlet, author ..., the largest first; months in their order."""
    if name == "month":
        groups = sorted(groups, key=lambda g: g.key, reverse=True)
    lines = tuple(_group_line(name, group, measure) for group in groups)
    columns = ("articles", "distinct", "named", "by_office", "unnamed", "claims", "alone")
    return Section(
        name,
        tuple((tr(f"panels.audit.kind.{kind}"), kind.value) for kind in _KINDS),
        (tr(f"dashboard.tab.{name}"), *(tr(f"dashboard.column.{c}") for c in columns)),
        lines,
        tuple(line for line in lines if any(line.values)),
        is_share=True,
    )


def _group_line(name: str, group: Group, measure: str) -> Line:
    sums, shares = group.sums, _shares(group.sums, measure)
    label = group.key or tr("dashboard.none")
    if name == "month" and group.key:
        label = long_date(FuzzyDate(group.key, DatePrecision.MONTH))
    parts = [shares.part(kind) for kind in _KINDS]
    told = parts[:3] if shares.total else []
    average = (sums.low / sums.articles, sums.high / sums.articles) if sums.articles else (0, 0)
    cells = (
        label,
        in_number(sums.articles),
        "–".join(dict.fromkeys(in_number(value, 1) for value in average)),
        *(percent(part) for part in told),
        *("–" for _ in range(3 - len(told))),
        in_number(sums.claims),
        in_number(sums.on_one_unnamed),
    )
    first = group.key if name == "month" else label.casefold()
    sorts = (first, sums.articles, average[0], *parts[:3], sums.claims, sums.on_one_unnamed)
    return Line(label, tuple(parts), cells, sorts, group.article_ids)


def _counted(
    section: str, rows: Iterable[Named], colour: str, name: Callable[[str], str] = str
) -> Section:
    lines = tuple(_count_line(name(row.words), row.article_ids) for row in rows)
    columns = (tr(f"dashboard.tab.{section}"), tr("dashboard.column.articles"))
    series = ((tr("dashboard.column.articles"), colour),)
    return Section(section, series, columns, lines, lines)


def _count_line(words: str, ids: tuple[str, ...], before: int = 0, after: int = 0) -> Line:
    count = len(ids)
    values = (*(0.0 for _ in range(before)), float(count), *(0.0 for _ in range(after)))
    return Line(words, values, (words, in_number(count)), (words.casefold(), count), ids)


def _finding(check: str) -> str:
    title = f"rules.{check}.title"
    return capital(tr(title, name=tr("rules.somebody"))) if has(title) else check


def _voices(board: Board) -> Section:
    """Return who is quoted, and who is only ever spoken of."""
    both = [_count_line(row.words, row.article_ids, 0, 1) for row in board.quoted]
    both += [_count_line(row.words, row.article_ids, 1, 0) for row in board.only_mentioned]
    names = (tr("dashboard.quoted"), tr("dashboard.only_mentioned"))
    lines = tuple(
        Line(
            line.label,
            line.values,
            (*line.cells, names[0] if line.values[0] else names[1]),
            (*line.sorts, names[0] if line.values[0] else names[1]),
            line.article_ids,
        )
        for line in both
    )
    columns = tuple(tr(f"dashboard.column.{c}") for c in ("actor", "articles", "voice"))
    series = ((names[0], "quote"), (names[1], "actor"))
    few = len(board.quoted[:_HALF])
    bars = (*lines[:few], *lines[len(board.quoted) :][:_HALF])
    return Section("voices", series, columns, lines, bars)


_HALF = 14


def _alone(board: Board) -> Section:
    """Return the claims that rest on one unnamed person; the bars are of outlets."""
    lines = tuple(
        Line(
            one.words,
            (1.0,),
            (one.words, one.headline),
            (one.words.casefold(), one.headline.casefold()),
            (one.article_id,),
            one.claim_id,
        )
        for one in board.alone
    )
    groups = [g for g in board.groups["outlet"] if g.sums.on_one_unnamed]
    groups.sort(key=lambda g: -g.sums.on_one_unnamed)
    bars = tuple(
        Line(g.key or tr("dashboard.none"), (float(g.sums.on_one_unnamed),), (), (), g.article_ids)
        for g in groups
    )
    columns = (tr("dashboard.column.claim"), tr("dashboard.column.article"))
    return Section("alone", ((tr("dashboard.column.claims"), "unnamed"),), columns, lines, bars)


def _coverage(board: Board) -> Section:
    """Return what is coded, by whom, and what nobody has looked through."""
    sums = board.sums
    lines = [
        _count_line(tr(f"dashboard.coverage.{name}"), ids)
        for name, ids in (
            ("reviewed", board.reviewed),
            ("unreviewed", board.unreviewed),
            ("unmarked", board.unmarked),
        )
    ]
    marks = [
        Line(
            tr(f"dashboard.coverage.{name}"),
            (),
            (tr(f"dashboard.coverage.{name}"), in_number(count)),
            (name, count),
            (),
        )
        for name, count in (("by_hand", sums.by_hand), ("accepted", sums.from_proposals))
    ]
    columns = (tr("dashboard.tab.coverage"), tr("dashboard.column.number"))
    series = ((tr("dashboard.column.articles"), "claim"),)
    return Section("coverage", series, columns, (*lines, *marks), tuple(lines))


_MAKERS: dict[str, Callable[[Board], Section]] = {
    "formulas": lambda board: _counted("formulas", board.formulas, "unnamed"),
    "only_unnamed": lambda board: _counted("only_unnamed", board.only_unnamed, "unnamed"),
    "voices": _voices,
    "alone": _alone,
    "findings": lambda board: _counted("findings", board.findings, "accent", _finding),
    "coverage": _coverage,
}
#: The tabs, in their order.
SECTIONS = (*DIMENSIONS, *_MAKERS)

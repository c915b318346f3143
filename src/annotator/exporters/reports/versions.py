"""Version comparison: how the sourcing changed from one version of a dispatch to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.exporters.report import (
    Answer,
    Answers,
    Block,
    Cell,
    MarkedText,
    Paragraph,
    Report,
    Row,
    Run,
    RunMark,
    Stacks,
    Table,
)
from annotator.exporters.reports.index import Index
from annotator.exporters.reports.method import Readings, byline, foot
from annotator.exporters.reports.parts import columns, stacks
from annotator.exporters.words import (
    date_words,
    distinct_words,
    percent,
    quoted,
    range_words,
    shorten,
)
from annotator.i18n import term, tr
from annotator.model import vocabulary as v
from annotator.model.errors import UserError
from annotator.text.alignment import diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.base import Dossier, VersionChange

_LONGEST = 160
_ABOUT = 72
_KEYS = ("distinct", "states", "shares", "versions")
#: What an editor should look at first.
_WARN = frozenset({"unnamed", "source_dropped", "to_indicative", "content_added"})
_GOOD = frozenset({"named", "source_added"})


def build(dossier: Dossier) -> Report:
    """Build the comparison of the dossier's two articles, the earlier one first."""
    if len(dossier.articles) != 2:
        raise UserError("report-two-versions")
    first, second = (Index(dossier, records) for records in dossier.articles)
    lang = dossier.lang
    changes = dossier.changes(first.records, second.records, dossier.actors)
    blocks: list[Block] = [_answers(first, second)]
    if first.figures.by_sentence.total or second.figures.by_sentence.total:
        blocks.append(_shares(first, second))
    readings = Readings(dossier)
    for index in (first, second):
        readings.take(index)
    table = _table(first, second, changes)
    blocks += [table, _text(first, second), *readings.blocks(_KEYS)]
    return Report(
        kind="versions",
        lang=lang,
        level=dossier.level.value,
        kicker=tr("report.kind.versions", lang=lang),
        headline=second.article.headline or tr("report.untitled", lang=lang),
        byline=byline(second.article, lang),
        standfirst=tr("report.standfirst.versions", lang=lang, count=len(table.rows)),
        blocks=tuple(blocks),
        foot=foot(dossier),
        text_lang=second.article.language,
    )


def _answers(first: Index, second: Index) -> Answers:
    lang = first.lang

    def both(before: str, after: str) -> str:
        return after if before == after else tr("report.from_to", lang=lang, a=before, b=after)

    def unnamed(index: Index) -> str:
        shares = index.figures.by_sentence
        return percent(shares.unnamed, shares.total, lang)

    def single(index: Index) -> str:
        state = v.SourcingState.SINGLE_ANONYMOUS
        return str(sum(index.basis(c).state is state for c in index.claims))

    ranges = [range_words(index.figures.distinct, lang) for index in (first, second)]
    count = int(single(second))
    return Answers(
        "answers",
        (
            Answer(both(*ranges), distinct_words(second.figures.distinct, lang)),
            Answer(both(unnamed(first), unnamed(second)), tr("report.answer.unnamed", lang=lang)),
            Answer(
                both(single(first), single(second)),
                tr("report.answer.single", lang=lang, count=count),
            ),
        ),
    )


def _shares(first: Index, second: Index) -> Stacks:
    lang = first.lang
    rows = [
        (_version_name(index, key), index.figures.by_sentence)
        for key, index in (("before", first), ("after", second))
    ]
    return stacks(rows, lang, "version_shares", intro=tr("report.version_shares.intro", lang=lang))


def _version_name(index: Index, key: str) -> str:
    name = tr(f"report.version.{key}", lang=index.lang)
    when = date_words(index.article.updated or index.article.published, index.lang)
    return f"{name} · {when}" if when else name


def _table(first: Index, second: Index, changes: Sequence[VersionChange]) -> Table:
    """Show the changes, those to look at first on top; a quote and its claim change as one."""
    lang = first.lang
    shown = [_cells(first, second, change) for change in changes]
    order = {tone: n for n, tone in enumerate(("warn", "good"))}
    cells = sorted(dict.fromkeys(shown), key=lambda row: order.get(row[0].tone, len(order)))
    rows = tuple(Row(f"change-{n}", row) for n, row in enumerate(cells))
    return Table(
        "changes",
        tr("report.changes", lang=lang),
        columns(lang, ("change", 1.7, "text"), ("before", 3.0, "quote"), ("after", 3.0, "quote")),
        rows,
        empty=tr("report.changes.empty", lang=lang),
    )


def _cells(first: Index, second: Index, change: VersionChange) -> tuple[Cell, ...]:
    lang = first.lang
    before, after = _shown(change, change.before, lang), _shown(change, change.after, lang)
    about = ""
    if change.kind == "distinct":
        before, after = (range_words(i.figures.distinct, lang) for i in (first, second))
    if change.kind == "state" and (mark := second.marks.get(change.after_id)) is not None:
        about = second.quoted(second.words(mark), _ABOUT)
    name = tr(f"report.change.{change.kind}", lang=lang)
    return Cell(name, about, _tone(change)), Cell(before), Cell(after)


def _tone(change: VersionChange) -> str:
    if change.kind in _WARN:
        return "warn"
    return "good" if change.kind in _GOOD else "quiet"


def _shown(change: VersionChange, words: str, lang: str) -> str:
    if change.kind == "state" and words:
        return term(v.SourcingState(words), lang=lang)
    return quoted(shorten(words, _LONGEST), lang) if words else ""


def _text(first: Index, second: Index) -> MarkedText:
    """Show the new text with what came and what went."""
    lang = first.lang
    paragraphs: list[Paragraph] = []
    runs: list[Run] = []
    for run in _runs(first.text, second.text):
        if run.text != "\n":
            runs.append(run)
            continue
        if runs:
            paragraphs.append(Paragraph(len(paragraphs) + 1, "body", tuple(runs)))
        runs = []
    if runs:
        paragraphs.append(Paragraph(len(paragraphs) + 1, "body", tuple(runs)))
    legend = tuple((s, tr(f"report.style.{s}", lang=lang)) for s in ("added", "removed"))
    title = tr("report.diff", lang=lang)
    return MarkedText("text", title, tuple(paragraphs), legend, second.article.language)


def _runs(old: str, new: str) -> Iterator[Run]:
    """Yield the pieces of both texts; a line end is a piece of its own."""
    for number, (same, removed, added) in enumerate(_whole_lines(_whole_words(old, new))):
        for style, words in (("", same), ("removed", removed), ("added", added)):
            marks = (RunMark(f"{style}-{number}", style),) if style else ()
            for place, line in enumerate(words.split("\n")):
                if place:
                    yield Run("\n")
                if line:
                    yield Run(line, marks)


def _whole_words(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return ``(same, removed, added)`` in order, no word cut where only a part of it changed."""
    pieces: list[tuple[str, str, str]] = []
    for piece in diff(old, new):
        before = "" if piece.old is None else piece.old.slice(old)
        after = "" if piece.new is None else piece.new.slice(new)
        if piece.kind == "same":
            pieces.append(_glued(pieces, after))
        else:
            same, _, _ = pieces.pop() if pieces and not any(pieces[-1][1:]) else ("", "", "")
            tail = _TAIL.search(same) if _HEAD.match(before) or _HEAD.match(after) else None
            part = tail.group() if tail else ""
            kept = same[: len(same) - len(part)]
            pieces.append((kept, part + before, part + after))
    return pieces


def _whole_lines(pieces: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Move a change of whole lines to where the lines begin, apart from a change inside a line.

    "Yes[.¶No|, she said]." becomes "Yes[|, she said].¶[No.¶|]".
    """
    begun = 0
    for number, (same, removed, added) in enumerate(pieces):
        following = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        longer, shorter = (removed, added) if "\n" in removed else (added, removed)
        way = 0 if "\n" in shorter or longer.endswith("\n") else _way(longer, following)
        if not way:
            yield same[begun:], removed, added
        else:
            lines = longer[way:] + longer[:way]
            went = longer is removed
            yield same[begun:], "" if went else removed, added if went else ""
            yield longer[:way], lines if went else "", "" if went else lines
        begun = way


def _way(change: str, following: str) -> int:
    """Return how far to the right a change reads the same and ends with a line; 0 if nowhere."""
    for at, character in enumerate(change):
        if not following.startswith(change[: at + 1]):
            return 0
        if character == "\n":
            return at + 1
    return 0


def _glued(pieces: list[tuple[str, str, str]], same: str) -> tuple[str, str, str]:
    """Give the rest of a word that was changed to the change; return what stays the same."""
    if not pieces:
        return same, "", ""
    kept, removed, added = pieces[-1]
    head = _HEAD.match(same) if _TAIL.search(removed) or _TAIL.search(added) else None
    part = head.group() if head else ""
    pieces[-1] = (kept, removed + part, added + part)
    return same[len(part) :], "", ""


_HEAD = re.compile(r"\w+")
_TAIL = re.compile(r"\w+\Z")

"""Verify everything that can be verified in a project file, and say what is not as it should be."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator import i18n
from annotator.model.changes import TABLES
from annotator.model.errors import AnnotatorError
from annotator.store import journal, texts
from annotator.store.check_derived import check_articles, check_search
from annotator.store.codec import codec_for
from annotator.store.connection import Connection
from annotator.store.opening import foreign_parts
from annotator.store.unplaced import MARK_TABLES

if TYPE_CHECKING:
    from pathlib import Path

#: ``(done, total, message_id)``; it may raise to stop the check.
Progress = Callable[[int, int, str], None]

#: Of one kind of problem, more than this are only counted.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Name one thing that is not as it should be: a sentence of the ``store`` catalogue."""

    message_id: str
    values: dict[str, object] = field(default_factory=dict[str, object])

    def __str__(self) -> str:
        return i18n.tr(f"store.problem-{self.message_id}", lang=None, **self.values)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Hold what a check found, and how much it looked at."""

    problems: list[Problem]
    texts: int = 0
    articles: int = 0
    marks: int = 0
    steps: int = 0

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.problems


class Findings:
    """Gather problems; many of one kind become a few and a number."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, message_id: str, **values: object) -> None:
        """Note a problem."""
        self._counts[message_id] += 1
        if self._counts[message_id] <= _SHOWN:
            self._problems.append(Problem(message_id, values))

    def problems(self) -> list[Problem]:
        """Return what was found, the numbers of what is not shown at the end."""
        hidden = sum(max(0, count - _SHOWN) for count in self._counts.values())
        more = [Problem("more", {"count": hidden})] if hidden else []
        return self._problems + more


def _no_progress(done: int, total: int, message_id: str) -> None:
    """Show progress to nobody."""


class _Steps:
    """Count the steps of a check for the person who waits."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def step(self) -> None:
        """Tell that one more thing is done (not each: telling costs, too)."""
        self._done += 1
        if self._done % 100 == 0 or self._done == self._total:
            self._progress(self._done, self._total, "")


def check(path: Path, progress: Progress | None = None) -> CheckReport:
    """Verify a project on a connection of its own; the file may be open elsewhere.

    Args:
        path: the project file.
        progress: hears how far it is, and may raise to stop.
    """
    findings = Findings()
    with closing(Connection(path, read_only=True)) as connection:
        connection.run("BEGIN")  # one state of the file, whatever is written meanwhile
        counts = {name: _count(connection, name) for name in ("text", "article", "journal")}
        steps = _Steps(progress or _no_progress, sum(counts.values()))
        _check_file(connection, findings)
        _check_texts(connection, findings, steps)
        _check_rows(connection, findings)
        check_articles(connection, findings, steps.step)
        check_search(connection, findings)
        _check_journal(connection, findings, steps)
        marks = sum(_count(connection, table) for table in MARK_TABLES)
    return CheckReport(
        findings.problems(), counts["text"], counts["article"], marks, counts["journal"]
    )


def _count(connection: Connection, table: str) -> int:
    return connection.value(f"SELECT count(*) FROM {table}")  # noqa: S608 names of our tables


def _check_file(connection: Connection, findings: Findings) -> None:
    for (line,) in connection.rows(f"PRAGMA integrity_check({_SHOWN})"):
        if line != "ok":
            findings.add("pages", detail=line)
    for table, _, parent, _ in connection.rows("PRAGMA foreign_key_check"):
        findings.add("reference", table=table, parent=parent)
    for what, name in foreign_parts(connection):
        findings.add(f"part-{what}", name=name)


def _check_texts(connection: Connection, findings: Findings, steps: _Steps) -> None:
    for (digest,) in connection.rows("SELECT digest FROM text ORDER BY nr"):
        steps.step()
        try:
            text = texts.text_by_digest(connection, digest)
            original = texts.original_of(connection, digest)
        except AnnotatorError:
            findings.add("text", digest=digest[:12])
            continue
        if text is None or hashlib.sha256(text.text.encode()).hexdigest() != digest:
            findings.add("text", digest=digest[:12])
        elif original is None or hashlib.sha256(original).hexdigest() != text.original_digest:
            findings.add("original", digest=digest[:12])


def _check_rows(connection: Connection, findings: Findings) -> None:
    """Read every record that ``check_articles`` does not read."""
    for table in TABLES:
        if table in MARK_TABLES:
            continue
        codec = codec_for(table)
        for row in connection.rows(codec.select):
            try:
                codec.decode(row[1:])
            except AnnotatorError:
                findings.add("row", table=table, id=str(row[1]))


def _check_journal(connection: Connection, findings: Findings, steps: _Steps) -> None:
    for (step,) in connection.rows("SELECT nr FROM journal ORDER BY nr"):
        steps.step()
        try:
            for entry in journal.read(connection, step):
                codec = codec_for(entry.table)
                for side in (entry.before, entry.after):
                    if side is not None:
                        codec.decode(side[1:])
        except AnnotatorError:
            findings.add("step", step=step)

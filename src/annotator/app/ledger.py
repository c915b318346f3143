"""The books of a project: what each article adds to the sums, so that it can be taken away again.

A change in one article costs that article's figures, not all of them: its old share is subtracted
and its new one added. What comes out is the same as counting from nothing (a property test).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from heapq import nsmallest
from threading import Lock
from typing import TYPE_CHECKING, Any

from annotator.analysis.audit import DIMENSIONS, ArticleAudit, Sums, Totals
from annotator.analysis.audit_rows import from_lines
from annotator.analysis.stories import Teller, repeats
from annotator.model.article import StoryKind
from annotator.store.codec import no_collection
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from annotator.store.audits import AuditRow

#: Most rows of a list that names single words, people or claims.
MOST = 200
_MONTH = len("2031-03")


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


#: By what articles are looked up, beside the dimensions; each article is under several keys.
_FACETS: Mapping[str, Callable[[ArticleAudit], Iterable[str]]] = {
    "formulas": lambda one: {*one.formulas, *one.descriptions},
    "findings": lambda one: one.findings,
    "quoted": lambda one: one.quoted,
    "mentioned": lambda one: one.mentioned,
    "named": lambda one: {fold(house) for house in one.named_houses},
    "unnamed": lambda one: one.unnamed_houses,
    "coverage": lambda one: (coverage(one),),
    "alone": lambda one: ("",) if one.on_one_unnamed else (),
}


def coverage(one: ArticleAudit) -> str:
    """Return how far an article is coded: ``reviewed``, ``unreviewed`` or ``unmarked``."""
    if one.reviewed:
        return "reviewed"
    return "unreviewed" if one.by_hand + one.from_proposals else "unmarked"


def teller_of(row: AuditRow, coded: int) -> Teller:
    """Return an article as far as it tells a story; ``coded`` as in ``Teller``."""
    return Teller(
        row.article_id,
        row.previous_id,
        tuple(r.article_id for r in row.related if r.kind is StoryKind.SAME),
        coded,
        row.published.value if row.published is not None else "",
    )


class _Index:
    """Keep the articles of each key, sorted by id; a key without any is gone."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {}
        self._told: dict[str, tuple[str, ...]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._ids

    def put(self, key: str, article_id: str, *, times: int) -> None:
        """Add an article under a key, or take it away."""
        self._told.pop(key, None)
        ids = self._ids.setdefault(key, [])
        if times > 0:
            insort(ids, article_id)
            return
        del ids[bisect_left(ids, article_id)]
        if not ids:
            del self._ids[key]

    def ids(self, key: str) -> tuple[str, ...]:
        """Return the articles of a key."""
        if key not in self._told:
            self._told[key] = tuple(self._ids.get(key, ()))
        return self._told[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def top(self, words: Callable[[str], str] = str, but: Iterable[str] = ()) -> tuple[Named, ...]:
        """Return the keys with the most articles; those without words are passed over."""
        left_out = set(but)
        rows = (
            (-len(ids), said.casefold(), key)
            for key, ids in self._ids.items()
            if key not in left_out and (said := words(key))
        )
        return tuple(Named(key, words(key), self.ids(key)) for _, _, key in nsmallest(MOST, rows))


@dataclass(slots=True)
class _Part:
    """Be one outlet, author, month: its sums, its articles, and both as they were last told."""

    sums: Sums = field(default_factory=Sums)
    told: Group | None = None


class Ledger:
    """Hold what every article adds, and all sums. One user at a time: ``lock``.

    ``once``: each story counts once (``analysis.stories``), from the next ``update`` on;
    ``left_out`` are the articles that tell one again.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.once = False
        self._settled: bool | None = None
        self.left_out: tuple[str, ...] = ()
        self.totals = Totals()
        self.facets = {name: _Index() for name in _FACETS}
        self._rows: dict[str, AuditRow] = {}
        self._audits: dict[str, ArticleAudit] = {}
        self._counted: set[str] = set()
        self._parts: dict[str, dict[str, _Part]] = {name: {} for name in DIMENSIONS}
        self._places: dict[str, _Index] = {name: _Index() for name in DIMENSIONS}

    def update(self, rows: Iterable[AuditRow]) -> int:
        """Take the articles as they are now; return how many differ from what was known.

        Args:
            rows: every article with its line.
        """
        now = {row.article_id: row for row in rows}
        # The row of an article that did not change is another object of the same words.
        changed = [row for i, row in now.items() if self._rows.get(i) != row]
        gone = [i for i in self._rows if i not in now]
        with no_collection(len(changed)):
            fresh = from_lines([(_head(row), row.line or "") for row in changed])
            for article_id in (*gone, *(row.article_id for row in changed)):
                self._count(article_id, times=-1)
                self._audits.pop(article_id, None)
            self._audits |= {one.article_id: one for one in fresh}
            self._rows = now
            if changed or gone or self.once is not self._settled:
                self._settle()
        return len(changed) + len(gone)

    def _settle(self) -> None:
        """Count what is to be counted and is not, and no longer what is not to be."""
        left_out = self._repeats() if self.once else frozenset[str]()
        for article_id in self._counted & left_out:
            self._count(article_id, times=-1)
        for article_id in sorted(self._rows.keys() - left_out - self._counted):
            self._count(article_id, times=1)
        self.left_out = tuple(sorted(left_out))
        self._settled = self.once

    def _repeats(self) -> frozenset[str]:
        return repeats(
            teller_of(row, _CODED[coverage(self._audits[row.article_id])])
            for row in self._rows.values()
        )

    def _count(self, article_id: str, *, times: int) -> None:
        """Add what an article adds, or take it away."""
        if (article_id in self._counted) == (times > 0):
            return
        one = self._audits[article_id]
        (self._counted.add if times > 0 else self._counted.discard)(article_id)
        self.totals.add(one, times=times)
        for name, keys in DIMENSIONS.items():
            parts, places = self._parts[name], self._places[name]
            for key in keys(one):
                part = parts.setdefault(key, _Part())
                part.sums.add(one, times=times)
                part.told = None
                places.put(key, article_id, times=times)
                if key not in places:
                    del parts[key]
        for name, keys in _FACETS.items():
            for key in keys(one):
                self.facets[name].put(key, article_id, times=times)

    # -- telling ------------------------------------------------------------------------------

    def groups(self, name: str) -> tuple[Group, ...]:
        """Return the outlets, authors ..., those with the most articles first."""
        places = self._places[name]
        found: list[Group] = []
        for key, part in self._parts[name].items():
            if part.told is None:
                part.told = Group(key, part.sums.copied(), places.ids(key))
            found.append(part.told)
        found.sort(key=lambda g: (not g.key, -g.sums.articles, g.key.casefold(), g.key))
        return tuple(found)

    def alone(self) -> list[tuple[str, str]]:
        """Return claims that rest on one unnamed person with their articles, up to ``MOST``."""
        found: list[tuple[str, str]] = []
        for article_id in self.facets["alone"].ids(""):
            found += [(claim, article_id) for claim in self._audits[article_id].on_one_unnamed]
            if len(found) >= MOST:
                break
        return found[:MOST]


_CODED = {"unmarked": 0, "unreviewed": 1, "reviewed": 2}


def _head(row: AuditRow) -> ArticleAudit:
    """Return what an article says of itself."""
    published: Any = row.published
    when = published.value if published is not None else ""
    return ArticleAudit(
        row.article_id,
        row.outlet,
        row.agency,
        row.authors,
        row.section,
        when[:_MONTH] if len(when) >= _MONTH else "",
        reviewed=bool(row.is_reviewed),
    )

"""One action of a person as rows before and after: the unit of commit, of undo and of refresh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
    SourceRelation,
)
from annotator.model.article import Article, ArticleText
from annotator.model.suggestion import Suggestion

#: Whatever has a table of its own (each kind of mark has one).
Record = Article | Mark | Source | SourceRelation | Attribution | Actor | Note | Suggestion

#: Every table of the project file that holds records, in an order that respects references.
TABLES: dict[str, type[Record]] = {
    "article": Article,
    "actor": Actor,
    "source": Source,
    "source_relation": SourceRelation,
    "quote": Quote,
    "claim": Claim,
    "source_mention": SourceMention,
    "cue": Cue,
    "mention": Mention,
    "hedge": Hedge,
    "declined_comment": DeclinedComment,
    "could_not_verify": CouldNotVerify,
    "attribution": Attribution,
    "note": Note,
    "suggestion": Suggestion,
}
TABLE_OF: dict[type[Record], str] = {kind: name for name, kind in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one record before and after; ``None`` before is an insert, after a delete."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """Return whichever side exists, the newer one first."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change has at least one side"
        return record

    @property
    def table(self) -> str:
        """Return the table the change belongs to."""
        return TABLE_OF[type(self.record)]

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class NewText:
    """Hand the store a text to keep, with the bytes it was read from."""

    text: ArticleText
    original: bytes


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Hold everything one action does.

    ``label`` is the id of a phrase in the ``actions`` catalogue (what undo is called) and
    ``label_values`` what it names. Texts are kept by digest and never undone: undoing an import
    removes the article row, and redo finds the text where it was.
    """

    label: str
    changes: tuple[Change, ...]
    label_values: tuple[tuple[str, str], ...] = ()
    texts: tuple[NewText, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def inverse(self) -> ChangeSet:
        """Return the set that undoes this one, last change first."""
        return ChangeSet(
            self.label, tuple(c.inverse() for c in reversed(self.changes)), self.label_values
        )


@dataclass(frozen=True, slots=True)
class Touched:
    """Say what a commit, an undo or a redo changed, so that views refresh only what they show."""

    label: str = ""
    label_values: tuple[tuple[str, str], ...] = ()
    tables: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    changes: tuple[Change, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.tables)


def insert(record: Record) -> Change:
    """Make the change that adds a record."""
    return Change(None, record)


def delete(record: Record) -> Change:
    """Make the change that removes a record."""
    return Change(record, None)


def update(before: Record, after: Record) -> Change:
    """Make the change that turns one record into its next state (same type, same id)."""
    return Change(before, after)


def article_of(record: Record) -> str | None:
    """Return the id of the article a record belongs to (actors belong to none)."""
    if isinstance(record, Article):
        return record.id
    return getattr(record, "article_id", None)


def touched_by(changes: Iterable[Change], label: str = "") -> Touched:
    """Summarise changes for the views."""
    rows = tuple(changes)
    articles = {a for c in rows if (a := article_of(c.record)) is not None}
    return Touched(label, (), frozenset(c.table for c in rows), frozenset(articles), rows)

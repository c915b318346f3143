"""The reading side of a project: everything that asks and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from annotator.model.annotations import Mark, Mention
from annotator.model.article import Article, ArticleText
from annotator.model.changes import Record
from annotator.model.errors import UserError
from annotator.store import journal, marks, rows, texts
from annotator.store.codec import codec_of
from annotator.store.queries import (
    ArticlePage,
    ArticleQuery,
    PlaceArrays,
    PlaceQuery,
    SpanRows,
    Unplaced,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from types import TracebackType

    from annotator.model.vocabulary import MarkKind
    from annotator.store.audits import AuditRow
    from annotator.store.check import CheckReport, Progress
    from annotator.store.connection import Connection
    from annotator.store.journal import HistoryEntry
    from annotator.store.likeness import KeptLikeness

R = TypeVar("R", bound=Record)


class Reading:
    """Ask an open project. One thread at a time; a worker takes a ``reader()`` of its own."""

    path: Path
    read_only: bool

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bodies = texts.Bodies(connection)
        self.path = connection.path
        self.read_only = connection.read_only
        facts = dict(connection.rows("SELECT key, value FROM meta"))
        self.project_id: str = facts.get("project_id", "")
        self.name: str = facts.get("name", "")
        self.created_at: str = facts.get("created_at", "")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Records

    def get(self, kind: type[R], record_id: str) -> R | None:
        """Return a record by its id, ``None`` where there is none."""
        return rows.get(self._connection, kind, record_id)

    def find(self, kind: type[R], /, **equals: object) -> list[R]:
        """Return the records whose fields equal the values, in the order they were made.

        A tuple, list or set asks for any of its values: ``find(Quote, id=("a", "b"))``.

        Raises:
            ValueError: if a field is not there or holds more than one plain value.
        """
        return rows.find(self._connection, kind, equals)

    # Texts

    def text(self, article_id: str) -> ArticleText:
        """Return an article's text.

        Raises:
            UserError: ``article-missing`` if there is no such article (any more).
        """
        found = texts.text_of(self._connection, article_id)
        if found is None:
            raise UserError("article-missing")
        return found

    def text_by_digest(self, digest: str) -> ArticleText | None:
        """Return a text by its digest, also one that no article uses any more."""
        return texts.text_by_digest(self._connection, digest)

    def original(self, article_id: str) -> bytes:
        """Return the bytes that an article's text was read from.

        Raises:
            UserError: ``article-missing``.
            DataError: ``text-damaged``.
        """
        digest = self._connection.value(
            "SELECT text_digest FROM article WHERE id = ?", (article_id,)
        )
        found = None if digest is None else texts.original_of(self._connection, digest)
        if found is None:
            raise UserError("article-missing")
        return found

    def find_by_text(self, digest: str) -> list[Article]:
        """Return the articles that have a text."""
        return self.find(Article, text_digest=digest)

    def find_by_original(self, original_digest: str) -> list[Article]:
        """Return the articles whose text was read from a file of this digest."""
        found = self._connection.rows(
            "SELECT digest FROM text WHERE original_digest = ?", (original_digest,)
        )
        return self.find(Article, text_digest=[digest for (digest,) in found]) if found else []

    # Marks

    def marks(self, article_id: str, kinds: Collection[MarkKind] | None = None) -> list[Mark]:
        """Return the marks of an article in text order."""
        return marks.marks(self._connection, article_id, kinds)

    def spans(
        self, article_id: str, *, start: int | None = None, end: int | None = None
    ) -> SpanRows:
        """Return what is where in an article, or in a window of it, as columns."""
        return marks.spans(self._connection, article_id, start, end)

    def span_count(self, article_id: str) -> int:
        """Return how many stretches of an article are marked, without reading them."""
        return marks.span_count(self._connection, article_id)

    def verify_article(self, article_id: str) -> list[Mark]:
        """Return the marks of an article whose words are not where they should be.

        To be asked when an article is opened; what is found joins ``unplaced``.
        """
        from annotator.store import unplaced

        return unplaced.verify_article(self._connection, self._bodies, article_id)

    def unplaced(self) -> list[Unplaced]:
        """Return the marks of all articles that wait to be placed again."""
        from annotator.store import unplaced

        return unplaced.listed(self._connection)

    def mentions_of(self, actor_id: str, limit: int = 200) -> list[Mention]:
        """Return the first mentions of an actor, in the order they were made."""
        codec = codec_of(Mention)
        return codec.decode_many(
            self._connection.rows(
                f"{codec.select} WHERE actor_id = ? ORDER BY nr LIMIT ?", (actor_id, limit)
            )
        )

    def actor_counts(self) -> dict[str, int]:
        """Return how often each actor is mentioned; an actor without mentions is left out."""
        return dict(
            self._connection.rows(
                "SELECT actor_id, count(*) FROM mention WHERE actor_id IS NOT NULL"
                " GROUP BY actor_id"
            )
        )

    def mention_places(self, query: PlaceQuery | None = None) -> PlaceArrays:
        """Return every mention outside page furniture as arrays for counting."""
        from annotator.store import places

        return places.mention_places(self._connection, query or PlaceQuery())

    # The library

    def articles(self, query: ArticleQuery | None = None) -> ArticlePage:
        """Return a page of the library."""
        from annotator.store import library

        return library.articles(self._connection, query or ArticleQuery())

    def article_count(self) -> int:
        """Return how many articles there are."""
        from annotator.store import library

        return library.article_count(self._connection)

    def decision_counts(self) -> list[tuple[str, str, int]]:
        """Return how often each rule's proposals were decided how: rule, decision, count."""
        sql = (
            "SELECT rule, decision, count(*) FROM suggestion WHERE decided_at <> '' "
            "GROUP BY rule, decision"
        )
        return [(rule, decision, count) for rule, decision, count in self._connection.rows(sql)]

    def audits(self, stamp: str) -> list[AuditRow]:
        """Return every article, as far as a project is sorted by it, with its kept audit."""
        from annotator.store import audits

        return audits.heads(self._connection, stamp)

    def audits_missing(self, stamp: str) -> list[str]:
        """Return the ids of the articles whose audit of this stamp is not kept."""
        from annotator.store import audits

        return audits.missing(self._connection, stamp)

    def likenesses(self) -> list[KeptLikeness]:
        """Return what is kept of the texts to find near-duplicates by."""
        from annotator.store import likeness

        return likeness.read(self._connection)

    def article_ids(self) -> list[str]:
        """Return the ids of all articles, in the order in which they came."""
        return [row[0] for row in self._connection.rows("SELECT id FROM article ORDER BY nr")]

    def outlets(self) -> list[str]:
        """Return the names of the outlets, sorted."""
        from annotator.store import library

        return library.outlets(self._connection)

    def languages(self) -> list[str]:
        """Return the languages of the articles, sorted."""
        from annotator.store import library

        return library.languages(self._connection)

    # History and settings

    def history(self, limit: int = 50) -> list[HistoryEntry]:
        """Return the last actions, newest first, with those that were undone."""
        return journal.history(self._connection, limit)

    @property
    def undo_entry(self) -> HistoryEntry | None:
        """Return the action that ``undo`` would take back."""
        return journal.next_step(self._connection, back=True)

    @property
    def redo_entry(self) -> HistoryEntry | None:
        """Return the action that ``redo`` would do again."""
        return journal.next_step(self._connection, back=False)

    @property
    def last_action(self) -> HistoryEntry | None:
        """Return the last action that is stored and not undone (what a crash left)."""
        return self.undo_entry

    def check(self, progress: Progress | None = None) -> CheckReport:
        """Verify the whole file on a connection of its own; long, so for a worker.

        ``progress`` hears ``(done, total, "")`` and may raise to stop.
        """
        from annotator.store import check

        return check.check(self.path, progress)

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of this project."""
        found = self._connection.value("SELECT value FROM setting WHERE key = ?", (key,))
        return default if found is None else str(found)

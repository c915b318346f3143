"""One open project and the person working in it: the one door through which data changes."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from annotator.app.actor_index import ActorIndex
from annotator.model.annotations import Stamp
from annotator.model.article import Article
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.model.article import ArticleText
    from annotator.model.changes import ChangeSet, Record, Touched
    from annotator.model.suggestion import Suggestion
    from annotator.store import HistoryEntry, Project
    from annotator.text.segments import Segments

R = TypeVar("R", bound="Record")

#: Texts and their segmentation kept in memory: the open article and the one before it.
_KEPT_TEXTS = 2


def utc_now() -> datetime:
    """Return the present moment, aware."""
    return datetime.now(UTC)


def new_uuid() -> str:
    """Return a fresh record id."""
    import uuid

    return str(uuid.uuid4())


class Session:
    """Hold an open project, its author and whoever wants to hear of changes.

    Args:
        project: the open project file; the session closes it.
        author: the name written on annotations ("" keeps them unsigned).
        clock: returns the present, aware UTC (a test's clock stands still).
        new_id: returns a fresh id.
    """

    def __init__(
        self,
        project: Project,
        *,
        author: str = "",
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = new_uuid,
    ) -> None:
        self.project = project
        self.author = author
        self.clock = clock
        self.new_id = new_id
        self.actors = ActorIndex(project)
        self._listeners: list[Callable[[Touched], None]] = []
        self._texts: OrderedDict[str, tuple[ArticleText, Segments]] = OrderedDict()

    # -- changing ---------------------------------------------------------------------------

    def commit(self, changes: ChangeSet) -> Touched:
        """Store one action and tell the listeners.

        Raises:
            UserError: ``read-only`` if the project is open for reading; what the store says of a
                full or lost disk. Nothing has changed then, and the records are the caller's.
        """
        if self.project.read_only:
            raise UserError("read-only", file=self.project.path.name)
        return self._tell(self.project.commit(changes))

    def beside(self) -> Session:
        """Return a session for a worker thread that writes the same project; close it there.

        What it commits has to be handed to ``tell`` of this one.

        Raises:
            UserError: ``project-read-only``.
        """
        writer = self.project.writer()
        return Session(writer, author=self.author, clock=self.clock, new_id=self.new_id)

    def tell(self, touched: Touched) -> Touched:
        """Tell the listeners of a change that another session of this process made."""
        return self._tell(touched)

    def put_suggestions(self, article_id: str, suggestions: Sequence[Suggestion]) -> Touched:
        """Keep fresh proposals of an article in place of those that wait; no step of undo.

        Raises:
            UserError: as ``commit``.
        """
        if self.project.read_only:
            raise UserError("read-only", file=self.project.path.name)
        touched = self.project.put_suggestions(article_id, suggestions)
        return self._tell(touched) if touched else touched

    def undo(self) -> Touched | None:
        """Take the last action back; ``None`` if there is none."""
        return self._tell_if(self.project.undo())

    def redo(self) -> Touched | None:
        """Do the last undone action again; ``None`` if there is none."""
        return self._tell_if(self.project.redo())

    @property
    def undo_entry(self) -> HistoryEntry | None:
        """Return what undo would take back."""
        return self.project.undo_entry

    @property
    def redo_entry(self) -> HistoryEntry | None:
        """Return what redo would do again."""
        return self.project.redo_entry

    def listen(self, callback: Callable[[Touched], None]) -> Callable[[], None]:
        """Call ``callback`` after each change; the returned function stops that."""
        self._listeners.append(callback)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(callback)

        return stop

    def _tell_if(self, touched: Touched | None) -> Touched | None:
        return None if touched is None else self._tell(touched)

    def _tell(self, touched: Touched) -> Touched:
        if "article" in touched.tables:
            for article_id in touched.articles:
                self._texts.pop(article_id, None)
        self.actors.refresh(touched)
        for listener in tuple(self._listeners):
            listener(touched)
        return touched

    # -- stamps -----------------------------------------------------------------------------

    def now(self) -> str:
        """Return the present as it is stored: ISO 8601 UTC, to the second."""
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    def stamp(self, origin: str = "human") -> Stamp:
        """Return a stamp for a record made now."""
        return Stamp(author=self.author, made_at=self.now(), origin=origin)

    def restamp(self, stamp: Stamp) -> Stamp:
        """Return the stamp of a record changed now."""
        return replace(stamp, changed_at=self.now())

    # -- reading ----------------------------------------------------------------------------

    def get(self, kind: type[R], record_id: str) -> R:
        """Return a record that must exist.

        Raises:
            UserError: ``record-gone`` if it was deleted meanwhile.
        """
        record = self.project.get(kind, record_id)
        if record is None:
            raise UserError("record-gone")
        return record

    def _entry(self, article_id: str) -> tuple[ArticleText, Segments]:
        entry = self._texts.get(article_id)
        if entry is None:
            from annotator.text.segments import Segments

            text = self.project.text(article_id)
            article = self._article(article_id)
            entry = (text, Segments(text.text, article.language))
            self._texts[article_id] = entry
            while len(self._texts) > _KEPT_TEXTS:
                self._texts.popitem(last=False)
        else:
            self._texts.move_to_end(article_id)
        return entry

    def _article(self, article_id: str) -> Article:
        return self.get(Article, article_id)

    def text(self, article_id: str) -> str:
        """Return an article's canonical text (kept in memory for the last two)."""
        return self._entry(article_id)[0].text

    def segments(self, article_id: str) -> Segments:
        """Return an article's paragraphs and sentences (kept like its text)."""
        return self._entry(article_id)[1]

    def close(self) -> None:
        """Close the project file and forget the listeners."""
        self._listeners.clear()
        self._texts.clear()
        self.project.close()
